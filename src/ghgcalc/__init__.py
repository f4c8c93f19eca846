"""Plain-text greenhouse gas accounting: YAML in, a verifiable inventory out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.core.version import __version__

if TYPE_CHECKING:
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.text.document import load_document
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.run import Run, compute

__all__ = ["Diagnostic", "Inventory", "Run", "__version__", "compute", "load_document"]
_HOMES = {
    "Diagnostic": "ghgcalc.core.diagnostics",
    "Inventory": "ghgcalc.inventory.inventory",
    "Run": "ghgcalc.pipeline.run",
    "compute": "ghgcalc.pipeline.run",
    "load_document": "ghgcalc.core.text.document",
}


def __getattr__(name: str) -> Any:
    """Import public names on first use, so that `ghgcalc --version` stays quick."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(name)
