"""An editor that talks to `ghgcalc lsp` in process, over a pair of sockets."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from threading import Event
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.io_ import run_async
from pygls.lsp.client import LanguageClient

from ghgcalc.cli.editor.server import server_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


class Editor:
    """One session: what it has open, and the findings it was told last, by file."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.told: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(
            lambda params: self.told.put_nowait(params)
        )
        self.messages: list[str] = []
        client.feature(types.WINDOW_SHOW_MESSAGE)(
            lambda params: self.messages.append(params.message)
        )

    async def found(self, path: Path) -> list[types.Diagnostic]:
        """The next findings told of a file."""
        return list((await self.publication(path)).diagnostics)

    async def publication(self, path: Path) -> types.PublishDiagnosticsParams:
        """The same with the version of the text that they are of."""
        while True:
            told = await asyncio.wait_for(self.told.get(), 20)
            if told.uri == path.as_uri():
                return told

    def open(self, path: Path, text: str | None = None) -> None:
        text = path.read_text("utf-8") if text is None else text
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(
            types.TextDocumentItem(path.as_uri(), "yaml", 1, text)
        ))  # fmt: skip

    def change(self, path: Path, text: str, version: int = 2) -> None:
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version, path.as_uri()),
            [types.TextDocumentContentChangeWholeDocument(text)],
        ))  # fmt: skip

    def close(self, path: Path) -> None:
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(path.as_uri()))
        )


@asynccontextmanager
async def editing(root: Path, encodings: list[str] | None = None) -> AsyncIterator[Editor]:
    """A session with its workspace in a folder."""
    server, client = server_of(), LanguageClient("test", "1")
    ended = Event()
    tasks: list[asyncio.Task[Any]] = []
    writers = []
    for end, peer in zip(socket.socketpair(), (server, client), strict=True):
        reader, writer = await asyncio.open_connection(sock=end)
        peer.protocol.set_writer(writer)
        writers.append(writer)
        tasks.append(asyncio.ensure_future(run_async(ended, reader, peer.protocol)))
    editor = Editor(client)
    general = types.GeneralClientCapabilities(position_encodings=encodings)
    await client.initialize_async(types.InitializeParams(
        types.ClientCapabilities(general=general),
        workspace_folders=[types.WorkspaceFolder(root.as_uri(), root.name)],
    ))  # fmt: skip
    try:
        yield editor
        assert editor.messages == []  # no error of the server
    finally:
        await client.shutdown_async(None)
        ended.set()
        for writer in writers:
            writer.close()
            await writer.wait_closed()
        await asyncio.gather(*tasks)
