"""Keys of lines that state masses of gas, balances or screenings by rates (GHG-05)."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from ghgcalc.core.schema import Amount, Model, Share, Text, read_number, refuse


def _positive(value: Any) -> Any:
    number = value if isinstance(value, Fraction) else Fraction(read_number(value))
    if number < 0:
        raise refuse("negative-quantity", "`years` is negative", "state a positive number")
    return number


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
