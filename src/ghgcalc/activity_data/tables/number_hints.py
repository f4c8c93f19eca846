"""What is wrong with a cell that is no number, and the option under `read:` that reads it.

A hint is typed as it is printed: it names the options under which the form reads this very cell,
and is given only where all of them give one number.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from ghgcalc.activity_data.tables.findings import shown_cell
from ghgcalc.activity_data.tables.number_form import BLANKS, MINUS, MOST_DIGITS, NumberForm
from ghgcalc.activity_data.tables.sums import EXACT_DECIMALS
from ghgcalc.activity_data.tables.words import is_unit
from ghgcalc.company.cell_words import CURRENCY_SIGNS, not_a_word
from ghgcalc.core.numbers import MAX_INTEGER_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

_FULL_WIDTH = re.compile(r"[\uff01-\uff5e]")
_AROUND = re.compile(
    r"^([+\-−]?\(?)([^0-9+\-−().,%]*)(.*?[0-9.,%)\-−])\s*([^0-9%()+\-−]*)([)\-−]*)$"
)
_BETWEEN = re.compile(rf"(?<=[0-9])[{BLANKS},.'\u2019](?=[0-9])")
_BLANK_NAMES = {" ": "a space", "\u00a0": "a no-break space (U+00A0)",
                "\u202f": "a narrow no-break space (U+202F)",
                "\u2009": "a thin space (U+2009)",
                "\u3000": "an ideographic space (U+3000)"}  # fmt: skip
_STATED = {" ": " ", "\u00a0": "\u00a0", "\u202f": "\u202f", "\u2009": " ", "\u3000": " ", "'": "'",
           "\u2019": "'", ",": ",", ".": "."}  # fmt: skip
CORRECTS = (
    "name the rows that correct others with `corrections: {column: …, equals: …}`; where the minus"
    " alone tells them, state `corrections: {negative: true}`"
)
_LONGEST = 60  # signs of a cell that is looked at


class Reading(NamedTuple):
    """One way to read a cell: the number, and the options that it needs beyond those stated."""

    value: Fraction
    options: str


def explain(
    code: str, cell: str, form: NumberForm, unit: str = "", *, rounds: bool = True
) -> tuple[str, str]:
    """Message and hint for a refused quantity; `cell` is its text as it stands.

    `rounds`: the table may state `decimals:`.
    """
    text = shown_cell(cell.strip())
    if code == "empty-cell":
        return "the cell is empty", (
            "write the quantity, or `0` for none; `empty_quantities: skip` under `read:` leaves out"
            " rows without one"
        )
    if code == "negative-quantity":
        return f"`{text}` is negative", CORRECTS
    if code == "correction-sign":
        return _sign(text, below=form.plain(cell).startswith("-"))
    if code == "unit-mismatch":
        return f"`{text}` says another unit than its row, `{shown_cell(unit)}`", (
            "correct the unit that the table states, or translate it under `names: unit:`"
        )
    if code == "number-out-of-range":
        return _too_long(cell, text, form, rounds)
    said, hint = _why(cell.strip(), form)
    return f"`{text}` is not a number" + (f": {said}" if said else ""), hint


def use_with_minus(heading: str) -> str:
    """The step where most rows of a column are below zero."""
    stated = json.dumps(f"-{heading.strip()}", ensure_ascii=False)
    return f"where the file prints what was used with a minus, state `quantity: [{stated}]`"


def _sign(text: str, *, below: bool) -> tuple[str, str]:
    """What is asked where the sign of a marked row may mean two things."""
    if below:
        return f"`{text}` has a minus, and `sign: reversed` says that marked rows have none", (
            "remove `sign:` where marked rows print their minus; files of either kind are tables"
            " of their own"
        )
    return f"`{text}` is positive in a row that `corrections:` marks: does it take away or add?", (
        "add `sign: reversed` to `corrections:` where the file prints what they take away without"
        " a minus, or `sign: as_printed` where such a row adds what it says"
    )


def _too_long(cell: str, text: str, form: NumberForm, rounds: bool) -> tuple[str, str]:
    whole, _, part = form.plain(cell).strip("+-%").partition(form.decimal)
    if len(whole.lstrip("0")) > MAX_INTEGER_DIGITS:
        return (
            f"`{text}` has more than {MAX_INTEGER_DIGITS} digits before the decimal sign",
            "correct the cell, or state a larger unit",
        )
    count = len(part.rstrip("0"))
    message = f"`{text}` has {count} decimals, more than {EXACT_DECIMALS}"
    if rounds and form.decimals is None and count <= MOST_DIGITS and "%" not in text:
        return message, (
            f"state `decimals: {EXACT_DECIMALS}` under `read:`: such cells are rounded so, and"
            " every report says what that moves"
        )
    return message, "write the number with fewer decimals"


def _why(text: str, form: NumberForm) -> tuple[str, str]:
    """What is wrong with a text, and the hint."""
    if not any(sign.isdigit() for sign in text):
        return "", (
            f"state `empty: [{json.dumps(text, ensure_ascii=False)}]` under `read:` where it stands"
            " for no value: the cell is empty then"
            if len(text) < _LONGEST
            else f"write digits with `{form.decimal}` for decimals, such as 1234{form.decimal}5"
        )
    if _FULL_WIDTH.search(text):
        return "it has full-width signs", "type the number with ASCII digits and signs"
    if "e" in text.casefold() and (of := _exponent(text, form)):
        return of
    readings = list(_readings(text, form)) if len(text) < _LONGEST else []
    values = {reading.value for reading in readings}
    said = "; ".join(_odd(text, form))
    if len(values) == 1:
        return said, f"state {readings[0].options} under `read:`"
    if len(values) > 1:
        return said, _either(readings)
    if word := _pointed(text, form):
        return said, word
    return said, f"write digits with `{form.decimal}` for decimals, such as 1234{form.decimal}5"


def _pointed(text: str, form: NumberForm) -> str:
    """What to state where a word stands before a bare decimal sign that may belong to it."""
    for sign in form.texts:
        rest = text.removeprefix(sign)
        if is_unit(sign) or rest == text or not rest.lstrip(BLANKS).startswith(form.decimal):
            continue
        word = text[: text.index(form.decimal, len(sign)) + 1]
        tried = replace(form, signs=(*form.signs, word))
        if tried.value(text) is not None:
            every = ", ".join(map(_typed, tried.signs))
            return (
                f"where its `{form.decimal}` belongs to the word, state `signs: [{every}]` under"
                f" `read:`; where it stands before decimals, export them with a 0 before it"
            )
    return ""


def _exponent(text: str, form: NumberForm) -> tuple[str, str] | None:
    """What to do about a power of ten; None where the text is no such number."""
    forms = (replace(form, exponents=True, decimal=sign) for sign in (form.decimal, ".", ","))
    tried = next((each for each in forms if each.in_full(text) != text), None)
    if form.exponents or tried is None:
        return None
    options = _options(tried, form, ())
    digits = sum(each.isdigit() for each in re.split("[eE]", text)[0])
    whole = tried.in_full(text).strip("+-%").partition(tried.decimal)[0]
    if len(whole) <= digits:
        return "it has an exponent", f"state {options} under `read:`"
    return "it has an exponent, and fewer digits than the number", (
        f"export it with all digits; state {options} under `read:` where zeros stand for the others"
    )


def _either(readings: list[Reading]) -> str:
    """What to state where a sign may group digits or stand before decimals."""
    groups, decimals = readings[0], readings[-1]
    return (
        f"state under `read:` {groups.options} where it groups digits, or {decimals.options} where"
        " it stands before decimals"
    )


def _readings(text: str, form: NumberForm) -> Iterator[Reading]:
    """The numbers that a text may be, each once, with the fewest options."""
    around = _AROUND.match(text)
    words = [word.strip() for word in (around[2], around[4]) if word.strip()] if around else []
    if not all(_is_known(word) for word in words):
        return
    signs = tuple(dict.fromkeys(word for word in words if word not in form.signs))
    forced = replace(
        form,
        signs=(*form.signs, *signs),
        negative=tuple(dict.fromkeys((*form.negative, *_minus(text)))),
        percent=form.percent or "%" in text,
    )
    stated = [_STATED[sign] for sign in _BETWEEN.findall(text)]
    if form.thousands and form.thousands in BLANKS:  # another blank than the one stated: any
        stated = [" " if sign in BLANKS else sign for sign in stated]
    between = [None, *dict.fromkeys(stated)]
    seen = set()
    for decimal in dict.fromkeys((form.decimal, ".", ",")):
        if decimal == form.thousands:
            continue
        for thousands, indian in ((sign, grouped) for sign in between for grouped in (False, True)):
            if thousands == decimal or (indian and thousands is None):
                continue
            tried = replace(forced, decimal=decimal, thousands=thousands or form.thousands,
                            indian=indian or form.indian)  # fmt: skip
            value = tried.value(text)
            if value is not None and value not in seen:
                seen.add(value)
                yield Reading(value, _options(tried, form, signs))


def _is_known(word: str) -> bool:
    """Whether a word is a unit or the sign of a currency; `O` behind digits is a slip."""
    return word in CURRENCY_SIGNS or (not not_a_word(word) and is_unit(word))


def _minus(text: str) -> list[str]:
    found = []
    if MINUS in text:
        found.append("minus_sign")
    if "(" in text:
        found.append("parentheses")
    if text.rstrip("%").endswith(("-", MINUS)) or re.search(r"[0-9]\s*[-−]\s*\D*$", text):
        found.append("trailing_minus")
    return found


def _options(tried: NumberForm, form: NumberForm, signs: tuple[str, ...]) -> str:
    """The options that differ, as they are typed."""
    made = []
    if tried.decimal != form.decimal:
        made.append(f"`decimal: {json.dumps(tried.decimal)}`")
    if tried.thousands != form.thousands and tried.thousands is not None:
        made.append(f"`thousands: {_typed(tried.thousands)}`")
    if tried.indian and not form.indian:
        made.append("`grouping: indian`")
    if signs:
        every = ", ".join(_typed(sign) for sign in tried.signs)
        made.append(f"`signs: [{every}]`")
    if tried.negative != form.negative:
        made.append(f"`negative: [{', '.join(tried.negative)}]`")
    if tried.percent and not form.percent:
        made.append("`percent: true`")
    if tried.exponents and not form.exponents:
        made.append("`exponents: true`")
    return " and ".join(made)


def _typed(text: str) -> str:
    """A text between quotes; blanks that nobody sees by their number."""
    shown = json.dumps(text, ensure_ascii=False)
    return "".join(f"\\u{ord(one):04x}" if one in BLANKS[1:] else one for one in shown)


def _odd(text: str, form: NumberForm) -> Iterator[str]:
    """What stands in a text that is not part of a plain number."""
    for sign in dict.fromkeys(_BETWEEN.findall(text)):
        if _STATED[sign] == form.thousands:
            groups = "Indian groups" if form.indian else "groups of three"
            yield f"its digits do not stand in {groups}"
        elif sign != form.decimal:
            yield f"{_BLANK_NAMES.get(sign, f'`{sign}`')} stands between its digits"
    if around := _AROUND.match(text):
        for word, place in ((around[2].strip(), "before"), (around[4].strip(), "behind")):
            if word and word not in form.signs:
                yield f"`{shown_cell(word)}` stands {place} it"
    if "%" in text and not form.percent:
        yield "it is a percentage"
    if "(" in text and "parentheses" not in form.negative:
        yield "it stands in parentheses"
    if MINUS in text and "minus_sign" not in form.negative:
        yield "its minus is the sign U+2212"
    elif "trailing_minus" in _minus(text) and "trailing_minus" not in form.negative:
        yield "its minus stands behind it"
