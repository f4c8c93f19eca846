"""In which formats a cell may be written: what a hint names, as it is typed; never used to read.

Each candidate is tried on every text of the column that was met, so that `03/04/2024` beside
`03/30/2024` has one format, and alone two.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.day_formats import (
    DateFormat,
    Moment,
    SerialDays,
    month_token,
)
from ghgcalc.company.read_times import MONTHS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_CLOCK = re.compile(
    r"(?P<day>.+?)(?P<join>T|,? +)(?P<h>[0-9]{1,2}):[0-9]{2}(?P<s>:[0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?P<half> ?[AaPp]\.?[Mm]\.?)?(?P<offset> ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?))?"
)
_RUN = re.compile(r"[0-9]+|[^\W\d_]+|[\W_]+")
# words beside a month that do not make it another stretch of days
_MONTHLY = frozenset({"年", "月", "月份", "년", "월", "de", "of"})
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
_ORDERS = {"DMY": ("YMD", "DMY", "MDY"), "MY": ("YM", "MY")}
_GLUED = {"DMY": ("YYYYMMDD", "DDMMYYYY", "MMDDYYYY"), "MY": ("YYYYMM", "MMYYYY")}
SEPARATORS = (" - ", " – ", " — ", " to ", " bis ", " ~ ", "~", "～", "至", "/", "-", "–")
MOST_TEXTS = 60
MOST_YEARS = 20  # of the bills of a column: days of the month read as years spread further


@lru_cache(maxsize=4096)
def formats_of(text: str, of: str = "DMY") -> tuple[str, ...]:
    """The formats in which a text is a day (`DMY`) or a month (`MY`), the stricter ones first."""
    if of == "DMY" and _SERIAL.fullmatch(text):
        return ("serial",)
    day, clock = text, ""
    match = _CLOCK.fullmatch(text) if of == "DMY" else None
    if match is not None:
        day = match["day"]
        hour = "hh" if len(match["h"]) == 2 else "h"
        clock = f"{match['join']}{hour}:mm{':ss' if match['s'] else ''}"
        clock += _blank(match["half"], "AM") + _blank(match["offset"], "offset")
    every = dict.fromkeys(_of_days(day, of, clock))
    return tuple(form for form in every if _reads(form, [text], of) is not None)


def _blank(text: str | None, token: str) -> str:
    """A token for a part of a text, with the blank before it."""
    return f"{' ' if text.startswith(' ') else ''}{token}" if text else ""


def _of_days(text: str, of: str, clock: str) -> Iterator[str]:
    if text.isdecimal() and text.isascii():
        yield from (form + clock for form in _GLUED[of])
        return
    runs = _RUN.findall(text)
    places = [i for i, run in enumerate(runs) if run.isdecimal() or is_month_name(run)]
    if len(places) != len(of) or (of == "MY" and not _of_months(runs)):
        return
    short = any(run.isdecimal() and len(run) == 1 for run in runs)
    for loose in (True,) if short else (False, True):
        for order in _ORDERS[of]:
            told = zip(places, order, strict=True)
            filled = {place: _token(runs[place], kind, loose) for place, kind in told}
            if all(filled.values()):
                yield "".join(filled.get(i, run) for i, run in enumerate(runs)) + clock


def _of_months(runs: Iterable[str]) -> bool:
    """Whether the words beside a number and a year leave it a month; `Q1 2024` is a quarter."""
    words = (run.casefold() for run in runs if run.isalpha() and not is_month_name(run))
    return all(word in _MONTHLY for word in words)


def is_month_name(run: str) -> bool:
    """Whether a word is the English name of a month, or its first three letters."""
    return DateFormat("MMM", of="MY").read(run, 2000) is not None


def _token(run: str, kind: str, loose: bool) -> str:
    if not run.isdecimal():
        return month_token(run) if kind == "M" else ""
    if kind == "Y":
        return {4: "YYYY", 2: "YY"}.get(len(run), "")
    if len(run) > 2:
        return ""
    return kind if loose or len(run) == 1 else kind * 2


def _reads(form: str, texts: Iterable[str], of: str) -> tuple[Moment, ...] | None:
    """What a format reads in every text; None where it is none, or fails at one."""
    known = _format(form, of)
    if known is None:
        return None
    found = [known.moment(text) for text in texts]
    return None if None in found else tuple(each for each in found if each is not None)


@lru_cache(maxsize=256)
def _format(form: str, of: str) -> DateFormat | None:
    try:
        return SerialDays(form) if form == "serial" else DateFormat(form, of=of)
    except ValueError:
        return None


def common_formats(texts: Iterable[str], of: str = "DMY") -> tuple[str, ...]:
    """The formats that read all the texts, one of each meaning."""
    return _common(tuple(sorted(set(texts))), of)


@lru_cache(maxsize=256)
def _common(some: tuple[str, ...], of: str) -> tuple[str, ...]:
    candidates = dict.fromkeys(form for text in some for form in formats_of(text, of))
    by_meaning: dict[tuple[Moment, ...], str] = {}
    for form in candidates:
        found = _reads(form, some, of)
        if found is not None:
            by_meaning.setdefault(found, form)
    return tuple(by_meaning.values())


def in_years(
    forms: Iterable[str], texts: Iterable[str], years: Collection[int], of: str = "DMY"
) -> tuple[str, ...]:
    """The formats that read the texts as days of some years; all of them where none are known.

    A year of four digits says itself which it is; one of two digits, or a count of days, may be
    a day of the month or any number that is read as a year.
    """
    met = list(texts) if years else []
    return tuple(form for form in forms if "YYYY" in form or _in_years(form, met, years, of))


def _in_years(form: str, texts: Iterable[str], years: Collection[int], of: str) -> bool:
    known = _format(form, of)
    found = (known.moment(text) for text in texts) if known else ()
    return all(each.day.year in years for each in found if each is not None)


def close_by(forms: Sequence[str], texts: Iterable[str], of: str = "DMY") -> tuple[str, ...]:
    """The formats that read the texts as days of some years near each other, where some do.

    `31/01/24` and `29/02/24` are days of 2024, or of 2031 and 2029.
    """
    some = list(texts)
    years = {form: [each.day.year for each in _reads(form, some, of) or ()] for form in forms}
    near = [form for form, met in years.items() if met and max(met) - min(met) < MOST_YEARS]
    return tuple(near or forms)


def yearless(text: str) -> str:
    """The format of a month that is written without its year; "" where it is none."""
    if text.isdecimal() and text.isascii() and len(text) <= 2 and 1 <= int(text) <= MONTHS:
        return "MM" if text.startswith("0") else "M"
    if not is_month_name(text):
        return ""
    return month_token(text)


def range_of(text: str, years: Collection[int] = ()) -> tuple[str, str] | None:
    """A sign between two days, and the format of both; None where the text is no such range."""
    for sign in SEPARATORS:
        parts = [part.strip() for part in text.split(sign)]
        if len(parts) == 2 and all(parts):
            forms = in_years(common_formats(parts), parts, years)
            if len(forms) == 1:
                return sign, forms[0]
    return None


def firsts(texts: Sequence[str], form: str) -> bool:
    """Whether a format reads every text as the first day of a month."""
    found = _reads(form, texts, "DMY")
    return bool(found) and all(each.day.day == 1 for each in found or ())


def ways(key: str, forms: Iterable[str]) -> str:
    """Formats as they are typed, with `or` between them."""
    return " or ".join(f"`{key}: {quoted(form)}`" for form in forms)


def quoted(form: str) -> str:
    """A format as YAML takes it inside a flow mapping."""
    plain = re.fullmatch(r"[\w./ :-]+", form) and ": " not in form and form == form.strip()
    return form if plain else f'"{form}"'


def all_pairs(text: str, sign: str) -> list[tuple[str, str]]:
    """Every way to cut a text at a sign into two."""
    places = [found.start() for found in re.finditer(f"(?={re.escape(sign)})", text)]
    return [(text[:at].strip(), text[at + len(sign) :].strip()) for at in places]
