"""What is said of a unit text that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.refusal import Refused
from ghgcalc.core.unit_hints import OTHERWISE, Instead, instead, multiple_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction


_GASES = frozenset({"CO2", "CH4", "N2O", "SF6", "NF3"})


class UnitError(Refused):
    """A unit text that cannot be read.

    `counted` is the multiple and the unit text that it is, where the text counts a known unit.
    """

    def __init__(
        self, code: str, message: str, hint: str, counted: tuple[Fraction, str] | None = None
    ) -> None:
        super().__init__(code, message, hint)
        self.counted = counted


class UnknownName(Exception):  # noqa: N818 - never leaves the reading of a unit
    """A part of a unit text that is no unit; `place` is its place between the slashes."""

    def __init__(self, name: str, place: int) -> None:
        super().__init__(name)
        self.name = name
        self.place = place


def unknown_unit(
    unknown: UnknownName, bare: str, shown: str, own: Mapping[str, tuple[Fraction, str]]
) -> UnitError:
    """What is said of an unknown part; the hint has its size or names no unit.

    Args:
        unknown: the part.
        bare: the unit text without its heating value.
        shown: the unit text.
        own: sizes and dimensions of the company's units.
    """
    name = unknown.name
    where = "" if name == shown else f" in `{shown}`"
    message = f"unit `{name}`{where} is not known"
    whole = instead(bare, own)
    if whole.name and name != bare:
        name, message = bare, f"unit `{bare}` is not known"
    found = whole if whole.name else instead(name, own)
    if not found.name:
        apart = _gas_apart(name, bare)
        return UnitError("unknown-unit", message, apart or found.said or OTHERWISE)
    if found.multiple == 1:
        return UnitError("unknown-unit", message, f"did you mean `{found.name}`?")
    return _counting(found, name, unknown.place, bare, message)


def _gas_apart(name: str, bare: str) -> str:
    """What to write where the name of a gas stands beside its mass, `kg CO2/kWh`; "" elsewhere."""
    if name not in _GASES:
        return ""
    plain = bare.replace(f" {name}", "", 1)
    if "/" not in bare:  # a mass of CO2e may be meant
        return "the name of a gas is no unit: it is a key, beside the mass of the gas"
    return f"write `{plain}`: the key beside it names the gas" if plain != bare else ""


def _counting(found: Instead, name: str, place: int, bare: str, message: str) -> UnitError:
    """The finding on a text that counts a known unit: the multiple stands in its place."""
    said = f"{name} is {found.text}"
    parts = [part.strip() for part in bare.split("/")]
    if name == bare:
        more = f" or `{found.same}`" if found.same else ""
        return UnitError("unknown-unit", message, f"write `{found.text}`{more}",
                         (found.multiple, found.name))  # fmt: skip
    if parts[place] != name:  # a multiple stands at the front of what it counts
        return UnitError("unknown-unit", message, f"write the multiple in front: {said}")
    parts[place] = found.text if place else found.name
    counted = "/".join(parts)
    if place:
        return UnitError("unknown-unit", message, f"write `{counted}`: {said}")
    hint = f"write `{multiple_text(found.multiple)} {counted}`: {said}"
    return UnitError("unknown-unit", message, hint, (found.multiple, counted))
