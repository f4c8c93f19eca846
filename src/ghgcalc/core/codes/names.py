"""Codes of names that are not known, or stand for several things."""

from __future__ import annotations

from ghgcalc.core.codes.code import Code

CODES = (
    Code(
        "unknown-boundary",
        "A boundary is not defined",
        "A total without its boundary cannot be compared with another.",
        "Add it under `boundaries:`, or write one that is there.",
    ),
    Code(
        "unknown-facility",
        "A facility is not defined",
        "The facility decides the region of the factor and the share that is consolidated.",
        "Add it under `facilities:` with its country, or correct the name.",
    ),
    Code(
        "holder-without-state",
        "A holder has no state on the day",
        "A facility that is held through another has the holder's share times its own; without a"
        " state of the holder nobody knows it.",
        "Add the holder's state to its `history:`, from that day or earlier.",
    ),
    Code(
        "holder-cycle",
        "Facilities hold each other",
        "A chain of holders ends at the company; in a circle no share follows.",
        "Remove the `through:` of the facility that the company holds itself.",
    ),
    Code(
        "unknown-factor",
        "A pinned factor is not there",
        "A pin names one exact value; nothing else may stand in for it.",
        "Add its pack to `factor_packs:` and write the pin as `pack/id`.",
    ),
    Code(
        "unknown-figure",
        "A figure name is not known",
        "An expectation that compares nothing would always hold.",
        "Write a figure such as `scope_1` or `scope_2.market_based`.",
    ),
    Code(
        "unknown-fuel",
        "A fuel is not known",
        "Carbon content differs from fuel to fuel.",
        "Write a fuel of the list; a fuel of your own needs an own factor pack.",
    ),
    Code(
        "unknown-gas",
        "A gas is not known",
        "Without its warming potential a gas cannot be added to a total.",
        "Write an IPCC id such as `HFC-134a` or a blend such as `R-410A`; state the components of"
        " another blend under `gas_masses:`.",
    ),
    Code(
        "unknown-line",
        "A line that is named is not defined",
        "A correction belongs to the line that it corrects, a new name to what has it now.",
        "Write the id of an activity after `corrects:`, and an id of the file in `renames:`.",
    ),
    Code(
        "base-year-without-data",
        "The base year has no data to judge a change by",
        "A threshold is a share of the base year's emissions; without them nothing can be judged.",
        "Enter the activity data of the base year, state the published figure under `stated:`, or"
        " the `effect:` of the change.",
    ),
    Code(
        "pack-altered",
        "A bundled pack is not what was released",
        "A released version never changes: a figure that was verified must come out again.",
        "Install ghgcalc again. To use other values, copy the rows into an own pack and name it"
        " under `factor_packs:`.",
    ),
    Code(
        "unknown-pack",
        "A factor pack is not bundled",
        "Factors are taken only from packs that the company file names.",
        "Write a bundled pack such as `desnz-2025` or a publisher such as `desnz`; own packs are"
        " paths such as `./factors/own.yaml`.",
    ),
    Code(
        "unknown-supplier",
        "A supplier is not defined",
        "Without its rate, its electricity takes the residual mix in the market-based total.",
        "Add it under `suppliers:` with its rates, or remove `supplier:`.",
    ),
)
