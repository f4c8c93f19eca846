"""What a mapping says: how a table of the user's own or licensed file becomes a pack table.

A mapping is data: nothing of it is executed. A template fills `{column}` with a cell, no more.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ghgcalc.core.schema import Integer, Model, Text, Texts, Year
from ghgcalc.factors.model import PackHeader, YearRule

Holds = Literal[
    "factors", "fuel_properties", "gwp", "blends", "leak_rates", "exchange_rates", "price_indices",
]  # fmt: skip


class ImportGas(Model):
    """A column of gas values: theirs, and the mass unit it is printed in."""

    column: Text
    unit: Text | None = None


class ImportSpread(Model):
    """Columns that stand side by side, such as years, and become rows."""

    column: Text
    headings: Texts = Field(min_length=1)
    gas: Text
    unit: Text | None = None


class ImportTable(Model):
    """One table of a file, and the CSV that it becomes."""

    file: Text
    kind: Literal["csv", "tsv", "xlsx", "xls"]
    holds: Holds = "factors"
    source: Integer = 1
    sheet: Text | None = None
    header: Integer = 1
    encoding: Literal["utf-8", "utf-16", "gb18030", "latin-1"] = "utf-8"
    delimiter: Text = ","
    decimal: Literal[".", ","] = "."
    thousands: Literal["none", ",", ".", " ", "'"] = "none"
    cells: dict[Text, Text] = Field(default_factory=dict)
    columns: dict[Text, Text] = Field(default_factory=dict)
    constants: dict[Text, Text] = Field(default_factory=dict)
    gases: dict[Text, ImportGas] = Field(default_factory=dict)
    spread: ImportSpread | None = None
    units: dict[Text, Text] = Field(default_factory=dict)
    fuels: dict[Text, Text] = Field(default_factory=dict)
    names: dict[Text, dict[Text, Text]] = Field(default_factory=dict)
    templates: dict[Text, Text] = Field(default_factory=dict)
    fill_down: Texts = ()
    only: dict[Text, Texts] = Field(default_factory=dict)
    leave_out: dict[Text, Texts] = Field(default_factory=dict)
    blank: Texts = ()
    zero: Literal["value", "absent", "refuse"] = "value"
    year_rule: YearRule | None = None
    year: Year | None = None
    gwp_set: Text | None = None
    finest_region: dict[Text, Text] | None = None
    notes: Texts = ()

    @property
    def gas_units(self) -> dict[str, str | None]:
        """Mass unit by gas; None where the row's `unit` states it."""
        units = {gas: entry.unit for gas, entry in self.gases.items()}
        return {self.spread.gas: self.spread.unit} if self.spread else units

    @property
    def constants_out(self) -> dict[str, str]:
        """The constants that the CSV's table keeps: `unit` of factors becomes columns."""
        unit = self.holds == "factors"
        made = {name for name in self.templates if name in self.constants}
        return {name: text for name, text in self.constants.items()
                if not (unit and name == "unit") and name not in made}  # fmt: skip


class ImportParameter(Model):
    """A value that `--set NAME=VALUE` gives to `${NAME}`."""

    meaning: Text
    default: Text | None = None


class ImportMapping(Model):
    """The whole mapping: parameters, the pack's header, its tables."""

    pack: PackHeader
    tables: tuple[ImportTable, ...] = Field(min_length=1)
    parameters: dict[Text, ImportParameter] = Field(default_factory=dict)
