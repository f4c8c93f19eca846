"""Number formats of .xlsx that show another number, or a unit, than a cell stores.

`0" MWh"` shows `5 MWh` where 5 is stored, `0%` shows `5%` for 0.05, `0,` shows `5` for 5,000.
Readers of workbooks give what is stored. The styles are looked at first: most workbooks have no
such format, and their cells are not looked at again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from ghgcalc.core.text.sheet_layout import DAMAGED, corners

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path
    from typing import IO
    from xml.etree.ElementTree import Element

_STYLES = "xl/styles.xml"
_PERCENT = {"9": "0%", "10": "0.00%"}  # built in, of any workbook
_MAY_TELL = re.compile(rb"formatCode|numFmtId=[\"'](?:9|10)[\"']")
_TOKEN = re.compile(
    r"\"(?P<quoted>[^\"]*)\"|\\(?P<escaped>.)|[_*].|\[\$(?P<money>[^\]\-]*)(?:-[^\]]*)?\]"
    r"|\[(?P<bracket>[^\]]*)\]|(?P<general>General)|(?P<power>E[+\-])|(?P<digits>[0#?.,]+)"
    r"|(?P<bare>.)",
    re.IGNORECASE | re.DOTALL,
)
_CHUNK = 1 << 20
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]+)<")
_STYLE = re.compile(rb"\ss=[\"']([0-9]+)[\"']")
_KIND = re.compile(rb"\st=[\"'](\w+)[\"']")
_OF_DAYS = re.compile("[ymdhsgeb]", re.IGNORECASE)
_TELLS = re.compile(r"[^\W\d_]|[%$£€¥₹₩฿₫₺￥]")
_SECTION = re.compile(r"((?:\"[^\"]*\"|\\.|\[[^\]]*\]|[^;\"\\\[])*)(?:;|$)", re.DOTALL)


class Shown(NamedTuple):
    """How a format shows a number.

    Attributes:
        code: the format.
        thousands: by how many thousands the shown number is smaller than the stored one.
        percent: it is a hundred times as large, with `%`.
        text: what stands beside it.
    """

    code: str
    thousands: int = 0
    percent: bool = False
    text: str = ""

    @property
    def tells(self) -> bool:
        """Whether a reader of the sheet sees more, or another number, than is stored."""
        return self.percent or bool(self.thousands) or bool(_TELLS.search(self.text))


@dataclass(slots=True)
class Cells:
    """The cells of a column that a format shows: the first one's row and number, and how many."""

    row: int
    stored: str
    count: int = 0


@dataclass(slots=True)
class ShownCells:
    """The cells of a sheet whose format tells, by column from 0; how many others are numbers."""

    columns: dict[int, dict[Shown, Cells]] = field(default_factory=dict)
    others: dict[int, int] = field(default_factory=dict)


def shown_cells(path: Path, part: str, above: int, needed: Collection[str]) -> ShownCells:
    """The cells of numbers below a row whose format tells; none in most workbooks.

    Cells are found by their reference; those of writers that leave it out are not judged.

    Args:
        path: a workbook that can be read.
        part: the sheet's part.
        above: the row of the headings.
        needed: the letters of the columns that are looked at.
    """
    found = ShownCells()
    try:
        with ZipFile(path) as archive:
            styles = _telling(archive)
            if styles and needed:
                with archive.open(part.lstrip("/")) as source:
                    _look(source, _cells_of(needed), styles, above, found)
    except DAMAGED:  # said by the reader of the sheet
        return found
    return found


def _telling(archive: ZipFile) -> dict[str, Shown]:
    """The styles of cells whose format tells, by number."""
    from defusedxml.ElementTree import fromstring

    if _STYLES not in archive.namelist():
        return {}
    content = archive.read(_STYLES)
    if not _MAY_TELL.search(content):
        return {}
    styles: Element = fromstring(content, forbid_dtd=True)
    codes = dict(_PERCENT)
    for each in styles.iterfind("{*}numFmts/{*}numFmt"):
        codes[each.get("numFmtId", "")] = each.get("formatCode", "")
    known = {number: shown_as(code) for number, code in codes.items()}
    used = (each.get("numFmtId", "0") for each in styles.iterfind("{*}cellXfs/{*}xf"))
    made = ((str(place), known.get(number)) for place, number in enumerate(used))
    return {place: shown for place, shown in made if shown is not None and shown.tells}


def _cells_of(needed: Collection[str]) -> re.Pattern[bytes]:
    """Cells of some columns, and what stands before their end."""
    letters = "|".join(sorted(needed)).encode()
    place = rb"(?=[^>]*\sr=[\"'](" + letters + rb")([0-9]{1,7})[\"'])"
    return re.compile(rb"<(?:\w+:)?c" + place + rb"([^>]*[^>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)


def _look(
    source: IO[bytes],
    cells: re.Pattern[bytes],
    styles: dict[str, Shown],
    above: int,
    found: ShownCells,
) -> None:
    known = {style.encode(): shown for style, shown in styles.items()}
    for rows in _whole_rows(source):
        for letters, number, attributes, inside in cells.findall(rows):
            value, kind = _VALUE.search(inside), _KIND.search(attributes)
            if value is None or int(number) <= above or (kind and kind[1] != b"n"):
                continue
            style = _STYLE.search(attributes)
            shown = known.get(style[1]) if style else None
            column = corners(f"{letters.decode()}1")[1]
            if shown is None:
                found.others[column] = found.others.get(column, 0) + 1
                continue
            of = found.columns.setdefault(column, {})
            of.setdefault(shown, Cells(int(number), value[1].decode())).count += 1


def _whole_rows(source: IO[bytes]) -> Iterator[bytes]:
    text = b""
    while chunk := source.read(_CHUNK):
        text += chunk
        cut = text.rfind(b"row>") + 1
        yield text[:cut]
        text = text[cut:]
    yield text


def shown_as(code: str) -> Shown | None:
    """How a format shows a number above zero; None where it is one of days, times or texts.

    A format with conditions shows numbers in several ways: the first that tells is given.
    """
    sections = [section for section in _SECTION.findall(code) if section]
    read = [_section(section) for section in (sections if "[<" in code or "[>" in code else
                                              sections[:1])]  # fmt: skip
    known = [Shown(code, *each) for each in read if each is not None]
    return next((each for each in known if each.tells), known[0] if known else None)


def _section(text: str) -> tuple[int, bool, str] | None:
    digits, said, percent = "", "", False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "digits" or kind == "general":
            digits += match[0] if kind == "digits" else "0"
        elif kind in {"quoted", "escaped", "money"}:
            said += match[kind]
        elif kind == "bare" and match[0] == "%":
            percent = True
        elif kind == "bare":
            if _OF_DAYS.fullmatch(match[0]) or match[0] == "@":
                return None
            said += match[0]
        elif kind == "bracket" and re.fullmatch("(?i)h+|m+|s+", match[0][1:-1]):
            return None
    if not re.search("[0#?]", digits):
        return None
    whole, _, part = digits.partition(".")
    scale = len(whole) - len(whole.rstrip(",")) + len(part) - len(part.rstrip(","))
    return scale, percent, " ".join(said.split())
