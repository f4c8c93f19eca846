"""`ghgcalc ci`: what a workflow calls for a change: judge, compute, compare, and one verdict."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from ghgcalc.cli.options import CompanyFiles, GateFindings
from ghgcalc.cli.output import (
    DATA,
    USAGE,
    company_files,
    folder_of,
    inputs_of,
    moved,
    placed,
    tell,
    usage,
    write_file,
    write_out,
)
from ghgcalc.cli.workbook import write_filed
from ghgcalc.render.registry import TEXT, findings, format_named, pieces
from ghgcalc.render.style import Style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ghgcalc.analysis.gate.base import Asked, Base
    from ghgcalc.analysis.gate.judge import FileJudged
    from ghgcalc.analysis.gate.thresholds import Thresholds
    from ghgcalc.analysis.gate.verdict import Verdict
    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.views.gate import Section
    from ghgcalc.views.table import Report

FailOn = Literal["error", "warning", "note"]
OnThreshold = Literal["fail", "warn"]
SUMMARY = "GITHUB_STEP_SUMMARY"
_FOR_HOSTS = ("github", "sarif", "junit")  # read by what shows findings beside the files
_PIPED = 1_000_000  # bytes of the job summary of one step, below the 1,024 KiB it may have


class _Told(NamedTuple):
    """The findings as they open from here: of every file, and of the change; and their lines."""

    found: list[Diagnostic]
    own: list[Diagnostic]
    lines: Mapping[str, Sequence[str]]

    @property
    def every(self) -> list[Diagnostic]:
        """All of them, those of the change first: a host that shows few shows these."""
        return [*self.own, *self.found]


BaseOption = Annotated[
    str | None,
    typer.Option(
        "--base",
        metavar="REV",
        help="The git revision to compare with; default:"
        " what the CI system says of a merge request.",
    ),
]
FolderOption = Annotated[
    Path | None,
    typer.Option(
        "--output-dir",
        metavar="DIR",
        help="Write summary.md, findings.sarif and"
        " findings.xml here, and inventory.xlsx and .json of each company file.",
    ),
]
TonnesOption = Annotated[
    str | None,
    typer.Option("--threshold-tonnes", metavar="T", help="How far a total may move, in t."),
]
PercentOption = Annotated[
    str | None,
    typer.Option("--threshold-percent", metavar="P", help="How far a total may move, in %."),
]
FileLimitsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--threshold-file",
        metavar="FILE=LIMIT",
        help="Of one company file instead, such as site/company.yaml=250t or =5%; may be repeated.",
    ),
]
OnThresholdOption = Annotated[
    OnThreshold, typer.Option(help="What a total beyond its threshold does.")
]
FailOnOption = Annotated[FailOn, typer.Option("--fail-on", help="The lightest finding that fails.")]


def ci(
    company: CompanyFiles = None,
    base: BaseOption = None,
    output_dir: FolderOption = None,
    threshold_tonnes: TonnesOption = None,
    threshold_percent: PercentOption = None,
    threshold_file: FileLimitsOption = None,
    on_threshold: OnThresholdOption = "fail",
    fail_on: FailOnOption = "error",
    diagnostics: GateFindings = None,
) -> None:
    """Judge a change: check, compute, compare with the base, and say what it does to totals.

    The summary is Markdown with the verdict first. It goes to the job summary where
    GITHUB_STEP_SUMMARY names one, else to stdout.

    Examples: `ghgcalc ci`, `ghgcalc ci --base main`,
    `ghgcalc ci a/company.yaml b/company.yaml --threshold-percent 5 --output-dir out`
    """
    from ghgcalc.analysis.gate.base import named
    from ghgcalc.analysis.gate.thresholds import ThresholdError, thresholds
    from ghgcalc.analysis.gate.verdict import verdict_of
    from ghgcalc.core.diagnostics import Severity
    from ghgcalc.render.gate import tag_of
    from ghgcalc.views.gate import gate_head, gate_sections

    paths, missing = company_files(company or [Path("company.yaml")])
    every = [*paths, *(str(each.path) for each in missing)]
    try:
        limits = thresholds(threshold_tonnes, threshold_percent, threshold_file or (), every)
    except ThresholdError as error:
        usage(str(error))
    _folder(output_dir)
    asked = named(base, os.environ)
    bases, refused = _bases(paths, asked)
    judged = [_judged(path, bases[path], limits) for path in paths]
    lacking = [each.finding for each in missing]
    told = _told(judged, refused, lacking, warn=on_threshold == "warn")
    verdict = verdict_of(judged, told.found, told.own, Severity(fail_on), bases)
    head = gate_head(verdict, judged, told.every)
    sections = [section for file in judged for section in gate_sections(file)]
    tag = tag_of(_shown_names(every).values())
    rooted, style = _rooted(told), diagnostics or _style()
    shown = rooted if style in _FOR_HOSTS else told
    tell(shown.every, shown.lines, style, err=True, failing=fail_on)
    if output_dir is not None:
        _write(output_dir, tag, head, sections, rooted, judged, fail_on)
    _summarise(tag, head, sections)
    _say(verdict, style)
    if not verdict.passes:
        raise typer.Exit(USAGE if missing else DATA)


def _folder(output_dir: Path | None) -> None:
    """Make the folder of outputs; exit 2 where that cannot be."""
    try:
        if output_dir is not None:
            output_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        usage(f"--output-dir {output_dir} cannot be made: {error.strerror or error}")


def _style() -> str:
    """Annotations in a job of GitHub, else text."""
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else TEXT


def _bases(
    paths: Sequence[str], asked: Asked | None
) -> tuple[dict[str, Base | None], dict[str, Diagnostic]]:
    """The commit that each file is compared with, and why one cannot be had; each reason once."""
    from ghgcalc.analysis.gate.base import NoBase, find_base
    from ghgcalc.analysis.gate.findings import missing_base

    found: dict[str, Base | None] = dict.fromkeys(paths)
    refused: dict[str, Diagnostic] = {}
    if asked is None:
        return found, refused
    for path in paths:
        try:
            found[path] = find_base(asked, Path(path).resolve().parent)
        except NoBase as error:
            item = missing_base(path, error)
            if all(item.message != other.message for other in refused.values()):
                refused[path] = item
    return found, refused


def _judged(path: str, base: Base | None, limits: Thresholds) -> FileJudged:
    from ghgcalc.analysis.compare.revisions import RevisionError
    from ghgcalc.analysis.gate.judge import judge_file

    try:
        return judge_file(path, base, limits.of(path))
    except RevisionError as error:
        usage(f"{path} at the base {base.label if base is not None else ''}: {error}")


def _told(
    judged: Sequence[FileJudged],
    refused: Mapping[str, Diagnostic],
    lacking: Sequence[Diagnostic],
    *,
    warn: bool,
) -> _Told:
    """What files share, such as a pack, is said once; `lacking` is of files that are not there."""
    from ghgcalc.analysis.gate.findings import gate_findings

    found: dict[Diagnostic, None] = {}
    every: list[Diagnostic] = [*lacking]
    lines: dict[str, Sequence[str]] = {}
    for file in judged:
        missing = [refused[file.path]] if file.path in refused else []
        own = [*missing, *gate_findings(file, warn=warn)]
        moved, texts = placed([*own, *file.diagnostics], file.sources, folder_of(file.path))
        every += moved[: len(own)]
        found |= dict.fromkeys(moved[len(own) :])
        lines |= texts
    return _Told(list(found), every, lines)


def _rooted(told: _Told) -> _Told:
    """The findings by paths from the root of the repository, by which hosts attach them."""
    from ghgcalc.analysis.gate.base import repository_of

    folder = Path.cwd()
    root = repository_of(folder)
    if root is None or root == folder:
        return told

    def named(path: str) -> str:
        whole = Path(os.path.normpath(folder / path))
        inside = whole.exists() and whole.is_relative_to(root)  # packs of the library are not
        return whole.relative_to(root).as_posix() if inside else path

    lines = {named(path): text for path, text in told.lines.items()}
    return _Told([moved(item, named) for item in told.found],
                 [moved(item, named) for item in told.own], lines)  # fmt: skip


def _shown_names(paths: Sequence[str]) -> dict[str, str]:
    """Each company file by its path under the root of its repository, or under this folder."""
    from ghgcalc.analysis.gate.base import repository_of

    names = {}
    for path in paths:
        whole = Path(path).resolve()
        root = repository_of(whole.parent) or Path.cwd()
        inside = whole.relative_to(root) if whole.is_relative_to(root) else Path(*whole.parts[1:])
        names[path] = inside.as_posix()
    return names


def _forget(below: Path, inputs: Sequence[Path]) -> None:
    """Remove what an earlier run wrote of a file that has no totals now: it would pass for them."""
    read = {os.path.realpath(path) for path in inputs}
    for name in ("inventory.json", "inventory.xlsx"):
        if os.path.realpath(below / name) not in read:
            (below / name).unlink(missing_ok=True)


def _write(
    folder: Path,
    tag: str,
    head: Report,
    sections: Sequence[Section],
    told: _Told,
    judged: Sequence[FileJudged],
    fail_on: FailOn,
) -> None:
    """The summary, what fits into a comment, the findings, and the newest year of each file."""
    from ghgcalc.analysis.gate.verdict import passes
    from ghgcalc.core.diagnostics import Severity
    from ghgcalc.pipeline.filed import filed_of
    from ghgcalc.render.gate import COMMENT_ROOM, summary_markdown
    from ghgcalc.render.junit import files_form

    names = _shown_names([file.path for file in judged])
    compared = all(item.code != "base-missing" for item in told.own)
    passing = [names[file.path] for file in judged
               if compared and passes(file, Severity(fail_on))]  # fmt: skip
    inputs = [path for file in judged if file.run is not None
              for path in inputs_of(file.run, Path(file.path))]  # fmt: skip
    texts = {
        "summary.md": summary_markdown(tag, head, sections),
        "comment.md": summary_markdown(tag, head, sections, COMMENT_ROOM),
        "findings.sarif": findings("sarif", told.every, told.lines),
        "findings.xml": files_form(told.every, passing, Style(failing=fail_on)),
    }
    for name, text in texts.items():
        write_file(folder / name, [text], inputs)
    for file in judged:
        run = file.run
        below = (folder / names[file.path]).with_suffix("")
        if run is None or run.inventory is None:
            _forget(below, inputs)
            continue
        _folder(below)
        write_file(below / "inventory.json",
                   pieces(format_named("json"), "inventory", run.inventory), inputs)  # fmt: skip
        write_filed(format_named("xlsx"), run, filed_of(run).value, Path(file.path),
                    below / "inventory.xlsx")  # fmt: skip


def _summarise(tag: str, head: Report, sections: Sequence[Section]) -> None:
    """The summary to the file that the CI system named, behind what stands there, or to stdout."""
    from ghgcalc.render.gate import SUMMARY_ROOM, summary_markdown

    name = os.environ.get(SUMMARY)
    if not name:
        write_out([summary_markdown(tag, head, sections)])
        return
    target = Path(name)
    try:
        there = target.stat().st_size if target.exists() else 0
        room = min(SUMMARY_ROOM, _PIPED - there)
        with target.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(summary_markdown(tag, head, sections, room))
    except OSError as error:
        usage(f"{SUMMARY} {name} cannot be written: {error.strerror or error}")
    from ghgcalc.render.text import safe

    typer.echo(safe(" · ".join(head.heading)))


def _say(verdict: Verdict, style: str) -> None:
    """Why it fails, behind the findings; programs read these alone."""
    from ghgcalc.analysis.gate.verdict import reason_of
    from ghgcalc.render.github import remark
    from ghgcalc.render.text import safe

    own = {reason_of(item) for item in verdict.own}
    for reason in verdict.reasons:
        if style == TEXT:
            typer.echo(f"fails: {safe(reason)}", err=True)
        elif style == "github" and reason not in own:  # those have annotations of their own
            typer.echo(remark(reason), err=True)
