"""The validated company file."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from ghgcalc.model.activity import Activity
from ghgcalc.model.base import OwnUnits, Text, Texts
from ghgcalc.model.instrument import Accept, Instrument, Supplier
from ghgcalc.model.organization import (
    Boundary,
    Exclusion,
    Expectation,
    Facility,
    Metric,
    Organization,
    PeriodStatus,
)
from ghgcalc.model.reserved import (
    Assurance,
    BaseYear,
    Claim,
    Credit,
    Initiative,
    Responsible,
    Stated,
    Target,
)
from ghgcalc.model.table import Table

if TYPE_CHECKING:
    from ghgcalc.load import Document
    from ghgcalc.model.period import PeriodSpec, ReportingYear, Span

ONE, MANY, LISTED = "one", "many", "listed"
SECTIONS: Final[MappingProxyType[str, tuple[str, Any]]] = MappingProxyType(
    {
        "ghgcalc": (ONE, Text),
        "units": (ONE, OwnUnits),
        "organization": (ONE, Organization),
        "factor_packs": (ONE, Texts),
        "accept": (LISTED, Accept),
        "facilities": (MANY, Facility),
        "boundaries": (MANY, Boundary),
        "activities": (MANY, Activity),
        "tables": (MANY, Table),
        "instruments": (MANY, Instrument),
        "suppliers": (MANY, Supplier),
        "metrics": (MANY, Metric),
        "targets": (MANY, Target),
        "expect": (LISTED, Expectation),
        "exclusions": (LISTED, Exclusion),
        "periods": (MANY, PeriodStatus),
        "base_year": (ONE, BaseYear),
        "stated": (LISTED, Stated),
        "initiatives": (MANY, Initiative),
        "claims": (MANY, Claim),
        "credits": (MANY, Credit),
        "assurance": (LISTED, Assurance),
        "responsible": (ONE, Responsible),
    }
)


@dataclass(slots=True)
class Company:
    """The valid part of a company file; `document` knows where everything stands.

    Collections are keyed by id in the order of the file; lists keep their index, so that
    `("accept", 2)` is a path into the document.
    """

    document: Document
    organization: Organization
    year: ReportingYear
    factor_packs: tuple[str, ...] = ()
    accept: dict[int, Accept] = field(default_factory=dict)
    facilities: dict[str, Facility] = field(default_factory=dict)
    boundaries: dict[str, Boundary] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    suppliers: dict[str, Supplier] = field(default_factory=dict)
    metrics: dict[str, Metric] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    expect: dict[int, Expectation] = field(default_factory=dict)
    exclusions: dict[int, Exclusion] = field(default_factory=dict)
    periods: dict[str, PeriodStatus] = field(default_factory=dict)
    base_year: BaseYear | None = None
    stated: dict[int, Stated] = field(default_factory=dict)
    initiatives: dict[str, Initiative] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    credits: dict[str, Credit] = field(default_factory=dict)
    assurance: dict[int, Assurance] = field(default_factory=dict)
    responsible: Responsible | None = None
    spans: dict[str, Span] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)

    def span_of(self, period: PeriodSpec) -> Span:
        """First and last day of a period as written, resolved once per text."""
        span = self.spans.get(period.text)
        if span is None:
            span = self.spans[period.text] = self.year.resolve(period)
        return span
