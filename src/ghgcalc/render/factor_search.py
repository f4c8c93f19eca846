"""Search hits for people and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ghgcalc.core.text.controls import escaped_json
from ghgcalc.core.units import parse_unit
from ghgcalc.factors.boundary import boundary_of, covered
from ghgcalc.factors.bridges import BRIDGED
from ghgcalc.render.factor_keys import keys_yaml
from ghgcalc.render.text import plural, safe
from ghgcalc.views.factor_values import headline

if TYPE_CHECKING:
    from ghgcalc.factors.search import Found, Hit
    from ghgcalc.render.style import Style

WIDTH = 100


def render_hits(found: Found) -> str:
    """Two or three lines per factor: reference and value, what it is for, where it stands."""
    lines: list[str] = []
    for advice in found.advice:
        lines += [*_wrapped(advice, first=""), ""]
    if found.advice and not found.total and not found.without:
        return "".join(f"{safe(line).rstrip()}\n" for line in lines[:-1])
    for hit in found.hits:
        lines += [*_entry(hit), ""]
    lines += _closing(found).split("\n")
    return "".join(f"{safe(line).rstrip()}\n" for line in lines)


def _entry(hit: Hit) -> list[str]:
    factor = hit.factor
    value = f"{headline(factor)} per {factor.per}"
    room = WIDTH - len(factor.ref) - 2
    first = [f"{factor.ref}  {value}"] if len(value) <= room else [factor.ref, f"  {value}"]
    qualifiers = [word for word in (factor.sector, factor.vehicle, factor.technology) if word]
    kind = (factor.kind or "").replace("_", " ")
    about = [
        factor.name, *qualifiers, factor.region or "worldwide", str(factor.year or ""), kind,
        boundary_of(factor), factor.gwp_set or "",
    ]  # fmt: skip
    where = [factor.pack.header.title, factor.locator, factor.evidence.label]
    lines = [*first, *_wrapped(" · ".join(filter(None, about)))]
    lines += _wrapped(" · ".join(filter(None, where)))
    return lines + (_wrapped(f"also in {', '.join(hit.others)}") if hit.others else [])


def _wrapped(text: str, first: str = "  ") -> list[str]:
    from textwrap import wrap

    return wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=f"{first}  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _closing(found: Found) -> str:
    if found.total:
        more = found.total - len(found.hits)
        hint = "; narrow with --region, --year, --unit, --category or --pack" if more else ""
        shown = f", {len(found.hits)} shown{hint}" if more else ""
        keys = "; --yaml prints the keys to type" if found.hits else ""
        return f"{plural(found.total, 'factor')}{shown}{keys}"
    if found.without:
        return hidden_words(found)
    words = [
        f"nothing is called `{word}`" + (f"; near: {', '.join(near)}" if near else "")
        for word, near in found.near.items()
    ]
    return "; ".join(words) or "no factor meets all the conditions; leave one out"


def hidden_words(found: Found) -> str:
    """Which condition hides everything, and what there is without it."""
    if found.without[0].condition == "":
        total = plural(found.without[0].total, "factor")
        return f"no factor meets the conditions; without all of them there are {total}"
    told = []
    for each in found.without:
        offers = ", ".join(each.offers)
        word = {"unit": "per ", "region": "of "}.get(each.condition, "")
        more = f" ({word}{offers})" if offers else ""
        told.append(f"without {each.condition} {each.value}: {plural(each.total, 'factor')}{more}")
    lines = ["no factor meets all the conditions", *told]
    units = [parse_unit(each.value) for each in found.without if each.condition == "unit"]
    if any(unit.dimension in BRIDGED for unit in units):
        lines.append("a line may be in another unit than its factor, where a density or heating"
                     " value leads there")  # fmt: skip
    return "\n  ".join(lines)


def render_hits_json(found: Found) -> str:
    """The hits with their match keys, gases as printed and evidence."""
    hits = [_json(hit, found.region) for hit in found.hits]
    whole = {"total": found.total, "hits": hits, "advice": list(found.advice),
             "without": [{**each._asdict(), "offers": list(each.offers)}
                         for each in found.without]}  # fmt: skip
    written = json.dumps(whole, ensure_ascii=False, indent=1)
    return escaped_json(written) + "\n"


def _json(hit: Hit, region: str | None) -> dict[str, Any]:
    factor = hit.factor
    gases = {
        gas: {"value": format(value.amount.number, "f"), "unit": value.amount.unit.text,
              "as_co2e": value.as_co2e}
        for gas, value in factor.gases.items()
    }  # fmt: skip
    return {
        "factor": factor.ref, "version": factor.pack.header.version, "name": factor.name,
        "categories": sorted(factor.categories), "fuel": factor.fuel, "item": factor.item,
        "sector": factor.sector, "technology": factor.technology, "vehicle": factor.vehicle,
        "region": factor.region, "year": factor.year, "kind": factor.kind,
        "lifecycle": covered(factor.lifecycle, factor.categories, "") or None,
        "boundary": boundary_of(factor) or None, "per": str(factor.per), "gases": gases,
        "gwp_set": factor.gwp_set, "title": factor.pack.header.title,
        "locator": factor.locator, "evidence": factor.evidence.label,
        "also_in": list(hit.others), "yaml": keys_yaml(factor, region),
    }  # fmt: skip


def render_keys(found: Found) -> str:
    """The keys that ask for each hit, a YAML document each, under its reference."""
    return "---\n".join(
        f"# {hit.factor.ref}: {safe(hit.factor.name)}\n{keys_yaml(hit.factor, found.region)}"
        for hit in found.hits
    )


def text_form(found: Found, _: Style) -> str:
    """Hits in the format `table`."""
    return render_hits(found)


def json_form(found: Found, _: Style) -> str:
    """Hits in the format `json`."""
    return render_hits_json(found)
