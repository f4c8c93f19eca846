"""Lists beside the company file: facilities, items and names that stand in tables of their own.

Their rows become entries of the sections that they fill, so that everything which holds for an
entry written in YAML holds for them: keys, checks, places of findings.
"""

from __future__ import annotations

from typing import ClassVar, Final

from pydantic import Field, model_validator

from ghgcalc.company.organization import Facility, State
from ghgcalc.company.read import Read, RowFilter
from ghgcalc.core.schema import Model, PathTexts, Text, refuse

# options of `read` that act on texts; the others speak of quantities and of the days of bills
READ_OF_LISTS: Final = frozenset(
    {
        "encoding",
        "delimiter",
        "date",
        "months",
        "sheet",
        "header_row",
        "hidden_rows",
        "trailing_delimiter",
        "empty",
    }
)


class Listing(Model):
    """Files whose rows are entries: `columns` maps our keys to their headings."""

    NEEDS: ClassVar[tuple[str, ...]] = ()

    files: PathTexts
    read: Read = Field(default_factory=Read)
    columns: dict[Text, Text]
    filter: dict[Text, RowFilter] = Field(default_factory=dict)

    @property
    def given(self) -> dict[str, str]:
        """What holds for every row; only some lists have such keys."""
        return {}

    @model_validator(mode="after")
    def _settled(self) -> Listing:
        have = {*self.columns, *self.given}
        for need in self.NEEDS:
            if need not in have:
                raise refuse(
                    "missing-key",
                    f"no column gives `{need}`",
                    f"add `{need}:` to `columns`, with the heading of the file",
                )
        idle = sorted(self.read.model_fields_set - READ_OF_LISTS)
        if self.read.decimal != ".":
            raise refuse(
                "conflicting-keys",
                f'`read: {{decimal: "{self.read.decimal}"}}` does not act on a list: its numbers'
                " have the form of this file",
                "write the numbers of the list as `2.5 kg/L` and `1000 kWh`, without signs that"
                " group digits, and then remove `decimal:`",
            )
        idle = [name for name in idle if name != "decimal"]
        if idle:
            raise refuse(
                "conflicting-keys",
                f"`read: {{{idle[0]}: …}}` has no effect: a list holds no quantities",
                f"remove `{idle[0]}:`",
            )
        self._columns_known()
        return self

    def _columns_known(self) -> None:
        """Refuse columns that fill nothing."""
        unknown = sorted(set(self.columns) - set(self.NEEDS))
        if unknown:
            raise _unknown(unknown[0], self.NEEDS)


class Entries(Listing):
    """A list whose rows are mappings; a dot in a key goes one level down (`lease.type`)."""

    KEYS: ClassVar[frozenset[str]] = frozenset()

    constants: dict[Text, Text] = Field(default_factory=dict)
    names: dict[Text, dict[Text, Text]] = Field(default_factory=dict)

    @property
    def given(self) -> dict[str, str]:
        """The keys that hold for every row."""
        return self.constants

    def _columns_known(self) -> None:
        known = {*self.KEYS, *self.NEEDS}
        for name in (*self.columns, *self.constants):
            if name.partition(".")[0] not in known:
                raise _unknown(name, sorted(known))
        both = sorted(set(self.columns) & set(self.constants))
        if both:
            raise refuse(
                "conflicting-keys",
                f"`{both[0]}` comes from a column and from `constants`",
                "keep one of the two",
            )
        idle = sorted(set(self.names) - set(self.columns))
        if idle:
            raise refuse(
                "conflicting-keys",
                f"`names: {{{idle[0]}: …}}` has no effect: no column gives `{idle[0]}`",
                f"map `{idle[0]}:` under `columns:`",
            )


def _unknown(name: str, known: tuple[str, ...] | list[str]) -> Exception:
    return refuse(
        "unknown-key", f"`{name}` is not one of our columns", "ours are " + ", ".join(known)
    )


STATE_KEYS: Final = frozenset(State.model_fields)
# a lease may stand at the facility, where no day begins it
DATED_KEYS: Final = STATE_KEYS - {"lease"}


class FacilityTable(Entries):
    """Facilities by row; with `from`, rows of one id are its states from a day on."""

    NEEDS: ClassVar[tuple[str, ...]] = ("id", "country")
    KEYS: ClassVar[frozenset[str]] = frozenset(
        {*Facility.model_fields, *STATE_KEYS, "from"} - {"history"}
    )

    note: Text | None = None

    @model_validator(mode="after")
    def _dated(self) -> FacilityTable:
        have = {name.partition(".")[0] for name in (*self.columns, *self.constants)}
        loose = sorted(have & DATED_KEYS)
        if loose and "from" not in have:
            raise refuse(
                "missing-key",
                f"`{loose[0]}` holds from a day on, and no column gives `from`",
                "add `from:` to `columns`, or a day that holds for all to `constants`",
            )
        return self


class NameList(Listing):
    """Translations by row: a text of theirs, and ours for it."""

    NEEDS: ClassVar[tuple[str, ...]] = ("theirs", "ours")


class NamesFrom(Model):
    """The files that translate cell texts, by our column."""

    facility: NameList | None = None
    unit: NameList | None = None
    supplier: NameList | None = None
