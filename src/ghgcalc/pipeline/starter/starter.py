"""The files of a new reporting repository, tried before they are handed out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Literal, NamedTuple

from ghgcalc.core.json_schemas import KEPT, KEPT_IN, schema_file, schema_text
from ghgcalc.core.scratch import scratch_folder
from ghgcalc.core.text.controls import has_unseen
from ghgcalc.core.vocabulary.countries import COUNTRIES, USER_ASSIGNED
from ghgcalc.core.vocabulary.regions import GRIDS, known_regions
from ghgcalc.factors.library import library, open_bundled
from ghgcalc.factors.pack import bundled_packs
from ghgcalc.factors.vocabulary import regions_priced
from ghgcalc.pipeline.check import check
from ghgcalc.pipeline.starter import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ghgcalc.factors.vocabulary import Priced

Gate = Literal["github", "gitlab", "none"]
ELECTRICITY = "purchased_electricity"
_GATES: dict[Gate, dict[str, str]] = {
    "github": {".github/workflows/inventory.yml": texts.GITHUB},
    "gitlab": {".gitlab-ci.yml": texts.GITLAB},
    "none": {},
}


_KOSOVO = "XK"  # user-assigned, yet a place with a grid
_WIDTH = 94  # of a comment
_SOME = 6  # regions and years that are named
# cornerstone goes on where the US EPA's eGRID ends; nobody publishes what is derived
_STAND_INS = frozenset({"cornerstone", "eurostat-derived"})


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


class Made(NamedTuple):
    """A repository.

    Attributes:
        texts: by path.
        no_power: where it has no example of power, why, and what to do; else empty.
    """

    texts: Mapping[str, str]
    no_power: tuple[str, str] = ("", "")


def newest_year(country: str, region: str) -> int | None:
    """The newest year for which a bundled pack prices power of a place; None where none does.

    Publishers that stand in for another are taken where a year is stated, not to choose one.
    """
    priced = _priced(country, region)
    years = [year for year, name in priced if library(name).info.publisher not in _STAND_INS]
    return max(years or (year for year, _ in priced), default=None)


def unknown_place(country: str, region: str) -> str:
    """What is wrong with a country and its region, as a sentence; empty where nothing is."""
    if country not in COUNTRIES:
        return f"`{country}` is not a country code of ISO 3166 such as GB, CN or US"
    if country in USER_ASSIGNED and country != _KOSOVO:
        return (
            f"`{country}` names no country: ISO 3166 leaves it to its users; begin with a real one,"
            " and write a code of your own in company.yaml, beside factors of your own"
        )
    known = known_regions(country, "region") | known_regions(country, "grid")
    if region and known and region not in known:
        some = ", ".join(sorted(known)[:8])
        return f"`{region}` is no region of {country}; write one of {some} …"
    if region not in ("", country) and not region.startswith(f"{country}-"):
        return f"region `{region}` is not in {country}; write it as `{country}-…`"
    return ""


def unreadable(what: str, text: str) -> str:
    """What is wrong with a text of the command line, as a sentence; empty where nothing is."""
    if has_unseen(text):
        return f"{what} holds a line end, a tab or another sign that nobody sees; write it plainly"
    return ""


def repository(start: Start) -> Made:
    """Texts by path. The company file computes, and `check` finds nothing in it.

    Power is an example where a bundled pack prices it without an accepted gap, else a comment that
    says so.
    """
    for pack in (name for year, name in _priced(start.country, start.region) if year == start.year):
        made = _files(start, pack)
        if _clean(made):
            return Made({**made, **_beside(start)})
    advice = _without_power(start)
    return Made({**_files(start, None, advice), **_beside(start)}, advice)


def _without_power(start: Start) -> tuple[str, str]:
    """That nothing bundled prices the power of a place, and what to do about it."""
    place = start.region or start.country
    why = f"no bundled pack has a factor for power of {place} in {start.year} that fits as it is"
    own = "state one in factors/own.yaml"
    regions = sorted(
        priced.region
        for priced in _regions_priced()
        if priced.region.startswith(f"{start.country}-") and priced.year == str(start.year)
    )
    years = sorted({year for year, _ in _priced(start.country, start.region)})
    if regions and (not start.region or not years):
        some = list(dict.fromkeys(regions))
        more = " …" if len(some) > _SOME else ""
        return why, f"name its region or grid ({', '.join(some[:_SOME])}{more}), or {own}"
    near = sorted(years, key=lambda year: (abs(year - start.year), year))[:_SOME]
    if near and start.year not in years:
        priced_in = ", ".join(map(str, sorted(near)))
        return why, f"take one of the nearest years that are priced, {priced_in}, or {own}"
    return why, own


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
    """Years and packs with factors for power of a place, newest packs first, derived ones last.

    Those of the country serve a region in years in which none is of the region itself; whether they
    fit there, as in a country of one grid, is tried.
    """
    found = []
    for name in bundled_packs():
        pack = open_bundled(name)
        if pack is None:
            continue
        for priced in regions_priced(pack, ELECTRICITY):
            if priced.region in (region or country, country) and priced.year.isdigit():
                found.append((int(priced.year), name, priced.region == (region or country)))
    own = {year for year, _, here in found if here}
    newest = sorted({(year, name) for year, name, here in found if here or year not in own},
                    reverse=True)  # fmt: skip
    return sorted(newest, key=lambda each: (-each[0], _derived(each[1])))


def _derived(pack_id: str) -> bool:
    """Whether others computed a pack's figures, which no publisher prints."""
    return library(pack_id).header.evidence.class_ == "derived"


def _regions_priced() -> Iterator[Priced]:
    """Regions and years of every bundled factor of power."""
    for name in bundled_packs():
        pack = open_bundled(name)
        if pack is not None:
            yield from regions_priced(pack, ELECTRICITY)


def _listed(pack_id: str) -> str:
    """A pack as a line of `factor_packs`, which says where no publisher prints its figures."""
    said = "   # computed by others from published series" if _derived(pack_id) else ""
    return f"  - {pack_id}{said}\n"


def _files(start: Start, pack: str | None, advice: tuple[str, str] = ("", "")) -> dict[str, str]:
    key = "grid" if start.region in GRIDS.get(start.country, ()) else "region"
    place = f"    {key}: {start.region}\n" if start.region else ""
    asked = {
        "name": start.name, "quoted": quoted(start.name),
        "facility": start.facility, "country": start.country, "year": start.year,
        "region": place, "packs": _listed(pack) if pack else "",
        "schemas": KEPT_IN,
        "advice": "".join(f"\n  # {line}" for line in _commented(advice)) if advice[0] else "",
    }  # fmt: skip
    power = (texts.POWER if pack else texts.NO_POWER).format(**asked)
    return {
        "company.yaml": texts.COMPANY.format(**asked),
        f"activities/{start.facility}-{start.year}.yaml": texts.ACTIVITIES.format(
            **asked, power=power
        ),
        "factors/own.yaml": own_factors(),
    }


def _commented(advice: tuple[str, str]) -> list[str]:
    why, what = advice
    said = f"No power is in this example, and Scope 2 is 0 without it: {why}. To have it, {what}."
    return wrap(said, _WIDTH, break_long_words=False, break_on_hyphens=False)


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
        ".gitattributes": texts.GITATTRIBUTES,
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
