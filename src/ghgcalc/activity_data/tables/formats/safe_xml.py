"""XML of strangers by element: no entities, no document types, no depth, no bombs (XL-06)."""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from functools import lru_cache
from typing import IO, TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, is_zipfile

from ghgcalc.activity_data.tables.formats.rows import FormatRefused
from ghgcalc.core.text.archives import ENCRYPTED, MAX_PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

MOST_DEPTH = 64
MOST_BYTES = 256 * 1024 * 1024
_AGAIN = "replace it by a file as the utility wrote it"


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return _local(str(element.tag))


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def events(stream: IO[bytes]) -> Iterator[tuple[str, Element, int]]:
    """Start and end of each element, with its depth from 1.

    Raises:
        FormatRefused: `bad-xml`.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, iterparse

    depth = 0
    try:
        for event, element in iterparse(stream, ("start", "end"), forbid_dtd=True):
            depth += event == "start"
            if depth > MOST_DEPTH:
                raise FormatRefused("bad-xml", f"nests elements deeper than {MOST_DEPTH}", _AGAIN)
            yield event, element, depth
            depth -= event == "end"
    except DefusedXmlException as error:
        message = "declares a document type or entities, which no energy data need"
        raise FormatRefused("bad-xml", message, _AGAIN) from error
    except ParseError as error:
        line = error.position[0]
        raise FormatRefused("bad-xml", f"is no whole XML: {error}", _AGAIN, line) from error
    except (ValueError, LookupError) as error:
        raise FormatRefused("bad-xml", f"cannot be decoded: {error}", _AGAIN) from error


@contextmanager
def _opened(archive: ZipFile, name: str) -> Iterator[IO[bytes]]:
    with archive.open(name) as stream:
        yield stream


def documents(path: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[str, IO[bytes]]]:
    """The file, or the files of its archive that bear one of the suffixes, by name.

    Raises:
        FormatRefused: `bad-xml`, `too-large`.
        OSError: when it cannot be read.
    """
    if not is_zipfile(path):
        if path.stat().st_size > MOST_BYTES:
            raise _large()
        with path.open("rb") as stream:
            yield "", stream
        return
    try:
        with ZipFile(path) as archive:
            for name in _members(archive, suffixes):
                with _opened(archive, name) as stream:
                    yield name, stream
    except (BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
        hint = "pack the file again, or unpack it"
        raise FormatRefused("unreadable-file", f"is no whole archive: {error}", hint) from error


def _members(archive: ZipFile, suffixes: tuple[str, ...]) -> list[str]:
    parts = [part for part in archive.infolist() if not part.is_dir()]
    if len(parts) > MAX_PARTS:
        raise FormatRefused("too-large", f"holds {len(parts):,} files", "unpack what you need")
    wanted = [
        part
        for part in parts
        if part.filename.lower().endswith(suffixes)
        and not part.filename.rpartition("/")[2].startswith(("._", "~$"))
    ]
    if sum(part.file_size for part in wanted) > MOST_BYTES:
        raise _large()
    locked = next((part for part in wanted if part.flag_bits & ENCRYPTED), None)
    if locked is not None:
        hint = "unpack it, and name the files inside"
        raise FormatRefused("unreadable-file", "is protected by a password", hint)
    if not wanted:
        named = " or ".join(f"`{suffix}`" for suffix in suffixes)
        raise FormatRefused("empty-file", f"holds no file ending in {named}", _AGAIN)
    return sorted(part.filename for part in wanted)


def _large() -> FormatRefused:
    message = f"unpacks to more than {MOST_BYTES // 1024**2} MiB"
    return FormatRefused("too-large", message, "split it into files of fewer days or meters")
