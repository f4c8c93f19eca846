"""Instruments: what may be assumed, which window holds, what a rate needs, what the record says."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from ghgcalc.pipeline.run import Run, compute

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.calculation.results.instrument_use import InstrumentUse

COMPANY = """\
ghgcalc: 1
organization: {{name: X, consolidation_approach: operational_control, gwp_set: AR6{more}}}
factor_packs: [./own.yaml]
{accept}
facilities: {{a: {{country: NO}}}}
activities:
  power: {{facility: a, category: purchased_electricity, quantity: 10 MWh, period: 2025}}
instruments:
  go: {{type: GO, market: NO, volume: 10 MWh, {go}}}
"""
OWN = """\
pack: own
title: Own
factors:
  grid: {category: purchased_electricity, per: MWh, kind: grid_average, region: NO,
    gases: {CO2: 0.4 t}, source: hand}
"""
MET = "criteria_met: {1: x, 2: x, 3: x, 4: x, 5: x}"
ZERO = "emission_rate: {CO2: 0 kg/MWh}"
ASSUMED = "accept: [{gap: criteria_assumed, for: {WHOM}, reason: r}]"


def run(folder: Path, go: str, accept: str = "", more: str = "") -> Run:
    (folder / "own.yaml").write_text(OWN, "utf-8")
    text = COMPANY.format(go=go, accept=accept, more=more)
    (folder / "company.yaml").write_text(text, "utf-8")
    return compute(folder / "company.yaml", period="2025")


def use(made: Run) -> InstrumentUse:
    assert made.inventory is not None, made.diagnostics
    (found,) = made.inventory.instruments
    return found


def tonnes(made: Run) -> Fraction | None:
    assert made.inventory is not None
    return made.inventory.totals.scope_2["market_based"]


@pytest.mark.parametrize("whom", ["{instrument: go}", "{market: NO}", "{}"])
def test_unanswered_criteria_are_assumed_by_an_entry(tmp_path: Path, whom: str) -> None:
    accept = ASSUMED.replace("{WHOM}", whom)
    go = f"generated: 2025, {ZERO}, criteria_met: {{1: a.pdf, 3: c.pdf, 4: d.pdf}}"
    found = use(made := run(tmp_path, go, accept))
    assert (found.used, found.rejected, tonnes(made)) == (10, "", 0)
    assert found.criteria == "met: 1, 3, 4; assumed: criteria 2, 5"
    assert [(each.number, each.state, each.evidence) for each in found.answers] == [
        (1, "met", "a.pdf"), (2, "assumed", ""), (3, "met", "c.pdf"), (4, "met", "d.pdf"),
        (5, "assumed", ""),
    ]  # fmt: skip
    (gap,) = found.gaps
    assert (gap.kind, gap.detail) == ("criteria_assumed", "go: criteria 2, 5 unanswered")


def test_unanswered_criteria_without_an_entry_refuse(tmp_path: Path) -> None:
    """10 MWh at the grid average of 0.4 t."""
    go = f"generated: 2025, {ZERO}, criteria_met: {{1: a.pdf, 2: none, 3: c.pdf, 4: d.pdf}}"
    found = use(made := run(tmp_path, go))
    assert (found.used, tonnes(made)) == (0, 4)
    assert found.rejected == "criterion 2 not met, criterion 5 unanswered"
    assert [each.state for each in found.answers] == [
        "met", "not met", "met", "met", "unanswered",
    ]  # fmt: skip
    # what is known not to hold cannot be assumed
    again = use(run(tmp_path, go, ASSUMED.replace("{WHOM}", "{instrument: go}")))
    assert again.rejected == found.rejected


@pytest.mark.parametrize(
    ("generated", "window", "accept", "rejected"),
    [
        ("2025", "", "", ""),
        ("2024", "", "", "criterion 4: generated 2024, outside the reporting year"),
        # an entry allows it where it names this instrument, not where it holds for all
        ("2024", "", "{instrument: go}", ""),
        ("2024", "", "{}", "criterion 4: generated 2024, outside the reporting year"),
        # [-6, 3]: 1 July 2024 to 31 March 2026
        ("2024-07-01/2024-07-31", "[-6, 3]", "", ""),
        ("2024-06-30/2024-07-31", "[-6, 3]", "", "outside the window 2024-07-01/2026-03-31"),
        ("2026-03-01/2026-03-31", "[-6, 3]", "", ""),
        ("2026-03-01/2026-04-01", "[-6, 3]", "", "outside the window 2024-07-01/2026-03-31"),
    ],
)
def test_vintages(tmp_path: Path, generated: str, window: str, accept: str, rejected: str) -> None:
    more = f", vintage_window: {window}" if window else ""
    entry = ASSUMED.replace("{WHOM}", accept) if accept else ""
    go = f"generated: {generated}, used_in: 2025, {ZERO}, {MET}"
    found = use(made := run(tmp_path, go, entry, more))
    assert found.rejected.endswith(rejected)
    assert bool(found.rejected) == bool(rejected)
    assert tonnes(made) == (4 if rejected else 0)


TOTAL, SET = "{gap: co2e_without_gases, reason: r}", "{gap: other_gwp_set, reason: r}"


@pytest.mark.parametrize(
    ("rate", "gaps", "used"),
    [
        ("{CO2e: 0 kg/MWh}", [], 10),  # a zero is a zero of every gas and set
        ("{CO2e: 20 kg/MWh}, gwp_set: AR6", [TOTAL], 10),
        ("{CO2e: 20 kg/MWh}, gwp_set: AR6", [SET], None),
        ("{CO2e: 20 kg/MWh}, gwp_set: AR5", [TOTAL], None),
        ("{CO2e: 20 kg/MWh}, gwp_set: AR5", [TOTAL, SET], 10),
        ("{CO2e: 20 kg/MWh}", [TOTAL, SET], 10),
        ("{CO2: 20 kg/MWh}", [], 10),
    ],
)
def test_a_rate_that_is_a_total_needs_its_acceptances(
    tmp_path: Path, rate: str, gaps: list[str], used: int | None
) -> None:
    """20 kg of 10 MWh are 0.2 t, whatever the set of the total."""
    accept = f"accept: [{', '.join(gaps)}]" if gaps else ""
    made = run(tmp_path, f"generated: 2025, emission_rate: {rate}, {MET}", accept)
    if used is None:
        assert made.inventory is None
        errors = {each.code for each in made.diagnostics if each.severity == "error"}
        assert errors == {"gap-not-accepted"}
        return
    assert use(made).used == used
    assert [gap.kind for gap in use(made).gaps] == [
        kind for kind in ("co2e_without_gases", "other_gwp_set") if kind in accept
    ]
    assert tonnes(made) == (0 if " 0 kg" in rate else Fraction(1, 5))


@pytest.mark.parametrize(
    ("stated", "record"),
    [
        ("", {}),
        (
            "technology: hydro, country: SE, commissioned: 2019-05-01, registry: NECS,"
            " serials: [{first: A1, last: A9}, {first: B1, last: B2}], supplier: volt,"
            " evidence: [a.pdf, b.pdf], used_in: 2025,"
            " retired: {date: 2025-12-20, beneficiary: X, registry: other}",
            {"technology": "hydro", "country": "SE", "commissioned": "2019-05-01",
             "registry": "NECS", "serials": "A1 … A9, B1 … B2", "supplier": "volt",
             "evidence": "a.pdf; b.pdf", "used_in": "2025", "retired": "2025-12-20",
             "beneficiary": "X"},
        ),
        (
            "retired: {date: 2025-12-20, registry: NECS}",
            {"retired": "2025-12-20", "registry": "NECS"},
        ),
    ],
)  # fmt: skip
def test_the_record_says_what_is_stated_and_no_more(
    tmp_path: Path, stated: str, record: dict[str, str]
) -> None:
    go = f"generated: 2025, {ZERO}, {MET}" + (f", {stated}" if stated else "")
    found = use(run(tmp_path, go)).record
    assert {key: value for key, value in found.items() if value is not None} == {
        "generated": "2025", **record,
    }  # fmt: skip
    assert len(found) == 13


def test_a_rate_is_refused_at_its_key(tmp_path: Path) -> None:
    go = f"generated: 2025, {MET}, emission_rate: {{CO2e: 20 kg/MWh}}"
    found = next(d for d in run(tmp_path, go).diagnostics if d.code == "gap-not-accepted")
    assert found.location is not None
    text = (tmp_path / "company.yaml").read_text("utf-8").splitlines()[found.location.line - 1]
    assert text[found.location.column - 1 :].startswith("emission_rate")


@pytest.mark.parametrize(
    ("go", "said", "hint"),
    [
        (f"generated: 2024, used_in: 2025, {ZERO}, {MET}", "outside the reporting year", False),
        (f"generated: 2025, {ZERO}, criteria_met: {{1: x, 2: x, 3: x, 4: x}}",
         "criterion 5 unanswered", True),
    ],
)  # fmt: skip
def test_only_what_is_unanswered_can_be_answered(
    tmp_path: Path, go: str, said: str, hint: bool
) -> None:
    (found,) = [d for d in run(tmp_path, go).diagnostics if d.code == "instrument-not-applied"]
    assert said in found.message
    assert ("answer the criteria" in (found.hint or "")) == hint


def test_what_follows_a_contract_counted_elsewhere_is_still_told(tmp_path: Path) -> None:
    """`aa` is claimed by `bundle`, as the file says; `go` is of 2024, `bundle` in excess."""
    more = (
        f"\n  aa: {{type: PPA, market: NO, volume: 30 MWh, generated: 2025, {ZERO}, {MET}}}"
        f"\n  bundle: {{type: GO, market: NO, volume: 30 MWh, generated: 2025, {ZERO}, {MET},"
        " bundled_with: aa}"
    )
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    go = f"generated: 2024, used_in: 2025, {ZERO}, {MET}"
    text = COMPANY.format(go=go, accept="", more="").rstrip("\n") + more
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    made = compute(tmp_path / "company.yaml", period="2025")
    assert made.inventory is not None, made.diagnostics
    said = {(d.code, d.message.split("`")[1]) for d in made.diagnostics}
    assert said == {("instrument-surplus", "bundle"), ("instrument-not-applied", "go")}
    held = {each.id: (each.used, each.carried) for each in made.inventory.instruments}
    assert held == {"aa": (0, 30), "bundle": (10, 0), "go": (0, 0)}


@pytest.mark.parametrize(
    ("volume", "allocated", "used"),
    [
        ("10 MWh", "2_000 kWh", 2),
        ("36 GJ", "0.5 MWh", Fraction(1, 2)),
        ("10_000 kWh", "3.6 GJ", 1),
    ],
)
def test_energy_counts_in_whatever_unit_it_is_written(
    tmp_path: Path, volume: str, allocated: str, used: Fraction
) -> None:
    """Each volume is 10 MWh; what is not allocated stays at 0.4 t a MWh."""
    go = f"generated: 2025, {ZERO}, {MET}, allocate: {{a: {allocated}}}"
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    text = COMPANY.format(go=go, accept="", more="").replace("volume: 10 MWh", f"volume: {volume}")
    (tmp_path / "company.yaml").write_text(text, "utf-8")
    made = compute(tmp_path / "company.yaml", period="2025")
    assert (use(made).volume, use(made).used) == (10, used)
    assert tonnes(made) == (10 - used) * Fraction(2, 5)
