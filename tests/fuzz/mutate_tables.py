"""Damage of tables: cells and rows of CSV, members and cells of workbooks, what gzip wraps."""

from __future__ import annotations

import csv
import gzip
import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from .mutate_bytes import BYTES, SCALARS, tokens

if TYPE_CHECKING:
    from random import Random

    from .mutate_bytes import Mutator

_CELLS = SCALARS
_LONGEST = 20_000_000
_XML = re.compile(rb'<[^>]{1,200}>|="[^"]*"|[^<>"]+')
_VALUES = (
    b"0", b"-1", b"1e400", b"99999999999", b"1048577", b"NaN", b"A1", b"XFE1", b"A0",
    b"A1:XFD1048576", b"ZZZZ9", b"s", b"b", b"e", b"str", b"inlineStr", b"d", b"n", b"",
    b"&lt;", b"&#0;", b"&x;", b"#REF!", b"\xff", b"Sheet", b"../x.xml", b"/etc/passwd",
    b"http://a/b", b"2024", b"45292", b"2958466", b"1" * 400,
)  # fmt: skip


def cells(rng: Random, data: bytes) -> bytes:
    """Change cells, rows or columns of a CSV file."""
    text = data.decode("utf-8", "surrogateescape")
    rows = list(csv.reader(io.StringIO(text.replace("\0", ""), newline="")))
    if not rows or not any(rows):
        return tokens(rng, data)
    for _ in range(rng.choice([1, 1, 2, 4])):
        _change_rows(rng, rows)
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator=rng.choice(["\n", "\n", "\r\n"])).writerows(rows)
    return made.getvalue().encode("utf-8", "surrogateescape")


def _change_rows(rng: Random, rows: list[list[str]]) -> None:
    """One change in place."""
    row = rng.choice(rows)
    at = rng.randrange(len(row)) if row else 0
    how = rng.randrange(9)
    if how == 0:
        rows.remove(row)
    elif how == 1:
        rows.insert(rng.randrange(len(rows) + 1), list(row))
    elif how == 2:
        times = rng.choice([1, 10, 3000])  # a file of hundreds of MB would only take its time
        rows += [list(row)] * max(1, min(times, _LONGEST // (1 + sum(map(len, row)))))
    elif how == 3 and row:
        del row[at]
    elif how == 4:
        row.insert(at, rng.choice(_CELLS))
    elif how == 5:
        for each in rows:
            each.insert(at, each[at] if at < len(each) else "")
    elif row:
        row[at] = rng.choice([*_CELLS, *rng.choice(rows or [["x"]])])
    if not rows:
        rows.append(["x"])


def unquoted(rng: Random, data: bytes) -> bytes:
    """Put a quote, a delimiter or a line end where none belongs."""
    place = rng.randrange(len(data) + 1)
    odd = rng.choice([b'"', b'""', b",", b";", b"\t", b"\n", b"\n\n", b"\r", b',"', b'"\n', b"\0"])
    return data[:place] + odd + data[place:]


def gzipped(rng: Random, data: bytes) -> bytes:
    """Change what a gzip file holds."""
    try:
        inner = gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return BYTES["bytes: flip"](rng, data)
    made = rng.choice([cells, unquoted, tokens, *BYTES.values()])(rng, inner)
    whole = gzip.compress(made, mtime=0)
    return whole * rng.choice([1, 1, 1, 2]) + rng.choice([b"", b"", b"tail"])


# ---- workbooks ----------------------------------------------------------------------------------


def members(rng: Random, data: bytes) -> bytes:
    """Change the XML of a workbook's member, or drop, repeat or rename one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (OSError, ValueError, EOFError, NotImplementedError, RuntimeError,
            zipfile.BadZipFile, zlib.error, struct.error):  # fmt: skip
        return BYTES["bytes: flip"](rng, data)
    if not found:
        return data
    at = rng.randrange(len(found))
    name, content = found[at]
    how = rng.randrange(12)
    if how == 0:
        del found[at]
    elif how == 1:
        found.append((name, content))
    elif how == 2:
        found[at] = (rng.choice(["xl/x.xml", "../x", name.upper(), name + "/", "x"]), content)
    elif how == 3:
        found[at] = (name, rng.choice(list(BYTES.values()))(rng, content))
    else:
        found[at] = (name, _xml(rng, content))
    return _zipped(found)


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    names: set[str] = set()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name)
            if name in names:  # written twice: the library warns, a hostile writer does not
                archive.NameToInfo.pop(name)
            names.add(name)
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _xml(rng: Random, content: bytes) -> bytes:
    """Change tags, attributes or texts of XML."""
    parts = _XML.findall(content)
    if not parts:
        return content
    for _ in range(rng.choice([1, 1, 2, 5])):
        at, other = rng.randrange(len(parts)), rng.randrange(len(parts))
        how = rng.randrange(6)
        if how == 0:
            parts[at] = b""
        elif how == 1:
            parts[at] = parts[at] + parts[other]
        elif how == 2:
            parts[at], parts[other] = parts[other], parts[at]
        elif parts[at].startswith(b"<") and b'="' in parts[at]:
            values = re.findall(rb'="[^"]*"', parts[at])
            parts[at] = parts[at].replace(rng.choice(values), b'="' + rng.choice(_VALUES) + b'"', 1)
        elif parts[at].startswith(b"<"):
            parts[at] = rng.choice(
                [b"<v>", b"</v>", b"<c>", b"<row/>", b"<!--", b"<![CDATA[", b"<f>1</f>"]
            )
        else:
            parts[at] = rng.choice([*_VALUES, *(text.encode("utf-8") for text in SCALARS)])
    return b"".join(parts)


_TAGS = (b"<v>", b"</v>", b"<c>", b"<row/>", b"<!--", b"<![CDATA[", b"<f>1</f>", b"<c r='B2'/>")
CSV: dict[str, Mutator] = {"table: cells": cells, "table: quotes": unquoted}
GZIP: dict[str, Mutator] = {"gzip: inside": gzipped}
XLSX: dict[str, Mutator] = {"xlsx: members": members}
