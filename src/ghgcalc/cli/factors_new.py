"""`ghgcalc factors new`: an own pack to start from, each key explained."""

from __future__ import annotations

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
    from ghgcalc.factors.template import OWN_PACK

    if path.suffix not in (".yaml", ".yml"):
        usage(f"{path}: name a YAML file, such as factors/own.yaml")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(OWN_PACK)
    except FileExistsError:
        usage(f"{path} exists and is not overwritten; name another file")
    except OSError as error:
        usage(f"{path} cannot be written: {error.strerror}")
    typer.echo(f"{path}: an own pack of 2 factors and 1 fuel property; change the values, then")
    typer.echo(f"  ghgcalc factors lint {path}")
