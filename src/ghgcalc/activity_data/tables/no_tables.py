"""Files that are no tables, told by how they begin, and the option that reads them."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from pathlib import Path

_ATOM = (b"http://www.w3.org/2005/Atom", b"http://naesb.org/espi")
_SAVE = "save the data as CSV, .xlsx or .parquet"
_OTHERS = (
    (re.compile(rb"(?i)<(!doctype html|html|head|body|table|script|meta)\b"), "a web page", _SAVE),
    (re.compile(rb"\{\s*\"|\[\s*[\[{]"), "JSON", _SAVE),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "a workbook of old form", "name it `.xls`"),
    (re.compile(rb"PAR1"), "Parquet", "name it `.parquet`"),
    (re.compile(rb"\x1f\x8b"), "packed by gzip", "name it `.gz`"),
    (re.compile(rb"\x28\xb5\x2f\xfd"), "packed by zstd", "name it `.zst`"),
    (re.compile(rb"SQLite format 3\x00"), "a database", _SAVE),
)
_GREEN_BUTTON = "`read: {format: green_button}`"


class NoTable(NamedTuple):
    """What a file is, as the end of a sentence, what to do, and the format that reads it."""

    message: str
    hint: str
    format: str = ""


def no_table(path: Path, start: bytes) -> NoTable | None:
    """What a file is that begins so, where that is no table."""
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if text.startswith(b"%PDF-"):
        return NoTable("is a PDF, no table", "replace it by the data as CSV or workbook")
    if text.startswith((b"100,NEM12", b'"100","NEM12"')):
        return NoTable("is NEM12, no table", "state `read: {format: nem12}`", "nem12")
    if text.startswith((b"<?xml", b"<feed", b"<entry")):
        if any(name in start for name in _ATOM):
            hint = f"state {_GREEN_BUTTON}, which reads Green Button"
            return NoTable("is XML, no table", hint, "green_button")
        return NoTable(
            "is XML, no table", f"save it as CSV; Green Button is read by {_GREEN_BUTTON}"
        )
    for begins, what, hint in _OTHERS:
        if begins.match(text):
            return NoTable(f"is {what}, no table", hint)
    return _archive(path) if start.startswith(b"PK\x03\x04") else None


def _archive(path: Path) -> NoTable | None:
    """What an archive is; None for a workbook, and where it cannot be looked into."""
    try:
        with ZipFile(path) as archive:
            names = [name.lower() for name in archive.namelist()]
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError):
        return None
    if any(name.startswith(("xl/", "[content_types]")) for name in names):
        return None
    if any(name.endswith(".xml") for name in names):
        hint = f"state {_GREEN_BUTTON} if it is Green Button"
        return NoTable("is an archive of XML, no table", hint)
    hint = "unpack it, and name the files inside; zipped NEM12 is read by `read: {format: nem12}`"
    return NoTable("is an archive, no table", hint)
