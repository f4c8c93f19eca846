"""The validated company file."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ghgcalc.core.period import PeriodSpec, ReportingYear, Span
    from ghgcalc.core.text.document import Document
    from ghgcalc.model.activity import Activity
    from ghgcalc.model.hourly import Hourly
    from ghgcalc.model.instrument import Accept, Instrument, Market, Supplier
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

ONE, MANY, LISTED = "one", "many", "listed"
_HOME = "ghgcalc."
# section: how its entries are held, and the model that reads one (imported when a file has it)
SECTIONS: Final[MappingProxyType[str, tuple[str, str]]] = MappingProxyType(
    {
        "ghgcalc": (ONE, "core.schema:Text"),
        "units": (MANY, "core.schema:Amount"),
        "organization": (ONE, "model.organization:Organization"),
        "factor_packs": (ONE, "core.schema:PathTexts"),
        "accept": (LISTED, "model.instrument:Accept"),
        "facilities": (MANY, "model.organization:Facility"),
        "boundaries": (MANY, "model.organization:Boundary"),
        "activities": (MANY, "model.activity:Activity"),
        "tables": (MANY, "model.table:Table"),
        "hourly": (MANY, "model.hourly:Hourly"),
        "instruments": (MANY, "model.instrument:Instrument"),
        "suppliers": (MANY, "model.instrument:Supplier"),
        "markets": (MANY, "model.instrument:Market"),
        "metrics": (MANY, "model.organization:Metric"),
        "targets": (MANY, "model.reserved:Target"),
        "expect": (LISTED, "model.organization:Expectation"),
        "exclusions": (LISTED, "model.organization:Exclusion"),
        "periods": (MANY, "model.organization:PeriodStatus"),
        "base_year": (ONE, "model.reserved:BaseYear"),
        "renames": (ONE, "core.schema:Renames"),
        "stated": (LISTED, "model.reserved:Stated"),
        "initiatives": (MANY, "model.reserved:Initiative"),
        "claims": (MANY, "model.reserved:Claim"),
        "credits": (MANY, "model.reserved:Credit"),
        "assurance": (LISTED, "model.reserved:Assurance"),
        "responsible": (ONE, "model.reserved:Responsible"),
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
    periods: dict[str, PeriodStatus] = field(default_factory=dict)
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

    def span_of(self, period: PeriodSpec) -> Span:
        """First and last day of a period as written, resolved once per text."""
        span = self.spans.get(period.text)
        if span is None:
            span = self.spans[period.text] = self.year.resolve(period)
        return span
