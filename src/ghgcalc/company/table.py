"""Tables of activity data: which files, how to read them, what their columns mean."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from ghgcalc.company.activity import ActivityKeys, CategoryText
from ghgcalc.company.estimate import NO_WORDS
from ghgcalc.core.schema import (
    Amount,
    Integer,
    Model,
    PathTexts,
    Period,
    Text,
    Texts,
    refuse,
)
from ghgcalc.factors.fuel_properties import Property

COLUMNS = (
    "facility", "item", "quantity", "unit", "period", "from", "to", "supplier", "estimated",
    "meter",
)  # fmt: skip

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")
MOST_HEADER_ROW = 1000


class Read(Model):
    """How the bytes become cells; nothing is guessed."""

    encoding: Literal[
        "utf-8", "utf-16", "gb18030", "big5", "shift_jis", "euc_kr", "cp1250", "cp1252",
    ] = "utf-8"  # fmt: skip
    delimiter: Text | None = None
    decimal: Literal[".", ","] = "."
    date: Text = "YYYY-MM-DD"
    sheet: Text | None = None
    header_row: Integer = 1
    empty_quantities: Literal["refuse", "skip"] = "refuse"
    hidden_rows: Literal["refuse", "read", "skip"] = "refuse"

    @model_validator(mode="after")
    def _a_row(self) -> Read:
        if not 1 <= self.header_row <= MOST_HEADER_ROW:
            raise refuse(
                "out-of-bounds",
                f"`header_row: {self.header_row}` is not between 1 and {MOST_HEADER_ROW}",
                "count rows from 1, as the spreadsheet does",
            )
        return self

    def delimiter_of(self, name: str) -> str:
        """The sign between the cells of a file: as stated, else a tab in `.tsv`, else a comma."""
        tabbed = name.lower().removesuffix(".gz").removesuffix(".zst").endswith((".tsv", ".tab"))
        if self.delimiter is not None:
            return self.delimiter
        return "\t" if tabbed else ","


_ROWS = "the rows give it: map a column, or state it under the table's `constants:`"
_AMOUNT = "it states an amount, and the rows do that: write such lines under `activities:`"
_STATEMENT = "statements of another party stand under `activities:`"


class Item(ActivityKeys):
    """What a value of the item column means: the keys of an activity without amount and time.

    Rows of storage are readings of what it took in (`charged`) or gave back (`discharged`); what
    it lost, by facility, supplier and month, is the consumption (S2-08).
    """

    ELSEWHERE: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("period", "facility", "quantity", "supplier"), _ROWS),
        **dict.fromkeys(("gas_masses", "mass_balance", "service_balance", "leakage"), _AMOUNT),
        **dict.fromkeys(("reported", "by", "scope", "method"), _STATEMENT),
        "corrects": "mark correcting rows with the table's `corrections:`",
    }

    category: CategoryText
    storage: Literal["charged", "discharged"] | None = None


class Names(Model):
    """Translations of cell texts: theirs to ours."""

    facility: dict[Text, Text] = Field(default_factory=dict)
    unit: dict[Text, Text] = Field(default_factory=dict)
    supplier: dict[Text, Text] = Field(default_factory=dict)
    estimated: dict[Text, Literal["yes", "no"]] = Field(default_factory=dict)


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


class Heading(Model):
    """What one heading of a wide table says about the quantities below it."""

    facility: Text | None = None
    item: Text | None = None
    unit: Text | None = None
    period: Text | None = None
    supplier: Text | None = None


class RowFilter(Model):
    """Which rows count, by one column: equal to a text, not equal to one, or in a range."""

    equals: Texts = ()
    not_equals: Texts = ()
    at_least: Text | None = None
    at_most: Text | None = None

    @model_validator(mode="after")
    def _asks(self) -> RowFilter:
        bounds = [text for text in (self.at_least, self.at_most) if text is not None]
        if not bounds and not self.equals and not self.not_equals:
            raise refuse("missing-key", "the filter asks for nothing", "write `equals: text`")
        if bounds and len({_bound(text) for text in bounds}) > 1:
            raise refuse("wrong-shape", "one bound is a day and one a number", "write two alike")
        return self

    @property
    def by_day(self) -> bool:
        """Whether the bounds are days."""
        return _bound(self.at_least or self.at_most or "0") == "day"


def _bound(text: str) -> str:
    if _DAY.fullmatch(text):
        return "day"
    if _NUMBER.fullmatch(text):
        return "number"
    raise refuse(
        "not-a-number",
        f"`{text}` is neither a number nor a day",
        "write a number with a point, or YYYY-MM-DD",
    )


class AcceptRejected(Model):
    """Bad rows that are left out knowingly."""

    reason: Text
    codes: Texts = ()
    at_most: Integer | None = None


class Table(Model):
    """A source of rows; `columns` maps our names to theirs, `constants` fills the rest."""

    files: PathTexts
    read: Read = Field(default_factory=Read)
    columns: dict[Text, Text]
    constants: Constants = Field(default_factory=Constants)
    unpivot: dict[Text, Heading] = Field(default_factory=dict)
    filter: dict[Text, RowFilter] = Field(default_factory=dict)
    unique: Texts = ()
    accept_rejected: AcceptRejected | None = None
    items: dict[Text, Item]
    names: Names = Field(default_factory=Names)
    corrections: Corrections | None = None
    estimated_words: Texts = ()
    control_totals: dict[Text, Amount] = Field(default_factory=dict)
    fuel_properties: Property | None = None
    evidence: PathTexts = ()
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
        if self.unpivot:
            have |= self._of_headings(have)
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

    @model_validator(mode="after")
    def _marks_told_apart(self) -> Table:
        if self.estimated_words and "estimated" not in self.columns:
            raise refuse(
                "missing-key",
                "`estimated_words` is stated, and no column `estimated` holds such words",
                "map it under `columns:`, as in `estimated: their heading`",
            )
        no = next((w for w in self.estimated_words if w.strip().casefold() in NO_WORDS), None)
        if no is not None:
            raise refuse(
                "conflicting-keys",
                f"`{no}` of `estimated_words` is a word for no",
                "map a column whose words say what was estimated",
            )
        return self

    def _of_headings(self, have: set[str]) -> set[str]:
        """What the headings of a wide table give; each gives the same, and nothing twice."""
        given = [{name for name, value in each if value is not None} for each in
                 self.unpivot.values()]  # fmt: skip
        odd = next((i for i, names in enumerate(given) if not names or names != given[0]), None)
        if odd is not None:
            name = list(self.unpivot)[odd]
            raise refuse(
                "missing-key",
                f"heading `{name}` of `unpivot` does not state the same keys as the first one",
                "state the same keys, such as `period:`, at every heading",
            )
        both = sorted((given[0] | {"quantity"}) & have)
        if both:
            raise refuse(
                "conflicting-keys",
                f"`{both[0]}` comes from the headings of `unpivot` and from elsewhere",
                f"remove `{both[0]}:` from `columns` or `constants`",
            )
        return given[0] | {"quantity"}
