"""The output formats: what each is called, its files, and where its forms stand.

`FORMATS` and `FINDING_FORMATS` are closed; what they name is imported when it is asked for. A new
format is a module or folder of this room and one entry here. A format with a renderer of reports
shows every kind of result that has a view; `own` names the kinds that have a form of their own.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ghgcalc.render.style import PLAIN, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.views.table import Report

# the kinds of result, and whether a view makes a report of each
KINDS: Final[Mapping[str, bool]] = MappingProxyType(
    {
        "inventory": True, "without-data": False, "difference": True, "energy": True,
        "base-year": True, "verification": False, "factor-search": False, "explanation": False,
        "look": False, "query": True,
        "vocabulary": False, "profile": True, "evidence": False, "outdated": True,
        "coverage": True,
    }
)  # fmt: skip
NONE: Final[Mapping[str, Any]] = MappingProxyType({})


class Format(NamedTuple):
    """One output format.

    Attributes:
        name: as `--format` takes it.
        suffixes: of its files, for `-o`.
        binary: written to a file alone; its forms are functions of the result and that file.
        report: address of `(Report, Style)` to text or pieces of text, which serves every view.
        own: by kind of result, the address of `(result, Style)` to text or pieces of text, where
            the format has a form of its own.
        by: by kind, the breakdowns that the own form can show instead.
        whole: by kind, why it needs no `--by`; the end of a sentence.
        read: people read it where it is printed, and find failed expectations in it.
        formulas: it holds formulas, which `--values-only` replaces.
        ledger: the table engine writes the row-level ledger in it.
    """

    name: str
    suffixes: tuple[str, ...]
    binary: bool = False
    report: str = ""
    own: Mapping[str, str] = NONE
    by: Mapping[str, tuple[str, ...]] = NONE
    whole: Mapping[str, str] = NONE
    read: bool = False
    formulas: bool = False
    ledger: bool = False

    def serves(self, kind: str) -> bool:
        """Whether it can show a kind of result."""
        return kind in self.own or bool(self.report and KINDS[kind])

    def breaks_down(self, kind: str, by: str) -> bool:
        """Whether it can show a breakdown of a kind of result; a view can show each."""
        return by in self.by.get(kind, ()) if kind in self.own else self.serves(kind)


_RENDER = "ghgcalc.render."


def _own(**addresses: str) -> Mapping[str, str]:
    """Addresses in this room by kind."""
    return MappingProxyType(
        {kind.replace("_", "-"): _RENDER + address for kind, address in addresses.items()}
    )


TABLE: Final = Format(
    "table", (".txt",), report=_RENDER + "terminal:report_form", read=True,
    own=_own(
        verification="verification:text_form",
        factor_search="factor_search:text_form",
        explanation="explain:text_form",
        look="look:text_form",
        vocabulary="vocabulary:text_form",
        evidence="vocabulary:text_form",
    ),
)  # fmt: skip
JSON: Final = Format(
    "json", (".json",),
    own=_own(
        inventory="json.inventory:json_form",
        without_data="json.empty:json_form",
        difference="difference:json_form",
        energy="json.energy:json_form",
        base_year="base_year:json_form",
        verification="verification:json_form",
        factor_search="factor_search:json_form",
        look="look:json_form",
        query="query:json_form",
        vocabulary="vocabulary:json_form",
        evidence="vocabulary:json_form",
        outdated="outdated:json_form",
        coverage="coverage:json_form",
        profile="profiles:json_form",
    ),
    whole=MappingProxyType({"inventory": "it holds every breakdown, this one as `by_{by}`"}),
)  # fmt: skip
CSV: Final = Format(
    "csv", (".csv",), ledger=True,
    own=_own(
        inventory="breakdown_csv:csv_form",
        difference="difference:csv_form",
        energy="json.energy:csv_form",
        query="query:csv_form",
        vocabulary="vocabulary:csv_form",
        evidence="vocabulary:csv_form",
        coverage="coverage:csv_form",
    ),
    by=MappingProxyType({
        "inventory": ("scope", "category", "facility", "gas", "country", "month"),
        "difference": ("line",),  # its rows are the lines
    }),
)  # fmt: skip
MARKDOWN: Final = Format(
    "markdown", (".md",), report=_RENDER + "markdown:report_form", read=True
)  # fmt: skip
XLSX: Final = Format(
    "xlsx", (".xlsx",), binary=True, formulas=True,
    own=_own(
        inventory="xlsx.workbook:workbook_form",
        difference="xlsx.comparison.workbook:workbook_form",
    ),
    whole=MappingProxyType({"inventory": "its sheets sum by scope, category, facility and gas"}),
)  # fmt: skip
PARQUET: Final = Format("parquet", (".parquet",), binary=True, ledger=True)

FORMATS: Final[tuple[Format, ...]] = (TABLE, JSON, CSV, MARKDOWN, XLSX, PARQUET)
DEFAULT: Final = TABLE

# findings: `(diagnostics, lines of the sources by path, Style)` to text; `text` is for people
FINDING_FORMATS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text": _RENDER + "diagnostics:text_form",
        "json": _RENDER + "diagnostics:json_form",
        "github": _RENDER + "github:form",
        "sarif": _RENDER + "sarif:form",
        "junit": _RENDER + "junit:form",
    }
)
TEXT: Final = "text"


def format_named(name: str) -> Format:
    """A format by its name.

    Raises:
        KeyError: there is none.
    """
    return {each.name: each for each in FORMATS}[name]


def formats_of(kind: str) -> tuple[Format, ...]:
    """The formats that can show a kind of result, in order."""
    return tuple(each for each in FORMATS if each.serves(kind))


def ledger_suffixes() -> tuple[str, ...]:
    """The suffixes of files of the row-level ledger."""
    return tuple(suffix for each in FORMATS if each.ledger for suffix in each.suffixes)


def suffixes_of(kind: str) -> dict[str, Format]:
    """What a file's suffix asks for; binary formats and the screen's own stand last."""
    ranked = sorted(formats_of(kind), key=lambda each: (each.binary, each is DEFAULT))
    return {suffix: each for each in ranked for suffix in each.suffixes}


def formats_by(kind: str, by: str) -> list[str]:
    """The names of the formats that can break a kind of result down, views first."""
    able = [each for each in formats_of(kind) if each.breaks_down(kind, by)]
    return [each.name for each in sorted(able, key=lambda each: kind in each.own)]


def at(address: str) -> Any:
    """What stands at an address `module:name`."""
    module, _, name = address.partition(":")
    return getattr(import_module(module), name)


def pieces(
    form: Format,
    kind: str,
    result: object,
    style: Style = PLAIN,
    *,
    view: Callable[[], Report] | None = None,
) -> Iterable[str]:
    """A result as pieces of text.

    Args:
        form: a text format that serves the kind.
        kind: one of `KINDS`.
        result: what a form of the format's own takes.
        style: how it is to be shown.
        view: makes the report, for formats that show reports.
    """
    if kind in form.own:
        made = at(form.own[kind])(result, style)
    else:
        assert view is not None
        assert form.serves(kind)
        made = at(form.report)(view(), style)
    return (made,) if isinstance(made, str) else made


def fill(form: Format, kind: str, result: object, target: Path) -> None:
    """Write a result in a binary format.

    Raises:
        TooLarge: the format cannot hold it.
        OSError: it cannot be written.
    """
    assert form.binary
    at(form.own[kind])(result, target)


def findings(
    name: str,
    diagnostics: Sequence[Diagnostic],
    lines: Mapping[str, Sequence[str]],
    style: Style = PLAIN,
) -> str:
    """Findings in one of `FINDING_FORMATS`.

    Args:
        name: of the format.
        diagnostics: the findings, in order.
        lines: of the files that they stand in, by the path that locations carry.
        style: how they are to be shown.
    """
    text: str = at(FINDING_FORMATS[name])(diagnostics, lines, style)
    return text
