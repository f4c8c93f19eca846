"""The factor catalogue of a company: the packs it names, in its order, plus the GWP set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome
from ghgcalc.core.gases import Blend, GwpSet, blend_id
from ghgcalc.core.spelling import nearest
from ghgcalc.core.text.document import Document
from ghgcalc.core.text.source import SourceFile
from ghgcalc.factors.editions import FIRST, Place, places, replaced
from ghgcalc.factors.library import gwp_set_of, library, open_bundled, read_blends
from ghgcalc.factors.model import Factor, FuelProperty, PackInfo
from ghgcalc.factors.own_packs import OwnPack
from ghgcalc.factors.pack import Pack, bundled_packs

if TYPE_CHECKING:
    from collections.abc import Callable

    from ghgcalc.core.units import Unit


@dataclass
class FactorCatalog:
    """Packs by order of the company file; nothing else is ever searched.

    `values` keeps what was read of tables of plain values, by pack and table; `pins_only` are ids
    of packs that a named publisher has replaced; `offered` keeps the publishers that would serve
    a line, by what it asks; `looked_over` the rows that methods look over for every line alike.
    """

    packs: list[Pack]
    gwp: GwpSet
    gwp_pack: Pack
    sources: list[SourceFile] = field(default_factory=list)
    gwp_sets: dict[str, GwpSet] = field(default_factory=dict)
    values: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    pins_only: frozenset[str] = frozenset()
    _blends: dict[str, Blend] | None = None
    offered: dict[object, list[str]] = field(default_factory=dict)
    looked_over: dict[object, list[Factor]] = field(default_factory=dict)

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
            self.gwp_sets[name] = gwp_set_of(pack, name)
        return self.gwp_sets[name]

    def blend(self, text: str) -> Blend | None:
        """A refrigerant blend by number, or None."""
        number = blend_id(text)
        if number is None:
            return None
        if self._blends is None:
            self._blends = read_blends()
        return self._blends.get(number)

    def blend_names(self) -> list[str]:
        """Every blend number known."""
        if self._blends is None:
            self._blends = read_blends()
        return list(self._blends)


class GwpChoice(NamedTuple):
    """The GWP set of an inventory, and how the company weighs methane in it (GHG-06)."""

    name: str
    ch4_from_combustion: Literal["non_fossil", "fossil"]
    ar5_fossil_30: bool


def load_catalog(
    document: Document, names: Sequence[str], choice: GwpChoice
) -> Outcome[FactorCatalog]:
    """Open the packs that a company file names under `factor_packs`.

    Diagnosed: `unknown-pack`, `path-outside`, and own packs' mistakes at their own file and line.
    """
    found: list[Diagnostic] = []
    packs: list[Pack] = []
    sources: list[SourceFile] = []
    known = bundled_packs()
    written: set[str] = set()  # ids that the file itself names: these are searched in any case
    for index, name in enumerate(names):
        where = document.locate(("factor_packs", index))
        if name.startswith(("./", "../")) or name.endswith((".yaml", ".yml")):
            own = _own_pack(document.folder, name, where)
            packs.extend([own.value.pack] if own.value.pack else [])
            sources.extend(own.value.sources)
            found.extend(own.diagnostics)
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
    gwp_pack = library(f"gwp-{choice.name.lower()}")
    found.extend(_as_released(gwp_pack, document.locate(("organization", "gwp_set"))))
    gwp = gwp_set_of(gwp_pack, *choice)
    pins_only = frozenset(replaced([pack.info for pack in packs])) - written
    catalog = FactorCatalog(packs, gwp, gwp_pack, sources, pins_only=pins_only)
    return Outcome(catalog, tuple(found))


def _as_released(pack: Pack, where: Location) -> list[Diagnostic]:
    from ghgcalc.factors.release import altered

    finding = altered(pack.info, where)
    return [finding] if finding is not None else []


def _unknown_pack(name: str, known: dict[str, Path], where: Location) -> Diagnostic:
    publishers = sorted({folder.parent.name for folder in known.values()})
    publisher = name.partition("-")[0]
    near = nearest(name, [*known, *publishers])
    other = _called(name, known)
    if other:
        hint = other
    elif near is not None:
        hint = f"did you mean `{near}`?"
    elif publisher in publishers:
        editions = [pack for pack, folder in known.items() if folder.parent.name == publisher]
        hint = f"write `{publisher}` for its editions: {', '.join(editions)}"
    else:
        hint = "see `ghgcalc factors list`; own packs are paths such as `./factors/own.yaml`"
    return Diagnostic("unknown-pack", f"factor pack `{name}` is not bundled", where, hint=hint)


def _called(name: str, known: dict[str, Path]) -> str:
    """What to write for a name that people use for a bundled or for no bundled pack; "" for none.

    Its edition stands behind its name: `defra-2024` is `desnz-2024`, `aib-2023` stays refused.
    """
    from ghgcalc.core.vocabulary.said import meant, said_of

    parts = name.split("-")
    for size in range(len(parts), 0, -1):
        called, edition = "-".join(parts[:size]), "-".join(parts[size:])
        same = meant("pack", called)
        if same:
            dated = f"{same[0]}-{edition}"
            return f"write `{dated if dated in known else same[0]}`"
        absent = said_of("absent", called)
        if absent is not None:
            return absent.note
    return ""


def _own_pack(folder: Path, name: str, where: Location) -> Outcome[OwnPack]:
    from ghgcalc.factors.own_packs import own_pack

    return own_pack(folder, name, where)
