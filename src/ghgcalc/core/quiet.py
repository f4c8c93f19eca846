"""Libraries that warn: what they say of a file is no finding, and never stands among findings."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")
_BLOCK = 1_000


@contextmanager
def no_warnings() -> Iterator[None]:
    """Run a library without its warnings, such as openpyxl's of styles and drop-down lists."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def quietly(items: Iterable[T]) -> Iterator[T]:
    """The items of a library that reads as it goes, without its warnings."""
    source = iter(items)
    while True:
        with no_warnings():
            block = list(islice(source, _BLOCK))
        yield from block
        if not block:
            return
