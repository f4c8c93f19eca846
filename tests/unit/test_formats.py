"""The closed tables of formats, findings and disclosures, and a format that is new to them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from inspect import signature
from pathlib import Path
from typing import get_args

import pytest

from ghgcalc.cli import compute as compute_command
from ghgcalc.cli import diff as diff_command
from ghgcalc.cli import options
from ghgcalc.core.diagnostics import Diagnostic, Location
from ghgcalc.pipeline.run import compute
from ghgcalc.render import registry
from ghgcalc.render.registry import (
    FINDING_FORMATS,
    FORMATS,
    KINDS,
    TEXT,
    Format,
    at,
    findings,
    format_named,
    formats_of,
    pieces,
    suffixes_of,
)
from ghgcalc.render.style import Style
from ghgcalc.views.disclosures import DISCLOSURES, NO_OTHERS, disclosure
from ghgcalc.views.table import Report
from support import command

ROOT = Path(__file__).resolve().parents[2]
MINIMAL = ROOT / "examples" / "minimal" / "company.yaml"
OPULENT = ROOT / "examples" / "opulent" / "company.yaml"
OWN = [(form, kind) for form in FORMATS for kind in form.own]


def shown_in_signs(report: Report, style: Style) -> Iterable[str]:
    """A format of a test: the heading, then the titles of the tables, a sign between."""
    yield "+".join((*report.heading, *(table.title for table in report.tables)))
    yield "\n"


SIGNS = Format("signs", (".signs",), report=f"{__name__}:shown_in_signs")


# ---- the tables ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "kind"), OWN, ids=lambda each: getattr(each, "name", each))
def test_forms_take_the_result_and_how_to_write_it(form: Format, kind: str) -> None:
    """Text forms the style, binary ones the file; every address leads somewhere."""
    taken = list(signature(at(form.own[kind])).parameters.values())
    assert [each.annotation for each in taken][1:] == (["Path"] if form.binary else ["Style"])
    assert not any(each.kind is each.KEYWORD_ONLY for each in taken)


def test_renderers_of_reports_take_a_report() -> None:
    for form in FORMATS:
        if form.report:
            taken = signature(at(form.report)).parameters.values()
            assert [each.annotation for each in taken] == ["Report", "Style"], form.name


def test_each_name_and_suffix_means_one_format() -> None:
    names = [form.name for form in FORMATS]
    suffixes = [suffix for form in FORMATS for suffix in form.suffixes]
    assert len(set(names)) == len(names)
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in suffixes)
    assert all(not form.report for form in FORMATS if form.binary)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_format_speaks_of_known_kinds(form: Format) -> None:
    """A form of its own that shows no breakdown says why, for the refusal of `--by`."""
    assert {*form.own, *form.by, *form.whole} <= set(KINDS)
    assert set(form.by) | set(form.whole) <= set(form.own)
    if "inventory" in form.own:
        assert ("inventory" in form.by) != ("inventory" in form.whole)


def test_every_kind_can_be_shown_on_a_screen() -> None:
    for kind in set(KINDS) - {"without-data"}:  # which says nothing but nulls, for programs
        assert registry.DEFAULT.serves(kind), kind
        assert format_named("json").serves(kind) or kind == "explanation"


def test_breakdowns_of_csv_are_those_of_the_command() -> None:
    by = format_named("csv").by
    assert by["inventory"] == get_args(compute_command.Dimension)
    assert set(by["difference"]) < set(get_args(diff_command.Dimension))


def test_options_take_what_the_tables_hold() -> None:
    for kind, option in (
        ("inventory", options.InventoryFormat), ("difference", options.DifferenceFormat),
        ("energy", options.EnergyFormat), ("base-year", options.BaseYearFormat),
        ("factor-search", options.SearchFormat), ("vocabulary", options.VocabularyFormat),
    ):  # fmt: skip
        assert [form.name for form in formats_of(kind)] == _choices(option), kind
    assert list(FINDING_FORMATS) == _choices(options.FindingsOption)
    assert _choices(options.VerificationFormat) == ["text", "json"]


def _choices(option: object) -> list[str]:
    (taken, *_) = get_args(option)
    inner = [each for each in get_args(taken) if each is not type(None)]
    return [name for each in inner for name in (get_args(each) or (each,))]


# ---- a new format --------------------------------------------------------------------------------


@pytest.fixture
def signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "FORMATS", (*FORMATS, SIGNS))


@pytest.mark.usefixtures("signs")
def test_one_entry_serves_every_view(tmp_path: Path) -> None:
    """A format with a renderer of reports shows inventories, comparisons and energy at once."""
    file = tmp_path / "shown.signs"
    for words, title in (
        (("compute", OPULENT, "--period", "2024", "--by", "facility"), "+By facility"),
        (("diff", "2023", "2024", "--company", OPULENT), "+Totals+Why+"),
        (("energy", OPULENT, "--period", "2024"), "+Consumption+Coverage+Bridge+"),
    ):
        done = command.run(*words, "-o", file)
        assert done.exit_code in (0, 1), done.output
        assert title.lower() in file.read_text("utf-8").lower()
        file.unlink()
    assert [kind for kind in KINDS if SIGNS.serves(kind)] == [
        "inventory", "difference", "energy", "base-year", "query", "profile", "outdated",
        "coverage",
    ]  # fmt: skip
    assert ".signs" in suffixes_of("energy")
    assert ".signs" not in suffixes_of("verification")
    assert options.names_of("base-year")[-1] == "signs"


@pytest.mark.usefixtures("signs")
def test_a_new_format_is_offered_where_another_is_refused(tmp_path: Path) -> None:
    done = command.run("compute", MINIMAL, "--by", "gas", "-o", tmp_path / "a.json")
    assert done.exit_code == 2
    assert "or ask for table, markdown, signs or csv" in done.stderr
    done = command.run("energy", MINIMAL, "-o", tmp_path / "a.odt")
    assert "write one of .json, .csv, .md, .signs, .txt" in done.stderr
    assert not list(tmp_path.iterdir())


# ---- energy as a workbook ------------------------------------------------------------------------


def test_energy_is_no_workbook(tmp_path: Path) -> None:
    """It was a text report, also in a file that is called a workbook."""
    file = tmp_path / "energy.xlsx"
    done = command.run("energy", MINIMAL, "-o", file)
    assert done.exit_code == 2
    assert "unknown suffix `.xlsx`; write one of .json, .csv, .md, .txt" in done.stderr
    assert not file.exists()
    done = command.run("energy", MINIMAL, "--format", "xlsx")
    assert done.exit_code == 2
    assert "'xlsx' is not one of 'table', 'json', 'csv', 'markdown'" in done.stderr


# ---- findings and disclosures --------------------------------------------------------------------


FINDING = Diagnostic("unknown-key", "no key `fule`", Location("a.yaml", 1, 1, 4))


@pytest.mark.parametrize("name", FINDING_FORMATS)
def test_each_format_of_findings_says_what_and_where(name: str) -> None:
    text = findings(name, [FINDING], {"a.yaml": ["fule: gas"]})
    assert "unknown-key" in text
    assert "no key `fule`" in text
    assert "a.yaml" in text
    assert text.endswith("\n")


def test_only_people_are_spared_an_empty_answer() -> None:
    """A program gets an answer also where nothing was found."""
    assert TEXT in FINDING_FORMATS
    assert command.run("check", MINIMAL).stderr == ""
    assert json.loads(command.run("check", MINIMAL, "--diagnostics", "json").stderr) == []


@pytest.mark.parametrize("name", DISCLOSURES)
def test_disclosures_are_reports(name: str) -> None:
    """Of the inventory and those of other years; every renderer of reports shows them."""
    inventory = compute(str(OPULENT), period="2024").inventory
    assert inventory is not None
    report = disclosure(name)(inventory, NO_OTHERS)
    assert report.tables
    assert name in KINDS
    for form in formats_of(name):
        assert "".join(pieces(form, name, inventory, view=lambda: report)).strip()
