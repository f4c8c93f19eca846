"""YAML text to data with marks: the short way for long plain text, else the strict reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.core.text.source import Map, SourceFile, collector_paused

if TYPE_CHECKING:
    from ghgcalc.core.diagnostics import Outcome

# below this, libyaml is done before the short way's patterns are compiled
_LONG = 1 << 16


def parse(source: SourceFile, *, as_written: bool = False) -> Outcome[Map | None]:
    """Parse one file whose root must be a mapping; its keys are in NFC but where `as_written`.

    Diagnosed: `yaml-syntax`, `duplicate-key`, `unknown-tag`, `merge-key`, `recursive-alias`,
    `too-large`, `empty-file`, `wrong-shape`.
    """
    with collector_paused():
        from ghgcalc.core.diagnostics import Outcome
        from ghgcalc.core.text.yaml_keys import settle

        read = _read(source)
        if read.value is None or as_written:
            return read
        return Outcome(read.value, (*read.diagnostics, *settle(source, read.value)))


def _read(source: SourceFile) -> Outcome[Map | None]:
    if len(source.text) >= _LONG:
        from ghgcalc.core.diagnostics import Outcome
        from ghgcalc.core.text.plain_yaml import read_plain

        plain = read_plain(source)
        if plain is not None:
            return Outcome(plain, ())
    from ghgcalc.core.text.strict_yaml import read_strict

    return read_strict(source)
