"""JSON is read strictly: a clear fault for whatever is wrong, and never a traceback."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedri_assess.domain.documents import MOST_BYTES, parse
from pedri_assess.domain.errors import InvalidDocument


def faults(content: bytes | str) -> list[str]:
    with pytest.raises(InvalidDocument) as caught:
        parse(content.encode() if isinstance(content, str) else content, "a.json")
    lines = caught.value.lines()
    assert all(line.startswith("a.json: $") and "\n" not in line for line in lines)
    return [line.removeprefix("a.json: ") for line in lines]


def test_it_works() -> None:
    assert parse(b'{"a": [1, 2.5, "x", null, true]}', "a.json") == {"a": [1, 2.5, "x", None, True]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"  \n ", "the file is empty"),
        (b"{", "not JSON at line 1"),
        (b'{"a": 1,}', "not JSON at line 1"),
        (b"{'a': 1}", "not JSON at line 1"),
        (b"\xef\xbb\xbf{}", "UTF-8 byte-order mark"),
        ("{}".encode("utf-16"), "UTF-16 byte-order mark"),
        ("{}".encode("utf-16-le"), "zero bytes"),
        ('{"a": "é"}'.encode("latin-1"), "not UTF-8 text (line 1"),
        (b'{"a": 1, "b": 2, "a": 3}', "$.a: the key is there more than once"),
        (b'{"a": {"x y": 1, "x y": 1}}', '$.a["x y"]: the key is there more than once'),
        (b'{"a": NaN}', "$.a: NaN is not a number"),
        (b'{"a": [1, -Infinity]}', "$.a[1]: -Infinity is not a number"),
        (b'{"a": 1e400}', "$.a: 1e400 is not a number"),
        (b'{"a": 9007199254740992}', "$.a: 9007199254740992 is not a number"),
        (b'{"a": ' + b"1" * 10_000 + b"}", "is not a number that can be used"),
        (b'{"a": "\\ud800"}', "$.a: half a character"),
        (b'{"\\udc00": 1}', "half a character"),
        (b"[" * 40 + b"]" * 40, "nested too deeply"),
        (b"[" * 10_000 + b"]" * 10_000, "nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
        (b" " * (MOST_BYTES + 1), "the file is too large"),
        (b'"' + b"x" * 50_000_000 + b'"', "the file is too large; expected at most 20 MB"),
    ],
)
def test_every_bad_file_is_a_clear_fault(content: bytes, said: str) -> None:
    assert any(said in fault for fault in faults(content))


def test_all_faults_come_at_once_and_in_order() -> None:
    found = faults('{"a": NaN, "b": {"c": 1, "c": 2}, "d": "\\ud800", "e": 1e999}')
    assert [fault.split(":")[0] for fault in found] == ["$.a", "$.b.c", "$.d", "$.e"]


def test_a_file_made_of_faults_is_not_listed_for_ever() -> None:
    found = faults("[" + ",".join(["NaN"] * 100_000) + "]")
    assert len(found) == 501
    assert "stopped after 500" in found[-1]


def test_odd_keys_cannot_break_the_line() -> None:
    (fault,) = faults('{"a\\nb\\u001b[31m": NaN}')
    assert fault.startswith('$["a\\nb\\u001b[31m"]: NaN')


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_value_or_a_fault(content: bytes) -> None:
    with suppress(InvalidDocument):
        parse(content, "a.json")


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=15,
)


@given(values)
def test_what_the_json_library_writes_is_read_back(value: object) -> None:
    try:
        text = json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, UnicodeEncodeError):
        return
    assert parse(text, "a.json") == value
