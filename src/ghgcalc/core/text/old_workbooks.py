"""Old workbooks (`.xls`): whether their structure holds, before a compiled reader follows it.

An old workbook is a small file system: sectors in chains, streams of records. A chain that bites
its own tail, or a stated size of gigabytes, takes the reader's memory until the process dies, and
no exception tells of it. So the chains, the stated sizes and the places of cells are read first.
"""

from __future__ import annotations

import struct
from array import array
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.text.sheet_layout import too_far

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
MAX_CELLS = 5_000_000
MAX_ROWS, MAX_COLUMNS = 65_536, 256
_MAX_SHEETS = 1_000
_MARKS = 0xFFFFFFFA  # sector numbers from here on are marks, such as the end of a chain
_STREAM, _ROOT = 2, 5
_SYSTEM = 0x0022
_EOF, _SHEET, _STRINGS, _DIMENSIONS, _SEVERAL = 0x000A, 0x0085, 0x00FC, 0x0200, 0x00BD
# records of one cell, from all editions of the format: row and column come first
_CELLS = frozenset({0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205,
                    0x0206, 0x027E, 0x0406, _SEVERAL})  # fmt: skip


class _Broken(ValueError):  # noqa: N818 - caught here, never shown as an error
    """What is wrong with the structure; the message ends a sentence."""


class _Entry(NamedTuple):
    """An entry of the file's directory."""

    name: str
    kind: int
    start: int
    size: int


def unsound_xls(path: Path) -> str:
    """Why an old workbook is not read, as the end of a sentence; empty where it may be.

    Raises:
        OSError: the file cannot be read at all.
    """
    try:
        stream = _Compound(path.read_bytes()).workbook()
        _judge_records(stream)
    except _Broken as error:
        return str(error)
    except (struct.error, LookupError) as error:
        return f"cannot be read as a workbook: {error}"[:120]
    return ""


def counts_from_1904(path: Path) -> bool:
    """Whether an old workbook, whose structure holds, counts its days from 1904.

    Raises:
        OSError: the file cannot be read at all.
    """
    raw = path.read_bytes()
    if not raw.startswith(MAGIC):  # a new workbook under an old name
        return False
    records = _records(_Compound(raw).workbook(), 0)
    return any(kind == _SYSTEM and content[:1] == b"\x01" for kind, content in records)


# ---- the file system ----------------------------------------------------------------------------


class _Compound:
    """The sectors of a compound file (MS-CFB)."""

    def __init__(self, raw: bytes) -> None:
        if not raw.startswith(MAGIC):
            raise _Broken("is not a readable workbook: neither .xls nor .xlsx")
        self.raw = raw
        shift, mini = struct.unpack_from("<HH", raw, 0x1E)
        if (shift, mini) not in ((9, 6), (12, 6)):
            raise _Broken("has sectors of an unknown size")
        self.size = 1 << shift
        (self.cutoff,) = struct.unpack_from("<I", raw, 0x38)
        directory, mini_start = (struct.unpack_from("<I", raw, at)[0] for at in (0x30, 0x3C))
        for at in (0x28, 0x2C, 0x40, 0x48):
            self._fits(struct.unpack_from("<I", raw, at)[0] * self.size)
        self.table = self._numbers(self._table_sectors())
        self.entries = list(self._directory(self._joined(directory)))
        self.mini_table = self._numbers(self._chain(mini_start, self.table))

    def _fits(self, size: int) -> None:
        """Nothing in a file is larger than the file; small ones may round up."""
        if size > max(len(self.raw), 1 << 20):
            raise _Broken(f"states a part of {size:,} bytes, more than it has")

    def _sector(self, number: int) -> bytes:
        found = self.raw[(number + 1) * self.size : (number + 2) * self.size]
        if not found:
            raise _Broken(f"refers to its sector {number:,}, which it does not have")
        return found

    def _numbers(self, sectors: list[int]) -> array[int]:
        whole = b"".join(self._sector(number) for number in sectors)
        return array("I", struct.unpack(f"<{len(whole) // 4}I", whole[: len(whole) // 4 * 4]))

    def _table_sectors(self) -> list[int]:
        """The sectors of the table of chains: 109 in the head, more in a chain of their own."""
        found = list(struct.unpack_from("<109I", self.raw, 0x4C))
        (at,) = struct.unpack_from("<I", self.raw, 0x44)
        seen = set()
        while at < _MARKS:
            if at in seen:
                raise _Broken("has a chain of sectors that leads back into itself")
            seen.add(at)
            *more, at = self._numbers([at])
            found += more
        return [number for number in found if number < _MARKS]

    def _chain(self, at: int, table: array[int]) -> list[int]:
        found: list[int] = []
        while at < _MARKS:
            if len(found) >= len(table) or at >= len(table):
                raise _Broken("has a chain of sectors that leads back into itself or out of it")
            found.append(at)
            at = table[at]
        return found

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._sector, self._chain(start, self.table)))

    def _directory(self, whole: bytes) -> Iterator[_Entry]:
        for at in range(0, len(whole) - 127, 128):
            length, kind = struct.unpack_from("<HB", whole, at + 64)
            start, size = struct.unpack_from("<IQ", whole, at + 116)
            if self.size == 512:  # the upper half is not defined
                size &= 0xFFFFFFFF
            if kind in (_STREAM, _ROOT) and size:
                self._fits(size)
                text = whole[at : at + min(max(length - 2, 0), 64)]
                yield _Entry(text.decode("utf-16-le", "replace"), kind, start, size)

    def workbook(self) -> bytes:
        """The stream of records; every chain of the file is followed.

        Raises:
            _Broken: a chain does not end, or there is no such stream.
        """
        roots = [entry for entry in self.entries if entry.kind == _ROOT]
        minis = self._joined(roots[0].start) if roots else b""
        found = b""
        for entry in self.entries:
            if entry.kind != _STREAM:
                continue
            whole = self._stream(entry, minis)
            if entry.name.lower() in ("workbook", "book"):
                found = found or whole
        if not found:
            raise _Broken("holds no workbook")
        return found

    def _stream(self, entry: _Entry, minis: bytes) -> bytes:
        if entry.size >= self.cutoff:
            return self._joined(entry.start)[: entry.size]
        numbers = self._chain(entry.start, self.mini_table)
        return b"".join(minis[at * 64 : at * 64 + 64] for at in numbers)[: entry.size]


# ---- the records --------------------------------------------------------------------------------


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records from a place on, to the end of their part."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _EOF:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _judge_records(stream: bytes) -> None:
    """Judge the stated sizes and the places of cells."""
    sheets: list[int] = []
    for kind, content in _records(stream, 0):
        if kind == _SHEET and len(content) >= 4:
            sheets += struct.unpack_from("<I", content)
        elif kind == _STRINGS and len(content) >= 8:
            (count,) = struct.unpack_from("<I", content, 4)
            if count > len(stream):
                raise _Broken(f"states {count:,} texts, more than it has")
    if len(sheets) > _MAX_SHEETS:
        raise _Broken(f"has {len(sheets):,} sheets")
    for place in dict.fromkeys(sheets):
        _judge_sheet(stream, place)


def _judge_sheet(stream: bytes, place: int) -> None:
    top, bottom, width = MAX_ROWS, 0, 0
    for kind, content in _records(stream, place):
        if kind == _DIMENSIONS:
            _judge_dimensions(content)
        elif kind in _CELLS and len(content) >= 6:
            row, column = struct.unpack_from("<HH", content)
            if kind == _SEVERAL:
                (column,) = struct.unpack_from("<H", content, len(content) - 2)
            top, bottom, width = min(top, row), max(bottom, row), max(width, column)
            if column >= MAX_COLUMNS:
                raise _Broken(f"has a cell in column {column + 1:,} of {MAX_COLUMNS}")
    if width and (bottom - top + 1) * (width + 1) > MAX_CELLS:
        raise _Broken(too_far(bottom + 1, width + 1, MAX_CELLS))


def _judge_dimensions(content: bytes) -> None:
    """The stated size of a sheet, for which a reader makes room at once."""
    if len(content) >= 14:
        first, last, left, right = struct.unpack_from("<IIHH", content)
    elif len(content) >= 8:
        first, last, left, right = struct.unpack_from("<HHHH", content)
    else:
        return
    if max(first, last) > MAX_ROWS or max(left, right) > MAX_COLUMNS:
        raise _Broken(f"states a sheet of {last:,} rows and {right:,} columns")
