"""Every file that a project reads or cites: the one list that no output may overwrite."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ghgcalc.activity_data.cited import CITING
from ghgcalc.activity_data.tables.files import files_matching
from ghgcalc.core.text.paths import LOCK_FILE, PathError
from ghgcalc.core.text.source import List, Map

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ghgcalc.company.company import Company
    from ghgcalc.pipeline.project import Project


def files_of(project: Project) -> list[Path]:
    """The files of a project, as paths from the working folder; some need not exist.

    These are the company file and what it includes, its lock, own packs with their tables, every
    file that a pattern of `tables:`, of the lists beside them and of `hourly:` names, and the
    documents cited as evidence.
    """
    company = project.company
    folder = company.document.folder
    names = [file.path for file in company.document.files]
    found = [folder / name for name in (*names, LOCK_FILE)]
    found += _own_packs(company, project, folder)
    for pattern in _patterns(company):
        found += _expanded(folder, pattern)
    found += [folder / name for name in _cited(company.document.root)]
    return list(dict.fromkeys(found))


def _own_packs(company: Company, project: Project, folder: Path) -> Iterator[Path]:
    """Own packs and their tables; of a pack that cannot be read, every file of its folder."""
    read = {pack.info.folder: pack for pack in project.catalog.packs if pack.info.own}
    for name in company.factor_packs:
        if not (name.startswith(("./", "../")) or name.endswith((".yaml", ".yml"))):
            continue
        yield folder / name
        pack = read.get(Path(name).as_posix())
        if pack is not None:
            yield from (pack.folder / table.file for table in pack.header.tables)
        elif (folder / name).parent.is_dir():
            yield from (path for path in (folder / name).parent.iterdir() if path.is_file())


def _patterns(company: Company) -> Iterator[str]:
    for listing in company.facility_tables.values():
        yield from listing.files
    for table in company.tables.values():
        yield from table.files
        names = table.names_from
        for beside in (table.items_from, names.facility, names.unit, names.supplier):
            yield from beside.files if beside is not None else ()
    for entry in company.hourly.values():
        for series in (*entry.consumption.values(), *entry.generation.values()):
            yield from series.files


def _expanded(folder: Path, pattern: str) -> list[Path]:
    """What a pattern names; one that is refused names nothing that could have been read."""
    try:
        return files_matching(folder, pattern)
    except (PathError, OSError, ValueError, NotImplementedError, RuntimeError):
        return []


def _cited(node: Any, *, cites: bool = False) -> Iterator[str]:
    """Texts below a key that cites documents, wherever it stands in the file."""
    if isinstance(node, Map):
        for key, value in node.items():
            yield from _cited(value, cites=cites or key in CITING)
    elif isinstance(node, List):
        for value in node:
            yield from _cited(value, cites=cites)
    elif cites and isinstance(node, str) and 0 < len(os.fsencode(node)) < 4096 and "\0" not in node:
        yield node
