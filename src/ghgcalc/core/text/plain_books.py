"""Whether an .xlsx sheet is one that every reader of workbooks reads alike.

calamine is many times as fast as openpyxl and gives the same values, but not of everything: an
error such as `#N/A` is an empty cell, a formula without value too, rows out of order are lost, and
long numbers, rich texts and odd formats of days come out otherwise. A look at the XML tells: where
one of these may stand, or anything else that is not known, the sheet is read the careful way.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZipFile

from ghgcalc.core.text.sheet_layout import DAMAGED, MAX_ROW, corners

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO
    from xml.etree.ElementTree import Element

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_CHUNK = 1 << 20
# escapes, phonetic and rich texts, comments, line ends that are not one sign
_TEXTS = (b"_x", b"<rPh", b"<r>", b"<r ", b"<!", b"\r", b":t>", b":r>")
# and errors, ISO days, formulas, hidden rows, attributes in other quotes, cells without a place
_CELLS = (
    *_TEXTS,
    b't="e"',
    b't="d"',
    b"<f",
    b"hidden",
    b"='",
    b"<v ",
    b"<c>",
    b"<c/",
    b":f",
    b":v>",
)
# numbers of more digits than a binary one holds
_LONG = re.compile(rb"<v>-?[0-9]{16}")
_AFTER = re.compile(rb"<mergeCell|<sheetData|<row")
_ROW = re.compile(rb"(?:\s[\w:.]+=\"[^\"]*\")*?\sr=\"([0-9]{1,7})\"")
_PLACES = re.compile(rb"<(?:row\b[^>]*?|c) r=\"([A-Z0-9]+)\"")
_REFERENCE = re.compile(rb"<c r=\"([A-Z0-9]{2,10})\"")
_STYLE = re.compile(rb" s=\"([0-9]{1,6})\"")
_BUILT_IN = frozenset({*range(14), 14, 15, 16, 17, 22, *range(37, 45), 48, 49})
_UNSAID = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|General", re.IGNORECASE)
_OF_DAYS = re.compile(r"[ymdhs\-/.:, ;@]*(am/pm)?[;@ ]*", re.IGNORECASE)


class PlainSheet(NamedTuple):
    """The part of a sheet, and how far its cells reach."""

    part: str
    height: int
    width: int


def sheet_names(path: Path) -> dict[str, str] | None:
    """The sheets of a workbook, each with its part; None where it is not a plain one.

    Plain are days counted from 1900, in formats that are read alike, and texts without extras.
    """
    try:
        with ZipFile(path) as archive:
            book = _tree(archive, "xl/workbook.xml")
            if not _plain_formats(_tree(archive, "xl/styles.xml")):
                return None
            if "xl/sharedStrings.xml" in archive.namelist():
                with archive.open("xl/sharedStrings.xml") as texts:
                    if not _plain_texts(texts):
                        return None
            return _sheets(book, _tree(archive, "xl/_rels/workbook.xml.rels"))
    except DAMAGED:
        return None


def plain_sheet(path: Path, part: str) -> PlainSheet | None:
    """How far a sheet reaches; None where something in it is not read alike by all readers."""
    try:
        with ZipFile(path) as archive, archive.open(part) as source:
            styles = len(_tree(archive, "xl/styles.xml").findall(f"{_MAIN}cellXfs/{_MAIN}xf"))
            extent = _extent(source, styles)
    except DAMAGED:
        return None
    return PlainSheet(part, *extent) if extent else None


def _tree(archive: ZipFile, part: str) -> Element:
    from defusedxml.ElementTree import fromstring

    found: Element = fromstring(archive.read(part), forbid_dtd=True)
    return found


def _sheets(book: Element, relations: Element) -> dict[str, str] | None:
    if book.tag != f"{_MAIN}workbook":
        return None
    settings = book.find(f"{_MAIN}workbookPr")
    if settings is not None and settings.get("date1904", "0") not in {"0", "false"}:
        return None
    parts = {each.get("Id"): each for each in relations.findall(f"{_PACKAGE}Relationship")}
    found: dict[str, str] = {}
    for sheet in book.findall(f"{_MAIN}sheets/{_MAIN}sheet"):
        relation = parts.get(sheet.get(f"{_OFFICE}id"))
        name = sheet.get("name")
        if relation is None or not name or name in found:
            return None
        target = relation.get("Target", "")
        if not relation.get("Type", "").endswith("/worksheet") or ".." in target:
            return None
        found[name] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _plain_formats(styles: Element) -> bool:
    """Whether all readers agree which formats in use are those of days."""
    stated = {
        each.get("numFmtId"): each.get("formatCode", "")
        for each in styles.findall(f"{_MAIN}numFmts/{_MAIN}numFmt")
    }
    used = {each.get("numFmtId", "0") for each in styles.findall(f"{_MAIN}cellXfs/{_MAIN}xf")}
    return all(
        _plain_code(stated[each]) if each in stated else int(each) in _BUILT_IN for each in used
    )


def _plain_code(code: str) -> bool:
    bare = _UNSAID.sub("", code)
    if not re.search("[dmhysge]", bare, re.IGNORECASE):
        return "[" not in bare
    return bool(_OF_DAYS.fullmatch(bare)) and bool(re.search("[dy]", bare, re.IGNORECASE))


def _plain_texts(source: IO[bytes]) -> bool:
    before = b""
    while chunk := source.read(_CHUNK):
        # the declaration may end its line in either way
        text = before + chunk if before else chunk.partition(b"<sst")[2]
        if not text or any(sign in text for sign in _TEXTS):
            return False
        before = text[-16:]
    return True


def _extent(source: IO[bytes], styles: int) -> tuple[int, int] | None:
    """Last row and width of a sheet whose rows and cells stand in order; None for others."""
    order = _Order()
    pieces = _pieces(source)
    if next(pieces, None) is None:
        return None
    for chunk in pieces:
        if chunk.startswith(b"</sheetData"):
            whole = not _AFTER.search(chunk) and b"</worksheet>" in chunk
            return (order.last, order.width) if whole else None
        if any(sign in chunk for sign in _CELLS) or _LONG.search(chunk):
            return None
        if any(int(each) >= styles for each in set(_STYLE.findall(chunk))):
            return None
        if not (order.alike(chunk) or order.rising(chunk)):
            return None
    return None


class _Order:
    """Whether row numbers and the places of cells rise.

    Attributes:
        last: the last row so far.
        width: how many columns have cells.
    """

    def __init__(self) -> None:
        self.last = self.width = 0
        self._known: dict[bytes, int] = {b"": 0}
        self._form: list[bytes] = []

    def alike(self, chunk: bytes) -> bool:
        """Whether all rows of a chunk have the cells of the last row seen."""
        found = _PLACES.findall(chunk)
        size = len(self._form)
        if (
            not size
            or len(found) % size
            or len(found) != chunk.count(b"<c ") + chunk.count(b"<row")
        ):
            return False
        numbers = found[::size]
        form = b" ".join(self._form)
        if b" ".join(form.replace(b"#", number) for number in numbers) != b" ".join(found):
            return False
        if not all(map(bytes.isdigit, numbers)):
            return False
        rows = [self.last, *map(int, numbers)]
        if any(row >= after for row, after in pairwise(rows)) or rows[-1] > MAX_ROW:
            return False
        self.last = rows[-1]
        return True

    def rising(self, chunk: bytes) -> bool:
        """Whether the rows of a chunk, and the cells of each, stand in order."""
        for row in chunk.split(b"<row")[1:]:
            match = _ROW.match(row)
            if match is None or not self.last < int(match[1]) <= MAX_ROW:
                return False
            references = _REFERENCE.findall(row)
            if len(references) != row.count(b"<c "):
                return False
            number = match[1] + b" "
            letters = (b" ".join(references) + b" ").replace(number, b" ") if references else b""
            if letters not in self._known:
                self._known[letters] = _rising(letters)
                if not self._known[letters]:
                    return False
            self.last, self.width = int(match[1]), max(self.width, self._known[letters])
            if references:
                self._form = [b"#", *(each + b"#" for each in letters.split())]
        return True


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    """What stands before the rows, then whole rows in chunks, then all from their end on."""
    text = source.read(_CHUNK)
    head = text.find(b"<sheetData>")
    if head < 0 or not text.startswith((b"<?xml", b"<worksheet")) or b"\0" in text[:head]:
        return
    yield text[:head]
    text = text[head + len(b"<sheetData>") :]
    while (end := text.find(b"</sheetData>")) < 0:
        cut = text.rfind(b"<row")
        if cut > 0:
            yield text[:cut]
            text = text[cut:]
        more = source.read(_CHUNK)
        if not more:
            return
        text += more
    if end:
        yield text[:end]
    yield text[end:] + source.read()


def _rising(letters: bytes) -> int:
    """One more than the place of the last column, where they rise and are all letters; else 0."""
    before = -1
    for each in letters.decode().split():
        if not each.isalpha():
            return 0
        column = corners(f"{each}1")[1]
        if column <= before:
            return 0
        before = column
    return before + 1
