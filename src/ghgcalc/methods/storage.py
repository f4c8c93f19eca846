"""Separately metered storage: what it lost is the consumption (S2-08)."""

from __future__ import annotations

from fractions import Fraction

from pydantic import model_validator

from ghgcalc.core.schema import Amount, Model, need_amount, refuse
from ghgcalc.methods.per_unit import Method


class Storage(Model):
    """Separately metered storage: its consumption is what was charged and not given back."""

    charged: Amount
    discharged: Amount

    @model_validator(mode="after")
    def _energies(self) -> Storage:
        need_amount(self.charged, "J", "charged", "state an energy")
        need_amount(self.discharged, "J", "discharged", "state an energy")
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


STORAGE = Method("storage", ("storage",), ("purchased_electricity",))
