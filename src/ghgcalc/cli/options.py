"""Options that several commands share: one name, one meaning, one help text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

import typer

from ghgcalc.analysis.profiles.registry import PROFILES
from ghgcalc.cli import shell
from ghgcalc.core.text.scripts import composed
from ghgcalc.render.registry import (
    DEFAULT,
    FINDING_FORMATS,
    TEXT,
    formats_of,
    ledger_suffixes,
    suffixes_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

Approach = Literal["equity_share", "financial_control", "operational_control"]
Method = Literal["location_based", "market_based"]


def _composed(text: str | None) -> str | None:
    """An id as the file's are compared, whatever the keyboard made of it."""
    return None if text is None else composed(text)


CompanyFile = Annotated[Path, typer.Argument(help="The company file.")]
CompanyFiles = Annotated[
    list[Path] | None,
    typer.Argument(help="The company file, or several; default: company.yaml."),
]
PeriodOption = Annotated[
    str | None,
    typer.Option(
        help="2023, 2023-04, 2023-Q1 or 2023-01-01/2023-03-31; default: the newest"
        " reporting year with activities.",
        autocompletion=shell.periods,
    ),
]
BoundaryOption = Annotated[
    str | None,
    typer.Option(
        callback=_composed,
        help="A boundary of the file; default: every line.",
        autocompletion=shell.boundaries,
    ),
]
ApproachOption = Annotated[
    Approach | None, typer.Option(help="Consolidation approach; default: the file's.")
]
ProfileOption = Annotated[
    list[str] | None,
    typer.Option(
        "--profile", metavar=f"<{'|'.join(PROFILES)}>",
        help="Judge what a standard requires to disclose; may be repeated.",
    ),
]  # fmt: skip
LockedOption = Annotated[
    bool, typer.Option("--locked", help="Refuse what ghgcalc.lock does not hold, and drift.")
]


def _one_of(names: Iterable[str]) -> Any:
    """The type of an option that takes one of some names."""
    return Literal.__getitem__(tuple(names))


def either(words: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def names_of(kind: str) -> list[str]:
    """The names of the formats of a kind of result."""
    return [each.name for each in formats_of(kind)]


def _format(kind: str) -> Any:
    """`--format` of a result that also goes to a file, whose suffix may say it."""
    told = f"What is written; default: {DEFAULT.name}."
    return Annotated[_one_of(names_of(kind)) | None, typer.Option("--format", help=told)]


def _output(suffixes: Iterable[str], of: Any = Path | None) -> Any:
    told = f"Write to FILE: {either(suffixes)}."
    return Annotated[of, typer.Option("-o", "--output", help=told)]


def _printed(names: list[str]) -> Any:
    """`--format` of a result that is printed only."""
    return Annotated[_one_of(names), typer.Option("--format", help=f"{either(names)}.")]


def verification_names() -> dict[str, str]:
    """The formats of a verification as `--format` takes them: `table` is called text there."""
    return {TEXT if name == DEFAULT.name else name: name for name in names_of("verification")}


if TYPE_CHECKING:  # which names a registry holds is known when it is read
    InventoryFormat: TypeAlias = str | None
    DifferenceFormat: TypeAlias = str | None
    EnergyFormat: TypeAlias = str | None
    InventoryOutput: TypeAlias = Path | None
    DifferenceOutput: TypeAlias = Path | None
    EnergyOutput: TypeAlias = Path | None
    QueryFormat: TypeAlias = str | None
    QueryOutput: TypeAlias = Path | None
    BaseYearFormat: TypeAlias = str
    SearchFormat: TypeAlias = str
    LookFormat: TypeAlias = str
    VocabularyFormat: TypeAlias = str
    EvidenceFormat: TypeAlias = str
    OutdatedFormat: TypeAlias = str
    CoverageFormat: TypeAlias = str
    VerificationFormat: TypeAlias = str
    LedgerOutput: TypeAlias = Path
    FindingsOption: TypeAlias = str
    CheckFormat: TypeAlias = str | None
    GateFindings: TypeAlias = str | None
else:
    InventoryFormat, InventoryOutput = _format("inventory"), _output(suffixes_of("inventory"))
    DifferenceFormat, DifferenceOutput = _format("difference"), _output(suffixes_of("difference"))
    EnergyFormat, EnergyOutput = _format("energy"), _output(suffixes_of("energy"))
    QueryFormat, QueryOutput = _format("query"), _output(suffixes_of("query"))
    LedgerOutput = _output(ledger_suffixes(), Path)
    BaseYearFormat = _printed(names_of("base-year"))
    SearchFormat = _printed(names_of("factor-search"))
    LookFormat = _printed(names_of("look"))
    VocabularyFormat = _printed(names_of("vocabulary"))
    EvidenceFormat = _printed(names_of("evidence"))
    OutdatedFormat = _printed(names_of("outdated"))
    CoverageFormat = _printed(names_of("coverage"))
    VerificationFormat = _printed(list(verification_names()))
    FindingsOption = Annotated[
        _one_of(FINDING_FORMATS),
        typer.Option("--diagnostics", help="How findings are written to stderr."),
    ]
    CheckFormat = Annotated[
        _one_of(FINDING_FORMATS) | None,
        typer.Option("--format", help="Write the findings to stdout, as the result."),
    ]
    GateFindings = Annotated[
        _one_of(FINDING_FORMATS) | None,
        typer.Option(
            "--diagnostics", help="How findings are written to stderr; github in a job of GitHub."
        ),
    ]
