"""Globs of `files:` and what they meet that is no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ghgcalc.activity_data.tables.files import FileRefused, files_matching

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_named_as_a_file_of_the_glob_is_refused(tmp_path: Path) -> None:
    """A writer of many parts leaves `x.parquet/part-0.parquet`; `*.parquet` passed it over."""
    (tmp_path / "a.parquet").write_bytes(b"")
    (tmp_path / "x.parquet").mkdir()
    (tmp_path / "x.parquet" / "part-0.parquet").write_bytes(b"")
    with pytest.raises(FileRefused) as refused:
        files_matching(tmp_path, "*.parquet")
    assert refused.value.code == "unreadable-file"
    assert "`x.parquet`, which `*.parquet` names, is a folder" in refused.value.message
    assert [path.name for path in files_matching(tmp_path, "x.parquet")] == ["part-0.parquet"]
