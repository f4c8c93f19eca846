"""The factor catalogue of a company: the packs it names, in its order, plus the GWP set."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome, has_errors
from ghgcalc.core.gases import Blend, GwpSet, blend_id
from ghgcalc.core.numbers import parse_factor_number
from ghgcalc.core.schema_findings import Findings
from ghgcalc.core.spelling import nearest
from ghgcalc.core.text.document import KeyPath, locate, read_text
from ghgcalc.core.text.paths import PathError, inside
from ghgcalc.core.text.source import SourceFile
from ghgcalc.core.text.yaml_text import parse
from ghgcalc.factors.editions import FIRST, Place, places, replaced
from ghgcalc.factors.model import Factor, FuelProperty, PackHeader, PackInfo
from ghgcalc.factors.pack import Pack, bundled_packs, file_digest, own_digest, share_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.company.company import Company
    from ghgcalc.core.units import Unit

BLENDS_PACK = "refrigerants-ashrae-34-2019"


@dataclass
class FactorCatalog:
    """Packs by order of the company file; nothing else is ever searched.

    `values` keeps what was read of tables of plain values, by pack and table; `pins_only` are ids
    of packs that a named publisher has replaced; `offered` keeps the publishers that would serve
    a line, by what it asks.
    """

    packs: list[Pack]
    gwp: GwpSet
    gwp_pack: Pack
    sources: list[SourceFile] = field(default_factory=list)
    gwp_sets: dict[str, GwpSet] = field(default_factory=dict)
    blends_used: bool = False
    values: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    pins_only: frozenset[str] = frozenset()
    _blends: dict[str, Blend] | None = None
    offered: dict[object, list[str]] = field(default_factory=dict)

    def candidates(
        self,
        category: str,
        fuel: str | None,
        item: str | None,
        serves: Callable[[Unit], bool] | None = None,
    ) -> list[Factor]:
        """Every factor of a category for a fuel or item whose unit serves, in pack order."""
        return [f for pack in self.searched for f in pack.factors(category, fuel, item, serves)]

    @cached_property
    def searched(self) -> list[Pack]:
        """The packs that a line without a pin searches."""
        return [pack for pack in self.packs if pack.info.id not in self.pins_only]

    @cached_property
    def _places(self) -> dict[str, Place]:
        return places([pack.info for pack in self.packs])

    def place(self, pack: PackInfo) -> Place:
        """Where a pack stands in the order of choice; first where the file states the values."""
        return self._places.get(pack.id, FIRST)

    def order(self, pack: PackInfo) -> int:
        """Where a pack stands in the company file; behind all where the file names none such."""
        place = self._orders.get(id(pack))
        if place is not None:
            return place
        named = (at for at, known in enumerate(self.packs) if known.info.id == pack.id)
        return next(named, len(self.packs))

    @cached_property
    def _orders(self) -> dict[int, int]:
        return {id(pack.info): place for place, pack in enumerate(self.packs)}

    def pinned(self, ref: str) -> Factor | None:
        """The factor that a pin `pack/id` names; any bundled pack may be pinned."""
        name, _, key = ref.partition("/")
        for pack in self.packs:
            if pack.info.id == name:
                return pack.factor(key)
        return None

    def names(
        self, category: str, column: str, serves: Callable[[Unit], bool] | None = None
    ) -> list[str]:
        """Fuels or items on offer for a category, of rows whose unit serves."""
        every = (pack.names(category, column, serves) for pack in self.searched)
        return sorted(set().union(*every, set()))

    def of_fuel(self, category: str, fuel: str) -> list[Factor]:
        """Every factor of a category for a fuel, whatever its item."""
        items = [None, *self.names(category, "item")]
        return [factor for item in items for factor in self.candidates(category, fuel, item)]

    def own_regions(self) -> set[str]:
        """Regions of which own packs hold factors."""
        own = (pack for pack in self.packs if pack.info.own)
        return set().union(*(pack.regions() for pack in own), set())

    def refs(self) -> list[str]:
        """Every `pack/id`, for hints."""
        return [f"{pack.info.id}/{name}" for pack in self.packs for name in pack.ids()]

    def properties(self, fuel: str) -> list[FuelProperty]:
        """Fuel properties in pack order."""
        return [prop for pack in self.searched for prop in pack.properties.get(fuel, ())]

    def set_named(self, name: str) -> GwpSet | None:
        """Another GWP set, to re-weigh printed CO2e of a gas."""
        if name == self.gwp.name:
            return self.gwp
        if name not in self.gwp_sets:
            pack = open_bundled(f"gwp-{name.lower()}")
            if pack is None:
                return None
            self.gwp_sets[name] = _gwp_set(pack, name)
        return self.gwp_sets[name]

    def blend(self, text: str) -> Blend | None:
        """A refrigerant blend by number, or None."""
        number = blend_id(text)
        if number is None:
            return None
        if self._blends is None:
            self._blends = _read_blends()
        found = self._blends.get(number)
        self.blends_used |= found is not None
        return found

    def blend_names(self) -> list[str]:
        """Every blend number known."""
        if self._blends is None:
            self._blends = _read_blends()
        return list(self._blends)


def load_catalog(company: Company) -> Outcome[FactorCatalog]:
    """Open the packs that a company names.

    Diagnosed: `unknown-pack`, `path-outside`, and own packs' mistakes at their own file and line.
    """
    found: list[Diagnostic] = []
    packs: list[Pack] = []
    sources: list[SourceFile] = []
    document = company.document
    known = bundled_packs()
    written: set[str] = set()  # ids that the file itself names: these are searched in any case
    for index, name in enumerate(company.factor_packs):
        where = document.locate(("factor_packs", index))
        if name.startswith(("./", "../")) or name.endswith((".yaml", ".yml")):
            pack = _own_pack(document.folder, name, where, sources, found)
            packs.extend([pack] if pack else [])
            continue
        wanted, _, version = name.partition("@")
        ids = (
            [wanted]
            if wanted in known
            else [pack for pack, folder in known.items() if folder.parent.name == wanted]
        )
        if not ids:
            found.append(_unknown_pack(wanted, known, where))
            continue
        written |= set(ids) & {wanted}
        for pack_id in sorted(ids, reverse=True):
            opened = open_bundled(pack_id)
            if opened is None:
                continue
            if version and opened.header.version != version:
                found.append(
                    Diagnostic(
                        "unknown-pack",
                        f"`{wanted}` is bundled in version {opened.header.version}, not {version}",
                        where,
                        hint=f"write `{wanted}@{opened.header.version}`",
                    )
                )
            if all(opened.info.id != present.info.id for present in packs):
                packs.append(opened)
                found.extend(_as_released(opened, where))
    organization = company.organization
    gwp_pack = open_bundled(f"gwp-{organization.gwp_set.lower()}")
    assert gwp_pack is not None, "the GWP packs are bundled"
    found.extend(_as_released(gwp_pack, document.locate(("organization", "gwp_set"))))
    gwp = _gwp_set(
        gwp_pack,
        organization.gwp_set,
        organization.ch4_from_combustion,
        organization.ar5_fossil_ch4 == "30",
    )
    pins_only = frozenset(replaced([pack.info for pack in packs])) - written
    catalog = FactorCatalog(packs, gwp, gwp_pack, sources, pins_only=pins_only)
    return Outcome(catalog, tuple(found))


def open_bundled(pack_id: str) -> Pack | None:
    """A bundled pack by id; None where none is bundled under it.

    Each is opened once a process and shared by all that read it: a released pack never changes.
    """
    folder = bundled_packs().get(pack_id)
    return None if folder is None else _opened(folder)


def library(pack_id: str) -> Pack:
    """A bundled pack that no file names, for hints."""
    pack = open_bundled(pack_id)
    assert pack is not None, "the library lists what is bundled"
    return pack


def open_gwp_set(name: str) -> tuple[Pack, GwpSet]:
    """A bundled GWP set with its pack; methane of combustion as the default has it."""
    pack = open_bundled(f"gwp-{name.lower()}")
    assert pack is not None, "the GWP packs are bundled"
    return pack, _gwp_set(pack, name)


@cache
def _opened(folder: Path) -> Pack:
    source = SourceFile(str(folder / "pack.yaml"), (folder / "pack.yaml").read_text("utf-8"))
    tree = parse(source).value
    header = PackHeader.model_validate(tree)
    shown = f"factors/{folder.parent.name}/{folder.name}"
    info = PackInfo(header, False, file_digest(folder), shown)
    return Pack(info, folder, shown)


def _as_released(pack: Pack, where: Location) -> list[Diagnostic]:
    from ghgcalc.factors.release import altered

    finding = altered(pack.info, where)
    return [finding] if finding is not None else []


_ONCE = {"defra": "desnz", "beis": "desnz"}


def _unknown_pack(name: str, known: dict[str, Path], where: Location) -> Diagnostic:
    publishers = sorted({folder.parent.name for folder in known.values()})
    publisher, _, edition = name.partition("-")
    near = nearest(name, [*known, *publishers])
    if near is not None:
        hint = f"did you mean `{near}`?"
    elif publisher.lower() in _ONCE:  # the same series, whose publisher was renamed
        same = _ONCE[publisher.lower()]
        hint = f"write `{f'{same}-{edition}' if f'{same}-{edition}' in known else same}`"
    elif publisher in publishers:
        editions = [pack for pack, folder in known.items() if folder.parent.name == publisher]
        hint = f"write `{publisher}` for its editions: {', '.join(editions)}"
    else:
        hint = "see `ghgcalc factors list`; own packs are paths such as `./factors/own.yaml`"
    return Diagnostic("unknown-pack", f"factor pack `{name}` is not bundled", where, hint=hint)


def _own_pack(
    folder: Path,
    name: str,
    where: Location,
    sources: list[SourceFile],
    found: list[Diagnostic],
) -> Pack | None:
    from ghgcalc.factors.lint import pack_texts

    try:
        path = inside(folder, folder, name)
    except PathError as error:
        found.append(Diagnostic("path-outside", error.message, where, hint=error.hint))
        return None
    shown = Path(name).as_posix()
    outcome = read_pack_file(path, shown, folder)
    if outcome.value is not None:
        pack, source = outcome.value
        sources.append(source)
        sources.extend(pack_texts(path, shown, outcome.diagnostics))
        found.extend(outcome.diagnostics)
        return pack
    _keep_source(path, shown, sources)
    sources.extend(pack_texts(path, shown, outcome.diagnostics))
    if path.exists():
        found.extend(outcome.diagnostics)
    else:
        found.append(
            Diagnostic(
                "file-not-found",
                f"own pack `{name}` cannot be read",
                where,
                hint="check the name, relative to the company file",
            )
        )
    return None


def _keep_source(path: Path, shown: str, sources: list[SourceFile]) -> None:
    """Keep a broken pack's text, so that its findings show their excerpt."""
    text = read_text(path, shown).value
    if text is not None:
        sources.append(SourceFile(shown, text[0]))


def read_pack_file(
    path: Path, shown: str, root: Path | None = None
) -> Outcome[tuple[Pack, SourceFile] | None]:
    """Read an own pack from YAML; its mistakes carry its own file and line."""
    text = read_text(path, shown)
    if text.value is None:
        return Outcome(None, text.diagnostics)
    source = SourceFile(shown, text.value[0], 0)
    parsed = parse(source)
    if parsed.value is None:
        return Outcome(None, parsed.diagnostics)
    tree = parsed.value
    findings = Findings(tree, lambda p, key=False: locate(tree, [source], p, key=key))
    try:
        header = PackHeader.model_validate(tree)
    except ValidationError as error:
        found = findings.of(("",), TypeAdapter(PackHeader), error, subject="the pack")
        return Outcome(None, (*parsed.diagnostics, *found))
    from ghgcalc.factors.lint import check_header, check_places, check_tables, lint_pack

    def place(keys: KeyPath) -> Location:
        return locate(tree, [source], keys, key=True)

    unopened = check_places(header, path.parent, root or path.parent, place)
    if unopened:  # not even hashed: their lines would be printed as excerpts
        return Outcome(None, (*parsed.diagnostics, *unopened))
    digest = own_digest(text.value[1], path.parent, [table.file for table in header.tables])
    info = PackInfo(header, True, digest, shown)
    pack = Pack(info, path.parent, Path(shown).parent.as_posix(), place)
    found = [*parsed.diagnostics, *check_tables(pack, place)]
    found += check_header(pack, place)
    found += lint_pack(pack) if header.tables else []
    if not has_errors(found):
        from ghgcalc.factors.heat_pairs import check_heating_values

        found += check_heating_values(pack, place)
    return Outcome(None if has_errors(found) else (pack, source), tuple(found))


def _gwp_set(
    pack: Pack, name: str, combustion: Any = "non_fossil", ar5_fossil: bool = False
) -> GwpSet:
    values, groups = _gwp_values(pack.folder)
    return GwpSet(
        name, f"{pack.info.id}@{pack.header.version}", values, groups, combustion, ar5_fossil
    )


@cache
def _gwp_values(folder: Path) -> tuple[dict[str, Fraction], dict[str, str]]:
    """GWP and group of each gas of a bundled pack."""
    values: dict[str, Fraction] = {}
    groups: dict[str, str] = {}
    for row in _opened(folder).rows("gwp"):
        gas = row.cells["gas"]
        values[gas] = Fraction(parse_factor_number(row.cells["gwp"]))
        groups[gas] = row.cells["group"]
    return values, groups


@cache
def _read_blends() -> dict[str, Blend]:
    pack = open_bundled(BLENDS_PACK)
    assert pack is not None, "the refrigerant blends are bundled"
    shares: dict[str, dict[str, Fraction]] = {}
    locators: dict[str, str] = {}
    for row in pack.rows("blends"):
        name = row.cells["blend"]
        part = shares.setdefault(name, {})
        part[row.cells["component"]] = share_of(row.cells["mass_percent"])
        locators[name] = row.cells.get("locator", "")
    return {name: Blend(name, part, pack.info.id, locators[name]) for name, part in shares.items()}
