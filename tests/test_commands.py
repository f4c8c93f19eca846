"""Each command once as it is installed: streams, exit code and files are those of `command.run`.

All other tests run commands in their own process, which costs a tenth of the time; what they see
is what a user gets as long as this module passes.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from ghgcalc.cli.app import COMMANDS
from ghgcalc.cli.factors import app as factors_app
from support.command import installed, run

if TYPE_CHECKING:
    from pathlib import Path

COMPANY = """\
ghgcalc: 1
organization: {name: Example, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [desnz]
facilities: {leeds: {country: GB}}
activities:
  gas-23: {facility: leeds, category: stationary_combustion, fuel: natural_gas, period: 2023,
    quantity: 100 MWh gross}
  gas-24: {facility: leeds, category: stationary_combustion, fuel: natural_gas, period: 2024,
    quantity: 120 MWh gross}
  power: {facility: leeds, category: purchased_electricity, quantity: 30 MWh, period: 2024}
base_year: {year: 2023, reason: first, figure: scope_1, significance_threshold: 5%}
"""
MAPPING = """\
pack: {pack: made-up, version: "1", title: Made up, licence: none, year_rule: data_year}
tables:
  - file: grid.csv
    kind: csv
    columns: {region: Country, year: Year}
    constants: {category: purchased_electricity, kind: grid_average, per: kWh}
    names: {region: {France: FR}}
    gases: {CO2: {column: CO2 (g/kWh), unit: g}}
    templates: {id: "grid.{region}.{year}"}
"""
FILES = {
    "company.yaml": COMPANY,
    "broken.yaml": COMPANY.replace("30 MWh", "30 litres of wine").replace("leeds:", "hull:"),
    "mapping.yaml": MAPPING,
    "ledger.csv": "Code,Text\n6602-03,Consulting\n",
    "grid.csv": "Country,Year,CO2 (g/kWh)\nFrance,2021,111.50\n",
}
PACKS = factors_app.registered_commands
# the command, and what is run before it
CASES: dict[str, tuple[str, ...]] = {
    "": (),
    "--version": (),
    "--help": (),
    "comptue": (),
    "base-year": (),
    "check": (),
    "check broken.yaml --diagnostics json": (),
    "ci": (),
    "compute": (),
    "compute broken.yaml": (),
    "compute --period 2023-13": (),
    "compute --period 2024 -o year.xlsx": (),
    "diff 2023 2024": (),
    "energy --format csv": (),
    "evidence": (),
    "explain company.yaml power": (),
    "explain-error missing-unit": (),
    "import site.xlsx company.yaml -o site.yaml": (
        "template -o site.xlsx --facility leeds --period 2024",
    ),
    "lines -o lines.csv": (),
    "lsp company.yaml": (),
    "mcp company.yaml": (),
    "query company.yaml scope=1 by month": (),
    "init new --country VN --year 2023": (),
    "list items company.yaml --category business_travel": (),
    "lock": (),
    "check --locked": ("lock",),
    "schema pack --draft 2020-12 -o pack.json": (),
    "template -o site.xlsx --facility leeds --period 2024": (),
    "verify year.json company.yaml": ("compute --period 2024 -o year.json",),
    "table grid.csv": (),
    "factors search diesle --region GB --year 2024": (),
    "factors import table mapping.yaml grid.csv -o made-up": (),
    "factors mapping aib": (),
    "factors match ledger.csv --account Code --name Text --pack epa-supply-chain -o codes.csv": (),
    "factors new own.yaml": (),
    "factors list": (),
    "factors outdated company.yaml": (),
    "factors coverage --country VN": (),
    "factors show desnz-2024/uk.kwh": (),
    "factors lint own.yaml": ("factors new own.yaml",),
}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("words", CASES)
def test_the_installed_command_does_the_same(words: str, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    for name, text in FILES.items():
        (here / name).write_text(text, "utf-8")
    for before in CASES[words]:
        assert run(*before.split(), cwd=here).exit_code == 0
    shutil.copytree(here, there)
    done, known = run(*words.split(), cwd=here), installed(*words.split(), cwd=there)
    assert (done.exit_code, done.stdout, done.stderr) == (
        known.returncode, known.stdout, known.stderr
    )  # fmt: skip
    assert contents(here) == contents(there)
    assert known.stdout or known.stderr or len(contents(there)) > len(FILES)


def test_every_command_is_started_once() -> None:
    packs = {command.name or command.callback.__name__.rstrip("_") for command in PACKS}
    wanted = {name for name in COMMANDS if name != "factors"} | {f"factors {n}" for n in packs}
    started = {" ".join(words.split()[: 1 + words.startswith("factors ")]) for words in CASES}
    assert len(packs) >= 7
    assert wanted <= started
