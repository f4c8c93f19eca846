"""Price pieces: find the factor, make the plan, keep both by key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ghgcalc.calculation.accept_hints import scope_of
from ghgcalc.calculation.arithmetic import GasError, factor_plan
from ghgcalc.calculation.combustion_co2 import judge_co2
from ghgcalc.calculation.resolve.candidates import Need, Problem, Resolved
from ghgcalc.calculation.resolve.stated_properties import QUALIFIERS
from ghgcalc.calculation.resolve.unresolved import CONVERSION_CODES
from ghgcalc.calculation.results.plan import Part, Plan
from ghgcalc.calculation.stated import masses_part, reported_part, stated_plan, zero_plan
from ghgcalc.company.markets import Markets
from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.core.vocabulary.categories import ELECTRICITY
from ghgcalc.factors.bridges import ConversionError, Edge, own_edges

if TYPE_CHECKING:
    from ghgcalc.activity_data.consolidate import Piece
    from ghgcalc.activity_data.elementary import Elementary
    from ghgcalc.calculation.resolve.resolve import Resolver
    from ghgcalc.company.company import Company
    from ghgcalc.company.organization import Facility
    from ghgcalc.factors.catalogue import FactorCatalog

Failure = tuple[Diagnostic, ...]


@dataclass(slots=True)
class Pricer:
    """Prices pieces against a catalogue; plans are shared by all pieces of the same key."""

    company: Company
    catalog: FactorCatalog
    resolver: Resolver
    plans: dict[object, Plan | Failure | Problem] = field(default_factory=dict)
    short: dict[tuple[object, ...], Plan | Failure | Problem | None] = field(default_factory=dict)
    shared: dict[tuple[object, ...], Plan] = field(default_factory=dict)
    markets: Markets = field(init=False)
    years_without_days: frozenset[int] = frozenset()  # locked before contracts had days
    last: tuple[Piece, Part] | None = None
    _majority: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.markets = Markets.of_company(self.company)

    # ---- regions and years ---------------------------------------------------------------------

    def regions(self, facility: Facility | None, electricity: bool) -> tuple[str, ...]:
        """Regions from the most specific to the country, by `cn_location` for Chinese power."""
        if facility is None:
            country = self.company.organization.country
            return (country,) if country else ()
        grid = facility.grid
        if grid and not grid.startswith(f"{facility.country}-"):
            grid = f"{facility.country}-{grid}"
        chain = [r for r in (grid, facility.grid, facility.region, facility.country) if r]
        if electricity and facility.country == "CN":
            level = self.company.organization.cn_location
            if level == "national":
                chain = [facility.country]
            elif level == "region":
                chain = [r for r in (grid, facility.country) if r]
            else:
                chain = [r for r in (facility.region, facility.country) if r]
        return tuple(dict.fromkeys(chain))

    def as_asked(self, facility: Facility | None) -> bool:
        """Whether the coarser Chinese value is the organization's own choice."""
        return (
            facility is not None
            and facility.country == "CN"
            and self.company.organization.cn_location == "national"
        )

    def factor_year(self, piece: Piece) -> int:
        """The year a factor is asked for: the reporting year's majority, or `factor_year:`."""
        stated = getattr(piece.source.data, "factor_year", None)
        if stated is not None:
            return int(stated)
        if piece.year not in self._majority:
            span = self.company.year.span(piece.year)
            self._majority[piece.year] = self.company.year.majority_year(span)
        return self._majority[piece.year]

    # ---- one piece ---------------------------------------------------------------------------

    def price(self, piece: Piece) -> Part | list[Diagnostic]:
        """The location-based part of a piece (the only one outside Scope 2)."""
        if self.last is not None and alike(piece, self.last[0]):
            known = self.last[1]
            return Part(known.plan, piece.quantity, known.source)
        part = self._priced(piece)
        if isinstance(part, Part) and not self.resolver.accept.by_activity:
            self.last = (piece, part)
        return part

    def _priced(self, piece: Piece) -> Part | list[Diagnostic]:
        source = piece.source
        if source.masses is not None:
            return masses_part(self, piece)
        if source.reported:
            return reported_part(self, piece)
        if source.category == "self_generated_electricity":
            return Part(zero_plan(self, piece), piece.quantity, "own generation, no grid transfer")
        kind = "grid_average" if priced_category(source) in ELECTRICITY else None
        return self._by_factor(piece, kind)

    def _by_factor(self, piece: Piece, kind: str | None) -> Part | list[Diagnostic]:
        plan = self.plan(piece, kind)
        if plan is None:
            return []
        if isinstance(plan, Plan):
            problem = judge_co2(self, piece, plan)
            if problem is not None:
                return [problem]
            factor = plan.resolution.factor
            return Part(plan, piece.quantity, factor.ref if factor else "stated")
        return self.findings(piece, plan)

    def plan(
        self, piece: Piece, kind: str | None, *, optional: bool = False
    ) -> Plan | Failure | Problem | None:
        """The plan of a piece for a kind of factor; None where optional and absent."""
        key = self.short_key(piece, kind)
        if key is None:
            return self._plan(piece, kind, optional)
        if key not in self.short:
            # places with the same regions, sector and fuel properties have the same answer
            shared = (self.place(piece.source.facility), *key[1:])
            plan = self.shared.get(shared) or self._plan(piece, kind, optional)
            if isinstance(plan, Plan):  # what fails is said of each place
                self.shared[shared] = plan
            self.short[key] = plan
        return self.short[key]

    def place(self, name: str | None) -> object:
        """What the factors of a line depend on of its facility."""
        facility = self.company.facilities.get(name or "")
        if facility is None or facility.fuel_properties or self.resolver.accept.by_facility:
            return name
        return facility.country, facility.region, facility.grid, facility.sector

    def short_key(self, piece: Piece, kind: str | None) -> tuple[object, ...] | None:
        """A cheap key for plain lines; None where the line states properties or rates itself."""
        source = piece.source
        data = source.data
        own = (data.emission_rate, data.fuel_properties, data.gas_state, data.billed_as)
        if source.steps:
            return None
        if own != (None, None, None, None) or self.resolver.accept.by_activity:
            return None
        unit = source.unit
        return (
            source.facility, source.category, source.fuel, unit.text, unit.basis, piece.year, kind,
            data.item, data.sector, data.technology, data.vehicle, data.factor, data.factor_year,
            source.table,
        )  # fmt: skip

    def grid_plan(self, piece: Piece) -> Plan | Failure | Problem | None:
        """The grid average of a line whose own rate may not price its market-based figure (R18)."""
        return self._plan(piece, "grid_average", False, own=False)

    def _plan(
        self, piece: Piece, kind: str | None, optional: bool, *, own: bool = True
    ) -> Plan | Failure | Problem | None:
        source = piece.source
        data = source.data
        stated = data.emission_rate is not None or getattr(data, "chp", None) is not None
        if stated and own and kind != "residual_mix":
            return stated_plan(self, piece)
        try:
            need = self.need(piece, kind)
        except ConversionError as error:
            return (self.finding(piece, error.code, error.message, error.hint, "fuel_properties"),)
        days = self.company.year.span(piece.year)
        answer = self.resolver.resolve(need, days, optional=optional)
        if answer is None or isinstance(answer, Problem):
            return answer
        key = (need, days, tuple(step.value for step in source.steps), source.unit)
        if key not in self.plans:
            self.plans[key] = self.make(piece, answer)
        return self.plans[key]

    def make(self, piece: Piece, resolved: Resolved) -> Plan | Failure:
        """The plan of a piece by the factor found for it."""
        source = piece.source
        factor = resolved.resolution.factor
        assert factor is not None
        if factor.includes_losses and getattr(source.data, "losses", None) is not None:
            text = f"losses would count twice: `{factor.ref}` includes them"
            hint = "remove the line, and say so in a `note:` (R26)"
            return (self.finding(piece, "losses-included", text, hint, "losses"),)
        try:
            return factor_plan(
                source.unit,
                factor,
                resolved.conversion,
                resolved.resolution,
                self.catalog,
                source.category,
                source.steps,
            )
        except GasError as error:
            return (self.finding(piece, error.code, error.message, error.hint, "fuel"),)

    def need(self, piece: Piece, kind: str | None) -> Need:
        """What a piece asks of the catalogue.

        Raises:
            ConversionError: when a stated fuel property has the wrong unit.
        """
        source = piece.source
        data = source.data
        facility = self.company.facilities.get(source.facility or "")
        category = priced_category(source)
        item = None if getattr(data, "losses", None) is not None else data.item
        sector = data.sector
        if sector is None and category == "stationary_combustion":
            sector = (facility.sector if facility else None) or self.company.organization.sector
        electricity = category in ELECTRICITY
        accept = self.resolver.accept
        return Need(
            category, source.fuel, item, source.after or source.unit,
            self.regions(facility, electricity), self.factor_year(piece), kind, sector,
            data.technology, data.vehicle, data.factor if kind != "residual_mix" else None,
            (source.facility or "") if accept.by_facility else "",
            source.activity if accept.by_activity else "",
            self._edges(piece, facility), electricity and self.as_asked(facility),
            _stated_words(source, kind),
        )  # fmt: skip

    def _edges(self, piece: Piece, facility: Facility | None) -> tuple[Edge, ...]:
        source = piece.source
        if source.fuel is None:
            return ()
        table = self.company.tables.get(source.table)
        by_facility = None
        if facility is not None:
            by_facility = facility.fuel_properties.get(source.fuel)
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

    # ---- findings ------------------------------------------------------------------------------

    def findings(
        self, piece: Piece, failure: Failure | Problem, key: str | None = None
    ) -> list[Diagnostic]:
        """The findings of a line that could not be priced."""
        if isinstance(failure, Problem):
            span = piece.span
            wanted = key or failure.blamed or _blamed(failure.code, piece)
            where = self.company.document.locate((*piece.source.path, wanted))
            return [failure.at(where, f"`{piece.source.activity}`", span, self.scope(piece))]
        return list(failure)

    def scope(self, piece: Piece) -> dict[str, str]:
        """What narrows an `accept:` entry to a piece's line."""
        return scope_of(piece.source, priced_category(piece.source))

    def finding(
        self, piece: Piece, code: str, message: str, hint: str | None, key: str
    ) -> Diagnostic:
        """A finding at a key of a piece's line."""
        span = piece.span
        return Diagnostic(
            code,
            f"`{piece.source.activity}`: {message}",
            self.company.document.locate((*piece.source.path, key)),
            hint=hint or None,
            days=(span.first, span.last),
        )


def alike(piece: Piece, other: Piece) -> bool:
    """Whether two pieces of a table differ in days and quantity alone, within one year."""
    one, two = piece.source, other.source
    return (
        one.kin is not None
        and one.kin is two.kin
        and one.facility == two.facility
        and one.supplier == two.supplier
        and piece.year == other.year
    )


def _stated_words(source: Elementary, kind: str | None) -> tuple[str, ...]:
    """The qualifiers that a line or item says itself of the factor it asks for.

    Those of own generation and of a direct line describe the plant, which has no factor here.
    """
    data = source.data
    plant = source.category == "self_generated_electricity" or data.attributes is not None
    if kind == "residual_mix" or (plant and kind is not None):
        return ()
    return tuple(name for name in QUALIFIERS if getattr(data, name) is not None)


def priced_category(source: Elementary) -> str:
    """The category whose factors price a line: own power, cold by COP and losses are power's."""
    if source.category == "self_generated_electricity":
        return "purchased_electricity"
    data = source.data
    if getattr(data, "cop", None) is not None or getattr(data, "losses", None) is not None:
        return "purchased_electricity"
    return source.category


def _cited(text: str, source: str | None, evidence: tuple[str, ...]) -> str:
    cited = source or ", ".join(evidence)
    return f"{text} ({cited})" if cited else text


def _blamed(code: str, piece: Piece) -> str:
    """The key of the line that a finding points at."""
    if code in CONVERSION_CODES:
        return "quantity"
    data = piece.source.data
    if data.factor is not None:
        return "factor"
    if piece.source.fuel is not None:
        return "fuel"
    return "item" if data.item else "category"
