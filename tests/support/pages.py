"""Pages whose command blocks run: what they write, what they type, what is printed.

A page is one session in one folder. Three kinds of fenced block count:

* with `title="company.yaml"`: the file of that name is written, text as shown;
* `console`: lines after `$ ` are typed, those up to the next `$ ` are what is printed. A line `…`
  stands for any number of lines; what is shown besides must be there, line by line. `echo $?` says
  how the command before it ended; a command without one behind it must end with 0;
* `sh`: each line is typed and must end with 0; what it prints is not shown.

A comment `<!-- fill: form.xlsx Activity data: J2=835 -->` is what somebody types into a workbook.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import load_workbook

from support.command import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

CUT = "…"
_FENCE = re.compile(
    r"^(?P<tick>`{3,})(?P<kind>[\w-]*)(?P<rest>[^\n]*)\n(?P<body>.*?)^(?P=tick)$", re.M | re.S
)
_FILL = re.compile(r"^<!-- fill: (?P<name>\S+) (?P<sheet>[^:]+): (?P<cells>.+?) -->$", re.M)
_TITLE = re.compile(r'title="([^"]+)"')
# nothing of the machine: who commits, and how its git is set up
GIT = {
    "GIT_AUTHOR_NAME": "Li Wei", "GIT_AUTHOR_EMAIL": "li.wei@example.com",
    "GIT_COMMITTER_NAME": "Li Wei", "GIT_COMMITTER_EMAIL": "li.wei@example.com",
    "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull,
}  # fmt: skip


class Typed(NamedTuple):
    """A line that a reader types, and the lines shown as its answer (None: nothing is shown)."""

    line: str
    shown: tuple[str, ...] | None
    place: int


class Filled(NamedTuple):
    """Cells of a workbook that somebody fills in."""

    name: str
    sheet: str
    cells: dict[str, str]


class Written(NamedTuple):
    """A file that a reader writes."""

    name: str
    text: str


def fences(page: str) -> Iterator[tuple[str, str, str, int]]:
    """Kind, title, text and first line of every fenced block."""
    for found in _FENCE.finditer(page):
        title = _TITLE.search(found["rest"])
        yield (found["kind"], title[1] if title else "", found["body"],
               page.count("\n", 0, found.start("body")) + 1)  # fmt: skip


def steps(page: str) -> list[Typed | Written | Filled]:
    """What a reader of the page does, in order."""
    found: list[tuple[int, Typed | Written | Filled]] = [
        (page.count("\n", 0, m.start()),
         Filled(m["name"], m["sheet"], dict(cell.split("=") for cell in m["cells"].split(", "))))
        for m in _FILL.finditer(page)
    ]  # fmt: skip
    for kind, title, body, line in fences(page):
        if title:
            found.append((line, Written(title, body)))
        elif kind == "console":
            found += [(typed.place, typed) for typed in _console(body, line)]
        elif kind == "sh":
            found += [(line + place, Typed(row.partition("  #")[0].strip(), None, line + place))
                      for place, row in enumerate(body.splitlines())
                      if row.strip() and not row.startswith("#")]  # fmt: skip
    return [step for _, step in sorted(found, key=lambda pair: pair[0])]


def _console(body: str, line: int) -> Iterator[Typed]:
    rows = body.splitlines()
    starts = [place for place, row in enumerate(rows) if row.startswith("$ ")]
    assert starts[:1] == [0], f"line {line}: a console block begins with what is typed"
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield Typed(rows[start][2:], tuple(rows[start + 1 : end]), line + start)


class Session:
    """A folder in which a page is worked through.

    Args:
        folder: where the reader stands.
        env: variables beside those of the test.
    """

    def __init__(self, folder: Path, env: Mapping[str, str] | None = None) -> None:
        self.folder = self.top = folder
        self.env = {**GIT, **(env or {})}
        self.code = 0

    def fill(self, filled: Filled) -> None:
        """Type numbers into a workbook."""
        path = self.folder / filled.name
        book = load_workbook(path)
        for cell, value in filled.cells.items():
            book[filled.sheet][cell] = int(value)
        book.save(path)

    def write(self, written: Written) -> None:
        """Write a file of the page."""
        path = self.folder / written.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written.text, "utf-8")

    def type(self, line: str) -> str:
        """What a line prints; `code` is how its last command ended."""
        printed = ""
        for part in line.split(" && "):
            printed += self._command(shlex.split(part))
            if self.code:
                break
        return printed

    def _command(self, words: list[str]) -> str:
        match words:
            case ["echo", "$?"]:
                code, self.code = self.code, 0
                return f"{code}\n"
            case ["cd", where]:
                self.folder = (self.folder / where).resolve()
                assert self.folder.is_relative_to(self.top), where
                return ""
            case ["git", *rest]:
                done = subprocess.run(
                    ["git", *rest], cwd=self.folder, env={**os.environ, **self.env}, text=True,
                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, encoding="utf-8",
                )  # fmt: skip
                self.code = done.returncode
                return done.stdout
            case ["ghgcalc", *rest]:
                answer = run(*rest, cwd=self.folder, env=self.env)
                self.code = answer.exit_code
                return answer.output
        raise AssertionError(f"no page can type this here: {shlex.join(words)}")


def fits(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Whether lines are those shown, where `…` stands for any number of lines."""
    parts: list[list[str]] = [[]]
    for row in shown:
        if row == CUT:
            parts.append([])
        else:
            parts[-1].append(row)
    head, *rest = parts
    if not rest:
        return head == printed
    *middle, tail = rest
    if printed[: len(head)] != head:
        return False
    left = printed[len(head) :]
    for part in middle:
        place = next((n for n in range(len(left) - len(part) + 1)
                      if left[n : n + len(part)] == part), None)  # fmt: skip
        if place is None:
            return False
        left = left[place + len(part) :]
    return len(left) >= len(tail) and left[len(left) - len(tail) :] == tail
