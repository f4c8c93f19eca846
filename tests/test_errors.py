"""The error catalogue: one folder per code, its expected text, and what every message must be."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import ghgcalc
from ghgcalc.analysis.base_year import decide
from ghgcalc.analysis.gate.base import COMMIT, OPTION, Asked, NoBase, find_base
from ghgcalc.analysis.gate.findings import gate_findings, missing_base
from ghgcalc.analysis.gate.judge import judge_file
from ghgcalc.analysis.gate.thresholds import thresholds
from ghgcalc.analysis.profiles.judge import as_findings, judge_profiles
from ghgcalc.company.collect.read import read_template
from ghgcalc.core.codes.registry import CODES
from ghgcalc.core.diagnostics import Diagnostic, in_order
from ghgcalc.core.scratch import scratch_folder
from ghgcalc.factors import release
from ghgcalc.factors.lint import pack_texts
from ghgcalc.factors.own_packs import read_pack_file
from ghgcalc.factors.release import released
from ghgcalc.inventory.expectations import as_diagnostics
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.project import open_project
from ghgcalc.pipeline.run import compute
from ghgcalc.render import errors_page
from ghgcalc.render.diagnostics import render_text, summary
from ghgcalc.render.errors_page import ALTERED, BASE, COMPANY, EXPECTED, NOT_READ, command_of
from support.command import ROOT
from support.companies import ERROR_FOLDERS, ERRORS

SOURCE = Path(ghgcalc.__file__).parent


class Shown(NamedTuple):
    """What an example brings: its findings, the lines of the files read, and the text."""

    found: tuple[Diagnostic, ...]
    sources: dict[str, list[str]]
    text: str


# ---- running an example -----------------------------------------------------------------------


def run(folder: Path, patch: pytest.MonkeyPatch) -> Shown:
    """Run the command of an example inside its folder."""
    patch.chdir(folder)
    if (folder / NOT_READ).is_file():
        _lock(set((folder / NOT_READ).read_text("utf-8").split()), patch)
    if (folder / ALTERED).is_file():
        _alter(set((folder / ALTERED).read_text("utf-8").split()), patch)
    words = command_of(folder).split()
    if words[:2] == ["factors", "lint"]:
        return _lint(words[2])
    if words[0] == "check":
        return _check(words[1], words[2:])
    if words[0] == "import":
        return _import(Path(words[1]), words[2])
    if words[0] == "ci":
        return _ci(folder, words[1:], patch)
    if words[0] == "base-year":
        return _base_year(words[1])
    return _compute(words[1], words[2:])


def _lock(names: set[str], patch: pytest.MonkeyPatch) -> None:
    """Let the operating system refuse some files, whoever runs the test."""
    plain_open = Path.open

    def refusing(path: Path, *args: object, **kwargs: object) -> object:
        if path.name in names:
            raise PermissionError(13, "Permission denied", str(path))
        return plain_open(path, *args, **kwargs)  # type: ignore[call-overload]

    patch.setattr(Path, "open", refusing)


def _alter(packs: set[str], patch: pytest.MonkeyPatch) -> None:
    """Let some bundled packs have been released with other bytes."""
    digests = {key: "0" * 64 if key[0] in packs else was for key, was in released().items()}
    patch.setattr(release, "released", lambda: digests)


def _compute(company: str, words: list[str]) -> Shown:
    options = dict(zip((w.removeprefix("--") for w in words[::2]), words[1::2], strict=True))
    if "consolidation" in options:
        options["approach"] = options.pop("consolidation")
    result = compute(company, **options)  # type: ignore[arg-type]
    lines = {source.path: source.lines for source in result.sources}
    found = result.diagnostics
    closing = summary(found, company, computed=result.inventory is not None)
    return Shown(found, lines, render_text(found, lines) + f"{closing}\n")


def _check(company: str, words: list[str]) -> Shown:
    profiles = [words[place + 1] for place, word in enumerate(words) if word == "--profile"]
    verdict = check(company, locked="--locked" in words, complete="--complete" in words)
    failed = as_diagnostics(verdict.expectations)
    if verdict.project is not None and profiles:
        made = judge_profiles(verdict.project, profiles, company)
        failed += [item for profile in made for item in as_findings(profile)]
    found = in_order([*verdict.diagnostics, *failed])
    lines = {source.path: source.lines for source in verdict.sources}
    return Shown(found, lines, render_text(found, lines))


def _ci(folder: Path, words: list[str], patch: pytest.MonkeyPatch) -> Shown:
    """The change from the files of `base/`, which `main` holds, to those of the folder."""
    company, options = words[0], dict(zip(words[1::2], words[2::2], strict=True))
    with scratch_folder() as repo:
        shutil.copytree(folder / BASE if (folder / BASE).is_dir() else folder, repo,
                        dirs_exist_ok=True)  # fmt: skip
        for asked in (["init", "-q", "-b", "main"], ["add", "-A"],
                      ["-c", "user.name=N", "-c", "user.email=n@example.org",
                       "commit", "-q", "-m", "base"]):  # fmt: skip
            subprocess.run(["git", *asked], cwd=repo, check=True)
        for file in (path for path in repo.iterdir() if path.is_file()):
            file.unlink()
        for file in (path for path in folder.iterdir() if path.is_file()):
            shutil.copy(file, repo)
        patch.chdir(repo)
        own: list[Diagnostic] = []
        base = None
        try:
            base = find_base(Asked(options["--base"], COMMIT, OPTION), repo)
        except NoBase as error:
            own.append(missing_base(company, error))
        limits = thresholds(None, options.get("--threshold-percent"), (), [company])
        judged = judge_file(company, base, limits.of(company))
        found = (*own, *gate_findings(judged, warn=False), *judged.diagnostics)
        lines = {source.path: source.lines for source in judged.sources}
        return Shown(found, lines, render_text(found, lines))


def _import(book: Path, company: str) -> Shown:
    opened = open_project(company)
    project = opened.value.project
    assert project is not None
    found = read_template(book, book.as_posix(), project.company).diagnostics
    lines = {source.path: source.lines for source in project.sources}
    return Shown(found, lines, render_text(found, lines))


def _base_year(company: str) -> Shown:
    opened = open_project(company)
    project = opened.value.project
    assert project is not None
    decided = decide(project)
    found = [*opened.diagnostics, *decided.diagnostics]
    lines = {source.path: source.lines for source in project.sources}
    closing = summary(in_order(found), company, computed=decided.value is not None)
    return Shown(in_order(found), lines, render_text(in_order(found), lines) + f"{closing}\n")


def _lint(pack: str) -> Shown:
    outcome = read_pack_file(Path(pack), pack)
    ordered = in_order(outcome.diagnostics)
    lines = {pack: Path(pack).read_text("utf-8").splitlines()}
    lines |= {file.path: file.lines for file in pack_texts(Path(pack), pack, ordered)}
    return Shown(ordered, lines, render_text(ordered, lines) + f"{summary(ordered, pack)}\n")


@cache
def shown(name: str) -> Shown:
    """The example of a code, run once."""
    with pytest.MonkeyPatch.context() as patch:
        return run(ERRORS / name, patch)


# ---- the catalogue ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ERROR_FOLDERS)
def test_expected_text(name: str, snapshot_update: bool) -> None:
    file = ERRORS / name / EXPECTED
    text = shown(name).text
    if snapshot_update:
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text("utf-8")


def test_each_code_has_a_folder_and_each_folder_a_code() -> None:
    assert sorted(CODES) == ERROR_FOLDERS


@pytest.mark.parametrize("name", ERROR_FOLDERS)
def test_the_text_names_its_code_and_nothing_private(name: str) -> None:
    text = (ERRORS / name / EXPECTED).read_text("utf-8")
    assert re.search(rf"^\S.*: (error|warning|note)\[{name}\]: ", text, re.MULTILINE)
    assert "Traceback" not in text
    assert str(ROOT) not in text
    assert not re.search(r"(?<![\w.*/])/(home|root|usr|tmp|opt|var|Users)/", text)
    assert not re.search(r"\b0x[0-9a-f]{6,}|object at|<class", text)


def test_the_page_is_up_to_date(snapshot_update: bool) -> None:
    if snapshot_update:
        errors_page.write(ROOT)
    assert (ROOT / "docs" / "errors.md").read_text("utf-8") == errors_page.page(ERRORS)


# ---- what every message must be ----------------------------------------------------------------

VERBS = """
add answer change check close compare complete convert copy correct define did drop enter fetch
fill find flatten give install keep leave list lower make move name pin put quote raise remove
rename repeat replace report restore run save see set split start state swap type use write
"""
ACTIONS = frozenset(VERBS.split())
# the hint of these leads with a reason or a condition before the action
EXPLAINING = frozenset(
    {
        "bad-serials",
        "biomass-rate",
        "double-counted-serials",
        "instrument-not-applied",
        "instrument-surplus",
        "negative-quantity",
        "number-out-of-range",
    }
)
# whole-file or whole-row findings: the place says which
NAMELESS = frozenset(
    {
        "asked-row-missing",  # an id after a colon, to be copied
        "bad-encoding",
        "bad-quoting",
        "merge-key",
        "no-activities",
        "ragged-row",
        "too-large",
        "yaml-syntax",
        "bad-serials",
    }
)
JARGON = re.compile(r"(?i)\b(input should|validation error|pydantic|pint|traceback|nonetype|dict\b"
                    r"|str\b|int\b|invalid|illegal|you )")  # fmt: skip


@pytest.mark.parametrize("name", ERROR_FOLDERS)
def test_messages_follow_the_rules(name: str) -> None:
    for item in shown(name).found:
        assert item.code in CODES
        assert item.message == item.message.strip()
        assert "\n" not in item.message
        assert not item.message.endswith(".")
        assert not JARGON.search(item.message), item.message
        if item.code not in NAMELESS:
            assert "`" in item.message, f"names nothing: {item.message}"
        assert item.hint, f"no hint: {item.message}"
        assert "\n" not in item.hint
        if item.code not in EXPLAINING:
            assert item.hint.split()[0].lower() in ACTIONS, f"not an action: {item.hint}"


@pytest.mark.parametrize("name", ERROR_FOLDERS)
def test_carets_stand_inside_their_line(name: str) -> None:
    result = shown(name)
    for item in result.found:
        places = [*([item.location] if item.location else []), *(s.location for s in item.related)]
        for place in places:
            assert place.line >= 1
            assert place.column >= 1
            lines = result.sources.get(place.path)
            if lines is not None:
                assert place.line <= max(len(lines), 1), place
                row = lines[place.line - 1] if lines else ""
                assert place.column <= len(row) + 1, place
                assert place.column + place.width <= len(row) + 2, place


@pytest.mark.parametrize("name", ERROR_FOLDERS)
def test_the_example_is_small(name: str) -> None:
    files = [
        path for path in (ERRORS / name).rglob("*") if path.name not in (EXPECTED, "ghgcalc.lock")
    ]
    limit = 4000 if any(path.suffix == ".xlsx" for path in files) else 1500
    assert sum(path.stat().st_size for path in files if path.is_file()) < limit
    assert (ERRORS / name / COMPANY).is_file() or command_of(ERRORS / name).startswith("factors")


# ---- the registry and the program ---------------------------------------------------------------

SLUG = re.compile(r"[a-z]+(-[a-z0-9]+)+")
EMITTERS = frozenset(
    {
        "Diagnostic",
        "FileRefused",
        "FormatRefused",
        "refuse",
        "NumberError",
        "UnitError",
        "ConversionError",
        "GasError",
        "Unresolved",
        "Refusal",
        "RowFinding",
        "Slip",
        "Fault",
        "finding",
        "report",
        "_refuse",
        "_refuse_header",
        "_finding",
        "Record",
    }
)
# modules that keep codes in dictionaries, constants or return values
KEEPERS = ("core/schema_findings.py", "activity_data/tables/keys.py",
           "activity_data/tables/polars_engine/quantities.py",
           "activity_data/tables/polars_engine/written.py", "activity_data/tables/sheet_rows.py",
           "activity_data/tables/records.py")  # fmt: skip
NOT_CODES = frozenset({"utf-8", "utf-8-sig", "ghgcalc-mark"})


def _slugs(node: ast.AST) -> set[str]:
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and SLUG.fullmatch(part.value)
        and part.value not in NOT_CODES
    }


@cache
def _trees() -> dict[str, ast.Module]:
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
        if not {"_factors", "importers", "codes"} & set(path.parts)
    }


@cache
def emitted(name: str) -> frozenset[str]:
    """The codes that a module of the program writes into findings."""
    tree = _trees()[name]
    if name in KEEPERS:
        return frozenset(_slugs(tree))
    found: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        callee = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if callee not in EMITTERS:
            continue
        values = [*node.args, *(word.value for word in node.keywords if word.arg == "code")]
        values += [
            part for value in values if isinstance(value, ast.BoolOp) for part in value.values
        ]
        found |= {
            value.value
            for value in values
            if isinstance(value, ast.Constant)
            and isinstance(value.value, str)
            and SLUG.fullmatch(value.value)
        }
    return frozenset(found)


def test_every_emitted_code_is_registered() -> None:
    missing = {f"{code} ({name})" for name in _trees() for code in emitted(name) - set(CODES)}
    assert not missing


def test_every_registered_code_is_emitted() -> None:
    written = frozenset().union(*map(emitted, _trees()))
    assert set(CODES) - written == set()


@pytest.mark.parametrize("slug", sorted(CODES))
def test_registry_entries_read_well(slug: str) -> None:
    code = CODES[slug]
    assert code.slug == slug
    assert SLUG.fullmatch(slug)
    assert not code.title.endswith(".")
    assert code.title[:1].isupper()
    for text in (code.why, code.fix):
        assert text.endswith(".")
        assert text[:1].isupper() or text.startswith("`")
        assert "  " not in text
        assert text.count("`") % 2 == 0
    assert code.why.count(". ") <= 1
