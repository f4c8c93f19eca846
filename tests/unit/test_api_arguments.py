"""What callers hand to public functions: a wrong kind is a TypeError that names the argument."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import ghgcalc
from ghgcalc.analysis.compare.saved import snapshot_of_json
from ghgcalc.core.numbers import plain, rounded
from ghgcalc.pipeline.filed import filed_of
from ghgcalc.render.csv import render_csv
from ghgcalc.render.diagnostics import render_text
from ghgcalc.render.json.inventory import render_json
from ghgcalc.render.xlsx.saved import snapshot_of_workbook
from ghgcalc.render.xlsx.workbook import workbook_form, write_workbook
from ghgcalc.views.amounts import by_gas, by_month, category_of, group, weigh

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.analysis.compare.difference import Difference
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.project import Project

COMPANY = """\
ghgcalc: 1
organization: {name: T, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
scope_3: {fuel_and_energy_related: {derive: off, reason: not the point of this test}}
facilities: {leeds: {country: GB}}
boundaries: {sites: {facilities: [leeds]}}
activities:
  m23: {facility: leeds, category: purchased_electricity, quantity: 100 MWh, period: 2023}
  m24: {facility: leeds, category: purchased_electricity, quantity: 100 MWh, period: 2024}
  chiller: {facility: leeds, category: fugitive_emissions, gas_masses: {R-32: 1 kg}, period: 2024}
"""
LOCATION = "location_based"


class Session(NamedTuple):
    """What was read and computed once for all tests."""

    path: Path
    project: Project
    inventory: Inventory
    difference: Difference


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    path = tmp_path_factory.mktemp("api") / "company.yaml"
    path.write_text(COMPANY, "utf-8")
    loaded = ghgcalc.load(path)
    assert loaded.project is not None, loaded.diagnostics
    inventory = ghgcalc.compute(loaded.project, period="2024").inventory
    difference = ghgcalc.diff(2023, 2024, company=path).difference
    assert inventory is not None
    assert difference is not None
    return Session(path, loaded.project, inventory, difference)


CALLS: dict[str, tuple[str, Callable[[Session, Any], object]]] = {
    "load": ("path", lambda _, x: ghgcalc.load(x)),
    "load_document": ("company", lambda _, x: ghgcalc.load_document(x)),
    "compute": ("path", lambda _, x: ghgcalc.compute(x)),
    "compute period": ("period", lambda s, x: ghgcalc.compute(s.project, period=x)),
    "compute boundary": ("boundary", lambda s, x: ghgcalc.compute(s.project, boundary=x)),
    "compute approach": ("approach", lambda s, x: ghgcalc.compute(s.project, approach=x)),
    "compute locked": ("locked", lambda s, x: ghgcalc.compute(s.project, locked=x)),
    "check": ("path", lambda _, x: ghgcalc.check(x)),
    "check locked": ("locked", lambda s, x: ghgcalc.check(s.path, locked=x)),
    "check select": ("select", lambda s, x: ghgcalc.check(s.path, select=x)),
    "diff before": ("before", lambda s, x: ghgcalc.diff(x, s.inventory)),
    "diff after": ("after", lambda s, x: ghgcalc.diff(s.inventory, x)),
    "diff company": ("company", lambda _, x: ghgcalc.diff("2023", "2024", company=x)),
    "diff period": ("period", lambda s, x: ghgcalc.diff(s.path, s.path, period=x)),
    "diff boundary": ("boundary", lambda s, x: ghgcalc.diff(s.path, s.path, boundary=x)),
    "diff renames": ("renames", lambda s, x: ghgcalc.diff(s.inventory, s.inventory, renames=x)),
    "diff renames of": (
        "renames", lambda s, x: ghgcalc.diff(s.inventory, s.inventory, renames={"m24": x})
    ),
    "causes": ("scopes", lambda s, x: s.difference.causes(LOCATION, x)),
    "computed": ("scopes", lambda s, x: s.difference.computed(LOCATION, x)),
    "like_for_like": ("scopes", lambda s, x: s.difference.like_for_like(LOCATION, x)),
    "rounded": ("value", lambda _, x: rounded(x, 2)),
    "rounded places": ("places", lambda _, x: rounded(Fraction(1, 3), x)),
    "plain places": ("places", lambda _, x: plain(Fraction(1, 3), x)),
    "texts": ("texts", lambda s, x: ghgcalc.load_document(s.path, x)),
    "group": ("weighed", lambda _, x: group([x], lambda bucket: bucket.scope)),
    "by_month": ("weighed", lambda _, x: by_month([x])),
    "weigh": ("lines", lambda _, x: weigh([x])),
    "by_gas": ("inventory", lambda _, x: by_gas(x)),
    "render_csv": ("inventory", lambda _, x: render_csv(x)),
    "render_json": ("inventory", lambda _, x: render_json(x)),
    "render_text": ("diagnostics", lambda _, x: render_text([x])),
    "write_workbook": (
        "catalog", lambda s, x: write_workbook(s.inventory, x, Path("never.xlsx"), {})
    ),
    "write_workbook digests": (
        "digests",
        lambda s, x: write_workbook(s.inventory, s.project.catalog, Path("never.xlsx"), x),
    ),
    "label": ("label", lambda s, x: snapshot_of_json(render_json(s.inventory), x)),
    "filed_of": ("run", lambda _, x: filed_of(x)),
    "workbook_form": ("filed", lambda _, x: workbook_form(x, Path("never.xlsx"))),
    "snapshot_of_json": ("text", lambda _, x: snapshot_of_json(x, "saved")),
    "snapshot_of_workbook": ("path", lambda _, x: snapshot_of_workbook(x, "saved")),
    "locate": ("path", lambda s, x: s.project.company.document.locate(x)),
}  # fmt: skip
OPTIONAL = ("period", "boundary", "approach", "renames")


@pytest.mark.parametrize(
    "value", [None, 1.5, b"x", object()], ids=lambda value: type(value).__name__
)
@pytest.mark.parametrize("call", CALLS)
def test_a_wrong_kind_is_a_type_error_that_names_the_argument(
    call: str, value: Any, session: Session
) -> None:
    name, function = CALLS[call]
    if value is None and name in OPTIONAL and call != "diff renames of":
        function(session, value)  # nothing is asked
        return
    with pytest.raises(TypeError, match=f"^`{name}` takes .*, not (None|float|bytes|object)"):
        function(session, value)


@pytest.mark.parametrize("call", ["check select", "causes", "computed", "like_for_like", "locate"])
def test_a_lone_text_is_no_sequence_of_its_letters(call: str, session: Session) -> None:
    name, function = CALLS[call]
    with pytest.raises(TypeError, match=f"^`{name}` takes .*, not the text '12'"):
        function(session, "12")


def test_sources_are_lines_by_path(session: Session) -> None:
    run = ghgcalc.compute(session.project, period="soon")
    with pytest.raises(TypeError, match=r"`sources` takes lines by path, .*, not list"):
        render_text(run.diagnostics, run.sources)  # type: ignore[arg-type]


def test_names_may_come_one_by_one(session: Session) -> None:
    """A generator is read once, and used twice."""
    judged = ghgcalc.check(session.path, select=(name for name in ["calendar-gap"]))
    assert judged.holds
    assert judged.diagnostics == ()
    difference = session.difference
    assert difference.like_for_like(LOCATION, iter((1, 2))) == difference.like_for_like(
        LOCATION, (1, 2)
    )


def test_years_of_a_judgement_are_periods(session: Session) -> None:
    years = ghgcalc.check(session.path).years
    assert years == [2023, 2024]
    for year in years:
        ours = ghgcalc.compute(session.project, period=year).inventory
        assert ours is not None
        assert ours.period == str(year)
    of_text = ghgcalc.diff("2023", "2024", company=session.path).difference
    assert of_text == session.difference
    of_files = ghgcalc.diff(session.path, session.path, period=2023).difference
    assert of_files is not None
    assert of_files.after.span == session.difference.before.span


@pytest.mark.parametrize("year", [20, -1, 2201])
def test_a_number_that_is_no_year_is_a_finding_as_its_text_is(year: int, session: Session) -> None:
    found = ghgcalc.compute(session.project, period=year)
    assert found.diagnostics == ghgcalc.compute(session.project, period=str(year)).diagnostics
    assert [(item.code, item.message) for item in found.diagnostics] == [
        ("bad-date", f"`{year}` is not a period")
    ]


def test_findings_name_no_option_of_the_command_line(session: Session) -> None:
    for asked in ({"period": "2030"}, {"period": "soon"}, {"locked": True}):
        for item in ghgcalc.compute(session.project, **asked).diagnostics:  # type: ignore[arg-type]
            assert not any("--" in text for text in (item.message, item.hint or "", *item.notes))


def test_truth_is_said_and_no_text(session: Session) -> None:
    """`locked="no"` asked for a lock."""
    with pytest.raises(TypeError, match="`locked` takes True or False, not the text 'no'"):
        ghgcalc.compute(session.project, locked="no")  # type: ignore[arg-type]


def test_places_below_0_are_refused() -> None:
    for write in (rounded, plain):
        with pytest.raises(ValueError, match="`places` is -1: write 0 or more"):
            write(Fraction(12345, 10), -1)


def test_a_check_that_is_none_has_a_near_one(session: Session) -> None:
    with pytest.raises(ValueError, match="`calender-gap` is no check: did you mean `calendar-gap`"):
        ghgcalc.check(session.path, select=["calender-gap"])
    with pytest.raises(ValueError, match=r"`zzz` is no check: docs/format\.md lists the checks"):
        ghgcalc.check(session.path, select=["zzz"])


# ---- amounts and differences ---------------------------------------------------------------------


def test_a_total_of_scope_1_needs_no_method(session: Session) -> None:
    """1 kg of R-32 is 677 kg CO2e by AR5 (IPCC 2013, table 8.A.1); 2023 has no chiller."""
    difference = session.difference
    for method in (None, LOCATION, "market_based"):
        figure = difference.total("scope_1", method)
        assert (figure.before, figure.after) == (0, Fraction(677, 1000))
        assert difference.total("scope_3", method).change is None  # nobody evaluated it
    assert difference.total("scope_1") == difference.total("scope_1", LOCATION)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda d: d.total("scope_2"), "`None` is no Scope 2 method: write `location_based`"),
        (lambda d: d.total("scope2", LOCATION), "`scope2` is no total: did you mean `scope_2`"),
        (lambda d: d.total("x", LOCATION), "`x` is no total: write `scope_1`, `scope_2`"),
        (lambda d: d.total(None), "`None` is no total"),
        (lambda d: d.total("scope_1", "market-based"), "`market-based` is no Scope 2 method"),
        (lambda d: d.causes("market-based"), "`market-based` is no Scope 2 method"),
        (lambda d: d.causes(LOCATION, (4,)), "`4` is no scope: write some of 1, 2, 3"),
        (lambda d: d.computed("x"), "`x` is no Scope 2 method"),
        (lambda d: d.lacking("x"), "`x` is no Scope 2 method"),
        (lambda d: d.restated("x"), "`x` is no Scope 2 method"),
        (lambda d: d.like_for_like("x"), "`x` is no Scope 2 method"),
        (lambda d: d.like_for_like(LOCATION, (0, 1)), "`0` is no scope"),
        (lambda d: d.changes[0].change("x"), "`x` is no Scope 2 method"),
        (lambda d: d.changes[0].cause("x", "activity"), "`x` is no Scope 2 method"),
        (lambda d: d.changes[0].cause(LOCATION, "activty"), "did you mean `activity`"),
    ],
)  # fmt: skip
def test_a_difference_knows_its_names(
    ask: Callable[[Any], object], said: str, session: Session
) -> None:
    with pytest.raises(ValueError, match=said):
        ask(session.difference)


def test_amounts_know_their_names(session: Session) -> None:
    amounts = group(weigh(session.inventory.lines), lambda bucket: bucket.facility)["leeds"]
    assert amounts.of(1, LOCATION) == Fraction(677, 1000)
    assert amounts.of(3, LOCATION) is None
    for ask in (lambda: amounts.total("x"), lambda: amounts.of(2, "x")):
        with pytest.raises(ValueError, match="`x` is no Scope 2 method"):
            ask()
    with pytest.raises(ValueError, match="`4` is no scope"):
        amounts.of(4, LOCATION)
    with pytest.raises(ValueError, match="the buckets hold no days"):
        by_month(weigh(session.inventory.lines, category_of))


def test_a_run_is_no_inventory(session: Session) -> None:
    """Its lines are those of every boundary."""
    run = ghgcalc.compute(session.project)
    for function in (render_csv, render_json, by_gas):
        with pytest.raises(TypeError, match=r"`inventory` of a run .*, not Run"):
            function(run)  # type: ignore[arg-type]


# ---- sides of diff -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"period": "soon"}, "period: `soon` is not a period; write 2023"),
        ({"period": ""}, "period: `` is not a period"),
        ({"period": "2023"}, "no side takes the period `2023`"),
        ({"boundary": "sites"}, "no side takes the boundary `sites`"),
        ({"renames": {"m33": "m24"}}, "`m33` is no id of 2024, so it is not renamed"),
        ({"renames": {"m24": "chiler"}}, "`chiler` is no id of 2024.*did you mean `chiller`"),
    ],
)
def test_what_no_side_takes_is_refused(asked: Any, said: str, session: Session) -> None:
    run = ghgcalc.compute(session.project)
    with pytest.raises(ghgcalc.SideError, match=said):
        ghgcalc.diff(run, run, **asked)


def test_periods_and_saved_files_take_no_period(session: Session) -> None:
    saved = session.path.with_name("saved.json")
    saved.write_text(render_json(session.inventory), "utf-8")
    with pytest.raises(ghgcalc.SideError, match="no side takes the period `2024`"):
        ghgcalc.diff("2023", "2024", company=session.path, period="2024")
    with pytest.raises(ghgcalc.SideError, match="no side takes the period `1999`"):
        ghgcalc.diff(saved, saved, period="1999")
    with pytest.raises(ghgcalc.SideError, match="no side takes the boundary `sites`"):
        ghgcalc.diff("2023@sites", "2024@sites", company=session.path, boundary="sites")
    with pytest.raises(ghgcalc.SideError, match="`2023@` names no boundary after its `@`"):
        ghgcalc.diff("2023@", "2024", company=session.path)
    one = ghgcalc.diff("2023@sites", "2024", company=session.path, boundary="sites").difference
    assert one is not None
    assert (one.before.boundary, one.after.boundary) == ("sites", "sites")


def test_a_company_file_that_is_missing_is_named(session: Session) -> None:
    missing = session.path.with_name("gone.yaml")
    said = r"`2023` is no period of .*gone\.yaml, as there is no such file"
    for years in (("2023", "2024"), (2023, 2024)):
        with pytest.raises(ghgcalc.SideError, match=said):
            ghgcalc.diff(*years, company=missing)


@pytest.mark.parametrize("text", ["a\0b", "x" * 5000, "", "\udcff"])
def test_a_text_that_can_name_no_file_is_no_side(text: str, session: Session) -> None:
    with pytest.raises(ghgcalc.SideError, match="is no period of"):
        ghgcalc.diff(text, session.inventory, company=session.path)


def test_an_id_has_one_new_name(session: Session) -> None:
    from ghgcalc.analysis.compare.renames import renames_asked

    sides = (session.difference.before, session.difference.after)
    assert renames_asked([("m23", "m24"), ("leeds", "leeds")], *sides) == {
        "m23": "m24", "leeds": "leeds",
    }  # fmt: skip
    with pytest.raises(ghgcalc.SideError, match="renamed to `m24` and to `chiller`"):
        renames_asked([("m23", "m24"), ("m23", "chiller")], *sides)
