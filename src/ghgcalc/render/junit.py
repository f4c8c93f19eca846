"""Findings as JUnit XML: a test case per finding, which fails for an error (CI-06).

Keeps to what both public schemas take: attributes of the suite alone, properties first, output
last; place and text stand in the failure, since some readers drop its attributes.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from ghgcalc.core.diagnostics import Severity
from ghgcalc.render.diagnostics import said
from ghgcalc.render.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.render.style import Style

_SUITE = "ghgcalc.check"


def form(diagnostics: Iterable[Diagnostic], _lines: Mapping[str, Sequence[str]], _: Style) -> str:
    """Findings in the format `junit`."""
    found = list(diagnostics)
    failed = sum(item.severity is Severity.ERROR for item in found)
    counts = f'tests="{max(len(found), 1)}" failures="{failed}" errors="0" skipped="0"'
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<testsuites>",
        f'  <testsuite id="0" package="ghgcalc" name="{_SUITE}" hostname="localhost"'
        f' timestamp="{_timestamp()}" {counts} time="0">',
        "    <properties/>",
        *(row for item in found for row in _case(item)),
    ]
    if not found:
        rows.append(f'    <testcase classname="{_SUITE}" name="no findings" time="0"/>')
    rows += ["    <system-out></system-out>", "    <system-err></system-err>",
             "  </testsuite>", "</testsuites>"]  # fmt: skip
    return "".join(f"{row}\n" for row in rows)


def _case(item: Diagnostic) -> Iterator[str]:
    place = f"{item.location}: " if item.location else ""
    name = quoteattr(_text(f"{place}{item.severity.value}: {item.message}"))
    head = f'    <testcase classname="{_SUITE}.{item.code}" name={name} time="0"'
    if item.severity is not Severity.ERROR:
        yield f"{head}/>"
        return
    yield f"{head}>"
    message = quoteattr(_text(item.message))
    text = escape("\n".join(map(_text, f"{place}{said(item)}".split("\n"))))
    yield f'      <failure message={message} type="{item.code}">{text}</failure>'
    yield "    </testcase>"


def _text(text: str) -> str:
    """A text of one line without what XML cannot hold."""
    return safe(text).encode("utf-8", "replace").decode("utf-8")


def _timestamp() -> str:
    """The run's time as far as it may be said: of `SOURCE_DATE_EPOCH`, or the first one."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    seconds = int(epoch) if epoch.isascii() and epoch.isdigit() else 0
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
