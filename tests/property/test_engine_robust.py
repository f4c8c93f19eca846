"""Bad input is a finding: no text escapes as an exception, and none yields a number in silence."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from ghgcalc.core.codes.registry import CODES
from ghgcalc.core.diagnostics import Severity
from support.strategies import (
    OWN,
    RICH,
    certificate,
    check,
    company,
    errors,
    power,
    profile,
    run_of,
    run_text,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ghgcalc.pipeline.run import Run

ROOT = Path(__file__).parents[2]
MINIMAL = (ROOT / "examples" / "minimal" / "company.yaml").read_text(encoding="utf-8")
LUXSHARE = (ROOT / "examples" / "luxshare" / "company.yaml").read_text(encoding="utf-8")
# Luxshare's packs are not the point here: its keys are
TEXTS = (MINIMAL.replace("[desnz]", "[./own.yaml]"), RICH,
         LUXSHARE.replace("./factors/luxshare.yaml, mee-china", "./own.yaml"))  # fmt: skip
NASTY = (
    "null", "~", "''", "[]", "{}", "[[]]", "{a: {b: [c]}}", "- 1", "true", "NO", "0", "-1", "1e999",
    "-1e-999", ".inf", ".nan", "NaN", "1_0", "１２ kWh", "1,5 kWh", "5 kWh,", "5 0 kWh",
    "5 kWh/0 kg", "5 kWh/kWh", "9" * 5000, "9" * 5000 + " kWh", "5 " + "9" * 5000 + " kWh",
    "5 ton", "5 foo", "5", "kWh", "100%", "101%", "0000-Q1", "9999-Q4", "2023-13", "2023-02-29",
    "0001-01-01", "9999-12-31", "0001-01-01/0001-01-02", "9999-12-31/9999-12-31",
    "2024-01-01/2023-01-01", "*x", "&x y", "!!python/object:os.system x", "!foo x", "<<", "? x",
    "'", '"', "|", ">", "@x", "%x", "\t", "\0", "\x1b[31m", "\u202e", "\ufeff", "a" * 300,
    "a" * 70_000, "../x", "/etc/passwd", "./own.yaml", "a**b", "[", "http://x", "C:\\x", "{text}",
    "all", "desnz@9", "own/power", "own/none", "/", "R-", "R-999Z", "CO2e", "CO2_biogenic",
    "5 own_x", "-5 MWh", "5 kWh gross", "tCO2e",
)  # fmt: skip


def judged(folder: Path, text: str | bytes, own: str = OWN, **asked: Any) -> Run:
    """Compute and check a text: findings are registered, and a blocked year has no inventory."""
    run = run_text(folder, text, own, **asked)
    codes = {item.code for item in run.diagnostics} | set(check(folder))
    assert codes <= set(CODES), codes - set(CODES)
    if run.inventory is None:
        assert errors(run), "no inventory and no reason"
    else:
        span = run.inventory.span
        for item in run.diagnostics:
            outside = item.days is not None and (
                item.days[0] > span.last or item.days[1] < span.first
            )
            assert item.severity is not Severity.ERROR or outside, item
    return run


# ---- texts -------------------------------------------------------------------------------------


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A valid file after one to four accidents."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        text = _accident(draw, text)
    raw = text.encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 9)) == 0 and raw:
        place = draw(st.integers(0, len(raw) - 1))
        raw = raw[:place] + bytes([draw(st.integers(0, 255))]) + raw[place + 1 :]
    return raw


def _accident(draw: st.DrawFn, text: str) -> str:
    kind = draw(st.integers(0, 8))
    if kind == 0:  # cut short
        return text[: draw(st.integers(0, len(text)))]
    if kind == 1:  # one sign
        place = draw(st.integers(0, max(len(text) - 1, 0)))
        return text[:place] + draw(st.characters(codec="utf-8")) + text[place + 1 :]
    lines = text.split("\n")
    line = draw(st.integers(0, len(lines) - 1))
    key, colon, value = lines[line].partition(": ")
    if kind == 2:
        del lines[line]
    elif kind == 3:
        lines.insert(draw(st.integers(0, len(lines))), lines[line])
    elif kind == 4:
        lines[line] = draw(st.sampled_from(["", " ", "  ", "\t"])) + lines[line]
    elif kind == 5:
        other = draw(st.integers(0, len(lines) - 1))
        lines[line], lines[other] = lines[other], lines[line]
    elif kind == 6 and value:  # a token less, or twice
        tokens = value.split(" ")
        token = draw(st.integers(0, len(tokens) - 1))
        tokens[token : token + 1] = [tokens[token]] * draw(st.sampled_from([0, 2]))
        lines[line] = key + colon + " ".join(tokens)
    else:  # another type
        lines[line] = key.rstrip(":") + ": " + draw(st.sampled_from(NASTY))
    return "\n".join(lines)


@given(raw=mutated())
@profile(100)
def test_no_mutated_file_escapes_as_an_exception(tmp_path: Path, raw: bytes) -> None:
    judged(tmp_path, raw)


@given(raw=st.binary(max_size=80) | st.text(max_size=80).map(lambda t: t.encode("utf-8")))
@example(raw=b"")
@example(raw=b"\xef\xbb\xbf")
@example(raw=b"\xff\xfe\x00")
@example(raw=b"\0")
@example(raw=b"- a\n- b\n")
@example(raw=b"ghgcalc: 1\n--- \nghgcalc: 1\n")
@example(raw=b"a: &a [*a]\n")
@example(raw=b"{" * 3000)
@example(raw=b"ghgcalc: 1\r\norganization: x\r\n")
@profile(40)
def test_no_random_text_escapes(tmp_path: Path, raw: bytes) -> None:
    assert judged(tmp_path, raw).inventory is None


@given(raw=st.data())
@profile(40)
def test_no_mutated_own_pack_escapes(tmp_path: Path, raw: st.DataObject) -> None:
    own = OWN
    for _ in range(raw.draw(st.integers(1, 3))):
        own = _accident(raw.draw, own)  # type: ignore[arg-type]
    data = company({"a": power("ks", "5 MWh"), "b": {
        "facility": "ks", "category": "mobile_combustion", "fuel": "diesel", "quantity": "3 kg",
        "period": "2023"}})  # fmt: skip
    judged(tmp_path, text_of(data), own)


@pytest.mark.parametrize("raw", [OWN.encode()[:77], b"", b"\xff", b"[]", b"pack: own\n"])
def test_own_pack_of_bad_bytes(tmp_path: Path, raw: bytes) -> None:
    run_of(tmp_path, company({"a": power("ks", "5 MWh")}))
    (tmp_path / "own.yaml").write_bytes(raw)
    from ghgcalc.pipeline.run import compute

    run = compute(tmp_path / "company.yaml")
    assert run.inventory is None
    assert errors(run)


# ---- every place of a file ---------------------------------------------------------------------

Keys = tuple[str | int, ...]


def places(node: Any, path: Keys = ()) -> Iterator[Keys]:
    """The path of every value of a tree."""
    pairs: Any = ()
    if isinstance(node, dict):
        pairs = node.items()
    elif isinstance(node, list):
        pairs = enumerate(node)
    for key, value in pairs:
        yield (*path, key)
        yield from places(value, (*path, key))


def tree_of(text: str) -> Any:
    """Plain data whose scalars are texts."""
    return yaml.load(text, yaml.BaseLoader)


def parent(tree: Any, path: Keys) -> Any:
    for part in path[:-1]:
        tree = tree[part]
    return tree


RICH_PLACES = list(places(tree_of(RICH)))


@pytest.mark.parametrize("path", RICH_PLACES, ids=lambda path: ".".join(map(str, path)))
def test_any_value_may_be_nasty(tmp_path: Path, path: Keys) -> None:
    chance = random.Random(str(path))
    tree = tree_of(RICH)
    node, key = parent(tree, path), path[-1]
    kind = chance.randrange(4)
    if kind == 0:
        del node[key]
    else:
        node[key] = None if kind > 1 else chance.choice((None, [], {}, [[]], {"x": "y"}, "", "x"))
    text = yaml.safe_dump(tree, sort_keys=False)
    judged(tmp_path, text.replace("null", chance.choice(NASTY), 1) if kind > 1 else text)


# keys that the user chooses; renaming one is caught where something refers to it
FREE = {
    ("activities",), ("instruments",), ("boundaries",), ("metrics",), ("targets",), ("suppliers",),
    ("facilities",), ("periods",),
}  # fmt: skip
OPEN = {"data_quality"}
TYPOS = {
    "unknown-key", "missing-key", "unknown-gas", "bad-date", "unknown-value", "unknown-facility",
    "unknown-supplier", "unknown-boundary", "unknown-figure", "unknown-fuel", "wrong-shape",
    "conflicting-keys",
}  # fmt: skip


def key_places(text: str) -> list[Keys]:
    found = []
    for path in places(tree_of(text)):
        free = path[:-1] in FREE or (len(path) > 1 and path[-2] in OPEN)
        if isinstance(path[-1], str) and not free:
            found.append(path)
    return found


@pytest.mark.parametrize(
    ("text", "path"),
    [(text, path) for text in (MINIMAL, RICH) for path in key_places(text)],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else None,
)  # fmt: skip
def test_a_typo_in_any_key_is_caught(tmp_path: Path, text: str, path: Keys) -> None:
    tree = tree_of(text)
    node = parent(tree, path)
    key = str(path[-1])
    typo = key[:-1] + ("zz" if key[-1] != "z" else "qq")
    renamed = {typo if name == key else name: value for name, value in node.items()}
    node.clear()
    node.update(renamed)
    run = run_text(tmp_path, yaml.safe_dump(tree, sort_keys=False))
    found = [item for item in run.diagnostics if item.code in TYPOS]
    assert found, [item.code for item in run.diagnostics]
    assert run.inventory is None
    words = [item.message + (item.hint or "") for item in found]
    assert any(typo in text or key in text for text in words), words


@pytest.mark.parametrize("section", ["facilities", "suppliers", "boundaries", "metrics"])
def test_a_renamed_id_is_missed_where_it_is_used(tmp_path: Path, section: str) -> None:
    tree = tree_of(RICH)
    tree["expect"].append({"period": "2023", "figure": "intensity.revenue.market_based",
                           "boundary": "core", "value": "1 t/million GBP",
                           "within": "1 t/million GBP"})  # fmt: skip
    tree[section] = {name + "x": value for name, value in tree[section].items()}
    codes = {item.code for item in judged(tmp_path, yaml.safe_dump(tree)).diagnostics}
    assert codes & {"unknown-facility", "unknown-supplier", "unknown-boundary", "unknown-figure"}


# ---- reproducers -------------------------------------------------------------------------------

LINE = "activities:\n  x: {facility: ks, category: purchased_electricity, period: 2023, %s}\n"
HEAD = text_of({key: value for key, value in company().items() if key != "activities"})
CERT = {**certificate("2 MWh")}


def with_certificate(**changes: Any) -> str:
    return text_of({"instruments": {"i": {**CERT, **changes}}})


REPRODUCERS = {
    "empty rate of a line": LINE % "quantity: 5 kWh, emission_rate: {}",
    "empty masses": LINE.replace("purchased_electricity", "process_emissions") % "gas_masses: {}",
    "reported without scope": "activities:\n  x: {facility: ks, period: 2023, reported: 5 tCO2e}\n",
    "reported of scope 0":
        "activities:\n  x: {facility: ks, period: 2023, reported: 5 tCO2e, scope: 0}\n",
    "quarter of year 0": LINE.replace("2023", "0000-Q1") % "quantity: 5 kWh",
    "quarter of year 9999": LINE.replace("2023", "9999-Q4") % "quantity: 5 kWh",
    "the last day": LINE.replace("2023", "9999-12-31/9999-12-31") % "quantity: 5 kWh",
    "the first day": LINE.replace("2023", "0001-01-01/0001-01-01") % "quantity: 5 kWh",
    "a unit over nothing": LINE % "quantity: 5 kWh/0 kg",
    "nothing times a unit": LINE % "quantity: 5 0 kWh",
    "a rate per nothing": LINE % "quantity: 5 kWh, emission_rate: {CO2: 5 kg/0 kWh}",
    "a multiple of 5000 digits": LINE % ("quantity: 5 " + "9" * 5000 + " kWh"),
    "a property beside a rate": LINE.replace("purchased_electricity", "mobile_combustion")
        % "fuel: diesel, quantity: 5 L, emission_rate: {CO2: 5 kg/L}, fuel_properties: {ncv: 5 kg}",
    "a long include": LINE % "quantity: 5 kWh" + f"include: {'a' * 300}.yaml\n",
    "a bad glob": LINE % "quantity: 5 kWh" + "include: a**b\n",
    "empty rate of a certificate": LINE % "quantity: 5 kWh" + with_certificate(emission_rate={}),
    "allocation in kg": LINE % "quantity: 5 kWh" + with_certificate(allocate={"ks": "5 kg"}),
    "negative allocation": LINE % "quantity: 5 MWh" + with_certificate(allocate={"ks": "-5 MWh"}),
    "more allocated than held": LINE % "quantity: 5 MWh" + with_certificate(
        allocate={"ks": "5 MWh"}),
    "negative rate of a certificate": LINE % "quantity: 5 kWh" + with_certificate(
        emission_rate={"CO2": "-9 kg/MWh"}),
    "negative rate of a line": LINE % "quantity: 5 kWh, emission_rate: {CO2: -5 kg/kWh}",
    "negative statement": "activities:\n  x: {facility: ks, period: 2023, reported: -5 tCO2e,"
        " scope: 1}\naccept:\n- {gap: co2e_without_gases, reason: x}\n"
        "- {gap: other_gwp_set, reason: x}\n",
    "expected energy": LINE % "quantity: 5 kWh"
        + "expect:\n- {period: 2023, figure: scope_1, value: 5 kWh, within: 1 t}\n",
    "tolerance in energy": LINE % "quantity: 5 kWh"
        + "expect:\n- {period: 2023, figure: scope_1, value: 5 t, within: 1 kWh}\n",
    "an intensity in tonnes": LINE % "quantity: 5 kWh" + "metrics: {m: {unit: CNY, values: {2023:"
        " 5}}}\nexpect:\n- {period: 2023, figure: intensity.m.market_based, value: 5 t,"
        " within: 1 t}\n",
    "a metric per nothing": LINE % "quantity: 5 kWh" + "metrics: {m: {unit: 0 CNY, values: {2023:"
        " 5}}}\n",
    "no period of a supplier": LINE % "quantity: 5 kWh, supplier: s"
        + "suppliers: {s: {rates: {20233: {emission_rate: {CO2: 1 kg/kWh}}}}}\n",
    "no year of a status": LINE % "quantity: 5 kWh" + "periods: {20233: {status: draft}}\n",
    "5000 digits of years": LINE % "quantity: 5 kWh"
        + f"accept:\n- {{gap: earlier_year, reason: x, max_years: {'9' * 5000}}}\n",
    "more years than fit": LINE.replace("purchased_electricity", "fugitive_emissions")
        % "gas: SF6, leakage: {charge: 5 kg, annual_rate: 5%, years: 1e999}",
}  # fmt: skip


@pytest.mark.parametrize("name", REPRODUCERS)
def test_reproducers_are_findings(tmp_path: Path, name: str) -> None:
    run = judged(tmp_path, HEAD + REPRODUCERS[name])
    assert run.inventory is None, run.inventory.totals
    assert errors(run)


OWN_REPRODUCERS = {
    "gas in kWh": OWN.replace("{CO2: 0.7 kg}", "{CO2: 5 kWh}").replace("0.4 kg", "0.4 kWh"),
    "per nothing": OWN.replace("per: kWh", "per: 0 kWh"),
    "per over nothing": OWN.replace("per: kWh", "per: kWh/0 kg"),
    "a table that is not there": OWN + "tables: [{file: nope.csv, holds: factors}]\n",
    "a table without ids": OWN + "tables: [{file: own.yaml, holds: factors, constants:"
        " {category: purchased_electricity}}]\n",
    "properties without values": OWN + "tables: [{file: own.yaml, holds: fuel_properties}]\n",
    "a table elsewhere": OWN + "tables: [{file: ../../../../../../etc/passwd, holds: factors}]\n",
}  # fmt: skip


@pytest.mark.parametrize("name", OWN_REPRODUCERS)
def test_reproducers_of_own_packs_are_findings(tmp_path: Path, name: str) -> None:
    lines = {"a": power("ks", "5 MWh"), "b": {
        "facility": "ks", "category": "mobile_combustion", "fuel": "diesel", "quantity": "3 kg",
        "fuel_properties": {"density": "0.84 kg/L"}, "period": "2023"}}  # fmt: skip
    run = judged(tmp_path, text_of(company(lines)), OWN_REPRODUCERS[name])
    assert run.inventory is None


@pytest.mark.parametrize("period", ["0000-Q1", "9999-Q4", "9999-12-31/9999-12-31",
                                    "0001-01-01/0001-01-01", "x", "", "2023-13"])  # fmt: skip
@pytest.mark.parametrize("starts", ["01-01", "04-01"])
def test_no_asked_period_escapes(tmp_path: Path, period: str, starts: str) -> None:
    data = company({"a": power("ks", "5 MWh")})
    data["organization"]["reporting_year"] = {"starts": starts}
    judged(tmp_path, text_of(data), period=period)


def test_the_examples_are_sound(tmp_path: Path) -> None:
    for name in ("minimal", "luxshare"):
        shutil.copytree(ROOT / "examples" / name, tmp_path / name)
        from ghgcalc.pipeline.run import compute

        run = compute(tmp_path / name / "company.yaml")
        assert run.inventory is not None
        assert run.inventory.holds
    assert judged(tmp_path, RICH).inventory is not None


@pytest.mark.parametrize("path", ["", ".", "no-such-file.yaml", "a" * 300, "x\0y"])
def test_no_path_of_a_company_file_escapes(tmp_path: Path, path: str) -> None:
    from ghgcalc.pipeline.run import compute

    run = compute(str(tmp_path / path) if path else "")
    assert run.inventory is None
    assert errors(run)
