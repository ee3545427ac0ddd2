"""`pedri-assess whatif`: what would follow if actions succeeded, and which few of them would do."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from ..catalogue import read_actions
from ..domain.actions import ASSUMPTION, Candidate, candidates
from ..domain.assessment import Assessment
from ..domain.best import MOST, Aim
from ..domain.paths import shown, suggestion
from ..domain.standards import Framework
from ..domain.whatif import what_if, what_if_document
from . import sources
from .assessing import add_inputs, read_inputs

_WHATIF = """\
Say what would follow if actions succeeded: which levels, gaps and levels of standards. Prints JSON, with the
smallest set of actions that brings each standard to its target, and the best ones for an amount of effort;
both are exact. Nothing is stored, and it is not a result.

The actions are those that the framework suggests for the gaps, or those of --actions. A framework does not
say how far an action carries: its smallest effort is taken to raise a criterion by one level for 1, the next
by two levels for 3, then three for 9, and so on.
"""
MOST_EFFORT = 10**9
LONGEST = 20  # characters of a number


def add_commands(commands: Any) -> None:
    """Adds `whatif`."""
    command = commands.add_parser(
        "whatif",
        help="what would follow if actions succeeded",
        description=_WHATIF,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_inputs(command)
    command.add_argument(
        "--actions", metavar="FILE", help="your own actions instead of the framework's, or -"
    )
    command.add_argument(
        "--take", metavar="ID", action="append", help="an action that succeeds; again for more (all)"
    )
    command.add_argument(
        "--effort", metavar="NUMBER", type=_effort, help="how much the best ones may cost together (any)"
    )
    command.add_argument(
        "--most", metavar="NUMBER", type=_most, default=MOST, help=f"how many the best ones may be ({MOST})"
    )
    command.add_argument(
        "--first", choices=("gaps", "standards"), default="gaps", help="what the best ones do first (gaps)"
    )
    command.set_defaults(run=run_whatif)


def run_whatif(arguments: argparse.Namespace) -> int:
    """Prints what would follow."""
    named = [arguments.framework, arguments.answers, arguments.actions or ""]
    sources.only_one_from_standard_input(*named)
    framework, assessment = read_inputs(arguments)
    actions = _actions(arguments.actions, framework, assessment)
    taken = actions if arguments.take is None else _taken(arguments.take, actions)
    aim = Aim(arguments.most, arguments.effort, arguments.first == "standards")
    found = what_if(framework, assessment, actions, taken, aim)
    document = what_if_document(found, "" if arguments.actions else ASSUMPTION)
    print(json.dumps(document, indent=2, ensure_ascii=False))
    return 0


def _actions(name: str | None, framework: Framework, assessment: Assessment) -> tuple[Candidate, ...]:
    if name is None:
        return candidates(framework, assessment)
    content, source = sources.content_of(name)
    return read_actions(content, source, sources.schemas(), framework, assessment)


def _taken(names: Sequence[str], actions: Sequence[Candidate]) -> tuple[Candidate, ...]:
    known = [action.id for action in actions]
    for name in names:
        if name not in known:
            near = suggestion(name, known)
            raise sources.Refused(f"--take: there is no action {shown(name)}{near and '; '}{near}")
    return tuple(action for action in actions if action.id in names)


def _effort(text: str) -> Fraction:
    try:
        number = Fraction(text[: LONGEST + 1])
    except (ValueError, ZeroDivisionError):
        number = Fraction(-1)
    if len(text) > LONGEST or not 0 <= number <= MOST_EFFORT:
        raise argparse.ArgumentTypeError(
            f"{shown(text)} is no amount of effort: give a number such as 12 or 2.5"
        )
    return number


def _most(text: str) -> int:
    if text not in map(str, range(MOST + 1)):
        raise argparse.ArgumentTypeError(f"{shown(text)} is not a number from 0 to {MOST}")
    return int(text)
