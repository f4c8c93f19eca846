"""What a command may not do, whatever it is given."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .commands import written_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .child import Ran
    from .seeds import Files, Words

_FRAME = re.compile(r'File "[^"]*/ghgcalc/([^"]+)", line \d+, in (\S+)')
_BUG = re.compile(r"^internal error: ([\w.]+): ", re.MULTILINE)
_RAISED = re.compile(r"^([A-Za-z_][\w.]*)(?:: .*)?$", re.MULTILINE)
_LINES = re.compile(rb"\r\n|[\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9]")  # line ends of YAML, too
_HEAD = re.compile(r"(error|warning|note)\[([a-z0-9-]+)\]: ")
_PLACED = re.compile(r"^\S.*?:\d+:\d+: (error|warning|note)\[[a-z0-9-]+\]: ")
_DIRTY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class Fault:
    """A failure.

    Attributes:
        kind: `crash`, `exit`, `hang`, `memory`, `no place`, `silent`, `dirty text` or `changed`.
        what: what tells it from others of the kind; equal faults are reported once.
    """

    kind: str
    what: str

    @property
    def name(self) -> str:
        """A name for a folder."""
        return re.sub(r"[^A-Za-z0-9_.-]+", "-", f"{self.kind} {self.what}")[:90].strip("-")


def judge(words: Words, before: Files, ran: Ran, after: Files) -> list[Fault]:
    """The faults of one command, the gravest first."""
    command = " ".join(words[:2]) if words[0] == "factors" else words[0]
    if ran.stopped:
        return [Fault(ran.stopped.split()[0], f"{command} {ran.stopped}")]
    err = ran.err.decode("utf-8", "surrogateescape")
    out = ran.out.decode("utf-8", "surrogateescape")
    if "Traceback (most recent call last)" in err or "panicked at" in err:
        return [Fault("crash", _crash(err))]
    if ran.exit not in (0, 1, 2):
        return [Fault("exit", f"{command} {ran.exit}")]
    found = [Fault("no place", what) for what in sorted(set(_unplaced(words, err, before)))]
    if _silent(ran, out, err):
        found.append(Fault("silent", f"{command} {ran.exit}"))
    if _DIRTY.search(err) or _DIRTY.search(out):
        found.append(Fault("dirty text", command))
    found += [Fault("changed", f"{command} {how}") for how in _changed(words, before, after)]
    return found


def _crash(err: str) -> str:
    """The exception, and the innermost place of ours on its way."""
    named = _BUG.findall(err) or _RAISED.findall(err) or ["panic"]
    frames = _FRAME.findall(err)
    place = ":".join(frames[-1]) if frames else "outside"
    return f"{named[-1].rpartition('.')[2]} {place}"


def _silent(ran: Ran, out: str, err: str) -> bool:
    """Whether a failure says nothing, or a wrong usage gives no reason."""
    if ran.exit == 2:
        return "Error: " not in err
    return ran.exit == 1 and not (out + err).replace("[]", "").strip()


def _changed(words: Words, before: Files, after: Files) -> Iterator[str]:
    """Files of the project that a command changed, removed or left behind."""
    allowed = written_by(words)
    for path in sorted({*before, *after}):
        if path in allowed or path.partition("/")[0] in allowed:
            continue
        if before.get(path) != after.get(path):
            how = "left" if path not in before else "removed" if path not in after else "changed"
            name = path.rpartition("/")[2]
            yield f"{how} {'a draft' if name.startswith('.ghgcalc-') else name}"


# ---- places -------------------------------------------------------------------------------------


def _unplaced(words: Words, err: str, files: Files) -> Iterator[str]:
    """The codes of findings without a place that can be opened."""
    if "--diagnostics" in words:
        for item in _records(err):
            why = _bad_place(item, files)
            if why:
                yield f"{item['code']} {why}"
        return
    for line in err.splitlines():
        found = _HEAD.match(line)
        if found is not None and not _PLACED.match(line):
            yield f"{found[2]} nowhere"


def _records(err: str) -> list[dict[str, Any]]:
    """The findings of `--diagnostics json`; other lines may come before or after."""
    start = re.search(r"^\[$|^\[\]$", err, re.MULTILINE)
    if start is None:
        return []
    found: list[dict[str, Any]] = json.JSONDecoder().raw_decode(err, start.start())[0]
    return found


def _bad_place(item: dict[str, Any], files: Files) -> str:
    """Why the place of a finding cannot be opened; empty where it can."""
    path, line, column = item["path"], item["line"], item["column"]
    if not path:
        return "nowhere"
    content = files.get(path)
    if content is None or b"\0" in content or path.endswith((".gz", ".xlsx", ".parquet", ".xls")):
        return ""  # packs of the library, cells of workbooks, files that are missing
    if not isinstance(line, int) or line < 1 or column < 0:
        return "without a line"
    return "past the end" if line > len(_LINES.split(content)) else ""
