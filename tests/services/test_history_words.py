"""Everything that happens to an assessment is told in words."""

from __future__ import annotations

import re
from pathlib import Path

from pedri_assess import services
from pedri_assess.services.history import WORDS

FOLDER = Path(services.__file__).parent
# As they are written down with an assessment
WRITTEN = re.compile(r'(?:event|_change|_move)\(\s*c, (?:context, by, )?kept,(?: \w+,)? "([a-z-]+)"')


def test_every_kind_of_event_of_an_assessment_has_words() -> None:
    source = "".join(path.read_text("utf-8") for path in sorted(FOLDER.glob("*.py")))
    kinds = set(WRITTEN.findall(source))
    assert {"answer-saved", "action-added", "panel-opened", "panel-links-made"} <= kinds
    assert kinds - WORDS.keys() == set()
