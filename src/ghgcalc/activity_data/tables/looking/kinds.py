"""What the cells of a column look like: days, months, numbers, units, flags, ids or texts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.day_formats import DateFormat
from ghgcalc.activity_data.tables.looking.month_names import named_forms, names_of
from ghgcalc.company.cell_words import CURRENCY_SIGNS
from ghgcalc.company.estimate import NO_WORDS
from ghgcalc.core.units import UnitError, parse_unit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MISSING = frozenset({
    "not available", "n/a", "na", "#n/a", "nan", "null", "none", "nil", "-", "–", "—", "--", "k.a.",
    "n.a.", "excluded", "no data", "missing", "#value!", "#ref!", "#div/0!", "?", "无", "不明",
})  # fmt: skip
_DAYS = (
    "YYYY-MM-DD", "YYYY-M-D", "YYYY/MM/DD", "YYYY/M/D", "YYYY.MM.DD", "YYYYMMDD", "DD/MM/YYYY",
    "MM/DD/YYYY", "D/M/YYYY", "M/D/YYYY", "DD.MM.YYYY", "D.M.YYYY", "DD-MM-YYYY", "MM-DD-YYYY",
    "DD/MM/YY", "MM/DD/YY", "D/M/YY", "M/D/YY", "DD.MM.YY", "DD-MM-YY", "YY/MM/DD", "YY-MM-DD",
    "DD-MMM-YYYY", "D-MMM-YYYY", "DD-MMM-YY", "D-MMM-YY", "DD MMM YYYY", "D MMM YYYY",
    "D MMMM YYYY",
    "MMM D, YYYY", "MMMM D, YYYY", "YYYY年MM月DD日", "YYYY年M月D日",
)  # fmt: skip
_CLOCKS = ("", " hh:mm", " hh:mm:ss", "Thh:mm", "Thh:mm:ss", " h:mm", " h:mm AM", " hh:mm:ssoffset",
           " hh:mm:ss offset", "Thh:mmoffset", "Thh:mm:ssoffset", " h:mm:ss AM",
           " hh:mm offset")  # fmt: skip
PLAIN_MONTH = "YYYY-MM"  # read without an option
_MONTHS = (
    PLAIN_MONTH, "YYYYMM", "YYYY/MM", "YYYY/M", "MM/YYYY", "M/YYYY", "YYYY.MM", "MM.YYYY",
    "MM-YYYY", "MMM-YY", "MMM YY", "MMM-YYYY", "MMM YYYY", "MMMM YYYY", "YYYY年MM月", "YYYY年M月",
)  # fmt: skip
# decimal sign, sign between thousands
_SIGNS = ((".", ""), (",", ""), (".", ","), (",", "."), (".", "'"), (",", "'"), (".", " "),
          (",", " "), (".", "\u00a0"), (",", "\u00a0"), (".", "\u202f"),
          (",", "\u202f"))  # fmt: skip
_YES_NO = frozenset({*NO_WORDS, "yes", "y", "true", "1", "ja", "nein", "real", "actual", "read",
                     "estimated", "estimate", "estimada", "geschätzt", "gemessen", "a", "e",
                     "是", "实际", "估计"})  # fmt: skip
_BARE = re.compile(r"(?P<before>[^\d.,+\-()]*)(?P<core>[+-]?\s?\d.*\d%?|[+-]?\d|[+-]?[.,]\d+)"
                   r"(?P<after>[^\d]*)", re.DOTALL | re.ASCII)  # fmt: skip
_IN_BRACKETS = re.compile(r"\((\d[^()]*)\)(\s*[^\d()]+)")
_POWER_OF_TEN = re.compile(r"([+-]?\d+\.\d+|\d+(?=[eE][+-]))[eE]([+-]?\d{1,2})", re.ASCII)
_LIKE_M3 = re.compile(r"[^\W\d_]{1,6}\^?[23]")
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_MOST_UNITS, _LONGEST_UNIT = 30, 24
_BETWEEN = (" - ", " – ", " to ", " bis ", " / ", "~", "..")
_MONEY = frozenset({*"£$€¥₹₩₽฿", *CURRENCY_SIGNS})


class Number(NamedTuple):
    """How the numbers of a column are written; `signs` are the forms that fit all of them."""

    signs: tuple[tuple[str, str], ...]
    words: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    percent: bool = False
    decimals: int = 0
    indian: bool = False
    exponents: bool = False


@lru_cache(maxsize=512)
def form_of(text: str, *, months: bool = False, names: tuple[str, ...] = ()) -> DateFormat:
    """A format of days, or of months, with the names of months that are not English."""
    return DateFormat(text, names, of="MY" if months else "DMY")


def names_in(forms: Sequence[str], cells: Sequence[str], *, months: bool) -> tuple[str, ...]:
    """The names of months that a format needs to read all cells; none where it is English."""
    if not forms or "MMM" not in forms[0]:
        return ()
    read = form_of(forms[0], months=months)
    return () if all(read.read(cell, 2000) for cell in cells) else names_of(cells)


def day_forms(cells: Sequence[str]) -> tuple[str, ...]:
    """The formats that read every cell; of several that say the same the strictest."""
    found = _distinct([form + clock for form in _DAYS for clock in _CLOCKS], cells, months=False)
    return found or (named_forms(cells, "days") if cells else ())


def month_forms(cells: Sequence[str]) -> tuple[str, ...]:
    """The same of months."""
    found = _distinct(list(_MONTHS), cells, months=True)
    return found or (named_forms(cells, "months") if cells else ())


def _distinct(forms: list[str], cells: Sequence[str], *, months: bool) -> tuple[str, ...]:
    found: dict[tuple[date | None, ...], str] = {}
    for text in forms if cells else ():
        if not _literals(text) <= set(cells[0]):
            continue  # most formats are told by their signs alone, and never made
        form = form_of(text, months=months)
        if form.read(cells[0]) is None:
            continue
        days = tuple(form.read(cell) for cell in cells)
        if None not in days:
            found.setdefault(days, text)
    return tuple(found.values())


def range_forms(cells: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The sign between two days of each cell, and the formats of both; "" where there is none."""
    for sign in _BETWEEN:
        parts = [part.strip() for cell in cells for part in cell.split(sign)]
        if len(parts) == 2 * len(cells) and all(cell.count(sign) == 1 for cell in cells):
            forms = day_forms(parts)
            if forms:
                return sign, forms
    return "", ()


def bare_month_forms(cells: Sequence[str]) -> tuple[str, ...]:
    """The formats of months without their year."""
    forms = [text for text in ("MMM", "MMMM", "M月")
             if all(form_of(text, months=True).read(cell, 2000) for cell in cells)]  # fmt: skip
    return tuple(forms[:1]) or named_forms(cells, "bare")


def is_year(cell: str) -> bool:
    """Whether a cell is a bare year."""
    return bool(_YEAR.fullmatch(cell))


@lru_cache(maxsize=512)
def _literals(form: str) -> frozenset[str]:
    """The signs of a format that stand for themselves."""
    return frozenset(re.sub(r"YYYY|YY|M+|D+|hh?|mm|ss|AM|offset", "", form))


@lru_cache(maxsize=64)
def _pattern(decimal: str, thousands: str, *, indian: bool = False) -> re.Pattern[str]:
    point, group = re.escape(decimal), re.escape(thousands)
    first = rf"\d{{1,2}}(?:{group}\d{{2}})*{group}\d{{3}}" if indian else ""
    first = first or rf"\d{{1,3}}(?:{group}\d{{3}})+"
    whole = rf"(?:{first}|\d+)" if thousands else r"\d+"
    return re.compile(rf"[+-]?(?:{whole}(?:{point}\d+)?|{point}\d+)", re.ASCII)


def number_form(cells: Sequence[str]) -> Number | None:
    """How cells are written where all are numbers; None where one is not."""
    powers = {cell: match for cell in cells if (match := _POWER_OF_TEN.fullmatch(cell))}
    found = _form([powers[cell][1] if cell in powers else cell for cell in cells])
    if found is None or not powers:
        return found
    digits = max(len(m[1].partition(".")[2]) - int(m[2]) for m in powers.values())
    return found._replace(decimals=max(found.decimals, digits), exponents=True)


def _form(cells: Sequence[str]) -> Number | None:
    cores, words, negative, percent = [], set(), set(), 0
    for cell in cells:
        if _LIKE_M3.fullmatch(cell) and is_unit({cell}):
            return None  # `m3` is a unit, and no 3 beside a word
        core, minus = _negative(cell)
        match = _BARE.fullmatch(core)
        if match is None:
            return None
        negative |= {minus} if minus else set()
        text = match["core"]
        if text.endswith("%") or match["after"].strip() == "%":
            percent, text = percent + 1, text.removesuffix("%")
        cores.append(text.strip())
        words |= {word for word in (match["before"].strip(), match["after"].strip())
                  if word not in ("", "%")}  # fmt: skip
    if not all(word in _MONEY or is_unit({word}) for word in words):
        return None
    signs = [(d, t) for d, t in _SIGNS
             if (not t or any(t in core for core in cores))
             and all(_pattern(d, t).fullmatch(core) for core in cores)]  # fmt: skip
    indian = not signs and all(_pattern(".", ",", indian=True).fullmatch(core) for core in cores)
    signs = [(".", ",")] if indian else signs
    if not signs or percent not in (0, len(cells)):
        return None
    if not any("." in core or "," in core for core in cores):
        signs = [pair for pair in signs if pair[0] == "."]
    point = signs[0][0]
    digits = max(len(core.partition(point)[2]) for core in cores)
    return Number(
        tuple(signs), tuple(sorted(words)), tuple(sorted(negative)), bool(percent), digits, indian
    )


def _negative(cell: str) -> tuple[str, str]:
    if cell.startswith("(") and cell.endswith(")"):
        return cell[1:-1].strip(), "parentheses"
    beside = _IN_BRACKETS.fullmatch(cell)
    if beside is not None:
        return f"{beside[1]}{beside[2]}", "parentheses"
    if cell.endswith("-") and len(cell) > 1:
        return cell[:-1].strip(), "trailing_minus"
    return cell, ""


def is_unit(cells: set[str]) -> bool:
    """Whether texts are units, or words that may mean several."""
    return 0 < len(cells) <= _MOST_UNITS and all(map(_a_unit, cells))


@lru_cache(maxsize=4096)
def _a_unit(text: str) -> bool:
    if len(text) > _LONGEST_UNIT:
        return False
    try:
        parse_unit(text)
    except UnitError as error:
        return error.code == "unit-ambiguous"
    return True


def is_flag(cells: set[str]) -> bool:
    """Whether texts say yes and no."""
    known = all(cell.casefold() in _YES_NO for cell in cells)
    return known and (2 <= len(cells) <= 3 or any(len(cell) > 1 for cell in cells))
