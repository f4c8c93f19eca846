"""Options that several commands share: one name, one meaning, one help text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ghgcalc.cli.output import Findings, Format
from ghgcalc.core.text.scripts import composed

Approach = Literal["equity_share", "financial_control", "operational_control"]
Method = Literal["location_based", "market_based"]


def _composed(text: str | None) -> str | None:
    """An id as the file's are compared, whatever the keyboard made of it."""
    return None if text is None else composed(text)


CompanyFile = Annotated[Path, typer.Argument(help="The company file.")]
PeriodOption = Annotated[
    str | None,
    typer.Option(
        help="2023, 2023-04, 2023-Q1 or 2023-01-01/2023-03-31; default: the newest"
        " reporting year with activities."
    ),
]
BoundaryOption = Annotated[
    str | None,
    typer.Option(callback=_composed, help="A boundary of the file; default: every line."),
]
ApproachOption = Annotated[
    Approach | None, typer.Option(help="Consolidation approach; default: the file's.")
]
LockedOption = Annotated[
    bool, typer.Option("--locked", help="Refuse what ghgcalc.lock does not hold, and drift.")
]
FormatOption = Annotated[
    Format | None, typer.Option("--format", help="What is written; default: table.")
]
FindingsOption = Annotated[
    Findings, typer.Option("--diagnostics", help="How findings are written to stderr.")
]
