"""Activity data: one line of what happened, with its unit, period and evidence."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from ghgcalc.company.organization import GwpSetName, Property
from ghgcalc.core.schema import (
    Amount,
    FactorAmount,
    Integer,
    Model,
    PathTexts,
    Period,
    Share,
    Text,
    Texts,
    Year,
    refuse,
)
from ghgcalc.core.spelling import nearest
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.methods.energy_keys import Chp, Losses, SteamState, Storage


def _category(value: Any) -> Any:
    if isinstance(value, str) and value in CATEGORIES:
        return value
    if not isinstance(value, str):
        raise refuse("wrong-shape", "expected a category", "see the list in docs/format.md")
    near = nearest(value, CATEGORIES)
    hint = f"did you mean `{near}`?" if near else "write one of " + ", ".join(CATEGORIES)
    raise refuse("unknown-value", f"`{value}` is not a category", hint)


CategoryText = Annotated[str, BeforeValidator(_category)]


def _positive(value: Any) -> Any:
    from ghgcalc.core.schema import _number

    number = value if isinstance(value, Fraction) else Fraction(_number(value))
    if number < 0:
        raise refuse("negative-quantity", "`years` is negative", "state a positive number")
    return number


class GasState(Model):
    """Temperature and absolute pressure at which a gas volume was measured."""

    temperature: Text
    pressure: Text


class BilledAs(Model):
    """How a gas bill turns metered m3 into energy: correction × calorific value."""

    correction: Text = "1"
    calorific_value: Amount


class Estimated(Model):
    """Why and how a quantity was estimated."""

    method: Text
    reason: Text


class MassBalance(Model):
    """Refrigerant stock balance: start − end + acquired − disbursed − added capacity.

    Source: IPCC 2006 vol. 3 ch. 7, Tier 2b; US EPA material balance method.
    """

    inventory_start: Amount
    inventory_end: Amount
    acquired: Amount | None = None
    disbursed: Amount | None = None
    capacity_added: Amount | None = None
    capacity_retired: Amount | None = None


class ServiceBalance(Model):
    """Simplified balance: (new charge − capacity) + recharge + (disposed capacity − recovered).

    Source: US EPA simplified material balance method.
    """

    new_charge: Amount | None = None
    new_capacity: Amount | None = None
    recharge: Amount | None = None
    disposed_capacity: Amount | None = None
    recovered: Amount | None = None

    @model_validator(mode="after")
    def _something(self) -> ServiceBalance:
        if all(getattr(self, name) is None for name in type(self).model_fields):
            raise refuse(
                "missing-key",
                "`service_balance` states no amount",
                "state what was used and recovered, such as `recharge:`; a term that was nothing"
                " is 0 kg",
            )
        return self


# keys of `leakage` that say nothing without another
_LEAKAGE_NEEDS = (
    ("installed", "installation_rate"),
    ("installation_rate", "installed"),
    ("remaining", "disposed"),
    ("recovery", "disposed"),
)


class Leakage(Model):
    """Screening by rates: charge × (installation + annual rate × years) and end of life.

    End of life is charge × remaining × (1 − recovery). Source: IPCC 2006 vol. 3 ch. 7, Tier 2a.
    `years` is the length of the period, which gives it where it is absent.
    `rates` names the published rates (`pack/equipment`) within which the stated ones must lie.
    """

    charge: Amount
    annual_rate: Share | None = None
    years: Annotated[Fraction, BeforeValidator(_positive)] | None = None
    installed: Amount | None = None
    installation_rate: Share | None = None
    disposed: Amount | None = None
    remaining: Share | None = None
    recovery: Share | None = None
    rates: Text | None = None
    source: Text | None = None

    @model_validator(mode="after")
    def _rates_and_amounts(self) -> Leakage:
        """Each amount has its rate and each share its amount: a missing one is not 0."""
        if self.annual_rate is None and self.charge.number:
            raise refuse(
                "missing-key",
                f"no `annual_rate` says how much of the charge of {self.charge} leaks",
                "add `annual_rate:`, the share that leaks in a year; where only filling or end of"
                f" life is meant, write `charge: 0 {self.charge.unit}`",
            )
        if self.annual_rate is None and self.installed is None and self.disposed is None:
            raise refuse(
                "missing-key",
                "`leakage` states neither a charge and its rate nor anything installed or disposed",
                "state `charge:` with `annual_rate:`, `installed:` with `installation_rate:`, or"
                " `disposed:`",
            )
        for key, other in _LEAKAGE_NEEDS:
            if getattr(self, key) is not None and getattr(self, other) is None:
                raise refuse(
                    "missing-key", f"`{key}` has no `{other}`", f"add `{other}:` beside it"
                )
        return self


def _ratio(value: Any) -> Any:
    from ghgcalc.core.schema import _number

    number = Fraction(_number(value))
    if number <= 0:
        raise refuse("out-of-bounds", "`cop` is not above zero", "write `cop: 4.0`")
    return number


Ratio = Annotated[Fraction, BeforeValidator(_ratio)]
EmissionRate = Annotated[dict[Text, FactorAmount], Field(min_length=1)]
Masses = Annotated[dict[Text, Amount], Field(min_length=1)]
AMOUNT_KEYS = ("quantity", "gas_masses", "reported", "mass_balance", "service_balance", "leakage",
               "storage")  # fmt: skip
_AMOUNTS = frozenset(AMOUNT_KEYS)


class Activity(Model):
    """One line of activity data.

    Exactly one of `quantity`, `gas_masses`, `reported`, `mass_balance`, `service_balance`,
    `leakage` and `storage` says how much. `factor` pins `pack/id`; `emission_rate` states own
    values.
    """

    period: Period
    facility: Text | None = None
    category: CategoryText | None = None
    quantity: Amount | None = None
    fuel: Text | None = None
    item: Text | None = None
    gas: Text | None = None
    gas_masses: Masses | None = None
    mass_balance: MassBalance | None = None
    service_balance: ServiceBalance | None = None
    leakage: Leakage | None = None
    storage: Storage | None = None
    reported: Amount | None = None
    by: Text | None = None
    scope: Integer | None = None
    method: Literal["location_based", "market_based"] | None = None
    gwp_set: GwpSetName | None = None
    citation: Text | None = None
    factor: Text | None = None
    factor_year: Year | None = None
    emission_rate: EmissionRate | None = None
    gas_state: GasState | None = None
    fuel_properties: Property | None = None
    billed_as: BilledAs | None = None
    steam_state: SteamState | None = None
    cop: Ratio | None = None
    losses: Losses | None = None
    chp: Chp | None = None
    sector: Text | None = None
    technology: Text | None = None
    vehicle: Text | None = None
    supplier: Text | None = None
    attributes: Literal["kept", "sold"] | None = None
    co2_counted_in: Texts = ()
    estimated: Estimated | None = None
    data_quality: dict[Text, Integer] | None = None
    uncertainty: Share | None = None
    corrects: Text | None = None
    status: Literal["draft", "reviewed", "verified"] | None = None
    evidence: PathTexts = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _one_amount(self) -> Activity:
        stated = _AMOUNTS.intersection(self.model_fields_set)
        if len(stated) == 1 and getattr(self, *stated) is not None:
            return self
        given = [key for key in AMOUNT_KEYS if getattr(self, key) is not None]
        if not given:
            raise refuse(
                "missing-key",
                "no amount is given",
                "add `quantity:` with number and unit",
            )
        if len(given) > 1:
            raise refuse(
                "conflicting-keys",
                " and ".join(f"`{k}`" for k in given) + " both state the amount",
                "keep one of them",
            )
        return self
