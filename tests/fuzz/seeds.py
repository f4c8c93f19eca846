"""What is mutated: small projects as bytes by path, the files to damage and the commands to run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
COMPANY = "company.yaml"

Files = dict[str, bytes]
Words = tuple[str, ...]

_COMMAND = "command.txt"
_SMALL = 12_000  # bytes of the packs that are mutated
_ID = re.compile(r"^ {2}(\S[^:#]*):", re.MULTILINE)


@dataclass(frozen=True)
class Seed:
    """A sound (or deliberately wrong) project to start from.

    Attributes:
        name: for people, unique.
        kind: of input, as counted.
        files: content by path.
        targets: the files that are mutated.
        commands: what is run on it; of projects with a company file see `commands_of`.
        rich: whether the commands of a company file are run as well.
    """

    name: str
    kind: str
    files: Files
    targets: tuple[str, ...]
    commands: tuple[Words, ...] = ()
    rich: bool = True

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of the files, for commands that name one: every key of the second level."""
        texts = [self.files[name] for name in sorted(self.files) if name.endswith(".yaml")]
        found = [name for text in texts for name in _ID.findall(text.decode("utf-8", "ignore"))]
        return tuple(dict.fromkeys(found)) or ("a",)


@dataclass(frozen=True)
class Source:
    """A seed that is made when it is first drawn.

    Attributes:
        kind: of input, as counted.
        name: unique within the kind.
        make: reads or writes it.
    """

    kind: str
    name: str
    make: Callable[[], Seed]

    @cached_property
    def seed(self) -> Seed:
        """The project."""
        return self.make()


def sources() -> list[Source]:
    """Every seed that is a file of the repository, in a fixed order."""
    examples = [path.parent for path in sorted((ROOT / "examples").glob(f"*/{COMPANY}"))]
    cases = sorted((ROOT / "tests/cases").glob("*.yaml"))
    errors = [path for path in sorted((ROOT / "tests/errors").iterdir())
              if any((path / name).is_file() for name in (COMPANY, _COMMAND))]  # fmt: skip
    packs = [path.parent for path in sorted((ROOT / "factors").rglob("pack.yaml"))
             if sum(file.stat().st_size for file in path.parent.iterdir()) <= _SMALL]  # fmt: skip
    return [
        *(Source("example", path.name, partial(_example, path)) for path in examples),
        *(Source("case", path.stem, partial(_case, path)) for path in cases),
        *(Source("error", path.name, partial(_error, path)) for path in errors),
        *(
            Source("pack", f"{path.parent.name}-{path.name}", partial(_pack, path))
            for path in packs
        ),
    ]


def read_folder(folder: Path) -> Files:
    """All files below a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def write_folder(files: Files, folder: Path) -> None:
    """Lay the files of a project down."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _example(folder: Path) -> Seed:
    files = read_folder(folder)
    targets = tuple(name for name in files if not name.startswith("bills/"))
    return Seed(folder.name, "example", files, targets)


def _case(path: Path) -> Seed:
    case: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    files = {COMPANY: str(case["company"]).encode()}
    files |= {name: str(text).encode() for name, text in (case.get("files") or {}).items()}
    return Seed(path.stem, "case", files, tuple(files))


def _error(folder: Path) -> Seed:
    files = {n: c for n, c in read_folder(folder).items() if not n.endswith(".txt")}
    written = folder / _COMMAND
    words = (tuple(written.read_text("utf-8").split()),) if written.is_file() else ()
    return Seed(folder.name, "error", files, tuple(files), words, rich=COMPANY in files)


def _pack(folder: Path) -> Seed:
    """A bundled pack as if it were an own one."""
    files = {f"own/{path}": content for path, content in read_folder(folder).items()}
    files["own/pack.yaml"] = files["own/pack.yaml"].replace(b"gwp_set: unstated\n", b"")
    commands = (("factors", "lint", "own"), ("factors", "lint", "own"), ("compute", COMPANY))
    named = {**files, COMPANY: _NAMES_PACK.encode()}
    return Seed(folder.name, "pack", named, tuple(files), commands, rich=False)


_NAMES_PACK = """\
ghgcalc: 1
organization: {name: A, country: GB, consolidation_approach: operational_control, gwp_set: AR5}
factor_packs: [./own/pack.yaml, desnz-2024]
facilities: {leeds: {country: GB}}
activities:
  power: {facility: leeds, category: purchased_electricity, quantity: 3 MWh, period: 2024}
  gas: {facility: leeds, category: stationary_combustion, fuel: natural_gas, quantity: 3 MWh gross, period: 2024}
"""  # noqa: E501
