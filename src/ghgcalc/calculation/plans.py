"""Plans of portions: what each asks, what is made of the answer, what is said of a failure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ghgcalc.calculation.accept_hints import scope_of
from ghgcalc.calculation.arithmetic import GasError, factor_plan
from ghgcalc.calculation.conversion import basis_choices
from ghgcalc.calculation.key_places import placed
from ghgcalc.calculation.resolve.candidates import Question, Resolved, Unresolved
from ghgcalc.calculation.resolve.stated_properties import QUALIFIERS
from ghgcalc.calculation.resolve.unresolved import CONVERSION_CODES
from ghgcalc.calculation.results.plan import Resolution
from ghgcalc.company.markets import Markets
from ghgcalc.company.table_units import unit_hint
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.vocabulary.categories import BOUGHT, ELECTRICITY
from ghgcalc.core.vocabulary.fuels import canonical_fuel, phase_of
from ghgcalc.factors.bridges import Edge, own_edges
from ghgcalc.methods.spend import CODE as SPEND

if TYPE_CHECKING:
    from ghgcalc.activity_data.consolidate import Portion
    from ghgcalc.activity_data.elementary import ElementaryActivity
    from ghgcalc.calculation.resolve.resolve import Resolver
    from ghgcalc.calculation.results.plan import Passed, Plan
    from ghgcalc.company.company import Company
    from ghgcalc.company.organization import Facility
    from ghgcalc.factors.catalogue import FactorCatalog

Failure = tuple[Diagnostic, ...]


def regions_of(
    company: Company, facility: Facility | None, *, electricity: bool
) -> tuple[str, ...]:
    """Regions from the most specific to the country, by `cn_location` for Chinese power."""
    if facility is None:
        country = company.organization.country
        return (country,) if country else ()
    grid = facility.grid
    if grid and not grid.startswith(f"{facility.country}-"):
        grid = f"{facility.country}-{grid}"
    chain = [r for r in (grid, facility.grid, facility.region, facility.country) if r]
    if electricity and facility.country == "CN":
        level = company.organization.cn_location
        if level == "national":
            chain = [facility.country]
        elif level == "region":
            chain = [r for r in (grid, facility.country) if r]
        else:
            chain = [r for r in (facility.region, facility.country) if r]
    return tuple(dict.fromkeys(chain))


@dataclass(slots=True)
class Plans:
    """What portions ask of the catalogue, and the plans made so far, each by what it rests on.

    Attributes:
        plans: by the question and all else that decides a plan.
        years_without_days: reporting years locked before contracts had days.
    """

    company: Company
    catalog: FactorCatalog
    resolver: Resolver
    years_without_days: frozenset[int] = frozenset()
    plans: dict[object, Plan | Failure | Unresolved] = field(default_factory=dict)
    markets: Markets = field(init=False)
    _majority: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.markets = Markets.of_company(self.company)

    def made_in(self, source: ElementaryActivity) -> str:
        """The country of the supplier of goods or services, where the file states it; else ""."""
        if source.category not in BOUGHT:
            return ""
        supplier = self.company.suppliers.get(source.supplier or "")
        return (supplier.country if supplier is not None else None) or ""

    def regions(self, facility: Facility | None, electricity: bool) -> tuple[str, ...]:
        """Regions from the most specific to the country, by `cn_location` for Chinese power."""
        return regions_of(self.company, facility, electricity=electricity)

    def as_asked(self, facility: Facility | None) -> bool:
        """Whether the coarser Chinese value is the organization's own choice."""
        return (
            facility is not None
            and facility.country == "CN"
            and self.company.organization.cn_location == "national"
        )

    def factor_year(self, piece: Portion) -> int:
        """The year a factor is asked for: the reporting year's majority, or `factor_year:`."""
        stated = piece.source.data.factor_year
        return self.majority_year(piece) if stated is None else stated

    def majority_year(self, piece: Portion) -> int:
        """The calendar year in which most of a piece's reporting year lies."""
        if piece.year not in self._majority:
            span = self.company.year.span(piece.year)
            self._majority[piece.year] = self.company.year.majority_year(span)
        return self._majority[piece.year]

    def place(self, name: str | None) -> object:
        """What the factors of a line depend on of its facility."""
        facility = self.company.facilities.get(name or "")
        if facility is None or facility.fuel_properties or self.resolver.accept.by_facility:
            return name
        return facility.country, facility.region, facility.grid, facility.sector

    def make(self, piece: Portion, resolved: Resolved) -> Plan | Failure:
        """The plan of a piece by the factor found for it."""
        source = piece.source
        factor = resolved.resolution.factor
        assert factor is not None
        if factor.includes_losses and source.data.losses is not None:
            text = f"losses would count twice: `{factor.ref}` includes them"
            hint = "remove the line, and say so in a `note:` (R26)"
            return (self.finding(piece, "losses-included", text, hint, "losses"),)
        elsewhen = self._spent_elsewhen(piece)
        if elsewhen is not None:
            return (elsewhen,)
        try:
            return factor_plan(
                source.unit,
                factor,
                resolved.conversion,
                self._weighed(source, resolved.resolution),
                self.catalog,
                source.category,
                source.steps,
            )
        except GasError as error:
            return (self.finding(piece, error.code, error.message, error.hint, "fuel"),)

    def _weighed(self, source: ElementaryActivity, resolution: Resolution) -> Resolution:
        """A resolution with what a nearer row that is passed over would give (DESIGN §5)."""
        if resolution.nearer is None:
            return resolution
        passed = tuple(self._instead(source, each) for each in resolution.passed)
        return replace(resolution, passed=passed)

    def _instead(self, source: ElementaryActivity, other: Passed) -> Passed:
        if not other.nearer:
            return other
        try:
            plan = factor_plan(source.unit, other.factor, other.conversion,
                               Resolution(other.factor, ""), self.catalog, source.category,
                               source.steps)  # fmt: skip
        except GasError:
            return other
        return other._replace(instead=plan.total)

    def _spent_elsewhen(self, piece: Portion) -> Diagnostic | None:
        """Rows of a table in a reporting year that does not touch the stated year of spend."""
        spend, source = piece.source.data.spend, piece.source
        if spend is None or spend.year == "period" or not source.table:
            return None
        span = self.company.year.span(piece.year)
        if span.first.year <= spend.year <= span.last.year:
            return None
        text = f"rows of {piece.year} are spend of {spend.year} by `year:`"
        hint = "write `year: period` under `spend:`, each row's own"
        return self.finding(piece, SPEND, text, hint, "spend")

    def need(self, piece: Portion, kind: str | None) -> Question:
        """What a piece asks of the catalogue.

        Raises:
            ConversionError: when a stated fuel property has the wrong unit.
        """
        source = piece.source
        data = source.data
        facility = self.company.facilities.get(source.facility or "")
        category = priced_category(source)
        item = None if data.losses is not None else data.item
        sector = data.sector
        if sector is None and category == "stationary_combustion" and not source.priced_as:
            sector = (facility.sector if facility else None) or self.company.organization.sector
        electricity = category in ELECTRICITY
        accept = self.resolver.accept
        return Question(
            category, source.fuel, item, source.after or source.unit,
            self._regions_of(source, facility, electricity), self.factor_year(piece), kind, sector,
            data.technology, data.vehicle, data.factor if kind != "residual_mix" else None,
            (source.facility or "") if accept.by_facility else "",
            source.activity if accept.by_activity else "",
            self.edges(piece, facility), electricity and self.as_asked(facility),
            _stated_words(source, kind),
            data.spend.terms(self.majority_year(piece)) if data.spend is not None else None,
        )  # fmt: skip

    def _regions_of(
        self, source: ElementaryActivity, facility: Facility | None, electricity: bool
    ) -> tuple[str, ...]:
        """Where a line asks: in the country of its goods' supplier, else where the line is."""
        if source.region:
            country = source.region.partition("-")[0]
            return tuple(dict.fromkeys((source.region, country)))
        made_in = self.made_in(source)
        return (made_in,) if made_in else self.regions(facility, electricity)

    def edges(self, piece: Portion, facility: Facility | None) -> tuple[Edge, ...]:
        """Fuel properties that the file states for a line: its own, its place's, its table's."""
        source = piece.source
        if source.fuel is None:
            return ()
        table = self.company.tables.get(source.table)
        by_facility = None
        if facility is not None:
            stated = facility.fuel_properties.items()
            by_facility = next(
                (b for name, b in stated if canonical_fuel(name) == source.fuel), None
            )
        blocks = (
            (source.data.fuel_properties, 0, "fuel property of the line"),
            (by_facility, 1, f"fuel property of {source.facility}"),
            (table.fuel_properties if table else None, 2, f"fuel property of {source.table}"),
        )
        if all(block is None for block, _, _ in blocks):
            return ()
        return tuple(
            edge
            for block, tier, text in blocks
            if block is not None
            for edge in own_edges(block, tier, _cited(text, block.source, block.evidence))
        )

    def findings(
        self, piece: Portion, failure: Failure | Unresolved, key: str | None = None
    ) -> list[Diagnostic]:
        """The findings of a line that could not be priced."""
        if isinstance(failure, Unresolved):
            span = piece.span
            wanted = key or failure.blamed or _blamed(failure.code, piece)
            where = self.company.document.locate((*piece.source.path, *piece.source.at, wanted))
            found = failure.at(where, f"`{piece.source.activity}`", span, self.scope(piece))
            return [replace(found, hint=self._typable(piece, found.code, found.hint))]
        return list(failure)

    def _typable(self, piece: Portion, code: str, hint: str | None) -> str | None:
        """A hint that can be typed where the quantity stands: not in the cells of a table."""
        source = piece.source
        table = self.company.tables.get(source.table)
        if table is None or code != "basis-missing":
            return placed(hint, self.company, source) if hint else hint
        unit = source.unit.text
        choices, more = basis_choices(unit, phase_of(canonical_fuel(source.data.fuel)))
        return unit_hint(table, source.table, unit, choices) + more

    def scope(self, piece: Portion) -> dict[str, str]:
        """What narrows an `accept:` entry to a piece's line."""
        return scope_of(piece.source, priced_category(piece.source))

    def finding(
        self, piece: Portion, code: str, message: str, hint: str | None, key: str
    ) -> Diagnostic:
        """A finding at a key of a piece's line."""
        span = piece.span
        return Diagnostic(
            code,
            f"`{piece.source.activity}`: {message}",
            self.company.document.locate((*piece.source.path, *piece.source.at, key)),
            hint=self._typable(piece, code, hint) or None,
            days=(span.first, span.last),
        )


def _stated_words(source: ElementaryActivity, kind: str | None) -> tuple[str, ...]:
    """The qualifiers that a line or item says itself of the factor it asks for.

    Those of own generation and of a direct line describe the plant, which has no factor here.
    """
    data = source.data
    plant = source.category == "self_generated_electricity" or data.attributes is not None
    if kind == "residual_mix" or (plant and kind is not None):
        return ()
    return tuple(name for name in QUALIFIERS if getattr(data, name) is not None)


def priced_category(source: ElementaryActivity) -> str:
    """The category whose factors price a line: own power, cold by COP and losses are power's."""
    if source.priced_as:
        return source.priced_as
    if source.category == "self_generated_electricity":
        return "purchased_electricity"
    data = source.data
    if data.cop is not None or data.losses is not None:
        return "purchased_electricity"
    return source.category


def _cited(text: str, source: str | None, evidence: tuple[str, ...]) -> str:
    cited = source or ", ".join(evidence)
    return f"{text} ({cited})" if cited else text


def _blamed(code: str, piece: Portion) -> str:
    """The key of the line that a finding points at."""
    if code == SPEND:
        return "spend"
    if code in CONVERSION_CODES:
        return "quantity"
    data = piece.source.data
    if data.factor is not None:
        return "factor"
    if piece.source.fuel is not None:
        return "fuel"
    return "item" if data.item else "category"
