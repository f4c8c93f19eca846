"""One answer of the library: what was asked, the pack that answers, what its use must accept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ghgcalc.analysis.coverage.asking import grade

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.analysis.coverage.asking import Answer

ELECTRICITY, RESIDUAL, LOSSES, UPSTREAM = "electricity", "residual_mix", "t_and_d", "wtt"
KINDS: Final = {
    ELECTRICITY: "electricity, location-based", RESIDUAL: "residual mix",
    LOSSES: "electricity, T&D losses", UPSTREAM: "electricity, upstream (WTT)",
}  # fmt: skip
EARLIER, LATER = "earlier_year", "later_year"
# an entry of `accept:` in a word, for tables; those about years are told as a distance
SHORT: Final = {
    "co2e_without_gases": "gases", "other_gwp_set": "GWP", "wider_region": "wider",
    "other_publisher_property": "property",
}  # fmt: skip


class Cell(NamedTuple):
    """What the library answers to one question.

    Attributes:
        what: kind of question, such as `electricity` or `stationary_combustion`.
        name: the fuel or item; "" where the kind says all.
        place: country or region; "" for a place of which no pack has rows.
        year: that of the line; None where years do not matter.
        unit: of the line; "" where the rows' own units count.
        pack, grade: which pack answers, and how its figure reached us; "" for none.
        accept: the entries needed, with years where they are about years.
        why, do: of a hole, or of a stand-in of another year.
        several: several rows fit, and the line must say more.
    """

    what: str
    name: str
    place: str
    year: int | None
    unit: str
    pack: str = ""
    grade: str = ""
    accept: tuple[tuple[str, int], ...] = ()
    why: str = ""
    do: str = ""
    several: bool = False

    @property
    def exact(self) -> bool:
        """Whether a line gets the factor without any `accept:` entry."""
        return bool(self.pack) and not self.accept

    @property
    def of_another_year(self) -> bool:
        """Whether a factor of another year stands in."""
        return any(kind in (EARLIER, LATER) for kind, _ in self.accept)

    @property
    def needs(self) -> str:
        """The `accept:` entries as they are typed, in one text."""
        return ", ".join(
            f"{kind} ({years} {'year' if years == 1 else 'years'})" if years else kind
            for kind, years in self.accept
        )


def cell_of(answer: Answer, what: str, name: str, place: str, year: int | None, unit: str) -> Cell:
    """The cell of an answer."""
    factor = answer.factor
    if factor is None:
        several = answer.code == "ambiguous-factor"
        return Cell(what, name, place, year, unit, why=answer.why, several=several)
    marks = grade(factor.evidence)
    return Cell(what, name, place, year, unit, factor.pack.id, marks, answer.accept)


def marks(accept: Iterable[tuple[str, int]]) -> str:
    """Entries of `accept:` in a few signs, such as ` [−1, GWP]`; "" for none."""
    signs = {EARLIER: "−", LATER: "+"}
    found = [f"{signs[kind]}{years}" if kind in signs else SHORT.get(kind, kind)
             for kind, years in accept]  # fmt: skip
    return f" [{', '.join(found)}]" if found else ""


def spans(years: Iterable[int]) -> str:
    """Years in few words: `2019–2021, 2024`."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
