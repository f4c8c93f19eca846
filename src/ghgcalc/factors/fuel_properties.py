"""A fuel's own heating values and density, as a facility, table or line states them."""

from __future__ import annotations

from pydantic import model_validator

from ghgcalc.core.heat_pair import CODE, HINT, unlikely_pair
from ghgcalc.core.schema import FactorAmount, Model, PathTexts, Text, refuse


class Property(Model):
    """A fuel's own values at a facility, table or line; each quantity carries its unit."""

    ncv: FactorAmount | None = None
    gcv: FactorAmount | None = None
    density: FactorAmount | None = None
    evidence: PathTexts = ()
    source: Text | None = None

    @model_validator(mode="after")
    def _one_pair(self) -> Property:
        if self.ncv is not None and self.gcv is not None:
            text = unlikely_pair(self.ncv, self.gcv, self.density)
            if text is not None:
                raise refuse(CODE, text, HINT)
        return self
