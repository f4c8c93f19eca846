"""Signs that no reader sees: controls, direction marks, invisible formats. None leaves as it is.

C0 and C1 drive terminals, bidirectional marks show a text in another order than it has, invisible
ones make two names look alike. Where a text must be read back (JSON, YAML) they are escaped, else
replaced one for one. Sources: Unicode 15, chapter 23.2 to 23.8; UTR 36, section 3.
"""

from __future__ import annotations

import re

# ranges of code points, both ends included
_UNSEEN = (
    (0x00, 0x1F), (0x7F, 0x9F),  # C0, DEL, C1
    (0x61C, 0x61C), (0x180E, 0x180E), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F),
    (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F),
)  # fmt: skip


def _any_of(ranges: tuple[tuple[int, int], ...]) -> re.Pattern[str]:
    signs = "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)
    return re.compile(f"[{signs}]")


_RAW = _any_of(_UNSEEN)
_RAW_IN_JSON = _any_of(_UNSEEN[1:])  # its writers escape C0
_SPACES = "\t\n\r"
_REPLACED = "\N{REPLACEMENT CHARACTER}"


def has_unseen(text: str) -> bool:
    """Whether a text holds a sign that no reader sees, a line end or a tab."""
    return _RAW.search(text) is not None


def replaced(text: str, kept: str = "") -> str:
    """A text with each unseen sign replaced by U+FFFD; tabs and line ends by spaces.

    `kept` names white space that stays, such as the line ends of a wrapped cell.
    """
    if text.isascii() and text.isprintable():
        return text

    def harmless(found: re.Match[str]) -> str:
        sign = found[0]
        if sign in kept:
            return sign
        return " " if sign in _SPACES else _REPLACED

    return _RAW.sub(harmless, text)


def escaped_json(text: str) -> str:
    """Written JSON with unseen signs inside its texts as escapes; it reads back the same.

    Line ends between the values stay; those inside of texts are escaped by any writer of JSON.
    """
    if text.isascii() and "\x7f" not in text:
        return text
    return _RAW_IN_JSON.sub(_json_escape, text)


def escaped_yaml(quoted: str) -> str:
    """The same for a YAML scalar in double quotes, which writes large code points as one."""
    return _RAW_IN_JSON.sub(_yaml_escape, quoted)


def _json_escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _yaml_escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
