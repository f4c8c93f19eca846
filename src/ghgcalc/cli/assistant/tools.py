"""The questions: each a function of texts that gives JSON text, reads inside the folder only.

The docstrings are what an assistant is told.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ghgcalc.cli.assistant.answers import WITHHELD, answer, findings, no_data
from ghgcalc.cli.assistant.folder import NotAnswered, Undecided
from ghgcalc.core.vocabulary.categories import CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.cli.assistant.folder import Folder
    from ghgcalc.factors.pack import Pack
    from ghgcalc.pipeline.run import Run

Kind = Literal[
    "categories", "fuels", "units", "grids", "regions", "packs", "items", "qualifiers", "gases",
]  # fmt: skip
By = Literal["scope", "category", "facility", "gas", "country", "month"]
Approach = Literal["equity_share", "financial_control", "operational_control"]
MOST_FACTORS, MOST_WORDS = 50, 400
# what `compute` tells of an inventory beside the breakdown asked for
_TOLD = ("organization", "period", "boundary", "consolidation_approach", "gwp_set", "status",
         "holds", "totals", "intensities", "accepted", "expectations", "packs", "lock",
         "exclusions", "notes")  # fmt: skip


class Tools:
    """The questions about the files of one folder."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def all(self) -> tuple[Callable[..., str], ...]:
        """Every question, in the order in which they are listed."""
        return (self.company_files, self.search_factors, self.show_factor, self.list_vocabulary,
                self.check, self.compute, self.query, self.explain, self.diff)  # fmt: skip

    def company_files(self) -> str:
        """List the company files (YAML inventories) of the folder."""
        return answer(company_files=self._folder.companies())

    def search_factors(
        self,
        words: str,
        region: str | None = None,
        year: int | None = None,
        unit: str | None = None,
        category: str | None = None,
        limit: int = 12,
    ) -> str:
        """Search emission factors of the bundled packs; returns candidates and never picks one.

        Args:
            words: what is burnt, bought or travelled, in any language, such as `natural gas`.
            region: country, province or grid, such as GB, CN-JS, US-ERCT.
            year: edition or data year.
            unit: per which unit, such as kWh, t, `kWh gross`.
            category: of the inventory, such as stationary_combustion.
            limit: how many are returned, at most 50.
        """
        from ghgcalc.core.unit_errors import UnitError
        from ghgcalc.factors.search import search, wanted
        from ghgcalc.render.factor_search import render_hits_json

        _judge_category(category)
        _judge_region(region)
        if not 1 <= limit <= MOST_FACTORS:
            raise NotAnswered(f"`limit` is between 1 and {MOST_FACTORS}")
        try:
            ask = wanted(words, region=region, year=year, unit=unit, category=category)
        except UnitError as error:
            raise NotAnswered(f"unit: {error.message}; {error.hint}") from error
        found = json.loads(render_hits_json(search(_bundled(), ask, limit)))
        left = [name for name, value in (("region", region), ("year", year), ("unit", unit),
                                         ("category", category)) if value is None]  # fmt: skip
        question = None
        if not found["total"]:
            hidden = [f"without {each['condition'] or 'any'} {each['value']}".strip()
                      + f" {each['total']} fit" for each in found["without"]]  # fmt: skip
            question = "; ".join((*found["advice"], *hidden)) or (
                "no factor fits: which condition may be left out, or is there an own factor?"
            )
        elif found["total"] != 1:
            question = f"{found['total']} factors fit: which one is meant is for a person to say"
        return answer(candidates=found["hits"], total=found["total"], question=question,
                      not_narrowed_by=left)  # fmt: skip

    def show_factor(self, factor: str) -> str:
        """Show one factor by `pack/id`: value, source, cell, evidence, and the keys to type.

        Args:
            factor: as a search writes it, such as `desnz-2024/natural_gas.kwh_gross`.
        """
        from ghgcalc.calculation.factor_card import card_of
        from ghgcalc.factors.library import open_bundled
        from ghgcalc.render.factor_keys import keys_yaml
        from ghgcalc.render.factors import render_factor

        name, _, key = factor.partition("/")
        pack = open_bundled(name)
        found = None if pack is None else pack.factor(key)
        if pack is None or found is None:
            raise NotAnswered(f"no factor `{factor}` in the bundled packs; search for it by words")
        shown = render_factor(card_of(found, pack))
        return answer(factor=factor, shown=shown, yaml=keys_yaml(found))

    def list_vocabulary(
        self,
        kind: Kind,
        match: str | None = None,
        category: str | None = None,
        company: str | None = None,
    ) -> str:
        """List the words that a company file may hold.

        Args:
            kind: categories, fuels, units, grids, regions, packs, items, qualifiers or gases.
            match: only rows that hold this text.
            category: items of this category alone.
            company: a company file: its packs and own units alone; default: all bundled packs.
        """
        from ghgcalc.views.vocabulary import Asked, listing_of

        _judge_category(category)
        if company is None:
            asked = Asked(_bundled(), {}, category, (match,) if match else ())
        else:
            asked = Asked(*self._vocabulary_of(company), category, (match,) if match else ())
        rows = listing_of(kind, asked)
        keys = [heading.replace(" ", "_") for heading in rows.headings]
        shown = [dict(zip(keys, row, strict=True)) for row in rows.rows[:MOST_WORDS]]
        if not shown:
            from ghgcalc.views.near_words import nothing_found

            none = nothing_found(kind, asked)
            return answer(**{kind: [], "left_out": 0, "question": str(none), "near": none.near})
        return answer(**{kind: shown, "left_out": len(rows.rows) - len(shown)})

    def check(self, company: str | None = None, locked: bool = False) -> str:
        """Judge a whole company file: every year, every expectation; findings and questions.

        Args:
            company: the company file; may be left out where the folder holds one alone.
            locked: refuse what ghgcalc.lock does not hold, and drift.
        """
        from ghgcalc.pipeline.check import check

        path = self._folder.company(company)
        found = check(path, locked=locked)
        return answer(company=path.as_posix(), holds=found.holds, reporting_years=found.years,
                      **findings(found.diagnostics, path))  # fmt: skip

    def compute(
        self,
        company: str | None = None,
        period: str | None = None,
        boundary: str | None = None,
        by: By = "category",
        consolidation: Approach | None = None,
    ) -> str:
        """Compute an inventory: exact totals in tCO2e by both Scope 2 methods, and one breakdown.

        Where errors keep lines out, no total is told: `withheld` says why, `questions` what to ask.

        Args:
            company: the company file; may be left out where the folder holds one alone.
            period: 2023, 2023-04, 2023-Q1 or 2023-01-01/2023-03-31; default: the newest year.
            boundary: a boundary of the file; default: every line.
            by: scope, category, facility, gas, country or month.
            consolidation: equity_share, financial_control or operational_control; default: the
                file's.
        """
        from ghgcalc.render.json.inventory import some_json

        run, path = self._run(company, period, boundary, consolidation)
        if run.inventory is None:
            return _withheld(run, path, period)
        told = json.loads(some_json(run.inventory, {*_TOLD, f"by_{by}"}), parse_float=_exact,
                          parse_int=_exact)  # fmt: skip
        return answer(company=path, **told, **findings(run.diagnostics, path))

    def query(
        self,
        query: str,
        company: str | None = None,
        period: str | None = None,
        boundary: str | None = None,
        consolidation: Approach | None = None,
    ) -> str:
        """Filter and group the lines of an inventory, such as `facility=kunshan scope=2 by month`.

        Conditions `key=value` (also `!=`, `a,b`, `*`), then `by key, key` and `top 10`. Keys: line,
        activity, scope, category, facility, country, item, supplier, unit, file, estimated, factor,
        pack, instrument, gas, gas_group, month, quarter.

        Args:
            query: the conditions and groups.
            company: the company file; may be left out where the folder holds one alone.
            period: default: the newest year.
            boundary: a boundary of the file; default: every line.
            consolidation: as of `compute`.
        """
        from ghgcalc.analysis.query.answer import answer as answered
        from ghgcalc.analysis.query.language import QueryError, parse
        from ghgcalc.render.query import json_form
        from ghgcalc.render.style import PLAIN

        try:
            asked = parse(query)
            run, path = self._run(company, period, boundary, consolidation)
            if run.inventory is None:
                return _withheld(run, path, period)
            return json_form(answered(run.inventory, asked, query, {}), PLAIN)
        except QueryError as error:
            raise NotAnswered(f"{error.message}; {error.hint}") from error

    def explain(self, line: str, company: str | None = None, period: str | None = None) -> str:
        """Explain a line: quantity, conversion, gases, factor, why it was chosen, what was refused.

        Args:
            line: id of a line or of an activity.
            company: the company file; may be left out where the folder holds one alone.
            period: default: the newest reporting year.
        """
        from ghgcalc.render.explain import text_form
        from ghgcalc.render.style import PLAIN
        from ghgcalc.views.explain import explain_line, matching

        run, path = self._run(company, period, None)
        if run.inventory is None:
            return _withheld(run, path, period)
        lines = matching(run.inventory, line)
        if not lines:
            raise Undecided(f"no line `{line}` in {run.inventory.period}: which one is meant?",
                            _near(line, run))  # fmt: skip
        shown = ["".join(text_form(explain_line(run.inventory, each, _METHODS, {}), PLAIN))
                 for each in lines[:_MOST_LINES]]  # fmt: skip
        return answer(company=path, period=run.inventory.period, explained=shown,
                      left_out=[each.id for each in lines[_MOST_LINES:]])  # fmt: skip

    def diff(
        self,
        before: str,
        after: str,
        company: str | None = None,
        period: str | None = None,
        boundary: str | None = None,
    ) -> str:
        """Compare two inventories; the causes add up exactly to the change.

        Args:
            before: a period of the company file, such as 2022, or a file of the folder: a company
                file or a saved inventory (.json).
            after: likewise.
            company: the company file of periods; may be left out where the folder holds one alone.
            period: the period of company files; default: their newest year.
            boundary: the boundary of both sides.
        """
        from ghgcalc.analysis.compare.comparison import diff
        from ghgcalc.analysis.compare.sides import SideError
        from ghgcalc.render.difference import difference_json

        sides = [self._side(text) for text in (before, after)]
        path = self._folder.company(company) if None in sides or company else Path("company.yaml")
        texts = [side or text for side, text in zip(sides, (before, after), strict=True)]
        try:
            found = diff(*texts, company=path, period=period, boundary=boundary)
        except SideError as error:
            raise NotAnswered(str(error)) from error
        if found.difference is None:
            return answer(
                company=path.as_posix(), withheld=WITHHELD, **findings(found.diagnostics, path)
            )
        return difference_json(found.difference)

    def _side(self, text: str) -> str | None:
        """A file of the folder, or None for a period; a revision would be read from elsewhere."""
        from ghgcalc.core.period import PeriodError, parse_period_text

        name, at, boundary = text.rpartition("@") if "@" in text else (text, "", "")
        try:
            parse_period_text(name)
        except PeriodError:
            try:
                return f"{self._folder.file(name).as_posix()}{at}{boundary}"
            except NotAnswered as error:
                raise NotAnswered(
                    f"{error}; a side is a period, such as 2023, or a file"
                ) from error
        return None

    def _run(
        self,
        company: str | None,
        period: str | None,
        boundary: str | None,
        consolidation: Approach | None = None,
    ) -> tuple[Run, str]:
        from ghgcalc.core.period import PeriodError, parse_period_text
        from ghgcalc.pipeline.run import compute

        path = self._folder.company(company)
        try:
            if period is not None:
                parse_period_text(period)
        except PeriodError as error:
            raise NotAnswered(f"period: {error.message}; {error.hint}") from error
        run = compute(path, period=period, boundary=boundary, approach=consolidation)
        return run, path.as_posix()

    def _vocabulary_of(self, company: str) -> tuple[list[Pack], Any]:
        from ghgcalc.core.units import own_units
        from ghgcalc.pipeline.project import open_project

        opened = open_project(self._folder.file(company)).value.project
        if opened is None:
            raise NotAnswered(f"`{company}` has errors: `check` tells them")
        return list(opened.catalog.searched), own_units()


_METHODS = ("location_based", "market_based")
_MOST_LINES = 12


def _exact(text: str) -> str:
    """A number of JSON text, marked so that it is written as it was."""
    return "\0" + text


def _withheld(run: Run, path: str, period: str | None) -> str:
    why = no_data(path, period, run.diagnostics) or WITHHELD
    return answer(company=path, withheld=why, **findings(run.diagnostics, path))


def _near(line: str, run: Run) -> list[str]:
    from difflib import get_close_matches

    assert run.inventory is not None
    kinds: dict[str, dict[str, None]] = {}
    for each in run.inventory.lines:
        kinds.setdefault(each.category, {}).update(dict.fromkeys((each.activity, each.id)))
    known = dict.fromkeys(name for names in kinds.values() for name in names)
    some = max(1, _MOST_LINES // max(len(kinds), 1))  # of each kind, not the first kind alone
    first = [name for names in kinds.values() for name in list(names)[:some]]
    return get_close_matches(line, known, n=8, cutoff=0.4) or first[:_MOST_LINES]


def _bundled() -> list[Pack]:
    from ghgcalc.factors.library import open_bundled
    from ghgcalc.factors.pack import bundled_packs

    return [pack for name in bundled_packs() if (pack := open_bundled(name)) is not None]


def _judge_region(region: str | None) -> None:
    from ghgcalc.core.vocabulary.countries import COUNTRIES, suggested

    if region is None or region.partition("-")[0] in COUNTRIES:
        return
    near = suggested(region)
    hint = f"write `{near}`" if near else "write a code such as GB, CN-JS or US-ERCT"
    raise NotAnswered(f"region `{region}` is no code of a country, province or grid; {hint}")


def _judge_category(category: str | None) -> None:
    if category is None or category in CATEGORIES:
        return
    from ghgcalc.core.spelling import nearest

    near = nearest(category, CATEGORIES)
    hint = f"did you mean `{near}`?" if near else f"categories: {', '.join(CATEGORIES)}"
    raise NotAnswered(f"`{category}` is not a category; {hint}")
