"""A logo is drawn anew: only what it shows remains of the file, and files made to do harm are refused."""

from __future__ import annotations

import base64
import io
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from weasyprint import HTML
from weasyprint.logger import LOGGER

from pedri_assess.domain.edition import Logo
from pedri_assess.reports import LARGEST_LOGO, NotAPicture, is_harmless, read_logo
from pedri_assess.reports.vector import Refused, cleaned

from .pictures import BIRD, SPACE, bomb, jpeg, png, svg


def bytes_of(logo: Logo) -> bytes:
    return base64.b64decode(logo.content)


def picture(logo: Logo) -> Image.Image:
    return Image.open(io.BytesIO(bytes_of(logo)))


def test_a_png_keeps_what_it_shows_and_that_it_can_be_seen_through() -> None:
    logo = read_logo(png(), "A disc")
    assert (logo.kind, logo.words) == ("png", "A disc")
    assert picture(logo).mode == "RGBA"
    assert picture(logo).getpixel((0, 0)) == (0, 0, 0, 0)
    assert picture(logo).getpixel((125, 125)) == (160, 20, 60, 255)


@pytest.mark.parametrize("made", [png((4_000, 2_000)), jpeg((4_000, 2_000))])
def test_a_large_picture_becomes_as_large_as_a_cover_needs(made: bytes) -> None:
    logo = read_logo(made, "x")
    assert picture(logo).size == (960, 480)
    assert len(logo.content) < 1_000_000


def test_a_picture_that_cannot_be_packed_becomes_smaller() -> None:
    noise = Image.effect_noise((760, 380), 90).convert("RGB")
    noise.putalpha(Image.effect_noise((760, 380), 90))
    written = io.BytesIO()
    noise.save(written, "PNG")
    logo = read_logo(written.getvalue(), "x")
    assert picture(logo).width < 760
    assert len(bytes_of(logo)) <= 500_000


def test_nothing_hangs_on_to_a_picture() -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "taken-at-home", 6  # a description, and: turn it
    turned = read_logo(
        jpeg((600, 200), exif=exif, comment=b"taken-at-home", icc_profile=b"taken-at-home"), "x"
    )
    assert picture(turned).size == (160, 480)  # it stands as it was meant to be seen
    for logo in (turned, read_logo(png() + b"<script>taken-at-home</script>", "x")):
        assert b"taken-at-home" not in bytes_of(logo)
        assert b"<script" not in bytes_of(logo)
        assert set(picture(logo).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_the_kind_follows_from_what_is_in_the_file() -> None:
    both = jpeg() + png() + BIRD.encode()  # a file that is three things
    assert read_logo(both, "x").kind == "jpeg"
    assert len(bytes_of(read_logo(both, "x"))) < len(both)


NO_LOGO = [
    (b"", "is empty"),
    (b"GIF89a" + b"\0" * 100, "no PNG, JPEG or SVG"),
    (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no PNG, JPEG or SVG"),
    (b"<html><body><svg-like></svg-like></body></html>", "no SVG drawing|no well-formed"),
    (b"PK\x03\x04", "no PNG, JPEG or SVG"),
    (b"\x89PNG\r\n\x1a\n", "is damaged"),
    (b"\x89PNG\r\n\x1a\n" + jpeg(), "is damaged"),
    (b"\xff\xd8\xff" + b"\0" * 1_000, "is damaged"),
    (png()[:200], "is damaged"),
    (bomb(30_000, 30_000), "million pixels"),
    (bomb(8_001, 10), "million pixels"),
    (bomb(6_000, 4_001), "million pixels"),
    (png((900, 42)), "times as long as it is wide"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * LARGEST_LOGO, "larger than 2 MB"),
]


@pytest.mark.parametrize(("content", "why"), NO_LOGO, ids=[str(number) for number in range(len(NO_LOGO))])
def test_what_is_no_logo_is_refused_with_a_reason(content: bytes, why: str) -> None:
    began = time.monotonic()
    with pytest.raises(NotAPicture, match=why):
        read_logo(content, "x")
    assert time.monotonic() - began < 25  # the limit of its process, however slow this machine is


def test_a_drawing_keeps_its_shapes_its_colours_and_nothing_else() -> None:
    drawn = bytes_of(read_logo(BIRD.encode(), "A bird")).decode()
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 60"')
    assert 'fill="#146"' in drawn
    assert drawn.count('stop-color="#a02"') == 1  # the gradient has taken over the stops of the other
    assert drawn.count("url(#") == 3
    assert "<clipPath" in drawn
    for gone in ("style", "class", "title", "href"):
        assert gone not in drawn
    assert bytes_of(read_logo(drawn.encode(), "A bird")).decode() == drawn


URL = "http://127.0.0.1:9/x"
RECT = "<rect width='1' height='1'/>"
ACTIVE = [
    "<script>alert(1)</script>",
    f"<script href='{URL}'/>",
    f"<style>@import url({URL});</style>",
    f"<style>@font-face{{font-family:x;src:url({URL})}} rect{{behavior:url(x)}}</style>",
    f"<metadata><x:y xmlns:x='urn:x'>{URL}</x:y></metadata>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    f"<!-- {URL} -->",
    "<rect onclick='alert(1)' width='1' height='1'/>",
    f"<a href='javascript:alert(1)'>{RECT}</a>",
    f"<rect style='background:url({URL})' width='1' height='1'/>",
    "<?php echo 1 ?>",
    f"<rect width='1' height='1' style='-moz-binding:url({URL})' xml:base='{URL}'/>",
    "<g><![CDATA[<script>alert(1)</script>]]></g>",
    "<defs><pattern id='p'><rect/></pattern></defs>",
]


@pytest.mark.parametrize("inside", ACTIVE)
def test_what_does_not_draw_is_left_behind(inside: str) -> None:
    drawn = cleaned(svg(f"{inside}<rect width='10' height='10'/>")).decode()
    assert set(re.findall(r"<(\w+)", drawn)) <= {"svg", "rect", "g"}
    assert not re.search(r"script|alert|127|url|on\w+=|style|href|php|base", drawn)


REFUSED = [
    ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>", "<foreignObject>"),
    (f"<image href='{URL}'/>", "<image>"),
    ("<image href='data:image/png;base64,xx'/>", "<image>"),
    ("<g id='a'/><use href='#a'/>", "<use>"),
    ("<text>x</text>", "<text>"),
    ("<animate attributeName='x'/>", "<animate>"),
    ("<set attributeName='href' to='javascript:alert(1)'/>", "<set>"),
    ("<switch/>", "<switch>"),
    ("<svg/>", "<svg>"),
    (f"<rect fill='url({URL}#y)'/>", "outside of itself"),
    ("<rect style='fill:url(file:///etc/passwd)'/>", "outside of itself"),
    (f"<style>rect{{clip-path:url({URL})}}</style><rect/>", "outside of itself"),
    ("<rect style='filter:url(#f)'/>", "an effect, filter"),
    ("<rect mask='url(#m)'/>", "an effect, mask"),
    ("<rect stroke-dasharray='0.00001'/>", "stroke-dasharray"),
    ("<path d='M0 0 L'/>", "<path> whose d"),
    ("<path d='L0 0'/>", "<path> whose d"),
    ("<path d='M0 0 a1 1 0 2 0 1 1'/>", "<path> whose d"),
    ("<path d='M0 0 z 1'/>", "<path> whose d"),
    ("<path d='javascript:alert(1)'/>", "<path> whose d"),
    ("<rect width='1e9' height='1'/>", "whose width"),
    ("<rect width='-1' height='1'/>", "whose width"),
    ("<rect width='NaN'/>", "whose width"),
    ("<g transform='matrix(1 2)'><rect/></g>", "whose transform"),
    ("<polygon points='1 2 3'/>", "whose points"),
    ("<rect fill='expression(alert(1))'/>", "whose fill"),
    ("<g>" * 30 + "</g>" * 30, "too many parts"),
    ("<rect/>" * 2_001, "too many parts"),
    (f"<path d='M0 0{' 1' * 120_000}'/>", "200 kB"),
]


@pytest.mark.parametrize(("inside", "why"), REFUSED, ids=[str(number) for number in range(len(REFUSED))])
def test_what_would_be_missing_or_do_harm_is_refused(inside: str, why: str) -> None:
    with pytest.raises(Refused, match=re.escape(why)):
        cleaned(svg(inside))


LAUGHS = "<!DOCTYPE svg [" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10 if n else 'ha'}'>" for n in range(9)
)
EXTERNAL = "<!DOCTYPE svg SYSTEM 'file:///etc/passwd' [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
ONE = f"<svg {SPACE} viewBox='0 0 1 1'"
WHOLE = [
    (f"{LAUGHS}]>{ONE}><g>&a8;</g></svg>".encode(), "entities"),
    (f"{EXTERNAL}{ONE}>&x;</svg>".encode(), "entities"),
    (f"<?xml-stylesheet href='{URL}'?>{ONE}/>".encode(), "style sheets"),
    (f"<?xml version='1.0' encoding='utf-16'?>{LAUGHS}]>{ONE}/>".encode("utf-16"), "no PNG, JPEG or SVG"),
    (f"<?xml version='1.0' encoding='utf-7'?>{ONE}>+ADw-script+AD4-</svg>".encode(), ""),
    (b"<svg viewBox='0 0 1 1'/>", "no SVG drawing"),
    (svg(frame="width='5'"), "how large"),
    (svg(frame="viewBox='0 0 0 1'"), "how large"),
    (svg(frame="viewBox='0 0 1e308 1e308'"), "how large"),
    (svg(frame="viewBox='0 0 500 1'"), "times as long"),
    (svg("<g>"), "well-formed"),
    (b"<svg " + b"a" * 300_000, "200 kB"),
]


@pytest.mark.parametrize(("content", "why"), WHOLE, ids=[str(number) for number in range(len(WHOLE))])
def test_drawings_that_are_made_to_do_harm_are_refused(content: bytes, why: str) -> None:
    if why:
        with pytest.raises(NotAPicture, match=why):
            read_logo(content, "x")
    else:
        assert b"script" not in bytes_of(read_logo(content, "x"))


def test_only_a_drawing_that_was_cleaned_is_printed_again() -> None:
    clean = read_logo(BIRD.encode(), "A bird")
    assert is_harmless(clean)
    assert is_harmless(read_logo(png(), "x"))
    harm = svg("<g id='a'/><use href='#a'/>")
    assert not is_harmless(Logo("svg", base64.b64encode(harm).decode(), "x"))
    padded = bytes_of(clean) + b" "
    assert not is_harmless(Logo("svg", base64.b64encode(padded).decode(), "x"))


NUMBERS = st.one_of(st.integers(-99, 99), st.floats(-1e4, 1e4, allow_nan=False)).map(str)
SIZES = st.one_of(st.integers(0, 99), st.floats(0, 1e4)).map(str) | st.sampled_from(["50%", "0", "1e-5"])
TAKES = {"M": 2, "l": 2, "H": 1, "v": 1, "c": 6, "S": 4, "q": 4, "T": 2, "z": 0}


@st.composite
def paths(draw: st.DrawFn) -> str:
    """A path, now and then one that breaks off."""
    written = "M0 0"
    for command in draw(st.lists(st.sampled_from([*TAKES, "A"]), max_size=6)):
        if command == "A":
            written += " ".join(["A", *(draw(SIZES.filter(lambda text: "%" not in text)) for _ in range(2))])
            written += f" {draw(NUMBERS)} {draw(st.sampled_from(['0 1 ', '10', '1,1,']))}"
            written += " ".join([draw(NUMBERS), draw(NUMBERS)])
        else:
            many = TAKES[command] * draw(st.integers(1, 3)) - draw(st.integers(0, 20)) // 20
            written += command + " ".join(draw(NUMBERS) for _ in range(many))
    return written


MEASURES = st.builds(
    lambda one, other: {**one, **other},
    st.dictionaries(st.sampled_from(["x", "y", "cx", "cy", "x1", "y2"]), NUMBERS, max_size=4),
    st.dictionaries(st.sampled_from(["width", "height", "rx", "ry", "r", "stroke-width"]), SIZES, max_size=4),
)
LOOKS = st.dictionaries(
    st.sampled_from(["fill", "stroke", "clip-path", "stroke-linejoin", "fill-rule"]),
    st.sampled_from(["url(#g)", "url(#c)", "none", "red", "currentColor", "round", "inherit", "rgb(1,2,3)"]),
)


def attributes(given: dict[str, str]) -> str:
    return " ".join(f"{name}='{value}'" for name, value in given.items())


PARTS = st.builds(
    lambda kind, d, one, other: f"<{kind} d='{d}' {attributes(one | other)}/>",
    st.sampled_from(["path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "g"]),
    paths(),
    MEASURES,
    LOOKS,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PARTS, max_size=5), st.dictionaries(st.sampled_from(["cx", "fx", "r", "x1"]), NUMBERS))
def test_whatever_was_cleaned_can_be_printed(parts: list[str], gradient: dict[str, str]) -> None:
    stops = "<stop offset='-1'/><stop offset='50%' stop-color='blue'/><stop offset='0.2'/>"
    held = (
        f"<radialGradient id='g' {attributes(gradient)}>{stops}</radialGradient>"
        "<clipPath id='c'><rect clip-path='url(#c)' width='9' height='9'/></clipPath>"
    )
    try:
        drawn = cleaned(svg(held + "".join(parts)))
    except Refused:
        return
    assert cleaned(drawn) == drawn
    address = "data:image/svg+xml;base64," + base64.b64encode(drawn).decode()
    with pytest.MonkeyPatch.context() as patch:
        problems: list[object] = []
        patch.setattr(LOGGER, "error", lambda *said, **_: problems.append(said))
        HTML(string=f"<img src='{address}' alt='x'>").write_pdf()
    assert problems == []
