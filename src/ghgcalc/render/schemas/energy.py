"""The energy block of the inventory as JSON."""

from __future__ import annotations

from ghgcalc.render.schemas.told import Told, key


class Both(Told):
    """A figure under both Scope 2 methods; null where it is not known."""

    location_based: float | None = key(51.76, "Under the location-based method.")
    market_based: float | None = key(51.76, "Under the market-based method.")


class Carrier(Told):
    """MWh of a carrier."""

    carrier: str = key("electricity", "Electricity, steam, heat or cooling.")
    purchased_mwh: float = key(250, "Purchased, in MWh.")
    own_kept_mwh: float = key(80, "Self-generated with its attributes kept, in MWh.")
    own_sold_mwh: float = key(0, "Self-generated with its attributes sold, in MWh.")
    total_mwh: float = key(330, "All of it, in MWh.")


class CarrierPlace(Carrier):
    """MWh of a carrier at a facility."""

    facility: str | None = key("leeds", "The facility.")


class Level(Told):
    """MWh by level of the hierarchy of market-based factors."""

    carrier: str = key("electricity", "The carrier.")
    level: int = key(5, "0 is own generation, 1 to 5 as in the reference.")
    step: str = key("grid average", "The level in words.")
    mwh: float = key(250, "Consumption that it covers, in MWh.")
    share: float | None = key(1, "Its share of the carrier, from 0 to 1.")


class KindOfInstrument(Told):
    """MWh by type of instrument."""

    carrier: str = key("electricity", "The carrier.")
    type: str = key("GEC", "The type.")
    mwh: float = key(250, "Consumption that it covers, in MWh.")
    share: float | None = key(0.3, "Its share of the carrier, from 0 to 1.")


class RenewableShare(Told):
    """The renewable share of electricity, and its parts."""

    value: float | None = key(0.62, "The share, from 0 to 1; null without consumption.")
    numerator_mwh: float = key(1620, "Renewable MWh.")
    denominator_mwh: float = key(2600, "MWh consumed.")
    instruments_mwh: float = key(1540, "Of the numerator: by instruments.")
    own_mwh: float = key(80, "Of the numerator: own generation.")
    direct_lines_mwh: float = key(0, "Of the numerator: direct lines.")
    not_applied_mwh: float = key(43, "MWh of instruments that are not applied.")
    with_not_applied: float | None = key(0.64, "The share if these were counted.")
    technology_not_stated_mwh: float = key(3, "MWh by instruments without a technology.")


class Attributed(Told):
    """What contracts for renewable power change; deducted from no total."""

    mwh: float = key(1620, "Renewable MWh.")
    tco2e: float = key(1010.3, "Location-based less market-based tonnes CO2e.")
    tco2e_per_mwh: float | None = key(0.6226, "Tonnes CO2e per MWh.")
    unpriced_mwh: float = key(0, "MWh without a location-based factor.")


class Tranche(Told):
    """A row of the bridge between both methods."""

    carrier: str = key("electricity", "The carrier.")
    level: int = key(5, "0 is own generation, 1 to 5 as in the reference.")
    step: str = key("grid average", "The level in words.")
    name: str = key("uncovered, grid average", "What stands in the row.")
    type: str | None = key("GEC", "The type of an instrument.")
    instrument: str | None = key("gec-2023", "The instrument.")
    mwh: float = key(250, "MWh of the row.")
    location_based: float | None = key(51.76, "Location-based tonnes CO2e.")
    market_based: float | None = key(51.76, "Market-based tonnes CO2e.")
    difference: float | None = key(0, "Location-based less market-based.")


class NotApplied(Told):
    """An instrument that is not applied."""

    instrument: str = key("fund-2023", "The instrument.")
    type: str = key("fund_right", "Its type.")
    mwh: float = key(43, "Its volume in MWh.")
    reason: str = key("criteria 1, 2 unanswered", "Why it is not applied.")


class StatedEnergy(Told):
    """A stated figure of energy beside the computed one."""

    figure: str = key("energy.electricity", "The figure.")
    stated: float = key(250, "The stated value.")
    unit: str = key("MWh", "Its unit.")
    computed: float | None = key(250, "The computed value in that unit.")
    location: str = key("company.yaml:90:5", "Where it is stated.")
    citation: str | None = key("2023 report", "Where it was published.")


class EstimatedEnergy(Told):
    """Estimated MWh."""

    carrier: str = key("electricity", "The carrier.")
    facility: str | None = key("leeds", "The facility.")
    mwh: float = key(12, "Estimated MWh.")


class Matched(Told):
    """What generation covers at one resolution."""

    mwh: float = key(6.16, "MWh matched.")
    share: float | None = key(0.8, "Share of consumption, from 0 to 1.")


class SeriesUse(Told):
    """A metered series."""

    side: str = key("consumption", "`consumption` or `generation`.")
    id: str = key("meters", "The series.")
    zone: str = key("DE-LU", "Its zone.")
    mwh: float = key(7.67, "MWh of the period.")
    rows: int = key(50, "Rows read.")


class MatchedMonth(Told):
    """A month of hourly matching."""

    month: str = key("2024-10", "The month.")
    consumption_mwh: float = key(7.67, "MWh consumed.")
    generation_mwh: float = key(6.16, "MWh generated.")
    matched_monthly_mwh: float = key(6.16, "MWh matched by the month.")
    matched_hourly_mwh: float = key(6.08, "MWh matched by the hour.")


class Match(Told):
    """Matching of a zone."""

    id: str = key("germany", "The entry of `hourly:`.")
    zone: str = key("DE-LU", "Its zone.")
    time_zone: str = key("Europe/Berlin", "The clock of its hours.")
    first: str = key("2024-10-27", "First day.", json_schema_extra={"format": "date"})
    last: str = key("2024-10-27", "Last day.", json_schema_extra={"format": "date"})
    hours: int = key(25, "Hours of these days.")
    matching: str = key("hourly", "Which matching is shown first.")
    consumption_mwh: float = key(7.67, "MWh consumed.")
    generation_mwh: float = key(6.16, "MWh generated in the zone.")
    other_zones_mwh: float = key(0, "MWh generated elsewhere, matched with nothing.")
    matched: dict[str, Matched] = key({}, "By `annual`, `monthly` and `hourly`.")
    uncovered_mwh: float = key(1.59, "MWh that nothing covers.")
    surplus_mwh: float = key(0.08, "MWh that cover nothing.")
    series: list[SeriesUse] = key([], "The series read.")
    months: list[MatchedMonth] = key([], "By month.")


class HourlyMatching(Told):
    """Hourly matching; in no Scope 2 figure."""

    note: str = key("additional information", "What it is.")
    quantities: str = key("as metered", "What its quantities are.")
    matches: list[Match] = key([], "One record per entry of `hourly:`.")


class Energy(Told):
    """Energy by carrier, and how its Scope 2 comes about."""

    carriers: list[Carrier] = key([], "MWh by carrier.")
    by_facility: list[CarrierPlace] = key([], "MWh by carrier and facility.")
    by_level: list[Level] = key([], "MWh by level of the hierarchy.")
    by_type: list[KindOfInstrument] = key([], "MWh by type of instrument.")
    renewable_share: RenewableShare = key({}, "The renewable share of electricity.")
    attributed: Attributed = key({}, "What contracts for renewable power change.")
    bridge: list[Tranche] = key([], "From location-based to market-based tonnes.")
    reported_by_others: Both = key({}, "Tonnes CO2e of Scope 2 that another party reported.")
    not_applied: list[NotApplied] = key([], "Instruments that are not applied.")
    stated: list[StatedEnergy] = key([], "Stated figures of energy.")
    estimated: list[EstimatedEnergy] = key([], "Estimated MWh.")
    hourly: HourlyMatching = key({}, "Only with a section `hourly:`.", default=None)
