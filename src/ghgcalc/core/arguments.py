"""What callers hand to public functions: a wrong type is a TypeError that names the argument.

A mistake in a file is a finding, and so is a name or a period that a file does not know; an
argument of another kind is a slip in the caller's program, and is said where it is called.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from operator import index
from pathlib import Path
from typing import NoReturn, SupportsIndex, TypeVar

from ghgcalc.core.spelling import nearest

K = TypeVar("K")
T = TypeVar("T")
V = TypeVar("V")
COMPANY = "a company file, as text or `Path`"
INVENTORY = "the `inventory` of a run (None where errors block it)"
_SCOPES = frozenset({1, 2, 3})
_SHOWN = 40


def wrong(name: str, wanted: str, value: object) -> NoReturn:
    """Refuse an argument.

    Raises:
        TypeError: always; it names the argument, what it takes, and what was given.
    """
    if isinstance(value, str):
        given = f"the text {value[:_SHOWN]!r}"
    else:
        given = repr(value) if value is None or isinstance(value, bool) else type(value).__name__
    raise TypeError(f"`{name}` takes {wanted}, not {given}")


def taken(value: object, kind: type[T], name: str, wanted: str) -> T:
    """A value of its kind.

    Raises:
        TypeError: it is of another one.
    """
    return value if isinstance(value, kind) else wrong(name, wanted, value)


def path_of(value: object, name: str = "path", wanted: str = COMPANY) -> Path:
    """A path; text in bytes is none, as findings name files by text.

    Raises:
        TypeError: it is no text and no path.
    """
    if isinstance(value, str):
        return Path(value)
    found = os.fspath(value) if isinstance(value, os.PathLike) else value
    return Path(found) if isinstance(found, str) else wrong(name, wanted, value)


def text_of(value: object, name: str) -> str | None:
    """A text, or None where nothing is asked.

    Raises:
        TypeError: it is neither.
    """
    return value if value is None else taken(value, str, name, "a text or None")


def period_of(
    value: object,
    name: str = "period",
    wanted: str = "a period as text, such as '2024-Q1', a year or None",
) -> str | None:
    """A period as files write it; a year may be a number, as `Judgement.years` holds them.

    Raises:
        TypeError: it is no text, no whole number and not None.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        return str(index(value))
    return wrong(name, wanted, value)


def flag_of(value: object, name: str) -> bool:
    """True or False; a text such as `no` would count as true.

    Raises:
        TypeError: it is neither.
    """
    return taken(value, bool, name, "True or False")


def mapping_of(value: Mapping[K, V], name: str, wanted: str) -> Mapping[K, V]:
    """A mapping.

    Raises:
        TypeError: it is none.
    """
    judged: object = value
    return value if isinstance(judged, Mapping) else wrong(name, wanted, value)


def names_of(value: object, name: str, such: str) -> frozenset[str]:
    """Several names; a lone text would be taken letter by letter, and is refused.

    Args:
        value: what the caller gave.
        name: the argument's name.
        such: a name that fits, for the message.

    Raises:
        TypeError: it holds no names, or is a lone one.
    """
    wanted = f"several names, such as [{such!r}]"
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        return wrong(name, wanted, value)
    return frozenset(taken(each, str, name, wanted) for each in value)


def scopes_of(value: object) -> frozenset[int]:
    """Several scopes of 1, 2, 3.

    Raises:
        TypeError: it is a text, or one scope alone.
        ValueError: it holds what is no scope.
    """
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        return wrong("scopes", "several scopes, such as (1, 2)", value)
    found = frozenset(value)
    for scope in found - _SCOPES:
        raise ValueError(f"`{scope}` is no scope: write some of 1, 2, 3")
    return found


def no_name(value: object, kind: str, known: Iterable[str], otherwise: str = "") -> NoReturn:
    """Refuse a name that is none of those known.

    Raises:
        ValueError: always; with the name it is a slip of, else with all of them, or `otherwise`.
    """
    names = list(known)
    near = nearest(value, names) if isinstance(value, str) else None
    listed = otherwise or f"write {', '.join(f'`{name}`' for name in names)}"
    hint = f"did you mean `{near}`?" if near else listed
    raise ValueError(f"`{str(value)[:_SHOWN]}` is no {kind}: {hint}")
