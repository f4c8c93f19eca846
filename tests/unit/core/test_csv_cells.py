"""Where the cells of a CSV text stand."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from ghgcalc.core.text.csv_cells import CsvCells


def letter_by_letter(line: str) -> list[tuple[int, int]]:
    """Start and length of each cell: a comma ends one outside double quotes."""
    found: list[tuple[int, int]] = []
    start, quoted = 0, False
    for index, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            found.append((start, index))
            start = index + 1
    return [*found, (start, len(line))]


@given(st.text('a,";', max_size=20))
@example('"a,b",c')
@example('a,"b')
def test_cells_stand_where_reading_letter_by_letter_finds_them(line: str) -> None:
    cells = CsvCells("t.csv", f"{line}\n")
    for index, (start, end) in enumerate(letter_by_letter(line)):
        place = cells.at(1, index)
        assert (place.column, place.width) == (start + 1, max(end - start, 1))


def test_a_whole_row_is_placed_without_reading_its_cells() -> None:
    place = CsvCells("t.csv", "a,b\nc,d,e\n").place(2, "")
    assert (place.line, place.column, place.width) == (2, 1, 5)
