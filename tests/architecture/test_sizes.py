"""Files and functions stay small enough to read at one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

from .tree import ROOT, modules, name

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 30
# Names that say nothing about what is inside, so that anything ends up there
SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base_utils", "general"}

# Where one must be larger: its name here, and why
LARGER_FILES: dict[str, str] = {}
LARGER_FUNCTIONS: dict[str, str] = {}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function with its lines of code: no blank ones, comments or docstring."""
    source = path.read_text("utf-8")
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            start = node.lineno
            if ast.get_docstring(node) is not None:
                described = node.body[0]
                assert described.end_lineno is not None
                start = described.end_lineno + 1
            code = [line for line in lines[start - 1 : node.end_lineno] if line.strip()]
            yield node.name, sum(not line.strip().startswith("#") for line in code)


def test_no_file_is_too_long() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert len(lengths) > 20
    long = {file: lines for file, lines in lengths.items() if lines > MOST_LINES_OF_A_FILE}
    assert long.keys() == LARGER_FILES.keys(), long


def test_no_function_is_too_long() -> None:
    long = {
        f"{name(path)}:{function}": lines
        for path in modules()
        for function, lines in functions(path)
        if lines > MOST_LINES_OF_A_FUNCTION
    }
    assert long.keys() == LARGER_FUNCTIONS.keys(), long


def test_the_tools_are_held_to_the_same() -> None:
    long = {
        f"{name(path)}:{function}": lines
        for path in sorted((ROOT / "tools").glob("*.py"))
        for function, lines in functions(path)
        if lines > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_every_module_name_says_something() -> None:
    assert [name(path) for path in modules() if path.stem in SAY_NOTHING] == []
    assert [name(path) for path in modules() if path.parent.name in SAY_NOTHING] == []
