"""2019 Refinement to the 2006 IPCC Guidelines: processes, electronics, waste, leak rates.

Files, in this order: CSV transcriptions of volume 3 (processes; electronics), of volume 5 (waste),
and of the leakage tables. The tables of the 2006 Guidelines in them are left to `ipcc-2006`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ghgcalc.factors.importers.common import ImportSourceError, Meta, transcription, write_pack
from ghgcalc.factors.importers.ipcc_process import Files, tables

_TITLE = "2019 Refinement to the 2006 IPCC Guidelines for National Greenhouse Gas Inventories"
_NOTES = [
    "Only tables that the Refinement changed; combustion (volume 2) is unchanged and stands in"
    " ipcc-2006.",
    "Figures differ from 2006: steel of electric arc furnaces 0.18 (0.08), of basic oxygen furnaces"
    " 1.58 (1.46), coke 0.51 (0.56), the PFC of aluminium, and centralised aerobic wastewater"
    " plants. Keep to one edition.",
    "PFC of aluminium: high-voltage and low-voltage anode effects are two items; both count.",
    "Electronics Tier 1 (Table 6.6): use the set of 2006 for wafers of 200 mm or less. C4F6, C4F8O"
    " and C5F8 stand in a row of their own: they are outside the seven gases, and of the bundled"
    " GWP sets AR6 alone weighs two of them.",
    "Table 6.3: a footnote digit was removed from some figures of the extracted text; the factor"
    " 0.068 is printed although 0.6 x 0.11 is 0.066.",
    "Table 6.8A prints the range 0 to 0.001 for septic tanks with land dispersal, which does not"
    " contain its value 0.0045; kept as printed.",
    "Table 6.7 was read by the order of its columns.",
    "Table 7.9: the columns of mobile air conditioning were read from the layout of the text.",
    "parameters are not factors: fractions, capacities and contents for the Guidelines' equations.",
]


def run(files: Sequence[Path], folder: Path) -> list[str]:
    """Write the pack of the 2019 Refinement.

    Raises:
        ImportSourceError: a file is not the expected one.
    """
    if len(files) != 4:
        raise ImportSourceError(
            f"expected process, electronics, waste and leak rate CSVs: {len(files)}"
        )
    return write_pack(folder, _meta(), tables(Files(*files), "2019"))


def _meta() -> Meta:
    return {
        "pack": "ipcc-2019",
        "publisher": "ipcc",
        "edition": "2019",
        "version": "1.1",
        "title": f"{_TITLE}, volumes 3 and 5",
        "organisation": "Intergovernmental Panel on Climate Change",
        "licence": "figures cited with attribution",
        "attribution": _TITLE,
        "supersedes": "ipcc-2019@1.0",
        "year_rule": "any",
        "evidence": transcription(
            "A", "named in each row", "keyed from the text of the publisher's PDF files"
        ),
        "notes": _NOTES,
    }
