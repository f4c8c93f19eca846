"""A saved workbook (`ghgcalc compute -o inventory.xlsx`) as a side of a comparison.

Figures come from the sheet Exact figures, digit for digit those of the JSON. A workbook that a
reader changed is refused: its lines and totals must show these figures, and what was written into
it must have the digest that stands on Provenance.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import isclose
from typing import TYPE_CHECKING, Any

from ghgcalc.analysis.compare.saved import SavedError, figure, snapshot_of_record
from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.arguments import path_of, taken
from ghgcalc.core.numbers import ZERO
from ghgcalc.render.xlsx.book import letter
from ghgcalc.render.xlsx.exact import (
    APPLIED,
    BOTH,
    COLUMNS,
    EXACT,
    FACT_KINDS,
    LABELS,
    NEXT,
    SEALED,
    TIMES,
    seal_of_facts,
)
from ghgcalc.render.xlsx.lines import LINES, LOCATED, MARKET_, QTY
from ghgcalc.render.xlsx.read import PROVENANCE, read_workbook, stated_workbook
from ghgcalc.render.xlsx.seal import Seal, digest_of
from ghgcalc.render.xlsx.unknown import DASH

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.analysis.compare.misstatement import Stated
    from ghgcalc.analysis.compare.snapshot import Snapshot
    from ghgcalc.render.xlsx.read import Read

Record = dict[str, Any]
AGAIN = "write it again with `ghgcalc compute -o inventory.xlsx`"
_HELD = re.compile(r"(\d+) days; Scope ([123]); (\S+); from (\S+)")
_DAYS = re.compile(r"(\S+) to (\S+)")
_SHARE = 9


def snapshot_of_workbook(path: Path, label: str) -> Snapshot:
    """Read a saved workbook.

    Raises:
        TypeError: `path` is no path.
        SavedError: it is no inventory of ghgcalc, an older one, or one that was changed.
    """
    taken(label, str, "label", "a text")
    read = read_workbook(path_of(path, wanted="a saved workbook, as text or `Path`"))
    if EXACT not in read.values or not _sealed(read):
        raise SavedError(f"has no sealed sheet `{EXACT}`: a reader removed it, or an older ghgcalc"
                         f" wrote it; {AGAIN}")  # fmt: skip
    try:
        data = _record(read)
        _judge(read, data["lines"], stated_workbook(read))
        return snapshot_of_record(data, label)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError, ArithmeticError) as error:
        if isinstance(error, SavedError):
            raise
        raise SavedError(f"has a cell that ghgcalc did not write ({error}); {AGAIN}") from error


def _facts(read: Read) -> list[tuple[str, str, str]]:
    rows = [[str(cell or "") for cell in row[:3]] for row in read.values[PROVENANCE][1:]]
    return [(kind, name, text) for kind, name, text in rows if kind in FACT_KINDS]


def _sealed(read: Read) -> str:
    """The digest that stands on Provenance; empty where there is none."""
    rows = [row for row in read.values[PROVENANCE] if row[:2] == ["seal", EXACT]]
    return str(rows[0][3] or "") if rows and len(rows[0]) > 3 else ""


# ---- the record ------------------------------------------------------------------------------


def _record(read: Read) -> Record:
    facts = _facts(read)
    days = _DAYS.fullmatch(read.fact("days"))
    if days is None:
        raise SavedError(f"does not say its days on `{PROVENANCE}`; {AGAIN}")
    boundary = read.fact("boundary")
    rows = _rows(read)
    return {
        "organization": read.fact("organization"),
        "period": {"name": read.fact("period"), "first": days[1], "last": days[2]},
        "boundary": None if boundary == "every line" else boundary,
        "consolidation_approach": read.fact("consolidation approach").replace(" ", "_"),
        "gwp_set": read.fact("GWP set").partition(",")[0],
        "facilities": [_site(name, text) for kind, name, text in facts if kind == "facility"],
        "consolidated_days": [_held(name, t) for kind, name, t in facts if kind == "days held"],
        "units": [_unit(name, text) for kind, name, text in facts if kind == "unit"],
        "intensities": [_metric(name, text) for kind, name, text in facts if kind == "metric"],
        "corrections": [name for kind, name, _ in facts if kind == "correction"],
        "instruments": [_instrument(name, t) for kind, name, t in facts if kind == "instrument"]
        or [{"id": row[13], "type": row[14]} for row in rows if row[14]],
        "factors": [{"factor": row[18], "per": row[19]} for row in rows if row[18]],
        "not_stated": {
            method: [name for kind, name, text in facts if (kind, text) == ("not stated", label)]
            for method, label in LABELS.items()
        },
        "lines": _lines(rows),
    }


def _rows(read: Read) -> list[list[str]]:
    head, *rows = read.values[EXACT]
    wanted = [column.heading for column in COLUMNS]
    if [str(cell) for cell in head[: len(wanted)]] != wanted:
        raise SavedError(f"has other headings on `{EXACT}` than ghgcalc writes; {AGAIN}")
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return [row for row in texts if any(row)]


def _site(name: str, text: str) -> Record:
    *days, place = text.split(NEXT)
    known: Record = dict.fromkeys(("opened", "closed", "acquired", "divested"))
    for day in days:
        key, _, known_day = day.partition(" ")
        known[key] = known_day
    return {"facility": name, **known, "inside": place == "in the boundary"}


def _held(name: str, text: str) -> Record:
    match = _HELD.fullmatch(text)
    if match is None:
        raise ValueError(f"days held `{text}`")
    days, scope, category, source = match.groups()
    return {"facility": name, "source_category": source, "scope": scope, "category": category,
            "days": days}  # fmt: skip


def _instrument(name: str, text: str) -> Record:
    volume, kind, market, rejected = text.split(NEXT, 3)
    return {"id": name, "type": kind, "market": market,
            "not_applied": "" if rejected == APPLIED else rejected,
            "volume_mwh": figure(volume.removesuffix(" MWh"))}  # fmt: skip


def _unit(name: str, text: str) -> Record:
    size, _, dimension = text.partition(" ")
    return {"unit": name, "size": figure(size), "dimension": dimension}


def _metric(name: str, text: str) -> Record:
    value, _, unit = text.partition(" ")
    return {"metric": name, "value": figure(value), "unit": f"tCO2e/{unit}"}


def _lines(rows: list[list[str]]) -> list[Record]:
    """Lines with the parts of each method; rows of a line have one id and one head."""
    found: dict[tuple[str, ...], Record] = {}
    for row in rows:
        key = tuple(row[:11])
        line = found.get(key)
        if line is None:
            line = found[key] = _head(row)
        for method in (LOCATION, MARKET):
            if row[11] in (BOTH, LABELS[method]):
                line[method] = line[method] or {"parts": []}
                line[method]["parts"].append(_part(row))
    return list(found.values())


def _head(row: list[str]) -> Record:
    names = ("id", "activity", "facility", "country", "scope", "category", "source_category",
             "item")  # fmt: skip
    head = dict(zip(names, row[:8], strict=True))
    return {**head, "weight": figure(row[_SHARE]),
            "quantity": {"value": figure(row[10]), "unit": row[8]},
            LOCATION: None, MARKET: None}  # fmt: skip


def _part(row: list[str]) -> Record:
    return {
        "source": row[12], "instrument": row[13], "quantity": figure(row[15]), "unit": row[16],
        "steps": [{"value": figure(text)} for text in row[17].split(TIMES) if text],
        "factor": row[18] or None, "gases": [_gas(text) for text in row[20].split(NEXT) if text],
        "unspecified_tco2e": figure(row[21]),
    }  # fmt: skip


def _gas(text: str) -> Record:
    amount, _, gwp = text.partition(TIMES)
    gas, _, kg = amount.rpartition(" ")
    return {"gas": gas, "kg": figure(kg), "gwp": figure(gwp)}


# ---- whether it is as written ----------------------------------------------------------------


def _judge(read: Read, lines: list[Record], stated: Stated) -> None:
    """Refuse a workbook whose lines or totals show other figures, or that was written into."""
    by_id = {line["id"]: line for line in lines}
    shown = {}
    for place, row in enumerate(read.values[LINES][1:], 2):
        if row[0] is not None:
            shown[str(row[0])] = row
            if str(row[0]) not in by_id:
                raise _changed(f"{LINES}!A{place} shows `{row[0]}`, which `{EXACT}` does not hold")
            _line(place, row, by_id[str(row[0])])
    for name in by_id.keys() - shown.keys():
        raise _changed(f"{LINES} has no line `{name}`, which `{EXACT}` holds")
    for (scope, method), total in stated.totals.items():
        wanted = sum((_tonnes(line, method) or ZERO for line in lines
                      if int(line["scope"]) == scope), ZERO)  # fmt: skip
        if not _near(float(total), wanted):
            words = f"Scope {scope} {LABELS[method]}"
            raise _changed(f"Summary shows {float(total):.12g} t in {words}, its lines"
                           f" {float(wanted):.12g} t")  # fmt: skip
    if digest_of([*_seals(read), seal_of_facts(_facts(read))]) != _sealed(read):
        raise _changed("a text or an input is not the one written")


def _line(place: int, row: list[Any], line: Record) -> None:
    figures = ((_SHARE, Fraction(line["weight"])), (QTY, Fraction(line["quantity"]["value"])),
               (LOCATED, _tonnes(line, LOCATION)), (MARKET_, _tonnes(line, MARKET)))  # fmt: skip
    for column, wanted in figures:
        if not _near(row[column], wanted):
            written = "nothing" if wanted is None else f"{float(wanted):.12g}"
            raise _changed(f"{LINES}!{letter(column)}{place} shows {row[column]}, ghgcalc wrote"
                           f" {written}")  # fmt: skip


def _changed(what: str) -> SavedError:
    return SavedError(
        f"was changed since ghgcalc wrote it: {what}; see what was changed with `ghgcalc verify`,"
        f" enter it in the company file, and {AGAIN}"
    )


def _tonnes(line: Record, method: str) -> Fraction | None:
    if line[method] is None:
        return None
    return sum(
        (
            Fraction(part["unspecified_tco2e"])
            + sum((Fraction(g["kg"]) * Fraction(g["gwp"]) / 1000 for g in part["gases"]), ZERO)
            for part in line[method]["parts"]
        ),
        ZERO,
    )


def _near(shown: Any, wanted: Fraction | None) -> bool:
    shown = None if shown == DASH else shown
    if wanted is None or shown is None:
        return wanted is None and shown is None
    return isinstance(shown, int | float) and isclose(
        shown, float(wanted), rel_tol=1e-9, abs_tol=1e-9
    )


def _seals(read: Read) -> list[Seal]:
    found = []
    for sheet in SEALED:
        seal = Seal(sheet)
        found.append(seal)
        pairs = zip(read.formulas.get(sheet, ()), read.values.get(sheet, ()), strict=True)
        for row, (live, stored) in enumerate(pairs):
            for column, (cell, value) in enumerate(zip(live, stored, strict=True)):
                formula = isinstance(cell, str) and cell.startswith("=") and cell != value
                if not formula:
                    seal.add(row, column, value)
    return found
