"""The inventory as JSON, schema `ghgcalc-inventory-1`."""

from __future__ import annotations

from typing import Literal

from ghgcalc.render.schemas.energy import Both, Energy
from ghgcalc.render.schemas.findings import Finding
from ghgcalc.render.schemas.lines import Factor, Gap, Line
from ghgcalc.render.schemas.scope_3 import (
    CategoryStatus,
    Exclusion,
    LeftOut,
    MethodShare,
    Score,
    Screening,
)
from ghgcalc.render.schemas.told import Told, key

DAY = {"format": "date"}


class Period(Told):
    """The period of the inventory."""

    name: str = key("2024", "The period as asked for.")
    first: str = key("2024-01-01", "First day.", json_schema_extra=DAY)
    last: str = key("2024-12-31", "Last day.", json_schema_extra=DAY)


class Choices(Told):
    """Choices of the organization, where they matter."""

    ch4_from_combustion: str = key("non_fossil", "Which AR6 value weighs methane of combustion.",
                                   default=None)  # fmt: skip
    ar5_fossil_ch4: str = key("28", "Which AR5 value weighs fossil methane.", default=None)
    cn_location: str = key("province", "Which Chinese factor is location-based.", default=None)


class Totals(Told):
    """Totals in tonnes CO2e; null is not evaluated or not known, 0 is a result."""

    unit: str = key("tCO2e", "The unit of these figures.")
    scope_1: float | None = key(21.948, "Scope 1, in tonnes CO2e.")
    scope_2: Both = key({}, "Scope 2, in tonnes CO2e.")
    scope_1_2: Both = key({}, "Scopes 1 and 2, in tonnes CO2e.")
    scope_3: float | None = key(None, "Scope 3; null without lines.")
    all_scopes: Both = key({}, "All scopes, in tonnes CO2e.")
    biogenic_co2: float | None = key(28.77, "Tonnes of biogenic CO2, outside the scopes.")
    not_evaluated: list[Literal["scope_1", "scope_2", "scope_3", "biogenic_co2"]] = key(
        ["scope_3"], "Totals without data; 0 is no result there.", default=[],
    )  # fmt: skip


class ByScope(Both):
    """A scope."""

    scope: Literal[1, 2, 3] = key(1, "The scope.")


class ByCategory(ByScope):
    """A category of a scope."""

    category: str = key("stationary_combustion", "The category.")
    biogenic_co2: float | None = key(0, "Tonnes of biogenic CO2.")
    methods: list[MethodShare] = key([], "Of Scope 3, by which methods; most specific first.")
    partners_data_share: float | None = key(
        None, "Of Scope 3, the share calculated with data of suppliers and other partners."
    )
    data_quality: dict[str, Score] | None = key({}, "Of Scope 3, mean scores by indicator.")
    status: str | None = key("relevant_calculated", "Of Scope 3, its status in CDP's words.")


class Amounts(Told):
    """Tonnes CO2e of a group by scope."""

    scope_1: float | None = key(21.948, "Scope 1, in tonnes CO2e.")
    scope_2: Both = key({}, "Scope 2, in tonnes CO2e.")
    scope_3: float | None = key(None, "Scope 3, in tonnes CO2e.")
    all_scopes: Both = key({}, "All scopes, in tonnes CO2e.")
    biogenic_co2: float | None = key(0, "Tonnes of biogenic CO2.")


class ByFacility(Amounts):
    """A facility."""

    facility: str | None = key("leeds", "The facility; null for lines of none.")


class ByCountry(Amounts):
    """A country."""

    country: str | None = key("GB", "The country; null for lines of none.")


class ByMonth(Amounts):
    """A month."""

    month: str = key("2024-01", "The month.")


class ByGas(Told):
    """A gas: tonnes CO2e by scope, and its mass."""

    group: str = key("CO2", "The gas as Kyoto groups it.")
    gas: str | None = key("CO2", "The gas; null for CO2e without its gases.")
    scope_1: float | None = key(21.9, "Scope 1, in tonnes CO2e.")
    scope_2: Both = key({}, "Scope 2, in tonnes CO2e.")
    scope_3: float | None = key(None, "Scope 3, in tonnes CO2e.")
    kg: Both = key({}, "Its mass in kg.")


class Intensity(Both):
    """Tonnes CO2e per unit of a metric."""

    metric: str = key("revenue", "The metric.")
    unit: str = key("tCO2e/million CNY", "Unit of the intensity.")
    value: float = key(231_905, "The metric's value.")
    figure: str = key("scope_1_2", "The figure that is divided.")


class IdsByMethod(Told):
    """Ids of lines by Scope 2 method."""

    location_based: list[str] = key([], "Lines without a location-based figure.")
    market_based: list[str] = key([], "Lines without a market-based figure.")


class Criterion(Told):
    """A quality criterion of an instrument."""

    number: int = key(1, "The criterion, 1 to 8.")
    state: str = key("met", "Met, not met, unanswered or assumed.")
    evidence: str = key("gec.pdf", "The document; may be empty.")


class Instrument(Told):
    """What became of a contractual instrument."""

    id: str = key("gec-2023", "The instrument.")
    type: str = key("GEC", "Type of instrument.")
    market: str = key("CN", "Its market.")
    carrier: str = key("electricity", "What it covers.")
    location: str | None = key("company.yaml:106:3", "Where it is written.")
    volume_mwh: float = key(788, "Its volume in MWh.")
    used_mwh: float = key(788, "MWh that lines use.")
    surplus_mwh: float = key(0, "MWh that cover nothing.")
    not_applied: str | None = key(None, "Why it is not applied; null where it is.")
    criteria: str = key("criteria 1 to 5 met", "Its quality criteria in words.")
    criteria_answers: list[Criterion] = key([], "Its quality criteria one by one.")
    carried_mwh: float = key(0, "MWh counted in certificates that are bundled with it.")
    technology: str | None = key("wind", "How the power was generated.")
    country: str | None = key("CN", "Where it was generated.")
    generated: str | None = key("2023", "When it was generated.")
    used_in: str | None = key(None, "Reporting year that it is used in, where stated.")
    supplied: str | None = key(None, "Days on which a contract supplies.")
    commissioned: str | None = key("2019-05-01", "First day of the plant.")
    retired: str | None = key("2023-12-20", "Day of cancellation.")
    beneficiary: str | None = key("Example Precision", "For whom it was cancelled.")
    registry: str | None = key(None, "Where it is registered.")
    serials: str | None = key("CN2023-000101 … CN2023-000888", "Serials of the certificates.")
    bundled_with: str | None = key(None, "The contract that it belongs to.")
    supplier: str | None = key(None, "The supplier.")
    evidence: str | None = key("gec.pdf", "Documents.")
    tco2e: float = key(0, "Tonnes CO2e of the MWh used.")
    gaps: list[Gap] = key([], "Accepted gaps that it rests on.")


class Estimates(Told):
    """Tonnes that rest on estimates, under one method."""

    tco2e: float | None = key(6015.2, "Estimated tonnes CO2e.")
    share: float | None = key(0.2, "Their share of the row's tonnes, from 0 to 1.")


class EstimatesBoth(Told):
    """Tonnes that rest on estimates, under both methods."""

    location_based: Estimates = key({}, "Under the location-based method.")
    market_based: Estimates = key({}, "Under the market-based method.")


class EstimatedQuantity(Told):
    """The estimated quantity of a category whose lines have units of one kind."""

    value: float = key(730, "The estimated quantity.")
    unit: str = key("kg", "Its unit.")
    share: float | None = key(0.96, "Its share of the whole, from 0 to 1.")


class EstimatedCategory(EstimatesBoth):
    """Estimates of a category."""

    scope: Literal[1, 2, 3] = key(3, "The scope.")
    category: str = key("purchased_goods_and_services", "The category.")
    quantity: EstimatedQuantity | None = key(None, "The quantity; null with units of two kinds.")


class EstimatedFacility(EstimatesBoth):
    """Estimates of a facility."""

    facility: str | None = key("leeds", "The facility; null for lines of none.")


class EstimateMethod(Told):
    """A way of estimating."""

    method: str | None = key("purchase ledger", "How it was estimated.")
    reason: str | None = key("two slips are missing", "Why it was estimated.")
    column: str | None = key(None, "The column of a table that marks rows.")
    tco2e: Both = key({}, "Tonnes CO2e that rest on it.")


class EstimateWords(Told):
    """How the texts of a column were read."""

    table: str = key("power-bills", "The table.")
    column: str = key("Estimated", "Its column.")
    estimated: dict[str, int] = key({"E": 3}, "Rows by text that means yes.")
    not_estimated: dict[str, int] = key({"A": 9}, "Rows by text that means no.")


class Estimated(Told):
    """What rests on estimates."""

    all_scopes: EstimatesBoth | None = key(None, "Of all scopes; null where nothing does.")
    by_category: list[EstimatedCategory] = key([], "By category.")
    by_facility: list[EstimatedFacility] = key([], "Tonnes CO2e by facility.")
    methods: list[EstimateMethod] = key([], "By method and reason.")
    words: list[EstimateWords] = key([], "How texts of tables were read.")


class GapShare(Told):
    """Tonnes of an accepted gap under a method."""

    method: str = key("market_based", "The Scope 2 method.")
    tco2e: float | None = key(12.5, "Tonnes CO2e that rest on it.")
    share: float | None = key(0.1, "Their share of that method's total.")


class Accepted(GapShare):
    """An accepted gap in use; `method`, `tco2e` and `share` are the first of `shares`."""

    entry: int = key(0, "Index in `accept:`.")
    gap: str = key("earlier_year", "Which gap it is.")
    reason: str = key("2024 is not published yet", "The stated reason.")
    location: str | None = key("company.yaml:16:5", "Where it is written.")
    details: list[str] = key([], "What departs.")
    lines: list[str] = key([], "The lines.")
    shares: list[GapShare] = key([], "By method.")
    effect: str | None = key(None, "What the strict rule would give.")


class Expectation(Told):
    """A figure that must come out, and what came out."""

    figure: str = key("scope_1", "The figure.")
    period: str = key("2023", "The period.")
    boundary: str | None = key("sbt", "The boundary.")
    expected: float = key(64_438, "The expected value.")
    within: float = key(0.5, "The tolerance.")
    actual: float | None = key(64_438, "The computed value; null where there is none.")
    unit: str = key("tCO2e", "The unit of all three.")
    holds: bool = key(True, "Whether it holds.")
    location: str | None = key("company.yaml:157:59", "Where it is written.")
    citation: str | None = key("2023 report, p. 31", "Where the figure was published.")
    reason: str | None = key(None, "Why there is no computed value.")


class ControlTotal(Told):
    """What became of the rows of a table."""

    table: str = key("power-bills", "The table.")
    read: int = key(27, "Rows read.")
    used: int = key(15, "Rows used.")
    other_periods: int = key(12, "Rows of other periods.")
    filtered: int = key(0, "Rows that filters leave out.")
    rejected: int = key(0, "Bad rows left out knowingly.")
    sums: dict[str, float | None] = key({"kWh": 31462500}, "Sums of rows read, by unit.")
    used_sums: dict[str, float | None] = key({"kWh": 15840112.9}, "Sums of what is used, by unit.")


class Pack(Told):
    """A pack in use."""

    id: str = key("desnz-2024", "The pack.")
    version: str = key("1.1", "Its version.")
    title: str = key("UK factors 2024", "Its title.")
    sha256: str = key("6a5f7bf2431fb97bff36", "Hash over its files.")
    licence: str = key("OGL-UK-3.0", "Terms of reuse; may be empty.")
    evidence: str = key("publisher file", "How its figures reached it.")
    own: bool = key(False, "Whether it is of the company.")
    status: str = key("current", "Current or superseded, what its licence limits, what it lacks.",
                      default="")  # fmt: skip


class Input(Told):
    """A file that was read."""

    path: str = key("company.yaml", "Its path beside the company file.")
    sha256: str = key("7629b33508d315edbe96", "Its hash.")


class LockUse(Told):
    """The lock in use."""

    path: str = key("ghgcalc.lock", "Its path.")
    sha256: str = key("7629b33508d315edbe96", "Its hash.")
    periods: list[str | int] = key([2023], "Reporting years whose answers were taken.")
    resolutions: int = key(12, "Number of answers taken.")
    packs: list[str] = key(["desnz-2024@1.1"], "Packs of these answers.")
    not_locked: list[str] = key([], "Activities without an answer in the lock.")
    drift: list[str] = key([], "What has moved since.")
    notes: list[str] = key([], "Remarks on the lock.")


class HeldDays(Told):
    """Sources that stand in a category for a part of the period."""

    facility: str | None = key("newco", "The facility.")
    source_category: str = key("stationary_combustion", "The category as stated.")
    scope: Literal[1, 2, 3] = key(1, "The scope.")
    category: str = key("stationary_combustion", "The category after consolidation.")
    days: int = key(184, "Days of the period.")


class Site(Told):
    """When a facility was open and held."""

    facility: str = key("leeds", "The facility.")
    opened: str | None = key("2009-03-01", "First day.")
    closed: str | None = key(None, "Last day.")
    acquired: str | None = key("2023-07-01", "First consolidated day.")
    divested: str | None = key(None, "From then on no interest and no control.")
    inside: bool = key(True, "Whether it is in the boundary on the last day.")


class OwnUnit(Told):
    """A unit of the company."""

    unit: str = key("own_crate", "The unit.")
    dimension: str = key("kg", "Its base unit.")
    size: float = key(24.5, "Its size in that.")


class Inventory(Told):
    """An inventory: figures are tonnes CO2e; null is not evaluated or not known, 0 a result."""

    schema_: Literal["ghgcalc-inventory-1"] = key("ghgcalc-inventory-1", "Name and version of this"
                                                  " form.", alias="schema")  # fmt: skip
    ghgcalc: str = key("0.1.0", "Version of the program.")
    organization: str = key("Minimal Ltd", "The reporting company.")
    period: Period = key({"name": "2024", "first": "2024-01-01", "last": "2024-12-31"},
                         "The period.")  # fmt: skip
    boundary: str | None = key("sbt", "The boundary; null for every line.")
    consolidation_approach: str = key("operational_control", "The approach.")
    gwp_set: str = key("AR6", "The set of global warming potentials.")
    choices: Choices = key({"ch4_from_combustion": "non_fossil"}, "Choices that matter.",
                           default=None)  # fmt: skip
    status: str | None = key("reviewed", "Status of the reporting year.", default=None)
    holds: bool = key(True, "Whether every expectation holds.")
    totals: Totals = key({}, "The totals.")
    by_scope: list[ByScope] = key([], "Tonnes CO2e by scope.")
    by_category: list[ByCategory] = key([], "Tonnes CO2e by scope and category.")
    by_facility: list[ByFacility] = key([], "Tonnes CO2e by facility.")
    by_gas: list[ByGas] = key([], "Tonnes CO2e and mass by gas.")
    by_country: list[ByCountry] = key([], "Tonnes CO2e by country.")
    by_month: list[ByMonth] = key([], "Tonnes CO2e by month.")
    by_month_spread: Both = key({}, "Share of these months' tonnes that longer bills were spread"
                                " into by days, from 0 to 1.", default=None)  # fmt: skip
    intensities: list[Intensity] = key([], "Tonnes CO2e per unit of each metric.")
    not_stated: IdsByMethod = key({}, "Lines whose figure of a method nobody states.",
                                  default=None)  # fmt: skip
    lines: list[Line] = key([], "The lines.")
    factors: list[Factor] = key([], "Every factor in use.")
    instruments: list[Instrument] = key([], "What became of each instrument.")
    energy: Energy | None = key(None, "Energy; null without activity data.")
    estimated: Estimated | None = key(None, "What rests on estimates; null without activity data.")
    accepted: list[Accepted] = key([], "Accepted gaps in use.")
    expectations: list[Expectation] = key([], "Expectations of the period.")
    control_totals: list[ControlTotal] = key([], "What became of the rows of tables.")
    packs: list[Pack] = key([], "Packs in use.")
    inputs: list[Input] = key([], "Files that were read.")
    lock: LockUse | None = key(None, "The lock in use; null without one.", default=None)
    consolidated_days: list[HeldDays] = key([], "Sources that are held for a part of the period.",
                                            default=None)  # fmt: skip
    facilities: list[Site] = key([], "When facilities were open and held.", default=None)
    units: list[OwnUnit] = key([], "Own units that lines are in.", default=None)
    corrections: list[str] = key([], "Activities that correct another.", default=None)
    scope_3_status: list[CategoryStatus] = key([], "Where each Scope 3 category stands.",
                                               default=None)  # fmt: skip
    scope_3_screening: Screening | None = key(None, "The screening of Scope 3; null without one.",
                                              default=None)  # fmt: skip
    scope_3_left_out: LeftOut | None = key(None, "What is left out of Scope 3; null where nothing"
                                           " is estimated.", default=None)  # fmt: skip
    exclusions: list[Exclusion] = key([], "Sources left out.", default=None)
    notes: list[str] = key([], "Texts that belong to the report.")
    diagnostics: list[Finding] = key([], "The findings.")
