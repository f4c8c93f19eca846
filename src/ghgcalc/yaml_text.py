"""YAML text to data with marks: the short way where the text is plain, else the strict reader."""

from __future__ import annotations

from ghgcalc.diagnostics import Outcome
from ghgcalc.plain_yaml import read_plain
from ghgcalc.source import Map, SourceFile, collector_paused


def parse(source: SourceFile) -> Outcome[Map | None]:
    """Parse one file whose root must be a mapping.

    Diagnosed: `yaml-syntax`, `duplicate-key`, `unknown-tag`, `merge-key`, `recursive-alias`,
    `too-large`, `empty-file`, `wrong-shape`.
    """
    with collector_paused():
        plain = read_plain(source)
        if plain is not None:
            return Outcome(plain, ())
        from ghgcalc.strict_yaml import read_strict

        return read_strict(source)
