"""Global warming potentials over 100 years: one pack per IPCC assessment report.

File: a CSV transcription that holds all sets. The packs are written to `folder`/<set>.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ghgcalc.factors.importers.common import (
    ImportSourceError,
    Meta,
    Row,
    Table,
    exact,
    one_file,
    read_csv,
    transcription,
    unverified,
    write_pack,
)

_NEEDED = (
    "gas", "name", "formula", "gwp_set", "value", "horizon_years", "kyoto_gas", "source", "note",
)  # fmt: skip
_SETS = {
    "SAR": ("Second Assessment Report (1995)", "B", "one third-party table of the IPCC's values"),
    "AR4": (
        "Fourth Assessment Report (2007)",
        "A",
        "a third-party table; 54 of 54 gases equal the UK 2022 factors",
    ),
    "AR5": (
        "Fifth Assessment Report (2013), without climate-carbon feedback",
        "A",
        "a third-party table; 56 of 56 gases equal the UK 2025, 32 of 32 the US EPA 2025 values",
    ),
    "AR6": (
        "Sixth Assessment Report (2021)",
        "B",
        "the data file of an author of the chapter; CH4 and SF6 from documents that quote it",
    ),
}
_SAME = {  # the same substance under two names in the sets
    "Carbon tetrachloride": "CCl4",
    "Chloroform": "CHCl3",
    "Methyl bromide": "CH3Br",
    "Methyl chloride": "CH3Cl",
    "Methyl chloroform": "CH3CCl3",
    "Methylene chloride": "CH2Cl2",
    "Methylene bromide": "CH2Br2",
    "CH4 (fossil)": "CH4_fossil",
    "CH4 (non-fossil)": "CH4_non_fossil",
    "C7F16": "PFC-61-16",
    "C8F18": "PFC-71-18",
    "PFC-216 (c-C3F6)": "PFC-216",
    "CFC 1112": "CFC-1112",
    "CFC 1112a": "CFC-1112a",
}
_DUPLICATES = {"HFC-43-I0mee", "C2H6", "C3H8", "n-C4H10", "CF3CF2COCF(CF3)2"}
_LEFT_OUT = {  # not offered, or a value that the set does not have
    ("AR6", "CH4"),
    ("AR4", "CH4 (fossil)"),
    ("AR4", "CH4 (non-fossil)"),
    ("AR5", "CH4 (non-fossil)"),
}
_MONTREAL = re.compile(r"(CFC-1[1-5]|CFC-11\d|HCFC-|Halon-)")
_MONTREAL_GASES = {"CCl4", "CH3CCl3", "CH3Br"}
_SINGLE = {"CO2", "CH4", "N2O", "SF6", "NF3"}
_NOTES = {
    "AR4": ["HFC-134, HFC-143 and others that the report's main table lacks: UK 2022 values."],
    "AR5": [
        "CH4 is 28; CH4_fossil (30) is known from one document that cites Table 8.A.1.",
        "Values with climate-carbon feedback are another set and not in this pack.",
    ],
    "AR6": [
        "CH4: only 29.8 (fossil) and 27.0 (non-fossil) of Table 7.15; 27.9 is not offered.",
        "SF6 is 24300 (published report); pre-publication files print 25200.",
        "CFC-11 and CFC-12 are the author's corrected values (6230 and 12500).",
        "Values below 0.001 may be printed as 0 in the author's file.",
    ],
}


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write one pack per set.

    Raises:
        ImportSourceError: the file is not the expected one.
    """
    path = one_file(files, "a table of GWPs, CSV")
    lines = list(enumerate(read_csv(path, _NEEDED), start=2))
    report = []
    for name in _SETS:
        rows = _rows(name, lines, path.name)
        if not rows:
            raise ImportSourceError(f"{path.name}: no rows of {name}")
        report += write_pack(folder / name.lower(), _meta(name), [Table("gwp.csv", "gwp", rows)])
    return report


def _rows(name: str, lines: list[tuple[int, Row]], source: str) -> list[Row]:
    found: dict[str, Row] = {}
    for number, line in lines:
        gas = line["gas"]
        if line["gwp_set"] != name or unverified(line):
            continue
        if gas in _DUPLICATES or (name, gas) in _LEFT_OUT:
            continue
        where = f"{source} row {number}"
        if line["horizon_years"] != "100":
            raise ImportSourceError(f"{where}: expected 100 years, found {line['horizon_years']!r}")
        row = _row(name, line, where)
        if row["gas"] in found:
            raise ImportSourceError(f"{where}: a second value of {row['gas']}")
        found[row["gas"]] = row
    return list(found.values())


def _row(name: str, line: Row, where: str) -> Row:
    gas = gas_id(line["gas"])
    outside = not line["source"].startswith(f"IPCC {name}") and gas != "CO2"
    return {
        "gas": gas,
        "name": line["name"],
        "formula": line["formula"],
        "gwp": exact(line["value"], where),
        "group": _group(gas, line["kyoto_gas"] == "1"),
        "locator": _locator(line["source"]),
        "note": "not a value of the report itself" if outside else "",
    }


def _locator(source: str) -> str:
    kept = re.sub(r" \((chapter author data file|author data file|AR4 GWPs)\)", "", source)
    return kept.replace(" as quoted in stored document", ", as quoted")


def gas_id(label: str) -> str:
    """The gas id of a label: known synonyms, no blanks."""
    return _SAME.get(label, label).replace("cyc (", "cyc(").replace(" ", "-")


def _group(gas: str, kyoto: bool) -> str:
    base = "CH4" if gas.startswith("CH4") else gas
    if base in _SINGLE:
        return base
    if kyoto and gas.startswith(("HFC-", "PFC-")):
        return gas[:3]
    if kyoto:
        raise ImportSourceError(f"{gas}: a Kyoto gas of no known group")
    if gas in _MONTREAL_GASES or (_MONTREAL.match(gas) and not gas.startswith("CFC-1112")):
        return "montreal"
    return "other"


def _meta(name: str) -> Meta:
    title, grade, via = _SETS[name]
    return {
        "pack": f"gwp-{name.lower()}",
        "publisher": "gwp",
        "edition": name.lower(),
        "version": "1.0",
        "title": f"Global warming potentials over 100 years, IPCC {title}",
        "organisation": "Intergovernmental Panel on Climate Change",
        "licence": "figures cited with attribution",
        "year_rule": "any",
        "gwp_set": name,
        "evidence": transcription(grade, "named in each row", via),
        "notes": [
            *_NOTES.get(name, []),
            "Gases of the Montreal Protocol (group montreal) and group other are outside of the"
            " seven-gas total.",
        ],
    }
