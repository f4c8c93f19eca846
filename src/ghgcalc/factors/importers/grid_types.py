"""What the table of national grid packs is made of."""

from __future__ import annotations

from typing import NamedTuple

NO_LICENCE = "government publication; no licence stated in the documents at hand"
CO2E = (
    "CO2e totals without their gases, and no GWP set is stated: Scope 2 needs an `accept:` entry."
)
CO2 = "CO2 only: no CH4 or N2O is published."


class Pick(NamedTuple):
    """Rows of one source, and what they become.

    Attributes:
        source: the transcription's source, exactly.
        table: its table, exactly; "" takes every table.
        kind: its kind: `location`, `residual`, `margin`, `td`, `upstream`.
        role: `grid_average`, `residual_mix`, `marginal`, `losses` or `upstream`.
        technology: what tells rows of one region and year apart.
        skip_years: years that another edition decides.
        skip_regions: regions whose factors another publisher prints.
    """

    source: str
    table: str = ""
    kind: str = "location"
    role: str = "grid_average"
    technology: str = ""
    skip_years: tuple[str, ...] = ()
    skip_regions: tuple[str, ...] = ()


class Edition(NamedTuple):
    """One pack: identity, evidence, and its rows.

    `losses_inside` says that its grid averages are per kWh consumed and hold the losses on the way
    (R26); `version` rises with every change of a released pack.
    """

    publisher: str
    edition: str
    title: str
    organisation: str
    licence: str
    grade: str
    via: str
    picks: tuple[Pick, ...]
    notes: tuple[str, ...]
    year_rule: str = "data_year"
    published: str = ""
    gwp_set: str = "unstated"
    finest: str = "country"
    url: str = ""
    version: str = "1.0"
    losses_inside: bool = False
