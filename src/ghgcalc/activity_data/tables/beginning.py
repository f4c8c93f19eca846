"""The beginning of a text file: what findings about the whole of it look at."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables import encodings
from ghgcalc.activity_data.tables.no_tables import no_table

if TYPE_CHECKING:
    from pathlib import Path

    from ghgcalc.activity_data.tables.no_tables import NoTable

_FIRST = 1 << 16
_CHUNK = 1 << 20
_MOST_LINES, _LONGEST = 100, 1 << 16
_HIGH = re.compile(b"[\x80-\xff]")


class Beginning:
    """Looks at a file's first bytes and lines when a finding asks for them."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path, self._encoding = path, encoding

    @cached_property
    def start(self) -> bytes:
        """The first bytes."""
        with self._path.open("rb") as source:
            return source.read(_FIRST)

    @property
    def contradicted(self) -> tuple[str, str] | None:
        """Message and hint where the stated encoding cannot be that of the file."""
        return encodings.contradicted(self.start, self._encoding)

    @property
    def says_utf8(self) -> bool:
        """Whether the file is UTF-8 beyond doubt, and declared to be something else."""
        return encodings.says_utf8(self.start, self._encoding)

    @property
    def no_table(self) -> NoTable | None:
        """What the file is where it is no table, and what to do."""
        return no_table(self._path, self.start)

    @cached_property
    def encoding_hint(self) -> str:
        """The encodings to try, by the first bytes that are not ASCII."""
        if self.says_utf8:
            return "the file is UTF-8: remove `encoding:` under `read:`"
        with self._path.open("rb") as source:
            while chunk := source.read(_CHUNK):
                if _HIGH.search(chunk):
                    return encodings.hint_of(chunk)
        return encodings.hint_of(b"")

    @cached_property
    def lines(self) -> list[str]:
        """The first lines; signs that cannot be decoded are replaced."""
        name = "utf-8-sig" if self._encoding == "utf-8" else self._encoding
        try:
            with self._path.open(encoding=name, errors="replace", newline="") as source:
                return [line.rstrip("\r\n")[:_LONGEST] for line in islice(source, _MOST_LINES)]
        except UnicodeError:  # an encoding that needs a mark, which is not there
            return []
