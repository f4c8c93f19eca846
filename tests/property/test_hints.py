# ruff: noqa: PT017 - a text may be read or refused, and both are judged
"""Hints typed as they are printed: the right number, another error, never another number.

Each text below is made of something known: a unit with a slip of the pen or a multiplier, a number
in another country's signs, a gas with a slip. What it was made of says what a hint may mean. Where
two known things make the same text, no hint may choose.
"""

from __future__ import annotations

import math
import re
import shutil
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pint
import pytest

from ghgcalc.core.digits import spelled
from ghgcalc.core.gas_hints import gas_hint
from ghgcalc.core.numbers import NumberError, parse_number
from ghgcalc.core.unit_table import ALIASES, CURRENCIES, NATURAL
from ghgcalc.core.units import UnitError, parse_quantity, parse_unit
from ghgcalc.factors.library import open_bundled
from ghgcalc.pipeline.run import Run, compute
from ghgcalc.render.errors_page import ALTERED, COMPANY, EXPECTED, NOT_READ, command_of
from support.companies import CASES, ERROR_FOLDERS, ERRORS, cases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.core.diagnostics import Diagnostic

Kind = tuple[Fraction, str]
TYPED = re.compile("`([^`]+)`")
# what stands before a unit, by the SI Brochure and by what bills write
BEFORE = {
    "k": 10**3, "M": 10**6, "G": 10**9, "h": 10**2, "da": 10, "d": Fraction(1, 10),
    "c": Fraction(1, 100), "m": Fraction(1, 1000), "MM": 10**6, "deka": 10, "deca": 10,
    "kilo": 10**3, "mega": 10**6, "giga": 10**9, "hecto": 100, "milli": Fraction(1, 1000),
    "thousand ": 10**3, "十": 10, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6,
    "千万": 10**7, "亿": 10**8, "万亿": 10**12,
}  # fmt: skip


PARTS = [
    ("W", Fraction(1), "J/s"),
    ("Wp", Fraction(1, 1000), "kWp"),
    ("B", Fraction(1, 10**9), "GB"),
]


def slips(word: str) -> Iterator[str]:
    """One sign left out, doubled, exchanged with the next, changed or added."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at] + word[at:]
        yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        for sign in "hkMxe3":
            yield word[:at] + sign + word[at + 1 :]
            yield word[:at] + sign + word[at:]
    yield from (word + sign for sign in "s.hk")
    yield from (word.lower(), word.upper(), word.swapcase(), word.capitalize())


def kind(text: str) -> Kind:
    unit = parse_unit(text)
    return unit.size, unit.dimension


def unit_texts() -> dict[str, set[Kind]]:
    """Texts made of known units, and what each was made of; a multiplier is read before a slip."""
    made: dict[str, set[Kind]] = defaultdict(set)
    counted: dict[str, set[Kind]] = defaultdict(set)
    for name in sorted({*NATURAL, *ALIASES, *CURRENCIES}):
        size, dimension = kind(name)
        for text in slips(name):
            if not text[:1].isdigit():  # a multiple is read before a unit
                made[text].add((size, dimension))
        for word, value in BEFORE.items():
            for scale in scales(word, Fraction(value), ALIASES.get(name, name)):
                counted[word + name].add((size * scale, dimension))
    for part, size, dimension in PARTS:
        for word in ("k", "M", "G", "T"):
            value = 10**12 if word == "T" else BEFORE[word]
            counted[word + part].add((size * value, dimension))
    folded: dict[str, set[Kind]] = defaultdict(set)
    for name in {*NATURAL, *ALIASES, *CURRENCIES}:
        folded[name.casefold()].add(kind(name))
    cased = {text: folded[text.casefold()] for text in made if text.casefold() in folded}
    return {**made, **cased, **counted}


def scales(word: str, value: Fraction, name: str) -> set[Fraction]:
    """What a multiplier does: before a power the SI raises it, and trades may not."""
    power = int(name[-1]) if name in ("m2", "m3", "cm2", "ft2", "ft3") else 1
    if power == 1 or not word.isascii() or len(word) > 5:
        return {value}
    raised = {value**power}
    return raised if word in ("d", "c", "m", "da", "h") or name == "m2" else {value, *raised}


def in_place(text: str, error: UnitError, typed: str) -> str:
    """The text with what is typed in place of the part that the message names."""
    part = re.match("unit `([^`]+)` in ", error.message)
    whole = part is None or error.hint.startswith("write")
    return typed if whole or part is None else text.replace(part[1], typed)


def refusal(text: str) -> UnitError | None:
    try:
        parse_unit(text)
    except UnitError as error:
        return error if error.code == "unknown-unit" else None
    return None


def test_hints_on_units_keep_the_size() -> None:
    texts = unit_texts()
    refused = hinted = 0
    for text, origins in sorted(texts.items())[::7]:
        error = refusal(text)
        refused += error is not None
        for typed in TYPED.findall(error.hint) if error else ():
            try:
                found = kind(in_place(text, error, typed))
            except UnitError:
                continue
            hinted += 1
            assert origins == {found}, f"{text}: {error.hint if error else ''}"
    assert refused > 2_000
    assert hinted > 500


def test_hints_on_quantities_keep_the_amount() -> None:
    """Typed as the whole scalar or in place of the unit: 12.5 of the unit, or an error."""
    hinted = 0
    for text, origins in sorted(unit_texts().items())[::19]:
        try:
            parse_quantity(f"12.5 {text}")
        except (UnitError, NumberError) as error:
            if error.code == "unit-ambiguous":
                continue
            for typed in TYPED.findall(error.hint or ""):
                unit = in_place(text, error, typed) if isinstance(error, UnitError) else typed
                for scalar in (typed, f"12.5 {unit}"):
                    try:
                        amount = parse_quantity(scalar)
                    except (UnitError, NumberError):
                        continue
                    hinted += 1
                    found = (amount.value * amount.unit.size / Fraction("12.5"),
                             amount.unit.dimension)  # fmt: skip
                    assert origins == {found}, f"{text}: {error.hint}"
    assert hinted > 100


def test_hints_name_no_unit_of_another_size_for_the_units_of_pint() -> None:
    """Over a thousand units that we do not know, with the sizes of pint's own registry."""
    registry = pint.UnitRegistry()
    base = {"J": "joule", "J/s": "watt", "kg": "kilogram", "m3": "meter**3", "km": "kilometer",
            "m2": "meter**2", "s": "second", "Pa": "pascal", "GB": "gigabyte"}  # fmt: skip
    ours = {registry(unit).dimensionality for unit in base.values()}
    judged = judged_hints = 0
    short = [name for name in registry._units if len(name) < 5]
    names = {*registry._units, *(f"{prefix}{n}" for n in short for prefix in "kMmd")}
    # pint's barrel holds 31.5 gallons of beer; a `dth` is no tenth of a thou
    for name in sorted(names - {"bbl", "kbbl", "dth"}):
        error = refusal(name) if name.isidentifier() else None
        judged += error is not None
        for typed in TYPED.findall(error.hint) if error else ():
            try:
                size, dimension = kind(typed)
            except UnitError:
                continue
            if registry(name).dimensionality not in ours:
                continue  # gauss and molar: no one states them here
            if name.upper() == dimension:
                continue  # a currency, not a gigabase pair
            judged_hints += 1
            assert dimension in base, f"{name} is no {dimension}"
            theirs = (1 * registry(name)).to(base[dimension]).magnitude
            assert math.isclose(theirs, size, rel_tol=1e-4), (
                f"{name}: {error.hint if error else ''}"
            )
    assert judged > 1_200
    assert judged_hints > 10


GROUPS = {
    "space": " ",
    "narrow": "\u202f",
    "apostrophe": "'",
    "comma": ",",
    "point": ".",
    "none": "",
}


def number_texts() -> dict[str, set[str]]:
    """Numbers as other countries write them, and the values that may be meant."""
    made: dict[str, set[str]] = defaultdict(set)
    for whole in (
        "0",
        "7",
        "12",
        "340",
        "1250",
        "7500",
        "12500",
        "340500",
        "400000",
        "1250000",
        "98765432",
    ):
        for part in ("", "5", "25", "500", "42769"):
            value = f"{whole}.{part}" if part else whole
            for group in GROUPS.values():
                for sign in ",." if part else " ":
                    if sign == group and part:
                        continue
                    text = f"{int(whole):,}".replace(",", group)
                    made[f"{text}{sign}{part}" if part else text].add(value)
    return made


def test_hints_on_numbers_keep_the_value() -> None:
    refused = hinted = open_ = 0
    for text, values in number_texts().items():
        try:
            read = parse_number(text)
        except NumberError as error:
            refused += 1
            found = TYPED.findall(error.hint or "")
            numbers = [typed for typed in found if typed != "_"]
            open_ += not numbers
            for typed in numbers:
                hinted += 1
                assert {Fraction(parse_number(typed))} == set(map(Fraction, values)), text
        else:  # a point is ours: it stands before decimals
            assert read == parse_number(text.replace(" ", ""))
            assert "," not in text
    assert (refused, hinted, open_) > (150, 120, 3)


def test_what_has_two_values_is_spelled_in_none() -> None:
    two = [text for text, values in number_texts().items() if len(set(map(Fraction, values))) > 1]
    assert len(two) > 5
    assert {spelled(text) for text in two if "," in text} == {None}


# one substance under two names: 3M's HFE-7100 and HFE-7200 are HFE-449s1 and HFE-569sf2
ONE_GAS = {"hfe7100": "hfe449s1", "hfe7200": "hfe569sf2", "hfe449sl": "hfe449s1"}


def identity(gas: str) -> str:
    """What tells a gas from all others: its number or formula, letters as they stand."""
    plain = gas.translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))
    plain = re.sub(r"[\s_-]", "", plain)
    return re.sub(r"^(HFC|HCFC|CFC|HFO|HCFO|HC|PFC|FC|R)(?=\d)", "", plain, flags=re.I).casefold()


def test_hints_on_gases_keep_the_substance() -> None:
    pack = open_bundled("gwp-ar6")
    assert pack is not None
    known = [row.cells["gas"] for row in pack.rows("gwp")]
    short = [gas for gas in known if len(gas) < 12][::5]
    texts = {text for gas in short for text in slips(gas)} - set(known)
    texts |= {f"{family}-{identity(gas)}" for gas in short for family in ("HFC", "CFC", "HFO", "R")}
    texts |= {f"HFC-{number}" for number in ("404A", "410A", "507A", "32", "22", "12")}
    hinted = 0
    for text in sorted(texts - set(known)):
        for typed in TYPED.findall(gas_hint(text, known)):
            hinted += 1
            assert identity(typed) == ONE_GAS.get(identity(text), identity(text)), text
    assert len(texts) > 800
    assert hinted > 100


@pytest.mark.parametrize("text", ["NH3", "R-717", "R717", "ammonia"])
def test_ammonia_is_nothing_to_report(text: str) -> None:
    hint = gas_hint(text, ["NF3", "N2O", "HFC-17"])
    assert "nothing is to report" in hint
    assert "`" not in hint


# ---- the folders of errors ----------------------------------------------------------------------

# what an example gives once its hint is typed in place of the marked text, by hand: tonnes of CO2e,
# location-based
RIGHT = {
    # 1,000 kWh gross x 0.1829 kg/kWh
    **dict.fromkeys(("unknown-boundary", "unknown-check", "unknown-figure", "unknown-fuel",
                     "unknown-key", "unknown-pack", "unknown-value", "unknown-factor",
                     "unknown-unit", "wrong-shape"), "0.1829"),
    "unknown-line": "0.175584",  # (1,000 - 40) kWh
    "biogenic-co2": "1.8708",  # 12 t x (5 kg CH4 x 28 + 0.06 kg N2O x 265)
    "unknown-facility": "3.847",  # 2 kg of half HFC-32 (677), half HFC-125 (3,170)
    "unknown-column": "0.248563525",  # 1,200.5 kWh x 0.20705 kg/kWh
    "unknown-item": "0.434908525",  # 2,100.5 kWh x 0.20705 kg/kWh
}  # fmt: skip
# a choice that the hint lists whole, each of them with its meaning
CHOSEN = {("corporate-nf3-sar-refused", name) for name in ("AR4", "AR5", "AR6")}
PLACE = re.compile(r"^(\S+?):(\d+):(\d+): error\[(?P<code>[\w-]+)\]")
MARKED = re.compile(r"^ *\| ( *)(\^+)$")


def typed_files(folder: Path, target: Path) -> Iterator[str]:
    """The company file with each backticked text of a hint in place of what is marked."""
    lines = (folder / EXPECTED).read_text("utf-8").splitlines()
    place: tuple[str, int, int] | None = None
    width = 0
    for line in lines:
        if match := PLACE.match(line):
            place, width = (match[1], int(match[2]), int(match[3])), 0
        elif (mark := MARKED.match(line)) and not width:
            width = len(mark[2])
        elif "= hint:" in line and place and width:
            for typed in TYPED.findall(line):
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(folder, target)
                path = target / place[0]
                rows = path.read_bytes().decode("utf-8", "surrogateescape").split("\n")
                row, at = rows[place[1] - 1], place[2] - 1
                rows[place[1] - 1] = row[:at] + typed + row[at + width :]
                path.write_bytes("\n".join(rows).encode("utf-8", "surrogateescape"))
                yield typed


def test_hints_of_the_error_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = right = 0
    for name in ERROR_FOLDERS:
        folder = ERRORS / name
        special = (folder / NOT_READ).exists() or (folder / ALTERED).exists()
        where = (folder / EXPECTED).read_text("utf-8").split(":")[0]
        typed_in = where in ("company.yaml", "bills.csv")
        if special or not typed_in or command_of(folder).split()[0] != "compute":
            continue
        target = tmp_path / name
        for text in typed_files(folder, target):
            typed += 1
            monkeypatch.chdir(target)
            inventory = compute(COMPANY).inventory
            if inventory is None:
                continue
            right += 1
            # what the file states; upstream of it is derived
            stated = [line for line in inventory.lines if line.derived_from is None]
            total = sum(line.co2e("location_based") for line in stated)
            assert name in RIGHT, f"{name}: `{text}` gives {float(total)} t"
            assert math.isclose(total, Fraction(RIGHT[name]), rel_tol=2e-4), f"{name}: `{text}`"
    assert typed > 40
    assert right > 5


def refused_cases() -> Iterator[tuple[str, dict[str, str], str, Diagnostic, str]]:
    """Case, its files, the period, a finding and a backticked text of its hint."""
    for path in CASES:
        case = cases()[path.stem]
        files = {**case.get("files", {}), COMPANY: case["company"]}
        refused = [run for run in case["runs"] if run.get("errors")]
        for period in dict.fromkeys(str(run["period"]) for run in refused):
            for slip, typed in findings_of(files, period):
                yield path.stem, files, period, slip, typed


def computed(files: dict[str, str], period: str) -> Run:
    """Compute a case from its files."""
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return compute(str(Path(folder) / COMPANY), period=period)


def findings_of(files: dict[str, str], period: str) -> Iterator[tuple[Diagnostic, str]]:
    for slip in computed(files, period).diagnostics:
        if slip.location is not None and slip.location.width:
            yield from ((slip, typed) for typed in TYPED.findall(slip.hint or ""))


def test_hints_of_the_refused_cases() -> None:
    """The published cases that must be refused stay so by any hint but a choice of the standard."""
    typed = 0
    for name, files, period, slip, hint in refused_cases():
        assert slip.location is not None
        typed += 1
        rows = files[COMPANY].split("\n")
        row, at = rows[slip.location.line - 1], slip.location.column - 1
        rows[slip.location.line - 1] = row[:at] + hint + row[at + slip.location.width :]
        done = computed({**files, COMPANY: "\n".join(rows)}, period)
        assert done.inventory is None or (name, hint) in CHOSEN, f"{name}: `{hint}`"
    assert typed > 10
