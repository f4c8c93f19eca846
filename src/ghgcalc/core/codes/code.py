"""What a diagnostic code says."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """One code: `slug`, title, why it matters, what to do."""

    slug: str
    title: str
    why: str
    fix: str
