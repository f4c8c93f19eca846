"""`ghgcalc schema`: the JSON Schemas of the files that people and programs write."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ghgcalc.cli.output import usage, write_file, write_out

Name = Literal["company", "include", "pack", "mapping", "lock", "inventory", "findings"]
Draft = Literal["draft-07", "2020-12"]
_START = '{\n "$schema": '


def schema(
    name: Annotated[Name | None, typer.Argument(help="Of what; else of the company file.")] = None,
    draft: Annotated[Draft, typer.Option(help="draft-07 is what editors read.")] = "draft-07",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="A .json file, or a folder for the schemas of the"
                     " files that people write."),
    ] = None,
) -> None:  # fmt: skip
    """Print a JSON Schema: every key with its meaning, an example and the words that it takes.

    Examples: `ghgcalc schema pack`, `ghgcalc schema -o .ghgcalc` renews what `init` wrote
    """
    from ghgcalc.core.json_schemas import KEPT, schema_file, schema_text

    if output is None:
        write_out([schema_text(name or "company", draft)])
        return
    if output.suffix == ".json":
        targets = {output: name or "company"}
    elif output.suffix:
        usage(f"{output}: name a .json file, or a folder")
    else:
        targets = {output / schema_file(each): each for each in ([name] if name else KEPT)}
    for path in targets:
        _ours(path)
    for path, each in targets.items():
        write_file(path, [schema_text(each, draft)], ())
        typer.echo(path.as_posix())


def _ours(path: Path) -> None:
    """Refuse to overwrite a file that holds something else; make its folder."""
    try:
        if path.exists() and not path.read_bytes().startswith(_START.encode()):
            usage(f"{path} exists and holds no schema; name another file")
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        usage(f"{path} cannot be written: {error.strerror or error}")
