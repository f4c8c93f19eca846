"""The base of models of what the program writes: each key has its words and an example."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


class Told(BaseModel):
    """An object that the program writes: every key stands in it, and keys may be added later."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow", frozen=True, strict=True)


def key(example: Any, words: str, **more: Any) -> Any:
    """A key that is always there.

    Args:
        example: a value as it is written.
        words: what it is, and its unit.
        more: whatever pydantic's `Field` takes.
    """
    return Field(description=words, examples=[example], **more)
