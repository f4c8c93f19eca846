"""Tariffs of one meter in columns: *HT* beside *NT*, peak beside off-peak, 峰 beside 谷.

Each is use at its own hours, so that their sum is what was used. One of them alone tells nothing:
*HT* is *hors taxes* of a price as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ghgcalc.activity_data.tables.looking.columns import Column

# each group is one tariff; the first that fits
_TARIFFS: Final = tuple(
    re.compile(rf"(?i)(?<![^\W\d_])(?:{words})(?![^\W\d_])|{signs}")
    for words, signs in (
        (r"off[ -]?peak|nt|niedertarif|nebentarif|nebenzeit|schwachlast|hc|heures? creuses?|"
         r"low tariff|night(?: tariff)?|nacht\w*|nuit|valle|vall|daltarief|laag(?:tarief)?|"
         r"fascia f3", "低谷|谷"),
        (r"mid[ -]?peak|shoulder|llano|fascia f2", "平段|平"),
        (r"critical[ -]peak|super[ -]?peak", "尖峰|尖"),
        (r"on[ -]?peak|peak|ht|hochtarif|haupttarif|hauptzeit|hp|heures? pleines?|high tariff|"
         r"day(?: tariff)?|tag(?:strom|tarif)?|jour|punta|hoog(?:tarief)?|fascia f1", "高峰|峰"),
    )
)  # fmt: skip


def tariffs_of(columns: Sequence[Column]) -> dict[int, str]:
    """Columns that are tariffs by their headings: by place, what else the heading says.

    Only those that differ from another column in the tariff alone: `Cost HT` is none beside `NT`.
    """
    told = [(c.place, *found) for c in columns if (found := _told(c.name))]
    return {place: rest for place, tariff, rest in told
            if any(other != tariff and beside == rest for _, other, beside in told)}  # fmt: skip


def _told(heading: str) -> tuple[int, str] | None:
    """Which tariff a heading names, and the rest of its words."""
    bare = re.sub(r"(?<=.)#[0-9]+$", "", heading)
    for number, words in enumerate(_TARIFFS):
        found = words.search(bare)
        if found is not None:
            rest = f"{bare[: found.start()]} {bare[found.end() :]}"
            return number, " ".join(re.sub(r"[(\[]\s*[)\]]", " ", rest).split())
    return None


def told_of_tariffs(columns: Sequence[Column]) -> str:
    """What adds the tariffs among columns that may each be the quantity; "" without any."""
    names = tariff_names(columns)
    if not names:
        return ""
    listed = ", ".join(f"`{name}`" for name in names)
    return (f"tariffs: {listed} are hours of one meter by their headings, and each alone is a part"
            f" of what was used: `quantity: {added(names)}` adds them, unless a column among these"
            " holds their sum")  # fmt: skip


def tariff_names(columns: Sequence[Column]) -> list[str]:
    """The headings that are tariffs of one rest, such as `HT` and `NT`."""
    found = tariffs_of(columns)
    rests = [*dict.fromkeys(found.values())]
    return [c.name for c in columns if found.get(c.place) == rests[0]] if rests else []


def added(names: Sequence[str]) -> str:
    """Columns that are added, as they are typed behind `quantity:`."""
    return "[{}]".format(", ".join('"+' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
                                   for name in names))  # fmt: skip
