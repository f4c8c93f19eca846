"""Japan's electricity coefficients: the yearly list of the ministries (電気事業者別排出係数).

File: the text of the publisher's PDF in UTF-8, as `pdftotext -layout` writes it. Read is its last
table, the network utilities with the national average and the substitute value; suppliers' own
coefficients are market-based and stand in the company file under `suppliers:`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    one_file,
    transcription,
    write_pack,
)

REIWA = 2018  # the year before the first of the era
OKINAWA = "沖縄電力(株)"
NETWORKS = "【一般送配電事業者】"
_YEAR = re.compile(r"令和(\d+)年度の温室効果ガス排出量を算定する際に用いる係数です")
_DAY = re.compile(r"^\s*(\d{4})/(\d{1,2})/(\d{1,2})\s*$", re.MULTILINE)
_PAGE = re.compile(r"(\d+) / \d+ ページ")
_UTILITY = re.compile(r"^\s*(\d+) (\S+)\s+(0\.\d{6})\s+(0\.\d{6})(?:\s|$)", re.MULTILINE)
_AVERAGE = re.compile(r"^\s*全国平均係数\(t-CO₂/kWh\)\s+(0\.\d{6})\s*$", re.MULTILINE)
_SUBSTITUTE = re.compile(r"^\s*代替値\s+(0\.\d{6})\s*$", re.MULTILINE)
_EARLIER = {2025: "moe-japan-2026@1.0"}  # packs with this list's figures, by its year of use
_VIA = (
    "text of the publisher's PDF (pdftotext) in japan-gx-group/OpenGreenTrack,"
    " scripts/official-factors/data/denki.txt, commit 2f30ea65ef3d"
)
_NOTES = (
    "CO2 only: no CH4 or N2O is published.",
    "JP is the national average (全国平均係数), which the nine network utilities but Okinawa's use"
    " in place of a coefficient of their own.",
    "JP-47 is Okinawa Electric Power as network utility, basic coefficient (基礎排出係数), the same"
    " as adjusted. The list without adjustments (未調整), of which moe-japan-2026 has 0.000722, is"
    " another document and not at hand.",
    "The substitute value (代替値) is for power whose supplier has no coefficient:"
    " `kind: supplier`, so no line takes it by itself. State it under `suppliers:` where the rule"
    " asks for it.",
)


class Coefficients(NamedTuple):
    """What the last table says, t CO2 per kWh as printed, and where."""

    year: int
    published: date
    page: str
    average: str
    okinawa: str
    substitute: str


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of one list.

    Raises:
        ImportSourceError: the text is not the list, or its table is not as known.
    """
    path = one_file(files, "the text of the list")
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ImportSourceError(f"{path.name}: {error}") from error
    found = _read(text, path.name)
    constants = {"category": "purchased_electricity", "lifecycle": "combustion", "per": "kWh"}
    rows = list(_rows(found))
    return write_pack(folder, _meta(found), [Table("electricity.csv", "factors", rows, constants)])


def _read(text: str, source: str) -> Coefficients:
    head, mark, tail = text.partition(NETWORKS)
    if not mark:
        raise ImportSourceError(f"{source}: no table {NETWORKS}")
    pages = _PAGE.findall(head)
    day = _only(_DAY, head, f"{source}: day of the list")
    found = Coefficients(
        REIWA + int(_only(_YEAR, head, f"{source}: year of use")[0]),
        date(int(day[0]), int(day[1]), int(day[2])),
        pages[-1] if pages else "",
        _only(_AVERAGE, tail, f"{source}: national average")[0],
        _okinawa(tail, source),
        _only(_SUBSTITUTE, tail, f"{source}: substitute value")[0],
    )
    _check_average(tail, found.average, source)
    return found


def _only(pattern: re.Pattern[str], text: str, what: str) -> tuple[str, ...]:
    hits = [match.groups() for match in pattern.finditer(text)]
    if len(hits) != 1:
        raise ImportSourceError(f"{what}: expected once, found {len(hits)} times")
    return hits[0]


def _okinawa(tail: str, source: str) -> str:
    hits = [match for match in _UTILITY.finditer(tail) if match[2] == OKINAWA]
    if len(hits) != 1 or hits[0][3] != hits[0][4]:
        raise ImportSourceError(f"{source}: expected one row {OKINAWA}, basic as adjusted")
    return hits[0][3]


def _check_average(tail: str, average: str, source: str) -> None:
    """Nine utilities print the national average; otherwise it is not what the list says."""
    others = [match for match in _UTILITY.finditer(tail) if match[2] != OKINAWA]
    if [match[1] for match in others] != [str(number) for number in range(1, 10)]:
        raise ImportSourceError(f"{source}: expected nine network utilities besides {OKINAWA}")
    for match in others:
        if (match[3], match[4]) != (average, average):
            raise ImportSourceError(f"{source}: {match[2]} is {match[3]}, the average {average}")


def _rows(found: Coefficients) -> tuple[Row, ...]:
    place = f"p. {found.page}, {NETWORKS}"
    rows = (
        ("jp.grid_average", "Japan, national average", "JP", "grid_average", found.average,
         "全国平均係数"),
        ("jp-47.grid_average", "Japan, Okinawa", "JP-47", "grid_average", found.okinawa,
         f"{OKINAWA}, 基礎排出係数"),
        ("jp.supplier", "Japan, substitute for suppliers without a coefficient", "JP", "supplier",
         found.substitute, "代替値"),
    )  # fmt: skip
    return tuple(
        {
            "id": f"{name}.{found.year}", "name": label, "region": region,
            "technology": "substitute" if kind == "supplier" else "", "year": str(found.year),
            "kind": kind, "CO2 [t]": value, "locator": f"{place}, {line}",
        }
        for name, label, region, kind, value, line in rows
    )  # fmt: skip


def _meta(found: Coefficients) -> Meta:
    edition = f"{found.published:%Y-%m}"
    return {
        "pack": f"moe-japan-{edition}",
        "publisher": "moe-japan",
        "edition": edition,
        "version": "1.0",
        "title": f"Japan, electricity coefficients for emissions of fiscal year {found.year} (April"
        f" {found.year} to March {found.year + 1}), list as of {found.published.isoformat()}",
        "organisation": "Ministry of the Environment; Ministry of Economy, Trade and Industry",
        "url": "https://policies.env.go.jp/earth/ghg-santeikohyo/calc.html",
        "licence": "Public Data License 1.0 of Japan, compatible with CC BY 4.0",
        "attribution": "温室効果ガス排出量 算定・報告・公表制度 (Ministry of the Environment;"
        " Ministry of Economy, Trade and Industry); text by Japan GX Group, three figures taken"
        " from it",
        "published": found.published,
        **({"supersedes": _EARLIER[found.year]} if found.year in _EARLIER else {}),
        "year_rule": "edition",
        "gwp_set": "unstated",
        "finest_region": {"grid_average": "country", "residual_mix": "country"},
        "evidence": transcription("B", "network utilities (一般送配電事業者)", _VIA),
        "notes": list(_NOTES),
    }
