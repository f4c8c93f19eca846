"""Our places and findings in the words of the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types

from ghgcalc.core.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ghgcalc.cli.editor.findings import Finding, Place
    from ghgcalc.cli.editor.positions import Spot, Stretch

_WEIGHTS: Final[Mapping[Severity, types.DiagnosticSeverity]] = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


def position(spot: Spot) -> types.Position:
    """A place."""
    return types.Position(line=spot.line, character=spot.character)


def range_of(stretch: Stretch) -> types.Range:
    """A stretch."""
    return types.Range(start=position(stretch.start), end=position(stretch.end))


def location(place: Place, uri: Callable[[Path], str]) -> types.Location:
    """A stretch of a file; `uri` names files as the editor does."""
    return types.Location(uri=uri(place.path), range=range_of(place.stretch))


def diagnostic(finding: Finding, uri: Callable[[Path], str]) -> types.Diagnostic:
    """A finding."""
    related = [
        types.DiagnosticRelatedInformation(location=location(place, uri), message=label)
        for place, label in finding.related
    ]
    return types.Diagnostic(
        range=range_of(finding.place.stretch),
        severity=_WEIGHTS[finding.item.severity],
        code=finding.item.code,
        source="ghgcalc",
        message=finding.text,
        related_information=related or None,
    )
