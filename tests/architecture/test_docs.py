"""The documentation says what the code does."""

import json
import re
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

from pedri_assess import config
from pedri_assess.catalogue import Shelf, load_schemas, read_crosswalk

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def test_reference_pages_match_their_source() -> None:
    ran = subprocess.run(
        [sys.executable, "tools/build_docs.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert ran.stdout == ""
    assert ran.returncode == 0, ran.stderr


def test_the_framework_in_the_guide_can_be_used() -> None:
    page = (DOCS / "how-to" / "bring-your-own-framework.md").read_text("utf-8")
    example, walk = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    schemas = load_schemas(ROOT / "standards")
    shelf = Shelf.load([ROOT / "standards"], schemas)
    assert len(shelf.take(example.encode(), "guide", schemas).criteria) == 2
    assert len(read_crosswalk(walk.encode(), "guide", schemas, shelf.ids).pairs) == 1


def test_every_decision_is_in_the_list() -> None:
    listed = (DOCS / "decisions" / "README.md").read_text("utf-8")
    pages = sorted(path.name for path in (DOCS / "decisions").glob("0*.md"))
    assert re.findall(r"\((0.*?\.md)\)", listed) == pages


def test_every_dependency_has_its_line() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg")
    page = (DOCS / "decisions" / "0009-dependencies.md").read_text("utf-8")
    wanted = setup["options"]["install_requires"] + "".join(setup["options.extras_require"].values())
    names = {re.split(r"[<>=;\[ ]", line)[0] for line in wanted.split("\n") if line.strip()}
    assert len(names) > 10
    missing = [name for name in sorted(names) if name.removeprefix("types-") not in page]
    assert missing == []


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "standards").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_the_schemas_are_valid_json_with_a_title() -> None:
    for path in (ROOT / "standards").glob("*.schema.json"):
        assert json.loads(path.read_text("utf-8"))["title"]


def test_every_setting_is_documented_and_no_other() -> None:
    page = (DOCS / "how-to" / "deploy.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)`", page, re.MULTILINE)) == config.NAMES
