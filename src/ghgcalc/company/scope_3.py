"""`scope_3:` of the company file: what is said of whole Scope 3 categories."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from ghgcalc.core.schema import Model, Reason, Text, refuse
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


class EnergyRelated(Deriving):
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
    """What is said of Scope 3 as a whole, by category."""

    fuel_and_energy_related: EnergyRelated | None = None
