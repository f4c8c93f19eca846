"""`ghgcalc evidence`: what each line cites, and whether the documents are as they were locked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ghgcalc.cli.options import CompanyFile, EvidenceFormat, FindingsOption
from ghgcalc.cli.output import DATA, company_file, folder_of, here, report, write_out
from ghgcalc.render.registry import DEFAULT, TEXT, format_named, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ghgcalc.pipeline.evidence_states import Cited
    from ghgcalc.views.vocabulary import Listing

HEADINGS = ("line", "state", "evidence", "locked", "sha256", "place")


def evidence(
    company: CompanyFile = Path("company.yaml"),
    missing: Annotated[
        bool, typer.Option("--missing", help="Only lines that cite nothing.")
    ] = False,
    format_: EvidenceFormat = DEFAULT.name,
    diagnostics: FindingsOption = TEXT,
) -> None:
    """List every line with the documents that it cites under `evidence:`.

    A document is hashed, changed (against the lock), missing (a file that is not there), not
    opened (a link or device), text only, or there is none.

    Examples: `ghgcalc evidence`, `ghgcalc evidence acme/company.yaml --missing`,
    `ghgcalc evidence --format csv`
    """
    from ghgcalc.core.diagnostics import has_errors
    from ghgcalc.pipeline.evidence_states import State, evidence_states
    from ghgcalc.pipeline.project import load

    path = company_file(company)
    loaded = load(path)
    report(
        loaded.diagnostics, loaded.sources, path, diagnostics, folder=folder_of(path),
        computed=loaded.project is not None,
    )  # fmt: skip
    if loaded.project is None:
        raise typer.Exit(DATA)
    found = evidence_states(loaded.project)
    if missing:
        found = [each for each in found if each.state is State.NONE]
    write_out(pieces(format_named(format_), "evidence", _listing(found, folder_of(path))))
    if has_errors(loaded.diagnostics):
        raise typer.Exit(DATA)


def _listing(found: Iterable[Cited], folder: str) -> Listing:
    """The rows, with places that open from here."""
    from ghgcalc.views.vocabulary import Listing

    rows = tuple(
        (each.line, each.state.value, each.evidence, ", ".join(map(str, each.locked)), each.sha256,
         str(each.place._replace(path=here(each.place.path, folder))))
        for each in found
    )  # fmt: skip
    return Listing("evidence", HEADINGS, rows)
