"""Checks of single activities: what belongs together, signs, known names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.company.checks.combustion import check_co2_named
from ghgcalc.company.checks.dimensions import check_dimension, fits
from ghgcalc.company.checks.energy import check_energy
from ghgcalc.company.checks.methods import check_method
from ghgcalc.company.checks.names import near_hint, near_name, unknown_facility
from ghgcalc.company.checks.reported import check_reported
from ghgcalc.core.diagnostics import Diagnostic, Severity, has_errors
from ghgcalc.core.vocabulary.categories import CATEGORIES, COMBUSTION
from ghgcalc.core.vocabulary.fuel_kin import blend_hint, kin_of
from ghgcalc.core.vocabulary.fuels import FUELS, fuel_id
from ghgcalc.methods.registry import PLACED_KEYS

if TYPE_CHECKING:
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.company import Company
    from ghgcalc.company.table import Item
    from ghgcalc.core.text.document import Document, KeyPath


def check_activities(company: Company) -> list[Diagnostic]:
    """Every activity has a known facility, category and fuel, and a sign that makes sense."""
    found: list[Diagnostic] = []
    for name, activity in company.activities.items():
        before = len(found)
        # the common line passes a few cheap tests
        if activity.facility not in company.facilities:
            found.extend(_facility(company, name, activity))
        if activity.category is None or activity.reported is not None:
            found.extend(check_reported(company, name, activity))
        if activity.quantity is not None and activity.quantity.number < 0:
            found.extend(_negative(company, name, activity))
        if not fits(activity):
            found.extend(check_dimension(company, name, activity))
        if activity.category in COMBUSTION and activity.fuel is None:
            found.extend(_fuel_missing(company, name, activity))
        elif activity.fuel is not None and fuel_id(activity.fuel) is None:
            found.extend(_fuel_unknown(company, name, activity))
        if activity.emission_rate is not None or activity.attributes is not None:
            found.extend(check_rates(company.document, ("activities", name), name, activity))
        own = activity.category == "self_generated_electricity"
        if own or not PLACED_KEYS.isdisjoint(activity.model_fields_set):
            found.extend(check_energy(company.document, ("activities", name), name, activity))
        if activity.method is not None:
            found.extend(check_method(
                company.document, ("activities", name), name, activity,
                reported=activity.reported is not None,
            ))  # fmt: skip
        if activity.co2_counted_in:
            path: KeyPath = ("activities", name)
            found.extend(check_co2_named(company.document, path, name, activity))
        if own and activity.attributes is None:
            found.append(attributes_missing(company.document, ("activities", name), name))
        if activity.supplier is not None and activity.category is not None:
            found.extend(_supplier(company, name, activity))
        if len(found) > before and has_errors(found[before:]):
            company.faulty.add(name)
    return found


def _facility(company: Company, name: str, activity: Activity) -> list[Diagnostic]:
    where = company.document.locate(("activities", name, "facility"))
    if activity.facility is None:
        if activity.category is not None and CATEGORIES[activity.category].scope == 3:
            return []
        return [
            Diagnostic(
                "missing-key",
                f"activity `{name}` has no `facility`",
                company.document.locate(("activities", name), key=True),
                hint="add `facility:` with one of the ids under `facilities:`",
            )
        ]
    if company.defines("facilities", activity.facility):
        # defined, but with mistakes of its own
        company.faulty.add(name)
        return []
    return [unknown_facility(activity.facility, company.facilities, where, f"activity `{name}`")]


def attributes_missing(document: Document, path: KeyPath, name: str) -> Diagnostic:
    """Own generation that does not say who keeps its attributes (S2-06)."""
    kind = "activity" if path[0] == "activities" else "item"
    return Diagnostic(
        "missing-key",
        f"{kind} `{name}` does not say who keeps the attributes",
        document.locate(path, key=True),
        hint="add `attributes: kept` or `attributes: sold`",
    )


def check_rates(
    document: Document, path: KeyPath, name: str, activity: Activity | Item
) -> list[Diagnostic]:
    """Keys that would be ignored beside others are refused; biogenic carbon has its own gas."""
    found: list[Diagnostic] = []
    for key in ("factor", "gas"):
        if activity.emission_rate is not None and getattr(activity, key) is not None:
            found.append(
                Diagnostic(
                    "conflicting-keys",
                    f"`{name}` has both `emission_rate` and `{key}`",
                    document.locate((*path, key)),
                    hint="keep one of them",
                )
            )
    own = activity.category == "self_generated_electricity"
    direct = activity.category == "purchased_electricity" and activity.emission_rate is not None
    if activity.attributes is not None and not own and not direct:
        found.append(
            Diagnostic(
                "conflicting-keys",
                f"`attributes` of `{name}` speaks of own generation or a direct line, its category"
                f" is {activity.category}",
                document.locate((*path, "attributes")),
                hint="use `category: self_generated_electricity`, or remove `attributes`; a direct"
                " line states the generator's `emission_rate`",
            )
        )
    fuel = FUELS.get(fuel_id(activity.fuel or "") or "")
    rates = activity.emission_rate or {}
    if fuel is not None and fuel.biogenic and "CO2" in rates and rates["CO2"].number:
        found.append(
            Diagnostic(
                "biogenic-co2",
                f"`{name}` states fossil CO2 for {fuel.name}, whose carbon is biogenic",
                document.locate((*path, "emission_rate", "CO2"), key=True),
                hint="write `CO2_biogenic`: it is reported outside the scopes (GHG-07)",
            )
        )
    return found


def _negative(company: Company, name: str, activity: Activity) -> list[Diagnostic]:
    if activity.corrects is not None:
        return []
    where = company.document.locate(("activities", name, "quantity"))
    return [
        Diagnostic(
            "negative-quantity",
            f"`{name}` has a negative quantity",
            where,
            label="below zero",
            hint="for a credit note add `corrects: <id of the corrected line>`; what is sold, fed"
            " into a grid or removed takes nothing from an inventory: leave the line out",
        )
    ]


def _fuel_missing(company: Company, name: str, activity: Activity) -> list[Diagnostic]:
    if activity.emission_rate or activity.factor or activity.gas_masses or activity.reported:
        return []
    if activity.parts is not None:
        return []  # each part is a fuel
    if activity.category == "mobile_combustion" and activity.item is not None:
        return []  # a vehicle of several or unknown fuels: `item: car`
    return [
        Diagnostic(
            "missing-key",
            f"combustion line `{name}` has no `fuel`",
            company.document.locate(("activities", name), key=True),
            hint="add `fuel:`, such as `fuel: natural_gas`"
            + (
                "; a vehicle of unknown or several fuels has `item:`, such as `item: car`"
                if activity.category == "mobile_combustion"
                else ""
            ),
        )
    ]


def _fuel_unknown(company: Company, name: str, activity: Activity) -> list[Diagnostic]:
    assert activity.fuel is not None
    if activity.factor or activity.emission_rate:
        return []
    own = any(
        pack.startswith("./") or pack.endswith((".yaml", ".yml")) for pack in company.factor_packs
    )
    if own:  # own packs may bring fuels of their own; the resolver knows
        return []
    known = [*FUELS, *(alias for fuel in FUELS.values() for alias in fuel.aliases)]
    kin = kin_of(activity.fuel)
    blend = "" if kin else blend_hint(activity.fuel)
    which = ", ".join(f"`{fuel}`" for fuel in kin)
    if len(kin) == 1:
        hint = f"did you mean {which}?"
    elif kin:
        hint = f"state which fuel it is: {which}"
    else:
        hint = blend or near_hint(activity.fuel, known, "see the fuels in docs/format.md")
    return [
        Diagnostic(
            "unknown-fuel",
            f"fuel `{activity.fuel}` of `{name}` is not known",
            company.document.locate(("activities", name, "fuel")),
            hint=hint,
            instead=kin[0]
            if len(kin) == 1
            else ""
            if kin or blend
            else near_name(activity.fuel, known),
        )
    ]


def _supplier(company: Company, name: str, activity: Activity) -> list[Diagnostic]:
    """A supplier is defined, and its rates price purchased energy alone (S2-03)."""
    assert activity.category is not None
    priced = CATEGORIES[activity.category].scope == 2
    where = company.document.locate(("activities", name, "supplier"))
    supplier = company.suppliers.get(activity.supplier or "")
    words = activity.category.replace("_", " ")
    if supplier is None:
        if company.defines("suppliers", activity.supplier or ""):
            return []
        hint = "add it to `suppliers:`; without a rate its MWh take the residual mix"
        if not priced:
            hint = f"remove it, or add it to `suppliers:`; no rate of a supplier prices {words}"
        return [
            Diagnostic(
                "unknown-supplier",
                f"supplier `{activity.supplier}` of `{name}` is not defined",
                where,
                severity=Severity.WARNING,
                hint=near_hint(str(activity.supplier), company.suppliers, hint),
            )
        ]
    if priced or not supplier.rates:
        return []
    return [
        Diagnostic(
            "rate-not-applied",
            f"no rate of supplier `{activity.supplier}` is applied to `{name}`: rates price"
            f" purchased energy (Scope 2), not {words}",
            where,
            severity=Severity.WARNING,
            hint="remove `supplier:`, or state the line's own `emission_rate:`",
        )
    ]
