"""Published waves of benchmarks: for everyone, with the data, and for an organisation beside its peers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request

from ..domain.disclosure import MEANINGS, PARTNER, PUBLIC
from ..domain.errors import NotFound
from ..domain.policies import ANYONE, MEMBER
from ..reports.benchmarks import COLUMNS, WHOLE, Group, every_group, group, moved, table
from ..reports.tabular import table_csv
from ..services import waves as use
from ..services.benchmarks import beside_peers
from ..services.organisations import KINDS, NATIONS, SIZES
from ..services.waves import Benchmark
from .pages import newest
from .protection import allow
from .result import download
from .site import site

benchmarks = Blueprint("benchmarks", __name__)

CALLED = KINDS | NATIONS | SIZES
KEPT = "public, max-age=3600"  # a published wave never changes


@benchmarks.get("/network")
@allow(ANYONE)
def network() -> str:
    """All published waves."""
    return render_template("benchmarks/every.html", series=use.series(site().context))


@benchmarks.get("/network/<wave>")
@allow(ANYONE)
def public(wave: str) -> str:
    """What a wave shows to everyone."""
    found = use.published_wave(site().context, wave)
    before = use.published_waves(site().context, found.row.framework)[: found.row.number]
    shown = _shown(found, before, PUBLIC)
    return render_template("benchmarks/public.html", columns=COLUMNS, **shown)


@benchmarks.get("/network/<wave>/data.csv")
@allow(ANYONE)
def data(wave: str) -> Response:
    """The same as a table."""
    found = use.published_wave(site().context, wave)
    content = table_csv(table(found.release(PUBLIC), found.framework, found.row.name))
    return _file(content, "text/csv", f"{_name(found)}.csv")


@benchmarks.get("/network/<wave>/release.json")
@allow(ANYONE)
def release_file(wave: str) -> Response:
    """The same as the release document."""
    found = use.published_wave(site().context, wave)
    content = json.dumps(found.row.content[PUBLIC], ensure_ascii=False, indent=2) + "\n"
    return _file(content.encode(), "application/json", f"{_name(found)}.json")


@benchmarks.get("/organisations/<organisation>/benchmark")
@allow(MEMBER)
def own(organisation: str) -> str:
    """An organisation beside its peers, in a published wave."""
    context, wave = site().context, request.args.get("wave", "")
    frameworks = [framework.framework for framework in newest()]
    found = beside_peers(context, organisation, frameworks, wave)
    shown: dict[str, Any] = {"group": None}
    if found.wave:
        shown = _shown(found.wave, found.before, PARTNER, found.own)
    return render_template("benchmarks/own.html", found=found, **shown)


def _shown(
    found: Benchmark,
    before: Sequence[Benchmark],
    audience: str,
    own: dict[str, int | None] | None = None,
) -> dict[str, Any]:
    """What the templates need. Raises NotFound for a group that there is not."""
    key, released = request.args.get("group", WHOLE), found.release(audience)
    chosen = group(released, found.framework, key, CALLED, own)
    if chosen is None and key != WHOLE:
        raise NotFound("group")
    return {
        "wave": found,
        "row": found.row,
        "framework": found.framework,
        "target": released.target,
        "label": found.framework.scale[released.target].label,
        "group": chosen,
        "every": every_group(released, found.framework, CALLED),
        "meanings": MEANINGS,
        **_trend(before, audience),
    }


def _trend(before: Sequence[Benchmark], audience: str) -> dict[str, Any]:
    """The whole network in each wave, and what changed from the last but one, where there is one alike."""
    wholes = [(each, _whole(each, audience)) for each in before]
    changed = None
    if len(wholes) > 1:
        (earlier, was), (later, now) = wholes[-2:]
        if was and now and earlier.framework.top == later.framework.top:
            changed = moved(was, now, earlier.names, later.names)
    return {"before": wholes, "changed": changed}


def _whole(found: Benchmark, audience: str) -> Group | None:
    return group(found.release(audience), found.framework, WHOLE, CALLED)


def _name(found: Benchmark) -> str:
    return f"{found.row.framework}-{found.row.version}-wave-{found.row.number}".replace(".", "-")


def _file(content: bytes, kind: str, name: str) -> Response:
    response = make_response(download(content, kind, name))
    response.headers["Cache-Control"] = KEPT
    return response
