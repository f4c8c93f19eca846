"""The text of a new own pack; a test lints it and computes with it."""

from __future__ import annotations

OWN_PACK = """\
# An own factor pack. A company file uses it by its path from there:
#   factor_packs: [./factors/own.yaml, desnz]
# The values below are examples, not factors: replace them. `ghgcalc factors lint` checks the file.

pack: own                        # id; a pin in a company file is `own/steam-park`
title: Values of our suppliers   # printed in every report
version: "1"                     # raise it whenever a value changes
# organisation: Steam Park Ltd   # who published the values
# licence: contract, not public  # terms of reuse
# published: 2024-03-01
# year_rule: data_year           # compare `year` with the reporting year; without it any year fits
# gwp_set: AR6                   # needed as soon as a value is CO2e: the set its publisher used
notes:
  - example values, to be replaced

factors:
  steam-park:                    # id of the row, unique in the pack
    name: Steam of the industrial park
    category: purchased_steam    # one of the categories of docs/format.md, or a list of them
    region: CN-JS                # country or subdivision; leave it out for worldwide
    # year: 2023                 # edition or data year, with `year_rule`
    per: GJ                      # the unit the values are per
    gases:                       # masses as printed; CO2, CH4, N2O, HFC-134a …, or CO2e
      CO2: 0.1 t
    source: contract annex 3     # document, table and cell or page: a verifier looks there
  coolant-oil:
    category: stationary_combustion
    fuel: coolant_oil            # match key; a line with `fuel: coolant_oil` finds this row
    # item: …                    # match key of lines without fuel
    # technology: …              # also sector, vehicle: they narrow a line that names them
    per: GJ net                  # energy of a fuel says net or gross; a gas volume its state (Nm3)
    gases:
      CO2: 75 kg
      CH4: 3 g
      N2O: 1 g
    locator: laboratory report 2023-11, page 2

fuel_properties:
  coolant-oil-ncv:
    fuel: coolant_oil
    property: net_calorific_value   # or gross_calorific_value, density
    value: 40 GJ/t
    locator: laboratory report 2023-11, page 2
"""
