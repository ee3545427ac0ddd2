"""What acro says of tables: read as JSON lines from standard input, answered as JSON lines.

Run by second_opinion.py in an environment that has acro; it knows nothing of this project.
Each line: {"threshold": N, "group": [...], "level": [...]}. Answer: {"few": [...], "zeros": [...]}: the
groups whose number of rows fails acro's threshold, and those that have a level without any row.
"""

import json
import logging
import sys

import pandas as pd
from acro import ACRO


def main() -> None:
    """Answers every line."""
    logging.disable(logging.CRITICAL)
    asked = ACRO(suppress=False)
    for line in sys.stdin:
        table = json.loads(line)
        asked.config["safe_threshold"] = table["threshold"]
        frame = pd.DataFrame({"group": table["group"], "level": table["level"]})
        one = frame.group.map(lambda _: "all").rename("one")
        few = failing(asked, frame.group, one, "MinimumThresholdCheck")
        zeros = failing(asked, frame.group, frame.level, "PresenceOfZeroCheck")
        print(json.dumps({"few": few, "zeros": zeros}), flush=True)


def failing(asked: ACRO, rows: pd.Series, columns: pd.Series, check: str) -> list[str]:
    """The rows of a table of counts in which a cell fails a check."""
    asked.crosstab(rows, columns)
    outcome = asked.results.get_index(-1).outcome
    return sorted(str(name) for name, row in outcome.iterrows() if any(check in str(cell) for cell in row))


if __name__ == "__main__":
    main()
