"""A look at a file, its proposal completed at the marked places, and what the tables then give."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import ghgcalc
from ghgcalc.activity_data.tables.looking.look import look
from ghgcalc.core.units import parse_unit, ratio

if TYPE_CHECKING:
    from fractions import Fraction
    from pathlib import Path

    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.company.looked import Look

_KWH = parse_unit("kWh")
HEAD = """ghgcalc: 1
organization: {name: Test, consolidation_approach: operational_control, gwp_set: AR5}
facilities: {leeds: {country: GB}}
"""


def completed(found: Look, **read: str) -> str:
    """The company file of a proposal: one facility, power in kWh, `read` where it asks."""
    text = "\n".join(found.proposal).replace("{category: …}", "{category: purchased_electricity}")
    for key, value in read.items():
        text = re.sub(rf"^( {{6,8}}{key}): ….*$", rf"\1: {value}", text, flags=re.MULTILINE)
    text = re.sub(r"^(      unit): ….*$", r"\1: kWh", text, flags=re.MULTILINE)
    text = re.sub(r"^(      facility): ….*$", r"\1: leeds", text, flags=re.MULTILINE)
    text = re.sub(r"^(        .*): …$", r"\1: leeds", text, flags=re.MULTILINE)
    text = re.sub(r"^(      to): …  # (.*), if .*$", r"\1: \2", text, flags=re.MULTILINE)
    # a day of the property's files is written as its midnight
    text = re.sub(r"^(      to): …  # exclusive or .*$", r"\1: inclusive", text, flags=re.MULTILINE)
    text = re.sub(r"^(      empty_quantities): ….*$", r"\1: skip", text, flags=re.MULTILINE)
    assert "…" not in re.sub("#.*", "", text), text
    return f"{HEAD}{text}\n"


def sums_of(file: Path, **read: str) -> dict[str, Fraction]:
    """The sums of a file by first day, read by its completed proposal."""
    found, errors = read_by_proposal(file, **read)
    assert not errors, (errors, file.with_name("company.yaml").read_text("utf-8"))
    return found


def read_by_proposal(file: Path, **read: str) -> tuple[dict[str, Fraction], list[str]]:
    """The sums by first day, and the codes of errors."""
    company = file.with_name("company.yaml")
    company.write_text(completed(look(file), **read), "utf-8")
    loaded = ghgcalc.load(company)
    errors = [item.code for item in loaded.diagnostics if item.severity == "error"]
    if errors or loaded.project is None:
        return {}, errors
    (table,) = loaded.project.tables.values()
    return sums_by_month(table), []


def kwh_by_proposal(file: Path, **read: str) -> tuple[dict[str, Fraction], list[str]]:
    """The kWh by month of the first day, and the codes of errors."""
    company = file.with_name("company.yaml")
    company.write_text(completed(look(file), **read), "utf-8")
    loaded = ghgcalc.load(company)
    errors = [item.code for item in loaded.diagnostics if item.severity == "error"]
    if errors or loaded.project is None:
        return {}, errors
    (table,) = loaded.project.tables.values()
    found: dict[str, Fraction] = {}
    for each in table.sums:
        month, unit = f"{each.span.first:%Y-%m}", parse_unit(each.unit)
        found[month] = found.get(month, each.quantity * 0) + each.quantity * ratio(unit, _KWH)
    return found, []


def sums_by_month(table: TableSums) -> dict[str, Fraction]:
    """Quantities by the month of their first day, of all items."""
    found: dict[str, Fraction] = {}
    for each in table.sums:
        month = f"{each.span.first:%Y-%m}"
        found[month] = found.get(month, each.quantity * 0) + each.quantity
    return found
