"""`ghgcalc explain-error`."""

from __future__ import annotations


def explain_error() -> None:
    """Being written."""
