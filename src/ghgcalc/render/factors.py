"""Packs and factors for people: what is bundled, what a row says and how it reached us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.numbers import significant
from ghgcalc.factors.boundary import boundary_of
from ghgcalc.factors.price_year import prices
from ghgcalc.factors.status import CURRENT, SUPERSEDED, status_of, status_text
from ghgcalc.factors.values import value_year
from ghgcalc.render.terminal import grid_of, new_console, styled, text_of
from ghgcalc.render.text import columns, plural, safe
from ghgcalc.views.factor_values import headline, value_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ghgcalc.calculation.factor_card import Card
    from ghgcalc.factors.pack import Pack
    from ghgcalc.factors.rows import RowRef


def render_packs(packs: Iterable[Pack]) -> str:
    """One line per pack."""
    rows = [("pack", "version", "GWP", "evidence", "status", "title")]
    for pack in packs:
        header = pack.header
        rows.append(
            (
                header.pack,
                header.version,
                header.gwp_set or "–",
                header.evidence.label,
                SUPERSEDED if status_of(pack.info).by else CURRENT,
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
        ("status", status_text(pack.info)),
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
    for holds, count in _counted(pack):
        rows.append((holds.replace("_", " "), plural(count, "row")))
    return _grid(rows)


def _counted(pack: Pack) -> list[tuple[str, int]]:
    """Rows of the tables that hold no factors, by what they hold."""
    kinds = dict.fromkeys(table.holds for table in pack.header.tables)
    return [(kind, sum(1 for _ in pack.rows(kind))) for kind in kinds if kind != "factors"]


def render_value(pack: Pack, row: RowRef) -> str:
    """A row that is no factor (a loss, a rate, a parameter) with its locator and evidence."""
    cells, evidence = row.cells, row.table.evidence or pack.header.evidence
    of = f" of {cells['share_of']}" if cells.get("share_of") else ""
    rows = [("value", f"{pack.info.id}/{cells['id']}@{pack.header.version}")]
    keys = (
        ("name", cells.get("name")), ("is", f"{_figure(cells)} {cells['unit']}{of}"),
        ("equipment", cells.get("equipment")), ("phase", cells.get("phase")),
        ("pressure", _with_unit(cells, "pressure_mpa", "MPa, absolute")),
        ("temperature", _with_unit(cells, "temperature_c", "°C")),
        ("item", cells.get("item")), ("currency", cells.get("currency")),
        ("series", cells.get("series")), ("region", cells.get("region")),
        ("year", value_year(pack, row)), ("locator", cells.get("locator")),
        ("evidence", evidence.label), ("via", evidence.via), ("note", cells.get("note")),
        ("from", pack.header.title), ("licence", pack.header.licence),
        ("file", f"{pack.shown}/{row.table.file}:{row.line}"),
    )  # fmt: skip
    rows += [(label, text) for label, text in keys if text]
    return _grid(rows)


def _figure(cells: dict[str, str]) -> str:
    """A printed value, its range beside it, or the range alone."""
    between = f"{cells['low']} to {cells['high']}" if cells.get("high") else ""
    value = cells.get("value", "")
    return f"{value} ({between})" if value and between else value or between


def _with_unit(cells: dict[str, str], column: str, unit: str) -> str | None:
    return f"{cells[column]} {unit}" if cells.get(column) else None


def render_factor(card: Card) -> str:
    """A factor: values as printed, CO2e under each GWP set, keys, evidence, other editions."""
    factor = card.factor
    rows = [("factor", f"{factor.ref}@{factor.pack.header.version}"), ("name", factor.name)]
    for gas, value in factor.gases.items():
        rows.append(("value", f"{value_text(gas, value)} per {factor.per}"))
    for item in card.weighed:
        total = f"{significant(item.kg, 6)} kg CO2e per {factor.per}" if item.kg is not None else ""
        words = [word for word in (total, item.remark) if word]
        rows.append((f"{item.gwp_set}", "  ".join(words)))
    keys = (
        ("category", ", ".join(sorted(factor.categories))), ("fuel", factor.fuel),
        ("item", factor.item), ("sector", factor.sector), ("technology", factor.technology),
        ("vehicle", factor.vehicle), ("region", factor.region or "worldwide"),
        ("year", str(factor.year) if factor.year else None), ("kind", factor.kind),
        ("covers", boundary_of(factor)), ("prices", prices(factor)),
        ("GWP set", factor.gwp_set), ("with", factor.with_),
        ("locator", factor.locator), ("evidence", factor.evidence.label),
        ("via", factor.evidence.via), ("note", factor.note),
        ("from", factor.pack.header.title), ("licence", factor.pack.header.licence),
        ("status", status_text(factor.pack)),
        ("file", str(factor.location) if factor.location else None),
    )  # fmt: skip
    rows += [(label, value) for label, value in keys if value]
    rows += [
        ("editions", f"{other.ref}  {headline(other)} per {other.per}") for other in card.editions
    ]
    return _grid(rows)


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
