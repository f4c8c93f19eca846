"""Units: our own small definitions, read strictly, converted exactly (DESIGN §4, promise 1).

pint does the dimensional arithmetic with `non_int_type=Fraction` over the definitions of
`unit_table`; this module reads unit texts and refuses ambiguous ones. What pint says of the single
units is kept in `unit_sizes` (tests compare single units and products with pint), so that ordinary
files need not load it; pint is asked once for every other unit.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from ghgcalc.core.digits import spelled
from ghgcalc.core.numbers import (
    NumberError,
    exact_decimal,
    parse_factor_number,
    parse_quantity_number,
)
from ghgcalc.core.text.scripts import composed
from ghgcalc.core.unit_errors import UnitError, UnknownName, unknown_unit
from ghgcalc.core.unit_hints import multiple_text
from ghgcalc.core.unit_sizes import SIZES
from ghgcalc.core.unit_table import (
    ALIASES,
    AMBIGUOUS,
    CURRENCIES,
    DEFINITIONS,
    DIMENSION_NAMES,
    NATURAL,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pint

__all__ = [
    "OWN_PREFIX", "Basis", "Quantity", "Unit", "UnitError", "define_own_units", "dimension_label",
    "is_measured_in", "mass_of", "measured_sizes", "own_units", "parse_quantity", "parse_unit",
    "ratio", "split_quantity",
]  # fmt: skip
Basis = Literal["net", "gross"]
_BASIS_WORDS: dict[str, Basis] = {
    "net": "net", "lhv": "net", "ncv": "net", "(net)": "net", "(net cv)": "net",
    "gross": "gross", "hhv": "gross", "gcv": "gross", "(gross)": "gross", "(gross cv)": "gross",
}  # fmt: skip
_SCALES = {"thousand ": 10**3, "million ": 10**6, "billion ": 10**9,
           "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}  # fmt: skip
_ATOM = re.compile(r"^(?P<name>[^\d\s^*/·.][^\s^*/·]*?)(?:\^(?P<power>[23]))?$")
_MULTIPLE = re.compile(r"^(10\^\d{1,2}|\d[\d_]{0,30}(?:\.\d{1,30})?)\s*(?=\S)")
_BRACKETS = re.compile(r"/\s*\(([^()/]+)\)(?=\s*(?:/|$))")
_MORE_DIGITS = re.compile(r"(?!10\^)['\u2019`\u00b4.,]?\s*\d")
_IN_PIECES = re.compile(r"([+-]?\d[\d_.,'\u2019`\u00b4\s]*\d)\s*(.*)", re.DOTALL)
_GLUED = re.compile(r"^([+-]?[\d._,]+)([^\d._,+\-eE\s].*)$", re.DOTALL)


class Unit(NamedTuple):
    """A unit as written (normalised), its dimension, its size in base units, and its basis.

    `basis` is the heating value a fuel's energy is stated on; None where it is not stated.
    """

    text: str
    dimension: str
    size: Fraction
    basis: Basis | None = None

    def __str__(self) -> str:
        return f"{self.text} {self.basis}" if self.basis else self.text


class Quantity(NamedTuple):
    """A number and its unit, as the user wrote them."""

    number: Decimal
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number:,f} {self.unit}"

    @property
    def value(self) -> Fraction:
        """The number as an exact fraction."""
        return Fraction(*self.number.as_integer_ratio())


@cache
def _registry() -> pint.UnitRegistry[Fraction]:
    import pint

    registry: pint.UnitRegistry[Fraction] = pint.UnitRegistry(
        None, non_int_type=Fraction, on_redefinition="raise", cache_folder=None
    )
    for line in DEFINITIONS:
        registry.define(line)
    for currency in CURRENCIES:
        registry.define(f"{currency} = [{currency}]")
    return registry


def measured_sizes() -> dict[str, tuple[int, int, str]]:
    """What pint says of every single unit: the content of `unit_sizes`."""
    found: dict[str, tuple[int, int, str]] = {}
    registry = _registry()
    for name in sorted(NATURAL):
        factor, base = registry.get_root_units(registry.Unit(registry.UnitsContainer({name: 1})))
        dimension = _dimension_text({str(n): Fraction(str(p)) for n, p in base._units.items()})
        size = Fraction(str(factor))
        found[name] = (size.numerator, size.denominator, dimension)
    return found


def dimension_label(dimension: str) -> str:
    """The plain word for a dimension, such as `energy`, `mass` or `volume`."""
    return DIMENSION_NAMES.get(dimension, dimension)


OWN_PREFIX = "own_"
LONGEST_TEXT = 256  # of a unit; what follows is no way of writing one
_OWN: ContextVar[Mapping[str, Quantity]] = ContextVar("own_units")


def define_own_units(units: Mapping[str, Quantity]) -> None:
    """Make a company file's `units:` readable while that file is read; names start with `own_`."""
    _OWN.set(dict(units))


def own_units() -> Mapping[str, Quantity]:
    """The company's own units, while its file is read and computed."""
    return _OWN.get({})


def parse_unit(text: str) -> Unit:
    """Read a unit text such as `kWh gross`, `kg/(t·km)`, `10000 Nm3`, `million CNY`, `万kWh`.

    Raises:
        UnitError: `unit-ambiguous` with the candidates, or `unknown-unit` with the nearest names.
    """
    if len(text) > LONGEST_TEXT:
        raise UnitError(
            "unknown-unit",
            f"`{text[:40]}…` is no unit: it has {len(text):,} signs",
            "write one such as `kWh` or `kg/(t·km)`",
        )
    text = composed(text)
    return _parse(text) if OWN_PREFIX in text else _parse_known(text)


@cache
def _parse_known(text: str) -> Unit:
    return _parse(text)


def _parse(text: str) -> Unit:
    shown = " ".join(text.split())
    if not shown:
        raise UnitError("missing-unit", "the quantity has no unit", "add one, such as `kWh`")
    bare, basis = _split_basis(shown)
    bare = _BRACKETS.sub(r"/\1", bare)
    try:
        size, powers = _powers(bare, shown)
    except UnknownName as unknown:
        own = {
            name: (unit.value * unit.unit.size, unit.unit.dimension)
            for name, unit in _OWN.get({}).items()
        }
        raise unknown_unit(unknown, bare, shown, own) from None
    return _measured(bare, powers, size, _own_basis(bare, basis))


def _own_basis(bare: str, basis: Basis | None) -> Basis | None:
    """The heating value of a unit: as written, or that of the own unit that it is."""
    own = _OWN.get({}).get(bare)
    stated = own.unit.basis if own is not None else None
    if basis is not None and stated not in (None, basis):
        raise UnitError(
            "basis-mismatch", f"`{bare}` is stated {stated}, not {basis}", f"write `{bare}`"
        )
    return basis or stated


def _powers(bare: str, shown: str) -> tuple[Fraction, dict[str, int]]:
    """The multiple and the powers of known units that a text stands for.

    All that stands between two slashes is divided by: `kg/t·km` is `kg/(t·km)`.
    """
    size = Fraction(1)
    powers: dict[str, int] = {}
    for place, part in enumerate(bare.split("/")):
        sign = 1 if place == 0 else -1
        multiple, atoms = _split_part(part.strip(), shown, place)
        size *= multiple**sign
        for atom in atoms:
            own = _OWN.get({}).get(atom)
            if own is not None:
                scale, inner = _powers(own.unit.text, shown)
                size *= (own.value * scale) ** sign
            else:
                name, power = _atom(atom, place)
                inner = {name: power}
            for name, power in inner.items():
                powers[name] = powers.get(name, 0) + sign * power
    return size, powers


def _split_basis(text: str) -> tuple[str, Basis | None]:
    lowered = text.lower()
    for word, basis in _BASIS_WORDS.items():
        if lowered.endswith(" " + word):
            return text[: -len(word) - 1].rstrip(), basis
    return text, None


def _split_part(part: str, shown: str, place: int) -> tuple[Fraction, list[str]]:
    multiple = Fraction(1)
    match = _MULTIPLE.match(part)
    if match:
        number = match[1].replace("_", "")
        base, _, power = number.partition("^")
        multiple *= Fraction(base) ** int(power) if power else Fraction(number)
        part = part[match.end() :]
    for word, scale in _SCALES.items():
        if part.lower().startswith(word) and part != word:
            multiple *= scale
            part = part[len(word) :].strip()
    if not multiple:
        raise UnitError("unknown-unit", f"`{shown}` counts in zeros", "write a multiple above zero")
    if part in ALIASES or part in AMBIGUOUS or part in NATURAL:
        return multiple, [part]
    atoms = [atom for atom in re.split(r"[*·]|\s+", part) if atom]
    if not atoms:
        raise UnknownName(part, place)
    return multiple, atoms


def _atom(atom: str, place: int) -> tuple[str, int]:
    if atom in ALIASES or atom in AMBIGUOUS:
        return _atom_name(atom, place), 1
    match = _ATOM.match(atom)
    if match is None:
        raise UnknownName(atom, place)
    return _atom_name(match["name"], place), int(match["power"] or 1)


def _atom_name(name: str, place: int) -> str:
    name = ALIASES.get(name, name)
    if name in AMBIGUOUS:
        choices = AMBIGUOUS[name]
        raise UnitError(
            "unit-ambiguous",
            f"unit `{name}` has {len(choices)} meanings",
            "write " + " or ".join(f"`{unit}` ({meaning})" for unit, meaning in choices),
        ).supposing(name, choices[0][0])
    if name in NATURAL or name in CURRENCIES:
        return name
    raise UnknownName(name, place)


def _measured(text: str, powers: dict[str, int], size: Fraction, basis: Basis | None) -> Unit:
    bases: dict[str, Fraction] = {}
    whole_size = size
    for name, power in powers.items():
        numerator, denominator, dimension = SIZES.get(name, (0, 1, ""))
        if not dimension or (len(powers) > 1 and not dimension.isalnum()):
            return _asked(text, powers, size, basis)
        scale = Fraction(numerator, denominator)
        whole_size *= scale**power
        bases[dimension] = bases.get(dimension, Fraction(0)) + power
    whole = {name: power for name, power in bases.items() if power}
    if len(powers) == 1 and set(powers.values()) == {1}:
        return Unit(text, dimension, whole_size, basis)
    return Unit(text, _dimension_text(whole), whole_size, basis)


def _asked(text: str, powers: dict[str, int], size: Fraction, basis: Basis | None) -> Unit:
    """Ask pint: currencies and compounds of derived units."""
    registry = _registry()
    container = registry.UnitsContainer({name: p for name, p in powers.items() if p})
    factor, base = registry.get_root_units(registry.Unit(container))
    dimension = _dimension_text({str(name): Fraction(str(p)) for name, p in base._units.items()})
    return Unit(text, dimension, size * Fraction(str(factor)), basis)


def _dimension_text(units: dict[str, Fraction]) -> str:
    above = [_power(n, p) for n, p in sorted(units.items()) if p > 0]
    below = [_power(n, -p) for n, p in sorted(units.items()) if p < 0]
    text = "·".join(above) or "1"
    return text + "".join(f"/{name}" for name in below)


def _power(name: str, power: Fraction) -> str:
    return name if power == 1 else f"{name}^{power}"


def is_measured_in(unit: Unit, names: frozenset[str]) -> bool:
    """Whether a unit is made of these units alone, however it is spelled, counted or named."""
    try:
        return _powers(_split_basis(unit.text)[0], unit.text)[1].keys() <= names
    except (UnknownName, UnitError):  # a unit of steps, which no file writes
        return False


def mass_of(unit: Unit) -> Unit:
    """The mass unit that a CO2e unit is written with: `tCO2e` gives `t`; a mass stays."""
    text = unit.text.replace("CO2e", "").strip()
    return Unit(text, "kg", unit.size, unit.basis)


def ratio(source: Unit, target: Unit) -> Fraction:
    """Exact factor from `source` to `target`: MJ to kWh is 5/18.

    Raises:
        UnitError: `unit-mismatch` when the dimensions differ.
    """
    if source.dimension != target.dimension:
        raise UnitError(
            "unit-mismatch",
            f"`{source.text}` is {dimension_label(source.dimension)}, "
            f"`{target.text}` is {dimension_label(target.dimension)}",
            f"state the value in a unit of {dimension_label(target.dimension)}",
        )
    return source.size / target.size


def split_quantity(text: str) -> tuple[str, str]:
    """Split `1_250 kWh gross` into number and unit texts.

    Raises:
        NumberError: `missing-unit` or `not-a-number`.
    """
    parts = text.split(None, 1)
    if not parts:
        raise NumberError("not-a-number", "the quantity is empty", "write number and unit")
    glued = _GLUED.match(parts[0])
    if glued:
        return glued[1], text.strip()[len(glued[1]) :]
    return parts[0], parts[1].strip() if len(parts) > 1 else ""


def parse_quantity(text: str, *, factor: bool = False) -> Quantity:
    """Read a number and a unit from one scalar; `factor` allows any decimal within 1e±30.

    Raises:
        NumberError: `not-a-number` (also for digits after digits), `number-out-of-range`.
        UnitError: `missing-unit`, `unit-ambiguous`, `unknown-unit`.
    """
    number_text, unit_text = split_quantity(text)
    read = parse_factor_number if factor else parse_quantity_number
    if not unit_text:
        number = read(number_text)
        wanted = (
            "mass per unit: `0 kg/MWh`" if factor and not number else "its unit, such as kWh or t"
        )
        raise UnitError("missing-unit", f"`{text}` has no unit", f"add {wanted}")
    if _MORE_DIGITS.match(unit_text):
        raise _in_pieces(text)
    number = read(number_text)
    try:
        return Quantity(number, parse_unit(unit_text))
    except UnitError as error:
        if error.counted is not None:
            multiple, unit = error.counted
            amount = exact_decimal(Fraction(number) * multiple)
            basis = _split_basis(" ".join(unit_text.split()))[1]
            shown = f"{amount:,f} {Unit(unit, '', multiple, basis)}".replace(",", "_")
            error.hint = f"write `{shown}`: one is {multiple_text(multiple)} {unit}"
        raise


def _in_pieces(text: str) -> NumberError:
    """The finding on digits that follow a number: they are part of it, or no one can tell."""
    match = _IN_PIECES.match(text.strip())
    number, unit = (match[1], match[2]) if match else (text, "")
    meant = spelled(number)
    hint = (
        f"write `{f'{meant} {unit}'.strip()}`"
        if meant is not None
        else "write one number, then its unit; what counts a unit is a word or a power of ten,"
        " such as `thousand` or `10^4`"
    )
    return NumberError("not-a-number", f"`{number}` is not one number", hint)
