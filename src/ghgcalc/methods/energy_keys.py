"""Purchased energy that needs more than a quantity: steam, cold, storage, losses, CHP."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ghgcalc.core.schema import Amount, FactorAmount, Model, PathTexts, Share, Text, refuse

_KINDS = {"J": "energy", "J/kg": "energy per mass"}


def _of(value: Amount | None, dimension: str, key: str, example: str) -> None:
    if value is not None and (value.unit.dimension != dimension or value.number < 0):
        raise refuse("unit-mismatch", f"`{key}` is not {_KINDS[dimension]}: `{value}`", example)


class SteamState(Model):
    """What a mass of steam carries: GJ = t × (enthalpy − enthalpy of the return) ÷ 1000 (R22).

    Without `enthalpy` it is read from a pack's steam table by `pressure` and `temperature`.
    """

    enthalpy: FactorAmount | None = None
    returned: FactorAmount | None = None
    pressure: Text | None = None
    atmospheric_pressure: Text | None = None
    temperature: Text | None = None
    evidence: PathTexts

    @model_validator(mode="after")
    def _enthalpies(self) -> SteamState:
        _of(self.enthalpy, "J/kg", "enthalpy", "write it as `2_777 kJ/kg`")
        _of(self.returned, "J/kg", "returned", "write it as `83.74 kJ/kg`")
        if self.enthalpy is None:
            for key in ("pressure", "temperature"):
                if getattr(self, key) is None:
                    raise refuse(
                        "missing-key",
                        f"neither `enthalpy` nor `{key}` is given",
                        "state `enthalpy: 2_777 kJ/kg`, or `pressure: 1.0 MPa absolute` and"
                        " `temperature: saturated` to read a steam table",
                    )
        elif self.enthalpy.value * self.enthalpy.unit.size <= self.gone:
            raise refuse(
                "out-of-bounds",
                f"`enthalpy` {self.enthalpy} is not above what returns",
                "copy both from the contract or the steam table",
            )
        return self

    @property
    def gone(self) -> Fraction:
        """What returns, in J/kg."""
        if self.returned is None:
            return Fraction(0)
        return self.returned.value * self.returned.unit.size


class Storage(Model):
    """Separately metered storage: its consumption is what was charged and not given back."""

    charged: Amount
    discharged: Amount

    @model_validator(mode="after")
    def _energies(self) -> Storage:
        _of(self.charged, "J", "charged", "state an energy")
        _of(self.discharged, "J", "discharged", "state an energy")
        if self.consumed < 0:
            raise refuse(
                "negative-quantity",
                f"`discharged` {self.discharged} is more than `charged` {self.charged}",
                "correct the readings; storage gives back less than it takes",
            )
        return self

    @property
    def consumed(self) -> Fraction:
        """Losses in the unit of `charged`."""
        given = self.discharged.value * self.discharged.unit.size / self.charged.unit.size
        return self.charged.value - given


class Losses(Model):
    """Grid losses of delivered power: `rate` of what was generated, or of what was consumed."""

    rate: Share
    of: Literal["generation", "consumption"] = "generation"
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _less_than_all(self) -> Losses:
        if not 0 <= self.rate < 1:
            raise refuse("out-of-bounds", "`rate` is not below 100 %", "write `rate: 4.2%`")
        return self


class Chp(Model):
    """A supplier's combined heat and power plant, its emissions shared between both (R23)."""

    method: Literal["efficiency", "energy_content", "work_potential"]
    emissions: Annotated[dict[Text, Amount], Field(min_length=1)]
    heat: Amount
    power: Amount
    heat_efficiency: Share | None = None
    power_efficiency: Share | None = None
    heat_work: Amount | None = None
    evidence: PathTexts

    @model_validator(mode="after")
    def _complete(self) -> Chp:
        for key in ("heat", "power", "heat_work"):
            _of(getattr(self, key), "J", key, "state an energy")
        for gas, mass in self.emissions.items():
            if mass.unit.dimension != "kg" or mass.number < 0:
                text = f"emissions of `{gas}` are not a mass: `{mass}`"
                raise refuse("unit-mismatch", text, "state the mass of each gas")
        if not self.heat.number or not self.power.number:
            raise refuse("out-of-bounds", "`heat` or `power` is zero", "state both outputs")
        needs = {
            "efficiency": ("heat_efficiency", "power_efficiency"),
            "energy_content": (),
            "work_potential": ("heat_work",),
        }[self.method]
        for key in needs:
            if not getattr(self, key):
                raise refuse("missing-key", f"method {self.method} needs `{key}`", f"add `{key}:`")
        return self
