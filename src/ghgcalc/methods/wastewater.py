"""Methane of wastewater: organic load × capacity × correction factor.

Source: IPCC 2006 Guidelines vol. 5 ch. 6, equations 6.4 and 6.5 (industrial wastewater; the 2019
Refinement keeps them): (TOW - S) × Bo × MCF - R, with TOW = volume × COD.
"""

from __future__ import annotations

from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Protocol

from pydantic import BeforeValidator, model_validator

from ghgcalc.core.numbers import ONE, NumberError, in_full, parse_factor_number, parse_share
from ghgcalc.core.schema import Amount, Model, PathTexts, Share, Text, refuse
from ghgcalc.core.step import Step
from ghgcalc.core.units import UnitError, parse_quantity, parse_unit
from ghgcalc.core.vocabulary.dimensions import VOLUME
from ghgcalc.factors.bridges import ConversionError
from ghgcalc.methods.per_unit import Method, PerUnit, cited

if TYPE_CHECKING:
    from ghgcalc.factors.catalogue import FactorCatalog

_CATEGORY = "waste_generated"
_KG = parse_unit("kg")
_METHANE = "CH4_non_fossil"
_LOAD = "kg/m3"
_MCF_UNIT = "fraction"
_INSTEAD = ("treatments", "technology", "factor", "emission_rate", "gas", "fuel")


class Parameter(NamedTuple):
    """A parameter as stated, or the row of a pack that gives it: `pack/id`."""

    value: Fraction | None
    text: str

    @property
    def stated(self) -> bool:
        """Whether the file states the value itself."""
        return self.value is not None


def _factor(value: Any) -> Parameter:
    """A methane correction factor: `0.8`, `80 %`, or `pack/id`."""
    if isinstance(value, Parameter):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if _is_ref(text):
        return Parameter(None, text)
    try:
        share = parse_share(text) if text.endswith("%") else Fraction(parse_factor_number(text))
    except NumberError as error:
        raise refuse(error.code, error.message, error.hint) from None
    if not 0 <= share <= 1:
        raise refuse("out-of-bounds", f"`{text}` is not between 0 and 1", "correct it")
    return Parameter(share, in_full(share))


def _capacity(value: Any) -> Parameter:
    """A methane producing capacity: `0.25 kg/kg`, or `pack/id`."""
    if isinstance(value, Parameter):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if _is_ref(text):
        return Parameter(None, text)
    try:
        found = parse_quantity(text)
    except (NumberError, UnitError) as error:
        raise refuse(error.code, error.message, error.hint) from None
    if found.unit.dimension != "1" or "/" not in found.unit.text or found.number < 0:
        raise refuse("unit-mismatch", f"`{text}` is no mass of methane per mass",
                     "state it as `0.25 kg/kg`")  # fmt: skip
    return Parameter(found.value * found.unit.size, str(found))


def _is_ref(text: str) -> bool:
    pack, slash, row = text.partition("/")
    return bool(slash and row) and " " not in text and not pack[:1].isdigit()


class Wastewater(Model):
    """The organic load of wastewater, and how much of it becomes methane.

    Bo and MCF are stated with their `evidence` or `source`, or are rows of a pack's parameters.
    """

    cod: Amount | None = None
    bod: Amount | None = None
    sludge: Share | None = None
    b0: Annotated[Parameter, BeforeValidator(_capacity)]
    mcf: Annotated[Parameter, BeforeValidator(_factor)]
    recovered: Share | None = None
    evidence: PathTexts = ()
    source: Text | None = None

    @model_validator(mode="after")
    def _whole(self) -> Wastewater:
        if (self.cod is None) == (self.bod is None):
            raise refuse(
                "missing-key" if self.cod is None else "conflicting-keys",
                "`wastewater` does not state its load once",
                "state `cod:` or `bod:`, such as `3 kg/m3` or `900 mg/L`",
            )
        for key, load in (("cod", self.cod), ("bod", self.bod)):
            if load is not None and (load.unit.dimension != _LOAD or load.number < 0):
                raise refuse("unit-mismatch", f"`{key}` is no mass per volume: `{load}`",
                             "state it as `3 kg/m3` or `900 mg/L`")  # fmt: skip
        if (self.b0.stated or self.mcf.stated) and not self.evidence and self.source is None:
            raise refuse(
                "missing-key",
                "nothing says where `b0` and `mcf` come from",
                "add `source:` or `evidence:`, or take those of a pack, such as"
                " `ipcc-2006/waste.wastewater.industrial_anaerobic_reactor.mcf`",
            )
        return self


class _Keys(Protocol):
    wastewater: Wastewater | None


def _expand(amount: PerUnit, keys: _Keys, catalog: FactorCatalog) -> tuple[PerUnit, ...]:
    """Kilograms of methane from one unit of wastewater."""
    water = keys.wastewater
    if water is None:
        return (amount,)
    if amount.unit.dimension != VOLUME:
        raise ConversionError(
            "unit-mismatch",
            f"`wastewater` of a quantity in {amount.unit.text}, no volume",
            "state the volume of wastewater, in m3",
        )
    name = "COD" if water.cod is not None else "BOD"
    load = water.cod or water.bod
    assert load is not None
    told = cited(water.source or "", water.evidence).strip()
    kg = load.value * load.unit.size * amount.unit.size
    steps = [
        Step(kg, str(load), f"kg {name}", cited(f"load in {name}", water.evidence)),
        *_left(water.sludge, f"kg {name}", "removed as sludge"),
        _step(water.b0, f"kg CH4/kg {name}", "kg CH4", "methane producing capacity", told, catalog),
        _step(water.mcf, _MCF_UNIT, "kg CH4", "methane correction factor", told, catalog),
        *_left(water.recovered, "kg CH4", "recovered"),
    ]
    return (
        amount._replace(steps=(*amount.steps, *steps), after=_KG, gas=_METHANE, at=("wastewater",)),
    )


def _left(share: Fraction | None, unit: str, what: str) -> tuple[Step, ...]:
    """What a share leaves."""
    if share is None:
        return ()
    return (Step(ONE - share, f"(1 - {in_full(share * 100)} %)", unit, what),)


def _step(
    stated: Parameter, unit: str, after: str, words: str, told: str, catalog: FactorCatalog
) -> Step:
    """A step by a parameter, as stated or as a pack has it."""
    if stated.value is not None:
        return Step(stated.value, stated.text, after, f"{words}: {told}")
    value, where = _published(stated.text, unit, words, catalog)
    return Step(value, in_full(value), after, f"{words}: {stated.text}, {where}")


def _published(ref: str, unit: str, words: str, catalog: FactorCatalog) -> tuple[Fraction, str]:
    """A parameter of a pack in a unit, and where it stands there.

    Raises:
        ConversionError: `unknown-factor`, where no pack of the file has it in that unit.
    """
    names: list[str] = []
    for pack in catalog.packs:
        for row in pack.rows("parameters"):
            cells = row.cells
            if cells["unit"] != unit or not cells["id"].startswith("waste.wastewater."):
                continue
            names.append(f"{pack.info.id}/{cells['id']}")
            if names[-1] == ref:
                return Fraction(parse_factor_number(cells["value"])), cells.get("locator", "")
    near = get_close_matches(ref, names, n=2, cutoff=0.4)
    raise ConversionError(
        "unknown-factor",
        f"`{ref}` is no {words} in {unit} of the packs of this file",
        "did you mean " + " or ".join(f"`{each}`" for each in near) + "?"
        if near
        else "name a pack that has one under `factor_packs`, such as `ipcc-2006`",
    )


def _alone(line: Any) -> None:
    if line.wastewater is None:
        return
    other = next((key for key in _INSTEAD if getattr(line, key) is not None), None)
    if other is not None:
        raise refuse(
            "conflicting-keys",
            f"`{other}` stands beside `wastewater`, whose methane is weighed by its GWP",
            f"remove `{other}:`",
        )


WASTEWATER = Method(
    "wastewater", ("wastewater",), (_CATEGORY,), expand=_expand, words=("waste_type_specific",),
    alone=_alone,
)  # fmt: skip
