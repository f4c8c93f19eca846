"""Judge one candidate: what departs from the strict rules, and whether the file accepts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ghgcalc.calculation.accept_hints import Departure
from ghgcalc.calculation.arithmetic import complement_ref
from ghgcalc.calculation.conversion import Conversion, find_conversion, is_fuel, node
from ghgcalc.calculation.heating_values import pair_missing
from ghgcalc.calculation.resolve.candidates import (
    Choice,
    Question,
    Refusal,
    foreign_refusal,
    joined,
    kind_refusal,
    lifecycle_refusal,
    own_vehicle,
    qualifier_refusal,
)
from ghgcalc.calculation.resolve.money import money_hint, money_refusal
from ghgcalc.calculation.resolve.spent import spent_conversion
from ghgcalc.calculation.results.plan import UsedGap
from ghgcalc.company.gaps import GapQuestion
from ghgcalc.core.gases import UNSPECIFIED
from ghgcalc.core.refusal import AT_FACILITY, ON_LINE
from ghgcalc.core.unit_table import CURRENCIES
from ghgcalc.core.vocabulary.categories import CATEGORIES
from ghgcalc.core.vocabulary.dimensions import DISTANCE, PASSENGERS
from ghgcalc.core.vocabulary.fuels import phase_of
from ghgcalc.factors.bridges import ConversionError, pack_edges
from ghgcalc.factors.money import series_of
from ghgcalc.factors.price_year import not_deflated

if TYPE_CHECKING:
    from ghgcalc.company.gaps import Accepts
    from ghgcalc.core.period import Span
    from ghgcalc.core.units import Unit
    from ghgcalc.factors.catalogue import FactorCatalog
    from ghgcalc.factors.model import Factor

_RIDDEN = ("business_travel", "employee_commuting")  # by people, in vehicles of others
_LEVELS = {"world": 0, "country": 1, "grid": 2, "province": 2}


@dataclass(frozen=True, slots=True)
class Admission:
    """Admits candidates of a catalogue under the acceptances of a file."""

    catalog: FactorCatalog
    accept: Accepts
    gwp_set: str

    def judge(
        self,
        need: Question,
        factor: Factor,
        days: Span,
        *,
        pinned: bool = False,
        known: Conversion | None = None,
    ) -> Choice | Refusal:
        """A choice, or why not; a pinned factor need not repeat the line's words."""
        refusal = lifecycle_refusal(need, factor) or kind_refusal(need, factor)
        own = pinned and own_vehicle(need.category, factor)
        if refusal is None and need.category not in factor.categories and not own:
            refusal = Refusal(f"is for {', '.join(sorted(factor.categories))}", 0)
        if refusal is None and not pinned:
            refusal = qualifier_refusal(need, factor)
        if refusal is None:
            refusal = self._elsewhere(need, factor)
        if refusal is not None:
            return refusal
        asked = GapQuestion(
            days,
            need.category,
            need.regions,
            need.facility,
            need.fuel or "",
            need.item or "",
            need.activity,
            factor.ref,
        )
        judged: list[UsedGap | Refusal | None] = [
            self._region(need, factor, asked),
            self._year(need, factor, asked),
        ]
        if any(isinstance(item, Refusal) for item in judged):
            judged.append(self._money(need, factor))
            return joined([item for item in judged if isinstance(item, Refusal)])
        conversion = known or self._conversion(need, factor)
        judged += [self._gwp(factor, asked), self._gases(need, factor, asked)]
        if isinstance(conversion, Refusal):
            judged.append(conversion)
        else:
            judged.append(self._property(need, factor, conversion, asked))
        refusals = [item for item in judged if isinstance(item, Refusal)]
        if refusals or isinstance(conversion, Refusal):
            return joined(refusals)
        gaps = [item for item in judged if isinstance(item, UsedGap)]
        return Choice(factor, conversion, tuple(gaps), self.catalog.place(factor.pack))

    def _elsewhere(self, need: Question, factor: Factor) -> Refusal | None:
        """Refuse another region at once where nothing could accept it: most candidates are."""
        if factor.at(need.regions):
            return None
        if need.kind == "residual_mix":  # a residual mix never leaves its market (S2-05)
            return Refusal(f"is the residual mix of {factor.region}", 0, unrelated=True)
        if "foreign_region" in self.accept.kinds:
            return None
        return joined([foreign_refusal(need, factor)])

    def _money(self, need: Question, factor: Factor) -> Refusal | None:
        """What is in the way of money to that of a factor, beside all else that is amiss."""
        if need.spent is None:
            return money_refusal(need, factor)
        found = self._conversion(need, factor)
        return found if isinstance(found, Refusal) else None

    def _conversion(self, need: Question, factor: Factor) -> Conversion | Refusal:
        if need.spent is not None:
            return spent_conversion(need, factor, series_of(self.catalog))
        edges = list(need.edges)
        fuel = is_fuel(need.category, need.fuel, factor.per)
        if need.fuel is not None and node(need.unit) != node(factor.per):
            edges += pack_edges(
                self.catalog.properties(need.fuel), factor, need.year, self.catalog.order
            )
        try:
            return find_conversion(need.unit, factor.per, edges, fuel, phase_of(need.fuel))
        except ConversionError as error:
            hint = error.hint
            if {need.unit.dimension, factor.per.dimension} <= CURRENCIES:
                hint = money_hint(need.unit, factor, need.year)
            if need.category in ("purchased_steam", "purchased_heat"):
                hint = (
                    f"report the quantity in the factor's kind of unit, such as {factor.per.text}"
                )
                if need.unit.dimension == "kg":
                    hint = "add `steam_state: {enthalpy: … kJ/kg, evidence: …}`, or report GJ (R22)"
            if need.category in _RIDDEN:
                hint = _riders_hint(need.unit, factor.per) or hint
            return Refusal(error.message, 0, hint, error.code, quantity=error.quantity,
                           suppose=error.suppose)  # fmt: skip

    def _region(
        self, need: Question, factor: Factor, asked: GapQuestion
    ) -> UsedGap | Refusal | None:
        region = factor.region
        if not factor.at(need.regions):
            refusal = foreign_refusal(need, factor)
            return self._gap("foreign_region", asked, refusal.text, refusal.nearness)
        if factor.finest is None or factor.pack.own or need.as_asked:
            return None
        level = _LEVELS["country"] if "-" not in region else _LEVELS["province"]
        if _LEVELS.get(factor.finest, 0) > level and region:
            text = f"{region} is coarser than the {factor.finest} values of {factor.pack.id}"
            gap = self._gap("wider_region", asked, text, -1)
            if isinstance(gap, Refusal):
                key = "grid" if factor.finest == "grid" else "region"
                hint = f"add `{key}:`{AT_FACILITY}, such as `{key}: {region}-…`"
                if region == "CN":
                    hint = (
                        f"add `region: CN-…`{AT_FACILITY}, or set `cn_location: national`"
                        " in the organization"
                    )
                return gap._replace(hint=hint)
            return gap
        return None

    def _year(self, need: Question, factor: Factor, asked: GapQuestion) -> UsedGap | Refusal | None:
        if factor.year is None or factor.year_rule == "any" or factor.year == need.year:
            return None
        years = abs(factor.year - need.year)
        kind = "earlier_year" if factor.year < need.year else "later_year"
        word = "edition" if factor.year_rule == "edition" else "data year"
        money = "" if need.spent is not None else not_deflated(factor, need.year)
        text = f"{word} {factor.year}, the line needs {need.year}{'; ' if money else ''}{money}"
        gap = self._gap(kind, asked, text, -min(years, 6), years)
        if isinstance(gap, Refusal) and kind == "later_year" and need.kind == "residual_mix":
            return gap._replace(unrelated=True)
        return gap

    def _gwp(self, factor: Factor, asked: GapQuestion) -> UsedGap | Refusal | None:
        factor = self._with_sum(factor)
        printed = factor.total_only or factor.total_with_masses or factor.rest
        if not printed or factor.zero or factor.gwp_set == self.gwp_set:
            return None
        stated = (factor.gwp_set or "unstated").replace("unstated", "an unstated GWP set")
        rest = " with a part of no stated gas" if factor.total_with_masses else ""
        text = f"CO2e total{rest} under {stated}, inventory is {self.gwp_set}"
        if factor.rest:
            text = f"CO2e of gases not told apart under {stated}, inventory is {self.gwp_set}"
        return self._gap("other_gwp_set", asked, text, -1)

    def _with_sum(self, factor: Factor) -> Factor:
        """The row whose CO2e without its gases a line gets: the factor, or its complement."""
        if factor.with_ is None or factor.rest or UNSPECIFIED in factor.gases:
            return factor
        named = self.catalog.pinned(complement_ref(factor))
        return named if named is not None and (named.rest or named.total_only) else factor

    def _gases(
        self, need: Question, factor: Factor, asked: GapQuestion
    ) -> UsedGap | Refusal | None:
        scoped = CATEGORIES[need.category].scope < 3
        if not factor.total_only or factor.zero or not scoped:
            return None
        return self._gap("co2e_without_gases", asked, "CO2e printed without its gases", -1)

    def _property(
        self, need: Question, factor: Factor, conversion: Conversion, asked: GapQuestion
    ) -> UsedGap | Refusal | None:
        if not conversion.foreign:
            return None
        text = f"converted with {conversion.foreign} of another publisher"
        gap = self._gap("other_publisher_property", asked, text, -1)
        if isinstance(gap, Refusal) and need.unit.dimension == factor.per.dimension:
            # the bill's own pair of heating values is the better remedy
            own = pair_missing(need.unit, factor.per, list(need.edges), phase_of(need.fuel))
            text = f"{own.message}; it could be {text}"
            return gap._replace(text=text, hint=own.hint, code=own.code)
        return gap

    def _gap(
        self, kind: str, asked: GapQuestion, text: str, nearness: int, years: int = 0
    ) -> UsedGap | Refusal:
        entry = self.accept.allows(kind, asked, years=years)
        if entry is not None:
            return UsedGap(kind, f"{asked.factor}: {text}", entry)
        departure = Departure(kind, years)
        return Refusal(text, nearness, "", "gap-not-accepted", gaps=(departure,))


def _riders_hint(unit: Unit, per: Unit) -> str:
    """What stands between km of people and km of vehicles: the people in one vehicle."""
    if (unit.dimension, per.dimension) == (PASSENGERS, DISTANCE):
        return f"add `occupancy: …`{ON_LINE}, how many people ride in one vehicle"
    if (unit.dimension, per.dimension) == (DISTANCE, PASSENGERS):
        return "state what people travelled, in `pkm`, without `occupancy`"
    return ""
