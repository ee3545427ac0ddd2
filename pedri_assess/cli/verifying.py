"""`pedri-assess verify`: whether a report agrees with the answers that it carries."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any

from ..config import data_dir
from ..domain.errors import Fault, InvalidDocument
from ..domain.standards import Framework
from . import sources
from .assessing import REPORT_SECONDS

DIFFERS = 1
KEY = re.compile("[0-9a-f]{64}")

_VERIFY = """\
Work out again what an improvement report says, from the answers that travel inside it, and say whether
standards, method, result, pages and signature agree. Nothing is sent anywhere. The framework is the one on
the shelf, or that of --framework.

Pages can be compared when the report was made by this release.

Exit status: 0 all that could be compared agrees, 1 something differs (the first difference is named on
standard error), 2 it is not such a report.
"""


def add_commands(commands: Any) -> None:
    """Adds `verify`."""
    command = commands.add_parser(
        "verify",
        help="whether a report agrees with the answers inside it",
        description=_VERIFY,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("report", metavar="REPORT.pdf", help="an improvement report, or -")
    command.add_argument("--framework", metavar="FRAMEWORK", help="a framework file that is not on the shelf")
    command.add_argument(
        "--key", metavar="KEY", help="the public key that must have signed it, 64 hexadecimal digits"
    )
    command.set_defaults(run=run_verify)


def run_verify(arguments: argparse.Namespace) -> int:
    """Prints a line a check."""
    # late: other commands need not wait for templates
    from ..reports import NotAReport, Renderer
    from ..services.verifying import verify

    keys = [arguments.key.lower()] if arguments.key else []
    if keys and not KEY.fullmatch(keys[0]):
        raise sources.Refused("--key takes 64 hexadecimal digits, as they are published with the key")
    content, source = sources.content_of(arguments.report)
    renderer = Renderer(data_dir("templates"), data_dir("static"), seconds=REPORT_SECONDS)
    try:
        found = _Frameworks(arguments.framework)
        verdict = verify(content, sources.schemas(), found, renderer, keys, must=bool(keys))
    except NotAReport as error:
        raise InvalidDocument(source, [Fault("$", str(error), "expected an improvement report")]) from None
    for check in verdict.checks:
        print(f"{check.what}: {check.outcome}: {check.words}")
    if verdict.difference:
        sys.stdout.flush()
        print(f"{source}: {verdict.difference.what}: {verdict.difference.words}", file=sys.stderr)
        return DIFFERS
    return 0


class _Frameworks:
    """Finds the framework that a report names: the one that was given, or on the shelf."""

    def __init__(self, given: str | None) -> None:
        self._given = given

    def __call__(self, framework: str, version: str) -> Framework:
        if not self._given:
            return sources.framework(f"{framework}/{version}")
        found = sources.framework(self._given)
        if (found.framework, found.version) != (framework, version):
            wrong = f"this is {found.framework} {found.version}"
            expected = f"the report is about {framework} {version}"
            raise InvalidDocument(self._given, [Fault("$", wrong, expected)])
        return found
