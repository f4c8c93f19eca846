"""The JSON Schemas that come with the program: names, drafts and texts, as files of the package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

# name: what the schema is of
SCHEMAS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "company": "the company file",
        "include": "a file that a company file includes",
        "pack": "a factor pack: `pack.yaml`, or an own pack",
        "mapping": "a mapping of `ghgcalc factors import table`",
        "lock": "`ghgcalc.lock`",
        "inventory": "the inventory as JSON",
        "findings": "the findings as JSON",
    }
)
DRAFT_07, DRAFT_2020 = "draft-07", "2020-12"
DRAFTS: Final = (DRAFT_07, DRAFT_2020)
# what a reporting repository keeps for editors: the schemas of the files that people write there
KEPT: Final = ("company", "include", "pack")
KEPT_IN: Final = ".ghgcalc"


def schema_file(name: str, draft: str = DRAFT_07) -> str:
    """Where a schema stands among those of the program, with `/`."""
    return f"{'' if draft == DRAFT_07 else f'{draft}/'}{name}.schema.json"


def schema_text(name: str, draft: str = DRAFT_07) -> str:
    """The text of a schema, the same in a wheel and in a source tree."""
    place = _folder()
    for part in schema_file(name, draft).split("/"):
        place = place.joinpath(part)
    return place.read_text("utf-8")


def _folder() -> Traversable:
    bundled = files("ghgcalc").joinpath("_schemas")
    if bundled.is_dir():
        return bundled
    return Path(__file__).resolve().parents[3] / "docs" / "schema"
