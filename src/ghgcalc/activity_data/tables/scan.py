"""One pass over a file's bytes: hash, encoding, and whether every line has the same shape.

A file whose every line has the header's number of delimiters, without quotes, is handed to the
engine as it is. Any other file is read record by record (`records`).
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO
from unicodedata import is_normalized

from ghgcalc.core import progress

if TYPE_CHECKING:
    from pathlib import Path

CHUNK = 1 << 20
_TAIL = 1 << 16


@dataclass(frozen=True, slots=True)
class Survey:
    """What the pass found.

    Attributes:
        path: UTF-8 bytes to read: the file itself, or its transcoding.
        sha256: of the original bytes.
        empty: no byte but a byte order mark and white space.
        exact: every line has the header's number of cells, needs no unquoting, and is in NFC.
        rows: data rows, where exact.
        full_width: some signs may be full-width ones.
    """

    path: Path
    sha256: str
    empty: bool
    exact: bool
    rows: int
    full_width: bool = False


class _Skeleton:
    """Checks that all lines have the delimiters of the first one, and nothing else that matters."""

    def __init__(self, delimiter: bytes) -> None:
        keep = {*delimiter, *b'\r\n"'}
        self._drop = bytes(byte for byte in range(256) if byte not in keep)
        self._delimiter = delimiter
        self._unit = b""
        self._eol = b""
        self._rest = b""
        self._ended = False
        self.lines = 0
        self.exact = True

    def feed(self, chunk: bytes) -> None:
        if not self.exact:
            return
        bones = self._rest + chunk.translate(None, self._drop)
        if not self._unit and not self._first(bones):
            return
        size = len(self._unit)
        count = len(bones) // size
        if self._ended or bones[: count * size] != self._unit * count:
            self._last(bones)
            return
        self.lines += count
        self._rest = bones[count * size :]

    def _first(self, bones: bytes) -> bool:
        end = bones.find(b"\n")
        if end < 0:
            self._rest = bones
            return False
        self._unit = bones[: end + 1]
        self._eol = b"\r\n" if self._unit.endswith(b"\r\n") else b"\n"
        cells = self._unit[: -len(self._eol)]
        self.exact = bool(cells) and cells == self._delimiter * len(cells)
        return self.exact

    def _last(self, bones: bytes) -> None:
        """Accept a last chunk that ends in blank lines."""
        body = bones.rstrip(b"\r\n")
        count = -(-len(body) // len(self._unit))
        if body and (self._ended or body + self._eol != self._unit * count):
            self.exact = False
            return
        self.lines += count if body else 0
        self._rest, self._ended = b"", True

    def close(self, tail: bytes) -> None:
        """End of file; `tail` is the last part of the text."""
        if not self._unit:
            self.exact = False
            return
        if self._rest.rstrip(b"\r\n"):
            self.exact = self.exact and self._rest == self._unit.rstrip(b"\r\n")
            self.lines += 1
        # a last line without any delimiter leaves no trace in the skeleton
        last = tail.rstrip(b"\r\n").rsplit(b"\n", 1)[-1]
        self.exact = self.exact and self._delimiter in last


# the first bytes of all signs that NFC may change: marks, compatibility letters, parts of syllables
_MAY_CHANGE = re.compile(
    b"[\xcc\xcd\xd2\xd6-\xdf\xe0-\xe2\xea\xef\xf0]|\xce\x87|\xe3\x80[\xaa-\xaf]|\xe3\x82[\x99\x9a]"
)
# the first two bytes of full-width signs
_FULL_WIDTH = re.compile(b"\xef[\xbc\xbd]|\xe3\x80")
_OVERLAP = 64


class _Composition:
    """Whether a text is in NFC, the form in which cells are compared."""

    def __init__(self) -> None:
        self._before = b""
        self.whole = True
        self.full_width = False

    def feed(self, data: bytes) -> None:
        if data.isascii() and not self._before:
            return
        self.full_width = self.full_width or bool(_FULL_WIDTH.search(self._before[-1:] + data))
        if self.whole and _MAY_CHANGE.search(data):
            text = (self._before + data).decode("utf-8", "ignore")
            self.whole = is_normalized("NFC", text)
        self._before = data[-_OVERLAP:]


class _Decoder:
    """Checks UTF-8, or turns another encoding into it."""

    def __init__(self, encoding: str, target: BinaryIO | None) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")
        self._target = target
        self._open = False
        self.valid = True

    def feed(self, chunk: bytes, final: bool = False) -> bytes:
        """The UTF-8 bytes of the chunk."""
        if self._target is None and not self._open and chunk.isascii():
            return chunk
        try:
            text = self._decoder.decode(chunk, final)
            self._open = bool(self._decoder.getstate()[0])
            if self._target is None:
                return chunk
            data = text.encode()
        except UnicodeError:
            self.valid = False
            return b""
        self._target.write(data)
        return data


def survey(path: Path, encoding: str, delimiter: str, transcoded: Path) -> Survey:
    """Read the bytes of a file once.

    Raises:
        OSError: when it cannot be read.
    """
    digest, skeleton, form = hashlib.sha256(), _Skeleton(delimiter.encode()), _Composition()
    tail, blank = b"", True
    target = None if encoding == "utf-8" else transcoded.open("wb")
    try:
        decoder = _Decoder(encoding, target)
        with path.open("rb") as source:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                progress.advance(len(chunk))
                blank = blank and not chunk.removeprefix(codecs.BOM_UTF8).strip()
                if decoder.valid:
                    data = decoder.feed(chunk)
                    skeleton.feed(data)
                    form.feed(data)
                    tail = (tail + data)[-_TAIL:]
            decoder.feed(b"", final=True)
    finally:
        if target is not None:
            target.close()
    skeleton.close(tail)
    used = path if target is None else transcoded
    exact = decoder.valid and skeleton.exact and form.whole
    rows = skeleton.lines - 1
    return Survey(used, digest.hexdigest(), blank, exact, rows, form.full_width)


def first_lines(path: Path, count: int) -> list[str]:
    """The first lines of an exact file, without their ends."""
    with path.open(encoding="utf-8-sig", newline="\n") as source:
        return [line.rstrip("\r\n") for line in islice(source, count)]
