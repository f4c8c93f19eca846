"""Text for people: control characters made harmless, plural words, colour only where asked."""

from __future__ import annotations

from dataclasses import dataclass

from ghgcalc.core.text.controls import replaced

_CODES = {
    "bold": "1", "dim": "2", "underline": "4",
    "error": "1;31", "warning": "1;33", "note": "1;36", "gutter": "34",
}  # fmt: skip


def safe(text: str) -> str:
    """Replace control, ANSI and direction characters one for one; tabs and line ends by spaces."""
    return replaced(text)


def plural(count: int, word: str, many: str | None = None) -> str:
    """Write `1 error`, `2 errors`, `0 entries`."""
    return f"{count:,} {word if count == 1 else many or word + 's'}"


def columns(text: str) -> int:
    """Terminal columns of a text; Chinese characters take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours text where the reader asked for it, and leaves it alone elsewhere."""

    color: bool = False

    def __call__(self, text: str, style: str) -> str:
        """Wrap a text in a style: `bold`, `error`, `warning`, `note`, `gutter` and others."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.color and text else text
