"""Whether a workbook may be opened: no bombs, no macros, no entities, no paths out (XL-06)."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from pathlib import Path
    from zipfile import ZipInfo

MAX_PARTS = 2_000
MAX_BYTES = 512 * 1024 * 1024
MAX_RATIO = 100
# small parts of equal bytes compress well; only large ones are judged by their ratio
RATIO_FROM = 8 * 1024 * 1024
ENCRYPTED = 0x1


def refusal(path: Path) -> str:
    """Why a workbook is not opened, as the end of a sentence; empty where it may be.

    Only the directory of the archive and the head of each XML part are read.
    """
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
            reason = _sizes(parts) or _names(parts)
            return reason or next(filter(None, (_entities(archive, part) for part in parts)), "")
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
        return f"is not a readable workbook: {error}"


def _sizes(parts: list[ZipInfo]) -> str:
    if len(parts) > MAX_PARTS:
        return f"has {len(parts):,} parts, more than {MAX_PARTS:,}"
    whole = sum(part.file_size for part in parts)
    if whole > MAX_BYTES:
        return f"unpacks to {whole // 1024**2:,} MiB, more than {MAX_BYTES // 1024**2:,}"
    for part in parts:
        large = part.file_size > RATIO_FROM
        if large and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            return f"holds `{part.filename}`, which unpacks to more than {MAX_RATIO} times its size"
    return ""


def _names(parts: list[ZipInfo]) -> str:
    for part in parts:
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/"):
            return f"holds a part outside itself, `{part.filename}`"
        if part.flag_bits & ENCRYPTED:
            return "is protected by a password"
        if name.lower().endswith("vbaproject.bin"):
            return "holds macros; save it as .xlsx"
    return ""


def _entities(archive: ZipFile, part: ZipInfo) -> str:
    """XML of workbooks never declares entities; a declaration stands in the head of a part."""
    if not part.filename.lower().endswith((".xml", ".rels")):
        return ""
    with archive.open(part) as stream:
        head = stream.read(4096)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        return f"declares a document type in `{part.filename}`"
    return ""
