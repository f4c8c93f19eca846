"""How cells write numbers, and no value: options under `read:`; nothing is guessed."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from ghgcalc.company.cell_words import not_a_word
from ghgcalc.core.numbers import MAX_DECIMALS
from ghgcalc.core.schema import Flag, Integer, Model, Text, Texts, listed, refuse

Negative = Literal["trailing_minus", "parentheses", "minus_sign"]


def _by_column(value: object) -> object:
    """One list of texts for every column, or lists by heading."""
    return value if isinstance(value, dict) else {"": value}


class ReadNumbers(Model):
    """What stands in the cells of quantities and of numbers that filters ask for."""

    decimal: Literal[".", ","] = "."
    thousands: Literal[",", ".", "'", " ", "\u00a0", "\u202f"] | None = None
    grouping: Literal["thousands", "indian"] = "thousands"
    signs: Texts = ()
    negative: Annotated[tuple[Negative, ...], BeforeValidator(listed)] = ()
    percent: Flag = False
    exponents: Flag = False
    decimals: Integer | None = None
    empty: Annotated[dict[Text, Texts], BeforeValidator(_by_column)] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _numbers(self) -> ReadNumbers:
        if self.thousands == self.decimal:
            other = "," if self.decimal == "." else "."
            raise refuse(
                "conflicting-keys",
                f'`thousands: "{self.thousands}"` is the decimal sign as well',
                f'state `decimal: "{other}"` where `{self.thousands}` groups digits',
            )
        if self.grouping == "indian" and self.thousands is None:
            raise refuse(
                "missing-key",
                "`grouping: indian` is stated, and no sign groups digits",
                'state the sign as well: `thousands: ","`',
            )
        if self.decimals is not None and not 0 <= self.decimals <= MAX_DECIMALS:
            raise refuse(
                "out-of-bounds",
                f"`decimals: {self.decimals}` is not between 0 and {MAX_DECIMALS}",
                f"cells of up to {MAX_DECIMALS} decimals are read as they are; state how many the"
                " others keep",
            )
        return self

    @model_validator(mode="after")
    def _words(self) -> ReadNumbers:
        for sign in self.signs:
            wrong = not_a_word(sign)
            if wrong:
                raise refuse("unknown-value", f"`{sign}` of `signs` {wrong[0]}", wrong[1])
        return self
