"""What is raised where a text or a value cannot be taken: a code, a message, a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self


# where the keys of a hint are typed; a line of a table has its keys elsewhere (`key_places`)
ON_LINE = " on the line"
AT_FACILITY = " to the facility"
# no country's meters are known to count at one state alone: whoever sold the gas says it
WHICH_STATE = (
    "the bill or the meter's certificate says which (at 20 °C a m3 holds 7 % less gas than at 0 °C)"
)


class Refused(ValueError):  # noqa: N818 - said to the reader, not a fault of the program
    """Input that is refused; whoever knows its place makes a finding of it.

    Attributes:
        code: the diagnostic code.
        message: what is wrong, without a place.
        hint: what to write instead; "" where nobody can say.
        suppose: a word of the text, and one that the hint names, which may or may not be meant:
            enough to see what else is amiss.
        at: the keys of the line below which it stands, where a method knows them.
    """

    suppose: tuple[str, str] = ("", "")
    at: tuple[str, ...] = ()

    def __init__(self, code: str, message: str, hint: str | None = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint or ""

    def supposing(self, old: str, new: str) -> Self:
        """The same, with a word that may be meant."""
        self.suppose = (old, new)
        return self
