"""Writes the reference pages in docs/reference from the schemas and the command line, so that they stay true.

Run: make docs. With --check it writes nothing and says which pages are out of date (exit status 1).
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pedri_assess.cli.main import parser

ROOT = Path(__file__).resolve().parents[1]

Schema = dict[str, Any]

DOCUMENTS = {
    "framework.md": ("standards/schema.json", "It lives in `standards/<framework>/<version>.json`."),
    "answers.md": (
        "standards/answers.schema.json",
        "`pedri-assess score` and `report` read it; the quick check saves it.",
    ),
    "carry.md": (
        "standards/carry.schema.json",
        "`pedri-assess carry` prints it. `carried` and `answer` are as in [answers](answers.md).",
    ),
    "result.md": ("standards/result.schema.json", "`pedri-assess score` prints it."),
    "report.md": (
        "standards/report.schema.json",
        "`pedri-assess verify` reads it to print a report again.",
    ),
    "actions.md": ("standards/actions.schema.json", "What it leads to is a [what-if](whatif.md)."),
    "whatif.md": (
        "standards/whatif.schema.json",
        "`pedri-assess whatif` prints it. `result` is as in [results](result.md).",
    ),
    "network.md": (
        "standards/network.schema.json",
        "`pedri-assess disclose` reads it; what it may show is a [release](release.md).",
    ),
    "release.md": (
        "standards/release.schema.json",
        "`pedri-assess disclose` prints it. [Disclosure control](../disclosure.md) says what decides.",
    ),
    "crosswalk.md": (
        "standards/crosswalk.schema.json",
        "It lives in a folder of standards, as `<name>.crosswalk.json`.",
    ),
    "resources.md": ("resources/schema.json", "The starter set is `resources/starter.json`."),
}
COMMANDS = (
    *(["standards", "check"], ["standards", "diff"], ["score"], ["report"], ["verify"]),
    *(["carry"], ["whatif"], ["disclose"], ["hub", "seed"], ["hub", "check-links"]),
)
MADE = "<!-- Made by tools/build_docs.py: change the source and run make docs. -->"


def main() -> int:
    """Writes or checks every page."""
    check = "--check" in sys.argv[1:]
    old = [name for name, text in pages().items() if not written(name, text, check)]
    for name in old:
        print(f"docs/reference/{name} is out of date: run make docs")
    return 1 if old else 0


def pages() -> dict[str, str]:
    """Every reference page by name."""
    made = {name: document_page(schema, told) for name, (schema, told) in DOCUMENTS.items()}
    return {**made, "commands.md": commands_page()}


def written(name: str, text: str, check: bool) -> bool:
    """Whether the page says this already; it does afterwards, unless only checking."""
    path = ROOT / "docs" / "reference" / name
    if path.is_file() and path.read_text("utf-8") == text:
        return True
    if not check:
        path.write_text(text, "utf-8")
    return not check


def document_page(name: str, told: str) -> str:
    """The reference page of one JSON document."""
    schema = json.loads((ROOT / name).read_text("utf-8"))
    where = f"The schema is [`{name}`](../../{name})."
    closed = "Every key is listed here; any other key is a fault."
    head = [f"# {schema['title']}", "", MADE, "", schema["description"], told, "", where, closed, ""]
    return "\n".join(
        [*head, "| Key | Value | Meaning |", "| --- | --- | --- |", *rows("", schema, schema), ""]
    )


def rows(prefix: str, rule: Schema, root: Schema) -> Iterator[str]:
    """One table row for every key below a rule, in the schema's order."""
    required = set(rule.get("required", ()))
    for key, member in rule.get("properties", {}).items():
        found = {**resolved(member, root), **{k: v for k, v in member.items() if k != "$ref"}}
        name = f"{prefix}{key}"
        must = " **required**" if key in required else ""
        yield f"| `{name}` | {value(found, root)}{must} | {meaning(found)} |"
        yield from inside(name, found, root)


def inside(name: str, rule: Schema, root: Schema) -> Iterator[str]:
    """The rows of what a list or a map holds."""
    yield from rows(f"{name}.", rule, root)
    if rule.get("type") == "array":
        yield from rows(f"{name}[].", resolved(rule["items"], root), root)
    other = rule.get("additionalProperties")
    if rule.get("type") == "object" and isinstance(other, dict):
        yield from rows(f"{name}.<id>.", resolved(other, root), root)


def resolved(rule: Schema, root: Schema) -> Schema:
    """The rule that a reference stands for."""
    while "$ref" in rule:
        rule = root["$defs"][rule["$ref"].rsplit("/", 1)[1]]
    return rule


def value(rule: Schema, root: Schema) -> str:
    """What a key may hold, in words."""
    if "enum" in rule:
        return " or ".join(f"`{json.dumps(one)}`" for one in rule["enum"])
    if "anyOf" in rule:
        kinds = [resolved(one, root) for one in rule["anyOf"]]
        if [kind["type"] for kind in kinds] == ["string", "object"]:
            return "text, or map of languages to text"
        return " or ".join(value(kind, root) for kind in kinds)
    words = {"object": "map", "array": "list", "string": "text", "integer": "whole number"}
    said = words.get(rule["type"], str(rule["type"]))
    if rule["type"] == "array":
        said = f"list of {value(resolved(rule['items'], root), root)}"
    elif rule["type"] == "object" and isinstance(rule.get("additionalProperties"), dict):
        said = f"map to {value(resolved(rule['additionalProperties'], root), root)}"
    return said + limits(rule)


def limits(rule: Schema) -> str:
    """The limits of a value, in words."""
    parts = []
    if "minimum" in rule and "maximum" in rule:
        parts.append(f"{rule['minimum']} to {rule['maximum']}")
    elif "minimum" in rule:
        parts.append(f"{rule['minimum']} or more")
    if "exclusiveMinimum" in rule:
        parts.append(f"above {rule['exclusiveMinimum']}, to {rule['maximum']}")
    if "minItems" in rule:
        parts.append(
            f"{rule['minItems']} or more"
            if "maxItems" not in rule
            else f"{rule['minItems']} to {rule['maxItems']}"
        )
    if "maxLength" in rule:
        parts.append(f"at most {rule['maxLength']:,} characters")
    return f" ({', '.join(parts)})" if parts else ""


def meaning(rule: Schema) -> str:
    """What a key is for, and its default."""
    default = f"Default `{json.dumps(rule['default'])}`." if "default" in rule else ""
    return f"{rule.get('description', '')} {default}".strip()


def commands_page() -> str:
    """The reference page of the command line: the help texts themselves."""
    lines = ["# Commands", "", MADE, "", "Every command says the same with `--help`.", "", fenced([])]
    for command in COMMANDS:
        lines += ["", f"## pedri-assess {' '.join(command)}", "", fenced(command)]
    return "\n".join(lines) + "\n"


def fenced(command: list[str]) -> str:
    """A command's help as a block of code, as wide as a page whatever the terminal."""
    os.environ["COLUMNS"] = "100"
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        parser().parse_args([*command, "--help"])
    return f"```\n{said.getvalue().rstrip()}\n```"


if __name__ == "__main__":
    sys.exit(main())
