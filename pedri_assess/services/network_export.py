"""The sums about the network as tables: for a spreadsheet, and as one file for Datasette.

Nothing is in them that the page does not show, and nothing of a single organisation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..domain.network_view import HIDDEN, NetworkView
from ..domain.standards import Framework
from ..store.datasets import dataset, datasette_metadata
from . import Context
from .network_tables import CRITERION, Row, criteria, tables
from .network_view import network
from .opinions import learnt


def criteria_rows(view: NetworkView) -> Iterator[Row]:
    """A table of all criteria with its head, those that are hidden too."""
    yield tuple(CRITERION)
    yield from criteria(view)


def network_file(context: Context, framework: Framework) -> bytes:
    """The sums about a version, and what many say of its criteria, as a SQLite file."""
    found = tables(network(context, framework), learnt(context, framework))
    return dataset(found, _about(framework))


def metadata(context: Context, framework: Framework, name: str) -> dict[str, Any]:
    """What Datasette reads beside that file, where it is called `name`.db."""
    found = tables(network(context, framework), learnt(context, framework))
    return datasette_metadata(found, _about(framework), name)


def _about(framework: Framework) -> dict[str, str]:
    return {
        "title": f"The network: {framework.title} {framework.version}",
        "description": (
            "For PEDRI staff, not for publication: what everyone may see is in the published benchmarks. "
            "Sums over organisations that share their results with PEDRI staff; none is named. "
            f"“{HIDDEN.capitalize()}” says that there are too few for a sum. {framework.notice}"
        ).strip(),
        "license": str(framework.licence) or "Not stated in the framework’s file",
        "source": framework.source,
    }
