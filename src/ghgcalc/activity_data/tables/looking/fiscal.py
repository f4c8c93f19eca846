"""Years that begin in another month than January: `FY 2023/24`, *Geschäftsjahr*."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.paste import OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ghgcalc.activity_data.tables.looking.columns import Column

_HEADING = re.compile(
    r"(?i)financial|fiscal|(?<!\w)f\.?y\.?(?!\w)|geschäftsjahr|wirtschaftsjahr|haushaltsjahr|"
    r"exercice|ejercicio|esercizio|exercício|boekjaar|obrotowy|räkenskapsår|regnskapsår|"
    r"(academic|tax|reporting|budget|school) year|会计年度|财年|財年|年度|năm tài chính"
)
_TEXT = re.compile(r"(?i)(?:f\.?y\.?\s?'?)?(?:19|20)?([0-9]{2})\s?[-–/]\s?(?:19|20)?([0-9]{2})")
_SHORT = re.compile(r"(?i)f\.?y\.?\s?'?(?:19|20)?[0-9]{2}")


def is_fiscal(column: Column) -> bool:
    """Whether a column is of such years: by its heading, or each text is a year and the next."""
    if column.kind == "empty" or not column.cells:
        return False
    texts = {text for _, text in column.cells}
    return all(map(_runs_over, texts)) or (
        column.kind in ("year", "text", "id", "month") and bool(_HEADING.search(column.name))
    )


def _runs_over(text: str) -> bool:
    pair = _TEXT.fullmatch(text)
    if pair is not None:
        return int(pair[2]) == (int(pair[1]) + 1) % 100
    return bool(_SHORT.fullmatch(text))


def fiscal_of(columns: Sequence[Column], by: Mapping[str, Column]) -> Column | None:
    """The first such column beside months without a year, which it does not say."""
    period = by.get("period")
    if period is None or period.kind != "month" or "Y" in period.forms[0] or "year" in by:
        return None
    return next((c for c in columns if c is not period and is_fiscal(c)), None)


def fiscal_beside(wide: Sequence[tuple[Column, str]], left: Sequence[Column]) -> Column | None:
    """The first such column beside headings that are months without a year."""
    if not wide or not all(period.startswith(OPEN) for _, period in wide):
        return None
    return next((c for c in left if is_fiscal(c)), None)


def later_of(wide: Sequence[tuple[Column, str]]) -> list[Column]:
    """Headings of the next calendar year: those from January on, right of later months."""
    months = [(c, period[-2:]) for c, period in wide if period.startswith(OPEN)]
    if len({month for _, month in months}) < len(months):  # of several units or sites
        return []
    falls = [at for at in range(1, len(months)) if months[at][1] < months[at - 1][1]]
    return [c for c, _ in months[falls[0] :]] if len(falls) == 1 else []
