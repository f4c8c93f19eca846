"""What is raised where a text or a value cannot be taken: a code, a message, a hint."""

from __future__ import annotations


class Refused(ValueError):  # noqa: N818 - said to the reader, not a fault of the program
    """Input that is refused; whoever knows its place makes a finding of it.

    Attributes:
        code: the diagnostic code.
        message: what is wrong, without a place.
        hint: what to write instead; "" where nobody can say.
    """

    def __init__(self, code: str, message: str, hint: str | None = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint or ""
