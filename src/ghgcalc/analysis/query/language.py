"""The text of a query: conditions that must all hold, `by` keys, `top` rows."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from ghgcalc.core.refusal import Refused
from ghgcalc.core.spelling import nearest
from ghgcalc.core.text.scripts import composed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

# the keys of lines, and of what lies inside a line: parts priced by a factor, gases, months
LINE_KEYS: Final = ("line", "activity", "scope", "category", "written_category", "facility",
                    "country", "item", "supplier", "unit", "file")  # fmt: skip
SHARE_KEYS: Final = ("estimated",)
PART_KEYS: Final = ("factor", "pack", "instrument")
GAS_KEYS: Final = ("gas", "gas_group")
MONTH_KEYS: Final = ("month", "quarter")
KEYS: Final = (*LINE_KEYS, *SHARE_KEYS, *PART_KEYS, *GAS_KEYS, *MONTH_KEYS)
ORDERED: Final[Mapping[str, Callable[[str, str], bool]]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
_FORMS: Final = {
    "month": (re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])"), "2023-04"),
    "quarter": (re.compile(r"[0-9]{4}-Q[1-4]"), "2023-Q2"),
    "scope": (re.compile(r"[1-3]"), "2"),
    "estimated": (re.compile(r"yes|no"), "yes"),
}
_TOKEN = re.compile(
    r"""(?P<blank>\s+)|(?P<comma>,)|(?P<sign>!=|>=|<=|==|=|>|<)"""
    r"""|"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<word>[^\s,=!<>"']+)"""
)


class QueryError(Refused):
    """A query that cannot be read, or that names what the inventory does not know."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__("query", message, hint)


class Condition(NamedTuple):
    """One condition: any of `values` by `sign`; `pattern` values hold `*` outside quotes."""

    key: str
    sign: str
    values: tuple[Value, ...]


class Value(NamedTuple):
    """A value as written; quoted, a `*` is itself."""

    text: str
    quoted: bool = False

    @property
    def pattern(self) -> re.Pattern[str] | None:
        """What a value with `*` stands for; None where it is a plain word."""
        if self.quoted or "*" not in self.text:
            return None
        return re.compile(".*".join(map(re.escape, self.text.split("*"))), re.DOTALL)


class Query(NamedTuple):
    """What is asked: the lines that meet every condition, grouped `by` keys, the `top` largest."""

    conditions: tuple[Condition, ...] = ()
    by: tuple[str, ...] = ()
    top: int | None = None

    @property
    def keys(self) -> frozenset[str]:
        """The keys that it names."""
        return frozenset((*self.by, *(each.key for each in self.conditions)))


class _Token(NamedTuple):
    kind: str
    text: str


def parse(text: str) -> Query:
    """Read a query, such as `facility=kunshan scope=2 by month`.

    Raises:
        QueryError: it cannot be read; the message names the word, the hint what to write.
    """
    tokens = _Tokens(list(_tokens(text)))
    conditions: list[Condition] = []
    by: list[str] = []
    top: int | None = None
    while tokens.left:
        word = tokens.word("a key, `by` or `top`")
        if word.text == "by" and tokens.sign is None:
            by += _keys(tokens)
        elif word.text == "top" and tokens.sign is None:
            top = _top(tokens, top)
        else:
            conditions.append(_condition(tokens, word.text))
    _judge(conditions, by)
    return Query(tuple(conditions), tuple(by), top)


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise QueryError(f"`{text[place:]}` cannot be read: a quotation mark is not closed",
                             "close it, or leave it out")  # fmt: skip
        kind = str(found.lastgroup)
        if kind != "blank":
            yield _Token(kind, composed(found[kind]))
        place = found.end()


class _Tokens:
    """The tokens of a query, taken from the front."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens, self._at = tokens, 0

    @property
    def left(self) -> bool:
        return self._at < len(self._tokens)

    @property
    def _next(self) -> _Token | None:
        return self._tokens[self._at] if self.left else None

    @property
    def sign(self) -> str | None:
        """The sign that comes next; None where another thing does."""
        return self._next.text if self._next is not None and self._next.kind == "sign" else None

    def take(self, kind: str) -> _Token | None:
        """The next token where it is of a kind."""
        if self._next is None or self._next.kind != kind:
            return None
        self._at += 1
        return self._tokens[self._at - 1]

    def word(self, wanted: str) -> _Token:
        """The next token, which is a word or quoted."""
        for kind in ("word", "double", "single"):
            if (found := self.take(kind)) is not None:
                return found
        what = "the end of the query" if self._next is None else f"`{self._next.text}`"
        raise QueryError(f"{what} stands where {wanted} is wanted",
                         "write `key=value`, `by key` or `top 10`")  # fmt: skip


def _keys(tokens: _Tokens) -> Iterator[str]:
    """The keys after `by`, joined by commas."""
    while True:
        yield _key(tokens.word("a key").text)
        if tokens.take("comma") is None:
            return


def _key(text: str) -> str:
    if text not in KEYS:
        near = nearest(text, KEYS)
        raise QueryError(f"`{text}` is no key of a line",
                         f"write `{near}`" if near else f"keys: {', '.join(KEYS)}")  # fmt: skip
    return text


def _top(tokens: _Tokens, before: int | None) -> int:
    text = tokens.word("a number").text
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text) or before is not None:
        raise QueryError(f"`top {text}` cannot be read", "write one number of rows, `top 10`")
    return int(text)


def _condition(tokens: _Tokens, word: str) -> Condition:
    key = _key(word) if tokens.sign else _unsigned(word)
    sign = tokens.sign or ""
    tokens.take("sign")
    if sign == "==":
        raise QueryError(f"`{key}==` cannot be read", f"write `{key}=`")
    if sign in ORDERED and key not in MONTH_KEYS:
        raise QueryError(f"`{key}{sign}` cannot be read: {key} has no order",
                         f"write `{key}=` or `{key}!=`")  # fmt: skip
    values = tuple(_values(tokens, key))
    if sign in ORDERED and len(values) > 1:
        raise QueryError(f"`{key}{sign}` takes one value", f"write `{key}={values[0].text},…`")
    return Condition(key, sign, values)


def _unsigned(word: str) -> NoReturn:
    """Refuse a word that is no condition."""
    near = nearest(word, (*KEYS, "by", "top"))
    if word in ("and", "or"):
        hint = "leave `and` out: all conditions hold; several values: `key=one,other`"
    else:
        hint = f"write `{near}`" if near and near != word else "write `key=value` or `by key`"
    raise QueryError(f"`{word}` has no value", f"write `{word}=value`" if word in KEYS else hint)


def _values(tokens: _Tokens, key: str) -> Iterator[Value]:
    while True:
        token = tokens.word(f"a value of {key}")
        quoted = token.kind != "word"
        form = _FORMS.get(key)
        if form is not None and not form[0].fullmatch(token.text):
            raise QueryError(f"`{token.text}` is no {key}", f"write it like `{key}={form[1]}`")
        yield Value(token.text, quoted)
        if tokens.take("comma") is None:
            return


def _judge(conditions: list[Condition], by: list[str]) -> None:
    """Refuse what can only be a slip: a key twice under `by`, or with two lists of values."""
    for key in by:
        if by.count(key) > 1:
            raise QueryError(f"`by {key}` stands twice", "leave one of them out")
    equal = [each.key for each in conditions if each.sign == "="]
    for key in equal:
        if equal.count(key) > 1:
            raise QueryError(f"`{key}=` stands twice, and both must hold",
                             f"for any of several values write `{key}=one,other`")  # fmt: skip
