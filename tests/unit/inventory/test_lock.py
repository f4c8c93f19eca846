"""The lock: locked values stand, drift is named with its tonnes, other years are not touched."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ghgcalc.calculation.lock.read import seal_of
from ghgcalc.calculation.resolve.candidates import MAX_KEY, Question, lock_key
from ghgcalc.core.numbers import exact_decimal
from ghgcalc.core.text.source import SourceFile
from ghgcalc.core.text.yaml_text import parse
from ghgcalc.core.units import parse_unit
from ghgcalc.core.version import __version__
from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.pack import Pack, bundled_packs
from ghgcalc.pipeline.lock import _gas, lock_years
from ghgcalc.pipeline.run import compute
from ghgcalc.render.lock import render_lock, scalar
from support import command

if TYPE_CHECKING:
    from typer.testing import Result

ROOT = Path(__file__).resolve().parents[3]
OWN = """\
pack: own
title: Own factors
gwp_set: AR6
factors:
  power:
    category: purchased_electricity
    kind: grid_average
    per: kWh
    gases: {CO2: 0.4 kg}
    source: hand
  residual:
    category: purchased_electricity
    kind: residual_mix
    per: kWh
    gases: {CO2: 0.7 kg}
    source: hand
  diesel:
    category: mobile_combustion
    fuel: diesel
    per: kg
    gases: {CO2: 3 kg}
    source: hand
  freight:
    category: upstream_transportation
    item: truck
    per: tkm
    gases: {CO2e: 0.1 kgCO2e}
    source: hand
fuel_properties:
  density:
    fuel: diesel
    property: density
    value: 0.8 kg/L
    source: hand
"""
COMPANY = """\
ghgcalc: 1
organization:
  name: Locked Ltd
  consolidation_approach: operational_control
  gwp_set: AR6
factor_packs: [./own.yaml]
facilities:
  leeds: {country: GB}
activities:
  van:
    facility: leeds
    category: mobile_combustion
    fuel: diesel
    quantity: 1_000 L
    period: 2023
  meter:
    facility: leeds
    category: purchased_electricity
    quantity: 100 MWh
    period: 2023
  meter-24:
    facility: leeds
    category: purchased_electricity
    quantity: 50 MWh
    period: 2024
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    """The command, in the folder."""
    return command.run(*words, cwd=folder)


def ok(folder: Path, *words: str) -> str:
    done = run(folder, *words)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def totals(folder: Path, period: str = "2023", *words: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        ok(folder, "compute", "--period", period, "--format", "json", *words)
    )
    return answer


def edit(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def section(text: str, year: int) -> str:
    """The text of a reporting year."""
    body = text.partition(f"  {year}:\n")[2]
    lines = body.splitlines(keepends=True)
    end = next((i for i, row in enumerate(lines) if row[:3].strip() and row[2] != " "), len(lines))
    return "".join(lines[:end])


def codes(folder: Path, *words: str) -> tuple[int, list[tuple[str, str, str]]]:
    """Exit code, and severity, code and message of each finding."""
    done = run(folder, *words, "--diagnostics", "json")
    found = json.loads(done.stderr)
    items = found["diagnostics"] if isinstance(found, dict) else found
    return done.exit_code, [(d["severity"], d["code"], d["message"]) for d in items]


# ---- by hand: van 1,000 L x 0.8 kg/L x 3 kg = 2.4 t; meter 100 MWh x 0.4 = 40 t, 0.7 = 70 t ----


def test_the_lock_is_written_and_says_the_figures(folder: Path) -> None:
    shown = ok(folder, "lock", "--period", "2023")
    text = (folder / "ghgcalc.lock").read_text("utf-8")
    assert "2023: 3 resolutions, new" in shown
    assert "      scope_1: 2.4\n      scope_2.location_based: 40\n" in text
    assert "      scope_2.market_based: 70\n" in text
    assert "      meter: 40 location_based, 70 market_based\n" in text
    assert "        factor: own/diesel@1\n" in text
    assert "            value: 0.8 kg/L\n" in text
    assert "2024" not in text


def test_a_changed_value_leaves_the_figure_and_is_named_with_its_tonnes(folder: Path) -> None:
    ok(folder, "lock")
    edit(folder, "own.yaml", "CO2: 0.4 kg", "CO2: 0.5 kg")
    answer = totals(folder)
    assert answer["totals"]["scope_2"] == {"location_based": 40, "market_based": 70}
    power = next(line for line in answer["lines"] if line["id"] == "meter")
    assert power["location_based"]["parts"][0]["gases"][0]["rate"] == "0.4 kg CO2/kWh"
    drift = [text for text in answer["lock"]["drift"] if "own/power" in text]
    # 100 MWh x 0.1 kg/kWh = 10 t, and the market-based line rests on the residual mix
    assert drift == [
        "`own/power@1` is locked as 0.4 kg CO2 per kWh; the pack now has 0.5 kg CO2 per kWh:"
        " +10 tCO2e location-based, +0 tCO2e market-based"
    ]
    code, found = codes(folder, "compute", "--period", "2023")
    assert code == 0
    # the year is computed from the locked values: that the file is another one is no finding
    assert {(s, c) for s, c, _ in found} == {("warning", "lock-drift-factor")}
    assert any("`own.yaml` has changed since 2023" in text for text in answer["lock"]["notes"])


def test_locked_refuses_drift_and_lines_the_lock_does_not_hold(folder: Path) -> None:
    ok(folder, "lock")
    ok(folder, "compute", "--period", "2023", "--locked")
    ok(folder, "check", "--locked")
    with (folder / "company.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "  haul:\n    category: upstream_transportation\n    item: truck\n"
            "    quantity: 1_000 tkm\n    period: 2023\n"
        )
    code, found = codes(folder, "compute", "--period", "2023", "--locked")
    assert code == 1
    assert [(s, c) for s, c, _ in found if c == "not-locked"] == [("error", "not-locked")]
    code, found = codes(folder, "compute", "--period", "2023")
    assert code == 0
    assert ("warning", "not-locked") in {(s, c) for s, c, _ in found}
    figure = [m for _, c, m in found if c == "lock-drift-figure"]
    assert figure == ["`scope_3` of 2023 is locked as not evaluated and is now 0.1 tCO2e"]
    assert run(folder, "check", "--locked").exit_code == 1


def test_locked_without_a_lock_is_refused(folder: Path) -> None:
    code, found = codes(folder, "compute", "--locked")
    assert (code, [c for _, c, _ in found if c == "not-locked"][:1]) == (1, ["not-locked"])


def test_upgrade_shows_the_effect_and_then_moves_the_figure(folder: Path) -> None:
    ok(folder, "lock")
    before = (folder / "ghgcalc.lock").read_bytes()
    edit(folder, "own.yaml", "value: 0.8 kg/L", "value: 0.85 kg/L")
    assert totals(folder)["totals"]["scope_1"] == 2.4
    shown = ok(folder, "lock", "--upgrade", "--dry-run", "--period", "2023")
    assert (folder / "ghgcalc.lock").read_bytes() == before
    # 1,000 L x 0.05 kg/L x 3 kg/kg = 0.15 t
    assert "    effect +0.15 tCO2e\n" in shown
    assert "    van: 2.4 -> 2.55 (+0.15)\n" in shown
    assert "    scope_1: 2.4 -> 2.55 (+0.15)\n" in shown
    assert "own/density 0.8 kg/L" in shown
    assert "own/density 0.85 kg/L" in shown
    assert "nothing written" in shown
    ok(folder, "lock", "--period", "2023")  # without --upgrade the locked values stay
    assert totals(folder)["totals"]["scope_1"] == 2.4
    ok(folder, "lock", "--upgrade", "--period", "2023")
    assert totals(folder, "2023", "--locked")["totals"]["scope_1"] == 2.55


def test_one_year_is_locked_and_the_other_stays_byte_for_byte(folder: Path) -> None:
    ok(folder, "lock")
    before = (folder / "ghgcalc.lock").read_text("utf-8")
    edit(folder, "own.yaml", "CO2: 0.4 kg", "CO2: 0.5 kg")
    ok(folder, "lock", "--period", "2024", "--upgrade")
    after = (folder / "ghgcalc.lock").read_text("utf-8")
    assert section(after, 2023) == section(before, 2023) != ""
    assert section(after, 2024) != section(before, 2024)
    assert totals(folder, "2023")["totals"]["scope_2"]["location_based"] == 40
    assert totals(folder, "2024")["totals"]["scope_2"]["location_based"] == 25


def test_writing_again_changes_nothing(folder: Path) -> None:
    ok(folder, "lock")
    first = (folder / "ghgcalc.lock").read_bytes()
    assert "no resolution or figure changes" in ok(folder, "lock")
    assert (folder / "ghgcalc.lock").read_bytes() == first
    ok(folder, "lock", "--upgrade")
    assert (folder / "ghgcalc.lock").read_bytes() == first


def test_the_lock_does_not_depend_on_the_folder_of_the_caller(folder: Path) -> None:
    ok(folder, "lock")
    first = (folder / "ghgcalc.lock").read_bytes()
    (folder / "ghgcalc.lock").unlink()
    ok(folder.parent, "lock", f"{folder.name}/company.yaml")
    assert (folder / "ghgcalc.lock").read_bytes() == first


def test_a_row_that_is_gone_is_still_used(folder: Path) -> None:
    ok(folder, "lock")
    text = (folder / "own.yaml").read_text("utf-8")
    start, end = text.index("  diesel:"), text.index("  freight:")
    (folder / "own.yaml").write_text(text[:start] + text[end:], "utf-8")
    answer = totals(folder)
    assert answer["totals"]["scope_1"] == 2.4
    (text,) = [text for text in answer["lock"]["drift"] if "no longer have it" in text]
    assert "what another row would move is not known" in text
    assert "+0" not in text
    assert run(folder, "compute", "--period", "2023", "--locked").exit_code == 1


def test_a_residual_mix_that_comes_later_does_not_move_a_locked_year(folder: Path) -> None:
    text = (folder / "own.yaml").read_text("utf-8")
    start, end = text.index("  residual:"), text.index("  diesel:")
    (folder / "own.yaml").write_text(text[:start] + text[end:], "utf-8")
    ok(folder, "lock")
    assert "    absent:\n    - purchased_electricity, residual_mix" in (
        folder / "ghgcalc.lock"
    ).read_text("utf-8")
    (folder / "own.yaml").write_text(text, "utf-8")
    assert totals(folder)["totals"]["scope_2"]["market_based"] == 40
    shown = ok(folder, "lock", "--upgrade", "--dry-run", "--period", "2023")
    assert "scope_2.market_based: 40 -> 70 (+30)" in shown


def test_an_accept_entry_that_names_lines_keeps_what_was_locked(folder: Path) -> None:
    ok(folder, "lock")
    edit(folder, "own.yaml", "CO2: 0.4 kg", "CO2: 0.5 kg")
    edit(
        folder, "company.yaml", "facilities:\n",
        "accept:\n  - gap: earlier_year\n    for: {activity: meter, facility: leeds}\n"
        "    reason: narrowed\nfacilities:\n",
    )  # fmt: skip
    answer = totals(folder)
    assert answer["totals"]["scope_2"]["location_based"] == 40
    assert answer["lock"]["not_locked"] == []


def test_own_properties_of_two_lines_share_a_lock_and_keep_their_effects(folder: Path) -> None:
    edit(folder, "company.yaml", "    quantity: 1_000 L\n",
         "    quantity: 1_000 L\n    fuel_properties: {density: 0.9 kg/L}\n")  # fmt: skip
    with (folder / "company.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "  car:\n    facility: leeds\n    category: mobile_combustion\n    fuel: diesel\n"
            "    quantity: 100 L\n    period: 2023\n    fuel_properties: {density: 0.7 kg/L}\n"
        )
    assert "2023: 3 resolutions" in ok(folder, "lock")
    edit(folder, "own.yaml", "gases: {CO2: 3 kg}", "gases: {CO2: 4 kg}")
    drift = [text for text in totals(folder)["lock"]["drift"] if "own/diesel" in text]
    assert drift[0].endswith(": +0.97 tCO2e")  # 1,000 x 0.9 + 100 x 0.7 = 970 kg of fuel


def test_explain_says_where_it_is_locked(folder: Path) -> None:
    ok(folder, "lock")
    text = (folder / "ghgcalc.lock").read_text("utf-8").splitlines()
    row = next(i for i, line in enumerate(text, 1) if line.startswith("      mobile_combustion"))
    assert f"locked          ghgcalc.lock:{row}:7\n" in ok(folder, "explain", "company.yaml", "van")
    shown = ok(folder, "compute", "--period", "2023")
    assert "Locked                2023: 3 resolutions, own@1; drift: none" in shown


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("ghgcalc_lock: 1", "ghgcalc_lock: 9", "bad-lock"),
        ("CO2: 3 kg", "CO2: 2 kg", "lock-edited"),
        ("CO2: 3 kg", "CO2: three kg", "not-a-number"),
        ("CO2: 3 kg", "CO2: 3 kWh", "unit-mismatch"),
        ("    tool:", "    tools:", "unknown-key"),
        ("periods:", "<<<<<<< HEAD\nperiods:", "yaml-syntax"),
    ],
)
def test_a_broken_lock_is_said_at_its_line(folder: Path, old: str, new: str, code: str) -> None:
    ok(folder, "lock")
    edit(folder, "ghgcalc.lock", old, new)
    done = run(folder, "compute", "--period", "2023")
    assert done.exit_code == 1
    assert f"error[{code}]" in done.stderr
    assert "ghgcalc.lock:" in done.stderr
    assert "Traceback" not in done.stderr
    refused = run(folder, "lock", "--period", "2023")
    assert refused.exit_code == 1
    assert new in (folder / "ghgcalc.lock").read_text("utf-8")


def test_upgrade_repairs_an_edited_section(folder: Path) -> None:
    ok(folder, "lock")
    first = (folder / "ghgcalc.lock").read_bytes()
    edit(folder, "ghgcalc.lock", "CO2: 3 kg", "CO2: 2 kg")
    assert run(folder, "compute", "--period", "2024").exit_code == 1 - 1  # another year's section
    ok(folder, "lock", "--period", "2023", "--upgrade")
    assert (folder / "ghgcalc.lock").read_bytes() == first


def test_line_ends_of_the_lock_do_not_count(folder: Path) -> None:
    ok(folder, "lock")
    file = folder / "ghgcalc.lock"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert totals(folder, "2023", "--locked")["totals"]["scope_1"] == 2.4


def test_a_year_with_errors_is_refused_and_the_others_are_written(folder: Path) -> None:
    edit(folder, "company.yaml", "    quantity: 50 MWh\n", "    quantity: 50 kg\n")
    done = run(folder, "lock")
    assert done.exit_code == 1
    assert "error[unit-mismatch]" in done.stderr
    text = (folder / "ghgcalc.lock").read_text("utf-8")
    assert section(text, 2023)
    assert not section(text, 2024)


def test_a_year_without_data_is_a_matter_of_usage(folder: Path) -> None:
    assert run(folder, "lock", "--period", "1999").exit_code == 2
    assert run(folder, "lock", "--period", "2023-04").exit_code == 2


@pytest.mark.parametrize("more", [(), ("--dry-run",), ("--upgrade", "--dry-run")])
def test_a_file_without_data_is_not_locked_and_says_so(folder: Path, more: tuple[str, ...]) -> None:
    head = "organization: {name: A, consolidation_approach: operational_control, gwp_set: AR6}\n"
    (folder / "empty.yaml").write_text(f"ghgcalc: 1\n{head}", "utf-8")
    done = run(folder, "lock", "empty.yaml", *more)
    assert done.exit_code == 1
    assert "empty.yaml:1:1: error[no-activities]: the file holds no activity data" in done.stderr
    assert not Path("ghgcalc.lock").exists()


def test_the_lock_of_another_company_file_is_not_used(folder: Path) -> None:
    ok(folder, "lock")
    (folder / "other.yaml").write_text(COMPANY, "utf-8")
    code, found = codes(folder, "compute", "other.yaml")
    assert code == 0
    assert ("warning", "bad-lock") in {(s, c) for s, c, _ in found}
    assert run(folder, "lock", "other.yaml").exit_code == 2


def test_part_of_a_year_is_locked_and_its_year_compared(folder: Path) -> None:
    ok(folder, "lock")
    with (folder / "company.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# a remark\n")
    answer = totals(folder, "2023-Q1", "--locked")  # 90 of 365 days of 40 t
    assert round(answer["totals"]["scope_2"]["location_based"], 6) == round(40 * 90 / 365, 6)
    assert not [d for d in answer["diagnostics"] if "lock" in d["code"]]
    assert any("`company.yaml` has changed" in text for text in answer["lock"]["notes"])
    edit(folder, "company.yaml", "quantity: 100 MWh", "quantity: 110 MWh")
    code, found = codes(folder, "compute", "--period", "2023-Q1", "--locked")
    assert code == 1
    assert (
        "error",
        "lock-drift-figure",
        "`scope_2.location_based` of 2023 is locked as 40 tCO2e and is now 44 tCO2e: +4 tCO2e",
    ) in found


def test_a_boundary_and_another_approach_compare_what_was_locked(folder: Path) -> None:
    edit(folder, "company.yaml", "activities:\n",
         "  york: {country: GB}\nboundaries:\n  other:\n"
         "    facilities: [york]\nactivities:\n")  # fmt: skip
    ok(folder, "lock")
    assert totals(folder, "2023", "--locked", "--boundary", "other")["lock"]["drift"] == []
    other = totals(folder, "2023", "--locked", "--consolidation", "equity_share")
    assert other["lock"]["drift"] == []


# ---- parts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["plain", "a: b", "x #y", "-1", "~", "", "null", " lead", "tab\t", "line\u2028", "«é»",
             '"q"', "\\", "a,b", "#", "*a", "&a", "!t", "@a", "%a", "{a", "[a", "|", ">", "'", "-",
             "- a", "? a", "a:", "\x07", "\U0001f600", "<<", "2023"],
)  # fmt: skip
def test_every_text_survives_as_key_and_value(text: str) -> None:
    tree = parse(SourceFile("x", f"{scalar(text)}: {scalar(text)}\n", 0)).value
    if text == "<<":
        return  # refused as a merge key wherever it stands plain; the lock never writes it plain
    assert tree is not None
    assert dict(tree) == {text: text}


def test_keys_tell_texts_with_commas_apart() -> None:
    need = Question("a", None, "x, fuel y", parse_unit("kWh"), ("GB",), 2023)
    other = Question("a", "y", "x", parse_unit("kWh"), ("GB",), 2023)
    assert lock_key(need) != lock_key(other)
    long = need._replace(item="x" * 2000)
    assert len(lock_key(long)) < MAX_KEY + 80
    assert lock_key(long) != lock_key(long._replace(item="x" * 2001))


def test_decimals_of_fractions_are_exact() -> None:
    assert exact_decimal(Fraction(1, 8)) == Decimal("0.125")
    assert exact_decimal(Fraction(-45359237, 10**8)) == Decimal("-0.45359237")
    assert exact_decimal(Fraction(1200)) == 1200
    with pytest.raises(ValueError, match="no finite decimals"):
        exact_decimal(Fraction(1, 3))


@pytest.mark.parametrize("name", sorted(bundled_packs()))
def test_every_printed_value_of_the_bundled_packs_reads_back(name: str) -> None:
    pack = open_bundled(name)
    assert isinstance(pack, Pack)
    for ref in pack.ids():
        factor = pack.factor(ref)
        assert factor is not None
        assert parse_unit(str(factor.per)) == factor.per
        for gas, value in factor.gases.items():
            key, amount = _gas(gas, value)
            again = parse_unit(str(amount.unit))
            assert Fraction(amount.number) * again.size == value.amount.value * (
                value.amount.unit.size
            ), (ref, key)
            assert again.dimension == value.amount.unit.dimension


def test_the_lock_of_the_large_example_gives_its_inventory(tmp_path: Path) -> None:
    from shutil import copytree

    copytree(ROOT / "examples" / "opulent", tmp_path / "o")
    path = tmp_path / "o" / "company.yaml"
    plain = compute(path, period="2024").inventory
    made = lock_years(path, [])
    (tmp_path / "o" / "ghgcalc.lock").write_text(
        render_lock("company.yaml", made.sections), "utf-8"
    )
    run_ = compute(path, period="2024", locked=True)
    assert plain is not None
    assert run_.inventory is not None, run_.diagnostics
    assert run_.inventory.totals == plain.totals
    assert run_.inventory.packs == plain.packs
    assert [line.co2e("market_based") for line in run_.inventory.lines] == [
        line.co2e("market_based") for line in plain.lines
    ]


def test_the_row_of_the_other_gases_is_locked_too(folder: Path) -> None:
    edit(folder, "own.yaml", "    gases: {CO2: 3 kg}\n", "    gases: {CO2: 3 kg}\n    with: slip\n")
    edit(folder, "own.yaml", "  freight:\n",
         "  slip:\n    category: process_emissions\n    per: kg\n    gases: {N2O: 1 g}\n"
         "    source: hand\n  freight:\n")  # fmt: skip
    ok(folder, "lock")
    before = totals(folder)["totals"]["scope_1"]
    assert before == 2.6184  # 800 kg x (3 kg + 1 g x 273 of AR6)
    edit(folder, "own.yaml", "N2O: 1 g", "N2O: 2 g")
    answer = totals(folder)
    assert answer["totals"]["scope_1"] == before
    drift = [text for text in answer["lock"]["drift"] if "own/diesel" in text]
    assert drift[0].endswith(": +0.2184 tCO2e")


def test_a_pack_that_the_file_no_longer_names_is_still_used(folder: Path) -> None:
    edit(folder, "company.yaml", "[./own.yaml]", "[./own.yaml, desnz]")
    with (folder / "company.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "  boiler:\n    facility: leeds\n    category: stationary_combustion\n"
            "    fuel: natural_gas\n    quantity: 1_000 kWh gross\n    period: 2024\n"
            "accept:\n  - gap: other_gwp_set\n    reason: none\n"
        )
    ok(folder, "lock")
    before = totals(folder, "2024")
    edit(folder, "company.yaml", "[./own.yaml, desnz]", "[./own.yaml]")
    after = totals(folder, "2024")
    assert after["totals"] == before["totals"]
    assert after["totals"]["scope_1"] > 0
    assert [p for p in after["packs"] if p["id"].startswith("desnz")] == [
        p for p in before["packs"] if p["id"].startswith("desnz")
    ]
    assert any("no longer have it" in text for text in after["lock"]["drift"])


def test_another_version_of_the_program_is_a_note(folder: Path) -> None:
    ok(folder, "lock", "--period", "2023")
    text = (
        (folder / "ghgcalc.lock").read_text("utf-8").replace(f"tool: {__version__}", "tool: 0.0.1")
    )
    body = text.partition("periods:\n")[2]
    seal = next(row for row in body.splitlines() if row.startswith("    seal:"))
    text = text.replace(seal, f"    seal: {seal_of(body)}")
    (folder / "ghgcalc.lock").write_text(text, "utf-8")
    shown = ok(folder, "compute", "--period", "2023", "--locked")
    assert f"2023 was locked by ghgcalc 0.0.1, this is {__version__}" in shown


# ---- files that change ---------------------------------------------------------------------------


def without_basis(folder: Path) -> None:
    """Make the lock one of before there was a `basis`, with its seals."""
    file = folder / "ghgcalc.lock"
    text = re.sub(r"^    basis: .*\n", "", file.read_text("utf-8"), flags=re.MULTILINE)
    for year in re.findall(r"^  (\d{4}):$", text, re.MULTILINE):
        body = f"  {year}:\n{section(text, int(year))}"
        bare = re.sub(r"^    seal: .*\n", "", body, flags=re.MULTILINE)
        text = text.replace(body, re.sub(r"(?<=seal: )\S+", seal_of(bare), body))
    file.write_text(text, "utf-8", newline="\n")


def test_an_edit_of_an_open_year_is_no_finding_of_a_locked_one(folder: Path) -> None:
    ok(folder, "lock", "--period", "2023")
    edit(folder, "company.yaml", "quantity: 50 MWh", "quantity: 60 MWh")
    assert run(folder, "check", "--fail-on", "note").exit_code == 0
    said = totals(folder, "2023", "--locked")["lock"]
    assert said["drift"] == []
    assert "`company.yaml` has changed since 2023 was locked; nothing that 2023 is computed" in str(
        said["notes"]
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # the same 2.4 t of another place, and of 800 kg instead of 1,000 L
        ("facility: leeds\n    category: mobile", "facility: york\n    category: mobile"),
        ("quantity: 1_000 L", "quantity: 800 kg"),
    ],
)
def test_an_edit_of_a_locked_year_that_moves_no_tonne_is_a_note(
    folder: Path, old: str, new: str
) -> None:
    edit(
        folder,
        "company.yaml",
        "leeds: {country: GB}",
        "leeds: {country: GB}\n  york: {country: GB}",
    )
    ok(folder, "lock", "--period", "2023")
    assert run(folder, "check", "--fail-on", "note").exit_code == 0
    edit(folder, "company.yaml", old, new)
    _, found = codes(folder, "compute", "--period", "2023")
    notes = [(s, m) for s, c, m in found if c == "lock-drift-input"]
    assert [(s, m.rpartition(": ")[2]) for s, m in notes] == [("note", "no tonne moves")]


def test_a_lock_without_basis_stands_and_says_several_files_once(folder: Path) -> None:
    ok(folder, "lock")
    without_basis(folder)
    assert "basis" not in (folder / "ghgcalc.lock").read_text("utf-8")
    assert run(folder, "check", "--locked", "--fail-on", "note").exit_code == 0
    for name in ("company.yaml", "own.yaml"):
        with (folder / name).open("a", encoding="utf-8") as stream:
            stream.write("# a remark\n")
    code, found = codes(folder, "compute", "--period", "2023", "--locked")
    assert (code, [(s, m) for s, _, m in found]) == (
        0,
        [("note", "`company.yaml` and 1 more file are other ones since 2023 was locked:"
                  " no tonne moves")],
    )  # fmt: skip
    ok(folder, "lock")
    assert "    basis: " in (folder / "ghgcalc.lock").read_text("utf-8")
    assert run(folder, "check", "--locked", "--fail-on", "note").exit_code == 0


def test_the_hint_of_a_moved_factor_names_the_year(folder: Path) -> None:
    ok(folder, "lock")
    edit(folder, "own.yaml", "CO2: 3 kg", "CO2: 4 kg")
    done = run(folder, "compute", "--period", "2023", "--diagnostics", "json")
    (hint,) = (d["hint"] for d in json.loads(done.stderr) if d["code"] == "lock-drift-factor")
    typed = re.search(r"`ghgcalc (.*?)`", hint)
    assert typed is not None
    # 1,000 L x 0.8 kg/L x (4 - 3) kg = 0.8 t, of 2023 alone
    shown = ok(folder, *typed[1].split())
    assert "effect +0.8 tCO2e" in shown
    assert "2024" not in shown
