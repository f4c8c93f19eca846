"""`ghgcalc lsp`: figures of the line under the cursor, and where its names are defined."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types

from ghgcalc.cli.editor.buffers import Buffers
from ghgcalc.cli.editor.figures import Under, definitions, hover, under
from ghgcalc.cli.editor.positions import Positions
from ghgcalc.factors.pack import bundled_packs
from support.companies import COMPANY, PACK
from support.editor import editing


@pytest.fixture
def company(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    return tmp_path / "company.yaml"


def at(text: str, word: str) -> Under:
    """What stands under a cursor in the middle of a word."""
    positions = Positions(text)
    return under(positions, positions.spot(text.index(word) + len(word) // 2))


def told(company: Path, word: str, text: str) -> str | None:
    return hover(company, Buffers({company: text}), at(text, word))


def test_what_stands_under_a_cursor() -> None:
    text = "activities:\n  𝑥-1:\n    facility: leeds  # here\n  b: {factor: 'own/etch', item: x}\n"
    assert at(text, "𝑥-1:") == Under(("activities", "𝑥-1"), "𝑥-1", value=False)
    assert at(text, "leeds") == Under(("activities", "𝑥-1", "facility"), "leeds", value=True)
    assert at(text, "own/etch") == Under(("activities", "b", "factor"), "own/etch", value=True)
    assert at(text, "item: x").path == ("activities", "b", "item")
    assert at(text, "activities").holder == ""


def test_tonnes_are_those_of_hand_arithmetic(company: Path) -> None:
    """1000 kg at 2 kg CO2 are 2 t. 100 MWh at 300 kg are 30 t by both methods: no instrument."""
    lines = str(told(company, "process:", COMPANY)).splitlines()
    assert lines[:2] == ["process, 2024", "2 tCO2e"]
    assert any("own/etch" in line for line in lines)
    assert any(line.startswith("  chosen: ") for line in lines)
    power = str(told(company, "power:", COMPANY)).splitlines()
    assert power[1] == "location-based: 30 tCO2e"
    assert power[2].startswith("market-based: ")
    # not saved: 2500 kg are 5 t
    assert "5 tCO2e" in str(told(company, "process:", COMPANY.replace("1000 kg", "2500 kg")))


def test_no_figure_where_errors_block_totals(company: Path) -> None:
    """An error in another line of the year: its totals are blocked, and so is every figure."""
    text = COMPANY.replace("500 kg", "500 parsecs")
    for word in ("process:", "other:"):
        why = str(told(company, word, text))
        assert "no figure, since errors block the totals" in why
        assert "parsecs" in why
        assert "tCO2e" not in why
    assert "no figure" in str(told(company, "process:", COMPANY + "accept: ["))
    assert told(company, "organization", COMPANY) is None
    assert told(company, "leeds: {country", COMPANY) is None


def test_definitions(company: Path) -> None:
    buffers = Buffers({company: COMPANY})
    offset = COMPANY.index("york, category") + 1
    positions = Positions(COMPANY)
    [place] = definitions(company, buffers, under(positions, positions.spot(offset)))
    lines = COMPANY.splitlines()
    assert place.path == company
    assert lines[place.stretch.start.line][place.stretch.start.character :].startswith("york:")
    [place] = definitions(company, buffers, at(COMPANY, "process:"))
    row = PACK.splitlines()[place.stretch.start.line]
    assert place.path == company.parent / "own.yaml"
    assert row[place.stretch.start.character :].startswith("etch:")
    assert definitions(company, buffers, at(COMPANY, "GB")) == []


def test_the_row_of_a_bundled_pack(company: Path) -> None:
    text = COMPANY.replace("[own.yaml]", "[own.yaml, desnz-2024]").replace(
        "item: etch, period: 2024, quantity: 500 kg",
        "item: etch, period: 2024, quantity: 500 kg, factor: desnz-2024/natural_gas.kwh_gross",
    )
    [place] = definitions(company, Buffers({company: text}), at(text, "desnz-2024/natural"))
    assert place.path.is_relative_to(bundled_packs()["desnz-2024"])
    row = place.path.read_text("utf-8").splitlines()[place.stretch.start.line]
    assert "natural_gas.kwh_gross" in row


def test_over_the_protocol(company: Path) -> None:
    async def session() -> None:
        async with editing(company.parent, ["utf-8"]) as editor:
            text = COMPANY.replace("process:", "工艺:")
            editor.open(company, text)
            line = text[: text.index("工艺")].count("\n")
            asked = types.TextDocumentIdentifier(company.as_uri()), types.Position(line, 5)
            found = await editor.client.text_document_hover_async(types.HoverParams(*asked))
            assert found.contents.value.startswith("工艺, 2024\n2 tCO2e\n")
            [place] = await editor.client.text_document_definition_async(
                types.DefinitionParams(*asked)
            )
            assert place.uri == (company.parent / "own.yaml").as_uri()

    asyncio.run(session())
