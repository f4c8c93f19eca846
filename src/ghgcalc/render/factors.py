"""Packs and factors for people: what is bundled, what a row says and how it reached us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.factors.lint_records import RECORDS
from ghgcalc.render.terminal import grid_of, new_console, styled, text_of
from ghgcalc.render.text import columns, plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ghgcalc.factors.model import Factor
    from ghgcalc.factors.pack import Pack


def render_packs(packs: Iterable[Pack]) -> str:
    """One line per pack."""
    rows = [("pack", "version", "GWP", "evidence", "title")]
    for pack in packs:
        header = pack.header
        rows.append(
            (
                header.pack,
                header.version,
                header.gwp_set or "–",
                header.evidence.label,
                header.title,
            )
        )
    return _grid(rows, bold_head=True)


def render_pack(pack: Pack) -> str:
    """A pack's identity, licence, notes and the number of factors by category."""
    header = pack.header
    rows = [("pack", f"{header.pack}@{header.version}"), ("title", header.title)]
    published = str(header.published) if header.published else None
    for label, value in (
        ("organisation", header.organisation),
        ("url", header.url),
        ("licence", header.licence),
        ("attribution", header.attribution),
        ("published", published),
        ("GWP set", header.gwp_set),
        ("evidence", header.evidence.label),
        ("via", header.evidence.via),
        ("sha256", pack.info.sha256),
    ):
        if value:
            rows.append((label, value))
    rows += [("note" if index == 0 else "", note) for index, note in enumerate(header.notes)]
    for index, (category, count) in enumerate(sorted(pack.counts().items())):
        rows.append(
            (
                "factors" if index == 0 else "",
                f"{category or 'no category'}: {plural(count, 'row')}",
            )
        )
    for holds in RECORDS:
        count = sum(1 for _ in pack.rows(holds))
        if count:
            rows.append((holds.replace("_", " "), plural(count, "row")))
    return _grid(rows)


def render_factor(factor: Factor) -> str:
    """A factor's row as printed, its match keys, locator and evidence."""
    rows = [("factor", f"{factor.ref}@{factor.pack.header.version}"), ("name", factor.name)]
    for gas, value in factor.gases.items():
        kind = f" CO2e of {gas}" if value.as_co2e else f" {gas}"
        rows.append(("value", f"{value.amount}{kind} per {factor.per}"))
    keys = (
        ("category", ", ".join(sorted(factor.categories))), ("fuel", factor.fuel),
        ("item", factor.item), ("sector", factor.sector), ("technology", factor.technology),
        ("vehicle", factor.vehicle), ("region", factor.region or "worldwide"),
        ("year", str(factor.year) if factor.year else None), ("kind", factor.kind),
        ("lifecycle", factor.lifecycle), ("GWP set", factor.gwp_set), ("with", factor.with_),
        ("locator", factor.locator), ("evidence", factor.evidence.label),
        ("via", factor.evidence.via), ("note", factor.note),
        ("from", factor.pack.header.title), ("licence", factor.pack.header.licence),
        ("file", str(factor.location) if factor.location else None),
    )  # fmt: skip
    rows += [(label, value) for label, value in keys if value]
    return _grid(rows)


def render_record(pack: Pack, name: str) -> str | None:
    """A row that is no factor (a leak rate, a parameter, an enthalpy), or None."""
    for holds in RECORDS:
        for row in pack.rows(holds):
            if row.cells.get("id") == name:
                evidence = row.table.evidence or pack.header.evidence
                rows = [(holds.replace("_", " "), f"{pack.info.id}/{name}@{pack.header.version}")]
                rows += [
                    (key.replace("_", " "), cell) for key, cell in row.cells.items() if key != "id"
                ]
                rows += [("evidence", evidence.label), ("from", pack.header.title)]
                return _grid(rows)
    return None


def _grid(rows: Sequence[tuple[str, ...]], *, bold_head: bool = False) -> str:
    """Rows of texts; the last column takes what is left and wraps."""
    texts = [[safe(text) for text in row] for row in rows]
    widths: list[int | None] = [
        max(columns(row[index]) for row in texts) for index in range(len(texts[0]) - 1)
    ]
    grid = grid_of([*widths, None])
    before = ""
    for index, row in enumerate(texts):
        label, before = "" if row[0] == before else row[0], row[0]
        cells = map(styled, (label, *row[1:]))
        grid.add_row(*cells, style="bold" if bold_head and index == 0 else "")
    console = new_console(color=False)
    console.print(grid)
    return text_of(console)
