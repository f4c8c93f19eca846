"""`ghgcalc lsp`: findings as one types, at the columns that editors count."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest
from lsprotocol import types

from ghgcalc.activity_data.cited import cited_below
from ghgcalc.cli.editor import server as served
from ghgcalc.cli.editor.buffers import Buffers, readable
from ghgcalc.cli.editor.findings import judged
from ghgcalc.cli.editor.positions import Positions, Spot, Stretch
from ghgcalc.core.diagnostics import Location
from ghgcalc.core.text.source import List, Map
from support.command import INSTALLED, run
from support.companies import COMPANY, PACK
from support.editor import editing

INCLUDED = """
activities:
  𝑥-更多: {facility: 苏州, category: process_emissions, item: etch, period: 2024, quantity: 1 kg}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "inventory"
    (root / "sites").mkdir(parents=True)
    (root / "own.yaml").write_text(PACK, "utf-8")
    (root / "company.yaml").write_text("include: [sites/*.yaml]\n" + COMPANY, "utf-8")
    (root / "sites" / "more.yaml").write_text(INCLUDED.replace("苏州", "york"), "utf-8")
    return root


@pytest.mark.parametrize(("encoding", "start"), [("utf-8", 16), ("utf-16", 10), ("utf-32", 9)])
def test_columns_are_counted_as_editors_do(encoding: str, start: int) -> None:
    """`ab: 𝑥-更多 z`: 𝑥 has 4 bytes or 2 units of UTF-16, 更 and 多 3 bytes or 1 unit each."""
    text = "first\r\nab: 𝑥-更多 z\rlast"
    positions = Positions(text, encoding)
    where = Location("a.yaml", 2, 10)
    assert text.splitlines()[1][where.column - 1] == "z"
    assert positions.stretch(where) == Stretch(Spot(1, start), Spot(1, start + 1))
    assert text[positions.offset(Spot(1, start))] == "z"
    assert text[positions.offset(Spot(2, 0))] == "l"
    assert positions.offset(Spot(1, 99)) == text.index("\rlast")
    assert positions.offset(Spot(9, 0)) == len(text)
    assert positions.line_of(text.index("z")) == 2


def test_lines_that_yaml_alone_ends() -> None:
    """U+2028 ends a line of YAML and none of an editor: what follows is on the same line there."""
    positions = Positions("a: 1\u2028b: x\nc: 2\n")
    assert positions.stretch(Location("a.yaml", 2, 4)).start == Spot(0, 8)
    assert positions.stretch(Location("a.yaml", 3, 1)).start == Spot(1, 0)
    assert positions.line_of(positions.offset(Spot(0, 8))) == 2


def test_the_company_file_of_an_include(folder: Path) -> None:
    more, company = folder / "sites" / "more.yaml", folder / "company.yaml"
    assert Buffers().companies(more) == [company]
    assert Buffers().companies(company) == [company]
    # not saved: the company file no longer includes it
    unsaved = {company: COMPANY}
    assert Buffers(unsaved).companies(more) == []
    # above the folder that the editor works in, nothing is looked for
    assert Buffers(roots=(folder / "sites",)).companies(more) == []
    assert Buffers().companies(folder / "own.yaml") == []
    outside = folder.parent / "outside.yaml"
    outside.write_text(INCLUDED, "utf-8")
    assert Buffers().companies(outside) == []


def test_findings_of_texts_that_are_not_saved(folder: Path) -> None:
    more, company = folder / "sites" / "more.yaml", folder / "company.yaml"
    assert judged(company, Buffers()).findings == []
    [finding] = judged(company, Buffers({more: INCLUDED})).findings
    assert finding.item.code == "unknown-facility"
    assert (finding.place.path, finding.written) == (more, "苏州")
    # `  𝑥-更多: {facility: `: 2 + 2 + 4 + 12 units of UTF-16, one less in code points
    assert finding.place.stretch == Stretch(Spot(2, 20), Spot(2, 22))
    assert "york" in finding.text  # the hint names those that are there


def test_places_outside_the_project_are_not_opened(folder: Path) -> None:
    company = folder / "company.yaml"
    (folder.parent / "secret.yaml").write_text("activities: {x: {secret: 1}}", "utf-8")
    text = COMPANY.replace("ghgcalc: 1", "ghgcalc: 1\ninclude: [../secret.yaml]")
    found = judged(company, Buffers({company: text})).findings
    assert [each.item.code for each in found] == ["path-outside"]
    assert found[0].place.path == company


def test_texts_that_no_file_could_hold() -> None:
    assert readable("a\ud800b") == "a\ufffdb"
    assert readable("𝑥") == "𝑥"


def test_a_byte_order_mark_hides_nothing(folder: Path) -> None:
    text = readable("\ufeff" + COMPANY.replace("1000 kg", "1000 parsecs"))
    assert text is not None
    company = folder / "company.yaml"
    buffers = Buffers({company: text})
    assert buffers.companies(company) == [company]
    assert any("parsecs" in each.text for each in judged(company, buffers).findings)


def test_aliases_that_multiply_are_looked_into_once() -> None:
    """Nine levels of nine aliases are 9 ** 9 texts: nobody could look at each."""
    inner = List(["x"] * 9)
    for _ in range(9):
        inner = List([inner] * 9)
    assert list(cited_below(Map(a=inner), (), cites=False)) == []
    shared = List(["bill.pdf"])
    found = list(cited_below(Map(a=Map(evidence=shared), b=Map(evidence=shared)), (), cites=False))
    assert [path[0] for path, _ in found] == ["a", "b"]


def test_a_cell_that_is_refused_is_marked_in_the_company_file_too(folder: Path) -> None:
    company = folder / "company.yaml"
    rows = "site,what,q,month\nleeds,powr,9,2024-02\n"
    (folder / "bills.csv").write_text(rows, "utf-8")
    table = """\
tables:
  bills:
    files: bills.csv
    read: {period: YYYY-MM}
    columns: {facility: site, item: what, quantity: q, period: month}
    constants: {unit: kg}
    items:
      etch: {category: process_emissions, item: etch}
"""
    text = COMPANY + table
    found = [each for each in judged(company, Buffers({company: text})).findings
             if each.item.code == "unknown-item"]  # fmt: skip
    cell, mended = sorted(found, key=lambda each: each.place.path.suffix)
    assert (cell.place.path.name, mended.place.path) == ("bills.csv", company)
    assert text.splitlines()[mended.place.stretch.start.line].strip() == "items:"
    assert mended.related[0][0] == cell.place
    assert not mended.item.paste


def test_findings_say_of_which_text_they_are(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "DELAY", 0.01)
    company = folder / "company.yaml"

    async def session() -> None:
        async with editing(folder) as editor:
            editor.open(company)
            assert (await editor.publication(company)).version == 1
            editor.change(company, COMPANY.replace("1000 kg", "1000 parsecs"), 7)
            told = await editor.publication(company)
            assert (told.version, len(told.diagnostics)) == (7, 1)

    asyncio.run(session())


def test_over_the_protocol(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open, type, mend, close; each file is told its own findings, and when it has none."""
    monkeypatch.setattr(served, "DELAY", 0.01)
    more, company = folder / "sites" / "more.yaml", folder / "company.yaml"

    async def session() -> None:
        async with editing(folder) as editor:
            editor.open(company)
            assert await editor.found(company) == []
            editor.open(more)
            assert await editor.found(more) == []
            editor.change(more, "activities: {")  # half a word: told once, the last text counts
            editor.change(more, INCLUDED, 3)
            [told] = await editor.found(more)
            assert told.code == "unknown-facility"
            assert told.severity is types.DiagnosticSeverity.Error
            assert told.range == types.Range(types.Position(2, 20), types.Position(2, 22))
            editor.change(more, INCLUDED.replace("苏州", "york"), 4)
            assert await editor.found(more) == []
            editor.change(more, INCLUDED, 5)
            assert len(await editor.found(more)) == 1
            editor.close(more)  # the disk counts again
            assert await editor.found(more) == []
            editor.change(company, COMPANY.replace("1000 kg", "1000 parsecs"), 2)
            [told] = await editor.found(company)
            assert "parsecs" in told.message
            editor.close(company)
            assert await editor.found(company) == []  # nobody looks at it any more

    asyncio.run(session())


def test_over_standard_input() -> None:
    """The installed command: it answers on standard output and ends well when it is asked to."""
    asked = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}},
        {"jsonrpc": "2.0", "id": 2, "method": "shutdown"},
        {"jsonrpc": "2.0", "method": "exit"},
    ]
    texts = [json.dumps(each).encode() for each in asked]
    given = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(text), text) for text in texts)
    done = subprocess.run(
        [INSTALLED, "lsp", "--stdio"], input=given, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"Content-Length: ")
    assert b'"completionProvider"' in done.stdout
    assert b'"change": 1' in done.stdout  # whole texts


def test_without_the_extra_the_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pygls.lsp.server", None)
    monkeypatch.delitem(sys.modules, "ghgcalc.cli.editor.server")
    done = run("lsp")
    assert done.exit_code == 2
    assert "ghgcalc[lsp]" in done.stderr
