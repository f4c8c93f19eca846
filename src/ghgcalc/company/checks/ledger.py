"""Checks of the ledger as a whole: serials, bundles, markets, proofs (S2-10, S2-11, R16, R17)."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.company.checks.names import near_hint
from ghgcalc.company.markets import Markets, bundled_memberships
from ghgcalc.core.diagnostics import Diagnostic, Outcome, Related, Severity
from ghgcalc.core.spelling import nearest
from ghgcalc.core.text.source import Map
from ghgcalc.core.units import parse_unit, ratio
from ghgcalc.core.vocabulary.countries import COUNTRIES, suggested

if TYPE_CHECKING:
    from ghgcalc.company.company import Company
    from ghgcalc.core.text.document import KeyPath

_TAIL = re.compile(r"^(.*?)(\d{1,40})$", re.ASCII)
GEC_SOLE_PROOF = date(2023, 8, 1)  # Chinese document 1044 is of August 2023


class _Range(NamedTuple):
    """A serial range: its numbers, the instrument and place, the registry and market."""

    prefix: str
    first: int
    last: int
    name: str
    place: int
    registry: str
    market: str

    def clashes(self, other: _Range) -> bool:
        """Whether both may mean the same certificate: unstated registries meet in their market."""
        if self.registry and other.registry:
            return self.registry == other.registry
        return self.market == other.market


def check_serials(company: Company) -> list[Diagnostic]:
    """Serial ranges are disjoint across all instruments and years (S2-10)."""
    ranges = _ranges(company)
    found = [*ranges.diagnostics]
    active: list[_Range] = []
    for this in sorted(ranges.value):
        active = [r for r in active if r.prefix == this.prefix and this.first <= r.last]
        for other in active:
            if this.clashes(other) and not _bundled(company, this.name, other.name):
                found.append(_twice(company, other, this))
        active.append(this)
    return found


def _ranges(company: Company) -> Outcome[list[_Range]]:
    """Every serial range of the ledger; one that is none is a finding."""
    ranges: list[_Range] = []
    found: list[Diagnostic] = []
    for name, instrument in company.instruments.items():
        count = 0
        for index, serials in enumerate(instrument.serials):
            first, last = _TAIL.match(serials.first), _TAIL.match(serials.last)
            if not first or not last or first[1] != last[1] or int(first[2]) > int(last[2]):
                found.append(_no_range(company, name, index))
                continue
            retired = instrument.retired
            registry = instrument.registry or (retired.registry if retired else None) or ""
            numbers = int(first[2]), int(last[2])
            count += numbers[1] - numbers[0] + 1
            ranges.append(
                _Range(first[1], *numbers, name, index, registry.casefold(), instrument.market)
            )
        if instrument.type == "GEC" and count:
            found.extend(_counted(company, name, count))
    return Outcome(ranges, tuple(found))


def _no_range(company: Company, name: str, index: int) -> Diagnostic:
    serials = company.instruments[name].serials[index]
    return Diagnostic(
        "bad-serials",
        f"serials {serials.first} … {serials.last} of `{name}` are not a range",
        company.document.locate(("instruments", name, "serials", index)),
        hint="first and last share a prefix and end in digits",
    )


def _counted(company: Company, name: str, count: int) -> list[Diagnostic]:
    """One GEC is one MWh (S2-11): serials that count otherwise do not prove the volume."""
    volume = company.instruments[name].volume
    mwh = volume.value * ratio(volume.unit, parse_unit("MWh"))
    if mwh == count:
        return []
    return [
        Diagnostic(
            "serials-differ",
            f"`{name}` holds {volume}, its serials count {count:,} certificates of 1 MWh",
            company.document.locate(("instruments", name, "serials"), key=True),
            severity=Severity.WARNING,
            hint="correct `volume:` or `serials:`",
        )
    ]


def _bundled(company: Company, one: str, other: str) -> bool:
    """Whether certificates name the contract that they came with: those MWh are counted once."""
    held = company.instruments
    return one != other and (held[one].bundled_with == other or held[other].bundled_with == one)


def _twice(company: Company, before: _Range, after: _Range) -> Diagnostic:
    document = company.document
    places = [
        document.locate(("instruments", item.name, "serials", item.place))
        for item in (after, before)
    ]
    return Diagnostic(
        "double-counted-serials",
        f"serials of `{after.name}` overlap those of `{before.name}`",
        places[0],
        related=(Related(places[1], "also here"),),
        hint="one certificate covers one MWh once; remove the repeated range, or write"
        f" `bundled_with: {before.name}` where the certificates came with that contract",
    )


def check_bundles(company: Company) -> list[Diagnostic]:
    """Certificates are bundled with a contract of the file, do not exceed it, form no chain."""
    found: list[Diagnostic] = []
    carried: dict[str, Fraction] = {}
    for name, instrument in company.instruments.items():
        if instrument.bundled_with is None:
            continue
        contract = instrument.bundled_with
        if contract not in company.instruments:
            found.extend(_contract_unknown(company, name, contract))
            continue
        path: KeyPath = ("instruments", name, "bundled_with")
        if contract == name or company.instruments[contract].bundled_with in company.instruments:
            found.append(
                Diagnostic(
                    "conflicting-keys",
                    f"`{name}` is bundled with `{contract}`, which is bundled itself",
                    company.document.locate(path),
                    hint="certificates name the contract; the contract names nothing of this file",
                )
            )
            continue
        volume = instrument.volume
        carried[contract] = carried.get(contract, Fraction(0)) + volume.value * volume.unit.size
        held = company.instruments[contract].volume
        if carried[contract] > held.value * held.unit.size:
            found.append(
                Diagnostic(
                    "over-allocated",
                    f"certificates bundled with `{contract}` exceed its {held}",
                    company.document.locate(path),
                    related=(
                        Related(
                            company.document.locate(("instruments", contract, "volume")),
                            "the contract",
                        ),
                    ),
                    hint="lower their `volume:`, or enter what was bought beside as its own",
                )
            )
    return found


def _contract_unknown(company: Company, name: str, contract: str) -> list[Diagnostic]:
    """A contract that the file does not hold; one with mistakes of its own is held."""
    defined = company.document.root.get("instruments")
    if isinstance(defined, Map) and contract in defined:
        return []
    others = [other for other in company.instruments if other != name]
    return [
        Diagnostic(
            "unknown-value",
            f"`{name}` is bundled with `{contract}`, which is no instrument of this file",
            company.document.locate(("instruments", name, "bundled_with")),
            hint=near_hint(
                contract,
                others,
                "name the contract by its id under `instruments:`; where it is not in the file, say"
                " so under `note:`",
            ),
        )
    ]


def check_markets(company: Company) -> list[Diagnostic]:
    """Instruments and suppliers name a country or a market of that name."""
    found = _overlapping(company)
    for name in company.markets:
        if name in COUNTRIES:
            found.append(
                Diagnostic(
                    "conflicting-keys",
                    f"market `{name}` has the name of a country",
                    company.document.locate(("markets", name), key=True),
                    hint="give it another name, such as `AIB`",
                )
            )
    known = {row.market for row in bundled_memberships()} | set(company.markets)
    named: list[tuple[KeyPath, str | None]] = [
        (("instruments", name, "market"), item.market) for name, item in company.instruments.items()
    ]
    named += [(("suppliers", name, "market"), s.market) for name, s in company.suppliers.items()]
    for path, market in named:
        if market is not None and market not in COUNTRIES and market not in known:
            hint = _market_hint(market, known)
            found.append(
                Diagnostic(
                    "unknown-value",
                    f"market `{market}` is neither a country nor a market of this file",
                    company.document.locate(path),
                    hint=hint,
                )
            )
    return found


def _market_hint(market: str, known: set[str]) -> str:
    near = suggested(market) or nearest(market, sorted(known))
    if near:
        return f"did you mean `{near}`?"
    declared = f"declare `markets: {{{market}: …}}` with members and evidence"
    country = market.partition("-")[0]
    if country in COUNTRIES:  # a province settles its certificates in the country's market
        return f"write `{country}`, the market of its country, or {declared}"
    return f"write the ISO code of a country, or {declared}"


def _overlapping(company: Company) -> list[Diagnostic]:
    """A country that two markets claim on one day belongs to neither with certainty."""
    rows = Markets.of_company(company).memberships
    found: list[Diagnostic] = []
    for index, row in enumerate(rows):
        for other in rows[:index]:
            if row.country != other.country or row.market == other.market:
                continue
            start = max(row.first or date.min, other.first or date.min)
            if start <= min(row.last or date.max, other.last or date.max):
                where = company.document.locate(("markets", row.market), key=True)
                second = company.document.locate(("markets", other.market), key=True)
                found.append(
                    Diagnostic(
                        "conflicting-keys",
                        f"{row.country} is in `{row.market}` and in `{other.market}` on one day",
                        where,
                        related=(Related(second, "also here"),),
                        hint="date the memberships under `history:`",
                    )
                )
    return found


def check_proofs(company: Company) -> list[Diagnostic]:
    """International certificates of Chinese power after August 2023 prove no sole claim (S2-11)."""
    found: list[Diagnostic] = []
    for name, instrument in company.instruments.items():
        origin = instrument.country or instrument.market
        if instrument.type not in ("I-REC", "EAC") or origin != "CN":
            continue
        generated = company.year.resolve(instrument.generated)
        if generated.last < GEC_SOLE_PROOF:
            continue
        found.append(
            Diagnostic(
                "claim-unproven",
                f"`{name}`: criterion 2 is unproven, the GEC is the only proof of Chinese green"
                " power generated from August 2023",
                company.document.locate(("instruments", name, "type")),
                severity=Severity.WARNING,
                days=(generated.first, generated.last),
                hint="add evidence that no GEC was issued for the same MWh, or use GECs",
            )
        )
    return found
