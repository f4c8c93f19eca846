"""What the first bytes of a text file say of its encoding, against what is stated.

Nothing is decoded by what is found here: it only names the `encoding:` to state.
"""

from __future__ import annotations

import codecs
import re

MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDE = ("utf-16", "utf-16-le", "utf-16-be")
_SAMPLE = 4096
_HIGH = re.compile(b"[\x80-\xff]+")
_EAST_ASIAN = ("gb18030", "big5", "shift_jis", "euc_kr")


def contradicted(start: bytes, encoding: str) -> tuple[str, str] | None:
    """Message and hint where the first bytes cannot be the stated encoding."""
    marked, guess = start[:2] in MARKS, _unmarked(start)
    if encoding not in _WIDE:
        if marked or (guess and start[:_SAMPLE].count(0) * 8 >= min(len(start), _SAMPLE)):
            return _is_wide(marked, guess)
        return None
    if encoding == "utf-16":
        if marked:
            return None
    elif guess == encoding or (marked and start[:2] == _mark(encoding)):
        return None
    elif marked:
        return "is UTF-16 in the other order of bytes", "set `encoding: utf-16` under `read:`"
    if guess:
        return _is_wide(marked=False, guess=guess)
    if _is_utf8(start):
        return f"is UTF-8, not {encoding}", "remove `encoding:` under `read:`"
    return f"is not {encoding}: it has no zero bytes and no mark", hint_of(start)


def hint_of(sample: bytes) -> str:
    """Which encodings to try for bytes that are not UTF-8.

    Letters of one byte stand alone between ASCII letters; those of East Asia come in pairs.
    """
    runs = [len(run) for run in _HIGH.findall(sample)]
    if runs and sum(length == 1 for length in runs) * 2 >= len(runs):
        return (
            "set `encoding: cp1252` under `read:` for Western European text; `cp1250` is Central"
            " European, `cp1251` Cyrillic"
        )
    if runs and sum(length % 2 for length in runs) * 4 > len(runs):
        return (
            "set the file's own `encoding:` under `read:`, such as `cp1251` for Cyrillic text or"
            " `gb18030` for Chinese"
        )
    return (
        "set `encoding: gb18030` under `read:` for Chinese text; `big5`, `shift_jis` and `euc_kr`"
        " are read, too"
    )


def says_utf8(start: bytes, encoding: str) -> bool:
    """Whether bytes that are declared otherwise are UTF-8 beyond doubt."""
    if encoding == "utf-8" or start.isascii():
        return False
    return start.startswith(codecs.BOM_UTF8) or _is_utf8(start)


def _is_wide(marked: bool, guess: str) -> tuple[str, str]:
    if marked:
        return "is UTF-16", "set `encoding: utf-16` under `read:`"
    return "is UTF-16 without a byte order mark", f"set `encoding: {guess}` under `read:`"


def _mark(encoding: str) -> bytes:
    return codecs.BOM_UTF16_LE if encoding == "utf-16-le" else codecs.BOM_UTF16_BE


def _unmarked(start: bytes) -> str:
    """Which UTF-16 it is by where ASCII signs have their zero byte; empty where it is none."""
    sample = start[:_SAMPLE]
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if low > 2 * high:
        return "utf-16-le"
    return "utf-16-be" if high > 2 * low else ""


def _is_utf8(start: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(start)
    except UnicodeError:
        return False
    return True
