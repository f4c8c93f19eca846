"""Which encodings read some bytes, the likeliest first."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_SAMPLE = 1_000_000
_WIDE = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# at the same score the earlier: what fits Korean or kana throughout fits Chinese by chance
_TRIED = ("shift_jis", "euc_kr", "gb18030", "big5", "cp1252", "cp1250", "cp1251")
_MIXED = re.compile("[A-Za-z][\u0400-\u045f]|[\u0400-\u045f][A-Za-z]")
_LETTERS = {
    "cp1252": "äöüßÄÖÜéèàùçñáíóúâêîôûëïÉÈÀÇÑÁÍÓÚåøæÅØÆãõœ€£°²³–’“”„«»¿¡ºª·",
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűöüŐŰÖÜäÄßăâîșşţŞŢđĐôľĺ€°–’“”„",
}


def best_encodings(data: bytes, known: Collection[str]) -> list[str]:
    """The encodings of `known` that may be meant; more than one where the bytes do not tell."""
    sample = data[:_SAMPLE]
    for mark, name in _WIDE.items():
        if sample.startswith(mark):
            return [name]
    zeros = sample[:4096].count(0)
    if zeros * 3 >= len(sample[:4096]) > 0:
        odd = sample[1:4096:2].count(0) >= sample[0:4096:2].count(0)
        wide = "utf-16-le" if odd else "utf-16-be"
        return [wide] if wide in known else []
    if zeros:
        return []
    if _reads(sample, "utf-8"):
        return ["utf-8"]
    return _ranked(sample, [n for n in _TRIED if n in known and _reads(sample, n)])


def _reads(sample: bytes, name: str) -> bool:
    try:
        codecs.getincrementaldecoder(name)().decode(sample, final=False)
    except UnicodeError:
        return False
    return True


def _ranked(sample: bytes, able: list[str]) -> list[str]:
    """By the share of signs that are common in texts of the encoding; near ones are both told."""
    scores = {name: _common(sample, name) for name in able}
    ranked = sorted(able, key=lambda name: (-scores[name], able.index(name)))
    near = [name for name in ranked if scores[name] * 10 >= scores[ranked[0]] * 9]
    texts = {name: codecs.getincrementaldecoder(name)().decode(sample, final=False)
             for name in near}  # fmt: skip
    return [name for i, name in enumerate(near)
            if all(texts[name] != texts[other] for other in near[:i])]  # fmt: skip


def _common(sample: bytes, name: str) -> float:
    text = codecs.getincrementaldecoder(name)().decode(sample, final=False)
    high = [sign for sign in text if ord(sign) > 127]
    if name == "cp1251" and _MIXED.search(text):
        return 0.0  # Cyrillic within words of Latin letters
    return sum(_is_common(sign, name) for sign in high) / len(high) if high else 0.0


def _is_common(sign: str, name: str) -> bool:
    if name in _LETTERS:
        return sign in _LETTERS[name]
    if name == "cp1251":
        return "\u0410" <= sign <= "\u044f"
    if name == "euc_kr":
        return "\uac00" <= sign <= "\ud7a3"
    if name == "shift_jis":
        return "\u3040" <= sign <= "\u30ff" or _level_one(sign, "shift_jis", 0x88, 0x97)
    first, last = (0xB0, 0xD7) if name == "gb18030" else (0xA4, 0xC6)
    return _level_one(sign, "gb2312" if name == "gb18030" else "big5", first, last)


def _level_one(sign: str, name: str, first: int, last: int) -> bool:
    try:
        return first <= sign.encode(name)[0] <= last
    except UnicodeError:
        return False
