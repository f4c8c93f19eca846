"""How a result is to be written, and what a format says that cannot hold it."""

from __future__ import annotations

from typing import NamedTuple


class Style(NamedTuple):
    """What was asked for beside the format; a form heeds what means something to it.

    Attributes:
        color: whether to colour; the text says the same without.
        by: the breakdown that replaces the usual one.
        failing: the lightest severity of findings that fails.
    """

    color: bool = False
    by: str | None = None
    failing: str = "error"


PLAIN = Style()


class TooLarge(ValueError):  # noqa: N818 - said to the user, not a fault of the program
    """A result that a format cannot hold; the message says how much and how much it can."""
