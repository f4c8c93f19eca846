"""`ghgcalc mcp`: read-only, one folder, no picks, no totals beside errors."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from ghgcalc.cli.assistant.folder import Folder
from ghgcalc.cli.assistant.server import server_of
from support.command import INSTALLED, ROOT, run
from support.companies import COMPANY, PACK

NAMES = ["company_files", "search_factors", "show_factor", "list_vocabulary", "check", "compute",
         "query", "explain", "diff"]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "inventory"
    root.mkdir()
    (root / "own.yaml").write_text(PACK, "utf-8")
    (root / "company.yaml").write_text(COMPANY, "utf-8")
    (tmp_path / "secret.yaml").write_text(COMPANY, "utf-8")
    monkeypatch.chdir(root)
    return root


def ask(tool: str, **arguments: Any) -> tuple[bool, str]:
    """Whether a tool refuses, and its text, over the protocol."""

    async def asked() -> tuple[bool, str]:
        async with Client(server_of(Folder(Path.cwd()))) as client:
            result = await client.call_tool(tool, arguments)
            return bool(result.is_error), result.content[0].text  # type: ignore[union-attr]

    return asyncio.run(asked())


def told(tool: str, **arguments: Any) -> Any:
    refused, text = ask(tool, **arguments)
    assert not refused, text
    return json.loads(text)


def test_the_tools_are_named_and_read_only(folder: Path) -> None:
    async def listed() -> list[Any]:
        async with Client(server_of(Folder(folder))) as client:
            return list((await client.list_tools()).tools)

    tools = asyncio.run(listed())
    assert [tool.name for tool in tools] == NAMES
    for tool in tools:
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
        assert tool.description
    page = (ROOT / "docs" / "assistants.md").read_text("utf-8")
    assert all(f"`{name}`" in page for name in NAMES)


def test_totals_are_those_of_hand_arithmetic(folder: Path) -> None:
    """1000 kg and 500 kg at 2 kg are 3 t of Scope 1; 100 MWh at 300 kg are 30 t of Scope 2."""
    found = told("compute", by="facility")
    assert found["company"] == "company.yaml"
    assert found["totals"]["scope_1"] == 3
    assert found["totals"]["scope_2"]["location_based"] == 30
    assert found["totals"]["not_evaluated"] == ["scope_3", "biogenic_co2"]
    assert [row["facility"] for row in found["by_facility"]] == ["leeds", "york"]
    assert told("query", query="facility=york")["total"]["location_based_tco2e"] == 1
    assert "2 kg" in told("explain", line="process")["explained"][0]


def test_figures_keep_the_digits_of_the_json(folder: Path) -> None:
    (folder / "company.yaml").write_text(COMPANY.replace("1000 kg", "98765432109876.54321 kg"))
    _, text = ask("compute")
    assert '"scope_1": 197530864220.75308642' in text  # 98765432109876.54321 x 2 kg, and 1 t
    assert "197530864219.75308642 t" not in text


def test_errors_withhold_every_total(folder: Path) -> None:
    (folder / "company.yaml").write_text(COMPANY.replace("500 kg", "500 parsecs"))
    for tool, arguments in (("compute", {}), ("query", {"query": "facility=leeds"}),
                            ("explain", {"line": "power"}),
                            ("diff", {"before": "2024", "after": "2024"})):  # fmt: skip
        found = told(tool, **arguments)
        assert "errors block the totals" in found["withheld"]
        assert "totals" not in found
        [question] = [each for each in found["questions"] if "parsecs" in each["question"]]
        assert question["at"].startswith("company.yaml:")
        assert question["candidates"]
    assert told("check")["holds"] is False


def test_several_candidates_are_asked_about(folder: Path) -> None:
    (folder / "b.yaml").write_text(COMPANY)
    found = told("compute")
    assert found == {"question": "which company file is meant?",
                     "candidates": ["b.yaml", "company.yaml"]}  # fmt: skip
    factors = told("search_factors", words="natural gas", region="GB", year=2024)
    assert len(factors["candidates"]) > 1
    assert "for a person to say" in factors["question"]
    assert factors["not_narrowed_by"] == ["unit", "category"]
    lines = told("explain", line="proces", company="b.yaml")
    assert lines["candidates"][0] == "process"


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("compute", {"company": "../secret.yaml"}, "leaves the project folder"),
        ("compute", {"company": "link.yaml"}, "leaves the project folder"),
        ("check", {"company": "/etc/passwd"}, "not relative"),
        ("check", {"company": "https://example.org/company.yaml"}, "is a URL"),
        ("compute", {"company": "missing.yaml"}, "cannot be read"),
        ("compute", {"company": "."}, "is a folder"),
        ("compute", {"period": "20x4"}, "period:"),
        ("compute", {"year": "2023"}, "year"),
        ("query", {"query": "", "year": 2023}, "year"),
        ("search_factors", {"words": "diesel", "region": "Germany"}, "write `DE`"),
        ("diff", {"before": "HEAD", "after": "2024"}, "a side is a period"),
        ("diff", {"before": "../secret.yaml", "after": "2024"}, "leaves the project folder"),
        ("query", {"query": "facilty=leeds"}, "write `facility`"),
        ("search_factors", {"words": "diesel", "category": "mobile_combusion"}, "did you mean"),
        ("search_factors", {"words": "diesel", "limit": 51}, "between 1 and 50"),
        ("search_factors", {"words": "diesel", "unit": "parsec"}, "unit:"),
        ("show_factor", {"factor": "desnz-2024/none"}, "search for it"),
        ("list_vocabulary", {"kind": "colours"}, "kind"),
    ],
)
def test_what_is_refused(folder: Path, tool: str, arguments: dict[str, Any], said: str) -> None:
    (folder / "link.yaml").symlink_to(folder.parent / "secret.yaml")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    refused, text = ask(tool, **arguments)
    assert refused
    assert said in text
    assert "Traceback" not in text
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_wrong_arguments_are_said_in_plain_words(folder: Path) -> None:
    refused, text = ask("compute", perod="2024")
    assert refused
    assert "no argument `perod`, did you mean `period`?" in text
    assert "arguments: company, period, boundary, by, consolidation" in text
    assert "pydantic" not in text
    assert "`line` is missing" in ask("explain")[1]
    assert "`by` is one of 'scope', 'category'" in ask("compute", by="colour")[1]


def test_a_period_without_data_is_said_as_that(folder: Path) -> None:
    found = told("compute", period="1999")
    assert found["withheld"] == (
        "company.yaml holds no activity data of 1999: there is no total, and none is 0"
    )
    assert "totals" not in found


def test_near_lines_are_of_every_category(folder: Path) -> None:
    """No id is like `nope`: some of each category are named."""
    found = told("explain", line="nope")
    assert {"other", "power"} <= set(found["candidates"])


def test_a_company_file_with_a_byte_order_mark_is_one(folder: Path) -> None:
    (folder / "marked.yaml").write_text("\ufeff" + COMPANY, "utf-8")
    assert told("company_files")["company_files"] == ["company.yaml", "marked.yaml"]


def test_words_and_factors(folder: Path) -> None:
    fuels = told("list_vocabulary", kind="fuels", match="diesel")["fuels"]
    assert "diesel" in {row["fuel"] for row in fuels}
    assert (
        next(
            row["pack"]
            for row in told("list_vocabulary", kind="packs", company="company.yaml")["packs"]
        )
        == "own"
    )
    shown = told("show_factor", factor="desnz-2024/natural_gas.kwh_gross")
    assert "0.1829 kg CO2e per kWh gross" in shown["shown"]
    assert "fuel: natural_gas" in shown["yaml"]
    assert told("diff", before="2024", after="2024")["diff"]["totals"][0]["change"] == 0


def test_files_are_compared_and_findings_placed_in_the_folder(folder: Path) -> None:
    """60 kg of the process more than in the other file: 0.12 t at 2 kg per kg."""
    site = folder / "site"
    site.mkdir()
    (site / "own.yaml").write_text(PACK, "utf-8")
    (site / "company.yaml").write_text(COMPANY.replace("1000 kg", "1060 kg"), "utf-8")
    found = told("diff", before="company.yaml", after="site/company.yaml")
    [scope_1] = [each for each in found["diff"]["totals"] if each["figure"] == "scope_1"]
    assert scope_1["change"] == 0.12
    (site / "company.yaml").write_text(COMPANY.replace("1000 kg", "1060 parsecs"), "utf-8")
    wrong = told("check", company="site/company.yaml")
    assert wrong["findings"][0]["path"] == "site/company.yaml"
    assert wrong["questions"][0]["at"].startswith("site/company.yaml:")


def test_another_consolidation_is_computed(folder: Path) -> None:
    assert (
        told("compute", consolidation="equity_share", company="company.yaml")[
            "consolidation_approach"
        ]
        == "equity_share"
    )


def test_over_standard_input(folder: Path) -> None:
    """The installed command, from a folder elsewhere."""

    async def session() -> str:
        command = StdioServerParameters(command=str(INSTALLED), args=["mcp", str(folder)],
                                        cwd=str(folder.parent))  # fmt: skip
        async with Client(command) as client:
            result = await client.call_tool("compute", {})
            return str(result.content[0].text)  # type: ignore[union-attr]

    assert json.loads(asyncio.run(session()))["totals"]["scope_1"] == 3


def test_without_the_extra_the_command_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)
    monkeypatch.delitem(sys.modules, "ghgcalc.cli.assistant.server")
    done = run("mcp", folder)
    assert done.exit_code == 2
    assert "ghgcalc[mcp]" in done.stderr
