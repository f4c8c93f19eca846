"""The group of commands: what a library says of a wrong option is said in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer import BadParameter
from typer.core import TyperGroup

if TYPE_CHECKING:
    from typer._click import Context

_LIBRARY = "Value error, "  # how pydantic, which reads options for typer, begins a message


class Group(TyperGroup):
    """Takes the library's own words off messages about options, those of subcommands too."""

    def invoke(self, ctx: Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except BadParameter as error:
            error.message = error.message.removeprefix(_LIBRARY)
            raise
