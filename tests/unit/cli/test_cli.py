"""The command line: exit codes, streams, formats, files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ghgcalc.cli import app as cli_app
from ghgcalc.core.version import __version__
from support.command import run

ROOT = Path(__file__).resolve().parents[3]
MINIMAL = (ROOT / "examples" / "minimal" / "company.yaml").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "company.yaml").write_text(MINIMAL, "utf-8")
    return tmp_path


def with_bills(folder: Path) -> None:
    """The documents that the example cites."""
    shutil.copytree(ROOT / "examples" / "minimal" / "bills", folder / "bills")


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "company.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def expect(folder: Path, value: str) -> None:
    with (folder / "company.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            f"\nexpect:\n  - period: 2024\n    figure: scope_1\n    value: {value}\n"
            "    within: 0.5 t\n"
        )


def test_version_is_quick() -> None:
    code = (
        "import sys; sys.argv = ['ghgcalc', '--version']\n"
        "from ghgcalc.cli.app import main\n"
        "try: main()\nexcept SystemExit as end: assert not end.code\n"
        "heavy = {'pydantic', 'pint', 'rich', 'yaml', 'polars', 'openpyxl'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"ghgcalc {__version__}\n", "")


@pytest.mark.parametrize(
    "words",
    [[], ["check"], ["compute"], ["explain"], ["explain-error"], ["factors"], ["factors", "lint"]],
)
def test_help(words: list[str]) -> None:
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert "Usage: " in result.stdout


def test_compute_table(folder: Path) -> None:
    result = run("compute")
    assert result.exit_code == 0
    assert result.stdout.startswith("Minimal Ltd · GHG inventory 2024 · operational control · AR5")
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


def test_compute_json_is_pure(folder: Path) -> None:
    result = run("compute", "--format", "json")
    assert json.loads(result.stdout)["organization"] == "Minimal Ltd"


def test_errors_block_totals(folder: Path) -> None:
    edit(folder, "250 MWh", "250 kg")
    result = run("compute")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "company.yaml:25:15: error[" in result.stderr
    assert result.stderr.endswith("1 error in company.yaml; nothing was computed\n")


def test_diagnostics_as_json(folder: Path) -> None:
    edit(folder, "250 MWh", "250 kg")
    result = run("compute", "--diagnostics", "json")
    assert result.exit_code == 1
    assert json.loads(result.stderr)[0]["line"] == 25


def test_failed_expectation_prints_totals_and_fails(folder: Path) -> None:
    expect(folder, "30 t")
    result = run("compute")
    assert result.exit_code == 1
    assert "Scope 1 + 2" in result.stdout
    assert "0 of 1 hold" in result.stdout
    assert "expected 30.000, computed 21.948, difference −8.052, tolerance 0.500 tCO2e" in (
        result.stdout
    )


@pytest.mark.parametrize("words", [
    ["compute", "-o", "x.json"], ["compute", "-o", "x.csv"], ["compute", "-o", "x.md"],
    ["compute", "-o", "x.txt"], ["compute", "-o", "x.xlsx"], ["compute", "--format", "json"],
    ["compute", "--format", "csv"], ["lines", "-o", "x.csv"],
])  # fmt: skip
def test_a_failed_expectation_says_why_where_nobody_reads_the_report(
    folder: Path, words: list[str]
) -> None:
    expect(folder, "25 t")
    result = run(*words)
    assert result.exit_code == 1
    assert "error[expectation-failed]: `scope_1` of 2024 is 21.948 tCO2e" in result.stderr
    named = json.loads(run(*words, "--diagnostics", "json").stderr)
    assert [item["code"] for item in named] == ["expectation-failed"]


def test_held_expectation(folder: Path) -> None:
    with_bills(folder)
    expect(folder, "22 t")
    assert run("compute").exit_code == 0
    assert run("check").stdout == (
        "company.yaml: 2 activities, 1 reporting year, 1 expectation, 0 errors, 0 warnings\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["compute", "absent.yaml"],
        ["compute", "."],
        ["compute", "--period", "23"],
        ["compute", "--by", "colour"],
        ["compute", "-o", "x.docx"],
        ["compute", "--nonsense"],
        ["compute", "-o", "x.json", "--format", "csv"],
        ["compute", "-o", "no/folder/x.json"],
        ["explain"],
        ["explain-error", "no-such-code"],
        ["nonsense"],
        ["factors", "show", "nonsense"],
        ["factors", "lint", "absent.yaml"],
    ],
)
def test_usage_is_two(folder: Path, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize("suffix", ["json", "csv", "md", "txt"])
def test_output_file(folder: Path, suffix: str) -> None:
    result = run("compute", "-o", f"out.{suffix}")
    assert result.exit_code == 0
    assert result.stdout == ""
    style = {"json": "json", "csv": "csv", "md": "markdown", "txt": "table"}[suffix]
    written = (folder / f"out.{suffix}").read_bytes()
    assert written.decode("utf-8") == run("compute", "--format", style).stdout
    assert b"\r" not in written
    assert sorted(path.name for path in folder.iterdir()) == ["company.yaml", f"out.{suffix}"]


def test_inputs_are_never_overwritten(folder: Path) -> None:
    (folder / "company.json").write_text(MINIMAL, "utf-8")
    result = run("compute", "company.json", "-o", "company.json")
    assert result.exit_code == 2
    assert (folder / "company.json").read_text("utf-8") == MINIMAL
    edit(folder, "bills/gas-2024.txt", "bill.csv")
    (folder / "bill.csv").write_text("evidence", "utf-8")
    assert run("compute", "-o", "bill.csv").exit_code == 2
    assert (folder / "bill.csv").read_text("utf-8") == "evidence"


def test_check_judges_every_year(folder: Path) -> None:
    with_bills(folder)
    edit(
        folder,
        "activities:\n",
        "activities:\n  old:\n    facility: leeds\n"
        "    category: purchased_electricity\n    quantity: 1 MWh\n    period: 2018\n",
    )
    assert run("compute").exit_code == 0
    result = run("check")
    assert result.exit_code == 1
    assert "2018" in result.stderr
    assert "2 reporting years, 1 error, 1 warning" in result.stdout  # six years apart


def test_check_strict(folder: Path) -> None:
    with (folder / "company.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "\ninstruments:\n  rego:\n    type: REGO\n    market: GB\n"
            "    volume: 5 MWh\n    emission_rate: {CO2: 0 kg/MWh}\n    generated: 2024\n"
        )
    assert run("check").exit_code == 0
    result = run("check", "--strict")
    assert result.exit_code == 1
    assert "warning[instrument-not-applied]" in result.stderr


def test_check_reports_failed_expectations(folder: Path) -> None:
    expect(folder, "30 t")
    result = run("check")
    assert result.exit_code == 1
    assert "error[expectation-failed]: `scope_1` of 2024 is 21.948 tCO2e" in result.stderr
    assert "off by −8.052" in result.stderr


def test_explain(folder: Path) -> None:
    (folder / "bills").mkdir()
    (folder / "bills" / "gas-2024.txt").write_bytes(b"bill")
    result = run("explain", "company.yaml", "boiler")
    assert result.exit_code == 0
    assert result.stdout.startswith("boiler  leeds · stationary combustion · natural gas · Scope 1")
    for text in (
        "120,000 kWh gross",
        "× 28 (AR5)",
        "= 21.948 tCO2e",
        "desnz-2024/natural_gas",
        "Factors by Category!J83:J86",
        "edition 2023, the line needs 2024",
        "sha256 ",
    ):
        assert text in result.stdout


def test_explain_methods(folder: Path) -> None:
    both = run("explain", "company.yaml", "meter").stdout
    assert "location-based: " in both
    assert "market-based: uncovered" in both
    one = run("explain", "company.yaml", "meter", "--method", "market_based").stdout
    assert "location-based: " not in one


def test_explain_unknown_id(folder: Path) -> None:
    result = run("explain", "company.yaml", "boyler")
    assert result.exit_code == 1
    assert "did you mean `boiler`?" in result.stderr


def test_explain_finds_the_year_of_the_line(folder: Path) -> None:
    edit(
        folder,
        "    period: 2024\n    evidence: [bills/gas",
        "    period: 2023\n    evidence: [bills/gas",
    )
    result = run("explain", "company.yaml", "boiler")
    assert result.exit_code == 0
    assert "· 2023 " in result.stdout


def test_factors(folder: Path) -> None:
    assert "desnz-2024" in run("factors", "list").stdout
    assert "Factors by Category!" in run("factors", "show", "desnz-2024/uk.kwh").stdout
    assert "licence" in run("factors", "show", "desnz-2024").stdout


def test_factors_lint_own_pack(folder: Path) -> None:
    pack = (
        "pack: own\ntitle: Own\nfactors:\n  a:\n    category: purchased_electricity\n"
        "    per: MWh\n    gases: {CO2: 500 kg}\n"
    )
    (folder / "own.yaml").write_text(pack, "utf-8")
    good = run("factors", "lint", "own.yaml")
    assert (good.exit_code, good.stdout) == (0, "1 pack, 0 errors, 0 warnings\n")
    (folder / "own.yaml").write_text(pack.replace("500 kg", "500 MWh"), "utf-8")
    bad = run("factors", "lint", "own.yaml")
    assert bad.exit_code == 1
    assert "own.yaml:7:13: error[unit-mismatch]" in bad.stderr


def test_explain_error() -> None:
    from ghgcalc.core.codes.registry import CODES

    for slug in CODES:
        result = run("explain-error", slug)
        assert result.exit_code == 0
        assert result.stdout.startswith(f"{slug}: ")


@pytest.mark.parametrize("asked", [False, True])
def test_internal_error_is_three(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], asked: bool
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("ghgcalc.pipeline.run.compute", broken)
    monkeypatch.delenv("GHGCALC_TRACEBACK", raising=False)
    monkeypatch.setattr(sys, "argv", ["ghgcalc", *(["--traceback"] if asked else []), "compute"])
    with pytest.raises(SystemExit) as end:
        cli_app.main()
    assert end.value.code == 3
    errors = capsys.readouterr().err
    assert "internal error: RuntimeError: boom" in errors
    assert ("Traceback" in errors) is asked


def test_no_color_and_utf_8_whatever_the_locale(folder: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [sys.executable, "-c", "from ghgcalc.cli.app import main; main()", "compute"],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0
    assert "Minimal Ltd · GHG inventory" in done.stdout.decode("utf-8")
    assert b"\x1b" not in done.stdout


def test_explain_and_control_totals_of_a_table(folder: Path) -> None:
    (folder / "data.csv").write_text(
        "site,what,qty,unit,from,to\nleeds,power,1000,kWh,2024-01-01,2024-01-31\n", "utf-8"
    )
    with (folder / "company.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "\ntables:\n  bills:\n    files: data.csv\n    columns: {facility: site, item: what,"
            " quantity: qty, unit: unit, from: from, to: to}\n    items:\n"
            "      power: {category: purchased_electricity}\n"
        )
    text = run("compute").stdout
    assert "Control totals        2 activities\n" in text
    assert "bills: 1 row = 1 used + 0 other periods + 0 filtered + 0 rejected" in text
    result = run("explain", "company.yaml", "bills")
    assert result.exit_code == 0
    assert result.stdout.startswith("bills/leeds/power")


def _script(*arguments: str, stdout: Any) -> subprocess.CompletedProcess[bytes]:
    code = "from ghgcalc.cli.app import script; script()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], stdout=stdout, stderr=subprocess.PIPE, check=False
    )


def test_the_end_of_the_installed_command_loses_nothing(folder: Path) -> None:
    whole = _script("compute", "--format", "json", stdout=subprocess.PIPE)
    assert whole.returncode == 0
    assert json.loads(whole.stdout)["holds"] is True
    assert _script("compute", "missing.yaml", stdout=subprocess.PIPE).returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_full_disk_is_said_and_is_no_bug(folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = _script("compute", stdout=full)
    assert done.returncode == 1
    assert done.stderr == b"Error: cannot write: No space left on device\n"


@pytest.mark.skipif(os.name != "posix", reason="closed streams of a shell")
@pytest.mark.parametrize(
    ("closed", "code", "said"),
    [("2>&-", 0, ""), (">&-", 1, "Error: cannot write: standard output is closed")],
)
def test_closed_standard_streams(folder: Path, closed: str, code: int, said: str) -> None:
    starts = f"{sys.executable} -c 'from ghgcalc.cli.app import script; script()' compute {closed}"
    done = subprocess.run(["sh", "-c", starts], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert said in done.stderr
    assert ("tCO2e" in done.stdout) == (code == 0)


def test_no_folder_for_temporary_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    (folder / "t.csv").write_text("q,m\n1,2024-01\n", "utf-8")
    with (folder / "company.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "tables:\n  t:\n    files: t.csv\n    columns: {quantity: q, period: m}\n"
            "    constants: {facility: plant, item: p, unit: kWh}\n"
            "    items: {p: {category: purchased_electricity}}\n"
        )
    monkeypatch.setattr(sys, "argv", ["ghgcalc", "compute"])
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "nowhere"))
    with pytest.raises(SystemExit) as ended:
        cli_app.main()
    assert ended.value.code == 1


def test_a_company_file_out_of_reach(folder: Path) -> None:
    done = run("compute", "a" * 300 + ".yaml")
    assert done.exit_code == 2
    assert "cannot be reached: File name too long" in done.stderr


def test_a_year_whose_lines_are_all_refused_is_not_passed_over(folder: Path) -> None:
    edit(folder, "activities:\n", "activities:\n  new:\n    facility: leeds\n"
         "    category: purchased_electricity\n    quantity: 1 kg\n    period: 2025\n")  # fmt: skip
    done = run("compute")
    assert done.exit_code == 1
    assert "error[unit-mismatch]" in done.stderr
    assert not done.stdout
