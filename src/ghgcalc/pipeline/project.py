"""A project: a company file read and checked, its packs, its lock, its amounts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from os.path import lexists
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.checks import OF_A_PERIOD, OF_THE_FILE, ActivityData
from ghgcalc.activity_data.cut_dates import cuts_of
from ghgcalc.activity_data.from_file import ActivitySums
from ghgcalc.activity_data.lists import with_lists
from ghgcalc.calculation.lock.kept_rules import years_before
from ghgcalc.calculation.lock.model import CONTRACT_DAYS
from ghgcalc.company.checks.regions import check_regions
from ghgcalc.company.validate import validate
from ghgcalc.core.arguments import path_of
from ghgcalc.core.check import found_by, raised, weighed
from ghgcalc.core.diagnostics import Outcome, has_errors, in_order
from ghgcalc.core.period import ONE_DAY
from ghgcalc.core.text.document import NO_TEXTS, load_document
from ghgcalc.core.text.paths import LOCK_FILE
from ghgcalc.core.text.source import Map, SourceFile, collector_paused
from ghgcalc.factors.catalogue import GwpChoice, load_catalog
from ghgcalc.pipeline.check_choices import allowed_choices

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence, Sized
    from datetime import date
    from pathlib import Path

    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.activity_data.tables.sums import TableSums
    from ghgcalc.calculation.lock.model import Lock
    from ghgcalc.company.company import Company
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.period import Span
    from ghgcalc.core.text.document import Document
    from ghgcalc.core.text.row_lines import RowLines
    from ghgcalc.factors.catalogue import FactorCatalog


@dataclass(frozen=True)
class Project:
    """A loaded company with its packs and amounts; any period is computed from it.

    Attributes:
        wholes: the amounts of the file; some are the sum of several.
        tables: the sums of each table.
        priced: whether every pack could be read; without one, every line would say so again.
        found: what reading and checking found.
        lost: the errors among it that keep activity data out; what would only follow from that,
            such as days without a bill, is not told.
        kept: reporting years locked before contracts had days, as tables were read.
        edges: days at which sums of tables are cut beside those that the file tells.
    """

    company: Company
    catalog: FactorCatalog
    wholes: Sequence[ElementaryActivity]
    tables: Mapping[str, TableSums] = field(default_factory=dict)
    priced: bool = True
    lock: Lock | None = None
    found: tuple[Diagnostic, ...] = ()
    lost: tuple[Diagnostic, ...] = ()
    kept: Collection[int] = ()
    edges: tuple[date, ...] = ()

    @cached_property
    def amounts(self) -> list[ElementaryActivity]:
        """Every amount: `wholes` with sums of several split into them."""
        every = (
            amount
            for whole in self.wholes
            for amount in ((whole,) if whole.split is None else whole.split())
        )
        return sorted(every, key=lambda amount: amount.order)

    @property
    def inputs(self) -> dict[str, str]:
        """sha256 of every file that was read, by path."""
        inputs = dict(self.company.document.hashes)
        for pack in self.catalog.packs:
            if pack.info.own:
                inputs[pack.info.folder] = pack.info.sha256
        for sums in self.tables.values():
            inputs.update(sums.hashes)
        return dict(sorted(inputs.items()))

    @property
    def sources(self) -> list[SourceFile]:
        """Every text file read, for excerpts; of tables the lines with findings."""
        rows = (row_sources(sums.excerpts) for sums in self.tables.values())
        texts = [*self.company.document.files, *self.catalog.sources]
        return [*texts, *(source for sources in rows for source in sources)]


def row_sources(excerpts: Mapping[str, RowLines]) -> list[SourceFile]:
    """The lines of long files that findings show, as files."""
    return [SourceFile(path, "", _lines=lines) for path, lines in excerpts.items()]


class Opened(NamedTuple):
    """A company file as it could be read, and the project, or None where it has no company."""

    document: Document
    project: Project | None

    @property
    def sources(self) -> list[SourceFile]:
        """Every text file read, for excerpts."""
        return self.project.sources if self.project is not None else self.document.files


@dataclass(frozen=True, slots=True)
class Loaded:
    """What `load` read: the project, or None where the file holds no company, and all findings.

    Attributes:
        diagnostics: what reading and checking found, in order, each thing once.
        sources: every text file read, for excerpts.
    """

    project: Project | None
    diagnostics: tuple[Diagnostic, ...]
    sources: list[SourceFile]


def load(path: str | Path) -> Loaded:
    """Read and check a company file, its packs, its tables and its lock; compute nothing.

    Args:
        path: the company file. A file that is not there, or cannot be read, is a finding.

    Returns:
        The project, of which `compute` makes any period without reading the files again.

    Raises:
        TypeError: `path` is no path.
    """
    path = path_of(path)
    with collector_paused():
        opened = open_project(path)
        project = opened.value.project
        year_of = {} if project is None else {"year_of": project.company.year.name_of}
        return Loaded(project, in_order(opened.diagnostics, **year_of), opened.value.sources)


def open_project(
    path: str | Path,
    *,
    fresh: bool = False,
    texts: Mapping[str, str] = NO_TEXTS,
    packs: Sequence[str] = (),
) -> Outcome[Opened]:
    """Load, validate, open packs, read tables, expand: everything before a period is asked.

    `fresh` reads tables by today's rules also where a year was locked before them; `texts` are
    read in the place of the company file and of what it includes, by their shown paths; `packs`
    stand behind those that the file names.
    """
    loaded = load_document(path, texts)
    document, found = loaded.value, list(loaded.diagnostics)
    if document.complete:
        listed = with_lists(document)
        document, found = listed.value, [*found, *listed.diagnostics]
    if not document.complete:
        return Outcome(Opened(document, None), tuple(found))
    checked = validate(document)
    found += checked.diagnostics
    company = checked.value
    if company is None:
        return Outcome(Opened(document, None), tuple(found))
    choices = allowed_choices(company)
    company.checks = choices.value
    found += choices.diagnostics
    names = (*company.factor_packs, *packs)
    catalog = load_catalog(document, names, _gwp_choice(company))
    found += catalog.diagnostics
    found += check_regions(company, catalog.value.own_regions())
    unlisted = "factor_packs" in document.root and not company.factor_packs
    broken = has_errors(catalog.diagnostics) or (has_errors(checked.diagnostics) and unlisted)
    lock = _lock_beside(document)
    amounts = _amounts(company, catalog.value)
    found += (*lock.diagnostics, *amounts.diagnostics)
    wholes, tables = amounts.value, {}
    kept = () if fresh else years_before(lock.value, CONTRACT_DAYS)
    lost = [*amounts.diagnostics, *(checked.diagnostics if _data_refused(company) else ())]
    if company.tables:
        from ghgcalc.activity_data.from_tables import read_tables

        read = read_tables(company, catalog.value, cuts_of(company, kept))
        found += read.diagnostics
        lost += read.diagnostics
        wholes, tables = [*wholes, *read.value.wholes], read.value.sums
    data = ActivityData(company, wholes)  # what could not be read is not called missing
    found += found_by(OF_A_PERIOD, data, company.checks, errors=has_errors(found))
    found = [*weighed(found, company.checks)]
    project = Project(
        company, catalog.value, wholes, tables, not broken, lock.value, tuple(found),
        tuple(found if broken else lost), kept,
    )  # fmt: skip
    project = replace(project, found=(*found, *_raised(project)))
    return Outcome(Opened(document, project), project.found)


def cut_at(project: Project, span: Span) -> Project:
    """A project whose tables are summed between the first and the last of some days.

    Sums of a month hold rows before and after a day within it; where a period begins or ends there,
    the tables are read once more, so that each row counts by its own days as an activity does.
    """
    company = project.company
    if not company.tables:
        return project
    cuts = cuts_of(company, project.kept)
    edges = tuple(
        day for day in (span.first, span.last + ONE_DAY) if day.day != 1 and day not in cuts
    )
    if edges == project.edges:
        return project
    from ghgcalc.activity_data.from_tables import read_tables

    read = read_tables(company, project.catalog, cuts_of(company, project.kept, edges)).value
    others = [whole for whole in project.wholes if not whole.table]
    return replace(project, wholes=[*others, *read.wholes], tables=read.sums, edges=edges)


def _data_refused(company: Company) -> bool:
    """Whether an activity or a table of the file is not among what is valid."""
    valid: dict[str, Sized] = {"activities": company.activities, "tables": company.tables}
    for section, entries in valid.items():
        node = company.document.root.get(section)
        if node is not None and not (isinstance(node, Map) and len(node) == len(entries)):
            return True
    return bool(company.faulty)


def _raised(project: Project) -> tuple[Diagnostic, ...]:
    """What checks of the whole file find that it raises to errors: those block its totals."""
    company = project.company
    checks = raised(OF_THE_FILE, company.checks)
    if not checks:
        return ()
    years = reporting_years(company, project.amounts)
    data = ActivityData(company, project.wholes, project.amounts, years, project.lost)
    return weighed(found_by(checks, data, company.checks), company.checks)


def _gwp_choice(company: Company) -> GwpChoice:
    organization = company.organization
    fossil_30 = organization.ar5_fossil_ch4 == "30"
    return GwpChoice(organization.gwp_set, organization.ch4_from_combustion, fossil_30)


def _lock_beside(document: Document) -> Outcome[Lock | None]:
    if not lexists(document.folder / LOCK_FILE):
        return Outcome(None)
    from ghgcalc.calculation.lock.read import read_lock

    return read_lock(document)


def _amounts(company: Company, catalog: FactorCatalog) -> Outcome[list[ElementaryActivity]]:
    """The amounts of the file's activities; the checks have said what is wrong with the others."""
    amounts = ActivitySums(company, catalog)
    found: list[Diagnostic] = []
    for order, (name, activity) in enumerate(company.activities.items()):
        if name not in company.faulty:
            found += amounts.take(order, name, activity)
    return Outcome(amounts.wholes(), tuple(found))


def newest_year(project: Project, name: str) -> int | None:
    """The newest reporting year of the activity data behind the id of a line or an activity."""
    years = [
        project.company.year.name_of(amount.span.last)
        for amount in project.amounts
        if name in (amount.id, amount.activity)
        or name.startswith(f"{amount.id}/")
        or amount.id.startswith(f"{name}/")
    ]
    return max(years, default=None)


def reporting_years(company: Company, amounts: Iterable[ElementaryActivity]) -> list[int]:
    """The reporting years that activity data touch."""
    name = company.year.name_of
    found: set[int] = set()
    for amount in amounts:
        found.update(range(name(amount.span.first), name(amount.span.last) + 1))
    return sorted(found)
