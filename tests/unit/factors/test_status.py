"""The status of a pack: beside the packs, and said wherever the pack is."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from ghgcalc.factors.editions import replaced
from ghgcalc.factors.library import library
from ghgcalc.factors.model import PackInfo
from ghgcalc.factors.pack import bundled_packs, packs_root
from ghgcalc.factors.status import FILE, SUPERSEDED, WORDS, stated, status_of, status_text
from support import command


def in_version(info: PackInfo, version: str) -> PackInfo:
    """The same pack as a lock of long ago holds it."""
    return replace(info, header=info.header.model_copy(update={"version": version}))


def test_every_entry_names_a_bundled_pack_or_publisher_and_a_status() -> None:
    publishers = {folder.parent.name for folder in bundled_packs().values()}
    with (packs_root() / FILE).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    for row in rows:
        assert row["pack"] in bundled_packs() or row["pack"] in publishers, row
        assert row["status"] in WORDS, row
        assert row["says"].strip(), row
    assert len({tuple(row.values()) for row in rows}) == len(rows)


def test_what_supersedes_agrees_with_the_headers() -> None:
    said = {pack: says for pack, entries in stated().items()
            for status, says in entries if status == SUPERSEDED}  # fmt: skip
    assert said == replaced([library(name).info for name in bundled_packs()])


def test_a_pack_without_an_entry_is_current() -> None:
    assert status_text(library("desnz-2025").info) == "current"


def test_holes_and_limits_of_the_publisher_stand_beside_those_of_the_edition() -> None:
    info = library("eea-2024").info
    assert status_of(info).limits == "no licence is stated"
    assert status_text(info) == (
        "current; licence-limited: no licence is stated; "
        "known hole: CO2e without its gases; 2023 as revised is missing"
    )


@pytest.mark.parametrize(
    ("pack", "version", "word"),
    [
        ("moe-japan-2026", "1.0", "superseded by moe-japan-2026-06"),
        ("desnz-2024", "1.3", "current"),
        ("desnz-2024", "1.0", "superseded by desnz-2024@1.3"),
    ],
)
def test_a_version_is_superseded_by_a_newer_one_or_by_what_takes_its_place(
    pack: str, version: str, word: str
) -> None:
    assert status_of(in_version(library(pack).info, version)).word == word


def test_show_and_list_say_it() -> None:
    shown = command.run("factors", "show", "moe-japan-2026").stdout
    assert "superseded by moe-japan-2026-06" in shown
    assert "status" in command.run("factors", "show", "desnz-2024/uk.kwh").stdout
    rows = [line.split() for line in command.run("factors", "list").stdout.splitlines()]
    old = next(row for row in rows if row and row[0] == "moe-japan-2026")
    assert "superseded" in old
