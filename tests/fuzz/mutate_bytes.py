"""Damage that knows nothing of the format: bytes, and tokens of a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Mutator = Callable[[Random, bytes], bytes]

_ODD_BYTES = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\x1a", b"\x1b[31m",
    b"\x85", b"\xc2\x85", b"\xe2\x80\xa8", b"\xed\xa0\x80", b"\x7f", b"\t", b"\xa0",
)  # fmt: skip
_ENCODINGS = ("utf-16", "utf-16-be", "utf-8-sig", "gb18030", "latin-1", "cp037", "utf-7", "utf-32")
_TOKEN = re.compile(r"\w+|[^\w\s]|\n *|\s")

NUMBERS = (
    "0", "-0", "-1", "1", "0.1", "1e3", "1E5", "1e400", "-1e-400", "9" * 16, "9" * 400, "0.",
    ".5", "1_000", "1__0", "_1", "1,000", "1.000,5", "1 000", "0x10", "0o17", "0b1", "1:30",
    "NaN", "inf", "-inf", ".nan", ".inf", "1/3", "50%", "-5 %", "101%", "1e-30", "1e31",
    "２０２４", "１．５", "٣", "½", "²", "∞", "−5", "+5", "1.5.2", "0." + "1" * 40,
    "2147483648", "18446744073709551616",
)  # fmt: skip
DATES = (
    "2024", "2023", "0000", "9999", "0001-01-01", "9999-12-31", "2024-02-30", "2024-13", "2024-Q5",
    "2024-01-01/2023-01-01", "2024-01-01/9999-12-31", "0001-01-01/9999-12-31", "1900", "2024-2-1",
    "2024-02-29", "2023-02-29", "2024-06-31", "02-29", "00-00", "2024-W01", "2024-01-01T00:00:00Z",
    "2024-01-01 00:00", "-2024", "10000-01-01", "31.12.2024", "20240101", "2024-01-01/",
)  # fmt: skip
UNITS = (
    "kWh", "MWh", "kWh gross", "kWh net", "m3", "Nm3", "t", "ton", "gallon", "Btu", "kg/kWh",
    "%", "kg CO2e/kWh", "USD", "CNY", "million CNY", "km", "tkm", "passenger.km", "degC", "kPa",
    "kgCO2e", "MWh**999999", "kWh/0", "m3/m3/m3", "1/kWh", "kg kg kg", "°C", "µg", "MJ/Nm3",
    "tCO2e", "nights", "yotta", "()", "kWh)", "2 kWh", "k Wh", "KWH", "kwh", "", "a**b**c",
    "kWh^-1", "day", "h",
)  # fmt: skip
YAML = (
    "&a", "*a", "<<: *a", "!!python/object:os.system", "!!binary aGk=", "!x", "---", "...",
    "%YAML 1.2", "? ", ": ", "- ", "|", ">", "|9", "[", "]", "{", "}", "{{", "'", '"',
    '"\\x00"', '"\\ud800"', "#", "null", "~", "true", "no", "on", "@", "`", "\t", "\n", "\n  ",
    "\n    ", "[[[[[[[[", "{a: {b: {c:", ", ", "=", "? [a]\n: b", "{? {a: b} : c}", "- - -",
    '"\\', "&a [*a]", "!!set {a}", "!!null x",
)  # fmt: skip
TEXTS = (
    "", " ", "a", "A" * 300, "x" * 70_000, "名" * 90, "नमस्ते", "Việt", "Vie\u0302\u0323t",
    "\u202egn", "\u200b", "\ufeff", "😀", "\u202e", "а", "Ωmega", "../../etc/passwd", "/etc/shadow",
    "/dev/zero", "/dev/stdin", "~", "C:\\x", "http://a.b/c", "*.yaml", "**/*", "company.yaml",
    "ghgcalc.lock", ".", "..", "/", "=1+1", "@name", "#1", "a/b", "a//b", "-", "--help", "a:b",
    "%s", "{}", "${x}", "\\", "CO2", "CH4", "all", "none", "natural_gas", "diesel",
    "electricity", "purchased_electricity", "fugitive_emissions", "R-410A", "SF6", "CN", "GB",
    "US-ERCT", "XX", "desnz", "mee-china", "desnz-2024", "AR6", "SAR", "equity_share",
    "market_based", "gross", "net", "later_year", "wider_region", "criteria_assumed",
)  # fmt: skip
SCALARS = (*NUMBERS, *DATES, *UNITS, *TEXTS)


def _place(rng: Random, data: bytes) -> tuple[int, int]:
    """A slice, mostly short."""
    first = rng.randrange(len(data) + 1)
    length = rng.choice([1, 1, 2, 4, 8, 16, 64, 256, max(len(data) // 4, 1)])
    return first, min(first + length, len(data))


def flip(rng: Random, data: bytes) -> bytes:
    """Flip a few bits."""
    made = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 8])):
        if made:
            made[rng.randrange(len(made))] ^= 1 << rng.randrange(8)
    return bytes(made)


def cut(rng: Random, data: bytes) -> bytes:
    """Remove a slice."""
    first, last = _place(rng, data)
    return data[:first] + data[last:]


def truncate(rng: Random, data: bytes) -> bytes:
    """Keep the beginning."""
    return data[: rng.randrange(len(data) + 1)]


def repeat(rng: Random, data: bytes) -> bytes:
    """Repeat a slice."""
    first, last = _place(rng, data)
    return data[:last] + data[first:last] * rng.choice([1, 1, 2, 100]) + data[last:]


def move(rng: Random, data: bytes) -> bytes:
    """Move a slice."""
    first, last = _place(rng, data)
    rest = data[:first] + data[last:]
    to = rng.randrange(len(rest) + 1)
    return rest[:to] + data[first:last] + rest[to:]


def insert(rng: Random, data: bytes) -> bytes:
    """Insert bytes that some reader trips over."""
    place = rng.randrange(len(data) + 1)
    odd = rng.choice([*_ODD_BYTES, rng.randbytes(rng.choice([1, 4, 32]))])
    return data[:place] + odd + data[place:]


def overwrite(rng: Random, data: bytes) -> bytes:
    """Write 0xff, 0 or noise over a slice, as in a number of a binary format."""
    first, last = _place(rng, data)
    count = last - first
    return (
        data[:first]
        + rng.choice([b"\xff" * count, b"\0" * count, rng.randbytes(count)])
        + data[last:]
    )


def encode(rng: Random, data: bytes) -> bytes:
    """Write a text in another encoding, or with other line ends."""
    text = data.decode("utf-8", "replace")
    if rng.random() < 0.3:
        return text.replace("\n", rng.choice(["\r\n", "\r", "\x85", "\u2028", "\0"])).encode()
    return text.encode(rng.choice(_ENCODINGS), "replace")


def empty(rng: Random, data: bytes) -> bytes:
    """Leave nothing, or nearly nothing."""
    return rng.choice([b"", b"\n", b" ", b"\0", b"#", b"-", b"{}", b"[]", b"null\n", b'""'])


# ---- tokens -------------------------------------------------------------------------------------


def tokens(rng: Random, data: bytes) -> bytes:
    """Replace, drop, repeat, swap or insert tokens of a text."""
    found = _TOKEN.findall(data.decode("utf-8", "replace"))
    if not found:
        return data
    for _ in range(rng.choice([1, 1, 1, 2, 4])):
        at, other = rng.randrange(len(found)), rng.randrange(len(found))
        how = rng.randrange(6)
        if how == 0:
            found[at] = ""
        elif how == 1:
            found[at] = found[other]
        elif how == 2:
            found[at], found[other] = found[other], found[at]
        elif how == 3:
            found[at] = rng.choice(YAML)
        elif how == 4:
            found[at] += rng.choice(YAML)
        else:
            found[at] = _alike(rng, found[at])
    return "".join(found).encode("utf-8", "replace")


def _alike(rng: Random, token: str) -> str:
    """Another token of the kind."""
    if token.isdigit():
        return rng.choice(NUMBERS + DATES)
    return rng.choice(SCALARS)


def lines(rng: Random, data: bytes) -> bytes:
    """Drop, repeat, swap or indent lines."""
    found = data.split(b"\n")
    at, other = rng.randrange(len(found)), rng.randrange(len(found))
    how = rng.randrange(5)
    if how == 0:
        del found[at]
    elif how == 1:
        found.insert(other, found[at])
    elif how == 2:
        found[at], found[other] = found[other], found[at]
    elif how == 3:
        found[at] = b" " * rng.choice([1, 2, 3, 4]) + found[at]
    else:
        found[at] = found[at].lstrip()
    return b"\n".join(found)


BYTES: dict[str, Mutator] = {
    "bytes: flip": flip, "bytes: cut": cut, "bytes: truncate": truncate, "bytes: repeat": repeat,
    "bytes: move": move, "bytes: insert": insert, "bytes: overwrite": overwrite,
    "bytes: encode": encode, "bytes: empty": empty,
}  # fmt: skip
TOKENS: dict[str, Mutator] = {"tokens": tokens, "lines": lines}
