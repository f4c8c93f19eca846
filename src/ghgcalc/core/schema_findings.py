"""pydantic errors to diagnostics: our codes and words, at the place in the file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ghgcalc.core.diagnostics import Diagnostic, Location
from ghgcalc.core.finding_limits import Said
from ghgcalc.core.gas_hints import by_gas_hint
from ghgcalc.core.schema import shortened
from ghgcalc.core.spelling import nearest
from ghgcalc.core.text.source import List, Map

if TYPE_CHECKING:
    from typing import Protocol

    from ghgcalc.core.text.document import KeyPath

    class Locate(Protocol):
        """Finds the place of a value, or of its key, in a marked tree."""

        def __call__(self, path: KeyPath, *, key: bool = False) -> Location:
            """Return the place."""


# keys by other names for the same thing
KEYS_SAID = {
    "lhv": "ncv", "lcv": "ncv", "nhv": "ncv", "hhv": "gcv", "hcv": "gcv", "ghv": "gcv",
}  # fmt: skip
# pydantic's own error types and the code, message and hint that stand for them
_BUILT_IN: dict[str, tuple[str, str]] = {
    "missing": ("missing-key", "`{key}` is missing"),
    "too_short": ("missing-key", "`{key}` is empty"),
    "literal_error": ("unknown-value", "{found} is not one of {expected}"),
    "dict_type": ("wrong-shape", "expected keys and values, found {found}"),
    "model_type": ("wrong-shape", "expected keys and values, found {found}"),
    "model_attributes_type": ("wrong-shape", "expected keys and values, found {found}"),
    "tuple_type": ("wrong-shape", "expected a list, found {found}"),
    "list_type": ("wrong-shape", "expected a list, found {found}"),
}

_CODES = {"extra_forbidden": "unknown-key", **{kind: code for kind, (code, _) in _BUILT_IN.items()}}


class Findings:
    """Turns validation errors of one tree into findings.

    Args:
        root: the marked tree that was validated.
        locate: gives the place of a path in it.
    """

    def __init__(self, root: Any, locate: Locate, said: Said | None = None) -> None:
        self.root = root
        self.locate = locate
        self.said = said if said is not None else Said()

    def of(
        self,
        path: KeyPath,
        adapter: TypeAdapter[Any],
        error: ValidationError,
        subject: str | None = None,
    ) -> list[Diagnostic]:
        """All findings of one failed validation."""
        model = getattr(adapter, "_type", None)
        base = tuple(part for part in path if part != "")
        return [
            self._finding(base, model, detail, subject or _subject(base))
            for detail in error.errors(include_url=False)
            if self.said.room(
                _CODES.get(detail["type"], detail["type"]), (*base, *detail["loc"]), self.locate
            )
        ]

    def _finding(self, path: KeyPath, model: Any, detail: ErrorDetails, subject: str) -> Diagnostic:
        inner = tuple(part for part in detail["loc"] if part != "[key]")
        full = self._existing((*path, *inner))
        kind = detail["type"]
        if kind == "extra_forbidden":
            found = self.unknown_key(full, _keys_at(model, inner[:-1]), subject)
            elsewhere = _elsewhere(model, inner)
            return found if elsewhere is None else replace(found, hint=elsewhere)
        if kind == "missing":
            where = self.locate(full[:-1] if full else full, key=True)
            return Diagnostic(
                "missing-key",
                f"`{inner[-1]}` is missing in {subject}",
                where,
                hint=f"add `{inner[-1]}:`",
            )
        where = self.locate(full)
        context = detail.get("ctx", {})
        if kind in _BUILT_IN:
            code, template = _BUILT_IN[kind]
            shown = detail["input"]
            expected = str(context.get("expected", ""))
            choices = [name.strip("'") for name in expected.replace(" or ", ", ").split(", ")]
            listed = ", ".join(f"`{name}`" for name in choices)
            text = template.format(
                key=inner[-1] if inner else "", expected=listed, found=shortened(kind_of(shown), 80)
            )
            hint = _choice_hint(shown, choices) if expected else _shape_hint(kind, inner, shown)
            meant = _meant(shown, choices) if expected else ""
            if not inner and isinstance(shown, str):  # one scalar where a model has keys
                hint = getattr(model, "SCALAR_HINT", hint)
            message = f"{text} ({_dotted(subject, inner)})"
            return Diagnostic(code, message, where, hint=hint, instead=meant)
        hint = str(context.get("hint") or "") or None
        message = f"{detail['msg']} ({_dotted(subject, inner)})"
        return Diagnostic(
            kind,
            message,
            where,
            hint=hint,
            instead=str(context.get("instead") or ""),
            suppose=context.get("suppose") or ("", ""),
        )

    def _existing(self, path: tuple[Any, ...]) -> KeyPath:
        """Drop union tags that pydantic puts into a location but the file does not hold."""
        node: Any = self.root
        kept: list[str | int] = []
        for place, part in enumerate(path):
            last = place == len(path) - 1
            part = part.isoformat() if hasattr(part, "isoformat") else part
            if isinstance(node, Map):
                key = str(part) if str(part) in node else part
                if key in node or last:
                    kept.append(key)
                    node = node.get(key)
            elif isinstance(node, List) and isinstance(part, int) and part < len(node):
                kept.append(part)
                node = node[part]
        return tuple(kept)

    def unknown_key(self, path: KeyPath, known: list[str], subject: str) -> Diagnostic:
        """`unknown-key` with the nearest known key, or the phantom-key hint."""
        key = str(path[-1])
        near = KEYS_SAID.get(key) or nearest(key, known)
        node: Any = self.root
        for part in path[:-1]:
            node = node[part]
        instead = ""
        if near in known:
            hint = f"did you mean `{near}`?"
            instead = str(near) if near not in node else ""  # twice would be another mistake
        elif isinstance(node, Map) and node.get(key, "") is None:
            hint = "a comma inside `{…}` starts a new key: quote the text"
        else:
            hint = "known keys: " + ", ".join(known) if known else "remove the key"
        return Diagnostic(
            "unknown-key",
            f"unknown key `{key}` in {subject}",
            self.locate(path, key=True),
            hint=hint,
            instead=instead,
        )


def _keys_at(model: Any, loc: tuple[Any, ...]) -> list[str]:
    """Field names of the model that a location lies in."""
    models = _models_at(model, loc)
    names = [info.alias or name for m in models for name, info in m.model_fields.items()]
    return list(dict.fromkeys(names))


def _elsewhere(model: Any, loc: tuple[Any, ...]) -> str | None:
    """What a model says of a key that other parts of the file have."""
    for candidate in _models_at(model, loc[:-1]):
        hints: dict[str, str] = getattr(candidate, "ELSEWHERE", {})
        if loc[-1] in hints:
            return hints[loc[-1]]
    return None


def _models_at(model: Any, loc: tuple[Any, ...]) -> list[type[BaseModel]]:
    models = _models_in(model)
    for part in loc:
        below: list[Any] = []
        for candidate in models:
            for name, info in candidate.model_fields.items():
                if part in (name, info.alias):
                    below.extend(_models_in(info.annotation))
        models = below or models
    return models


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) is None and not get_args(annotation):
        return []
    return [model for arg in get_args(annotation) for model in _models_in(arg)]


def _subject(path: KeyPath) -> str:
    if len(path) == 1:
        return f"`{path[0]}`"
    if isinstance(path[1], int):
        return f"`{path[0]}` entry {path[1] + 1}"
    return f"{_SINGULAR.get(str(path[0]), str(path[0]))} `{path[1]}`"


_SINGULAR = {
    "activities": "activity", "facilities": "facility", "boundaries": "boundary",
    "tables": "table", "instruments": "instrument", "suppliers": "supplier",
    "metrics": "metric", "targets": "target", "periods": "period",
    "initiatives": "initiative", "claims": "claim", "credits": "credit",
}  # fmt: skip


def _dotted(subject: str, inner: tuple[Any, ...]) -> str:
    names = ".".join(str(part) for part in inner if not str(part).startswith("function"))
    return f"{names} of {subject}" if names else subject


def kind_of(value: Any) -> str:
    """The plain word for the shape of a node."""
    if value is None:
        return "nothing"
    if isinstance(value, Map):
        return "keys and values"
    return "a list" if isinstance(value, List) else f"`{value}`"


_SHAPE_HINTS = {
    "dict_type": "write keys and values below it, such as `key: value`",
    "model_type": "write keys and values below it, such as `key: value`",
    "model_attributes_type": "write keys and values below it, such as `key: value`",
    "tuple_type": "write a list, such as `[one, two]`",
    "list_type": "write a list, such as `[one, two]`",
    "too_short": "state at least one value, or remove the key",
}


def _shape_hint(kind: str, inner: tuple[Any, ...], found: Any) -> str | None:
    """What to write in another shape; a single rate or mass lacks the name of its gas."""
    if inner and inner[-1] in ("emission_rate", "gas_masses") and isinstance(found, str):
        return by_gas_hint(inner[-1], found)
    return _SHAPE_HINTS.get(kind)


# what people write for a choice that has another name
_MEANT = {
    "off": {"none", "no", "never", "ignore", "ignored", "silent", "silence", "disable", "disabled",
            "false", "mute", "skip", "hide", "hidden"},
    "warning": {"warn", "warnings", "caution"},
    "note": {"info", "information", "notice", "hint"},
    "error": {"fatal", "critical", "blocker"},
}  # fmt: skip


def _meant(value: Any, choices: list[str]) -> str:
    """The choice that a text is another name or a slip of; "" where that is none alone."""
    for name, words in _MEANT.items():
        if name in choices and str(value).lower() in words:
            return name
    return nearest(str(value), choices) or ""


def _choice_hint(value: Any, choices: list[str]) -> str:
    meant = _meant(value, choices)
    if not meant:
        return "write " + " or ".join(f"`{name}`" for name in choices[:8])
    spelt = nearest(str(value), choices) == meant
    return f"did you mean `{meant}`?" if spelt else f"write `{meant}`"
