"""Importers: a publisher's file (or a cited transcription of it) becomes a factor pack folder.

`IMPORTERS[name](files, folder)` writes `pack.yaml` and its CSVs into `folder` and returns report
lines. Modules are loaded on first use: a calculation never pays for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

Importer = Callable[[Sequence[Path], Path], list[str]]

_MODULES = {
    "cornerstone": "cornerstone",
    "desnz": "desnz",
    "desnz-transcribed": "desnz_transcribed",
    "egrid": "egrid",
    "epa-hub": "epa_hub",
    "epa-import": "epa_import",
    "epa-supply-chain": "epa_supply_chain",
    "fx-fed": "fx_fed",
    "price-index-worldbank": "price_worldbank",
    "ipcc-2006": "ipcc",
    "ipcc-2019": "ipcc_2019",
    "national-grids": "grids",
    "grid-updates": "grid_updates",
    "materials": "materials",
    "uk-ets": "uk_ets",
    "unsd": "densities",
    "eurostat-derived": "eurostat_derived",
    "cpcd": "cpcd",
    "mee-china": "mee_china",
    "mee-footprint": "mee_footprint",
    "moe-denki": "moe_denki",
    "moe-japan": "moe_japan",
    "gbt-32151-34": "gbt",
    "gbt-32150": "gbt_32150",
    "gwp": "gwp",
    "refrigerants": "refrigerants",
}


def _lazy(module: str) -> Importer:
    def run(files: Sequence[Path], folder: Path) -> list[str]:
        importer: Importer = import_module(f"{__name__}.{module}").run
        return importer(files, folder)

    return run


IMPORTERS: dict[str, Importer] = {name: _lazy(module) for name, module in _MODULES.items()}
