"""What a template asks of a facility: the period's activities, and last year's that are missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.company.collect.labels import label_of
from ghgcalc.company.last_year import belongs, kind_of, shifted

if TYPE_CHECKING:
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.core.period import Span
    from ghgcalc.core.units import Quantity

DATA, GUIDE, LISTS = "Activity data", "Instructions", "Lists"
FORM = "ghgcalc-template-1"
FORM_AT, FACILITY_AT, PERIOD_AT = (3, 2), (4, 2), (5, 2)
# where the list of the ids that a form asks for stands, under its heading
ASKED_AT, ASKED_HEAD = (1, 5), "Rows asked"
# what stands in place of a facility where the lines of none are asked: no id has brackets
NO_FACILITY = "(no facility)"


class Field(NamedTuple):
    """A column of the template: the activity's key, its heading and width."""

    key: str
    heading: str
    width: float


FIELDS = (
    Field("id", "Id", 26), Field("category", "Category", 28), Field("fuel", "Fuel", 20),
    Field("item", "Item", 20), Field("gas", "Gas", 12), Field("supplier", "Supplier", 16),
    Field("technology", "Technology", 16), Field("vehicle", "Vehicle", 14),
    Field("period", "Period", 12), Field("number", "Quantity", 16), Field("unit", "Unit", 14),
    Field("last", "Last year", 20), Field("evidence", "Source document", 34),
    Field("note", "Note", 34), Field("also", "Kept from the company file", 34),
)  # fmt: skip
COLUMNS = {field_.key: place for place, field_ in enumerate(FIELDS, 1)}
TEXT_KEYS = ("category", "fuel", "item", "gas", "supplier", "technology", "vehicle", "period",
             "note")  # fmt: skip
LOCKED = ("last", "also")
# what a new row takes over from last year's activity: facts of the source, not of the year
CARRIED = ("attributes", "gas_state", "billed_as", "steam_state", "cop", "losses", "parts",
           "parts_by", "uses", "occupancy", "allocation", "method", "fuel_properties", "sector",
           "factor")  # fmt: skip
# what it does not take over, since the figures are of a year; the form says so
OF_A_YEAR = ("chp", "emission_rate", "gwp_set", "factor_year", "co2_counted_in", "estimated",
             "trips", "telework")  # fmt: skip
LIKE = "as in "


@dataclass(slots=True)
class AskedRow:
    """A row of the template: texts by key, the quantity if there is one, last year's beside it."""

    texts: dict[str, str] = field(default_factory=dict)
    quantity: Quantity | None = None
    last: str = ""
    known: bool = False


@dataclass(slots=True)
class Form:
    """A template: facility, period, rows, and what it does not ask for.

    Attributes:
        facility: its id, `NO_FACILITY` for the lines of none.
        aside: activities with balances, gas masses or reported figures.
        tables: the tables that hold data of the facility, with their files.
    """

    facility: str
    name: str
    period: str
    organization: str
    rows: list[AskedRow]
    aside: list[str]
    tables: dict[str, str] = field(default_factory=dict)


def owned(company: Company, facility: str) -> dict[str, Activity]:
    """The activities of a facility, or those of none for `NO_FACILITY`."""
    wanted = None if facility == NO_FACILITY else facility
    return {name: a for name, a in company.activities.items() if a.facility == wanted}


def form_of(company: Company, facility: str, period: str, span: Span) -> Form:
    """The template of a facility and period.

    Args:
        company: the company file.
        facility: id of a facility, or `NO_FACILITY`.
        period: the period as asked for, such as `2024`.
        span: its days.
    """
    own = owned(company, facility)
    held = {n: a for n, a in own.items() if belongs(span, company.span_of(a.period))}
    asked = {name: a for name, a in held.items() if a.quantity is not None}
    rows = [_row(company, name, a, _last(own, a)) for name, a in asked.items()]
    have = {(kind_of(a), a.period.text) for a in asked.values()}
    taken = set(company.activities)
    for name, activity in own.items():
        later = shifted(activity.period.text, 1)
        fits = activity.quantity is not None and activity.corrects is None
        if not fits or later is None or (kind_of(activity), later) in have:
            continue
        if _in(company, later, span):
            rows.append(_suggested(name, activity, later, taken))
    place = company.facilities.get(facility)
    return Form(
        facility, (place.name if place is not None else None) or _words(facility), period,
        company.organization.name, rows, [name for name in held if name not in asked],
    )  # fmt: skip


def _words(facility: str) -> str:
    return "Lines of no facility" if facility == NO_FACILITY else facility


def _in(company: Company, period: str, span: Span) -> bool:
    from ghgcalc.core.period import PeriodError, parse_period_text

    try:
        return belongs(span, company.year.resolve(parse_period_text(period)))
    except PeriodError:
        return False


def _last(own: dict[str, Activity], activity: Activity) -> str:
    """Last year's quantity of the same source, where there is one."""
    before = shifted(activity.period.text, -1)
    found = [a.quantity for a in own.values()
             if a.quantity is not None and a.corrects is None and a.period.text == before
             and kind_of(a) == kind_of(activity)]  # fmt: skip
    return " + ".join(str(quantity) for quantity in found)


def _row(company: Company, name: str, activity: Activity, last: str) -> AskedRow:
    raw = company.document.root["activities"][name]
    texts = {"id": name}
    texts |= {key: label_of(key, raw[key]) for key in TEXT_KEYS if isinstance(raw.get(key), str)}
    evidence = evidence_text(raw)
    if evidence is not None:
        texts["evidence"] = evidence
    assert activity.quantity is not None
    texts["unit"] = str(activity.quantity.unit)
    texts["also"] = ", ".join(kept_keys(raw))
    return AskedRow(texts, activity.quantity, last, known=True)


def evidence_text(raw: Any) -> str | None:
    """Source documents as one text, without the cells that imports cited.

    None where a name holds the separator.
    """
    names = raw.get("evidence")
    if names is None:
        return ""
    listed = [names] if isinstance(names, str) else list(names)
    if any(not isinstance(name, str) or ";" in name for name in listed):
        return None
    return "; ".join(name for name in listed if not is_citation(name))


def is_citation(name: str) -> bool:
    """Whether an import wrote a name among the evidence: the cell of a workbook."""
    book, _, cell = name.rpartition(f":{DATA}!")
    return bool(book) and cell[:1].isalpha() and cell[1:].isdecimal()


def kept_keys(raw: Any) -> list[str]:
    """Keys of an activity that the template has no column for; an import keeps them."""
    shown = {*TEXT_KEYS, "quantity", "facility"}
    if evidence_text(raw) is not None:
        shown.add("evidence")
    return [key for key in raw if key not in shown]


def _suggested(name: str, activity: Activity, period: str, taken: set[str]) -> AskedRow:
    year = activity.period.text[:4]
    later = str(int(year) + 1)
    wanted = name.replace(year, later) if year in name else f"{name}-{period.replace('/', '_')}"
    while wanted in taken:
        wanted += "-new"
    taken.add(wanted)
    texts = {"id": wanted, "period": period}
    for key in ("category", "fuel", "item", "gas", "supplier", "technology", "vehicle"):
        value = getattr(activity, key)
        if value is not None:
            texts[key] = label_of(key, value)
    assert activity.quantity is not None
    texts["unit"] = str(activity.quantity.unit)
    texts["also"] = _like(name, activity)
    return AskedRow(texts, None, str(activity.quantity))


def _like(name: str, activity: Activity) -> str:
    """What a row takes over from last year's, and what it does not: `as in pv: attributes`."""
    carried = [key for key in CARRIED if getattr(activity, key) is not None]
    left = [key for key in OF_A_YEAR if getattr(activity, key)]
    if not carried and not left:
        return ""
    words = [", ".join(carried)] if carried else []
    words += [f"without {', '.join(left)}"] if left else []
    return f"{LIKE}{name}: {'; '.join(words)}"


def model_of(also: str) -> str:
    """The id of last year's activity that a row takes over facts from; "" where it does not."""
    return also.removeprefix(LIKE).partition(":")[0].strip() if also.startswith(LIKE) else ""
