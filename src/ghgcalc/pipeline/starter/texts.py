"""The files of a new repository; `{…}` stands for what was asked."""

from __future__ import annotations

COMPANY = """\
# yaml-language-server: $schema={schemas}/company.schema.json
# The inventory of {name}. `ghgcalc compute` prints it, `ghgcalc check` judges it.
# `ghgcalc list` shows the words it may hold, `ghgcalc explain-error` what a finding means.
ghgcalc: 1

organization:
  name: {quoted}
  consolidation_approach: operational_control   # or financial_control, equity_share
  gwp_set: AR6                                  # the IPCC report whose GWPs weigh the gases

# tables of factors, the first one first; `ghgcalc list packs` names all that are bundled
factor_packs:
  - ./factors/own.yaml
{packs}
facilities:
  {facility}:
    country: {country}
{region}
# what is used: one entry per supply and period, in the unit of the bill
include: [activities/*.yaml]

# Tables read bills as they come: `ghgcalc table data/bills.csv` looks at one and proposes this.
#
# tables:
#   power:
#     files: data/power-*.csv
#     columns: {{item: Product, quantity: Usage, unit: Unit, from: Start, to: End}}
#     constants: {{facility: {facility}}}
#     items:
#       Electricity: {{category: purchased_electricity}}

# A figure that must come out; `ghgcalc check` fails where it does not.
#
# expect:
#   - {{period: {year}, figure: scope_1, value: 12.3 t, within: 0.1 t, citation: report p. 4}}
"""

COMPANY_FROM = """\
# yaml-language-server: $schema={schemas}/company.schema.json
# The inventory of {name}, begun from {files}.
# `…` stands where only you know: write it in its place. `ghgcalc check` names what is open and
# computes nothing before. `ghgcalc list` shows the words it may hold.
ghgcalc: 1

organization:
  name: {quoted}
  consolidation_approach: operational_control   # or financial_control, equity_share
  gwp_set: AR6                                  # the IPCC report whose GWPs weigh the gases

# tables of factors, the first one first; `ghgcalc list packs` names all that are bundled
factor_packs:
  - ./factors/own.yaml
{packs}
facilities:
{facilities}
# what the files hold and how it is read, for review; nobody edits the files
tables:
{tables}
# Lines that no file holds: one entry per supply and period.
#
# include: [activities/*.yaml]

# A figure that must come out; `ghgcalc check` fails where it does not.
#
# expect:
#   - {{period: {year}, figure: scope_1, value: 12.3 t, within: 0.1 t, citation: report p. 4}}
"""

NO_PACKS = """\
  # and a bundled one: where no factor is found, `ghgcalc check` names the pack to add
"""

GITATTRIBUTES = """\
# a lock holds hashes of bytes, which are the same on every machine: git converts nothing, and what
# people write has LF
* -text
*.yaml text eol=lf
*.yml text eol=lf
*.lock text eol=lf
# the files of data/ stay as they came, line ends included
data/** -text
"""

ACTIVITIES = """\
# yaml-language-server: $schema=../{schemas}/include.schema.json
# The supplies of {facility} in {year}. A quantity is number and unit in one text.
activities:
  {facility}-refrigerant-{year}:
    facility: {facility}
    category: fugitive_emissions
    gas_masses: {{HFC-134a: 1.5 kg}}   # refilled, from the service report
    period: {year}
    note: an example, replace it
{power}
  # {facility}-gas-{year}:
  #   facility: {facility}
  #   category: stationary_combustion
  #   fuel: natural_gas              # `ghgcalc list fuels`
  #   quantity: 120_000 kWh gross    # energy of a fuel says net or gross
  #   period: {year}
  #   evidence: [data/gas-{year}.pdf]
"""

POWER = """\
  {facility}-power-{year}:
    facility: {facility}
    category: purchased_electricity
    quantity: 120_000 kWh
    period: {year}
    note: an example, replace it
"""

NO_POWER = """\
{advice}
  # `ghgcalc list regions --match {country}` shows what is bundled.
  #
  # {facility}-power-{year}:
  #   facility: {facility}
  #   category: purchased_electricity
  #   quantity: 120_000 kWh
  #   period: {year}
"""

OWN_PACK = """\
# yaml-language-server: $schema=../{schemas}/pack.schema.json
# Factors of your own: a supplier's declaration, a measurement, a licensed table.
# `ghgcalc factors new` writes an example that explains each key.
pack: own
version: "1"
title: Own factors
gwp_set: AR6
factors: {{}}
"""

GITIGNORE = """\
.venv/
~$*
._*
*.tmp
out/
"""

README = """\
# GHG inventory of {name}

```sh
pip install ghgcalc
ghgcalc compute                  # the newest reporting year
ghgcalc check                    # every year, every expectation
ghgcalc ci --base main           # what this branch does to the inventory
ghgcalc explain company.yaml {facility}-refrigerant-{year}
ghgcalc compute -o out/inventory.xlsx
```

| where | what |
|---|---|
| `company.yaml` | organisation, facilities, packs of factors, expectations |
| `activities/` | what was used, by facility and year |
| `data/` | bills and exports as they came; nobody edits them |
| `factors/` | factors of our own, with their source |
| `{schemas}/` | what editors complete by; `ghgcalc schema -o {schemas}` renews it |

A reported year is closed with `ghgcalc lock --period {year}`; `ghgcalc diff` says what changed.
"""

README_FROM = """\
# GHG inventory of {name}

```sh
pip install ghgcalc
ghgcalc check                    # every year, every expectation, and what is still open
ghgcalc compute                  # the newest reporting year
ghgcalc lines                    # what each row of data/ became
ghgcalc ci --base main           # what this branch does to the inventory
ghgcalc compute -o out/inventory.xlsx
```

| where | what |
|---|---|
| `company.yaml` | organisation, facilities, packs of factors, how the files of `data/` are read |
| `data/` | bills and exports as they came; nobody edits them |
| `factors/` | factors of our own, with their source |
| `{schemas}/` | what editors complete by; `ghgcalc schema -o {schemas}` renews it |

A reported year is closed with `ghgcalc lock`; `ghgcalc diff` says what changed.
"""

PRE_COMMIT = """\
# `pre-commit install` judges the inventory before each commit
repos:
  - repo: local
    hooks:
      - id: ghgcalc-check
        name: ghgcalc check
        entry: ghgcalc check
        language: python
        additional_dependencies: [ghgcalc]
        files: \\.(ya?ml|csv|tsv|txt|gz|xml|xlsx?|xlsm|parquet|lock|pdf|docx?|eml|msg|png|jpe?g)$
        pass_filenames: false
"""

GITHUB = """\
name: inventory
on:
  push:
    branches: [main]
  pull_request:
  merge_group:       # a merge queue asks for its checks by this event
permissions:
  contents: read
jobs:
  inventory:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0   # the base of a pull request is read from the history
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install ghgcalc
      # a limit such as --threshold-percent 5 fails where a total moves further
      - run: ghgcalc ci --output-dir out
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: inventory
          path: out
          if-no-files-found: ignore
"""

GITLAB = """\
inventory:
  image: python:3.12
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  variables:
    GIT_DEPTH: "0"   # the base of a merge request is read from the history
  script:
    - pip install ghgcalc
    # a limit such as --threshold-percent 5 fails where a total moves further
    - ghgcalc ci --output-dir out
  artifacts:
    when: always
    paths: [out]
    reports:
      junit: out/findings.xml
"""
