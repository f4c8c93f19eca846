"""What a look at a file found: a proposal for people to review, never read by a computation."""

from __future__ import annotations

from typing import NamedTuple


class LookedColumn(NamedTuple):
    """One column of a file.

    Attributes:
        name: as `columns:` names it: the heading, `Heading#2` for a repeated one, `#3` without.
        kind: day, month, year, number, reading, unit, flag, id, text or empty.
        forms: how its cells are written, the formats that fit all of them; several are a question.
        cells, different: how many cells hold something, and how many differ.
        samples: the first ones that differ.
        missing: texts that stand where there is no value.
        odd: cells that do not fit the kind, with their rows.
    """

    name: str
    kind: str
    forms: tuple[str, ...] = ()
    cells: int = 0
    different: int = 0
    samples: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


class Look(NamedTuple):
    """A file as it looks.

    Attributes:
        file: as named.
        kind: text, workbook or parquet.
        facts: label and text of what holds for the whole file, in order.
        rows: how many rows of data were looked at; `whole` tells whether these are all.
        questions: what cannot be told from the file, and what was seen that a reader must know.
        proposal: the `tables:` block; `…` stands where only the reader knows.
        sheet: of a workbook.
        facilities: texts by which the rows name facilities, in the order of the block's `names:`,
            each with the name that the file gives it beside.
        years: in which rows begin, as far as the file tells.
        amounts: whether there is a column that may be the quantities.
    """

    file: str
    kind: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[LookedColumn, ...]
    rows: int
    whole: bool
    questions: tuple[str, ...]
    proposal: tuple[str, ...]
    sheet: str = ""
    facilities: tuple[tuple[str, str], ...] = ()
    years: tuple[int, ...] = ()
    amounts: bool = True
