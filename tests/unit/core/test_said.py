"""The list of words that people write: one source of hints and of the search."""

from __future__ import annotations

import csv
import re

import pytest

from ghgcalc.core.gases import known_gas
from ghgcalc.core.units import parse_unit
from ghgcalc.core.vocabulary.categories import CATEGORIES, category_said
from ghgcalc.core.vocabulary.countries import COUNTRIES, suggested
from ghgcalc.core.vocabulary.fuel_kin import kin_of
from ghgcalc.core.vocabulary.fuels import FUELS
from ghgcalc.core.vocabulary.regions import GRIDS, SUBDIVISIONS
from ghgcalc.core.vocabulary.said import FILE, entries, fold, folded, meant, said_of
from ghgcalc.factors.importers.mapping_read import bundled_mappings
from ghgcalc.factors.library import gwp_set_of, library
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.factors.search import search, wanted
from ghgcalc.factors.values import value_row

REGIONS = {code for table in (SUBDIVISIONS, GRIDS) for codes in table.values() for code in codes}
AR6 = gwp_set_of(library("gwp-ar6"), "AR6")
KINDS = {
    "country": COUNTRIES, "region": REGIONS, "category": set(CATEGORIES), "fuel": set(FUELS),
    "pack": {folder.parent.name for folder in bundled_packs().values()},
}  # fmt: skip


def test_every_entry_means_what_there_is() -> None:
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > 150
    for row in rows:
        means = [text for text in row["means"].split("|") if text]
        assert None not in row, f"too many cells: {row}"
        if row["kind"] in KINDS:
            assert means, row
            assert set(means) <= KINDS[row["kind"]], row
        elif row["kind"] == "unit":
            assert parse_unit(means[0]), row
        elif row["kind"] in ("item", "hole", "kind"):
            assert means, row
        elif row["kind"] == "gas":
            assert all(known_gas(gas, AR6) == gas for gas in means), row
        elif row["kind"] == "basis":
            assert means in (["net"], ["gross"]), row
        else:
            assert row["kind"] in ("absent", "advice"), row
            assert row["note"], row


def test_what_notes_tell_to_type_is_there() -> None:
    notes = {said.note for found in entries().values() for said in found if said.note}
    typed = [line for note in notes for line in re.findall(r"`ghgcalc ([^`]+)`", note)]
    assert len(typed) > 10
    for line in typed:
        words = line.split()
        if words[:2] == ["factors", "show"]:
            pack_id, _, name = words[2].partition("/")
            pack = library(pack_id)
            assert pack.factor(name) or value_row(pack, name), line
        elif words[:2] == ["factors", "import"]:
            assert words[2] in {"table", *bundled_mappings()}, line
        elif words[:2] == ["factors", "search"]:
            words = words[2:]
            unit = words[words.index("--unit") + 1] if "--unit" in words else None
            text = " ".join(words[: words.index("--unit")] if unit else words)
            packs = [library(name) for name in bundled_packs()]
            assert search(packs, wanted(text, unit=unit), 1).hits, line
        else:
            assert words[:2] in (["factors", "coverage"], ["factors", "new"]), line


def test_a_word_means_one_thing_of_a_kind() -> None:
    for words, found in entries().items():
        kinds = [said.kind for said in found]
        assert len(set(kinds)) == len(kinds), words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Électricité", ("electricite",)), ("điện", ("dien",)), ("Heizöl", ("heizol",)),
        ("LORRIES", ("lorry",)), ("buses", ("bus",)), ("gases", ("gas",)), ("glass", ("glass",)),
        ("natural-gas", ("natural", "gas")), ("天然气", ("天然气",)), ("r410as", ("r410as",)),
        ("Straße", ("strasse",)), ("łódź", ("lodz",)), ("한국", ("한국",)),
    ],
)  # fmt: skip
def test_capitals_accents_hyphens_and_plurals_are_folded(typed: str, words: tuple[str]) -> None:
    assert folded(typed) == words
    assert tuple(map(fold, words)) == words, "what is folded stays"


@pytest.mark.parametrize(
    ("kind", "typed", "first"),
    [
        ("fuel", "gazole", "diesel"), ("fuel", "Gasóleo", "diesel"), ("fuel", "xăng", "petrol"),
        ("item", "Lorries", "hgv"), ("country", "việt nam", "VN"), ("region", "江苏", "CN-JS"),
        ("category", "外购电力", "purchased_electricity"), ("unit", "Litres", "L"),
        ("pack", "Defra", "desnz"), ("pack", "USEEIO", "epa-supply-chain"),
    ],
)  # fmt: skip
def test_what_people_write_is_known(kind: str, typed: str, first: str) -> None:
    assert meant(kind, typed)[0] == first  # type: ignore[arg-type]


def test_hints_read_the_same_list() -> None:
    assert category_said("Strom") == meant("category", "Strom")[0]
    assert suggested("Deutschland") == "DE"
    assert suggested("de") == "DE"
    assert kin_of("原煤") == meant("fuel", "原煤")
    assert kin_of("natural_gas") == ()
    assert said_of("absent", "IEA") is not None
    assert said_of("absent", "diesel") is None
