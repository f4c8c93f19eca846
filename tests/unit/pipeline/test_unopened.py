"""Nothing outside the project is opened: packs' tables, evidence, links, pipes, devices."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support import command

if TYPE_CHECKING:
    from typer.testing import Result

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices of POSIX")
HEAD = """
ghgcalc: 1
organization: {name: A, country: GB, consolidation_approach: operational_control, gwp_set: AR5}
"""
LINE = """
facilities: {leeds: {country: GB}}
activities:
  boiler:
    facility: leeds
    category: process_emissions
    gas_masses: {CO2: 1 t}
    period: 2024
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "acme"
    (folder / "own").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("top secret\n", "utf-8")
    (folder / "company.yaml").write_text(HEAD + "factor_packs: []\n" + LINE, "utf-8")
    monkeypatch.chdir(folder)
    return folder


def run(*words: str) -> Result:
    done = command.run(*words)
    assert "top secret" not in done.output
    return done


@pytest.mark.parametrize("file", ["../../secret.txt", "/etc/hostname", "rows.csv"])
def test_a_pack_table_outside_is_refused_and_not_read(project: Path, file: str) -> None:
    Path("own/rows.csv").symlink_to("../../secret.txt")
    pack = f"pack: own\ntitle: O\nversion: '1'\ntables: [{{file: {file}, holds: factors}}]\n"
    Path("own/pack.yaml").write_text(pack, "utf-8")
    Path("company.yaml").write_text(HEAD + "factor_packs: [./own/pack.yaml]\n" + LINE, "utf-8")
    for words in (["check"], ["compute"], ["check", "--diagnostics", "json"]):
        done = run(*words)
        assert done.exit_code == 1
        assert "path-outside" in done.stderr
        assert done.stderr.count("own/pack.yaml") == 1  # one finding, nothing of the file


def link(name: str, target: str) -> None:
    Path(name).unlink(missing_ok=True)
    Path(name).symlink_to(target)


@pytest.mark.parametrize("kind", ["device", "pipe", "loop"])
@pytest.mark.parametrize("name", ["include.yaml", "own/pack.yaml", "ghgcalc.lock"])
def test_devices_pipes_and_loops_are_refused(project: Path, name: str, kind: str) -> None:
    packs = "[./own/pack.yaml]" if name.startswith("own") else "[]"
    include = "include: include.yaml\n" if name == "include.yaml" else ""
    Path("company.yaml").write_text(f"{HEAD}factor_packs: {packs}\n{include}{LINE}", "utf-8")
    if kind == "pipe":
        os.mkfifo(name)
    else:
        link(name, "/dev/zero" if kind == "device" else Path(name).name)
    done = run("check", "--diagnostics", "json")
    assert done.exit_code == 1
    (found,) = json.loads(done.stderr)
    assert found["code"] in ("unreadable-file", "path-outside")
    assert found["path"] in ("company.yaml", name)


def test_a_company_file_that_is_a_device_or_pipe_is_refused(project: Path) -> None:
    Path("company.yaml").unlink()
    Path("company.yaml").symlink_to("/dev/zero")
    assert "is a pipe or device, not a file" in run("check").stderr
    Path("company.yaml").unlink()
    os.mkfifo("company.yaml")
    assert "is a pipe or device, not a file" in run("check").stderr


def test_a_lock_is_neither_read_nor_written_through_a_link_out(project: Path) -> None:
    Path("ghgcalc.lock").symlink_to("../secret.txt")
    assert "ghgcalc.lock:1:1: error[path-outside]" in run("check").stderr
    Path("ghgcalc.lock").unlink()
    Path("ghgcalc.lock").symlink_to("../outside.lock")  # which does not exist
    assert run("lock").exit_code == 1
    assert not Path("../outside.lock").exists()


def test_evidence_inside_is_hashed_and_nothing_else_is_opened(project: Path) -> None:
    Path("bill.txt").write_text("bill\n", "utf-8")
    link("link.txt", "bill.txt")
    link("out.txt", "../secret.txt")
    link("device.txt", "/dev/zero")
    os.mkfifo("pipe.txt")
    names = ["bill.txt", "link.txt", "out.txt", "device.txt", "pipe.txt", "/etc/hostname",
             "../secret.txt", "https://example.org/bill.pdf", "INV-2024/0815",
             "发票编号" * 30]  # fmt: skip
    text = Path("company.yaml").read_text("utf-8")
    Path("company.yaml").write_text(f"{text}    evidence: {json.dumps(names)}\n", "utf-8")
    done = run("explain", "company.yaml", "boiler")
    assert done.exit_code == 0, done.output
    digest = hashlib.sha256(b"bill\n").hexdigest()  # of the text written above
    assert done.stdout.count("sha256") == 1
    assert digest in done.stdout
    warned = [name for name in names if f"evidence `{name}`" in done.stderr]
    assert warned == ["link.txt", "out.txt", "device.txt", "pipe.txt"]
    saved = run("compute", "-o", "x.xlsx", "--diagnostics", "json")
    assert saved.exit_code == 0
    found = json.loads(saved.stderr)
    assert [(item["code"], item["severity"]) for item in found] == [
        ("unreadable-file", "warning")
    ] * 4


@pytest.mark.parametrize("pack", ["./" + "a" * 300 + ".yaml", "./" + "电" * 100 + ".yaml"])
def test_names_beyond_the_file_system_are_findings(project: Path, pack: str) -> None:
    Path("company.yaml").write_text(f"{HEAD}factor_packs: [{pack}]\n{LINE}", "utf-8")
    done = run("check")
    assert done.exit_code == 1
    assert "is not a file name" in done.stderr
