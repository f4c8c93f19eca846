"""The Scope 2 quality criteria: which an instrument must meet, which it does not (S2-04)."""

from __future__ import annotations

from ghgcalc.calculation.results.instrument_use import CriterionAnswer

_FOR_ALL = (1, 2, 3, 4, 5)
_SUPPLIER_TYPES = frozenset({"green_tariff", "supplier_rate"})
_DIRECT_TYPES = frozenset({"direct_purchase", "self_generation"})


def needed_criteria(kind: str) -> tuple[int, ...]:
    """Quality criteria an instrument type must meet; 8 is met by our disclosure (DESIGN §7)."""
    more = (6,) if kind in _SUPPLIER_TYPES else (7,) if kind in _DIRECT_TYPES else ()
    return _FOR_ALL + more


def answers(
    needed: tuple[int, ...], criteria: dict[int, str], assumed: bool
) -> tuple[CriterionAnswer, ...]:
    """Every needed criterion with its state and evidence."""
    found = []
    for number in needed:
        evidence = criteria.get(number, "")
        state = "met" if evidence else "not met" if number in criteria else "unanswered"
        if assumed and state == "unanswered":
            state = "assumed"
        found.append(CriterionAnswer(number, state, evidence))
    return tuple(found)


def unmet(needed: tuple[int, ...], criteria: dict[int, str]) -> list[str]:
    """The needed criteria without evidence: `3 unanswered`, `2 not met`."""
    answers = {
        number: "not met" if number in criteria else "unanswered"
        for number in needed
        if not criteria.get(number)
    }
    words: list[str] = []
    for answer in ("not met", "unanswered"):
        numbers = [str(number) for number, found in answers.items() if found == answer]
        if numbers:
            noun = "criterion" if len(numbers) == 1 else "criteria"
            words.append(f"{noun} {', '.join(numbers)} {answer}")
    return words
