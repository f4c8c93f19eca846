"""A column of a quantity of several columns that is the sum of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.activity_data.tables.columns import term_column
from ghgcalc.activity_data.tables.findings import RowFinding
from ghgcalc.activity_data.tables.nesting import LEAST
from ghgcalc.activity_data.tables.polars_engine import quantities
from ghgcalc.activity_data.tables.sums import EXACT_DECIMALS
from ghgcalc.activity_data.tables.sums_of_others import ROWS
from ghgcalc.company.quantity_terms import terms_of
from ghgcalc.core.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    import polars as pl

    from ghgcalc.activity_data.tables.plan import TablePlan
    from ghgcalc.activity_data.tables.polars_engine.sources import Sources

_HONEST = "where it counts beside the others, state `accept_overlaps: {reason: …}`"


def report_total_terms(rows: pl.LazyFrame, plan: TablePlan, sources: Sources) -> None:
    """Put into the tally a column that is added and equals the other ones added in every row.

    Rows of which fewer than two other columns are above zero show nothing; one row may by chance.
    """
    import polars as pl

    terms = terms_of(plan.places.table.columns)
    added = [term_column(place) for place, term in enumerate(terms) if term.sign == "+"]
    if len(added) < ROWS:
        return
    form = plan.form
    texts = ((name, pl.col(name).fill_null("").str.strip_chars()) for name in added)
    values = rows.filter("good").select(
        "position",
        *(
            quantities.scaled(quantities.cleaned(text, form), form, EXACT_DECIMALS).alias(name)
            for name, text in texts
        ),
    )
    whole = pl.sum_horizontal(added)
    shows = pl.sum_horizontal(pl.col(name) > 0 for name in added) >= ROWS
    asked = values.filter(pl.all_horizontal(pl.col(name) >= 0 for name in added)).select(
        pl.col("position").filter(shows).min(),
        shows.sum().alias("rows"),
        *((2 * pl.col(name) == whole).all().alias(name) for name in added),
    )
    found = asked.collect(engine="streaming").row(0, named=True)
    for place, term in enumerate(terms):
        name = term_column(place)
        if found["rows"] and found.get(name):
            finding = _told(name, term.heading, len(added) - 1, found, sources)
            sources.tally.add(finding, kind="" if found["rows"] >= LEAST else "terms")


def _told(
    name: str, heading: str, others: int, found: dict[str, int], sources: Sources
) -> RowFinding:
    position, sure = found["position"], found["rows"] >= LEAST
    where = "every row" if sure else "the only row that shows it"
    finding = Diagnostic(
        "subtotal-row" if sure else "sum-of-others",
        f"column `{heading}` equals the sum of the {others} others that `quantity:` adds, in"
        f" {where}: a total?",
        sources.place(position, name),
        notes=sources.notes(position, name, ()),
        hint=f'leave `"+{heading}"` out of `quantity:`; {_HONEST}',
        severity=Severity.ERROR if sure else Severity.WARNING,
    )
    return RowFinding(position, finding)
