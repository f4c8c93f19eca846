"""Which commands a mutant meets, and what each of them may write."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .seeds import COMPANY

if TYPE_CHECKING:
    from random import Random

    from .seeds import Files, Seed, Words

_PERIODS = ("2023", "2024", "2022", "2024-03", "2024-Q2", "2024-01-01/2024-06-30", "1900", "9999",
            "2024-13", "0000", "2024-02-30", "x")  # fmt: skip
_BY = ("scope", "category", "facility", "gas", "country", "month")
_OUTPUTS = ("out.json", "out.csv", "out.md", "out.txt", "out.xlsx")
_APPROACHES = ("equity_share", "financial_control", "operational_control")
LOCK = "ghgcalc.lock"


def commands_of(rng: Random, seed: Seed, files: Files) -> tuple[Words, ...]:
    """Two commands for a mutant: those of its seed, and those of any company file."""
    found: list[Words] = []
    for _ in range(2):
        own = bool(seed.commands) and (not seed.rich or rng.random() < 0.3)
        words = rng.choice(seed.commands) if own else _any(rng, seed, files)
        if rng.random() < 0.5 and "--diagnostics" not in words and not _importer(words):
            words = (*words, "--diagnostics", "json")
        found.append(words)
    return tuple(dict.fromkeys(found))


def _importer(words: Words) -> bool:
    """Whether a command has no findings of its own: importers of publishers' files."""
    return words[:2] == ("factors", "import") and words[2] != "table"


def _any(rng: Random, seed: Seed, files: Files) -> Words:
    """A command of a company file with options at random."""
    return rng.choices(_MAKERS, weights=_WEIGHTS)[0](rng, seed, files)


def _check(rng: Random, seed: Seed, files: Files) -> Words:
    return ("check", COMPANY, *rng.choice([(), (), ("--strict",), ("--locked",)]))


def _compute(rng: Random, seed: Seed, files: Files) -> Words:
    words: list[str] = ["compute", COMPANY]
    asked = rng.random()
    if asked < 0.3:
        words += ["-o", rng.choice(_OUTPUTS)]
    elif asked < 0.6:
        words += ["--format", rng.choice(["json", "csv", "markdown", "table"])]
    elif asked < 0.8:
        words += ["--by", rng.choice(_BY)]
    if rng.random() < 0.3:
        words += ["--period", rng.choice(_PERIODS)]
    if rng.random() < 0.1:
        words += ["--consolidation", rng.choice(_APPROACHES)]
    return tuple(words)


def _energy(rng: Random, seed: Seed, files: Files) -> Words:
    return ("energy", COMPANY, "--format", rng.choice(["json", "csv", "markdown", "table"]))


def _explain(rng: Random, seed: Seed, files: Files) -> Words:
    return ("explain", COMPANY, "--", rng.choice(seed.ids))


def _lines(rng: Random, seed: Seed, files: Files) -> Words:
    return ("lines", COMPANY, "-o", rng.choice(["out.csv", "out.parquet"]))


def _diff(rng: Random, seed: Seed, files: Files) -> Words:
    sides = rng.choice([("2023", "2024"), ("2022", "2023"), (COMPANY, COMPANY), ("2024", COMPANY)])
    style = rng.choice([(), ("--format", "json"), ("--by", "line"), ("-o", rng.choice(_OUTPUTS))])
    return ("diff", *sides, "--company", COMPANY, *style)


def _base_year(rng: Random, seed: Seed, files: Files) -> Words:
    return ("base-year", COMPANY, "--format", rng.choice(["table", "json", "markdown"]))


def _lock(rng: Random, seed: Seed, files: Files) -> Words:
    return ("lock", COMPANY, *rng.choice([("--dry-run",), ("--upgrade", "--dry-run"), ()]))


def _template(rng: Random, seed: Seed, files: Files) -> Words:
    return ("template", COMPANY, "-o", "site.xlsx", "--facility", rng.choice(seed.ids),
            "--period", rng.choice(_PERIODS))  # fmt: skip


def _lint(rng: Random, seed: Seed, files: Files) -> Words:
    """Lint a YAML file, be it a pack or not."""
    named = sorted(name for name in files if name.endswith(".yaml"))
    return ("factors", "lint", rng.choice(named or [COMPANY]))


_MAKERS = (_check, _compute, _energy, _explain, _lines, _diff, _base_year, _lock, _template, _lint)
_WEIGHTS = (5, 8, 1, 2, 2, 2, 1, 2, 1, 1)


def written_by(words: Words) -> frozenset[str]:
    """The paths that a command may write or replace; a folder stands for what is in it."""
    found = {after for word, after in pairwise(words) if word == "-o"}
    if words[0] == "lock" and "--dry-run" not in words:
        found.add(LOCK)
    return frozenset(found)
