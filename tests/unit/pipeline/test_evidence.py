"""Evidence: hashed into the lock, an error where it moved under --locked, listed line by line."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.command import run

if TYPE_CHECKING:
    from typer.testing import Result

COMPANY = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR6}
factor_packs: [./own.yaml]
checks: {calendar-gap: {severity: off, reason: meters of two months}}
facilities:
  leeds:
    country: GB
    history:
      2020-01-01: {reason: bought, evidence: [deeds/leeds.txt]}
activities:
  etching:
    facility: leeds
    category: process_emissions
    gas_masses: {SF6: 2 kg}
    period: 2023
    evidence: [bills/etching.txt, "invoice 4711", "https://example.org/a.pdf"]
  etching-24: {facility: leeds, category: process_emissions, gas_masses: {SF6: 1 kg}, period: 2024,
    evidence: bills/etching-24.txt}
  leak: {facility: leeds, category: fugitive_emissions, gas_masses: {SF6: 1 kg}, period: 2024}
tables:
  meters:
    files: meters.csv
    columns: {facility: site, item: what, quantity: amount, unit: unit, period: month}
    items:
      power: {category: purchased_electricity, evidence: bills/power.txt}
      heat: {category: purchased_heat}
"""
OWN = """\
pack: own
title: Own factors
factors:
  power: {category: purchased_electricity, kind: grid_average, per: kWh, gases: {CO2: 0.4 kg},
    source: hand}
  rest: {category: purchased_electricity, kind: residual_mix, per: kWh, gases: {CO2: 0.4 kg},
    source: hand}
  heat: {category: purchased_heat, per: kWh, gases: {CO2: 0.2 kg}, source: hand}
"""
ROWS = """\
site,what,amount,unit,month
leeds,power,5,MWh,2024-01
leeds,power,7,MWh,2024-02
leeds,heat,2,MWh,2024-01
"""
FILES = {
    "deeds/leeds.txt": "bought\n", "bills/etching.txt": "2 kg\n", "bills/etching-24.txt": "1 kg\n",
    "bills/power.txt": "12 MWh\n",
}  # fmt: skip


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "company.yaml": COMPANY,
        "own.yaml": OWN,
        "meters.csv": ROWS,
        **FILES,
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def locked(folder: Path) -> Path:
    done = run("lock", cwd=folder)
    assert done.exit_code == 0, done.stderr
    return folder / "ghgcalc.lock"


def found(done: Result) -> list[tuple[str, str]]:
    return [(item["code"], item["message"]) for item in json.loads(done.stdout)]


def check(folder: Path, *words: str) -> Result:
    return run("check", "--format", "json", *words, cwd=folder)


# ---- the lock ------------------------------------------------------------------------------------


def test_each_year_holds_what_it_cites(folder: Path) -> None:
    text = locked(folder).read_text("utf-8")
    year_23, year_24 = text.split("\n  2024:\n")

    def block(names: list[str]) -> str:
        rows = [f"      {name}: {sha256(FILES[name])}\n" for name in names]
        return "    evidence:\n" + "".join(rows) + "    lines:"

    after = {name: part.replace("    packs:", "    lines:").split("    lines:")[0] + "    lines:"
             for name, part in (("23", year_23), ("24", year_24))}  # fmt: skip
    assert block(["bills/etching.txt", "deeds/leeds.txt"]) in after["23"]
    assert block(["bills/etching-24.txt", "bills/power.txt", "deeds/leeds.txt"]) in after["24"]
    assert "4711" not in text
    assert "example.org" not in text
    assert check(folder, "--locked").exit_code == 0


@pytest.mark.parametrize("name", ["deeds/leeds.txt", "bills/etching.txt", "bills/power.txt"])
def test_evidence_that_changed_or_went_is_an_error_under_locked(folder: Path, name: str) -> None:
    locked(folder)
    years = {"deeds/leeds.txt": ["2023", "2024"], "bills/etching.txt": ["2023"]}.get(name, ["2024"])
    was, now = sha256(FILES[name])[:12], sha256("other\n")[:12]
    for act, said in (
        (
            lambda path: path.write_text("other\n", "utf-8"),
            f"has changed (sha256 {was}… -> {now}…)",
        ),
        (Path.unlink, "is not there any more"),
    ):
        act(folder / name)
        done = check(folder, "--locked")
        assert done.exit_code == 1
        gone = [("evidence-missing", f"evidence `{name}` names a file that is not there")]
        assert sorted(found(done)) == [
            *(gone if act is Path.unlink else ()),
            *(
                ("lock-drift-evidence", f"evidence `{name}`, locked with {year}, {said}")
                for year in years
            ),
        ]
        assert check(folder).exit_code == 0
        for year in ("2023", "2024"):
            shown = run("compute", "--period", year, "--locked", cwd=folder)
            assert shown.exit_code == (year in years)
    locked(folder)
    assert check(folder, "--locked").exit_code == 0


def test_text_that_never_was_a_file_is_no_finding(folder: Path) -> None:
    for name in FILES:
        (folder / name).unlink()
    assert "evidence" not in locked(folder).read_text("utf-8").replace("evidence: own", "")
    told = found(check(folder, "--locked"))  # the texts that name files, and no other
    assert sorted(said.split("`")[1] for _, said in told) == sorted(FILES)
    assert {code for code, _ in told} == {"evidence-missing"}
    (folder / "bills/power.txt").write_text("later\n", "utf-8")  # a file now, and not locked
    told = found(check(folder, "--locked"))
    assert sorted(said.split("`")[1] for _, said in told) == sorted({*FILES} - {"bills/power.txt"})


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_a_link_is_not_followed(folder: Path) -> None:
    locked(folder)
    (folder / "bills/power.txt").rename(folder / "bills/moved.txt")
    (folder / "bills/power.txt").symlink_to("moved.txt")
    ((code, said),) = found(check(folder, "--locked"))
    assert code == "lock-drift-evidence"
    assert said.endswith("is a link and is not followed")
    again = run("lock", "--diagnostics", "json", cwd=folder)
    assert [item["code"] for item in json.loads(again.stderr)] == ["unreadable-file"]
    assert "bills/power.txt" not in (folder / "ghgcalc.lock").read_text("utf-8")
    assert states(folder)["meters/leeds/power"] == [("bills/power.txt", "not opened")]


def test_a_lock_without_evidence_holds_none(folder: Path) -> None:
    """Years that were locked before there was evidence in locks stay as they are."""
    file = locked(folder)
    assert "    evidence:\n" in file.read_text("utf-8")
    (folder / "ghgcalc.lock").unlink()
    moved = {name: (folder / name).rename(folder / f"{name}.away") for name in FILES}
    before = locked(folder).read_bytes()
    for name, away in moved.items():
        away.rename(folder / name)
    assert found(check(folder, "--locked")) == []
    assert file.read_bytes() == before


# ---- the list ------------------------------------------------------------------------------------


def states(folder: Path, *words: str) -> dict[str, list[tuple[str, str]]]:
    done = run("evidence", "--format", "json", *words, cwd=folder)
    assert done.exit_code == 0, done.stderr
    listed: dict[str, list[tuple[str, str]]] = {}
    for row in json.loads(done.stdout)["evidence"]:
        listed.setdefault(row["line"], []).append((row["evidence"], row["state"]))
    return listed


def test_every_line_is_listed_with_its_state(folder: Path) -> None:
    wanted = {
        "etching": [("bills/etching.txt", "hashed"), ("invoice 4711", "text only"),
                    ("https://example.org/a.pdf", "text only")],
        "etching-24": [("bills/etching-24.txt", "hashed")],
        "leak": [("", "none")],
        "meters/leeds/heat": [("", "none")],
        "meters/leeds/power": [("bills/power.txt", "hashed")],
    }  # fmt: skip
    assert states(folder) == wanted
    assert states(folder, "--missing") == {
        "leak": [("", "none")], "meters/leeds/heat": [("", "none")]
    }  # fmt: skip
    locked(folder)
    (folder / "bills/etching.txt").unlink()
    (folder / "bills/power.txt").write_text("other\n", "utf-8")
    moved = states(folder)
    assert moved["etching"][0] == ("bills/etching.txt", "missing")
    assert moved["meters/leeds/power"] == [("bills/power.txt", "changed")]
    assert moved["etching-24"] == wanted["etching-24"]


def test_the_list_for_spreadsheets_and_people(folder: Path) -> None:
    locked(folder)
    rows = list(csv.DictReader(run("evidence", "--format", "csv", cwd=folder).stdout.splitlines()))
    assert rows[0] == {
        "line": "etching", "state": "hashed", "evidence": "bills/etching.txt", "locked": "2023",
        "sha256": sha256("2 kg\n"), "place": "company.yaml:11:3",
    }  # fmt: skip
    shown = run("evidence", folder.name + "/company.yaml", cwd=folder.parent)
    assert shown.stdout.splitlines()[1].split()[-1] == f"{folder.name}/company.yaml:11:3"


def test_a_file_with_errors_is_listed_as_far_as_it_is_read(folder: Path) -> None:
    (folder / "company.yaml").write_text(
        COMPANY.replace("etching-24: {facility: leeds", "etching-24: {facility: hull"), "utf-8"
    )
    done = run("evidence", cwd=folder)
    assert done.exit_code == 1
    assert "leak" in done.stdout
    assert "unknown-facility" in done.stderr
    (folder / "company.yaml").write_text("ghgcalc: [", "utf-8")
    assert run("evidence", cwd=folder).exit_code == 1
    assert run("evidence", "nowhere.yaml", cwd=folder).exit_code == 2


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("data/bill-2024.pdf", True),
        ("bill 2024.PDF", True),
        ("./bill.xlsx", True),
        ("bills/gas-2024", True),  # `bills` is a folder of the project
        ("bills", False),
        ("bills/etching.txt", False),
        ("invoice 4711", False),
        ("INV/2024/0815", False),
        ("2024/0815", False),
        ("https://example.org/a.pdf", False),
        ("example.org/a.pdf", False),
        ("../elsewhere/a.pdf", False),
        ("/archive/a.pdf", False),
        ("S:/archive/a.pdf", False),
        ("letter of 3 May, see a.pdf", False),
        ("a.pdf p. 4", False),
        ("v1.2", False),
    ],
)
def test_a_promised_file_that_is_not_there(text: str, missing: bool, folder: Path) -> None:
    company = folder / "company.yaml"
    company.write_text(COMPANY.replace('"invoice 4711"', json.dumps(text)), "utf-8")
    told = json.loads(run("check", company, "--format", "json").stdout)
    found = [each for each in told if each["code"] == "evidence-missing"]
    assert len(found) == int(missing)
    if missing:
        assert text in found[0]["message"]
        assert found[0]["severity"] == "warning"
    listed = csv.DictReader(run("evidence", company, "--format", "csv").stdout.splitlines())
    state = {row["evidence"]: row["state"] for row in listed}[text]
    assert (state == "missing") is missing
