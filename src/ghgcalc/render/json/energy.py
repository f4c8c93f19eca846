"""The `energy` block of the JSON, and `ghgcalc energy --format json` and `csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ghgcalc.calculation.results.line import LOCATION, MARKET
from ghgcalc.calculation.results.matching import AS_METERED, MATCHINGS, NOT_IN_FORCE
from ghgcalc.core.numbers import plain
from ghgcalc.core.version import __version__
from ghgcalc.render.json.text import number, written
from ghgcalc.views.energy import Energy, computed_beside, energy_of
from ghgcalc.views.energy_parts import LEVELS
from ghgcalc.views.estimates import estimated_energy

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from ghgcalc.calculation.results.matching import HourlyMatch
    from ghgcalc.inventory.inventory import Inventory
    from ghgcalc.render.style import Style
    from ghgcalc.views.energy import Place, Tranche, Use

    Marker = Callable[[Fraction | None], str | None]

SCHEMA = "ghgcalc-energy-1"
COLUMNS = ("carrier", "level", "step", "name", "type", "instrument", "mwh", "location_based_tco2e",
           "market_based_tco2e", "difference_tco2e")  # fmt: skip


def energy_record(inventory: Inventory, number: Marker) -> dict[str, Any]:
    """The energy block; `number` marks exact numbers for the encoder."""
    energy = energy_of(inventory)
    wholes = {carrier: use.total for carrier, use in energy.carriers().items()}

    def covered(carrier: str, mwh: Fraction) -> dict[str, Any]:
        whole = wholes.get(carrier)
        return {"mwh": number(mwh), "share": number(mwh / whole) if whole else None}

    beside = {"hourly": _hourly(inventory, number)} if inventory.hourly else {}
    return {
        "carriers": [{"carrier": c, **_use(u, number)} for c, u in energy.carriers().items()],
        "by_facility": [
            {"carrier": place.carrier, "facility": place.facility, **_use(use, number)}
            for place, use in sorted(energy.places.items(), key=lambda i: (i[0][0], i[0][1] or ""))
        ],
        "by_level": [
            {"carrier": carrier, "level": level, "step": LEVELS[level], **covered(carrier, mwh)}
            for (carrier, level), mwh in energy.by_level().items()
        ],
        "by_type": [
            {"carrier": carrier, "type": kind, **covered(carrier, mwh)}
            for (carrier, kind), mwh in energy.by_type().items()
        ],
        "renewable_share": _share(energy, number),
        "attributed": {
            "mwh": number(energy.attributed.mwh), "tco2e": number(energy.attributed.tonnes),
            "tco2e_per_mwh": number(energy.attributed.factor),
            "unpriced_mwh": number(energy.attributed.unpriced),
        },
        "bridge": [_tranche(tranche, number) for tranche in energy.tranches],
        "reported_by_others": {m: number(energy.reported[m]) for m in (LOCATION, MARKET)},
        "not_applied": [
            {"instrument": use.id, "type": use.type, "mwh": number(use.volume),
             "reason": use.rejected}
            for use in inventory.instruments if use.rejected
        ],
        "stated": [
            {"figure": item.figure, "stated": number(item.value), "unit": item.unit,
             "computed": number(computed_beside(energy, item)), "location": str(item.location),
             "citation": item.citation or None}
            for item in inventory.stated
        ],
        "estimated": [
            {"carrier": place.carrier, "facility": place.facility, "mwh": number(mwh)}
            for place, mwh in sorted(estimated_energy(inventory).items(), key=_by_name)
        ],
        **beside,
    }  # fmt: skip


def _by_name(item: tuple[Place, Fraction]) -> tuple[str, str]:
    return item[0].carrier, item[0].facility or ""


def _hourly(inventory: Inventory, number: Marker) -> dict[str, Any]:
    """Matching by year, month and hour, labelled as what it is."""
    return {
        "note": NOT_IN_FORCE, "quantities": AS_METERED,
        "matches": [_match(match, number) for match in inventory.hourly],
    }  # fmt: skip


def _match(match: HourlyMatch, number: Marker) -> dict[str, Any]:
    asked = match.matching
    return {
        "id": match.id, "zone": match.zone, "time_zone": match.time_zone,
        "first": str(match.span.first), "last": str(match.span.last), "hours": match.hours,
        "matching": asked,
        "consumption_mwh": number(match.consumption), "generation_mwh": number(match.generation),
        "other_zones_mwh": number(match.outside),
        "matched": {
            kind: {"mwh": number(match.matched[kind]), "share": number(match.share(kind))}
            for kind in MATCHINGS
        },
        "uncovered_mwh": number(match.uncovered(asked)),
        "surplus_mwh": number(match.surplus(asked)),
        "series": [
            {"side": use.side, "id": use.name, "zone": use.zone, "mwh": number(use.mwh),
             "rows": use.rows}
            for use in match.series
        ],
        "months": [
            {"month": month.month, "consumption_mwh": number(month.consumption),
             "generation_mwh": number(month.generation),
             **{f"matched_{kind}_mwh": number(mwh) for kind, mwh in month.matched.items()}}
            for month in match.months
        ],
    }  # fmt: skip


def _use(use: Use, number: Marker) -> dict[str, Any]:
    return {
        "purchased_mwh": number(use.purchased), "own_kept_mwh": number(use.kept),
        "own_sold_mwh": number(use.sold), "total_mwh": number(use.total),
    }  # fmt: skip


def _share(energy: Energy, number: Marker) -> dict[str, Any]:
    share = energy.share
    return {
        "value": number(share.value), "numerator_mwh": number(share.numerator),
        "denominator_mwh": number(share.consumed), "instruments_mwh": number(share.instruments),
        "own_mwh": number(share.own), "direct_lines_mwh": number(share.direct),
        "not_applied_mwh": number(share.unapplied),
        "with_not_applied": number(share.with_unapplied),
        "technology_not_stated_mwh": number(share.not_stated),
    }  # fmt: skip


def _tranche(tranche: Tranche, number: Marker) -> dict[str, Any]:
    return {
        "carrier": tranche.carrier, "level": tranche.level, "step": LEVELS[tranche.level],
        "name": tranche.name, "type": tranche.kind or None, "instrument": tranche.instrument,
        "mwh": number(tranche.mwh), "location_based": number(tranche.location),
        "market_based": number(tranche.market), "difference": number(tranche.difference),
    }  # fmt: skip


def render_energy_json(inventory: Inventory) -> str:
    """Render the energy block alone, schema `ghgcalc-energy-1`."""
    span = inventory.span
    top = [
        ("schema", SCHEMA), ("ghgcalc", __version__), ("organization", inventory.name),
        ("period", {"name": inventory.period, "first": str(span.first), "last": str(span.last)}),
        ("boundary", inventory.boundary), ("consolidation_approach", inventory.approach),
        *energy_record(inventory, number).items(), ("notes", inventory.notes),
    ]  # fmt: skip
    return written(top)


def render_energy_csv(inventory: Inventory) -> str:
    """Render the bridge as CSV: one row per instrument, rate or mix."""
    from csv import writer
    from io import StringIO

    from ghgcalc.render.csv import guarded

    file = StringIO()
    rows = writer(file, lineterminator="\n")
    rows.writerow(COLUMNS)
    for t in energy_of(inventory).tranches:
        rows.writerow([
            t.carrier, str(t.level), LEVELS[t.level], guarded(t.name), t.kind,
            guarded(t.instrument or ""), plain(t.mwh), plain(t.location), plain(t.market),
            plain(t.difference),
        ])  # fmt: skip
    return file.getvalue()


def json_form(inventory: Inventory, _: Style) -> str:
    """Energy in the format `json`."""
    return render_energy_json(inventory)


def csv_form(inventory: Inventory, _: Style) -> str:
    """Energy in the format `csv`: the bridge."""
    return render_energy_csv(inventory)
