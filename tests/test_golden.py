"""Reviewed outputs of the examples: a moved number is seen by a human (`--snapshot-update`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command import ROOT, run

GOLDEN = Path(__file__).parent / "golden"
LUXSHARE, OPULENT = "examples/luxshare/company.yaml", "examples/opulent/company.yaml"
OUTPUTS = {
    "luxshare-2022-sbt.txt": f"compute {LUXSHARE} --period 2022 --boundary sbt",
    "luxshare-2023-sbt.txt": f"compute {LUXSHARE} --period 2023 --boundary sbt",
    "luxshare-2023-operational.md": f"compute {LUXSHARE} --period 2023 --boundary operational"
    " --format markdown",
    "luxshare-2023-sbt.json": f"compute {LUXSHARE} --period 2023 --boundary sbt --format json",
    "luxshare-2023-energy.txt": f"energy {LUXSHARE} --period 2023 --boundary sbt",
    "opulent-2024-energy.md": f"energy {OPULENT} --period 2024 --format markdown",
    "luxshare-power-2023.txt": f"explain {LUXSHARE} power-2023",
    "opulent-2024.txt": f"compute {OPULENT} --period 2024",
    "opulent-2024-lines.csv": f"compute {OPULENT} --period 2024 --format csv",
    "opulent-2024-facility.txt": f"compute {OPULENT} --period 2024 --by facility",
    "opulent-2024-gas.txt": f"compute {OPULENT} --period 2024 --by gas",
    "opulent-2024-country.txt": f"compute {OPULENT} --period 2024 --by country",
    "opulent-2024-month.txt": f"compute {OPULENT} --period 2024 --by month",
    "opulent-2024-equity.txt": f"compute {OPULENT} --period 2024 --consolidation equity_share",
    "opulent-2023.txt": f"compute {OPULENT} --period 2023",
    "opulent-base-year.txt": f"base-year {OPULENT}",
    "opulent-ks-gas.txt": f"explain {OPULENT} ks-gas",
    "opulent-ks-chillers.txt": f"explain {OPULENT} ks-chillers",
    "opulent-bn-power.txt": f"explain {OPULENT} bn-power-2024",
    "opulent-table-line.txt": f"explain {OPULENT} power-bills/kunshan/电/2024-05",
}


@pytest.mark.usefixtures("computed_once")
@pytest.mark.parametrize("name", OUTPUTS)
def test_output(name: str, snapshot_update: bool) -> None:
    done = run(*OUTPUTS[name].split(), cwd=ROOT)
    assert done.exit_code == 0, done.stderr
    path = GOLDEN / name
    if snapshot_update:
        path.parent.mkdir(exist_ok=True)
        path.write_text(done.stdout, "utf-8", newline="\n")
    assert done.stdout == path.read_text("utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(OUTPUTS)
