"""A damaged project from a seed: which file, which mutators, which commands."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from .commands import commands_of
from .mutate_bytes import BYTES, TOKENS
from .mutate_tables import CSV, GZIP, XLSX
from .mutate_trees import JSONS, TREES

if TYPE_CHECKING:
    from .mutate_bytes import Mutator
    from .seeds import Files, Seed, Source, Words

# how often a kind of input is drawn
WEIGHTS = {"example": 2, "case": 5, "error": 5, "pack": 3, "lock": 2, "saved": 2, "template": 2,
           "table": 4, "mapping": 2}  # fmt: skip
# mutators by what a file's name ends in, and how often each group is drawn
_GROUPS: dict[str, tuple[tuple[int, dict[str, Mutator]], ...]] = {
    ".yaml": ((4, TREES), (3, TOKENS), (1, BYTES)),
    ".lock": ((3, TREES), (3, TOKENS), (1, BYTES)),
    ".json": ((4, JSONS), (1, TOKENS), (1, BYTES)),
    ".csv": ((4, CSV), (1, TOKENS), (1, BYTES)),
    ".gz": ((3, GZIP), (1, BYTES)),
    ".xlsx": ((4, XLSX), (1, BYTES)),
}
_OTHER: tuple[tuple[int, dict[str, Mutator]], ...] = ((1, BYTES),)


@dataclass(frozen=True)
class Mutant:
    """A damaged project.

    Attributes:
        seed: what it was made from.
        files: its content.
        mutators: what was done, in order.
        commands: what is run on it.
    """

    seed: Seed
    files: Files
    mutators: tuple[str, ...]
    commands: tuple[Words, ...]


def mutant(sources: list[Source], seed: str, number: int) -> Mutant:
    """The mutant of a number: the same for the same seed and the same repository."""
    rng = Random(f"{seed}/{number}")
    kinds = sorted({source.kind for source in sources})
    kind = rng.choices(kinds, weights=[WEIGHTS[kind] for kind in kinds])[0]
    chosen = rng.choice([source for source in sources if source.kind == kind]).seed
    files, done = dict(chosen.files), []
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        done.append(_damage(rng, chosen, files))
    return Mutant(chosen, files, tuple(done), commands_of(rng, chosen, files))


def _damage(rng: Random, seed: Seed, files: Files) -> str:
    """Damage one file in place; the mutator's name."""
    name = rng.choice(seed.targets)
    how = rng.random()
    if how < 0.01 and len(files) > 1:
        files.pop(name, None)
        return "file: removed"
    if name not in files:
        return "file: removed"
    if how < 0.02:
        files[name] = files[rng.choice(sorted(files))]
        return "file: exchanged"
    suffix = "." + name.rpartition(".")[2]
    groups = _GROUPS.get(suffix, _OTHER)
    group = rng.choices([g for _, g in groups], weights=[weight for weight, _ in groups])[0]
    mutator = rng.choice(sorted(group))
    try:
        files[name] = group[mutator](rng, files[name])
    except RecursionError:  # a document nested deeper than Python copies; it stays as it is
        return "nothing"
    return mutator
