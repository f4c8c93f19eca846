"""Paths in data files stay inside the project (XL-07)."""

from __future__ import annotations

import re
import stat
from errno import ELOOP
from typing import TYPE_CHECKING

from ghgcalc.core.refusal import Refused

if TYPE_CHECKING:
    from pathlib import Path

_WINDOWS_DEVICE = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]+$")

LOCK_FILE = "ghgcalc.lock"


class PathError(Refused):
    """A path a data file may not name (`path-outside`)."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__("path-outside", message, hint)


def check_text(text: str) -> None:
    """Refuse URLs, absolute paths, `~`, `$`, backslashes and device names.

    Raises:
        PathError: with the reason.
    """
    hint = "use a relative path with `/` that stays inside the project folder"
    if "://" in text:
        raise PathError(f"`{text}` is a URL", "download the file into the project first")
    if text.startswith(("/", "~")) or re.match(r"^[A-Za-z]:", text):
        raise PathError(f"`{text}` is not relative to this file", hint)
    if "\\" in text or "$" in text or "\0" in text:
        raise PathError(f"`{text}` uses `\\` or `$`", hint)
    if any(_WINDOWS_DEVICE.match(part) for part in text.split("/")):
        raise PathError(f"`{text}` names a device", hint)


def irregular(path: Path) -> str:
    """Why something that is there is not opened, as the end of a sentence; empty for a file.

    A pipe would be waited for without end, a device read without end.

    Raises:
        OSError: it is not there, or cannot be reached.
    """
    mode = path.stat().st_mode
    if stat.S_ISREG(mode):
        return ""
    return "is a folder" if stat.S_ISDIR(mode) else "is a pipe or device, not a file"


def inside(root: Path, folder: Path, text: str) -> Path:
    """Resolve `text` against `folder` and require that it stays under `root`, links included.

    Raises:
        PathError: when it leaves the project.
    """
    check_text(text)
    path = folder / text
    try:
        path.resolve()
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        pass  # whoever opens it says so
    except PermissionError as error:
        reason = f"`{text[:60]}` cannot be reached: {error.strerror}"
        raise PathError(reason, "give the folder's permissions") from error
    except RuntimeError as error:
        raise PathError(f"`{text[:60]}` is a loop of links", "name the file itself") from error
    except (OSError, ValueError) as error:
        loop = getattr(error, "errno", None) == ELOOP
        raise PathError(
            f"`{text[:60]}` is " + ("a loop of links" if loop else "not a file name"),
            "name the file itself" if loop else "shorten the name",
        ) from error
    if not path.resolve().is_relative_to(root.resolve()):
        raise PathError(
            f"`{text}` leaves the project folder",
            "move the file into the folder of the company file",
        )
    return path


def _named_as_a_file(path: Path, pattern: str) -> bool:
    """Whether a name ends in the suffix of a pattern; locks of editors (`.#a.yaml`) are hidden."""
    suffix = _SUFFIX.search(pattern)
    return suffix is not None and path.suffix == suffix[0] and not path.name.startswith(".")


def expand(root: Path, folder: Path, pattern: str) -> list[Path]:
    """Expand a glob inside the project, sorted; a plain name gives itself if it exists.

    A match that is no file, yet is named as the pattern names files (a folder `koeln.yaml` or a
    broken link, of `*.yaml`), is given, too, so that it is not passed over.

    Raises:
        PathError: when the pattern or a match leaves the project.
    """
    check_text(pattern)
    if not any(sign in pattern for sign in "*?["):
        path = inside(root, folder, pattern)
        try:
            return [path] if path.exists() else []
        except (OSError, ValueError) as error:
            raise PathError(f"`{pattern[:60]}` is not a file name", "shorten the name") from error
    parent = folder
    parts = pattern.split("/")
    while parts and parts[0] in {".", ".."}:
        parent = parent / parts.pop(0)
    if not parent.resolve().is_relative_to(root.resolve()):
        raise PathError(f"`{pattern}` leaves the project folder", "move the files into it")
    try:
        matches = sorted(
            path for path in parent.glob("/".join(parts))
            if path.is_file() or _named_as_a_file(path, pattern)
        )  # fmt: skip
    except (OSError, ValueError, IndexError, NotImplementedError) as error:
        raise PathError(f"`{pattern[:60]}` is not a pattern", "write `folder/*.csv`") from error
    for path in matches:
        if not path.resolve().is_relative_to(root.resolve()):
            raise PathError(f"`{path.name}` links to a place outside the project", "copy it")
    return matches
