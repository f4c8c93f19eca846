"""Plain-text greenhouse gas accounting: YAML in, a verifiable inventory out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.core.version import __version__

if TYPE_CHECKING:
    from ghgcalc.analysis.compare.comparison import Comparison, diff
    from ghgcalc.analysis.compare.difference import Difference
    from ghgcalc.analysis.compare.sides import SideError
    from ghgcalc.core.diagnostics import Diagnostic, Location, Severity
    from ghgcalc.core.text.document import load_document
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.pipeline.check import Judgement, check
    from ghgcalc.pipeline.project import Loaded, Project, load
    from ghgcalc.pipeline.run import Run, compute

__all__ = [
    "Comparison",
    "Diagnostic",
    "Difference",
    "Inventory",
    "Judgement",
    "Loaded",
    "Location",
    "Project",
    "Run",
    "Severity",
    "SideError",
    "__version__",
    "check",
    "compute",
    "diff",
    "load",
    "load_document",
]
_HOMES = {
    "Comparison": "ghgcalc.analysis.compare.comparison",
    "Diagnostic": "ghgcalc.core.diagnostics",
    "Difference": "ghgcalc.analysis.compare.difference",
    "Inventory": "ghgcalc.inventory.inventory",
    "Judgement": "ghgcalc.pipeline.check",
    "Loaded": "ghgcalc.pipeline.project",
    "Location": "ghgcalc.core.diagnostics",
    "Project": "ghgcalc.pipeline.project",
    "Run": "ghgcalc.pipeline.run",
    "Severity": "ghgcalc.core.diagnostics",
    "SideError": "ghgcalc.analysis.compare.sides",
    "check": "ghgcalc.pipeline.check",
    "compute": "ghgcalc.pipeline.run",
    "diff": "ghgcalc.analysis.compare.comparison",
    "load": "ghgcalc.pipeline.project",
    "load_document": "ghgcalc.core.text.document",
}


def __getattr__(name: str) -> Any:
    """Import public names on first use, so that `ghgcalc --version` stays quick."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
