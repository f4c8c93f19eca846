"""`ghgcalc factors new`: an own pack to start from, each key explained."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ghgcalc.cli.output import usage


def new(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="Such as factors/own.yaml.")],
) -> None:
    """Write an own pack with comments; a file that exists is never overwritten.

    Example: `ghgcalc factors new factors/own.yaml`
    """
    from ghgcalc.core.text.whole_files import write_whole
    from ghgcalc.factors.template import OWN_PACK

    if path.suffix not in (".yaml", ".yml"):
        usage(f"{path}: name a YAML file, such as factors/own.yaml")
    try:
        if os.path.lexists(path):
            usage(f"{path} exists and is not overwritten; name another file")
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, lambda draft: draft.write_bytes(OWN_PACK.encode()))
    except OSError as error:
        usage(f"{path} cannot be written: {error.strerror or error}")
    typer.echo(f"{path}: an own pack of 2 factors and 1 fuel property; change the values, then")
    typer.echo(f"  ghgcalc factors lint {path}")
