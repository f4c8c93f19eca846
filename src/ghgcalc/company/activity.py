"""Activity data: one line of what happened, with its unit, period and evidence."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from ghgcalc.company.organization import GwpSetName
from ghgcalc.core.schema import (
    Amount,
    FactorAmount,
    Integer,
    Model,
    PathTexts,
    Period,
    Reason,
    Share,
    Text,
    Texts,
    Year,
    refuse,
)
from ghgcalc.core.spelling import nearest
from ghgcalc.core.vocabulary.categories import CATEGORIES, category_said
from ghgcalc.core.vocabulary.data_quality import BEST, INDICATORS, WORST
from ghgcalc.core.vocabulary.scope_3_methods import SCOPE_2_METHODS
from ghgcalc.core.vocabulary.scope_3_methods import WORDS as SCOPE_3_METHODS
from ghgcalc.factors.fuel_properties import Property
from ghgcalc.methods.electronics import check_electronics
from ghgcalc.methods.hybrid import check_hybrid
from ghgcalc.methods.keys import AmountKeys, MethodKeys
from ghgcalc.methods.parts import check_parts
from ghgcalc.methods.refrigerant_keys import Leakage, MassBalance, ServiceBalance
from ghgcalc.methods.registry import amounts_stated, check_alone
from ghgcalc.methods.storage import Storage


def _category(value: Any) -> Any:
    if isinstance(value, str) and value in CATEGORIES:
        return value
    if not isinstance(value, str):
        raise refuse("wrong-shape", "expected a category", "see the list in docs/format.md")
    near = category_said(value) or nearest(value, CATEGORIES)
    hint = f"did you mean `{near}`?" if near else "write one of " + ", ".join(CATEGORIES)
    raise refuse("unknown-value", f"`{value}` is not a category", hint, near or "")


CategoryText = Annotated[str, BeforeValidator(_category)]
_METHODS = (*SCOPE_2_METHODS, *SCOPE_3_METHODS)


def _method(value: Any) -> Any:
    if isinstance(value, str) and value in _METHODS:
        return value
    if not isinstance(value, str):
        raise refuse("wrong-shape", "expected a method", "see the list in docs/methods.md")
    near = nearest(value.replace("-", "_").lower(), _METHODS) or ""
    hint = f"did you mean `{near}`?" if near else "write one of " + ", ".join(_METHODS)
    raise refuse("unknown-value", f"`{value}` is not a method", hint, near)


MethodText = Annotated[str, BeforeValidator(_method)]


class Estimated(Model):
    """Why and how a quantity was estimated."""

    method: Text
    reason: Reason


Masses = Annotated[dict[Text, Amount], Field(min_length=1)]
EmissionRate = Annotated[dict[Text, FactorAmount], Field(min_length=1)]
AMOUNT_KEYS = ("quantity", "gas_masses", "reported", "mass_balance", "service_balance", "leakage",
               "storage")  # fmt: skip
_AMOUNTS = frozenset(AMOUNT_KEYS)


def _judge_score(name: str, score: int) -> None:
    """Refuse what is no indicator, or no score of one (S3-08)."""
    if name not in INDICATORS:
        near = nearest(name, INDICATORS) or ""
        hint = f"did you mean `{near}`?" if near else "write one of " + ", ".join(INDICATORS)
        raise refuse("unknown-value", f"`{name}` is no indicator of `data_quality`", hint)
    if not BEST <= score <= WORST:
        raise refuse("out-of-bounds", f"`{name}` of `data_quality` is {score}",
                     f"write {BEST} (very good) to {WORST} (poor)")  # fmt: skip


class ActivityKeys(MethodKeys):
    """What an activity and the item of a table say alike of what was done."""

    fuel: Text | None = None
    item: Text | None = None
    gas: Text | None = None
    factor: Text | None = None
    factor_year: Year | None = None
    emission_rate: EmissionRate | None = None
    gwp_set: GwpSetName | None = None
    fuel_properties: Property | None = None
    method: MethodText | None = None
    sector: Text | None = None
    technology: Text | None = None
    vehicle: Text | None = None
    attributes: Literal["kept", "sold"] | None = None
    co2_counted_in: Texts = ()
    estimated: Estimated | None = None
    citation: Text | None = None
    data_quality: dict[Text, Integer] | None = None
    uncertainty: Share | None = None
    status: Literal["draft", "reviewed", "verified"] | None = None
    evidence: PathTexts = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _parts_alone(self) -> ActivityKeys:
        check_parts(self)
        check_hybrid(self)
        check_electronics(self)
        for name, score in (self.data_quality or {}).items():
            _judge_score(name, score)
        check_alone(self)
        return self


class Activity(AmountKeys, ActivityKeys):
    """One line of activity data.

    Exactly one of `quantity`, `gas_masses`, `reported`, `mass_balance`, `service_balance`,
    `leakage` and `storage` says how much. `factor` pins `pack/id`; `emission_rate` states own
    values.
    """

    period: Period
    facility: Text | None = None
    category: CategoryText | None = None
    quantity: Amount | None = None
    gas_masses: Masses | None = None
    mass_balance: MassBalance | None = None
    service_balance: ServiceBalance | None = None
    leakage: Leakage | None = None
    storage: Storage | None = None
    reported: Amount | None = None
    by: Text | None = None
    scope: Integer | None = None
    supplier: Text | None = None
    corrects: Text | None = None

    @model_validator(mode="after")
    def _one_amount(self) -> Activity:
        stated = _AMOUNTS.intersection(self.model_fields_set)
        if self.parts is not None and self.quantity is None:
            raise refuse("conflicting-keys", "`parts` are of a `quantity`, and there is none",
                         "state `quantity:`")  # fmt: skip
        by_methods = amounts_stated(self)
        if len(stated) == 1 and not by_methods and getattr(self, *stated) is not None:
            return self
        given = [key for key in AMOUNT_KEYS if getattr(self, key) is not None]
        given += by_methods
        below = next((key for key, amount in by_methods.items() if amount.number < 0), None)
        if below is not None:
            raise refuse("negative-quantity", f"`{below}` is negative", "state what there was")
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
