"""Mutants that once passed every test, with figures wrong: they are in each sample.

Function, what its line says, what the mutant says.
"""

NAMED = (
    # a supplier's rate of January to June priced the later months of a table
    ("_known_rest", "piece.source.supplier is None", "piece.source.supplier is not None"),
    # the tonnes of an instrument were a million times too many
    ("_pool", "entry.plan.total / 1000", "entry.plan.total * 1000"),
    # `grid: ERCT` was no longer US-ERCT
    ("regions", "not grid.startswith", "grid.startswith"),
    # a reported scope total outside control kept its category
    (
        "placement_on",
        "natural.category if placed.scope < 3",
        "natural.category if placed.scope < 4",
    ),
    # the market of an instrument was read before the year it serves
    ("market_day", "min(max(", "min(min("),
    # `allocate: {leeds: 0.5 MWh}` was refused
    ("_spend_fixed", "min(given) < 0", "min(given) < 1"),
    # one market's residual mix served another
    ("_known_rest", "place == market", "place != market"),
    # printed CO2e of one gas: another error, another group; a note about zero factors
    ("_from_co2e", "known_gas(gas, ours) is None and", "known_gas(gas, ours) is None or"),
    ("_from_co2e", "own, ours.group(gas) or gas", "own, ours.group(gas) and gas"),
    ("_not_printed", "factor.total_only or factor.zero", "factor.total_only and factor.zero"),
)
