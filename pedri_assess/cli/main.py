"""The command line: what can be asked for, and how every way of going wrong ends in words."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from .. import __version__
from ..domain.errors import InvalidDocument
from . import (
    assessing,
    bringing,
    carrying,
    disclosing,
    hub,
    mail,
    operating,
    printing,
    reminding,
    standards,
    verifying,
    whatif,
)
from .sources import Stopped

BAD_INPUT = 2
WENT_WRONG = 1
INTERRUPTED = 130

ABOUT = """\
Check framework files, turn an assessment's answers into its result and its improvement report, and look after
the database of the web service. standards, score, report, verify, carry, whatif and disclose need neither a
database nor an internet connection; where DATABASE_URL names one, they also know what was published in it.

FRAMEWORK is a file, a framework on the shelf (FRAMEWORK-ID for its newest version, or
FRAMEWORK-ID/VERSION), or - for standard input. ANSWERS is a file or -.
Faults go to standard error, one a line: FILE: PATH: what is wrong; what was expected.
Exit status: 0 done, 2 bad input (and nothing is written), 1 something else went wrong.
"""


def parser() -> argparse.ArgumentParser:
    """The whole command line, with its help."""
    plain = argparse.RawDescriptionHelpFormatter
    top = argparse.ArgumentParser(prog="pedri-assess", description=ABOUT, formatter_class=plain)
    top.add_argument("--version", action="version", version=f"pedri-assess {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    standards.add_commands(commands)
    assessing.add_commands(commands)
    verifying.add_commands(commands)
    carrying.add_commands(commands)
    whatif.add_commands(commands)
    disclosing.add_commands(commands)
    operating.add_commands(commands)
    bringing.add_commands(commands)
    mail.add_commands(commands)
    printing.add_commands(commands)
    hub.add_commands(commands)
    reminding.add_commands(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit status. Never raises, never prints a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
        return status
    except InvalidDocument as error:
        return _say(error.lines(), BAD_INPUT)
    except BrokenPipeError:  # whoever was reading has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Stopped as error:
        return _say([f"pedri-assess: {line}" for line in str(error).splitlines()], error.status)
    except KeyboardInterrupt:
        return _say(["pedri-assess: stopped"], INTERRUPTED)
    except Exception as error:
        kind = type(error).__name__
        return _say([f"pedri-assess: this should not have happened ({kind}: {error})"], WENT_WRONG)


def _say(lines: Sequence[str], status: int) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return status
