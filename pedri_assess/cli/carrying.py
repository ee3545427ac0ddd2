"""`pedri-assess carry`: the answers of last time as the beginning of the next assessment."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ..catalogue import read_assessment
from ..domain.carrying import carried_assessment, carry, carry_document
from ..domain.mapping import leads_to, linked_versions
from ..domain.standards import Framework
from . import sources

_CARRY = """\
Carry the answers of an assessment over to another version of its framework, or to the same one for another
year. Prints JSON: for each criterion of NEW what is filled in already, where it comes from and what is to do;
the answers to retired criteria; and the answers begun, as an answers document of NEW.

An unchanged criterion is filled in, to be confirmed. A reworded one is filled in, and its wording is to be
checked. One that was split or merged stays blank beside the old answers; of merged ones the lowest level is
suggested. A new one is blank. Links may lead over versions between, which are looked up beside NEW and OLD
and on the shelf.
"""


def add_commands(commands: Any) -> None:
    """Adds `carry`."""
    command = commands.add_parser(
        "carry",
        help="the answers of last time, for another year or version",
        description=_CARRY,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("old", metavar="OLD", help="the version that was answered: a FRAMEWORK")
    command.add_argument("new", metavar="NEW", help="the version to answer now: a FRAMEWORK")
    command.add_argument("answers", metavar="ANSWERS", help="an answers file of OLD, or -")
    command.set_defaults(run=run_carry)


def run_carry(arguments: argparse.Namespace) -> int:
    """Prints what comes along."""
    sources.only_one_from_standard_input(arguments.old, arguments.new, arguments.answers)
    old, new = sources.framework(arguments.old), sources.framework(arguments.new)
    sources.refuse_other_frameworks(old, new)
    between = _between(old, new, [Path(name).parent for name in (arguments.new, arguments.old)])
    _refuse_senseless(old, new, between)
    content, source = sources.content_of(arguments.answers)
    answered = read_assessment(content, source, sources.schemas(), old)
    over, begun = carry(old, new, answered, between), carried_assessment(old, new, answered, between)
    print(json.dumps(carry_document(over, answered, begun), indent=2, ensure_ascii=False))
    return 0


def _refuse_senseless(old: Framework, new: Framework, between: list[Framework]) -> None:
    if leads_to(old, new, between):
        return
    sources.refuse_backwards(old, new, forwards=False, backwards=leads_to(new, old, between))
    gone = set().union(*map(linked_versions, between)) - {each.version for each in between}
    if gone:
        names = " and ".join(sorted(gone))
        raise sources.Refused(
            f"nothing leads from {old.version} to {new.version} without {names}: put it beside NEW"
        )


def _between(old: Framework, new: Framework, folders: list[Path]) -> list[Framework]:
    """The versions that links of either lead through, as far as they can be found."""
    known = {each.version: each for each in (old, new)}
    waiting = [old, new]
    while waiting:
        for version in linked_versions(waiting.pop()) - known.keys():
            found = sources.other_version(folders, new.framework, version)
            if found:
                known[version] = found
                waiting.append(found)
    return list(known.values())
