"""A quantity that several columns give together: what was generated less what was fed in."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from pydantic import PlainValidator

from ghgcalc.company.joined_columns import Joined
from ghgcalc.core.schema import refuse
from ghgcalc.core.text.scripts import composed


class Term(NamedTuple):
    """A column that is added or, with `-`, taken away."""

    sign: str
    heading: str


class Terms(str):
    """The columns of a quantity, as the text that names them together."""

    terms: tuple[Term, ...]

    @classmethod
    def of(cls, texts: list[str]) -> Terms:
        """The terms of texts that start with their sign."""
        found = cls(" ".join(texts))
        found.terms = tuple(Term(text[0], text[1:].strip()) for text in texts)
        return found


def _heading(value: Any) -> str:
    if isinstance(value, list):
        return _terms(value)
    if isinstance(value, str):
        return value if isinstance(value, Terms | Joined) else composed(value)
    raise refuse("wrong-shape", "expected a heading", "write the heading of their column")


def _terms(value: list[Any]) -> Terms:
    texts = [composed(text.strip()) if isinstance(text, str) else "" for text in value]
    wrong = next(
        (text for text in texts if text[:1] not in {"+", "-"} or not text[1:].strip()), None
    )
    if not texts or wrong is not None:
        raise refuse(
            "wrong-shape",
            f"`{wrong or ''}` of `quantity` does not say whether it is added or taken away",
            'write a sign before each heading, as in `quantity: ["+Generated", "-Fed in"]`',
        )
    if len({text[1:].strip() for text in texts}) < len(texts):
        raise refuse("duplicate-key", "a column of `quantity` stands there twice", "keep one")
    return Terms.of(texts)


Heading = Annotated[str, PlainValidator(_heading)]


def terms_of(columns: dict[str, str]) -> tuple[Term, ...]:
    """The terms of a table's quantity; empty where one column holds it."""
    text = columns.get("quantity")
    return text.terms if isinstance(text, Terms) else ()
