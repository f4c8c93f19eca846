"""The questions of editors served by pygls (extra `lsp`)."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from ghgcalc.cli.editor.actions import actions_at
from ghgcalc.cli.editor.buffers import YAML, Buffers, readable
from ghgcalc.cli.editor.completion import choices_at
from ghgcalc.cli.editor.figures import Under, definitions, hover, under
from ghgcalc.cli.editor.findings import Place, judged
from ghgcalc.cli.editor.messages import (
    code_action,
    completions,
    diagnostic,
    location,
    spot_of,
    stretch_of,
)
from ghgcalc.cli.editor.positions import Positions
from ghgcalc.core.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ghgcalc.cli.editor.findings import Finding
    from ghgcalc.pipeline.project import Project

T = TypeVar("T")
DELAY = 0.3  # seconds without a change before a text is judged


class Session:
    """What an editor has open, and what was found of it."""

    def __init__(self, server: LanguageServer) -> None:
        self._server = server
        # own units and the collector belong to the process: one question at a time
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="ghgcalc")
        self._turn: dict[Path, int] = {}  # of each file, how often it was to be judged
        self._found: dict[Path, list[Finding]] = {}  # by company file
        self._read: dict[Path, Project] = {}  # each company file as it could be read last
        self._shown: set[Path] = set()
        self._uris: dict[Path, str] = {}  # as the editor names what it has open
        self._versions: dict[Path, int | None] = {}  # of the texts that were judged last

    async def asked(self, answer: Callable[..., T], *arguments: Any) -> T:
        """An answer of the library, made while the editor goes on typing."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, partial(answer, *arguments))

    def buffers(self) -> Buffers:
        """What the editor has open now."""
        workspace = self._server.workspace
        texts = {}
        for uri, document in workspace.text_documents.items():
            path = path_of(uri)
            if path is not None:
                texts[path] = readable(document.source)
        roots = [path_of(uri) for uri in workspace.folders]
        return Buffers(
            {path: text for path, text in texts.items() if text is not None},
            tuple(root for root in roots if root is not None),
            str(getattr(workspace.position_encoding, "value", workspace.position_encoding)),
        )

    def _open_versions(self) -> dict[Path, int | None]:
        """The version of each open text, as the editor counts them."""
        documents = self._server.workspace.text_documents.items()
        paths = ((path_of(uri), document.version) for uri, document in documents)
        return {path: version for path, version in paths if path is not None}

    # ---- findings

    async def opened(self, uri: str) -> None:
        """A file was opened: what is wrong with it."""
        path = path_of(uri)
        if path is not None:
            self._uris[path] = uri
            await self.judge(path, 0)

    async def judge(self, path: Path, delay: float = DELAY) -> None:
        """Judge the company files of a file once it has not changed for a while."""
        self._turn[path] = turn = self._turn.get(path, 0) + 1
        await asyncio.sleep(delay)
        if self._turn[path] != turn:
            return
        buffers, versions = self.buffers(), self._open_versions()
        companies = await self.asked(buffers.companies, path)
        if path in self._found and path not in companies:  # it was a company file
            del self._found[path]
        for company in companies:
            found = await self.asked(judged, company, buffers)
            if self._turn[path] == turn:
                self._found[company] = found.findings
                if found.project is not None:
                    self._read[company] = found.project
        if self._turn[path] == turn:
            self._versions |= versions
            self._show()

    async def saved(self, paths: Iterable[Path]) -> None:
        """Files of the disk changed: judge the company files beside and above them again."""
        paths = list(paths)
        for company in list(self._found):
            if any(path.is_relative_to(company.parent) for path in paths):
                await self.judge(company, 0)

    async def closed(self, uri: str) -> None:
        """A file was closed: what stands on the disk counts; what nobody has open is not shown."""
        path = path_of(uri)
        self._uris.pop(path or Path(), None)
        self._versions.pop(path or Path(), None)
        left = [company for company in self._found
                if not any(each.is_relative_to(company.parent) for each in self._uris)]  # fmt: skip
        for company in left:
            del self._found[company]
        if left:
            self._show()
        if path is not None:
            await self.saved([path])

    def _show(self) -> None:
        """Tell the editor the findings by file; none of a file that had some before."""
        by_file: dict[Path, dict[Finding, None]] = {}
        for found in self._found.values():
            for each in found:
                by_file.setdefault(each.place.path, {})[each] = None
        for path in sorted(self._shown | set(by_file) | set(self._uris)):
            uri = self._uris.get(path) or path.as_uri()
            told = [diagnostic(each, self.uri) for each in by_file.get(path, ())]
            self._server.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(
                    uri=uri, diagnostics=told, version=self._versions.get(path)
                )
            )
        self._shown = set(by_file)

    # ---- at a cursor

    async def choices(self, uri: str, at: types.Position) -> types.CompletionList | None:
        """What can be typed at a cursor."""
        asked = self._positions(uri)
        if asked is None:
            return None
        path, positions, buffers = asked
        companies = await self.asked(buffers.companies, path)
        if not companies:
            return None
        include = companies[0] != path
        answer = partial(choices_at, include=include)
        project = self._read.get(companies[0])
        return completions(await self.asked(answer, positions, spot_of(at), project))

    async def actions(self, uri: str, where: types.Range) -> list[types.CodeAction]:
        """What mends the findings of a stretch."""
        asked = self._positions(uri)
        if asked is None:
            return []
        path, positions, _ = asked
        found = [each for several in self._found.values() for each in several]
        place = Place(path, stretch_of(where))
        return [code_action(each, self.uri) for each in actions_at(found, place, positions)]

    async def hover(self, uri: str, at: types.Position) -> types.Hover | None:
        """The figures of the line under a cursor."""
        asked = await self._under(uri, at)
        told = None if asked is None else await self.asked(hover, *asked)
        if told is None:
            return None
        return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, told))

    async def definitions(self, uri: str, at: types.Position) -> list[types.Location]:
        """Where the name under a cursor is defined, or the factor of its line."""
        asked = await self._under(uri, at)
        found = [] if asked is None else await self.asked(definitions, *asked)
        return [location(place, self.uri) for place in found]

    async def _under(self, uri: str, at: types.Position) -> tuple[Path, Buffers, Under] | None:
        """The company file of a text, all that is open, and what stands under the cursor."""
        asked = self._positions(uri)
        if asked is None:
            return None
        path, positions, buffers = asked
        companies = await self.asked(buffers.companies, path)
        return (companies[0], buffers, under(positions, spot_of(at))) if companies else None

    def _positions(self, uri: str) -> tuple[Path, Positions, Buffers] | None:
        """The file of a name, the places of its text, and all that is open; None: it is not."""
        path, buffers = path_of(uri), self.buffers()
        if path is None or path not in buffers.texts:
            return None
        return path, Positions(buffers.texts[path], buffers.encoding), buffers

    def uri(self, path: Path) -> str:
        """A file as the editor names it."""
        return self._uris.get(path) or path.as_uri()


def path_of(uri: str) -> Path | None:
    """The file of a name that an editor gives; None where it is on no disk."""
    text = to_fs_path(uri)
    return Path(text) if text and "\0" not in text and Path(text).is_absolute() else None


def server_of() -> LanguageServer:
    """A server; whole texts are sent, since its library splits lines otherwise than editors do."""
    server = LanguageServer(
        "ghgcalc", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full
    )
    session = Session(server)
    _findings(server, session)
    _at_cursor(server, session)
    return server


def _findings(server: LanguageServer, session: Session) -> None:
    """Findings as files are opened, changed, saved and closed."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    async def opened(params: types.DidOpenTextDocumentParams) -> None:
        await session.opened(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None:
            await session.judge(path)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(params: types.DidSaveTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None:
            await session.judge(path, 0)
            await session.saved([path] if path.suffix not in YAML else [])

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    async def closed(params: types.DidCloseTextDocumentParams) -> None:
        await session.closed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def watched(params: types.DidChangeWatchedFilesParams) -> None:
        paths = [path_of(change.uri) for change in params.changes]
        await session.saved(path for path in paths if path is not None)


def _at_cursor(server: LanguageServer, session: Session) -> None:
    """What can be typed, what mends a finding, figures, and where things are defined."""

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(params: types.HoverParams) -> types.Hover | None:
        return await session.hover(params.text_document.uri, params.position)

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    async def defined(params: types.DefinitionParams) -> list[types.Location]:
        return await session.definitions(params.text_document.uri, params.position)

    @server.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", ":"])
    )
    async def completion(params: types.CompletionParams) -> types.CompletionList | None:
        return await session.choices(params.text_document.uri, params.position)

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
    )
    async def action(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await session.actions(params.text_document.uri, params.range)
