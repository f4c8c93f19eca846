"""Tables of activity data: which files, how to read them, what their columns mean."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from ghgcalc.company.activity import ActivityKeys, CategoryText
from ghgcalc.company.control_total import ControlTotal
from ghgcalc.company.estimate import NO_WORDS
from ghgcalc.company.joined_columns import join_columns
from ghgcalc.company.lists import Entries, NamesFrom
from ghgcalc.company.quantity_terms import Heading as ColumnHeading
from ghgcalc.company.quantity_terms import Terms
from ghgcalc.company.read import Read, RowFilter
from ghgcalc.company.read_times import check_times
from ghgcalc.company.readings import Readings
from ghgcalc.company.table_columns import check_columns, check_fill_down
from ghgcalc.core.schema import (
    Flag,
    Integer,
    Model,
    Number,
    PathTexts,
    Period,
    Reason,
    Text,
    Texts,
    refuse,
)
from ghgcalc.core.units import UnitError, parse_unit
from ghgcalc.factors.fuel_properties import Property
from ghgcalc.methods.keys import AmountKeys

COLUMNS = (
    "facility", "item", "quantity", "unit", "period", "from", "to", "supplier", "estimated",
    "meter", "year", "reading", "day", "multiplier",
)  # fmt: skip

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
        **dict.fromkeys(("reported", "by", "scope"), _STATEMENT),
        **dict.fromkeys(AmountKeys.model_fields, _ROWS),
        "corrects": "mark correcting rows with the table's `corrections:`",
    }

    category: CategoryText
    storage: Literal["charged", "discharged"] | None = None
    read_as: dict[Text, Text] = Field(default_factory=dict)

    def unit_of(self, unit: str) -> str:
        """The unit in which the rows of this item in a unit are read."""
        if not self.read_as:
            return unit
        ours = self.read_as.get(str(parse_unit(unit)), unit)
        try:
            parse_unit(ours)
        except UnitError:
            return unit
        return ours

    @model_validator(mode="after")
    def _amounts_in_rows(self) -> Item:
        if self.spend is not None and self.spend.amount is not None:
            raise refuse("conflicting-keys", "`amount` of `spend` stands in an item", _ROWS)
        if self.item == "…":
            raise refuse("unknown-value", "`item` is still open: `…` stands for an item of a pack",
                         "write the item in its place")  # fmt: skip
        return self


class ItemList(Entries):
    """Items by row: `theirs` is the text of the item column, the other columns are its keys."""

    NEEDS: ClassVar[tuple[str, ...]] = ("theirs", "category")
    KEYS: ClassVar[frozenset[str]] = frozenset(Item.model_fields)


class Names(Model):
    """Translations of cell texts: theirs to ours."""

    facility: dict[Text, Text] = Field(default_factory=dict)
    unit: dict[Text, Text] = Field(default_factory=dict)
    supplier: dict[Text, Text] = Field(default_factory=dict)
    estimated: dict[Text, Literal["yes", "no"]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _filled_in(self) -> Names:
        """The other columns look their names up; a supplier may have no rate."""
        open_ = next((theirs for theirs, ours in self.supplier.items() if ours == "…"), None)
        if open_ is not None:
            raise refuse("unknown-value", f"supplier `{open_}` is not translated yet: `…` stands"
                         " for an id of `suppliers:`", "write the id in its place")  # fmt: skip
        return self


class Corrections(Model):
    """The rows that may be negative: those that a column marks, or any (`negative: true`).

    `sign` says how the file prints what a marked row takes away: with its minus, or without.
    """

    column: Text | None = None
    equals: Texts = ()
    sign: Literal["as_printed", "reversed"] | None = None
    negative: Flag = False

    @model_validator(mode="after")
    def _one_way(self) -> Corrections:
        marks = self.model_fields_set - {"negative"}
        if self.negative and marks:
            raise refuse(
                "conflicting-keys",
                f"`negative: true` takes any row below zero, `{min(marks)}` those of a mark",
                "keep one of them",
            )
        column = (self.column or "").strip()
        if not self.negative and not (column and self.equals):
            raise refuse(
                "missing-key",
                "nothing says which rows are corrections",
                "state `column:` and `equals:`, or `negative: true` where the minus is the mark",
            )
        return self

    @property
    def asks(self) -> bool:
        """Whether a marked row is refused for the sign that it has."""
        return self.column is not None and self.sign != "as_printed"


class Constants(Model):
    """Values that hold for every row of the table."""

    facility: Text | None = None
    item: Text | None = None
    unit: Text | None = None
    period: Period | None = None
    supplier: Text | None = None
    multiplier: Number | None = None


READ_HEADINGS = ("heading", "*")  # what stands for the text of a heading, or of its pattern


class Heading(Model):
    """What one heading of a wide table says about the quantities below it."""

    facility: Text | None = None
    item: Text | None = None
    unit: Text | None = None
    period: Text | None = None
    supplier: Text | None = None


class AcceptRejected(Model):
    """Bad rows that are left out knowingly."""

    reason: Reason
    codes: Texts = ()
    at_most: Integer | None = None


class AcceptOverlaps(Model):
    """Rows over the same days that all count."""

    reason: Reason


class Table(Model):
    """A source of rows; `columns` maps our names to theirs, `constants` fills the rest."""

    files: PathTexts
    read: Read = Field(default_factory=Read)
    columns: Annotated[dict[Text, ColumnHeading], BeforeValidator(join_columns)]
    constants: Constants = Field(default_factory=Constants)
    unpivot: dict[Text, Heading] = Field(default_factory=dict)
    filter: dict[Text, RowFilter] = Field(default_factory=dict)
    unique: Texts = ()
    accept_rejected: AcceptRejected | None = None
    accept_overlaps: AcceptOverlaps | None = None
    items: dict[Text, Item]
    items_from: ItemList | None = None
    names: Names = Field(default_factory=Names)
    names_from: NamesFrom = Field(default_factory=NamesFrom)
    corrections: Corrections | None = None
    readings: Readings | None = None
    estimated_words: Texts = ()
    replaces: Literal["estimated"] | None = None
    control_totals: dict[Text, ControlTotal] = Field(default_factory=dict)
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
        several = next((name for name, value in self.columns.items()
                        if isinstance(value, Terms) and name != "quantity"), None)  # fmt: skip
        if several is not None:
            raise refuse("wrong-shape", f"`{several}` names several columns",
                         "write one heading; `quantity:` alone takes several")  # fmt: skip
        if isinstance(self.columns.get("quantity"), Terms) and self.read.decimals is not None:
            raise refuse("conflicting-keys", "`decimals` beside several columns of `quantity`",
                         "remove `decimals:`: a sum is exact")  # fmt: skip
        have = set(self.columns) | {name for name, value in self.constants if value is not None}
        if self.unpivot:
            have |= self._of_headings(have)
        check_columns(self, have)
        check_fill_down(self)
        if "multiplier" in self.columns and self.constants.multiplier is not None:
            text = "`multiplier` comes from a column and a constant"
            raise refuse("conflicting-keys", text, "keep one of them")
        return self

    @property
    def reads(self) -> bool:
        """Whether the rows are readings of counters."""
        return "reading" in self.columns

    @property
    def day_column(self) -> str:
        """The heading of the day of readings."""
        return self.columns.get("day", self.columns.get("from", ""))

    @model_validator(mode="after")
    def _units_of_the_file(self) -> Table:
        if self.read.format is not None and self.constants.unit is not None:
            raise refuse(
                "conflicting-keys",
                f"`constants: {{unit: {self.constants.unit}}}` beside `format: {self.read.format}`:"
                " the file states its own units",
                "map them: `columns: {unit: unit}`",
            )
        return self

    @model_validator(mode="after")
    def _times_fit(self) -> Table:
        columns = self.columns
        if self.reads:
            columns = {**columns, **dict.fromkeys(("from", "to"), self.day_column)}
        if any(each.period in READ_HEADINGS for each in self.unpivot.values()):
            columns = {**columns, "period": "unpivot"}  # read as a cell of `period`
        check_times(self.read, columns)
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

    @model_validator(mode="after")
    def _replaced_by_meter(self) -> Table:
        if self.replaces is None:
            return self
        for need, what in (("estimated", "marks estimates"), ("meter", "tells meters apart")):
            if need not in self.columns:
                raise refuse(
                    "missing-key",
                    f"`replaces: {self.replaces}` is stated, and no column `{need}` {what}",
                    f"map it under `columns:`, as in `{need}: their heading`",
                )
        if self.reads or self.read.format is not None:
            what = "readings" if self.reads else f"`format: {self.read.format}`"
            raise refuse("conflicting-keys", f"`replaces: {self.replaces}` beside {what}, which are"
                         " no bills", "remove `replaces:`")  # fmt: skip
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
