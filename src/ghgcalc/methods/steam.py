"""Steam by mass: GJ = t × (enthalpy − enthalpy of what returns) ÷ 1000 (R22)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from pydantic import model_validator

from ghgcalc.core.numbers import in_full
from ghgcalc.core.schema import FactorAmount, Model, PathTexts, Text, need_amount, refuse
from ghgcalc.core.step import Step
from ghgcalc.core.units import parse_unit, ratio
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.per_unit import Method, PerUnit, cited
from ghgcalc.methods.steam_table import look_up, refused

if TYPE_CHECKING:
    from ghgcalc.factors.catalogue import FactorCatalog


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
        need_amount(self.enthalpy, "J/kg", "enthalpy", "write it in energy per mass: `… kJ/kg`")
        need_amount(self.returned, "J/kg", "returned", "write it in energy per mass: `… kJ/kg`")
        if self.enthalpy is None:
            for key in ("pressure", "temperature"):
                if getattr(self, key) is None:
                    raise refuse(
                        "missing-key",
                        f"neither `enthalpy` nor `{key}` is given",
                        "state `enthalpy: … kJ/kg`, or to read a steam table `pressure: … MPa"
                        " absolute` and `temperature: … degC`, or `saturated`",
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


KILOJOULE = 1000  # J


class _Keys(Protocol):
    steam_state: SteamState | None


def _expand(amount: PerUnit, keys: _Keys, catalog: FactorCatalog) -> tuple[PerUnit, ...]:
    state, unit = keys.steam_state, amount.unit
    if state is None:
        return (amount,)
    if unit.dimension != "kg":
        raise ConversionError(
            "conflicting-keys",
            f"`steam_state` beside a quantity in {unit.text}, which is no mass",
            "remove `steam_state`, or write tonnes of steam",
        )
    gigajoule = parse_unit("GJ")
    where = " ".join(word for word in (state.pressure, state.temperature) if word)
    source, ref = f"enthalpy of the steam{', ' + where if where else ''}", ""
    if state.enthalpy is not None:
        net = state.enthalpy.value * state.enthalpy.unit.size
        text = str(state.enthalpy)
    else:
        found = look_up(
            catalog, state.pressure or "", state.temperature or "", state.atmospheric_pressure
        )
        net = found.value * KILOJOULE
        text = f"{in_full(found.value)} kJ/kg"
        source, ref = f"{source}: {found.source}", found.ref
    if state.returned is not None:
        net -= state.gone
        text = f"({text} − {state.returned})"
    if net <= 0:
        raise refused(f"the enthalpy {text} is not above what returns", "correct `returned:`")
    value = net * unit.size / gigajoule.size
    step = Step(value, text, gigajoule.text, cited(source, state.evidence), ref)
    mwh = value * ratio(gigajoule, parse_unit("MWh"))
    return (amount._replace(steps=(step,), after=gigajoule, mwh=mwh),)


STEAM = Method("steam", ("steam_state",), ("purchased_steam", "purchased_heat"), expand=_expand)
