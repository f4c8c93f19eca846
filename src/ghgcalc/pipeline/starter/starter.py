"""The files of a new reporting repository, tried before they are handed out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ghgcalc.core.json_schemas import KEPT, KEPT_IN, schema_file, schema_text
from ghgcalc.core.scratch import scratch_folder
from ghgcalc.core.vocabulary.countries import COUNTRIES
from ghgcalc.core.vocabulary.regions import GRIDS, known_regions
from ghgcalc.factors.library import open_bundled
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.factors.vocabulary import regions_priced
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.starter import texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Gate = Literal["github", "gitlab", "none"]
ELECTRICITY = "purchased_electricity"
_GATES: dict[Gate, dict[str, str]] = {
    "github": {".github/workflows/inventory.yml": texts.GITHUB},
    "gitlab": {".gitlab-ci.yml": texts.GITLAB},
    "none": {},
}


@dataclass(frozen=True, slots=True)
class Start:
    """What a repository starts from.

    Attributes:
        name: of the organisation.
        facility: id of the first facility.
        country: its country.
        region: its region or grid, where factors are published by these; empty elsewhere.
        year: the reporting year.
        gate: whose CI gates the repository.
    """

    name: str
    facility: str
    country: str
    region: str
    year: int
    gate: Gate = "github"


def newest_year(country: str, region: str) -> int | None:
    """The newest year for which a bundled pack prices power of a place; None where none does."""
    years = [year for year, _ in _priced(country, region)]
    return max(years, default=None)


def unknown_place(country: str, region: str) -> str:
    """What is wrong with a country and its region, as a sentence; empty where nothing is."""
    if country not in COUNTRIES:
        return f"`{country}` is not a country code of ISO 3166 such as GB, CN or US"
    known = known_regions(country, "region") | known_regions(country, "grid")
    if region and known and region not in known:
        some = ", ".join(sorted(known)[:8])
        return f"`{region}` is no region of {country}; write one of {some} …"
    return ""


def repository(start: Start) -> Mapping[str, str]:
    """Texts by path. The company file computes, and `check` finds nothing in it.

    Power is an example where a bundled pack prices it without an accepted gap, else a comment.
    """
    for pack in (name for year, name in _priced(start.country, start.region) if year == start.year):
        made = _files(start, pack)
        if _clean(made):
            return {**made, **_beside(start)}
    return {**_files(start, None), **_beside(start)}


def packs_for(country: str, region: str, years: Sequence[int]) -> list[str]:
    """The newest pack with factors for power of a place in each year; none where there is none."""
    by_year: dict[int, str] = {}
    for year, name in _priced(country, region):
        by_year.setdefault(year, name)
    return [*dict.fromkeys(by_year[year] for year in years if year in by_year)]


def own_factors() -> str:
    """A pack for factors of one's own, without any yet."""
    return texts.OWN_PACK.format(schemas=KEPT_IN)


def quoted(text: str) -> str:
    """A text of the command line as a quoted scalar of YAML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _priced(country: str, region: str) -> list[tuple[int, str]]:
    """Years and packs with factors for power of a place, newest packs first."""
    found = []
    for name in bundled_packs():
        pack = open_bundled(name)
        if pack is None:
            continue
        for priced in regions_priced(pack, ELECTRICITY):
            if priced.region == (region or country) and priced.year.isdigit():
                found.append((int(priced.year), name))
    return sorted(set(found), reverse=True)


def _files(start: Start, pack: str | None) -> dict[str, str]:
    key = "grid" if start.region in GRIDS.get(start.country, ()) else "region"
    place = f"    {key}: {start.region}\n" if start.region else ""
    asked = {
        "name": start.name, "quoted": quoted(start.name),
        "facility": start.facility, "country": start.country, "year": start.year,
        "region": place, "packs": f"  - {pack}\n" if pack else "",
        "place": start.region or start.country, "schemas": KEPT_IN,
    }  # fmt: skip
    power = (texts.POWER if pack else texts.NO_POWER).format(**asked)
    return {
        "company.yaml": texts.COMPANY.format(**asked),
        f"activities/{start.facility}-{start.year}.yaml": texts.ACTIVITIES.format(
            **asked, power=power
        ),
        "factors/own.yaml": own_factors(),
    }


def _beside(start: Start) -> dict[str, str]:
    asked = {
        "name": start.name, "facility": start.facility, "year": start.year, "schemas": KEPT_IN,
    }  # fmt: skip
    return {
        "README.md": texts.README.format(**asked),
        "data/.gitkeep": "",
        **beside(start.gate),
    }


def beside(gate: Gate) -> dict[str, str]:
    """What stands beside any company file: hooks, schemas, the gate."""
    return {
        ".gitignore": texts.GITIGNORE,
        ".pre-commit-config.yaml": texts.PRE_COMMIT,
        **{f"{KEPT_IN}/{schema_file(name)}": schema_text(name) for name in KEPT},
        **_GATES[gate],
    }


def _clean(made: Mapping[str, str]) -> bool:
    """Whether the files are judged without a finding."""
    with scratch_folder() as folder:
        for name, text in made.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return not check(folder / "company.yaml").diagnostics
