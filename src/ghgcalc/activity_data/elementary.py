"""Activities to elementary amounts: one quantity in one unit, with printed steps.

Refrigerant methods become kilograms of gas; tables bring their keyed sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ghgcalc.company.estimate import stated_estimate
from ghgcalc.core.derivation import STATED
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.numbers import ONE, ZERO
from ghgcalc.core.printed_units import unit_steps
from ghgcalc.core.unit_table import LIQUIDS
from ghgcalc.core.units import Unit, UnitError, is_measured_in, parse_unit
from ghgcalc.core.vocabulary.fuels import FUELS, canonical_fuel
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.energy import energy_form
from ghgcalc.methods.gas_volume import billed_steps, gas_state_step
from ghgcalc.methods.refrigerant import as_before, gas_masses, leak_notes

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.company.estimate import Estimate
    from ghgcalc.company.table import Item
    from ghgcalc.core.derivation import Derivation
    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.period import Span
    from ghgcalc.core.step import Step
    from ghgcalc.core.text.document import KeyPath
    from ghgcalc.factors.catalogue import FactorCatalog

LAST = 1 << 62  # the place of what stands in no activity
KG_UNIT = Unit("kg", "kg", Fraction(1))
CUBIC_METRE = Unit("m3", "m3", Fraction(1))
_BLAMED = {"bad-gas-state": "gas_state", "bad-steam-state": "steam_state"}


@dataclass(slots=True)
class Elementary:
    """One amount of one thing at one place over one span.

    Attributes:
        id: line id before splitting by cut dates.
        data: the activity, or the table's item entry, that says what it is.
        masses: gas shares per kg where masses of gas are known; the quantity is then kg of gas.
        mass_method, derivation: what these masses rest on, and how they were derived.
        steps: steps before the factor's unit (gas state, gas bill).
        unit: unit after those steps.
        notes: what `explain` says beside, such as a published range of a stated rate.
        mwh: MWh of one unit where the line is a mass of steam.
        kin: the same object in all amounts of an item of a table in one unit, which differ in
            facility, supplier, days and quantity alone; None in a line of its own.
        split: gives the amounts, in order, whose sum over a reporting year this one is; what is
            linear needs the sum alone. None where there is nothing to split.
        order: the activity's place in the file; that of tables, which follow, is `LAST`.
        others: the further activities of a sum.
        former: the mass by the rule of a lock from before annual rates counted by days.
        spread: the part that longer bills of a table were split into by days.
        estimate: how much of it is an estimate.
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
    whole: bool = False
    evidence: tuple[str, ...] = ()
    reported: bool = False
    scope: int = 0
    notes: tuple[str, ...] = ()
    mwh: Fraction | None = None
    kin: object = None
    split: Callable[[], list[Elementary]] | None = None
    order: int = LAST
    others: tuple[str, ...] = ()
    former: Derivation | None = None
    spread: Fraction = ZERO
    estimate: Estimate | None = None
    mass_method: str = STATED
    derivation: Derivation | None = None

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
) -> Elementary | list[Diagnostic]:
    """The elementary amount of a YAML activity, or what is wrong with it.

    Diagnosed: `gas-state-missing`, `bad-gas-state`, `unit-mismatch`, `negative-emission` …
    """
    path: KeyPath = ("activities", name)
    span = company.span_of(activity.period)
    if activity.reported is not None:
        return _reported(company, name, activity, span)
    assert activity.category is not None
    document = company.document
    made = Elementary(
        name,
        name,
        activity,
        path,
        document.line_of("activities", name),
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
        found = gas_masses(activity, span, company.year)
        if found is not None:
            made.quantity, made.masses = shares(found.masses)
            made.mass_method, made.derivation = found.method, found.derivation
            made.notes = leak_notes(activity, span, company.year)
            made.former = as_before(activity, span, company.year)
            return made
        if activity.storage is not None:
            made.quantity, made.unit = activity.storage.consumed, activity.storage.charged.unit
            return made
        assert activity.quantity is not None
        made.quantity, made.unit = activity.quantity.value, activity.quantity.unit
        form = energy_form(activity, made.unit, catalog)
        if form is not None:
            made.steps, made.after, made.mwh = form.steps, form.after, form.mwh
        else:
            made.steps, made.after = before_factor(made.unit, made.fuel, activity)
    except (ConversionError, UnitError) as error:
        key = next(
            (
                k
                for k in ("quantity", "gas_masses", "mass_balance", "service_balance", "leakage")
                if getattr(activity, k) is not None
            ),
            "quantity",
        )
        key = _BLAMED.get(error.code, key)
        where = document.locate((*path, key))
        return [
            Diagnostic(
                error.code,
                f"`{name}`: {error.message}",
                where,
                hint=error.hint,
                days=(span.first, span.last),
            )
        ]
    return made


def shares(masses: dict[str, Fraction]) -> tuple[Fraction, dict[str, Fraction]]:
    """The mass of all gases and the share of each; shares of nothing are 0."""
    total = sum(masses.values(), ZERO)
    if len(masses) == 1:
        return total, dict.fromkeys(masses, ONE if total else ZERO)
    return total, {gas: kg / total if total else ZERO for gas, kg in masses.items()}


def _reported(company: Company, name: str, activity: Activity, span: Span) -> Elementary:
    from ghgcalc.core.vocabulary.categories import CATEGORIES

    assert activity.reported is not None
    path: KeyPath = ("activities", name)
    category = activity.category or f"reported_scope_{activity.scope}"
    scope = activity.scope or CATEGORIES[category].scope
    return Elementary(
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
        estimate=stated_estimate(activity),
    )


def before_factor(
    unit: Unit, fuel: str | None, data: Activity | Item
) -> tuple[tuple[Step, ...], Unit | None]:
    """Steps that give a gas volume its state or its billed energy; the unit after them.

    Raises:
        ConversionError: `gas-state-missing` for a gas in m3 without a state.
    """
    phase = FUELS[fuel].phase if fuel in FUELS else "solid"
    if unit.dimension != "m3":
        if data.gas_state or data.billed_as:
            key = "gas_state" if data.gas_state else "billed_as"
            raise ConversionError(
                "conflicting-keys",
                f"`{key}` beside a quantity in {unit.text},"
                " which already has a state or is no volume",
                f"remove `{key}` or report m3",
            )
        return (), None
    if data.billed_as is not None:
        steps, after = billed_steps(data.billed_as)
        return (*unit_steps(unit, CUBIC_METRE), *steps), after
    if data.gas_state is not None:
        return (*unit_steps(unit, CUBIC_METRE), gas_state_step(data.gas_state)), parse_unit("Nm3")
    if phase == "gas":
        raise ConversionError(
            "gas-state-missing",
            f"{unit.text} of gas has no state: temperature and pressure decide how much gas it is",
            "write `Nm3` (0 °C), `Sm3` (15 °C), `m3_20C` or `scf`; or add `gas_state:"
            " {temperature: 20 degC, pressure: 101.325 kPa}`; or add `billed_as: {correction:"
            " 1.02264, calorific_value: 39.5 MJ/m3 gross}`",
        )
    if phase == "liquefied" and not is_measured_in(unit, LIQUIDS):
        raise ConversionError(
            "gas-state-missing",
            f"{unit.text} of {fuel} could be liquid or vapour",
            "state litres for the liquid, Nm3 for the vapour",
        )
    return (), None
