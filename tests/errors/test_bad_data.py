"""Bad data are findings, never exceptions (promise 5): wrong shapes at every key, weird values."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ghgcalc.core.codes.registry import CODES
from ghgcalc.pipeline.run import compute
from ghgcalc.render.diagnostics import render_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ghgcalc.core.diagnostics import Diagnostic

HEAD = """\
ghgcalc: 1
organization:
  name: Example Ltd
  consolidation_approach: operational_control
  gwp_set: AR5
factor_packs: [desnz-2024]
facilities:
  leeds:
    country: GB
"""
GAS = """\
activities:
  boiler:
    facility: leeds
    category: stationary_combustion
    fuel: natural_gas
    quantity: 1_000 kWh gross
    period: 2024
"""
POWER = """\
activities:
  meter:
    facility: leeds
    category: purchased_electricity
    quantity: 10 MWh
    period: 2024
"""
INSTRUMENT = """\
instruments:
  rego:
    type: REGO
    market: GB
    volume: 1 MWh
    emission_rate: {CO2: 0 kg/MWh}
    generated: 2024
    criteria_met: {1: c.pdf, 2: c.pdf, 3: c.pdf, 4: c.pdf, 5: c.pdf}
"""
SUPPLIER = """\
    supplier: grid
suppliers:
  grid:
    rates:
      2024:
        emission_rate: {CO2: 1 kg/MWh}
        criteria_met: {1: c.pdf, 2: c.pdf, 3: c.pdf, 4: c.pdf, 5: c.pdf, 6: c.pdf}
"""
EXPECT = "expect:\n  - {period: 2024, figure: scope_1, value: 1 t, within: 1 t}\n"
# words of the libraries beneath, which no reader should meet
INTERNALS = re.compile(r"function-|literal\[|tuple\[|Value error|\{'|\['|object at|validator")


def judged(folder: Path, text: str) -> tuple[Diagnostic, ...]:
    """The findings that a company file brings, each with a registered code."""
    file = folder / "company.yaml"
    file.write_bytes(text.encode())
    run = compute(file)
    render_text(run.diagnostics, {source.path: source.lines for source in run.sources})
    for item in run.diagnostics:
        assert item.code in CODES, item
    return run.diagnostics


# ---- weird values ------------------------------------------------------------------------------

ESCAPES = {  # known to end in an exception, or in words of a library: to be mended where they arise
    "an empty emission rate": HEAD + POWER + "    emission_rate: {}\n",
    "no gas masses": HEAD + POWER.replace("quantity: 10 MWh", "gas_masses: {}"),
    "reported without scope": HEAD
    + POWER.replace("    category: purchased_electricity\n", "").replace(
        "quantity: 10 MWh", "reported: 1 tCO2e"
    ),
    "a quarter of the year 0": HEAD + GAS.replace("2024", "0000-Q1"),
    "a quarter of the year 9999": HEAD + GAS.replace("2024", "9999-Q4"),
    "days of the year 9999": HEAD + GAS.replace("2024", "9999-12-01/9999-12-31"),
    "an expectation of the year 0": HEAD + GAS + EXPECT.replace("2024", "0000-Q1"),
    "an expectation in another unit": HEAD + GAS + EXPECT.replace("value: 1 t", "value: 1 kWh"),
    "a gap accepted in the year 9999": HEAD
    + POWER.replace("2024", "2023")
    + "accept:\n  - {gap: later_year, reason: r, for: {period: 9999-Q4}}\n",
    "an empty instrument rate": HEAD + POWER + INSTRUMENT.replace("{CO2: 0 kg/MWh}", "{}"),
    "certificates of the year 9999": HEAD + POWER + INSTRUMENT.replace("2024", "9999-Q4"),
    "allocated kilograms": HEAD + POWER + INSTRUMENT + "    allocate: {leeds: 1 kg}\n",
    "a serial of 5,000 digits": HEAD
    + POWER
    + INSTRUMENT
    + f"    serials: [{{first: A1, last: A{'9' * 5000}}}]\n",
    "an empty supplier rate": HEAD + POWER + SUPPLIER.replace("{CO2: 1 kg/MWh}", "{}"),
    "a supplier rate of the year 0": HEAD + POWER + SUPPLIER.replace("2024:", "0000-Q1:"),
    "a supplier rate up to the last day": HEAD
    + POWER
    + SUPPLIER.replace("2024:", "9999-12-01/9999-12-31:"),
    "a boundary from the first day": HEAD
    + GAS
    + "boundaries:\n  x: {facilities: all, history: {0001-01-01: {facilities: all}}}\n",
    "an include with a long name": HEAD + f"include: {'a' * 300}.yaml\n" + GAS,
    "an include with `**` inside": HEAD + "include: a**b/*.yaml\n" + GAS,
    "a factor year of 5,000 digits": HEAD + GAS + f"    factor_year: {'9' * 5000}\n",
    "a map for a choice": HEAD + GAS + "    status: {draft: yes}\n",
    "a boundary of one text": HEAD + GAS + "boundaries:\n  x: {facilities: leeds}\n",
}
HELD = {
    "a day that does not exist": HEAD + "    opened: 2023-02-30\n" + GAS,
    "the year 0": HEAD + "    opened: 0000-01-01\n" + GAS,
    "an unknown country": HEAD.replace("GB", "'\\0'") + GAS,
    "an exponent of 999": HEAD + GAS.replace("1_000 ", "1e400 "),
    "full-width digits": HEAD + GAS.replace("1_000 ", "１０００ "),
    "a unit per nothing": HEAD + GAS.replace("kWh gross", "kWh/0 t"),
    "a long unit": HEAD + GAS.replace("kWh gross", "k" * 3000),
    "an alias without anchor": HEAD + GAS + "    note: *nothing\n",
    "an alias as key": HEAD + GAS + "    note: &a x\n    *a : y\n",
    "a billion laughs": "a: &a [x, x]\n"
    + "".join(f"k{n}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(8)),
    "deep nesting": HEAD + "x: " + "[" * 2000 + "]" * 2000 + "\n",
    "deep blocks": "\n".join(" " * depth + "a:" for depth in range(200)),
    "a foreign tag": HEAD + GAS + "    note: !!python/object/apply:os.system [ls]\n",
    "a null byte": HEAD + GAS + "\0",
    "a tab": HEAD + GAS + "\tnote: x\n",
    "a line separator": HEAD + "# a\u2028b\n" + GAS,
    "a directive": "%YAML 1.3\n---\n" + HEAD,
    "two documents": HEAD + GAS + "---\na: b\n",
    "a text as file": "hello\n",
    "a list as file": "- a\n",
    "the company file as pack": HEAD.replace("desnz-2024", "./company.yaml") + GAS,
}


@pytest.mark.parametrize("text", [
    *(pytest.param(text, id=name) for name, text in HELD.items()),
    *(pytest.param(text, id=name, )
      for name, text in ESCAPES.items()),
])  # fmt: skip
def test_weird_values_are_findings(text: str, tmp_path: Path) -> None:
    found = judged(tmp_path, text)
    assert found
    for item in found:
        assert not INTERNALS.search(item.message), item.message


# ---- own packs ---------------------------------------------------------------------------------

VAN = (
    HEAD.replace("desnz-2024", "./own.yaml")
    + """\
activities:
  van:
    facility: leeds
    category: mobile_combustion
    fuel: diesel
    quantity: 5 L
    period: 2024
"""
)
PACK = "pack: own\ntitle: Own values\n"
LISTED = PACK + "tables:\n  - {file: fuels.csv, holds: factors}\n"
STATED = (
    PACK
    + """\
factors:
  diesel: {category: mobile_combustion, fuel: diesel, per: L, gases: {CO2: 2 kg}, with: other}
  other: {category: process_emissions, item: x, per: L, gases: {N2O: 1 g}}
"""
)
CSV = "id,category,fuel,per,CO2 [kg]\ndiesel,mobile_combustion,diesel,L,2.66\n"
PACKS = {
    "a complement per mass": (STATED.replace("item: x, per: L", "item: x, per: kg"), CSV),
    "a map among categories": (
        STATED.replace("category: mobile_combustion", "category: [{a: b}]"),
        CSV,
    ),
    "a table that is not there": (LISTED.replace("fuels", "nothing"), CSV),
    "a table outside the project": (LISTED.replace("fuels.csv", "../fuels.csv"), CSV),
    "an unknown unit": (LISTED, CSV.replace(",L,", ",LL,")),
    "a value that is no number": (LISTED, CSV.replace("2.66", "abc")),
    "no unit column": (LISTED, CSV.replace(",per", ",note")),
    "no id column": (LISTED, CSV.replace("id,", "note,")),
    "a gas column in an unknown unit": (LISTED, CSV.replace("[kg]", "[foo]")),
    "a gas column in energy": (LISTED, CSV.replace("[kg]", "[kWh]")),
    "a table that is not UTF-8": (LISTED, CSV.replace("id", "\udce9d", 1)),
}


@pytest.mark.parametrize("name", PACKS)
def test_mistakes_of_own_packs_are_findings(name: str, tmp_path: Path) -> None:
    pack, table = PACKS[name]
    (tmp_path / "own.yaml").write_text(pack, encoding="utf-8")
    (tmp_path / "fuels.csv").write_bytes(table.encode("utf-8", errors="surrogateescape"))
    found = judged(tmp_path, VAN)
    places = {item.location.path.rpartition("/")[2] for item in found if item.location}
    assert places & {"own.yaml", "fuels.csv"}, "the mistake is in the pack"


# ---- wrong shapes at every key -----------------------------------------------------------------

SHAPES: tuple[Any, ...] = (None, "", "x", "-1", "9" * 40, [], [None], ["x"], {}, {"a": "b"})
SECTIONS: dict[str, str] = {
    "facilities": """
        country: GB
        region: GB-ENG
        opened: 2009-03-01
        history: {2020-01-01: {relation: subsidiary, economic_interest: 60%, operated: true}}
        sector: manufacturing
        fuel_properties: {natural_gas: {ncv: 35.9 MJ/Nm3, evidence: lab.pdf}}
        """,
    "activities": """
        facility: leeds
        category: stationary_combustion
        fuel: natural_gas
        quantity: 1_000 m3
        gas_state: {temperature: 20 degC, pressure: 101.325 kPa}
        fuel_properties: {ncv: 35.9 MJ/Nm3, evidence: lab.pdf}
        factor_year: 2024
        estimated: {method: m, reason: r}
        data_quality: {time: 1}
        uncertainty: 5%
        evidence: [bill.pdf]
        period: 2024
        """,
    "instruments": """
        type: REGO
        market: GB
        facilities: [leeds]
        volume: 1 MWh
        generated: 2024
        retired: {date: 2024-12-20, beneficiary: Example Ltd}
        criteria_met: {1: c.pdf}
        serials: [{first: A1, last: A1}]
        """,
    "boundaries": """
        history: {2021-01-01: {facilities: [leeds], reason: r}}
        facilities: [leeds]
        """,
    "metrics": """
        unit: million GBP
        values: {2024: 5}
        boundary: group
        """,
    "targets": """
        kind: absolute
        scopes: [1, 2]
        by: 2032
        reduction: 50%
        value: 3 t
        """,
    "tables": """
        files: [bills.csv]
        read: {encoding: utf-8, date: YYYY-MM-DD}
        columns: {facility: site, item: what, quantity: amount, unit: unit, period: month}
        items: {power: {category: purchased_electricity}}
        names: {facility: {A: leeds}}
        corrections: {column: kind, equals: red}
        control_totals: {kWh: 2 kWh}
        """,
}


def variants(section: str) -> Iterator[dict[str, Any]]:
    """The section's entry with each of its values, at any depth, in each wrong shape."""
    entry = yaml.load(SECTIONS[section], Loader=yaml.BaseLoader)
    for path in _paths(entry, ()):
        for shape in SHAPES:
            changed = deepcopy(entry)
            node = changed
            for part in path[:-1]:
                node = node[part]
            node[path[-1]] = shape
            yield changed


def _paths(node: Any, above: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    parts = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in parts:
        yield (*above, key)
        if isinstance(value, dict | list):
            yield from _paths(value, (*above, key))


@pytest.mark.parametrize("section", SECTIONS)
def test_wrong_shapes_are_findings(section: str, tmp_path: Path) -> None:
    entries = {f"e{number}": entry for number, entry in enumerate(variants(section))}
    written = yaml.dump({section: entries}, sort_keys=False, Dumper=yaml.SafeDumper)
    base = HEAD.partition("facilities:")[0] if section == "facilities" else HEAD
    text = base + (GAS if section != "activities" else "") + written
    assert len(judged(tmp_path, text)) > len(entries) / 3
