"""Documents that a company file cites under `evidence:`: which texts name files, and which lack.

A text that never was a file is no finding: a document number, a URL, a sentence. One that ends as
file names do, inside the project, is a promise that the file is there.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from ghgcalc.core.diagnostics import Diagnostic, Severity
from ghgcalc.core.text.paths import PathError, check_text
from ghgcalc.core.text.source import List, Map

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from ghgcalc.core.text.document import Document, KeyPath

# keys whose texts may name source documents
CITING = frozenset({"evidence", "criteria_met"})
_SUFFIX = re.compile(
    r"(?i)[^/\s.][^/]*\.(?:pdf|png|jpe?g|tiff?|heic|txt|md|rtf|html?|xml|json|ya?ml|csv|tsv|xlsx?|xlsm"
    r"|ods|docx?|odt|pptx?|eml|msg|zip|gz|parquet)"
)
_FOLDER = re.compile(r"[^\W\d]")  # `2024/0815` is as likely a document's number
_SENTENCE = re.compile(r"[,;:]\s")
_DOMAIN = re.compile(r"(?i)(?:[a-z0-9-]+\.)+[a-z]{2,}")


def cited_below(
    node: Any, path: KeyPath, *, cites: bool, bare: set[tuple[int, bool]] | None = None
) -> Iterator[tuple[KeyPath, str]]:
    """Texts that cite documents at and below a node, with their places.

    A collection that aliases repeat is looked into once where it cites nothing: `bare` holds those.
    """
    bare = set() if bare is None else bare
    if cites and isinstance(node, str) and node:
        yield path, node
        return
    if not isinstance(node, Map | List) or (id(node), cites) in bare:
        return
    found = False
    for key, value in node.items() if isinstance(node, Map) else enumerate(node):
        below = cites or key in CITING
        for each in cited_below(value, (*path, key), cites=below, bare=bare):
            found = True
            yield each
    if not found:
        bare.add((id(node), cites))


def names_a_file(text: str, folder: Path) -> bool:
    """Whether a text names a file inside a project, there or not.

    It ends in a usual suffix, or its first part is a folder of the project; an address of the web
    without its `https://` is none.
    """
    try:
        check_text(text)
    except PathError:
        return False
    first, slash, _ = text.partition("/")
    if ".." in text.split("/") or text.endswith("/") or _SENTENCE.search(text):
        return False
    known = bool(slash) and _FOLDER.match(first) is not None and _is_there(folder / first)
    if slash and not known and _DOMAIN.fullmatch(first):
        return False
    return known or bool(_SUFFIX.fullmatch(text.rpartition("/")[2]))


def evidence_missing(document: Document) -> Iterator[Diagnostic]:
    """Each file that the company file cites and that is not there, where it is cited first."""
    seen: set[str] = set()
    for where, text in cited_below(document.root, (), cites=False):
        if text in seen:
            continue
        seen.add(text)
        if names_a_file(text, document.folder) and not _is_there(document.folder / text):
            yield Diagnostic(
                "evidence-missing",
                f"evidence `{text}` names a file that is not there",
                document.locate(where),
                hint="put the file there or correct its name, relative to the company file; of a"
                " document that is kept elsewhere write its number or address",
                severity=Severity.WARNING,
            )


def _is_there(path: Path) -> bool:
    """Whether anything has the name; what may not be looked at is not called missing."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True
