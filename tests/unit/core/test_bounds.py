"""What nobody writes by hand is refused at once, whatever its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.core.diagnostics import MOST_PER_CODE, Diagnostic, Location, in_order
from ghgcalc.core.spelling import nearest
from ghgcalc.core.text.document import load_document
from ghgcalc.core.units import UnitError, parse_unit
from ghgcalc.pipeline.run import compute

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """ghgcalc: 1
organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6}
facilities: {leeds: {country: GB}}
"""


def test_a_chain_of_repeated_includes_is_read_once(tmp_path: Path) -> None:
    """3^14 readings would take hours: each file is read once, each second naming is refused."""
    (tmp_path / "company.yaml").write_text(HEAD + "include: i0.yaml\n")
    for number in range(14):
        following = f"i{number + 1}.yaml"
        (tmp_path / f"i{number}.yaml").write_text(f"include: [{', '.join([following] * 3)}]\n")
    (tmp_path / "i14.yaml").write_text("markets: {}\n")
    loaded = load_document(tmp_path / "company.yaml")
    assert len(loaded.value.files) == 16
    assert [item.code for item in loaded.diagnostics] == ["duplicate-key"] * 28  # two a file
    assert loaded.diagnostics[0].related[0].label == "first here"


@pytest.mark.parametrize("inside", [False, True])
def test_unknown_keys_beyond_a_thousand_are_counted(tmp_path: Path, inside: bool) -> None:
    keys = [f"{'    ' if inside else ''}key{number}: 1\n" for number in range(MOST_PER_CODE + 500)]
    above = "activities:\n  a:\n    facility: leeds\n" if inside else ""
    (tmp_path / "company.yaml").write_text(HEAD + above + "".join(keys))
    found = [f for f in compute(tmp_path / "company.yaml").diagnostics if f.code == "unknown-key"]
    assert len(found) == MOST_PER_CODE + 1
    assert found[-1].message == "and 500 more of this kind, from here on"


def test_findings_of_any_stage_are_bounded() -> None:
    made = [Diagnostic("bad-id", f"a{n}", Location("a.yaml", n, 1)) for n in range(1, 1_203)]
    found = in_order(reversed(made))
    assert [item.message for item in found[:2]] == ["a1", "a2"]
    assert len(found) == MOST_PER_CODE + 1
    assert found[-1].message.startswith("and 202 more")
    assert in_order(found) == found


def test_units_are_refused_by_length() -> None:
    for text in ("kg/" * 170_000, "(" * 500_000, "k" * 257):
        with pytest.raises(UnitError) as error:
            parse_unit(text)
        assert error.value.code == "unknown-unit"
        assert len(error.value.message) < 200


def test_no_hint_is_sought_for_or_among_what_nobody_mistyped() -> None:
    assert nearest("a" * 1_000_000, ["leeds"]) is None
    assert nearest("leedz", [f"site-{number}" for number in range(100_000)]) is None
    assert nearest("leedz", ["leeds", "york"]) == "leeds"
