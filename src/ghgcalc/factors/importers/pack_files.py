"""A pack's folder, replaced whole by an import: only where it holds the same pack, or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from ghgcalc.core.text.whole_files import NotReplaced, write_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

PACK_FILE = "pack.yaml"


def replace_pack(folder: Path, pack: str, files: Mapping[str, bytes]) -> None:
    """Put the files of a pack in its folder, all of them or none.

    What else lies there stays; tables that the pack listed before and no longer has go.

    Raises:
        NotReplaced: the folder holds another pack, or files that no pack lists.
        OSError: it cannot be written.
    """
    _same_pack(folder, pack)
    write_folder(folder, lambda draft: _fill(draft, folder, files))


def _fill(draft: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the pack beside what else lies in its folder; tables it no longer has are left out."""
    dropped = {*files, *_tables_of(folder)}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name not in dropped:
            copy = shutil.copytree if path.is_dir() else shutil.copy2
            copy(path, draft / path.name)
    for name, content in files.items():
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        (draft / name).write_bytes(content)


def _head_of(folder: Path) -> dict[str, Any]:
    """The `pack.yaml` of a folder; empty where there is none.

    Raises:
        NotReplaced: it is no pack.
    """
    file = folder / PACK_FILE
    if not file.exists():
        return {}
    try:
        tree = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise NotReplaced("holds a pack.yaml that cannot be read, and is not replaced") from error
    if not isinstance(tree, dict):
        raise NotReplaced("holds a pack.yaml that is no pack, and is not replaced")
    return tree


def _tables_of(folder: Path) -> set[str]:
    listed = _head_of(folder).get("tables") or ()
    return {str(table.get("file")) for table in listed if isinstance(table, dict)}


def _same_pack(folder: Path, pack: str) -> None:
    """An import replaces its own pack and nothing else.

    Raises:
        NotReplaced: the folder holds another pack, or files that no pack lists.
    """
    if not folder.is_dir():
        return
    head = _head_of(folder)
    if head and str(head.get("pack")) != pack:
        raise NotReplaced(f"holds the pack `{head.get('pack')}`, not `{pack}`; name another folder")
    if not head and any(not path.name.startswith(".") for path in folder.iterdir()):
        raise NotReplaced(f"holds files, but no pack `{pack}`; name a folder of its own")
