"""Hints typed as printed: each remedy of an example is applied by machine, and the file computed.

What then computes must be right: its tonnes are worked by hand below. All else is refused again:
a `…` that the reader fills in, a name in words. What a machine cannot type is listed with why.
"""

from __future__ import annotations

import re
import shutil
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml

from ghgcalc.core.diagnostics import Diagnostic, has_errors
from ghgcalc.pipeline.run import Run, compute
from ghgcalc.render.errors_page import command_of
from support.companies import ERROR_FOLDERS, ERRORS

if TYPE_CHECKING:
    from pathlib import Path

FRAGMENT = re.compile(r"`(- \{gap: [^`]*|[a-z_]+: [^`]+)`")
TABLE = frozenset({"accept_overlaps", "accept_rejected", "columns", "constants", "corrections",
                   "filter", "names", "read", "readings", "replaces", "unique",
                   "unpivot"})  # fmt: skip
BELOW = {"rollover": "readings", "sign": "corrections"}  # at a table
READ = frozenset({"date", "decimal", "delimiter", "empty", "empty_quantities", "encoding",
                  "exponents", "header_row", "negative", "percent", "period", "signs", "thousands",
                  "trailing_delimiter"})  # fmt: skip
TOP = frozenset({"checks", "units", "ghgcalc"})


# kg per kWh of DESNZ 2024: power, natural gas by gross and by net heating value; per m3 at 15 °C
POWER, GROSS, NET, CUBIC = map(Fraction, ("0.20705", "0.1829", "0.20264", "2.04542"))
COAL = Fraction("2399.43994")  # kg per t of industrial coal
# folder and remedy, and the kilograms of CO2e that the file then has; None where it is refused
RIGHT: dict[tuple[str, str], Fraction | None] = {
    # 3.6 GJ net: 56.1 kg CO2, 1 g CH4 × 28, 0.1 g N2O × 265 a GJ (IPCC 2006, AR5)
    ("ambiguous-factor", "sector: manufacturing"): Fraction("202.1562"),
    ("bad-encoding", "encoding: cp1252"): None,
    ("basis-mismatch", "fuel_properties: {ncv: … MJ/Nm3, gcv: … MJ/Nm3, evidence: …}"): None,
    ("basis-missing", "kWh -> kWh gross"): 1000 * GROSS,
    ("basis-missing", "kWh -> kWh net"): 1000 * NET,
    ("bill-twice", "unique: [columns]"): None,
    ("bill-twice", "accept_overlaps: {reason: …}"): None,
    ("calendar-overlap", "read: {to: exclusive}"): 1800 * POWER,
    ("calendar-overlap", "accept_overlaps: {reason: …}"): None,
    # 10,000 mi: 0.297 kg CO2, 0.0059 g CH4 × 28, 0.0053 g N2O × 265 (EPA hub 2025, table 10)
    ("combustion-without-co2", "factor: epa-hub-2025/travel.car.passenger_car.mi"): (
        Fraction("2970") + Fraction("1.652") + Fraction("14.045")
    ),
    # 900 and 750 of May and August, and the three months that are passed over
    ("column-passed-over", "unpivot: {June: {period: heading}, July: {period: heading},"
     " Sept: {period: heading}}"): (900 + 750 + 800 + 700 + 850) * POWER,
    ("correction-sign", "sign: reversed"): (5000 - 700) * POWER,
    ("correction-sign", "sign: as_printed"): (5000 + 700) * POWER,
    ("decimal-sign-doubtful", 'decimal: "."'): Fraction("22.25") * POWER,
    ("decimal-sign-doubtful", 'decimal: "," and thousands: "."'): 22_250 * POWER,
    ("empty-cell", "empty_quantities: skip"): Fraction("1200.5") * POWER,
    ("empty-file", "ghgcalc: 1"): None,
    ("equal-rows", "unique: [columns]"): None,
    # 4,900 read in place of 5,200 estimated, and three quarters
    ("estimate-and-actual", "replaces: estimated"): (4900 + 4000 + 3800 + 5000) * POWER,
    ("estimate-and-actual", "accept_overlaps: {reason: …}"): None,
    ("falling-reading", "rollover: …"): None,
    ("gap-not-accepted", "- {gap: co2e_without_gases, for: {activity: tenant-scope-1}, reason: …}"):
        None,
    ("gas-state-missing", "gas_state: {temperature: … degC, pressure: … kPa}"): None,
    ("gas-state-missing", "billed_as: {correction: …, calorific_value: … MJ/m3 gross}"): None,
    ("gas-state-missing", "m3 -> Nm3"): 1000 * CUBIC * Fraction("288.15") / Fraction("273.15"),
    ("gas-state-missing", "m3 -> Sm3"): 1000 * CUBIC,
    ("gas-state-missing", "m3 -> m3_20C"): 1000 * CUBIC * Fraction("288.15") / Fraction("293.15"),
    ("header-elsewhere", 'delimiter: ";" and header_row: 2'): Fraction("1200.5") * POWER,
    # 412.5 MWh, or 412.5 kWh below a wrong heading
    ("heading-unit", "constants: {unit: MWh}"): 412_500 * POWER,
    ("heading-unit", "constants: {unit: MWh} and names: {unit: {MWh: kWh}}"):
        Fraction("412.5") * POWER,
    ("leak-rate-outside", "checks: {leak-rate-outside: {severity: note, reason: …}}"): None,
    # 24 hours of 1.5 kWh; what was fed in is left out
    ("mixed-readings", "filter: {flow: {equals: forward}}"): 36 * POWER,
    ("mixed-readings", "columns: {item: flow}"): None,  # the constant item is stated
    ("negative-quantity", "corrects: <id of the corrected line>"): None,
    ("nested-rows", "accept_overlaps: {reason: …}"): None,
    ("no-table", "read: {format: green_button}"): None,
    ("rows-rejected", "empty_quantities: skip"): Fraction("1200.5") * POWER,
    # 41.5 and 38.5 MWh, or kWh in a wrong format
    ("number-format", "constants: {unit: MWh}"): 80_000 * POWER,
    ("number-format", "constants: {unit: MWh} and names: {unit: {MWh: kWh}}"): 80 * POWER,
    ("spend-not-converted", "exchange_rate: … CNY/USD"): None,
    ("spend-not-converted", "price_index: {values: {2022: …, 2023: …}}"): None,
    ("spend-not-converted", "vat_rate: …%"): None,
    ("spend-not-deflated", "checks: {spend-not-deflated: {severity: note, reason: …}}"): None,
    ("waste-sources-mixed", "checks: {waste-sources-mixed: {severity: note, reason: …}}"): None,
    ("start-missing", 'read: {starts: {"M1": YYYY-MM-DD}}'): None,
    ("storage-is-not-generation", "storage: {charged: …, discharged: …}"): None,
    ("subtotal-row", 'filter: {month: {not_equals: "2024-Q1"}}'): 2550 * POWER,
    ("subtotal-row", "accept_overlaps: {reason: …}"): None,
    ("sum-of-others", "accept_overlaps: {reason: …}"): None,
    ("trailing-delimiter", "trailing_delimiter: ignore"): 1200 * POWER,
    ("unit-ambiguous", "tons -> t"): 12 * COAL,
    ("unit-ambiguous", "tons -> short_ton"): 12 * COAL * Fraction("0.90718474"),
    ("unit-ambiguous", "tons -> long_ton"): 12 * COAL * Fraction("1.0160469088"),
    # 2 kg, half HFC-32 (677) and half HFC-125 (3,170)
    ("unknown-facility", "-> leeds"): Fraction(677 + 3170),
    ("unknown-fuel", "-> natural_gas"): 1000 * GROSS,
    ("unknown-key", "-> evidence"): 1000 * GROSS,
    ("unknown-sheet", "read: {sheet: …}"): None,
    ("unknown-value", "-> stationary_combustion"): 1000 * GROSS,
    # 1,200.5 in January, 1,100 in the hidden row of February
    ("workbook-layout", "read: {hidden_rows: read}"): Fraction("2300.5") * POWER,
}  # fmt: skip
# where keys of an entry of a list, of a pack or of a key that is no entry belong: in words alone
UNTYPED = {
    ("accept-too-wide", "for: {category: purchased_electricity}"),
    ("accept-too-wide", "for: {activity: …}"),
    ("double-counted-serials", "bundled_with: rego-2024"),
    ("excluded-selectively", "status: not_relevant_explained"),
    ("gwp-set-missing", "gwp_set: AR5"),
}


class Remedy(NamedTuple):
    """Keys to type together, or a text to write in the place of another."""

    keys: tuple[str, ...] = ()
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        return " and ".join(self.keys) or f"{self.old} -> {self.new}".strip()


def remedies(found: Diagnostic) -> list[Remedy]:
    """What a hint gives to be typed; fragments with `and` between them go together."""
    hint, made, end = found.hint or "", [], -1
    for match in FRAGMENT.finditer(hint):
        joined = made and hint[end : match.start()] == " and "
        made[-1:] = [(*made[-1], match[1])] if joined else [*made[-1:], (match[1],)]
        end = match.end()
    typed = [Remedy(keys) for keys in made]
    old, new = found.suppose
    if old and f"`{new}`" in hint:
        others = re.findall(r"`([^`: ]+(?: gross| net)?)`", hint)
        typed += [Remedy(old=old, new=each) for each in others]
    elif found.instead:
        typed.append(Remedy(old="", new=found.instead))
    return typed


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        known = into.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            _merge(known, value)
        else:
            into[key] = value


def _entry(data: dict[str, Any], found: Diagnostic) -> dict[str, Any] | None:
    """The activity or item that a finding names first."""
    for name in re.findall(r"`([^`]+)`", found.message):
        if name in data.get("activities", {}):
            return data["activities"][name]
        table, *rest = name.split("/")
        items = data.get("tables", {}).get(table, {}).get("items", {})
        for each in reversed(rest):
            if each in items:
                return items[each]
    return None


def typed(folder: Path, found: Diagnostic, remedy: Remedy) -> bool:
    """Type a remedy into the company file of a folder; whether that can be done by machine."""
    file = folder / "company.yaml"
    text = file.read_text("utf-8")
    if not remedy.keys:
        where = found.location
        if where is None or where.path != file.name:
            return False
        lines = text.split("\n")
        line, start = lines[where.line - 1], where.column - 1
        value = line[start : start + where.width]
        value = value.replace(remedy.old, remedy.new, 1) if remedy.old else remedy.new
        lines[where.line - 1] = line[:start] + value + line[start + where.width :]
        file.write_text("\n".join(lines), "utf-8")
        return True
    data = yaml.load(text, yaml.BaseLoader) or {}
    tables = list(data.get("tables", {}).values())
    for fragment in remedy.keys:
        if fragment.startswith("- "):
            data.setdefault("accept", []).extend(yaml.load(fragment, yaml.BaseLoader))
            continue
        entry = yaml.load(fragment, yaml.BaseLoader)
        key = next(iter(entry))
        if key in TABLE | READ | BELOW.keys():
            below = BELOW.get(key, "read")
            _merge(tables[0], entry if key in TABLE else {below: entry})
        elif key in TOP:
            _merge(data, entry)
        else:
            holder = _entry(data, found)
            if holder is None:
                return False
            _merge(holder, entry)
    file.write_text(yaml.dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return True


def tonnes(run: Run) -> Fraction | None:
    if run.inventory is None or has_errors(run.diagnostics):
        return None
    # what the file states; category 3 is derived of it, and tested elsewhere
    lines = [line for line in run.inventory.lines if line.derived_from is None]
    return sum((line.co2e("location_based") or Fraction(0) for line in lines), Fraction(0))


@pytest.mark.parametrize("name", sorted({folder for folder, _ in RIGHT}))
def test_what_computes_then_is_right(name: str, tmp_path: Path) -> None:
    shutil.copytree(ERRORS / name, tmp_path / "as_it_is")
    told = set()
    for found in compute(tmp_path / "as_it_is" / "company.yaml").diagnostics:
        for remedy in remedies(found):
            key = (name, str(remedy))
            told.add(key)
            folder = tmp_path / str(len(told))
            shutil.copytree(ERRORS / name, folder, dirs_exist_ok=True)
            if typed(folder, found, remedy):
                made, right = tonnes(compute(folder / "company.yaml")), RIGHT[key]
                assert made == (None if right is None else right / 1000), key
            else:
                assert key in UNTYPED, key
    assert {key for key in RIGHT if key[0] == name} <= told


def test_no_example_has_a_remedy_that_is_not_tried() -> None:
    """Of the commands that compute `company.yaml`; by the texts alone, which costs nothing."""
    known = {(name, part) for name, text in (*RIGHT, *UNTYPED) for part in text.split(" and ")}
    for name in ERROR_FOLDERS:
        if command_of(ERRORS / name).split() == ["compute", "company.yaml"]:
            text = (ERRORS / name / "expected.txt").read_text("utf-8")
            hints = re.findall(r"= hint: (.*)", text)
            missed = {(name, each) for hint in hints for each in FRAGMENT.findall(hint)} - known
            assert not missed


@pytest.mark.parametrize("column", ['""', '" "', "…"])
def test_corrections_without_a_column_are_refused(column: str, tmp_path: Path) -> None:
    """As the hint of a negative cell is typed: what it leaves open is no heading."""
    shutil.copytree(ERRORS / "correction-sign", tmp_path, dirs_exist_ok=True)
    file = tmp_path / "company.yaml"
    text = file.read_text("utf-8").replace("{column: type,", f"{{column: {column},")
    assert column in text
    file.write_text(text, "utf-8")
    codes = {item.code for item in compute(file).diagnostics}
    assert codes == {"unknown-column" if column == "…" else "missing-key"}
