"""Profiles by name: a title and the requirements of each, imported when one is asked for."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ghgcalc.analysis.profiles.requirement import Requirement

# name: module with `TITLE` and `REQUIREMENTS`
PROFILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ghgp": "ghgcalc.analysis.profiles.ghgp",
        "iso14064-1": "ghgcalc.analysis.profiles.iso14064_1",
    }
)


def profile_of(name: str) -> tuple[str, tuple[Requirement, ...]]:
    """The title and the requirements of a profile.

    Raises:
        KeyError: there is none of this name.
    """
    module = import_module(PROFILES[name])
    return module.TITLE, module.REQUIREMENTS
