"""`ghgcalc lsp`: what can be typed at a cursor, and what mends a finding."""

from __future__ import annotations

import asyncio
import re
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

from ghgcalc.cli.editor.actions import Action, actions_at
from ghgcalc.cli.editor.buffers import Buffers
from ghgcalc.cli.editor.completion import Choices, choices_at
from ghgcalc.cli.editor.findings import Place, judged
from ghgcalc.cli.editor.positions import Positions, Spot, Stretch
from ghgcalc.cli.editor.yaml_place import place_at
from ghgcalc.core.diagnostics import has_errors
from ghgcalc.core.text.source import List, Map, SourceFile, key_position, unpack
from ghgcalc.core.text.yaml_text import parse
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.project import Project, load
from support.command import ROOT
from support.companies import CASES, COMPANY, PACK
from support.editor import editing

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = [ROOT / "examples" / name / "company.yaml" for name in ("minimal", "luxshare")] + CASES[:20]
WHOLE = Stretch(Spot(0, 0), Spot(999, 0))
TABLE = """
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: what, quantity: amount, unit: unit, period: month}
    items:
      acid: {category: process_emissions}  # known

    note: below
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own.yaml").write_text(PACK, "utf-8")
    (tmp_path / "company.yaml").write_text(COMPANY, "utf-8")
    return tmp_path


@cache
def example() -> Project:
    project = load(ROOT / "examples" / "minimal" / "company.yaml").project
    assert project is not None
    return project


def choices(text: str, project: Project | None = None, *, include: bool = False) -> Choices:
    """What can be typed at the sign `^` of a text."""
    offset = text.index("^")
    positions = Positions(text.replace("^", "", 1))
    return choices_at(positions, positions.spot(offset), project, include=include)


GAS = """\
activities:
  gas:
    category: stationary_combustion
    fuel: natural_gas
    quantity: 5 """


def test_units_fit_the_category() -> None:
    gas = labels(GAS + "k^")
    assert gas[:3] == ["kWh", "MWh", "GJ"]
    assert gas.index("Nm3") < gas.index("kg") < gas.index("km")
    diesel = labels(GAS.replace("natural_gas", "diesel") + "k^")
    assert diesel.index("L") < diesel.index("t") < diesel.index("kWh")
    power = GAS.replace("stationary_combustion", "purchased_electricity")
    assert labels(power.replace("    fuel: natural_gas\n", "") + "k^")[0] == "kWh"


def test_a_heating_value_follows_energy_of_a_fuel() -> None:
    assert labels(GAS + "kWh ^") == ["gross", "net"]
    found = choices(GAS + "kWh g^")
    last = len(GAS.splitlines()[-1])
    assert found.stretch == Stretch(Spot(4, last + 4), Spot(4, last + 5))
    assert "gross" not in labels(GAS + "Nm3 ^")


def test_countries_in_use_come_first() -> None:
    text = "facilities:\n  new:\n    country: ^"
    assert choices(text, example()).choices[0].label == "GB"
    assert labels(text)[0] != "GB"


def labels(text: str, project: Project | None = None) -> list[str]:
    return [each.label for each in choices(text, project).choices]


@pytest.mark.parametrize(
    ("text", "path", "value", "typed"),
    [
        ("a: 1\nfac^", (), False, "fac"),
        ("facilities:\n  leeds:\n    country: GB\n    re^", ("facilities", "leeds"), False, "re"),
        ("facilities:\n  leeds:\n    country: GB\n^", (), False, ""),
        ("facilities:\n  leeds:\n    country: GB\n  yo^", ("facilities",), False, "yo"),
        ("activities:\n  x: {facility: a,\n      fu^", ("activities", "x"), False, "fu"),
        ("activities: {x: {a: b}, y: {facility: l^", ("activities", "y", "facility"), True, "l"),
        ("factor_packs: [desnz, d^", ("factor_packs", "-"), True, "d"),
        ("accept:\n- gap: x\n- re^", ("accept", "-"), True, "re"),
        ("accept:\n  - gap: x\n    re^", ("accept", "-"), False, "re"),
        ("a:\n  note: |\n    b: {\n  c^", ("a",), False, "c"),
        ("a:\n  b: 'x: {'\n  c^", ("a",), False, "c"),
        ("# {\na: b # [\nc^", (), False, "c"),
    ],
)
def test_places_in_texts_that_are_half_typed(
    text: str, path: tuple[str, ...], value: bool, typed: str
) -> None:
    place = place_at(text.replace("^", ""), text.index("^"))
    assert (place.path, place.value, place.typed) == (path, value, typed)


def keys_of(node: object, path: tuple[str, ...]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Line and column, from 0, and path of every key of a parsed text."""
    if isinstance(node, Map):
        for key, mark in node.marks.items():
            _, line, column = unpack(key_position(mark))
            yield line, column, (*path, key)
            yield from keys_of(node[key], (*path, key))
    elif isinstance(node, List):
        for each in node:
            yield from keys_of(each, (*path, "-"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_keys_above_are_those_that_the_parser_finds(path: Path) -> None:
    """Up to the colon of each key, what follows is not typed yet."""
    text = path.read_text("utf-8")
    starts = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
    found = list(keys_of(parse(SourceFile("", text)).value, ()))
    assert found
    for line, column, keys in found:
        end = re.compile(r":(?=\s|$)").search(text, starts[line] + column)
        assert end is not None
        assert place_at(text, end.end()).path == keys


def test_keys_are_those_of_the_section() -> None:
    assert "facilities" in labels("fac^")
    found = labels("facilities:\n  leeds:\n    country: GB\n    ^")
    assert {"region", "grid", "history"} <= set(found)
    assert "country" not in found  # it stands there
    assert "quantity" not in found
    assert "quantity" in labels("activities:\n  x: {facility: leeds, ^}")
    assert {"gap", "reason"} <= set(labels("accept:\n  - ^"))
    assert labels("activities:\n  x:\n    note: ^") == []
    region = next(each for each in choices("facilities: {a: {^").choices if each.label == "region")
    assert region.typed == "region: "
    assert "ISO 3166-2" in region.told
    again = next(each for each in choices("facilities: {a: {reg^: X}").choices)
    assert not again.typed.endswith(" ")  # the colon stands there


def test_words_are_those_of_the_schema_the_company_and_its_packs() -> None:
    assert "stationary_combustion" in labels("activities:\n  x:\n    category: st^")
    assert "natural_gas" in labels("activities: {x: {fuel: ^")
    assert "DE" in labels("facilities: {a: {country: ^")
    assert labels("facilities: {a: {country: CN, grid: ^") == [
        f"CN-{name}" for name in ("CENTRAL", "EAST", "NORTH", "NORTHEAST", "NORTHWEST", "SOUTH",
                                  "SOUTHWEST")
    ]  # fmt: skip
    assert "desnz-2024" in labels("factor_packs: [^")
    known = list(example().company.facilities)
    assert labels("activities:\n  x:\n    facility: ^", example()) == known
    assert labels("activities:\n  x:\n    facility: ^") == []  # nothing could be read yet
    assert "HFC-134a" in labels("activities: {x: {gas: ^", example())
    items = labels("activities: {x: {category: business_travel, item: ^", example())
    assert items
    assert not set(items) & set(labels("activities: {x: {category: waste_generated, item: ^",
                                       example()))  # fmt: skip


def test_a_unit_follows_the_number() -> None:
    """`数量𝑥`: the word that is replaced starts behind the number, in units of UTF-16."""
    found = choices("activities:\n  数𝑥: {quantity: 120_000 kW^")
    assert "kWh" in [each.label for each in found.choices]
    assert found.stretch == Stretch(Spot(1, 26), Spot(1, 28))
    assert labels("activities:\n  x: {quantity: 120^") == []
    assert "MWh" in labels("instruments:\n  x: {volume: 5 ^")


def test_an_include_has_the_same_sections() -> None:
    assert "activities" in [each.label for each in choices("^", include=True).choices]


def mended(text: str, action: Action) -> str:
    positions = Positions(text)
    start, end = (positions.offset(spot) for spot in action.place.stretch)
    return text[:start] + action.new + text[end:]


def test_the_one_word_that_can_stand_there(folder: Path) -> None:
    company = folder / "company.yaml"
    text = COMPANY.replace("facility: york", "facility: 'yorq'").replace("1000 kg", "𝑥")
    found = judged(company, Buffers({company: text})).findings
    asked = Place(company, WHOLE)
    actions = list(actions_at(found, asked, Positions(text)))
    assert [action.title for action in actions] == ["write `york` for `'yorq'`"]
    assert mended(text, actions[0]) == text.replace("'yorq'", "york")
    # the text has changed since: nothing is offered at a place that holds something else
    assert list(actions_at(found, asked, Positions("\n" + text))) == []
    assert list(actions_at(found, Place(folder / "own.yaml", WHOLE), Positions(text))) == []


def test_lines_to_paste_are_refused_until_they_are_filled_in(folder: Path) -> None:
    company = folder / "company.yaml"
    text = COMPANY + TABLE
    rows = "site,what,amount,unit,month\nleeds,etch,1,kg,2024-01\nleeds,Ätz: 1,5,kg,2024-02\n"
    (folder / "bills.csv").write_text(rows, "utf-8")
    company.write_text(text, "utf-8")
    found = [each for each in judged(company, Buffers()).findings if each.item.paste]
    assert found
    actions = list(actions_at(found, Place(company, WHOLE), Positions(text)))
    assert actions[0].title.endswith("to `items:`, to be filled in")
    after = mended(text, actions[0])
    assert after.index("# known") < after.index("…") < after.index("    note: below")
    company.write_text(after, "utf-8")
    assert has_errors(check(company).diagnostics)
    company.write_text(after.replace("…", "process_emissions"), "utf-8")
    assert "unknown-item" not in {each.code for each in check(company).diagnostics}
    # in flow style, where the lines belong is for a person to say
    flow = text.replace("items:\n      acid:", "items: {acid:").replace("}  # known", "}}")
    found = judged(company, Buffers({company: flow})).findings
    assert [each for each in found if each.item.paste]
    assert list(actions_at(found, Place(company, WHOLE), Positions(flow))) == []


def test_over_the_protocol(folder: Path) -> None:
    company = folder / "company.yaml"
    text = COMPANY.replace("facility: york", "facility: yorq")

    async def session() -> None:
        async with editing(folder) as editor:
            editor.open(company, text)
            await editor.found(company)
            name = types.TextDocumentIdentifier(company.as_uri())
            line = text[: text.index("yorq")].count("\n")
            column = text.splitlines()[line].index("yorq")
            here = types.Position(line, column)
            [action] = await editor.client.text_document_code_action_async(
                types.CodeActionParams(name, types.Range(here, here), types.CodeActionContext([]))
            )
            [edit] = action.edit.changes[company.as_uri()]
            assert (edit.new_text, edit.range.start) == ("york", here)
            assert edit.range.end == types.Position(line, column + 4)
            found = await editor.client.text_document_completion_async(
                types.CompletionParams(name, here)
            )
            assert [item.label for item in found.items] == ["leeds", "york"]

    asyncio.run(session())
