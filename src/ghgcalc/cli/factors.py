"""`ghgcalc factors`."""

from __future__ import annotations

import typer

app = typer.Typer(help="Factor packs.")


@app.callback()
def _options() -> None:
    """Factor packs."""
