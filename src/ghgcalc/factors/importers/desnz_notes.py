"""DESNZ conversion factors: traps in plain words, shipped with every pack."""

from __future__ import annotations

from ghgcalc.factors.importers.common import Meta

_GWPS = {"AR4": "CH4 25, N2O 298", "AR5": "CH4 28, N2O 265"}
_NOTES = [
    "A blank cell of the publisher means that there is no factor, never 0; such rows are left out.",
    "Natural gas per cubic metre: taken as Sm3 (15 degC); the flat file itself does not state the"
    " condition. Prefer kWh of gross calorific value from the bill.",
    "Gas bills in the UK are in kWh of gross calorific value.",
    "Fuels holds two kinds of diesel and petrol: as sold on forecourts (average biofuel blend) and"
    " 100% mineral.",
    "Vehicles: Scope 1 rows of plug-in hybrids hold the fuel only and those of battery electric"
    " vehicles are 0; their electricity is in electric_vehicles.csv (Scope 2).",
    "Business travel, managed assets and freight rows of electric vehicles already hold electricity"
    " and its grid losses: add no electric_vehicles_t_and_d.csv to them.",
    "Refrigerants are left out: they are computed from mass, composition and GWP set. SECR rows are"
    " left out: they are energy per distance.",
]
AR4_NOTE = (
    "Biofuels (liquid, biomethane and biopropane; biofuels.csv) are totals on AR4: those that the"
    " editions of 2021 and 2022 hold are unchanged per GJ (2023's liquefied biomethane apart), and"
    " they equal CH4 and N2O of the same"
    " mineral fuel at the GWPs of AR4, not of AR5 (per GJ: HVO 1.037, diesel 1.039 and 0.926;"
    " bioethanol 0.423, petrol 0.425 and 0.431; renewable jet kerosene 0.723, aviation turbine fuel"
    " 0.722 and 0.653; biomethane 0.106, CNG 0.108 and 0.114). Of biogas and biomass no figure"
    " says which."
)
NET_NOTE = (
    "Bioenergy per kWh and per GJ has no printed calorific basis; the publisher's own values per"
    " tonne and per kWh stand in the ratio of the net calorific value, so they are marked net."
)
WASTE_NOTE = (
    "Waste rows of recycling and energy recovery hold the transport to the plant only; a recycled"
    " material's own footprint is in materials.csv."
)
PLACE_NOTE = (
    "International flights to and from non-UK places, hotel stays, and tankers and cargo ships by"
    " class and size serve any facility, their well-to-tank rows too; everything else, large RoPax"
    " ferries included, is the United Kingdom's."
)
BIO_NOTES = [
    NET_NOTE,
    "CO2_biogenic is the publisher's 'Outside of scopes' value of the same fuel and unit; it is"
    " reported outside the scopes.",
    WASTE_NOTE,
    PLACE_NOTE,
    "Row ids are ours and the same in every edition. Waste burnt is `combustion` up to 2024 and"
    " `incineration_with_energy_recovery` from 2025, as the publisher names it.",
]


def notes(gwp_set: str, gas_labels: bool) -> list[str]:
    """The notes of an edition; `gas_labels`: its gas rows are labelled `kg CO2`, `kg CH4`.

    They are CO2e of the gas all the same: the three sum to the total.
    """
    first = (
        "Printed gas values are kg CO2e of the gas, not kg of the gas; they use the GWPs of"
        f" {gwp_set} ({_GWPS[gwp_set]})."
    )
    labelled = (
        " The publisher labels them `kg CO2`, `kg CH4`, `kg N2O`; the three sum to the total."
        if gas_labels
        else ""
    )
    return [first + labelled, *_NOTES]


def common_meta(before_2023: bool = False) -> Meta:
    """Organisation, licence and attribution of an edition."""
    return {
        "organisation": "Department for Business, Energy and Industrial Strategy"
        if before_2023
        else "Department for Energy Security and Net Zero",
        "licence": "OGL-UK-3.0",
        "attribution": "Contains public sector information licensed under the Open Government"
        " Licence v3.0.",
    }
