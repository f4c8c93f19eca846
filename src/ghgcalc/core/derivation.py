"""How a mass of gas came about that nobody measured: terms as stated, and their arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import plain

if TYPE_CHECKING:
    from fractions import Fraction

# what a mass rests on; only `gas_masses:` are measured
MEASURED, STATED = "measured gas masses", "stated gas mass"
SCREENING = "leak-rate screening, an estimate"
MASS_BALANCE, SERVICE_BALANCE = "mass balance", "service balance"
# the word before a mass that is no product
WORDS = {
    MEASURED: "measured", STATED: "stated", SCREENING: "estimated", MASS_BALANCE: "balance",
    SERVICE_BALANCE: "balance",
}  # fmt: skip
DECIMALS = 9


class DerivedTerm(NamedTuple):
    """A term under its key of the file, such as `charge`, with its amount as stated."""

    name: str
    text: str


class DerivedStep(NamedTuple):
    """An expression of stated amounts, its value in `unit`, and the terms in words."""

    text: str
    value: Fraction
    unit: str
    words: str

    @property
    def equation(self) -> str:
        """Such as `120 kg × 15 % = 18 kg`."""
        return f"{self.text} = {plain(self.value, DECIMALS)} {self.unit}"


class Derivation(NamedTuple):
    """A mass of gas derived from terms.

    Attributes:
        method: what the mass rests on, in words.
        kg: the mass of all days of the activity, unweighted.
        days: these days.
        terms: what the file states.
        steps: the arithmetic from them to the mass.
    """

    method: str
    kg: Fraction
    days: int
    terms: tuple[DerivedTerm, ...]
    steps: tuple[DerivedStep, ...]

    @property
    def text(self) -> str:
        """One line for tables: the method and its equations."""
        return f"{self.method}: " + "; ".join(step.equation for step in self.steps)
