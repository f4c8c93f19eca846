"""Currency signs and unit words that stand beside a number in a cell (`read: {signs: …}`).

A sign says again what the row's unit is; it never changes the number. So a word that counts the
unit (`k`, `Mio.`, `万`) is none, and neither is a text that could be digits of the number.
"""

from __future__ import annotations

import re
import unicodedata

# what counts a unit: dropped, it would make the number a thousand times too small
MULTIPLES = frozenset({
    "k", "m", "g", "t", "tsd", "mio", "mn", "mm", "mrd", "bn", "thousand", "thousands",
    "million", "millions", "billion", "billions", "tausend", "millionen", "mille", "lakh", "lakhs",
    "lac", "crore", "crores", "cr", "dozen", "千", "万", "萬", "百万", "千万", "亿", "億", "万元",
    "千元", "千円", "百万円", "만", "억", "천",
})  # fmt: skip
# a sign of a currency, and the currencies it is printed for
CURRENCY_SIGNS: dict[str, frozenset[str]] = {
    "£": frozenset({"GBP"}),
    "€": frozenset({"EUR"}),
    "₹": frozenset({"INR"}),
    "₩": frozenset({"KRW"}),
    "฿": frozenset({"THB"}),
    "₫": frozenset({"VND"}),
    "₺": frozenset({"TRY"}),
    "zł": frozenset({"PLN"}),
    "¥": frozenset({"CNY", "JPY"}),
    "￥": frozenset({"CNY", "JPY"}),
    "元": frozenset({"CNY", "TWD"}),
    "円": frozenset({"JPY"}),
    "kr": frozenset({"DKK", "NOK", "SEK"}),
    "$": frozenset({"AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD", "USD"}),
}
_FACTOR = re.compile(r"(?i)[xe×*^]\s?[0-9]+|\^.*")  # `x100`, `e3`
_UNITS = frozenset({"m", "g", "t"})  # multiples by themselves only beside a currency


def not_a_word(sign: str) -> tuple[str, str] | None:
    """Why a text cannot stand beside a number, and what to do; None where it can."""
    text = sign.strip()
    if not any(unicodedata.category(one) in _LETTERS for one in text):
        hint = "write the sign or word as the cells have it, such as `£` or `kWh`"
        if text == "%":
            hint = "state `percent: true` under `read:`"
        elif text in ("-", "−", "()", "(", ")"):
            hint = "state `negative: [trailing_minus, parentheses, minus_sign]`, what applies"
        return "is no currency sign and no word", hint
    if text[0].isdigit():
        return "starts with a digit", "write the word without digits of the number"
    if any(one in "()%+" for one in text) or text[-1] in "-−":
        return "holds a sign of the number", "write the currency sign or the word alone"
    if _FACTOR.fullmatch(text):
        return "counts or raises the number", "state `read: {exponents: true}`, or own units"
    if is_multiple(text):
        return (
            "counts the unit: without it the number would be another",
            "translate the unit under `names: unit:`, such as `thousand kWh`",
        )
    return None


def is_multiple(text: str) -> bool:
    """Whether a text counts a unit, alone (`Mio.`) or beside the sign of a currency (`T€`)."""
    word = text.casefold().strip(" .")
    if word in MULTIPLES and word not in _UNITS:
        return True
    bare = "".join(" " if unicodedata.category(one) == "Sc" else one for one in word)
    for code in _CODES:
        bare = bare.removesuffix(code)
    return bare != word and bare.strip(" .") in MULTIPLES


_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Sc", "So"})
_CODES = ("eur", "usd", "gbp", "chf", "cny", "jpy", "inr")
