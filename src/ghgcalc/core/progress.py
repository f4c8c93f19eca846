"""Progress of long reads on a terminal; silent unless the command line asks for it."""

from __future__ import annotations

import sys
from threading import Lock
from typing import TextIO

# what is read faster than a person looks up needs no bar
SMALLEST = 64 << 20
WIDTH = 24


class Meter:
    """A bar that is drawn again at each further percent, and wiped out at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._lock = stream, Lock()
        self._total = self._seen = 0
        self._drawn = -1

    def expect(self, total: int) -> None:
        """A read of so many bytes begins."""
        self._total, self._seen, self._drawn = total if total >= SMALLEST else 0, 0, -1

    def advance(self, count: int) -> None:
        """So many more bytes are read; called from the thread that reads them."""
        with self._lock:
            self._seen += count
            percent = min(100 * self._seen // self._total, 100) if self._total else -1
            if percent > self._drawn:
                self._drawn = percent
                filled = WIDTH * percent // 100
                size = f"{self._total / 1e9:.1f} GB"
                bar = "█" * filled + "░" * (WIDTH - filled)
                self._write(f"\rreading tables {bar} {percent:3} % of {size}")

    def done(self) -> None:
        """The read has ended: leave no trace."""
        if self._drawn >= 0:
            self._write("\r\x1b[2K")
        self._total, self._drawn = 0, -1

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


_meters: list[Meter] = []


def show_on_terminal() -> None:
    """Draw on stderr from now on, where that is a terminal."""
    _meters[:] = [Meter(sys.stderr)] if sys.stderr.isatty() else []


def expect(total: int) -> None:
    """Announce a read of so many bytes."""
    for meter in _meters:
        meter.expect(total)


def advance(count: int) -> None:
    """Tell that so many more bytes are read."""
    for meter in _meters:
        meter.advance(count)


def done() -> None:
    """Tell that the read has ended."""
    for meter in _meters:
        meter.done()
