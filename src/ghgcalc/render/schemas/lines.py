"""Lines and factors of the inventory as JSON."""

from __future__ import annotations

from typing import Literal

from ghgcalc.render.schemas.told import Told, key


class Step(Told):
    """One conversion on the way to the unit of the factor."""

    value: float = key(1000, "What is multiplied by.")
    text: str = key("1,000 kWh/MWh", "The step with both units.")
    unit: str = key("kWh", "The unit after the step.")
    source: str = key("unit", "Where it stands, or what it is.")


class Gas(Told):
    """One gas of a part."""

    gas: str = key("CO2", "The gas, or a blend.")
    rate: str | None = key("0.18253 kg CO2e of CO2/kWh", "The rate as printed.")
    kg: float = key(21903.6, "Its mass in kg; of a rate printed as CO2e, that of the gas.")
    gwp: float | None = key(1, "The GWP that weighs it, without a unit.")
    gwp_set: str | None = key("AR6", "The set of that GWP.")
    tco2e: float = key(21.9036, "Tonnes CO2e of the gas.")


class Outside(Told):
    """A gas that is reported outside the scopes."""

    gas: str = key("HCFC-22", "The gas, or a blend.")
    kg: float = key(3, "Its mass in kg.")
    tco2e: float | None = key(5.88, "Tonnes CO2e; null where the set has no GWP for it.")


class Gap(Told):
    """A departure that an entry of `accept:` allows."""

    kind: str = key("earlier_year", "Which gap it is.")
    detail: str = key("CN 2023 for 2024", "What departs.")
    entry: int | None = key(0, "Index of the entry in `accept:`.")


class Part(Told):
    """What one factor or instrument priced of a line."""

    source: str = key("desnz-2024/natural_gas.kwh_gross", "What priced it.")
    instrument: str | None = key("gec-2023", "The contractual instrument.")
    quantity: float = key(120_000, "The quantity of the part, in `unit`.")
    unit: str = key("kWh gross", "The unit of the quantity.")
    tco2e: float = key(21.948, "Tonnes CO2e of the part.")
    factor: str | None = key("desnz-2024/natural_gas.kwh_gross", "The factor as `pack/id`.")
    factor_locator: str | None = key("Fuels!J83", "Table and cell of the factor, or its page.")
    basis: str = key("exact", "`exact`, `accepted_gap` or `user_supplied`.")
    chosen: str = key("exact: category, fuel, GB, 2024", "Why this factor was taken.")
    gaps: list[Gap] = key([], "Accepted gaps that it rests on.")
    gases: list[Gas] = key([], "The gases that the factor names.")
    unspecified_tco2e: float = key(0, "Tonnes CO2e that no gas is named for.")
    outside: list[Outside] = key([], "Gases outside the scopes.")
    steps: list[Step] = key([], "Conversions of the quantity, in order.")


class Method(Told):
    """A line under one Scope 2 method; the same twice outside Scope 2."""

    tco2e: float = key(21.948, "Tonnes CO2e of the line.")
    biogenic_co2: float = key(0, "Tonnes of biogenic CO2, outside the scopes.")
    parts: list[Part] = key([], "What the line is made of.")


class Quantity(Told):
    """A number and its unit."""

    value: float = key(120_000, "The consolidated number.")
    unit: str = key("kWh gross", "Its unit.")


class Estimate(Told):
    """How much of a line is an estimate."""

    share: float = key(1, "Estimated part of the quantity, from 0 to 1.")
    quantity: float = key(730, "Estimated quantity, in the unit of the line.")
    method: str | None = key("purchase ledger", "How it was estimated.")
    reason: str | None = key("two weighbridge slips are missing", "Why it was estimated.")
    column: str | None = key("Estimated", "The column of a table that marks the rows.")


class Term(Told):
    """A term of a derived mass, as the file states it."""

    name: str = key("inventory_start", "The key of the term.")
    amount: str = key("120 kg", "The amount as stated.")


class DerivedStep(Told):
    """One step of the arithmetic of a derived mass."""

    text: str = key("120 kg − 95 kg + 60 kg", "The step in numbers.")
    value: float = key(85, "Its result.")
    unit: str = key("kg", "The unit of the result.")
    words: str = key("inventory start − inventory end + acquired", "The step in words.")


class Derivation(Told):
    """How a mass of gas follows from what the file states."""

    method: str = key("mass balance", "The method.")
    kg: float = key(85, "Mass in kg of the whole activity.")
    days: int = key(366, "Days of the whole activity.")
    terms: list[Term] = key([], "The terms.")
    steps: list[DerivedStep] = key([], "The steps.")


class Line(Told):
    """One line of the inventory."""

    id: str = key("power-bills/leeds/power/2024-01", "The id, stable across runs.")
    activity: str = key("power-bills/leeds/power", "The activity, without its segment of time.")
    location: str = key("company.yaml:15:3", "Where it is written, as `file:line:column`.")
    facility: str | None = key("leeds", "The facility; null for lines of none.")
    country: str | None = key("GB", "Its country.")
    scope: Literal[1, 2, 3] = key(1, "The scope after consolidation.")
    category: str = key("stationary_combustion", "The category after consolidation.")
    source_category: str = key("stationary_combustion", "The category as the file states it.")
    item: str | None = key("natural_gas", "Fuel, item or gas.")
    first: str = key("2024-01-01", "First day.", json_schema_extra={"format": "date"})
    last: str = key("2024-12-31", "Last day.", json_schema_extra={"format": "date"})
    weight: float = key(0.6, "Share that consolidation takes, from 0 to 1.")
    quantity: Quantity = key({"value": 120000, "unit": "kWh gross"}, "Quantity times `weight`.")
    placement: str = key("subsidiary, operational_control", "Why it stands in scope and share.")
    supplier: str | None = key("stadtwerk", "The energy supplier.")
    method: str | None = key("average_data", "Of Scope 3, the calculation method; of a Scope 2"
                             " statement of another party, its method.")  # fmt: skip
    rows: str | None = key("data/power.csv:28", "Rows of a table that it sums.")
    evidence: list[str] = key(["bills/gas-2024.pdf"], "Documents.")
    estimated: Estimate | None = key(None, "What of it is an estimate; null where nothing is.")
    derivation: Derivation | None = key(None, "How a mass of gas is derived; null for others.")
    derived_from: str | None = key(None, "The Scope 1 or 2 line that a line of category 3 is of.")
    location_based: Method | None = key(None, "Under the location-based method; null where a line"
                                        " of another party does not speak of it.")  # fmt: skip
    market_based: Method | None = key(None, "Under the market-based method; null where a line of"
                                      " another party does not speak of it.")  # fmt: skip


class PrintedValue(Told):
    """A value of one gas as its publisher prints it."""

    value: float = key(0.18253, "The number with all its digits.")
    unit: str = key("kg", "Its unit of mass.")
    as_co2e: bool = key(True, "Whether it is CO2e of the gas rather than its mass.")


class Factor(Told):
    """A factor that lines rest on."""

    factor: str = key("desnz-2024/uk.kwh", "The factor as `pack/id`.")
    pack_version: str = key("1.1", "Version of the pack.")
    name: str = key("Electricity: UK", "Printed name.")
    per: str = key("kWh", "The unit that the values are per.")
    gases: dict[str, PrintedValue] = key({}, "Printed values by gas.")
    region: str | None = key("GB", "Its region; null for worldwide.")
    year: int | None = key(2024, "Edition or data year.")
    kind: str | None = key("grid_average", "Kind of a factor of power.")
    gwp_set: str | None = key("AR5", "GWP set of printed CO2e.")
    locator: str | None = key("UK electricity!E24", "Table and cell, or page.")
    evidence: str = key("publisher file", "How the figure reached the pack.")
    own: bool = key(False, "Whether it is of a pack of the company.")
    location: str | None = key("factors/own.yaml:14:3", "Where the row stands.")
