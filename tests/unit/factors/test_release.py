"""Released packs: what is recorded, what is refused, and that the bundled ones are unchanged."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.model import PackHeader, PackInfo
from ghgcalc.factors.pack import bundled_packs, file_digest, packs_root
from ghgcalc.factors.release import FILE, compared, read_releases, record, released

if TYPE_CHECKING:
    from pathlib import Path


def info(version: str, digest: str, pack: str = "own-2024") -> PackInfo:
    header = PackHeader.model_validate({"pack": pack, "title": "t", "version": version})
    return PackInfo(header, False, digest, "")


def test_every_bundled_pack_is_released_as_it_stands() -> None:
    packs = [pack for name in bundled_packs() if (pack := open_bundled(name)) is not None]
    done = compared((pack.info for pack in packs), read_releases(packs_root() / FILE))
    assert done.added == []
    assert done.changed == []


def test_a_new_version_is_added_and_an_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / FILE
    assert record([info("1.0", "aa")], path).added == ["own-2024@1.0"]
    done = record([info("1.1", "bb")], path)
    assert done == (["own-2024@1.1"], [])
    assert path.read_text("utf-8") == "pack,version,sha256\nown-2024,1.0,aa\nown-2024,1.1,bb\n"


def test_an_edited_release_is_refused_and_its_record_stays(tmp_path: Path) -> None:
    path = tmp_path / FILE
    record([info("1.0", "aa")], path)
    assert record([info("1.0", "cc")], path) == ([], ["own-2024@1.0"])
    assert read_releases(path) == {("own-2024", "1.0"): "aa"}


@pytest.mark.parametrize("change", ["edited", "added", "renamed"])
def test_one_byte_of_a_pack_changes_its_digest(tmp_path: Path, change: str) -> None:
    folder = tmp_path / "2023"
    shutil.copytree(bundled_packs()["mee-china-2023"], folder)
    recorded = released()["mee-china-2023", open_version()]
    assert file_digest(folder) == recorded
    table = next(folder.glob("*.csv"))
    if change == "edited":
        table.write_bytes(table.read_bytes().replace(b"0.5306", b"0.5307"))
    elif change == "added":
        (folder / "more.csv").write_bytes(b"")
    else:
        table.rename(folder / "other.csv")
    assert file_digest(folder) != recorded


def open_version() -> str:
    pack = open_bundled("mee-china-2023")
    assert pack is not None
    return pack.header.version
