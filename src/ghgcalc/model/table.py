"""Tables of activity data: which files, how to read them, what their columns mean."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from ghgcalc.model.activity import BilledAs, CategoryText, EmissionRate, Estimated, GasState
from ghgcalc.model.base import Amount, Model, Period, Text, Texts, Year, refuse
from ghgcalc.model.organization import GwpSetName, Property

COLUMNS = (
    "facility", "item", "quantity", "unit", "period", "from", "to", "supplier", "estimated",
)  # fmt: skip


class Read(Model):
    """How the bytes become cells; nothing is guessed."""

    encoding: Literal["utf-8", "gb18030"] = "utf-8"
    delimiter: Text = ","
    decimal: Literal[".", ","] = "."
    date: Text = "YYYY-MM-DD"


class Item(Model):
    """What a value of the item column means: the keys of an activity without amount and time."""

    category: CategoryText
    fuel: Text | None = None
    item: Text | None = None
    gas: Text | None = None
    factor: Text | None = None
    factor_year: Year | None = None
    emission_rate: EmissionRate | None = None
    gwp_set: GwpSetName | None = None
    gas_state: GasState | None = None
    fuel_properties: Property | None = None
    billed_as: BilledAs | None = None
    sector: Text | None = None
    technology: Text | None = None
    vehicle: Text | None = None
    attributes: Literal["kept", "sold"] | None = None
    estimated: Estimated | None = None
    note: Text | None = None


class Names(Model):
    """Translations of cell texts: theirs to ours."""

    facility: dict[Text, Text] = Field(default_factory=dict)
    unit: dict[Text, Text] = Field(default_factory=dict)
    supplier: dict[Text, Text] = Field(default_factory=dict)


class Corrections(Model):
    """The rows that may be negative: those whose column equals a text."""

    column: Text
    equals: Text


class Constants(Model):
    """Values that hold for every row of the table."""

    facility: Text | None = None
    item: Text | None = None
    unit: Text | None = None
    period: Period | None = None
    supplier: Text | None = None


class Table(Model):
    """A source of rows; `columns` maps our names to theirs, `constants` fills the rest."""

    files: Texts
    read: Read = Field(default_factory=Read)
    columns: dict[Text, Text]
    constants: Constants = Field(default_factory=Constants)
    items: dict[Text, Item]
    names: Names = Field(default_factory=Names)
    corrections: Corrections | None = None
    control_totals: dict[Text, Amount] = Field(default_factory=dict)
    fuel_properties: Property | None = None
    evidence: Texts = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _columns_known(self) -> Table:
        unknown = sorted(set(self.columns) - set(COLUMNS))
        if unknown:
            raise refuse(
                "unknown-key",
                f"`{unknown[0]}` is not one of our columns",
                "ours are " + ", ".join(COLUMNS),
            )
        have = set(self.columns) | {name for name, value in self.constants if value is not None}
        for need in ("facility", "item", "quantity", "unit"):
            if need not in have:
                raise refuse(
                    "missing-key",
                    f"no column or constant gives `{need}`",
                    f"add `{need}:` to `columns`",
                )
        if "period" not in have and not {"from", "to"} <= have:
            raise refuse(
                "missing-key",
                "no column gives the time",
                "add `period:` or both `from:` and `to:` to `columns`",
            )
        return self
