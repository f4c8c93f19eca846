"""The tables of an announcement's annex (MEE), from its text as `pdftotext -layout` writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ghgcalc.factors.importers.common import ImportSourceError, Meta, sha256

_TITLE = re.compile(r"^\s*表\s*(\d)\s+(\d{4})\s*年(\S+)\s*$")
_UNIT = re.compile(r"因子（(kgCO2e?/kWh)[)）]\s*$")
_ROW = re.compile(r"^\s*(\S+)\s+(\d\.\d{4})\s*$")
_PAGE = re.compile(r"^\s*— (\d+) —\s*$")


class Printed(NamedTuple):
    """One printed figure: table, what its row is called, value as printed, unit, year, page."""

    number: str
    title: str
    label: str
    value: str
    unit: str
    year: str
    page: str

    @property
    def locator(self) -> str:
        """Page, table and row."""
        return f"p. {self.page}, 表{self.number} {self.title}, {self.label}"


def annex(files: Sequence[Path]) -> tuple[Path, Path]:
    """The PDF and its text among the files of an import.

    Raises:
        ImportSourceError: there is no such pair.
    """
    pdf = [path for path in files if path.suffix == ".pdf"]
    text = [path for path in files if path.suffix == ".txt"]
    if len(pdf) != 1 or len(text) != 1 or pdf[0].stem != text[0].stem:
        raise ImportSourceError("expected one PDF and its text, such as 2023.pdf and 2023.txt")
    return pdf[0], text[0]


def publisher_pdf(pdf: Path, figures: Sequence[Printed], table: str) -> Meta:
    """Evidence of figures read in the publisher's own PDF."""
    pages = sorted({int(each.page) for each in figures})
    return {
        "class": "publisher_pdf",
        "file": pdf.name,
        "sha256": sha256(pdf),
        "page": ", ".join(map(str, pages)),
        "table": table,
    }


def read_annex(path: Path) -> list[Printed]:
    """Every figure of the annex, in order.

    Raises:
        ImportSourceError: a line is neither heading nor row, or a table lacks its unit.
    """
    try:
        lines = path.read_text("utf-8").replace("\f", "\n").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ImportSourceError(f"{path.name}: {error}") from error
    found: list[Printed] = []
    page: list[Printed] = []
    number = title = year = unit = ""
    for at, line in enumerate(lines, 1):
        if match := _TITLE.match(line):
            number, year, title, unit = match[1], match[2], match[3], ""
        elif match := _UNIT.search(line):
            unit = match[1]
        elif match := _ROW.match(line):
            if not (number and unit):
                raise ImportSourceError(f"{path.name} line {at}: a figure outside of a table")
            page.append(Printed(number, title, match[1], match[2], unit, year, ""))
        elif match := _PAGE.match(line):
            found += [each._replace(page=match[1]) for each in page]
            page = []
        elif number and line.strip():
            raise ImportSourceError(f"{path.name} line {at}: unexpected {line.strip()!r}")
    if page or not found:
        raise ImportSourceError(f"{path.name}: expected tables on numbered pages")
    return found
