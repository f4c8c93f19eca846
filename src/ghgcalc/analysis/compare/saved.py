"""A saved inventory (`ghgcalc compute -o inventory.json`) as a snapshot.

Saved numbers have 12 decimals. So that a saved and a computed inventory of the same figures do not
differ by a rounding, a comparison with a saved side reads the computed one through the same JSON.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ghgcalc.analysis.compare.snapshot import (
    FACTOR,
    MASSES,
    METHODS,
    REPORTED,
    REST,
    UNSPECIFIED,
    Contract,
    GasMass,
    SnapLine,
    SnapPart,
    Snapshot,
    in_line_units,
)
from ghgcalc.core.arguments import taken
from ghgcalc.core.period import Span
from ghgcalc.core.text.scripts import composed
from ghgcalc.core.units import Unit, parse_unit
from ghgcalc.inventory.held_days import HeldDays, Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCHEMA = "ghgcalc-inventory-1"
_FIGURE = re.compile(r"-?\d{1,200}(\.\d{1,200})?", re.ASCII)


class SavedError(ValueError):
    """A file that is not a saved inventory; the message says what is missing."""


def snapshot_of_json(text: str, label: str) -> Snapshot:
    """Read a saved inventory.

    Raises:
        TypeError: it is no text, such as the path of a file that holds it.
        SavedError: the text is not JSON, of another schema, or lacks a key.
    """
    taken(text, str, "text", "the text of a saved inventory")
    taken(label, str, "label", "a text")
    return snapshot_of_record(read_json(composed(text)), label)


def read_json(text: str) -> dict[str, Any]:
    """A saved inventory as a tree with exact numbers.

    Raises:
        SavedError: the text is not a saved inventory.
    """
    try:
        data = json.loads(text, parse_float=figure, parse_int=figure, parse_constant=figure)
    except json.JSONDecodeError as error:
        raise SavedError(f"is not JSON: {error.msg} in line {error.lineno}") from error
    except RecursionError as error:
        raise SavedError("is no saved inventory: it is nested too deeply") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise SavedError(f"is no saved inventory: its schema is not `{SCHEMA}`")
    return data


def figure(text: str) -> Decimal:
    """A number as ghgcalc writes it: digits, at most one point, no exponent.

    Raises:
        SavedError: it is written otherwise; an exponent could stand for any amount of memory.
    """
    if _FIGURE.fullmatch(text) is None:
        raise SavedError(
            f"holds `{text[:40]}`, which is no number as ghgcalc writes them;"
            " save the inventory again with `ghgcalc compute -o`"
        )
    return Decimal(text)


def snapshot_of_record(data: Mapping[str, Any], label: str) -> Snapshot:
    """The snapshot of a saved inventory's record; numbers may be texts.

    Raises:
        SavedError: a key is missing, or a value is none of its kind.
    """
    try:
        found = _snapshot(data, label)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        if isinstance(error, SavedError):
            raise
        raise SavedError(f"is not a complete inventory: {error}") from error
    left_out = any(str(note).startswith("not consolidated:") for note in data.get("notes") or ())
    if not found.lines and found.boundary is None and not left_out:
        raise SavedError(
            f"holds no activity data of {found.period}: nothing can be compared with it;"
            " name a period with data"
        )
    return found


def _snapshot(data: Mapping[str, Any], label: str) -> Snapshot:
    period = data["period"]
    span = Span(date.fromisoformat(period["first"]), date.fromisoformat(period["last"]))
    types = {use["id"]: use["type"] for use in data["instruments"]}
    pers = {factor["factor"]: factor["per"] for factor in data["factors"]}
    units = {
        item["unit"]: Unit(item["unit"], item["dimension"], Fraction(item["size"]))
        for item in data.get("units", ())
    }
    held = {
        HeldDays(item["facility"], item["source_category"], int(item["scope"]), item["category"]):
            Fraction(int(item["days"]), span.days)
        for item in data.get("consolidated_days", ())
    }  # fmt: skip
    corrections = frozenset(data.get("corrections", ()))
    lacking = {name: m for m, names in data.get("not_stated", {}).items() for name in names}
    return Snapshot(
        label,
        data["organization"],
        period["name"],
        span,
        data["boundary"],
        data["consolidation_approach"],
        data["gwp_set"],
        tuple(
            _line(_Read(units, types, pers, held, corrections, lacking), line)
            for line in data["lines"]
        ),
        _sites(data["facilities"]) if "facilities" in data else None,
        tuple(
            (item["metric"], item["unit"].removeprefix("tCO2e/"), Fraction(item["value"]))
            for item in data["intensities"]
        ),
        contracts=_contracts(data["instruments"]),
    )


def _contracts(items: Iterable[Mapping[str, Any]]) -> tuple[Contract, ...] | None:
    """The instruments of a record; None where it has no volumes, as older workbooks."""
    uses = list(items)
    if any("volume_mwh" not in use for use in uses):
        return None
    return tuple(sorted(
        Contract.of(use["id"], use["type"], use["market"] or "", Fraction(use["volume_mwh"]),
                    use["not_applied"] or "")
        for use in uses
    ))  # fmt: skip


def _sites(items: Iterable[Mapping[str, Any]]) -> dict[str, Site]:
    def day(text: str | None) -> date | None:
        return None if text is None else date.fromisoformat(text)

    return {
        item["facility"]: Site(
            day(item["opened"]), day(item["closed"]), day(item["acquired"]), day(item["divested"]),
            bool(item["inside"]),
        )
        for item in items
    }  # fmt: skip


class _Read(NamedTuple):
    """What lines refer to: own units, types of instruments, factors' units, days held."""

    units: Mapping[str, Unit]
    types: Mapping[str, str]
    pers: Mapping[str, str]
    held: Mapping[HeldDays, Fraction]
    corrections: frozenset[str]
    lacking: Mapping[str, str]

    def unit(self, text: str) -> Unit:
        """A unit by its text; those of the company file first."""
        return self.units.get(text) or parse_unit(text)


def _line(read: _Read, line: Mapping[str, Any]) -> SnapLine:
    unit = read.unit(line["quantity"]["unit"])
    weight = Fraction(line["weight"])
    quantity = Fraction(line["quantity"]["value"])
    parts = {method: _parts(read, line, method) for method in METHODS}
    kind = HeldDays(
        line["facility"] or "", line["source_category"], int(line["scope"]), line["category"]
    )
    return SnapLine(
        line["id"],
        line["activity"],
        line["facility"] or "",
        line["country"] or "",
        int(line["scope"]),
        line["category"],
        line["item"] or "",
        unit.dimension,
        weight,
        (quantity / weight if weight else quantity) * unit.size,
        corrects=line["activity"] in read.corrections,
        parts=parts,
        held=read.held.get(kind, Fraction(1)),
        source_category=line["source_category"],
        lacks=read.lacking.get(line["id"], ""),
    )


def _parts(read: _Read, line: Mapping[str, Any], method: str) -> tuple[SnapPart, ...]:
    written = (line[method] or {"parts": ()})["parts"]
    unit = read.unit(line["quantity"]["unit"])
    return in_line_units(
        [_part(read, part) for part in written],
        [read.unit(part["unit"]).dimension != unit.dimension for part in written],
        Fraction(line["quantity"]["value"]) * unit.size,
    )


def _part(read: _Read, part: Mapping[str, Any]) -> SnapPart:
    unit = read.unit(part["unit"])
    product = Fraction(1)
    for step in part["steps"]:
        product *= Fraction(step["value"])
    gases = [
        GasMass(gas["gas"], Fraction(gas["kg"]), Fraction(gas["gwp"]))
        for gas in part["gases"]
        if gas["gwp"] is not None
    ]
    rest = Fraction(part["unspecified_tco2e"])
    if rest:
        gases.append(GasMass(UNSPECIFIED, rest * 1000, Fraction(1)))
    factor = part["factor"]
    made = FACTOR if factor else REPORTED if part["source"] == REPORTED else MASSES
    return SnapPart(
        read.types.get(part["instrument"] or "", REST),
        Fraction(part["quantity"]) * unit.size,
        product / unit.size,
        read.pers.get(factor, "") if factor else "",
        made,
        tuple(gases),
    )
