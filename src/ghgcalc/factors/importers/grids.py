"""National electricity factors outside China, the UK and the US: one pack per publisher, edition.

Files: CSV transcriptions of the publishers' tables, in any order; every row must be taken by a
pack or named as left out. The packs are written to `folder`/<publisher>/<edition>.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    lookup,
    read_csv,
    transcription,
    write_pack,
)
from ghgcalc.factors.importers.grid_editions import EDITIONS, REGIONS
from ghgcalc.factors.importers.grid_left_out import LEFT_OUT, LEFT_OUT_STARTS, LEFT_OUT_TABLES
from ghgcalc.factors.importers.grid_types import Edition, Pick

_NEEDED = (
    "region_code", "region_name", "year", "published", "gas", "value", "unit", "kind", "source",
    "table", "note",
)  # fmt: skip
_UNIT = re.compile(r"(?P<mass>g|kg|t)(?P<gas>CO2e?)/(?P<per>kWh|MWh)")
_TABLES = {
    "electricity.csv": {"category": "purchased_electricity", "lifecycle": "combustion"},
    "losses.csv": {
        "category": "fuel_and_energy_related", "lifecycle": "t_and_d", "item": "electricity",
    },
    "upstream.csv": {"category": "fuel_and_energy_related", "lifecycle": "upstream"},
}  # fmt: skip
_FILES = {"losses": "losses.csv", "upstream": "upstream.csv"}
_OTHER_EXPORT = re.compile(r"other export \(v5\) says [\d.]+")
_UNION = re.compile(r"EU\d\d")
Numbered = tuple[str, Row]


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write one pack per publisher and edition.

    Raises:
        ImportSourceError: a file is not the expected one, or a row is in no pack and not left out.
    """
    lines: list[Numbered] = []
    for path in files:
        rows = enumerate(read_csv(path, _NEEDED), start=2)
        lines += [(f"{path.name} row {number}", row) for number, row in rows]
    _check_sources(lines)
    report: list[str] = []
    for edition in EDITIONS:
        tables = _tables(edition, lines)
        if not tables:
            sources = {pick.source for pick in edition.picks}
            if any(row["source"] in sources for _, row in lines):
                raise ImportSourceError(f"no row for {edition.publisher}-{edition.edition}")
            continue  # a source file that was not given
        target = folder / edition.publisher / edition.edition
        report += write_pack(target, _meta(edition), tables)
    if not report:
        raise ImportSourceError("expected rows of a known edition, found none")
    return report


def _check_sources(lines: list[Numbered]) -> None:
    taken = [pick for edition in EDITIONS for pick in edition.picks]
    for where, row in lines:
        known = (
            _remembered(row)
            or row["source"] in LEFT_OUT
            or row["source"].startswith(LEFT_OUT_STARTS)
            or (row["source"], row["table"]) in LEFT_OUT_TABLES
            or _UNION.fullmatch(row["region_code"])
            or any(_fits(pick, row) for pick in taken)
        )
        if not known:
            raise ImportSourceError(
                f"{where}: unknown source {row['source']!r}, {row['table']!r}, {row['kind']!r}"
            )


def _remembered(row: Row) -> bool:
    """Whether the figure itself has no document; a remark about another figure does not count."""
    return "from memory, unverified" in row["note"]


def _fits(pick: Pick, row: Row) -> bool:
    return (
        row["source"] == pick.source
        and row["kind"] == pick.kind
        and pick.table in ("", row["table"])
    )


def _tables(edition: Edition, lines: list[Numbered]) -> list[Table]:
    found: dict[str, list[Row]] = {}
    for pick in edition.picks:
        file = _FILES.get(pick.role, "electricity.csv")
        for where, line in lines:
            aggregate = _UNION.fullmatch(line["region_code"])
            undated = not line["year"]
            if not _fits(pick, line) or aggregate or undated or _remembered(line):
                continue
            skipped = line["region_code"] in pick.skip_regions
            if line["year"] not in pick.skip_years and not skipped:
                found.setdefault(file, []).append(_row(pick, line, where))
    return [
        Table(file, "factors", sorted(rows, key=_order), _constants(edition, file))
        for file, rows in found.items()
    ]


def _constants(edition: Edition, file: str) -> dict[str, str]:
    inside = edition.losses_inside and file == "electricity.csv"
    return _TABLES[file] | ({"includes_losses": "true"} if inside else {})


def _order(row: Row) -> tuple[str, str, str]:
    return row["region"], row["id"].rpartition(".")[0], row["year"]


def _row(pick: Pick, line: Row, where: str) -> Row:
    unit = _UNIT.fullmatch(line["unit"])
    if unit is None or unit["gas"] != line["gas"]:
        raise ImportSourceError(f"{where}: expected CO2 or CO2e per kWh, found {line['unit']!r}")
    if not re.fullmatch(r"\d{4}", line["year"]):
        raise ImportSourceError(f"{where}: year {line['year']!r} is not a year")
    code = REGIONS.get(line["region_code"], line["region_code"])
    if not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]+)*", code):
        raise ImportSourceError(f"{where}: region {code!r} is not a code")
    words = (code.lower(), pick.role, pick.technology, line["year"])
    row = {
        "id": ".".join(filter(None, words)),
        "name": line["region_name"],
        "technology": pick.technology,
        "region": code,
        "year": line["year"],
        "per": unit["per"],
        f"{unit['gas']} [{unit['mass']}]": exact(line["value"], where),
        "locator": ", ".join(filter(None, (line["table"] or line["source"], line["region_name"]))),
        "note": _note(line["note"]),
    }
    if pick.role == "upstream":
        losses = "T&D" in line["table"]
        row["item"] = "electricity_upstream_and_losses" if losses else "electricity_wtt_generation"
    elif pick.role != "losses":
        row["kind"] = lookup(_KINDS, pick.role, where)
    return row


_KINDS = {name: name for name in ("grid_average", "residual_mix", "marginal")}


def _note(text: str) -> str:
    match = _OTHER_EXPORT.search(text)
    return match.group() if match else ""


def _meta(edition: Edition) -> Meta:
    meta: Meta = {
        "pack": f"{edition.publisher}-{edition.edition}",
        "publisher": edition.publisher,
        "edition": edition.edition,
        "version": edition.version,
        "title": edition.title,
        "organisation": edition.organisation,
        "licence": edition.licence,
        "attribution": f"{edition.organisation}: {edition.title}",
    }
    if edition.version != "1.0":
        meta["supersedes"] = f"{meta['pack']}@1.0"
    if edition.published:
        meta["published"] = date.fromisoformat(edition.published)
    return {
        **meta,
        "year_rule": edition.year_rule,
        "gwp_set": edition.gwp_set,
        "finest_region": {"grid_average": edition.finest, "residual_mix": "country"},
        "evidence": transcription(edition.grade, "electricity factors", edition.via),
        "notes": list(edition.notes),
    }
