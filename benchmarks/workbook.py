"""Workbook against bare XlsxWriter: `python -m benchmarks.workbook [LINES [RUNS]]`.

The floor writes the very same cells (texts, numbers, formulas with their values, formats) by direct
calls of XlsxWriter in constant-memory mode. Our time covers everything from the computed inventory
to the closed file. Both are medians (of three runs), taken in turn; the aim is a ratio of 1.5.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.generate import company_file

AIM = 1.5
RUNS = 3
METHODS = ("write_string", "write_number", "write_formula", "write_blank", "write_datetime")
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
           "strings_to_numbers": False}  # fmt: skip


def main() -> int:
    """Compute once, then write in turn; exit 1 where the aim is missed."""
    from ghgcalc.pipeline.run import compute

    asked = [int(text) for text in sys.argv[1:3]]
    count, runs = asked + [100_000, RUNS][len(asked) :]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run = compute(company_file(folder / "company.yaml", count))
        assert run.inventory is not None, [item.message for item in run.diagnostics]
        cells = recorded(lambda: ours(run, folder / "recorded.xlsx"))
        gc.disable()  # as the command does for the whole run
        times: dict[str, list[float]] = {"ours": [], "floor": []}
        for _ in range(runs):
            times["floor"].append(bare(cells, folder / "floor.xlsx"))
            times["ours"].append(taken(lambda: ours(run, folder / "ours.xlsx")))
        size = (folder / "ours.xlsx").stat().st_size
    mine, floor = (statistics.median(times[key]) for key in ("ours", "floor"))
    written = sum(len(calls) for _, calls in cells)
    verdict = "met" if mine / floor <= AIM else "missed"
    print(f"{len(run.inventory.lines):,} lines, {written:,} cells, {size / 1e6:.1f} MB")
    print(f"ghgcalc {mine:.2f} s, bare XlsxWriter {floor:.2f} s, ratio {mine / floor:.2f} x,"
          f" aim <= {AIM} x: {verdict}")  # fmt: skip
    return int(verdict == "missed")


def ours(run: Any, target: Path) -> None:
    """What the command does after computing."""
    from ghgcalc.render.xlsx.workbook import write_workbook

    write_workbook(run.inventory, run.project.catalog, target, {})


def taken(action: Any) -> float:
    """Wall time of a call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def recorded(action: Any) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """Every cell that a call writes, by sheet: method, row, column, values; formats by number."""
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    sheets: dict[str, list[tuple[Any, ...]]] = {}
    formats: dict[int, int] = {}
    plain = {name: getattr(Worksheet, name) for name in METHODS}

    def recorder(name: str) -> Any:
        def call(self: Any, *args: Any) -> Any:
            marked = tuple(
                ("format", formats.setdefault(id(arg), len(formats)))
                if isinstance(arg, Format)
                else arg
                for arg in args
            )
            sheets.setdefault(self.get_name(), []).append((name, marked))
            return plain[name](self, *args)

        return call

    for name in METHODS:
        setattr(Worksheet, name, recorder(name))
    try:
        action()
    finally:
        for name in METHODS:
            setattr(Worksheet, name, plain[name])
    return list(sheets.items())


def bare(cells: list[tuple[str, list[tuple[Any, ...]]]], target: Path) -> float:
    """Wall time of writing recorded cells by XlsxWriter alone; looking them up is not timed."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(target), OPTIONS)
    formats: dict[int, Any] = {}
    sheets = []
    for title, calls in cells:
        sheet = book.add_worksheet(title)
        sheets.append([
            (getattr(sheet, name), [
                formats.setdefault(arg[1], None) or _format(book, formats, arg[1])
                if type(arg) is tuple else arg
                for arg in args
            ])
            for name, args in calls
        ])  # fmt: skip
    start = time.perf_counter()
    for calls in sheets:
        for method, args in calls:
            method(*args)
    book.close()
    return time.perf_counter() - start


def _format(book: Any, formats: dict[int, Any], number: int) -> Any:
    formats[number] = book.add_format({"border": 1})
    return formats[number]


if __name__ == "__main__":
    raise SystemExit(main())
