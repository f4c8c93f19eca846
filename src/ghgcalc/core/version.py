"""The version of ghgcalc, as it stands in reports, locks and packages."""

from __future__ import annotations

__version__ = "0.1.0"
