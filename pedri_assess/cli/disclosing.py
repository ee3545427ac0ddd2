"""`pedri-assess disclose`: what a series of waves may show to partners or to the public."""

from __future__ import annotations

import argparse
import json
from typing import Any

from ..catalogue import read_network
from ..domain.disclosure import PARTNER, PUBLIC, Network, release, release_document, seen_by
from ..domain.errors import NotFound
from ..domain.paths import shown, suggestion
from . import sources

_DISCLOSE = """\
Say as JSON what may be shown of a network of organisations, for every wave, cut and criterion: which band,
or why it is hidden. Everything is decided by the document alone, which must hold all waves that were ever
published. Later waves change nothing about earlier ones.

With --viewer the organisation's own levels stand beside what it is shown; that part is for itself only.
"""


def add_commands(commands: Any) -> None:
    """Adds `disclose`."""
    command = commands.add_parser(
        "disclose",
        help="what waves of compared organisations may show",
        description=_DISCLOSE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("network", metavar="NETWORK", help="a network file, or -")
    command.add_argument("--audience", required=True, choices=(PARTNER, PUBLIC), help="for whom")
    command.add_argument("--viewer", metavar="ID", help="the organisation that looks")
    command.set_defaults(run=run_disclose)


def run_disclose(arguments: argparse.Namespace) -> int:
    """Prints the release."""
    content, source = sources.content_of(arguments.network)
    network = read_network(content, source, sources.schemas())
    released = release(network, arguments.audience)
    if arguments.viewer is not None:
        try:
            released = seen_by(released, network, arguments.viewer)
        except NotFound:
            raise sources.Refused(_unknown(arguments.viewer, network)) from None
    print(json.dumps(release_document(released), indent=2, ensure_ascii=False))
    return 0


def _unknown(viewer: str, network: Network) -> str:
    known = sorted({one.id for wave in network.waves for one in wave.organisations})
    near = suggestion(viewer, known)
    return f"--viewer: no wave has an organisation {shown(viewer)}{f'; {near}' if near else ''}"
