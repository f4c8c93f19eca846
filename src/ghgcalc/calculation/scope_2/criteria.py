"""The Scope 2 quality criteria: which an instrument must meet, which it does not (S2-04)."""

from __future__ import annotations

from ghgcalc.calculation.results.instrument_use import CriterionAnswer, CriterionState

MET, NOT_MET, UNANSWERED, ASSUMED = CriterionState
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
        state = MET if evidence else NOT_MET if number in criteria else UNANSWERED
        if assumed and state == UNANSWERED:
            state = ASSUMED
        found.append(CriterionAnswer(number, state, evidence))
    return tuple(found)


def unmet(needed: tuple[int, ...], criteria: dict[int, str]) -> dict[int, CriterionState]:
    """The needed criteria without evidence, and whether each is unanswered or not met."""
    return {
        number: NOT_MET if number in criteria else UNANSWERED
        for number in needed
        if not criteria.get(number)
    }


def assumable(missing: dict[int, CriterionState]) -> bool:
    """Whether criteria may be assumed: what is known not to hold cannot be."""
    return NOT_MET not in missing.values()


def in_words(missing: dict[int, CriterionState]) -> str:
    """`criterion 2 not met, criteria 3, 4 unanswered`."""
    words: list[str] = []
    for state in (NOT_MET, UNANSWERED):
        listed = numbers(missing, state)
        if listed:
            words.append(f"{listed} {state}")
    return ", ".join(words)


def numbers(missing: dict[int, CriterionState], state: CriterionState) -> str:
    """The criteria in a state: `criteria 3, 4`."""
    found = [str(number) for number, each in missing.items() if each == state]
    noun = "criterion" if len(found) == 1 else "criteria"
    return f"{noun} {', '.join(found)}" if found else ""
