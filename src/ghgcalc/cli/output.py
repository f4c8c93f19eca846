"""Where results and findings go: stdout, stderr, files; formats and colour."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import typer

from ghgcalc.render.registry import DEFAULT, TEXT, Format, format_named, suffixes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ghgcalc.core.diagnostics import Diagnostic
    from ghgcalc.core.text.source import SourceFile
    from ghgcalc.pipeline.run import Run

OK, DATA, USAGE, INTERNAL = 0, 1, 2, 3


def usage(message: str) -> NoReturn:
    """End with exit code 2 and one line on stderr."""
    slip(message)
    raise typer.Exit(USAGE)


def slip(message: str) -> None:
    """Say a slip of the command line as one line on stderr."""
    from ghgcalc.core.text.controls import replaced

    typer.echo("Error: " + replaced(message, "\n"), err=True)


def wants_color(*, err: bool = False) -> bool:
    """Colour only on a terminal, and never where NO_COLOR is set."""
    stream = sys.stderr if err else sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class NoFile(NamedTuple):
    """Why a company file cannot be opened, under a code of findings: what it is, what to do."""

    path: Path
    code: str
    what: str
    hint: str

    @property
    def finding(self) -> Diagnostic:
        """The same at the head of the file that was named."""
        from ghgcalc.core.diagnostics import Diagnostic, Location

        where = Location(self.path.as_posix(), 1, 1)
        return Diagnostic(self.code, f"`{self.path}` {self.what}", where, hint=self.hint)


def no_file(path: Path) -> NoFile | None:
    """Why a company file cannot be opened; None where it can."""
    name = "name the company file, such as"
    try:
        folder, there = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:
        what = f"cannot be reached: {getattr(error, 'strerror', None) or error}"
        return NoFile(path, "unreadable-file", what, f"{name} `path/to/company.yaml`")
    if folder:
        hint = f"{name} `{path / 'company.yaml'}`"
        return NoFile(path, "unreadable-file", "is a folder", hint)
    if not there:
        hint = f"{name} `path/to/company.yaml`"
        return NoFile(path, "file-not-found", "does not exist", hint)
    return None


def company_file(path: Path) -> str:
    """The company file as the user named it; exit 2 where there is none."""
    if missing := no_file(path):
        usage(f"{path} {missing.what}; {missing.hint}")
    return str(path)


def company_files(files: Sequence[Path]) -> tuple[list[str], list[NoFile]]:
    """The company files that are there, each once, and those that are not, which are said."""
    named: dict[str, str] = {}
    missing: dict[Path, NoFile] = {}
    for file in files:
        lacking = no_file(file)
        if lacking is None:
            named.setdefault(os.path.realpath(file), str(file))
        elif file not in missing:
            missing[file] = lacking
            slip(f"{file} {lacking.what}; {lacking.hint}")
    return list(named.values()), list(missing.values())


def judge_period(period: str | None) -> None:
    """End with exit code 2 where `--period` is no period."""
    from ghgcalc.core.period import PeriodError, parse_period_text

    if period is None:
        return
    try:
        parse_period_text(period)
    except PeriodError as error:
        usage(f"--period: {error.message}; {error.hint}")


def report(
    diagnostics: Sequence[Diagnostic],
    sources: Iterable[SourceFile],
    path: str,
    style: str,
    *,
    computed: bool = True,
    closing: bool = True,
    folder: str = "",
    err: bool = True,
) -> None:
    """Write findings, as text with excerpts or for programs.

    Args:
        diagnostics: the findings, in order.
        sources: the texts of their excerpts.
        path: what the closing line names.
        style: a format of findings.
        computed: whether there is a result in spite of them.
        closing: whether there is a closing line.
        folder: of the company file, whose findings are named relative to it; "" names them so.
        err: to stderr; else to stdout, as the result.
    """
    from ghgcalc.render.diagnostics import summary

    diagnostics, lines = placed(diagnostics, sources, folder)
    tell(diagnostics, lines, style, err=err)
    if diagnostics and closing and style == TEXT:
        typer.echo(summary(diagnostics, path, computed=computed), err=err)


def placed(
    diagnostics: Sequence[Diagnostic], sources: Iterable[SourceFile], folder: str
) -> tuple[list[Diagnostic], dict[str, Sequence[str]]]:
    """Findings, and the lines of their files, by the names that open from the working folder."""
    lines = {here(each.path, folder): each.lines for each in sources} if diagnostics else {}
    return [_fromhere(item, folder) for item in diagnostics], lines


def tell(
    diagnostics: Sequence[Diagnostic],
    lines: Mapping[str, Sequence[str]],
    style: str,
    *,
    err: bool = True,
    failing: str = "error",
) -> None:
    """Write placed findings in a format of findings, to stderr or as the result.

    `failing` is the lightest severity that fails, which test reports call a failure.
    """
    from ghgcalc.render.registry import findings
    from ghgcalc.render.style import Style

    if style != TEXT or diagnostics:
        asked = Style(color=wants_color(err=err), failing=failing)
        shown = findings(style, diagnostics, lines, asked)
        typer.echo(shown, nl=False, err=err)


# the last run: to take apart what a large one has built would cost a twentieth of its time
_held: list[Run] = []


def report_run(
    run: Run,
    path: str,
    style: str,
    *,
    shown: bool = False,
    more: Sequence[Diagnostic] = (),
) -> None:
    """Write the findings of one computation of a company file to stderr.

    Args:
        run: the computation.
        path: the company file as named.
        style: a format of findings.
        shown: whether the result itself goes to the reader's eyes; where it goes to a file or a
            program, expectations that fail are findings, so that exit code 1 has its reason.
        more: findings about what the command itself reads.
    """
    from ghgcalc.core.diagnostics import in_order
    from ghgcalc.inventory.expectations import as_diagnostics

    _held[:] = [run]
    failed = [] if shown or run.inventory is None else as_diagnostics(run.inventory.expectations)
    also = (*failed, *more)
    report(
        in_order((*run.diagnostics, *also)) if also else run.diagnostics, run.sources, path, style,
        computed=run.inventory is not None, folder=folder_of(path),
    )  # fmt: skip


def here(path: str, folder: str) -> str:
    """A path of the project as it opens from the working folder."""
    here = Path(folder, path)
    return here.as_posix() if folder and here.exists() else path  # packs of the library are not


def _fromhere(item: Diagnostic, folder: str) -> Diagnostic:
    return moved(item, lambda path: here(path, folder)) if folder else item


def moved(item: Diagnostic, named: Callable[[str], str]) -> Diagnostic:
    """A finding whose places bear other names of the same files."""
    from dataclasses import replace

    where = item.location and item.location._replace(path=named(item.location.path))
    related = tuple(
        span._replace(location=span.location._replace(path=named(span.location.path)))
        for span in item.related
    )
    return replace(item, location=where, related=related)


def folder_of(path: str) -> str:
    """The folder of a company file as the user named it; "" for the working folder."""
    parent = Path(path).parent.as_posix()
    return "" if parent == "." else parent


def format_of(kind: str, file: Path | None, asked: str | None) -> Format:
    """The format asked for, or the one of the file's suffix; exit 2 for an unknown suffix."""
    if file is None:
        return DEFAULT if asked is None else format_named(asked)
    suffix, known = file.suffix.lower(), suffixes_of(kind)
    if suffix not in known:
        usage(f"-o {file}: unknown suffix `{suffix}`; write one of {', '.join(known)}")
    if asked is not None and asked != known[suffix].name:
        usage(f"-o {file} means {known[suffix].name}, but --format asks for {asked}")
    return known[suffix]


def inputs_of(run: Run, company: Path) -> list[Path]:
    """Every file that a run read or that its file cites, and the company file as named."""
    from ghgcalc.pipeline.project_files import files_of

    return [company, *(files_of(run.project) if run.project is not None else ())]


def write_out(pieces: Iterable[str]) -> None:
    """Write a result to stdout, piece by piece."""
    sys.stdout.writelines(pieces)
    sys.stdout.flush()


def write_file(file: Path, pieces: Iterable[str], inputs: Iterable[Path]) -> None:
    """Write UTF-8 with LF, temporary file first; an input is never overwritten (exit 2)."""

    def write(draft: Path) -> None:
        with draft.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(pieces)

    replace_file(file, inputs, write)


def write_binary(
    form: Format, kind: str, result: object, file: Path, inputs: Iterable[Path], otherwise: str
) -> None:
    """Write a result in a binary format; exit 2, with what to do, where it is too large."""
    from ghgcalc.render.registry import fill
    from ghgcalc.render.style import TooLarge

    try:
        replace_file(file, inputs, lambda draft: fill(form, kind, result, draft))
    except TooLarge as error:
        usage(f"-o {file}: {error}; {otherwise}")


def replace_file(
    file: Path, inputs: Iterable[Path], write: Callable[[Path], None], *, suffix: str = ""
) -> None:
    """Let `write` fill a draft and put it in place whole; inputs are never overwritten (exit 2)."""
    from ghgcalc.core.text.whole_files import write_whole

    target = _target(file)
    if same_file(target, inputs):
        usage(f"-o {file} is one of the inputs and is not overwritten")
    if not target.parent.is_dir():
        usage(f"-o {file}: the folder {file.parent} does not exist")
    try:
        write_whole(target, write, suffix=suffix)
    except OSError as error:
        usage(f"-o {file} {_unwritten(error)}")


def _unwritten(error: OSError) -> str:
    """Why nothing was written, as the end of a sentence."""
    from ghgcalc.core.text.whole_files import NotReplaced

    if isinstance(error, NotReplaced):
        return str(error)
    return f"cannot be written: {error.strerror or error}"


def _target(file: Path) -> Path:
    """Where an output goes, links followed; exit 2 where that cannot be said."""
    try:
        return file.resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, no working folder
        reason = getattr(error, "strerror", None) or str(error)
        usage(f"-o {file} cannot be written: {reason}")


def same_file(target: Path, files: Iterable[Path]) -> bool:
    """Whether a path is one of some files, by name or by what the names stand for."""

    def equal(path: Path) -> bool:
        try:
            if path.resolve() == target:
                return True
            return target.exists() and path.exists() and path.samefile(target)
        except (OSError, RuntimeError, ValueError):
            return False

    return any(equal(path) for path in files)
