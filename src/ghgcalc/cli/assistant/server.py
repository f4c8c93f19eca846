"""The questions served by the official SDK of the Model Context Protocol (extra `mcp`)."""

from __future__ import annotations

from functools import wraps
from threading import Lock
from typing import TYPE_CHECKING, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp_types import ToolAnnotations
from pydantic import ValidationError

from ghgcalc.cli.assistant.answers import arguments_refused, undecided
from ghgcalc.cli.assistant.folder import NotAnswered, Undecided
from ghgcalc.cli.assistant.tools import Tools
from ghgcalc.core.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.cli.assistant.folder import Folder

INSTRUCTIONS = """\
Greenhouse gas inventories in plain text: factors, findings, exact totals, explanations, changes.
Everything is read-only and inside one folder. Where several answers fit, candidates and a
question come back: ask the person, never choose a factor, a basis or a unit for them. Where errors
keep lines out of totals, totals are withheld and the reason is told: do not estimate them. Figures
are exact; quote them with their unit, the Scope 2 method and the factor's source."""
_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


def server_of(folder: Folder) -> MCPServer:
    """A server whose tools read the files of a folder, which is the working folder."""
    one_at_a_time = Lock()  # own units and the collector belong to the process
    tools = [_tool(_served(tool, one_at_a_time)) for tool in Tools(folder).all()]
    return MCPServer("ghgcalc", instructions=INSTRUCTIONS, version=__version__, tools=tools,
                     log_level="ERROR")  # fmt: skip


class _Plain(Tool):
    """A tool that says in plain words which arguments it takes."""

    async def run(self, arguments: dict[str, Any], *args: Any, **named: Any) -> Any:
        """Refuse what cannot be read, before it is."""
        model = self.fn_metadata.arg_model
        try:
            model.model_validate(self.fn_metadata.pre_parse_json(arguments))
        except ValidationError as error:
            raise ToolError(arguments_refused(self.name, model.model_fields, error)) from None
        return await super().run(arguments, *args, **named)


def _tool(served: Callable[..., str]) -> Tool:
    """A tool that refuses arguments it does not know; left aside, they would mean other figures."""
    made = _Plain.from_function(served, annotations=_READS, structured_output=False)
    model = made.fn_metadata.arg_model
    model.model_config["extra"] = "forbid"
    model.model_rebuild(force=True)
    made.parameters["additionalProperties"] = False
    return made


def _served(tool: Callable[..., str], one_at_a_time: Lock) -> Callable[..., str]:
    @wraps(tool)
    def served(*args: object, **named: object) -> str:
        with one_at_a_time:
            try:
                return tool(*args, **named)
            except Undecided as asked:
                return undecided(asked)
            except NotAnswered as refused:
                raise ToolError(str(refused)) from refused

    return served
