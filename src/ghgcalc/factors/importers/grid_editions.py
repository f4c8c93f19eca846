"""Which rows of the transcriptions make which national grid pack, and what is left out and why.

`EDITIONS` is the decision for every publisher; `grid_left_out` names the rows that no pack takes.
"""

from __future__ import annotations

from ghgcalc.factors.importers import grid_editions_east, grid_editions_west
from ghgcalc.factors.importers.grid_types import Edition

EDITIONS: tuple[Edition, ...] = (*grid_editions_west.EDITIONS, *grid_editions_east.EDITIONS)
# transcription's code to the region code of this project
REGIONS: dict[str, str] = {"JP-OKINAWA": "JP-47"}
