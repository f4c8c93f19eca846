"""The company's own units: `units: {own_drum: 200 L}`, in any order, each in terms of others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.numbers import NumberError
from ghgcalc.core.units import Quantity, UnitError, define_own_units, parse_quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = re.compile(r"own_[a-z][a-z0-9_]*")
_DEEPEST = 50  # own units by way of which one is stated


class Slip(NamedTuple):
    """What is wrong with one entry; `at_key` where its name is meant."""

    code: str
    message: str
    hint: str
    at_key: bool = False


class _Reader:
    """Reads entries; what an entry is stated in is read first, wherever it stands."""

    def __init__(self, texts: Mapping[str, object]) -> None:
        self.texts = texts
        self.found: dict[str, Quantity] = {}
        self.slips: dict[str, Slip | None] = {}  # None: the fault is said elsewhere

    def read(self, name: str, above: tuple[str, ...] = ()) -> bool:
        """Read one entry; whether it can be used."""
        if name in self.found or name in self.slips:
            return name in self.found
        slip = self._refused(name, above)
        if slip is None:
            good = [self.read(part, (*above, name)) for part in self._used(name)]
            if all(good):
                slip = self._amount(name)
        if name not in self.found:
            self.slips.setdefault(name, slip)
        return name in self.found

    def _used(self, name: str) -> list[str]:
        return [part for part in _NAME.findall(str(self.texts[name])) if part in self.texts]

    def _refused(self, name: str, above: tuple[str, ...]) -> Slip | None:
        """Why an entry cannot be read at all."""
        if name in above:
            circle = " → ".join((*above[above.index(name) :], name))
            hint = "state one of them in a unit that is known"
            return Slip("unit-cycle", f"own unit `{name}` stands for itself: {circle}", hint)
        if len(above) > _DEEPEST:
            message = f"`{name}` is stated by way of too many own units"
            return Slip("out-of-bounds", message, "state it in a unit that is known")
        if not _NAME.fullmatch(name):
            hint = "start with `own_`, then letters, digits and `_`"
            return Slip("bad-id", f"`{name}` cannot name an own unit", hint, at_key=True)
        if not isinstance(self.texts[name], str):
            hint = "write number and unit in one scalar: `own_lb: 0.4536 kg`"
            return Slip("wrong-shape", f"`{name}` holds no quantity", hint)
        return None

    def _amount(self, name: str) -> Slip | None:
        try:
            amount = parse_quantity(str(self.texts[name]))
        except (NumberError, UnitError) as error:
            return Slip(error.code, error.message, error.hint or "")
        if amount.number <= 0:
            return Slip("out-of-bounds", f"unit `{name}` is not above zero", "state its size")
        self.found[name] = amount
        define_own_units(self.found)
        return None


def read_own_units(texts: Mapping[str, object]) -> dict[str, Slip]:
    """Make the own units of a file readable while it is read; what is wrong, entry by entry.

    Diagnosed: `bad-id`, `unit-cycle`, `out-of-bounds`, `wrong-shape`, number and unit codes.
    """
    define_own_units({})
    reader = _Reader(texts)
    for name in texts:
        reader.read(name)
    return {name: slip for name in texts if (slip := reader.slips.get(name)) is not None}
