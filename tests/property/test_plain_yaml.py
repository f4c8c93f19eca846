"""The short way for plain YAML gives what the strict reader gives, or leaves the text to it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ghgcalc.core.text.document import locate
from ghgcalc.core.text.plain_yaml import read_plain
from ghgcalc.core.text.source import List, Map, SourceFile, key_position, unpack
from ghgcalc.core.text.strict_yaml import read_strict
from ghgcalc.core.text.yaml_text import parse
from support.strategies import profile

pads = st.sampled_from(["", "  ", "    ", "      ", " ", "   "])
keys = st.sampled_from(["a", "b", "key", "plant-1", "x.y", "null", "~", "<<", "厂", ".a", "-a", "1",
                        "a b", "a:b", "a#b", "'q'", "no", "{a}", "k" * 300])  # fmt: skip
cells = st.sampled_from([
    "1", "12.5 kWh", "1_000 kg", "a  b", "~", "null", "Null", "nullable", "null device", "",
    "-", "- 1", "-1", "--", "---", "...", "a:b", "a: b", "a :b", "a:", ":a", "a#b", "a #b", "#",
    "# c", "?", "? x", "'q'", "'q' # c", "'a''b'", "''", "'''x'''", '"q"', '"\\n"', '"a b" ',
    "'open", '"', "5\" pipe", "it's", "&x 1", "*x", "!t 1", "| ", ">", "%x", "@x", "`x", "[a]",
    "[]", "[a, b]", "[ a , 'b, c' ]", "[a, ]", "[a, ~]", "[a: b]", "[-1]", "[[a]]", "[a]b",
    "[a] # c", "[a,b]", "[a b]", "{}", "{a: 1}", "{a: 1, b: 'x: y'}", "{ a: 1 , a: 2}", "{a:1}",
    "{a: }", "{a: 1} # b: 2", "[a] # b, c", "< 3", "=", "电力 12", "\u00a0x", "a\u00a0",
    "a\u2028b", "a\tb", "\ta", "x\u0085y", "\ufeff", "(a)", "a,b", "a]", "https://x.y/z#q",
    "12:30", "2023-04-01", "\U0001f600", "a\\b",
])  # fmt: skip
lines = st.one_of(
    st.builds("{}{}: {}".format, pads, keys, cells),
    st.builds("{}{}:   {}".format, pads, keys, cells),
    st.builds("{}{}:".format, pads, keys),
    st.builds("{}- {}".format, pads, cells),
    st.builds("{}-   {}: {}".format, pads, keys, cells),
    st.builds("{}- {}: {}".format, pads, keys, cells),
    st.builds("{}- {}:".format, pads, keys),
    st.builds("{}{}".format, pads, cells),
    st.builds("{}#{}".format, pads, cells),
)
likely = st.one_of(
    st.builds("{}k{}: {}".format, pads, st.integers(0, 99), cells),
    st.builds("{}k{}:".format, pads, st.integers(0, 99)),
    st.builds("{}- {}".format, pads, cells),
    st.builds("{}- k{}: {}".format, pads, st.integers(0, 9), cells),
)
breaks = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
texts = st.builds(
    lambda parts, end, last: end.join(parts) + last,
    st.lists(likely | lines, min_size=1, max_size=9), breaks, st.sampled_from(["", "\n", "\n\n "]),
)  # fmt: skip


@given(text=texts)
@profile(600)
@example(text="a:\n- b: 1\n  c:\n  - d\n  - e: 2\n    f: {x: 1, y: 'z'}\ng: [1, 'x, y'] # c, d\n")
@example(text="a:\n  b:\n\n  # note\n    c: 1\n  d: ~\n")
@example(text="a:\n  b: 1\n c: 2\n")
def test_both_readers_give_the_same(text: str) -> None:
    source = SourceFile("c.yaml", text, 3)
    plain = read_plain(source)
    if plain is None:
        return
    strict = read_strict(source)
    assert not strict.diagnostics
    _equal(plain, strict.value)


def _equal(plain: Any, strict: Any) -> None:
    assert type(plain) is type(strict)
    if isinstance(plain, Map):
        assert list(plain) == list(strict)
        for key in plain:
            _equal(plain[key], strict[key])
    elif isinstance(plain, List):
        assert len(plain) == len(strict)
        for one, other in zip(plain, strict, strict=True):
            _equal(one, other)
    else:
        assert plain == strict
        return
    assert plain.marks == strict.marks


def test_places_are_found_after_a_key_was_taken_out() -> None:
    read = read_plain(SourceFile("c.yaml", "a:\n  b:\n    c:\n      d: 1\n    e: 2\n"))
    assert read is not None
    inner = read["a"]["b"]
    inner.pop("c")
    assert unpack(key_position(inner.marks["e"])) == (0, 4, 4)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: {c: 1, d: 'x y'}\ne:\n  - [1, 2]\n  - f: 1\n    g:\n",
        '# head\n\na: 120_000 kWh gross # bill\nb:\n- x\n- "y: z"\nc: https://x.y/z#1\n',
        "a:\r\n  b: 电力\r\n",
    ],
)
def test_plain_text_takes_the_short_way(text: str) -> None:
    plain = read_plain(SourceFile("c.yaml", text))
    assert plain is not None
    _equal(plain, read_strict(SourceFile("c.yaml", text)).value)


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2\n", "a: &x 1\n", "a: |\n  b\n", "a: b\n  c\n", "- a\n", "a: {b: 1, b: 2}\n",
     "a: 'x\n  y'\n", "<<: 1\n", "? a\n", "a: \tb\n", "---\na: 1\n", "", "# nothing\n",
     "a: [b, [c]]\n", "a: 1\n  b: 2\n"],
)  # fmt: skip
def test_other_text_is_left_to_the_strict_reader(text: str) -> None:
    assert read_plain(SourceFile("c.yaml", text)) is None


def test_a_long_company_file_is_read_plainly_and_its_slips_are_placed() -> None:
    """Findings in a file of 100 kB stand where the strict reader puts them."""
    entries = "".join(
        f"  a{index}: # bill {index}\n    facility: here\n    quantity: {index}.5 kWh\n"
        f"    evidence: [bills/{index}.pdf, 'x y']\n"
        for index in range(1200)
    )
    text = (
        f"ghgcalc: 1\nactivities:\n{entries}  last:\n    facility: there\n    quantities: 1 kWh\n"
    )
    source = SourceFile("c.yaml", text, 2)
    read = parse(source)
    assert not read.diagnostics
    assert isinstance(read.value, Map)
    assert isinstance(read.value.places, dict)
    last = read.value["activities"]["last"]
    assert isinstance(last.places, tuple)  # nobody has asked yet
    files = [source] * 3
    found = locate(read.value, files, ("activities", "last", "quantities"))
    assert (found.line, found.column) == (2 + 4 * 1200 + 3, 17)
    found = locate(read.value, files, ("activities", "a7", "evidence", 1))
    assert (found.line, found.column) == (2 + 4 * 7 + 4, 29)
    _equal(read.value, read_strict(source).value)
