"""Activities to elementary amounts: one quantity in one unit, with printed steps.

Refrigerant methods become kilograms of gas; tables bring their keyed sums.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from ghgcalc.company.estimate import stated_estimate
from ghgcalc.core.derivation import STATED
from ghgcalc.core.diagnostics import Diagnostic, Outcome
from ghgcalc.core.numbers import ONE, ZERO
from ghgcalc.core.units import Unit, UnitError
from ghgcalc.core.vocabulary.fuels import canonical_fuel
from ghgcalc.core.vocabulary.scope_3_methods import SCOPE_2_METHODS
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.per_unit import PerUnit
from ghgcalc.methods.refrigerant import as_before, gas_masses, leak_notes
from ghgcalc.methods.registry import asked, expand, method_notes, share_steps, stated_amount

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.company.estimate import Estimate
    from ghgcalc.company.table import Item
    from ghgcalc.core.derivation import Derivation
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span
    from ghgcalc.core.refusal import Refused
    from ghgcalc.core.step import Step
    from ghgcalc.core.text.document import KeyPath
    from ghgcalc.factors.catalogue import FactorCatalog

_Data = TypeVar("_Data", "Activity", "Item")
LAST = 1 << 62  # the place of what stands in no activity
KG_UNIT = Unit("kg", "kg", Fraction(1))
_AMOUNTS = ("quantity", "gas_masses", "mass_balance", "service_balance", "leakage")
_BLAMED = {"bad-gas-state": "gas_state", "bad-steam-state": "steam_state"}


@dataclass(slots=True)
class ElementaryActivity:
    """One amount of one thing at one place over one span.

    Attributes:
        id: line id before splitting by cut dates.
        data: the activity, or the table's item entry, that says what it is.
        masses: gas shares per kg where masses of gas are known; the quantity is then kg of gas.
        mass_method, derivation: what these masses rest on, and how they were derived.
        steps: steps before the factor's unit (gas state, gas bill).
        unit: unit after those steps.
        reported, method, by: of another party's statement, the Scope 2 method and the party.
        notes: what `explain` says beside, such as a published range of a stated rate.
        mwh: MWh of one unit where the line is a mass of steam.
        kin: the same object in all amounts of an item of a table in one unit, which differ in
            facility, supplier, days and quantity alone; None in a line of its own.
        split: gives the amounts, in order, whose sum over a reporting year this one is; what is
            linear needs the sum alone. None where there is nothing to split.
        order: the activity's place in the file; that of tables, which follow, is `LAST`.
        others: the further activities of a sum.
        members: how many amounts a table's sum is of.
        former: the mass by the rule of a lock from before annual rates counted by days.
        spread: the part that longer bills of a table were split into by days.
        estimate: how much of it is an estimate.
        days: of a table's sum, the days of its month that its rows cover, as bits (`day_masks`).
        priced_as, region: the category whose factors price it, and where they are asked for, where
            a method says so; "" for its own and the place of the line.
        at: the keys below `path` where a method read it, such as `trips`, `car`.
    """

    id: str
    activity: str
    data: Activity | Item
    path: KeyPath
    location: Location
    facility: str | None
    category: str
    quantity: Fraction
    unit: Unit
    span: Span
    fuel: str | None = None
    masses: dict[str, Fraction] | None = None
    steps: tuple[Step, ...] = ()
    after: Unit | None = None
    supplier: str | None = None
    rows: str = ""
    table: str = ""
    evidence: tuple[str, ...] = ()
    reported: bool = False
    scope: int = 0
    method: str | None = None
    by: str | None = None
    notes: tuple[str, ...] = ()
    mwh: Fraction | None = None
    kin: object = None
    split: Callable[[], list[ElementaryActivity]] | None = None
    order: int = LAST
    others: tuple[str, ...] = ()
    former: Derivation | None = None
    spread: Fraction = ZERO
    estimate: Estimate | None = None
    mass_method: str = STATED
    derivation: Derivation | None = None
    days: int = 0
    priced_as: str = ""
    region: str = ""
    at: tuple[str, ...] = ()
    members: int = 1

    @property
    def item(self) -> str:
        """What the line is about, in words."""
        if self.fuel:
            return self.fuel
        if self.masses:
            return ", ".join(self.masses)
        return self.data.item or ""


def elementary(
    company: Company, name: str, activity: Activity, catalog: FactorCatalog
) -> Outcome[tuple[ElementaryActivity, ...]]:
    """The elementary amounts of a YAML activity: one, or several where a method says so.

    Diagnosed: `gas-state-missing`, `bad-gas-state`, `unit-mismatch`, `negative-emission` …
    """
    span = company.span_of(activity.period)
    if activity.reported is not None:
        return Outcome((_reported(company, name, activity, span),))
    assert activity.category is not None
    made = ElementaryActivity(
        name,
        name,
        activity,
        ("activities", name),
        company.document.line_of("activities", name),
        activity.facility,
        activity.category,
        ZERO,
        KG_UNIT,
        span,
        canonical_fuel(activity.fuel),
        supplier=activity.supplier,
        evidence=activity.evidence,
        estimate=stated_estimate(activity),
    )
    try:
        return Outcome(_expanded(company, made, activity, catalog))
    except (ConversionError, UnitError) as error:
        return Outcome((), (_refused(company, made, activity, error),))


def _expanded(
    company: Company, made: ElementaryActivity, activity: Activity, catalog: FactorCatalog
) -> tuple[ElementaryActivity, ...]:
    """An amount with what its activity states, by the methods that its keys ask for."""
    span, year = made.span, company.year
    found = gas_masses(activity, span, year)
    if found is not None:
        made.quantity, made.masses = shares(found.masses)
        made.mass_method, made.derivation = found.method, found.derivation
        made.notes = leak_notes(activity, span, year)
        made.former = as_before(activity, span, year)
        made.steps = share_steps(activity, made.unit)
        made.notes = (*made.notes, *method_notes(activity))
        return (made,)
    if activity.storage is not None:
        made.quantity, made.unit = activity.storage.consumed, activity.storage.charged.unit
        return (made,)
    stated = activity.quantity or stated_amount(activity)
    assert stated is not None
    made.quantity, made.unit = stated.value, stated.unit
    amounts = expand(PerUnit(made.unit, made.fuel), activity, catalog)
    return tuple(_of(made, activity, amount) for amount in amounts)


def _of(made: ElementaryActivity, activity: Activity, amount: PerUnit) -> ElementaryActivity:
    """An elementary amount of what is stated, as a method made it."""
    return replace(
        made,
        id=f"{made.id}/{amount.name}" if amount.name else made.id,
        data=told(activity, amount),
        category=amount.category or made.category,
        fuel=amount.fuel,
        masses={amount.gas: ONE} if amount.gas else None,
        steps=amount.steps,
        after=amount.after,
        mwh=amount.mwh,
        priced_as=amount.priced_as,
        region=amount.region,
        at=amount.at,
        notes=(*made.notes, *amount.notes),
    )


def told(data: _Data, amount: PerUnit) -> _Data:
    """What is said of an amount: the keys of its line, but for those that a method replaces."""
    return data.model_copy(update=dict(amount.says)) if amount.says else data


def _refused(
    company: Company, made: ElementaryActivity, activity: Activity, error: Refused
) -> Diagnostic:
    keys = (*_AMOUNTS, *(key for method in asked(activity) for key in method.keys))
    key = next((k for k in keys if k in activity.model_fields_set), "quantity")
    return Diagnostic(
        error.code,
        f"`{made.id}`: {error.message}",
        company.document.locate((*made.path, *(error.at or (_BLAMED.get(error.code, key),)))),
        hint=error.hint,
        suppose=error.suppose,
        days=(made.span.first, made.span.last),
    )


def shares(masses: dict[str, Fraction]) -> tuple[Fraction, dict[str, Fraction]]:
    """The mass of all gases and the share of each; shares of nothing are 0."""
    total = sum(masses.values(), ZERO)
    if len(masses) == 1:
        return total, dict.fromkeys(masses, ONE if total else ZERO)
    return total, {gas: kg / total if total else ZERO for gas, kg in masses.items()}


def _reported(company: Company, name: str, activity: Activity, span: Span) -> ElementaryActivity:
    from ghgcalc.core.vocabulary.categories import CATEGORIES

    assert activity.reported is not None
    path: KeyPath = ("activities", name)
    category = activity.category or f"reported_scope_{activity.scope}"
    scope = activity.scope or CATEGORIES[category].scope
    return ElementaryActivity(
        name,
        name,
        activity,
        path,
        company.document.line_of("activities", name),
        activity.facility,
        category,
        activity.reported.value,
        activity.reported.unit,
        span,
        None,
        evidence=activity.evidence,
        reported=True,
        scope=scope,
        method=activity.method if activity.method in SCOPE_2_METHODS else None,
        by=activity.by,
        steps=share_steps(activity, activity.reported.unit),
        notes=method_notes(activity, activity.reported),
        estimate=stated_estimate(activity),
    )
