"""What each Scope 3 category must hold at least, and what else is said of categories as wholes.

Source: Scope 3 Standard, table 5.4 (S3-02), abridged; section 6.4 (S3-05). The categories are those
of `core.vocabulary.categories`: one that is added there has its row here.
"""

from __future__ import annotations

from typing import Final, NamedTuple

# statuses of a category, in CDP's words (S3-01)
CALCULATED: Final = "relevant_calculated"
LATER: Final = "relevant_not_yet_calculated"
EXPLAINED: Final = "not_relevant_explained"
NOT_EVALUATED: Final = "not_evaluated"
WITH_LINES: Final = (CALCULATED, "not_relevant_calculated")


class Minimum(NamedTuple):
    """The least that a category holds.

    Attributes:
        boundary: whose emissions, of what.
        optional: what may be added, and is reported apart; "" where nothing is.
        end_use: whether it may be left out where the end use of intermediate products is unknown,
            and then with all others of which that holds.
    """

    boundary: str
    optional: str = ""
    end_use: bool = False


MINIMUM: Final[dict[str, Minimum]] = {
    "purchased_goods_and_services": Minimum("all upstream (cradle-to-gate) emissions"),
    "capital_goods": Minimum("all upstream (cradle-to-gate) emissions, in the year acquired"),
    "fuel_and_energy_related": Minimum(
        "upstream of fuels and of purchased energy without combustion; losses of grids with it;"
        " power sold to end users"
    ),
    "upstream_transportation": Minimum("Scopes 1 and 2 of carriers and hubs", "vehicles, hubs"),
    "waste_generated": Minimum("Scopes 1 and 2 of waste treaters", "transport of waste"),
    "business_travel": Minimum("Scopes 1 and 2 of carriers", "hotels, vehicles"),
    "employee_commuting": Minimum("Scopes 1 and 2 of employees and carriers", "teleworking"),
    "upstream_leased_assets": Minimum("Scopes 1 and 2 of lessors in operation", "the assets"),
    "downstream_transportation": Minimum(
        "Scopes 1 and 2 of carriers, distributors and retailers, not paid by the company",
        "vehicles, hubs", end_use=True,
    ),
    "processing_of_sold_products": Minimum("Scopes 1 and 2 of processors", end_use=True),
    "use_of_sold_products": Minimum(
        "direct emissions of use over the expected lifetime", "indirect emissions of use",
        end_use=True,
    ),
    "end_of_life_treatment": Minimum(
        "Scopes 1 and 2 of waste treaters, of all products sold in the year", end_use=True
    ),
    "downstream_leased_assets": Minimum("Scopes 1 and 2 of lessees", "the assets"),
    "franchises": Minimum("Scopes 1 and 2 of franchisees", "the assets of franchises"),
    "investments": Minimum("the share of Scopes 1 and 2 of investees", "Scope 3 of investees"),
}  # fmt: skip
