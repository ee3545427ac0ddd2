"""A release as plain JSON values, and back."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from .cells import Cell, Figure, Hidden, OwnCell, OwnFigure, Release, ReleasedWave, Shown, Summary, Viewer
from .network import Cut
from .rules import Bound
from .words import own_sentence, sentence, summary_sentence

Document = dict[str, Any]

STATISTIC = "share-at-or-above"
_ABOVE = {True: "at_least", False: "more_than"}
_BELOW = {True: "at_most", False: "below"}


def release_document(release: Release) -> Document:
    """The release document; `release_from` reads it."""
    document: Document = {
        "method": release.method,
        "audience": release.audience,
        "scale": list(release.scale),
        "target": release.target,
        "waves": [
            {"id": wave.id, "cells": [_cell_document(cell, release) for cell in wave.cells]}
            for wave in release.waves
        ],
    }
    if release.viewer:
        cells = [_own_document(own, release) for own in release.viewer.cells]
        document["viewer"] = {"organisation": release.viewer.id, "cells": cells}
    return document


def _cell_document(cell: Cell, release: Release) -> Document:
    label = release.scale[release.target]
    return {
        "cut": list(cell.cut.by),
        "group": dict(cell.group),
        "organisations": None if cell.organisations is None else {"at_least": cell.organisations},
        "criteria": [
            {
                "criterion": criterion,
                **_figure_document(figure),
                "words": sentence(figure, release.audience, label),
            }
            for criterion, figure in cell.criteria.items()
        ],
        "standards": [
            {"standard": name, **vars(summary), "words": summary_sentence(summary, label)}
            for name, summary in cell.standards.items()
        ],
    }


def _figure_document(figure: Figure) -> Document:
    if isinstance(figure, Hidden):
        return {"hidden": list(figure.reasons)}
    shown: Document = {"statistic": STATISTIC, "level": figure.level}
    bounds = [(figure.above, _ABOVE), (figure.below, _BELOW)]
    for bound, names in bounds:
        if bound:
            shown[names[bound.included]] = str(bound.share)
    finest = max(bound.share.denominator for bound, _ in bounds if bound)
    return {"shown": {**shown, "rounded_to": f"1/{finest}"}}


def _own_document(own: OwnCell, release: Release) -> Document:
    label = release.scale[release.target]
    return {
        "wave": own.wave,
        "cut": list(own.cell.cut.by),
        "group": dict(own.cell.group),
        "criteria": [
            {
                "criterion": criterion,
                "level": figure.level,
                "words": own_sentence(figure, release.scale, release.audience, label),
            }
            for criterion, figure in own.criteria.items()
        ],
    }


def release_from(document: Document) -> Release:
    """The release that a checked document describes."""
    waves = tuple(
        ReleasedWave(wave["id"], tuple(_cell_from(cell) for cell in wave["cells"]))
        for wave in document["waves"]
    )
    viewer = _viewer_from(document["viewer"], waves) if "viewer" in document else None
    return Release(
        document["method"],
        document["audience"],
        tuple(document["scale"]),
        document["target"],
        waves,
        viewer,
    )


def _cell_from(item: Document) -> Cell:
    about = item["organisations"]
    return Cell(
        Cut(tuple(item["cut"])),
        item["group"],
        about and about["at_least"],
        {figure["criterion"]: _figure_from(figure) for figure in item["criteria"]},
        {
            each["standard"]: Summary(each["half_or_more"], each["fewer_than_half"], each["hidden"])
            for each in item["standards"]
        },
    )


def _figure_from(item: Document) -> Figure:
    if "hidden" in item:
        return Hidden(tuple(item["hidden"]))
    shown = item["shown"]
    return Shown(shown["level"], _bound_from(shown, _ABOVE), _bound_from(shown, _BELOW))


def _bound_from(shown: Document, names: Mapping[bool, str]) -> Bound | None:
    for included, name in names.items():
        if name in shown:
            return Bound(Fraction(shown[name]), included)
    return None


def _viewer_from(item: Document, waves: tuple[ReleasedWave, ...]) -> Viewer:
    cells = {(wave.id, cell.cut, tuple(cell.group.items())): cell for wave in waves for cell in wave.cells}
    own = []
    for each in item["cells"]:
        cell = cells[each["wave"], Cut(tuple(each["cut"])), tuple(each["group"].items())]
        figures = {
            figure["criterion"]: OwnFigure(figure["level"], cell.criteria[figure["criterion"]])
            for figure in each["criteria"]
        }
        own.append(OwnCell(each["wave"], cell, figures))
    return Viewer(item["organisation"], tuple(own))
