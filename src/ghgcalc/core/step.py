"""A printed step of a calculation: what a quantity is multiplied by, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fractions import Fraction


class Step(NamedTuple):
    """One printed step: multiply by `value` (written `text`), giving `unit`; `source` says why.

    `ref` names the pack's fuel property that the step rests on.
    """

    value: Fraction
    text: str
    unit: str
    source: str = ""
    ref: str = ""
