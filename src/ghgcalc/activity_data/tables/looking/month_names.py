"""Months by their names in several languages: what `read: {months: …}` is to list.

A file writes each month in one way; those that it does not show are filled in from the same way of
writing. A month that is written in two ways cannot be read, and is told as a text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from ghgcalc.activity_data.tables.day_formats import DateFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MONTHS = 12
# each line is one way of writing all twelve
_WAYS: Final = tuple(
    tuple(line.split("|"))
    for line in """
january|february|march|april|may|june|july|august|september|october|november|december
jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec
jan.|feb.|mar.|apr.|may|jun.|jul.|aug.|sept.|oct.|nov.|dec.
januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember
jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember
jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez
jan|feb|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez
jan.|feb.|mär.|apr.|mai|jun.|jul.|aug.|sep.|okt.|nov.|dez.
jan.|feb.|märz|apr.|mai|juni|juli|aug.|sept.|okt.|nov.|dez.
januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember
janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre
janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre
janv.|févr.|mars|avr.|mai|juin|juil.|août|sept.|oct.|nov.|déc.
janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc
jan|fév|mar|avr|mai|jun|jul|aoû|sep|oct|nov|déc
enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre
ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic
ene.|feb.|mar.|abr.|may.|jun.|jul.|ago.|sep.|oct.|nov.|dic.
ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic
gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre
gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic
janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro
jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez
jan.|fev.|mar.|abr.|mai.|jun.|jul.|ago.|set.|out.|nov.|dez.
januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december
jan|feb|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec
jan.|feb.|mrt.|apr.|mei|jun.|jul.|aug.|sep.|okt.|nov.|dec.
styczeń|luty|marzec|kwiecień|maj|czerwiec|lipiec|sierpień|wrzesień|październik|listopad|grudzień
stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia
sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru
leden|únor|březen|duben|květen|červen|červenec|srpen|září|říjen|listopad|prosinec
januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december
jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec
januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december
ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık
一月|二月|三月|四月|五月|六月|七月|八月|九月|十月|十一月|十二月
""".strip().splitlines()
) + tuple(
    tuple(form.format(month) for month in range(1, 13))
    for form in ("tháng {}", "tháng {:02}", "thg {}")
)
_NAME = re.compile(
    "(?i)(?<![A-Za-zÀ-ɏ])(?:"
    + "|".join(
        map(re.escape, sorted({n for way in _WAYS for n in way}, key=lambda n: (-len(n), n)))
    )
    + ")(?![A-Za-zÀ-ɏ])"
)
_BARE = ("MMM",)
_DATED = (
    "MMM YYYY", "MMM-YY", "MMM-YYYY", "MMM YY", "MMM/YYYY", "MMM/YY", "MMM.YYYY", "MMM.YY",
    "MMM 'YY", "MMM, YYYY", "YYYY MMM", "YYYY-MMM", "YYYY/MMM", "YYYY年MMM", "MMMYYYY", "MMM_YYYY",
    "MMM de YYYY", "MMM del YYYY", "MMM do YYYY", "MMM năm YYYY",
)  # fmt: skip
_DAYS = (
    "D MMM YYYY", "D. MMM YYYY", "D-MMM-YYYY", "D-MMM-YY", "D MMM YY", "D/MMM/YYYY", "D.MMM.YYYY",
    "D. MMM. YYYY", "D.MMM YYYY", "D de MMM de YYYY", "MMM D, YYYY", "D MMM, YYYY", "D-MMM YYYY",
)  # fmt: skip


_FORMS: Final = {"days": _DAYS, "months": _DATED, "bare": _BARE}


def named_month(text: str) -> int:
    """The month whose name, in any of the languages, is a text; 0 where it is none."""
    found = {way.index(text.casefold()) + 1 for way in _WAYS if text.casefold() in way}
    return found.pop() if len(found) == 1 else 0


def named_forms(cells: Sequence[str], what: Literal["days", "months", "bare"]) -> tuple[str, ...]:
    """The format of days, of months or of months without a year that reads all cells by names."""
    names = names_of(cells)
    for form in _FORMS[what] if names else ():
        read = named_form(form, names, months=what != "days")
        if all(read.read(cell, 2000) is not None for cell in cells):
            return (form,)
    return ()


def names_of(cells: Iterable[str]) -> tuple[str, ...]:
    """The twelve names of months as some cells write them; none where one has no such name."""
    found = []
    for cell in dict.fromkeys(cells):
        match = _NAME.findall(cell)
        if len(match) != 1:
            return ()
        found.append(match[0])
    written = {text.casefold(): text for text in reversed(found)}
    fitting = [way for way in _WAYS if set(written) <= set(way)] or _mixed_ways(set(written))
    if not fitting:
        return ()
    titled = [text for text in found if text[0].isupper()]
    names = [written.get(name) or (name.capitalize() if titled else name) for name in fitting[0]]
    return tuple(names)


def _mixed_ways(written: set[str]) -> list[tuple[str, ...]]:
    """A way of which some months are written as in another: `Jan`, `Sept`, `März`."""
    near = max(_WAYS, key=lambda way: len(written & set(way)))
    made = list(near)
    for name in written - set(near):
        month = named_month(name)
        if not month or made[month - 1] in written:
            return []
        made[month - 1] = name
    return [tuple(made)] if len({*made}) == _MONTHS and written <= {*made} else []


@lru_cache(maxsize=256)
def named_form(text: str, names: tuple[str, ...], *, months: bool) -> DateFormat:
    """A format of days, or of months, with such names."""
    return DateFormat(text, names, of="MY" if months else "DMY")
