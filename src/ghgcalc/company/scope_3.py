"""`scope_3:` of the company file: what is said of whole Scope 3 categories."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, create_model, model_validator

from ghgcalc.core.schema import (
    Amount,
    Day,
    Flag,
    Model,
    PathTexts,
    Period,
    Reason,
    Share,
    Text,
    refuse,
)
from ghgcalc.core.vocabulary.categories import SCOPE_3_BY_NUMBER
from ghgcalc.core.vocabulary.scope_3_boundaries import EXPLAINED, LATER, WITH_LINES
from ghgcalc.methods.losses import Losses

Switch = Literal["on", "off"]
# a: upstream of fuels, b: upstream of power and heat, c: losses of grids; d is stated alone
Derivable = Literal["a", "b", "c"]


class Deriving(Model):
    """Whether lines of category 3 are derived, and why not."""

    SCALAR_HINT: ClassVar[str] = "write `derive:` below it, such as `{derive: off, reason: …}`"

    derive: Switch = "on"
    reason: Reason | None = None

    @model_validator(mode="after")
    def _reasoned(self) -> Deriving:
        if self.derive == "off" and self.reason is None:
            hint = "add `reason: …`: reports print it"
            raise refuse("missing-key", "`derive: off` has no `reason`", hint)
        if self.derive == "on" and self.reason is not None:
            hint = "remove it, or write `derive: off`"
            raise refuse("conflicting-keys", "`reason` stands beside `derive: on`", hint)
        return self


Status = Literal[
    "relevant_calculated", "relevant_not_yet_calculated", "not_relevant_calculated",
    "not_relevant_explained", "not_evaluated",
]  # fmt: skip
Extent = Literal["not_applicable", "excluded", "partial"]


class CategorySaid(Model):
    """What is said of a Scope 3 category as a whole: its status, and what is left out (S3-01).

    Attributes:
        estimated_share: what is left out, of the required emissions of Scope 3.
        estimate: the same as an amount of a reporting year.
        period: the days that it is said of; every period where it is None.
    """

    SCALAR_HINT: ClassVar[str] = (
        "write `status:` below it, such as `{status: not_relevant_explained, justification: …}`"
    )

    status: Status | None = None
    justification: Reason | None = None
    exclusion: Extent | None = None
    estimated_share: Share | None = None
    estimate: Amount | None = None
    end_use_unknown: Flag = False
    period: Period | None = None
    evidence: PathTexts = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _explained(self) -> CategorySaid:
        sized = next((k for k in ("estimated_share", "estimate") if k in self.model_fields_set), "")
        if self.justification is None and (self.exclusion or self.status == EXPLAINED):
            what = f"status: {self.status}" if self.status == EXPLAINED else "exclusion"
            raise refuse("missing-key", f"`{what}` has no `justification`",
                         "add `justification: …`: reports print it")  # fmt: skip
        if self.estimated_share is not None and self.estimate is not None:
            raise refuse("conflicting-keys", "`estimated_share` and `estimate` say the same",
                         "keep one of them")  # fmt: skip
        if sized and self.extent in (None, "not_applicable"):
            raise refuse(
                "conflicting-keys", f"`{sized}` stands where nothing is left out",
                "add `exclusion: partial` or `excluded`, or remove it",
            )  # fmt: skip
        if self.exclusion == "partial" and self.status not in (None, *WITH_LINES):
            raise refuse("conflicting-keys", f"`exclusion: partial` of `status: {self.status}`",
                         "write `exclusion: excluded`, or another status")  # fmt: skip
        if self.exclusion in ("excluded", "not_applicable") and self.status in WITH_LINES:
            raise refuse(
                "conflicting-keys", f"`exclusion: {self.exclusion}` of `status: {self.status}`",
                "write `exclusion: partial`, or another status",
            )  # fmt: skip
        if self.end_use_unknown and self.status != EXPLAINED:
            raise refuse("conflicting-keys", "`end_use_unknown` says why a category is left out",
                         f"write `status: {EXPLAINED}`")  # fmt: skip
        return self

    @property
    def extent(self) -> Extent | None:
        """What is left out; of a status that has no line, the whole category."""
        if self.exclusion is None and self.status in (EXPLAINED, LATER):
            sized = self.estimated_share is not None or self.estimate is not None
            return "excluded" if sized else None
        return self.exclusion


class Screening(Model):
    """The rough estimate of every category that comes first (S3-05): in no total.

    Attributes:
        method: how it was made.
        tonnes: rough emissions by category.
    """

    SCALAR_HINT: ClassVar[str] = "write `date:`, `method:` and `tonnes:` below it"

    date: Day
    method: Text
    tonnes: dict[Text, Amount] = Field(default_factory=dict)
    evidence: PathTexts = ()
    citation: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _told(self) -> Screening:
        if not self.tonnes and not self.evidence:
            raise refuse("missing-key", "`screening` has neither `tonnes` nor `evidence`",
                         "add `tonnes:` by category, or the files that hold them")  # fmt: skip
        return self


class EnergyRelated(CategorySaid, Deriving):
    """Category 3: what is derived of the lines of Scopes 1 and 2, whole, by part, by facility.

    `losses` are rates of grids, by country, region or grid of facilities.
    """

    parts: dict[Derivable, Deriving] = Field(default_factory=dict)
    facilities: dict[Text, Deriving] = Field(default_factory=dict)
    losses: dict[Text, Losses] = Field(default_factory=dict)

    def choice(self, part: str, facility: str | None) -> Deriving:
        """What is said of a part at a facility.

        An `off` of either stands; an `on` of either outweighs the `off` of the whole.
        """
        said = [
            each
            for each in (self.facilities.get(facility or ""), self.parts.get(part))  # type: ignore[call-overload]
            if each is not None
        ]
        return next((each for each in said if each.derive == "off"), said[0] if said else self)


class Scope3(Model):
    """What is said of Scope 3 as a whole, and of its categories.

    Categories without keys of their own are fields of `Scope3File`, made from the vocabulary.
    """

    fuel_and_energy_related: EnergyRelated | None = None
    screening: Screening | None = None

    def said(self, category: str) -> CategorySaid | None:
        """What is said of a category."""
        found: CategorySaid | None = getattr(self, category, None)
        return found


Scope3File: type[Scope3] = create_model(
    "Scope3File",
    __base__=Scope3,
    __module__=__name__,
    __doc__=Scope3.__doc__,
    **{
        category: (CategorySaid | None, None)
        for _, category in sorted(SCOPE_3_BY_NUMBER.items())
        if category not in Scope3.model_fields
    },
)  # type: ignore[call-overload]
