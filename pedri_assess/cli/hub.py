"""`pedri-assess hub`: fills the resource hub from a file, and looks whether its addresses still work."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from ..catalogue import read_document
from ..config import data_dir
from ..domain.resources import FOUND, OUTCOMES
from ..services import Context
from ..services.hub_starter import Seeded, seed
from ..services.link_checking import Looked, NothingAnswers, check_links
from ..services.reaching import Look, Rules, look
from .database import WHERE, context_on, opened
from .sources import WentWrong, content_of

PLAIN = argparse.RawDescriptionHelpFormatter
STARTER = "starter.json"

_SEED = f"""\
Take the starter set of resources, or those of a file of the same form, into the hub. It can be run again at
any time: what is there is renewed only where nobody changed or retired it, and nothing is ever taken away.

{WHERE}
"""
_CHECK = f"""\
Look at the address of every listed resource, and note what came of it: found, moved, gone, silent, or closed
to programs. Only addresses of the public web are asked, one question a second to each site. What is gone, or
was silent twice on different days, is no longer shown at gaps, and PEDRI staff see it in the hub.

Resources that were looked at in the last 20 hours are left out, so the command can be stopped and started
again. What is not found is printed, one a line. Exit status 0 says that nothing is dead, 1 that something is.

{WHERE}
"""


def add_commands(commands: Any) -> None:
    """Adds `hub seed` and `hub check-links`."""
    hub = commands.add_parser("hub", help="look after the resource hub", description=WHERE)
    which = hub.add_subparsers(title="commands", metavar="COMMAND", required=True)
    fill = which.add_parser(
        "seed", help="take in the starter set of resources", description=_SEED, formatter_class=PLAIN
    )
    fill.add_argument("file", metavar="FILE", nargs="?", help="another set of resources, or -")
    fill.set_defaults(run=run_seed)
    check = which.add_parser(
        "check-links",
        help="look whether addresses still lead somewhere",
        description=_CHECK,
        formatter_class=PLAIN,
    )
    check.add_argument("--all", action="store_true", help="also those that were looked at lately")
    check.add_argument(
        "--contact", metavar="ADDRESS", default="", help="where sites can ask who looks at them"
    )
    check.set_defaults(run=run_check)


def run_seed(arguments: argparse.Namespace) -> int:
    """Takes a set of resources in."""
    with opened() as database:
        context = context_on(database)
        context.shelving.look(database)  # resources may be about what was published
        done = seed_from(context, arguments.file or str(starter()))
    print(f"{database.name}: {told(done)}")
    return 0


def seed_from(context: Context, name: str) -> Seeded:
    """Takes the resources of a file, or of standard input, into the hub. Raises InvalidDocument."""
    content, source = content_of(name)
    return seed(context, read_document(content, source, schema()), source)


def run_check(arguments: argparse.Namespace) -> int:
    """Looks at addresses."""
    looking = partial(look, rules=Rules(from_whom=arguments.contact))
    with opened() as database:
        return checked(context_on(database), looking, everything=arguments.all)


def checked(context: Context, looking: Callable[[str], Look], *, everything: bool) -> int:
    """Looks at addresses in the way given, and prints what is not found; the exit status."""
    counts = dict.fromkeys(OUTCOMES, 0)
    dead = 0
    try:
        for done in check_links(context, looking, everything=everything):
            counts[done.check.outcome] += 1
            dead += done.check.dead
            if done.check.outcome != FOUND:
                print(line(done), flush=True)
    except NothingAnswers:
        raise WentWrong(
            "no site answered: see that this machine has a way to the web; nothing was noted"
        ) from None
    print("; ".join(f"{OUTCOMES[name].lower()}: {count}" for name, count in counts.items()))
    return 1 if dead else 0


def line(done: Looked) -> str:
    """What came of one look, in one line."""
    said, check = done.resource.said, done.check
    state = "dead" if check.dead else OUTCOMES[check.outcome].lower()
    to = f" {check.moved_to}" if check.moved_to else ""
    return f"{state}: {said.title}: {said.address}: {check.words}{to}"


def told(done: Seeded) -> str:
    """What came of taking a set in, in words."""
    left = f"{done.added} resources added, {done.renewed} renewed, {done.left} left as they are"
    return f"{left}, {done.elsewhere} left out since another has their address" if done.elsewhere else left


def starter() -> Path:
    """The file with the starter set."""
    return data_dir("resources") / STARTER


def schema() -> dict[str, Any]:
    """The schema of such files."""
    found: dict[str, Any] = json.loads((data_dir("resources") / "schema.json").read_text("utf-8"))
    return found
