"""A sample of franchises stands for the group (Technical Guidance, category 14, formula 14.3)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from pydantic import model_validator

from ghgcalc.core.schema import Integer, Model, PathTexts, Reason, refuse
from ghgcalc.core.step import Step
from ghgcalc.methods.per_unit import Method, cited

if TYPE_CHECKING:
    from ghgcalc.core.units import Unit


class Sample(Model):
    """How many were asked, of how many that are alike; `reason` says why they are."""

    asked: Integer
    of: Integer
    reason: Reason
    evidence: PathTexts = ()

    @model_validator(mode="after")
    def _some_of_all(self) -> Sample:
        if not 0 < self.asked <= self.of:
            raise refuse(
                "out-of-bounds",
                f"{self.asked} asked of {self.of} is no sample",
                "state how many were asked, and how many there are: `{asked: 5, of: 40, …}`",
            )
        return self


class _Keys(Protocol):
    sample: Sample | None


def extrapolated(keys: _Keys, unit: Unit) -> tuple[Step, ...]:
    """The printed step from the sample to the group."""
    sample = keys.sample
    if sample is None:
        return ()
    source = cited(f"sample extrapolated: {sample.reason}", sample.evidence)
    share = Fraction(sample.of, sample.asked)
    return (Step(share, f"{sample.of:,} ÷ {sample.asked:,} asked", unit.text, source),)


SAMPLE = Method(
    "sample", ("sample",),
    ("franchises", "upstream_leased_assets", "downstream_leased_assets"), steps=extrapolated,
    words=("franchise_specific", "asset_specific", "lessor_specific", "lessee_specific"),
    implies=lambda keys, _: "",
)  # fmt: skip
