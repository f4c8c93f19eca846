"""Our places and findings in the words of the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types

from ghgcalc.cli.editor.positions import Spot, Stretch
from ghgcalc.core.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ghgcalc.cli.editor.actions import Action
    from ghgcalc.cli.editor.completion import Choices
    from ghgcalc.cli.editor.findings import Finding, Place

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


def spot_of(at: types.Position) -> Spot:
    """A place, as we hold it."""
    return Spot(at.line, at.character)


def stretch_of(where: types.Range) -> Stretch:
    """A stretch, as we hold it."""
    return Stretch(spot_of(where.start), spot_of(where.end))


def code_action(action: Action, uri: Callable[[Path], str]) -> types.CodeAction:
    """A mending; the editor may take one that is sure when it is asked to mend all."""
    edit = types.TextEdit(range_of(action.place.stretch), action.new)
    return types.CodeAction(
        title=action.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[diagnostic(action.finding, uri)],
        is_preferred=action.sure or None,
        edit=types.WorkspaceEdit(changes={uri(action.place.path): [edit]}),
    )


def completions(found: Choices) -> types.CompletionList:
    """What can be typed."""
    where = range_of(found.stretch)
    kinds = types.CompletionItemKind
    items = [
        types.CompletionItem(
            label=each.label,
            kind=kinds.Property if each.key else kinds.Value,
            detail=each.detail or None,
            documentation=each.told or None,
            filter_text=each.label,
            sort_text=f"{place:05}",
            text_edit=types.TextEdit(where, each.typed),
        )
        for place, each in enumerate(found.choices)
    ]
    return types.CompletionList(is_incomplete=False, items=items)
