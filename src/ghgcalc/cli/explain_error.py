"""`ghgcalc explain-error`: what a code means, why it matters, what to do."""

from __future__ import annotations

from typing import Annotated

import typer

from ghgcalc.cli.output import usage


def explain_error(
    code: Annotated[
        str, typer.Argument(help="A code such as unit-mismatch, as printed in `error[…]`.")
    ],
) -> None:
    """Explain a diagnostic code.

    Example: `ghgcalc explain-error unit-mismatch`
    """
    from textwrap import fill

    from ghgcalc.core.codes.registry import CODES

    entry = CODES.get(code)
    if entry is None:
        usage(f"no code `{code}`; {_near(code, list(CODES))}")
    typer.echo(f"{entry.slug}: {entry.title}\n")
    for label, text in (("why", entry.why), ("fix", entry.fix)):
        typer.echo(fill(f"{label}  {text}", width=100, subsequent_indent=" " * 5))


def _near(code: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(code, known, n=3, cutoff=0.4)
    if not near:
        return f"{len(known)} codes are described in docs/errors.md"
    return "did you mean " + " or ".join(f"`{name}`" for name in near) + "?"
