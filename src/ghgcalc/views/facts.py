"""What a verifier asks beside the totals: instruments, accepted gaps, checks, notes, packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.core.numbers import ZERO, ExactSums, decimals_of
from ghgcalc.inventory.expectations import places_of
from ghgcalc.views.table import Fact, Number, places_for
from ghgcalc.views.words import METHOD_WORDS, plain_id, words_of

if TYPE_CHECKING:
    from fractions import Fraction

    from ghgcalc.core.diagnostics import Location
    from ghgcalc.core.units import Unit
    from ghgcalc.inventory.control_totals import ControlTotal
    from ghgcalc.inventory.inventory import AcceptedGap, ExpectationResult, Inventory
    from ghgcalc.views.table import Phrase

JOULES_PER_MWH = 3_600_000_000
DETAILS_SHOWN = 3


def facts_of(inventory: Inventory, *, whole: bool = False) -> tuple[Fact, ...]:
    """Every fact that has something to say, in reading order; `whole`: no list is cut short."""
    found = (
        _instruments(inventory), not_applied(inventory), surplus(inventory),
        _accepted(inventory, whole), _expectations(inventory), _control(inventory),
        _exclusions(inventory), _choices(inventory), notes_of(inventory), _packs(inventory),
        _locked(inventory, whole),
    )  # fmt: skip
    return tuple(fact for fact in found if fact.phrases)


def _instruments(inventory: Inventory) -> Fact:
    units: dict[int, Unit] = {}  # by identity: a unit's hash costs more than a sum
    quantities: ExactSums[tuple[str, int]] = ExactSums()
    matches: ExactSums[tuple[str, str]] = ExactSums()
    for line in inventory.wholes:
        if line.scope != 2 or line.category == "self_generated_electricity":
            continue
        units[id(line.unit)] = line.unit
        quantities.add((line.category, id(line.unit)), line.quantity)
        for part in line.market_based:
            if part.instrument is not None:
                matches.add((line.category, part.source), part.quantity)
    needed: dict[str, Fraction] = {}
    for (category, unit), quantity in quantities.items():
        mwh = quantity * _mwh_per(units[unit])
        needed[category] = needed.get(category, ZERO) + mwh
    used: dict[str, dict[str, Fraction]] = {}
    for (category, source), mwh in matches.items():
        used.setdefault(category, {})[source] = mwh
    phrases = []
    for category, types in sorted(used.items()):
        matched, whole = sum(types.values(), ZERO), needed[category]
        places = _places(whole)
        words: list[str | Number] = [f"{words_of(category)}: "] if len(used) > 1 else []
        words += [Number(matched, places), " of ", Number(whole, places), " MWh matched ("]
        words += [Number(matched / whole * 100, 1), " %): "] if whole else ["–): "]
        for index, (kind, mwh) in enumerate(sorted(types.items(), key=lambda i: (-i[1], i[0]))):
            words += [" · " if index else "", f"{plain_id(kind)} ", Number(mwh, places)]
        phrases.append(tuple(words))
    return Fact("Scope 2 instruments", tuple(phrases))


def _mwh_per(unit: Unit) -> Fraction:
    """MWh per unit; 0 where it is not one of energy."""
    return unit.size / JOULES_PER_MWH if unit.dimension == "J" else ZERO


def _places(mwh: Fraction) -> int:
    return 0 if abs(mwh) >= 1000 else 3 if abs(mwh) < 10 else 1


def not_applied(inventory: Inventory) -> Fact:
    """Instruments that do not count, with the reason and the place."""
    return Fact("Not applied", tuple(
        (Number(use.volume, _places(use.volume)), f" MWh {plain_id(use.type)} {use.id}:"
         f" {use.rejected}{_where(use.location)}")
        for use in inventory.instruments if use.rejected
    ), alert=True)  # fmt: skip


def surplus(inventory: Inventory) -> Fact:
    """MWh of instruments beyond the consumption."""
    return Fact("Surplus, not applied", tuple(
        (Number(use.surplus, _places(use.surplus)), f" MWh {plain_id(use.type)} {use.id}, of ",
         Number(use.volume, _places(use.volume)), f"{_where(use.location)}")
        for use in inventory.instruments if use.surplus > 0
    ), alert=True)  # fmt: skip


def _where(location: Location | None) -> str:
    return f" ({location})" if location is not None else ""


def _accepted(inventory: Inventory, whole: bool) -> Fact:
    places = places_for(inventory.totals.all_scopes(method) for method in (LOCATION, MARKET))
    phrases: list[Phrase] = []
    for gap in inventory.accepted:
        phrases += _gap(gap, places, len(gap.details) if whole else DETAILS_SHOWN)
    return Fact(f"Accepted ({len(inventory.accepted)})", tuple(phrases), alert=True)


def _gap(gap: AcceptedGap, places: int, most: int) -> list[Phrase]:
    count = f"{len(gap.lines):,} line{'' if len(gap.lines) == 1 else 's'}"
    words: list[str | Number] = [f"  {count}"]
    for share in gap.shares:
        words += [", ", Number(share.co2e, places), " tCO2e"]
        of = METHOD_WORDS[share.method]
        if share.share is None:
            words.append(f" {of}")
        else:
            words += [" (", Number(share.share * 100, 1), f" % of the {of} total)"]
    if gap.effect:
        words.append(f"; {gap.effect}")
    details: list[Phrase] = [(f"  {text}",) for text in gap.details[:most]]
    more = len(gap.details) - most
    if more > 0:
        details.append((f"  and {more:,} more",))
    head = (f"{plain_id(gap.kind)}: {gap.reason} ({gap.location})",)
    return [head, *details, tuple(words)]


def _expectations(inventory: Inventory) -> Fact:
    results = inventory.expectations
    if not results:
        return Fact("Expectations", ())
    held = sum(result.holds for result in results)
    word = "hold" if held != 1 or len(results) != 1 else "holds"
    phrases: list[Phrase] = [(f"{held} of {len(results)} {word}",)]
    for result in results:
        if not result.holds:
            phrases += _failed(result)
    return Fact("Expectations", tuple(phrases), alert=held < len(results))


def _failed(result: ExpectationResult) -> list[Phrase]:
    boundary = f", boundary {result.boundary}" if result.boundary else ""
    head = (f"fails: {result.figure}, {result.period}{boundary} ({result.location})",)
    places = places_of(result)
    if result.actual is None:
        why = f": {result.reason}" if result.reason else ""
        return [
            head,
            (
                "  expected ",
                Number(result.expected, places),
                f" {result.unit}; it cannot be computed{why}",
            ),
        ]
    difference = Number(result.actual - result.expected, places, True)
    return [head, (
        "  expected ", Number(result.expected, places), ", computed ",
        Number(result.actual, places), ", difference ", difference, ", tolerance ",
        Number(result.within, places), f" {result.unit}",
    )]  # fmt: skip


def _control(inventory: Inventory) -> Fact:
    tables = {total.table for total in inventory.control_totals}
    activities = {name for line in inventory.wholes for name in (line.activity, *line.others)}
    count = sum(name.partition("/")[0] not in tables for name in activities)
    head = f"{count:,} {'activity' if count == 1 else 'activities'}"
    if not inventory.control_totals:
        return Fact("Control totals", ((f"{head}, no tables",),))
    phrases = [(head,), *(_table(total) for total in inventory.control_totals)]
    bad = any(total.rejected for total in inventory.control_totals)
    return Fact("Control totals", tuple(phrases), alert=bad)


def _table(total: ControlTotal) -> Phrase:
    words: list[str | Number] = [
        f"{total.table}: {total.read:,} row{'' if total.read == 1 else 's'} = {total.used:,} used"
        f" + {total.other_periods:,} other periods + {total.filtered:,} filtered"
        f" + {total.rejected:,} rejected"
    ]
    for unit, used in sorted(total.used_sums.items()):
        whole = total.sums.get(unit, ZERO)
        words += [
            "; ",
            Number(used, decimals_of(used)),
            " of ",
            Number(whole, decimals_of(whole)),
            f" {unit} used",
        ]
    return tuple(words)


def _exclusions(inventory: Inventory) -> Fact:
    return Fact("Excluded", tuple((f"{what}: {why}",) for what, why in inventory.exclusions))


def _choices(inventory: Inventory) -> Fact:
    words = {
        "ch4_from_combustion": "combustion CH4", "ar5_fossil_ch4": "AR5 fossil CH4",
        "cn_location": "China location-based",
        "vintage_window": "vintage window",
    }  # fmt: skip
    text = " · ".join(
        f"{words.get(key, plain_id(key))} {value.replace('_', '-')}"
        for key, value in inventory.choices.items()
    )
    return Fact("Choices", ((text,),) if text else ())


def notes_of(inventory: Inventory) -> Fact:
    """What belongs to the report in words."""
    return Fact("Notes", tuple((note,) for note in inventory.notes))


def _packs(inventory: Inventory) -> Fact:
    return Fact("Factor packs", tuple(
        (f"{use.id}@{use.version}  {use.title}; {'own pack' if use.own else use.evidence}",)
        for use in inventory.packs
    ))  # fmt: skip


def _locked(inventory: Inventory, whole: bool) -> Fact:
    """How far the lock decides the inventory, and what has moved."""
    use = inventory.lock
    if use is None:
        return Fact("Locked", ())
    if not use.periods:
        return Fact("Locked", ((f"{inventory.period} is not in {use.file}",),))
    years = ", ".join(map(str, use.periods))
    packs = f", {', '.join(use.packs)}" if use.packs else ""
    state = f"drift: {len(use.drift)}" if use.drift else "drift: none"
    count = len(use.open_lines)
    most = count if whole else DETAILS_SHOWN
    waiting = f"; not locked: {', '.join(use.open_lines[:most])}" if count else ""
    waiting += f" and {count - most} more" if count > most else ""
    first = f"{years}: {use.resolutions} resolutions{packs}; {state}{waiting}"
    return Fact(
        "Locked", ((first,), *((text,) for text in (*use.drift, *use.notes))), alert=bool(use.drift)
    )
