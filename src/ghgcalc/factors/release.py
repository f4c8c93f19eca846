"""Released packs: the digest of each released version, recorded once and never changed.

`factors/releases.csv` holds one line per pack and version. A bundled pack whose files have
another digest is refused (`pack-altered`), so a figure can only change with a new version and
its entry in `factors/CHANGELOG.md`. Maintainers record new versions with
`python -m ghgcalc.factors.release`.
"""

from __future__ import annotations

import csv
import sys
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.core.diagnostics import Diagnostic
from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.pack import bundled_packs, packs_root

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ghgcalc.core.diagnostics import Location
    from ghgcalc.factors.model import PackInfo

FILE = "releases.csv"
_HEADER = ("pack", "version", "sha256")
Digests = dict[tuple[str, str], str]


class Recorded(NamedTuple):
    """Versions that are new, and released versions whose files have changed."""

    added: list[str]
    changed: list[str]


def read_releases(path: Path) -> Digests:
    """Digest of each released (pack, version)."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows, None)
        return {(pack, version): digest for pack, version, digest in rows}


@cache
def released() -> Digests:
    """The releases of the bundled packs."""
    return read_releases(packs_root() / FILE)


def altered(info: PackInfo, where: Location | None) -> Diagnostic | None:
    """The finding of a bundled pack that differs from its release; None where it does not."""
    digest = released().get((info.id, info.header.version))
    if digest in (None, info.sha256):
        return None
    ref = f"{info.id}@{info.header.version}"
    return Diagnostic(
        "pack-altered",
        f"bundled pack `{ref}` has sha256 {info.sha256[:12]}…, released with {digest[:12]}…",
        where,
        hint="install ghgcalc again; to change values, copy the rows into an own pack",
    )


def compared(infos: Iterable[PackInfo], known: Digests) -> Recorded:
    """What `infos` hold beside the releases `known`."""
    added: list[str] = []
    changed: list[str] = []
    for info in infos:
        digest = known.get((info.id, info.header.version))
        if digest != info.sha256:
            (changed if digest else added).append(f"{info.id}@{info.header.version}")
    return Recorded(added, changed)


def record(infos: Iterable[PackInfo], path: Path) -> Recorded:
    """Add new versions to `path`; a released version is never recorded anew."""
    listed = list(infos)
    known = read_releases(path)
    done = compared(listed, known)
    found = {(info.id, info.header.version): info.sha256 for info in listed} | known
    lines = [_HEADER, *((*key, digest) for key, digest in sorted(found.items()))]
    path.write_bytes("".join(f"{','.join(line)}\n" for line in lines).encode())
    return done


def main() -> int:
    """Record the bundled packs; exit 1 where a released version has changed."""
    packs = [pack for name in bundled_packs() if (pack := open_bundled(name)) is not None]
    done = record((pack.info for pack in packs), packs_root() / FILE)
    for ref in done.added:
        sys.stdout.write(f"recorded {ref}\n")
    for ref in done.changed:
        sys.stdout.write(f"{ref} is released and has changed: give it a new version\n")
    return int(bool(done.changed))


if __name__ == "__main__":
    raise SystemExit(main())
