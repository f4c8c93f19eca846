"""Inputs of any size: a company file in YAML, or one with a CSV table; always the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

_REGIONS = ("CN-JS", "CN-GD", "CN-ZJ", "CN-SD", "CN-HB", "CN-FJ", "CN-AH", "CN-SH")
_HEAD = """\
ghgcalc: 1
organization:
  name: Benchmark
  consolidation_approach: operational_control
  gwp_set: AR6
factor_packs: [mee-china, desnz]
facilities:
"""
# what one line in ten is about; electricity dominates, as in the bills of a manufacturer
_KINDS = ("cn", "cn", "cn", "gb", "gb", "gb", "diesel", "diesel", "cool", "cool")
SITES = 40


def _facilities() -> str:
    lines = []
    for site in range(SITES):
        region = _REGIONS[site % len(_REGIONS)]
        lines.append(f"  cn{site}:\n    country: CN\n    region: {region}\n")
        lines.append(f"  gb{site}:\n    country: GB\n")
    return "".join(lines)


def _activity(index: int) -> str:
    kind, site = _KINDS[index % len(_KINDS)], index // len(_KINDS) % SITES
    month = f"2023-{index % 12 + 1:02d}"
    amount = f"{1000 + index * 37 % 90_000}.{index % 100:02d}"
    if kind == "cn":
        what = f"    facility: cn{site}\n    category: purchased_electricity\n"
        what += f"    quantity: {amount} kWh\n"
    elif kind == "gb":
        what = f"    facility: gb{site}\n    category: purchased_electricity\n"
        what += f"    quantity: {amount} MJ\n"
    elif kind == "diesel":
        what = f"    facility: gb{site}\n    category: mobile_combustion\n    fuel: diesel\n"
        what += f"    quantity: {amount} L\n"
    else:
        gas = ("R-410A", "R-32", "HFC-134a", "SF6")[index % 4]
        what = f"    facility: cn{site}\n    category: fugitive_emissions\n    gas: {gas}\n"
        what += f"    quantity: {index % 50}.{index % 10} kg\n"
    return f"  a{index}:\n{what}    period: {month}\n    evidence: [bills/{index}.pdf]\n"


def company_file(path: Path, activities: int) -> Path:
    """Write a company file with so many activities: power, diesel, refrigerants, two countries."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(_HEAD + _facilities() + "activities:\n")
        stream.writelines(_activity(index) for index in range(activities))
    return path


_PACK = """\
pack: own-{name}
title: Generated pack {name}
gwp_set: AR5
tables:
  - file: rows.csv
    holds: factors
"""
_ONE_LINE = """\
ghgcalc: 1
organization:
  name: Benchmark
  consolidation_approach: operational_control
  gwp_set: AR5
factor_packs: [{packs}]
activities:
  sheet:
    category: purchased_goods_and_services
    item: item_30
    quantity: 3 t
    period: 2024
"""


def pack_files(folder: Path, packs: int, rows: int) -> Path:
    """Write a company file of one line that names so many own packs of so many rows."""
    names = [f"./pack{index}/pack.yaml" for index in range(packs)]
    for index in range(packs):
        own = folder / f"pack{index}"
        own.mkdir(exist_ok=True)
        (own / "pack.yaml").write_text(_PACK.format(name=index), encoding="utf-8", newline="\n")
        with (own / "rows.csv").open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(
                "id,name,category,item,per,CO2e [kg],CO2e:CO2 [kg],CO2e:CH4 [kg],locator\n"
            )
            stream.writelines(
                f"r{row},Row {row},purchased_goods_and_services,item_{row // 3 + index * rows},"
                f"{('t', 'm3', 'km')[row % 3]},{row}.125,{row}.1,0.025,Sheet!A{row + 1}\n"
                for row in range(rows)
            )
    path = folder / "packs.yaml"
    path.write_text(_ONE_LINE.format(packs=", ".join(names)), encoding="utf-8", newline="\n")
    return path


def bare_file(folder: Path) -> Path:
    """Write the same company file with the rate on the line and no packs."""
    path = folder / "bare.yaml"
    text = _ONE_LINE.replace("factor_packs: [{packs}]\n", "")
    text = text.replace("    period: 2024", "    emission_rate: {CO2: 1 kg/t}\n    period: 2024")
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


_TABLE = """\
tables:
  bills:
    files: bills.csv
    columns: {facility: site, item: item, quantity: amount, unit: unit, period: month}
    items:
      power: {category: purchased_electricity}
"""


def table_files(folder: Path, rows: int) -> Path:
    """Write a company file whose table has so many rows, and the table."""
    path = folder / "table.yaml"
    path.write_text(_HEAD + _facilities() + _TABLE, encoding="utf-8", newline="\n")
    with (folder / "bills.csv").open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("site,item,amount,unit,month\n")
        stream.writelines(
            f"{'cn' if index % 2 else 'gb'}{index // 2 % SITES},power,"
            f"{1000 + index * 37 % 90_000}.{index % 100:02d},kWh,2023-{index % 12 + 1:02d}\n"
            for index in range(rows)
        )
    return path


_METER_ITEMS = """\
    items:
      electricity: {category: purchased_electricity}
      natural gas: {category: stationary_combustion, fuel: natural_gas}
      diesel: {category: mobile_combustion, fuel: diesel}
      petrol: {category: mobile_combustion, fuel: petrol}
      lpg: {category: stationary_combustion, fuel: lpg}
      steam: {category: purchased_steam, technology: onsite}
      district heat: {category: purchased_heat, technology: district}
      coal: {category: stationary_combustion, fuel: coal_industrial}
"""
METER_SITES, METER_DAYS, _STEP = 200, 365, 1_000_000
_METER_KINDS = (
    ("electricity", "kWh"), ("natural gas", "MWh gross"), ("diesel", "L"), ("petrol", "L"),
    ("lpg", "kg"), ("steam", "GJ"), ("district heat", "MWh"), ("coal", "t"),
)  # fmt: skip


def meter_files(folder: Path, rows: int, suffix: str = ".csv") -> Path:
    """Daily readings of 200 sites and 8 activities, `.csv` or `.parquet`, and their company file.

    The columns are id, site, date, activity, quantity and unit; Parquet holds days and decimals.
    """
    import polars as pl

    name = f"meters-{rows}{suffix}"
    path = folder / f"meters-{rows}{suffix}.yaml"
    sites = "".join(f"  site-{site:03}: {{country: GB}}\n" for site in range(METER_SITES))
    head = _HEAD.replace("[mee-china, desnz]", "[desnz]")
    path.write_text(
        f"{head}{sites}tables:\n  meters:\n    files: {name}\n"
        "    columns: {facility: site, item: activity, quantity: quantity, unit: unit,"
        f" from: date, to: date}}\n{_METER_ITEMS}",
        encoding="utf-8",
    )
    if suffix == ".parquet":
        csv = folder / f"meters-{rows}.csv"
        if not csv.exists():
            meter_files(folder, rows)
        pl.scan_csv(csv, infer_schema=False).with_columns(
            pl.col("id").cast(pl.Int64),
            pl.col("quantity").cast(pl.Decimal(18, 3)),
            pl.col("date").str.to_date(),
        ).sink_parquet(folder / name)
        return path
    with (folder / name).open("wb") as target:
        for start in range(0, rows, _STEP):
            _readings(start, min(rows, start + _STEP)).write_csv(target, include_header=start == 0)
    return path


def _readings(start: int, end: int) -> pl.DataFrame:
    import polars as pl

    index = pl.int_range(start, end, dtype=pl.Int64, eager=True).alias("id")
    row = pl.col("id")
    kind = row // METER_SITES * 31 % len(_METER_KINDS)
    numbers = list(range(len(_METER_KINDS)))
    whole = (row * 48271 % 9_000_000).cast(pl.String)
    part = (row * 7 % 1000).cast(pl.String).str.zfill(3)
    return pl.DataFrame(index).select(
        "id",
        (pl.lit("site-") + (row * 7919 % METER_SITES).cast(pl.String).str.zfill(3)).alias("site"),
        (pl.date(2024, 1, 1) + pl.duration(days=row * 104729 % METER_DAYS)).alias("date"),
        kind.replace_strict(numbers, [name for name, _ in _METER_KINDS], return_dtype=pl.String)
        .alias("activity"),
        (whole + pl.lit(".") + part).alias("quantity"),
        kind.replace_strict(numbers, [unit for _, unit in _METER_KINDS], return_dtype=pl.String)
        .alias("unit"),
    )  # fmt: skip
