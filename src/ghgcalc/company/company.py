"""The validated company file."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from ghgcalc.core.text.source import Map

if TYPE_CHECKING:
    from ghgcalc.company.activity import Activity
    from ghgcalc.company.base_year import (
        Assurance,
        BaseYear,
        Claim,
        Credit,
        Initiative,
        Responsible,
        Stated,
        Target,
    )
    from ghgcalc.company.check_choice import CheckChoice
    from ghgcalc.company.hourly import Hourly
    from ghgcalc.company.instrument import Accept, Instrument, Market, Supplier
    from ghgcalc.company.lists import FacilityTable
    from ghgcalc.company.organization import (
        Boundary,
        Exclusion,
        Expectation,
        Facility,
        Metric,
        Organization,
        PeriodStatus,
    )
    from ghgcalc.company.scope_3 import Scope3
    from ghgcalc.company.table import Table
    from ghgcalc.core.period import PeriodSpec, ReportingYear, Span
    from ghgcalc.core.text.document import Document

ONE, MANY, LISTED = "one", "many", "listed"
_HOME = "ghgcalc."
# section: how its entries are held, and the model that reads one (imported when a file has it)
SECTIONS: Final[MappingProxyType[str, tuple[str, str]]] = MappingProxyType(
    {
        "ghgcalc": (ONE, "core.schema:Text"),
        "units": (MANY, "core.schema:Amount"),
        "organization": (ONE, "company.organization:Organization"),
        "factor_packs": (ONE, "core.schema:PathTexts"),
        "accept": (LISTED, "company.instrument:Accept"),
        "facilities": (MANY, "company.organization:Facility"),
        "facility_tables": (MANY, "company.lists:FacilityTable"),
        "boundaries": (MANY, "company.organization:Boundary"),
        "activities": (MANY, "company.activity:Activity"),
        "tables": (MANY, "company.table:Table"),
        "hourly": (MANY, "company.hourly:Hourly"),
        "instruments": (MANY, "company.instrument:Instrument"),
        "suppliers": (MANY, "company.instrument:Supplier"),
        "markets": (MANY, "company.instrument:Market"),
        "metrics": (MANY, "company.organization:Metric"),
        "targets": (MANY, "company.base_year:Target"),
        "expect": (LISTED, "company.organization:Expectation"),
        "exclusions": (LISTED, "company.organization:Exclusion"),
        "scope_3": (ONE, "company.scope_3:Scope3File"),
        "periods": (MANY, "company.organization:PeriodStatus"),
        "checks": (MANY, "company.check_choice:CheckChoice"),
        "base_year": (ONE, "company.base_year:BaseYear"),
        "renames": (ONE, "core.schema:Renames"),
        "stated": (LISTED, "company.base_year:Stated"),
        "initiatives": (MANY, "company.base_year:Initiative"),
        "claims": (MANY, "company.base_year:Claim"),
        "credits": (MANY, "company.base_year:Credit"),
        "assurance": (LISTED, "company.base_year:Assurance"),
        "responsible": (ONE, "company.base_year:Responsible"),
    }
)


def section_model(name: str) -> Any:
    """The model that reads one entry of a section."""
    module, _, model = SECTIONS[name][1].partition(":")
    return getattr(import_module(_HOME + module), model)


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
    facility_tables: dict[str, FacilityTable] = field(default_factory=dict)
    boundaries: dict[str, Boundary] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    hourly: dict[str, Hourly] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    suppliers: dict[str, Supplier] = field(default_factory=dict)
    markets: dict[str, Market] = field(default_factory=dict)
    metrics: dict[str, Metric] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)
    expect: dict[int, Expectation] = field(default_factory=dict)
    exclusions: dict[int, Exclusion] = field(default_factory=dict)
    scope_3: Scope3 | None = None
    periods: dict[str, PeriodStatus] = field(default_factory=dict)
    checks: dict[str, CheckChoice] = field(default_factory=dict)
    base_year: BaseYear | None = None
    renames: dict[str, str] = field(default_factory=dict)
    stated: dict[int, Stated] = field(default_factory=dict)
    initiatives: dict[str, Initiative] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    credits: dict[str, Credit] = field(default_factory=dict)
    assurance: dict[int, Assurance] = field(default_factory=dict)
    responsible: Responsible | None = None
    spans: dict[str, Span] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)

    def defines(self, section: str, name: str) -> bool:
        """Whether a section holds an entry of this id, valid or not.

        What names a faulty entry is not told that there is none: its own finding says why.
        """
        entries = self.document.root.get(section)
        return isinstance(entries, Map) and name in entries

    def span_of(self, period: PeriodSpec) -> Span:
        """First and last day of a period as written, resolved once per text."""
        span = self.spans.get(period.text)
        if span is None:
            span = self.spans[period.text] = self.year.resolve(period)
        return span
