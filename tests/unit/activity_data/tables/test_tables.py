"""Tables: every rule of reading, checking, splitting and summing, with hand-computed numbers."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from ghgcalc.activity_data.tables.polars_engine.engine import collapse
from ghgcalc.activity_data.tables.positions import packed
from ghgcalc.activity_data.tables.sums import KeyedSum, TableSums
from ghgcalc.company.table import Table
from ghgcalc.core.diagnostics import Diagnostic, Location, Outcome
from ghgcalc.core.period import ReportingYear, Span, split_quantity

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "site,item,qty,unit,from,to\n"
COLUMNS = {
    "facility": "site", "item": "item", "quantity": "qty", "unit": "unit",
    "from": "from", "to": "to",
}  # fmt: skip
JANUARY = Span(date(2023, 1, 1), date(2023, 1, 31))
FEBRUARY = Span(date(2023, 2, 1), date(2023, 2, 28))


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


def locate(path: tuple[str | int, ...]) -> Location:
    if len(path) > 3:
        raise KeyError(path)
    return Location("company.yaml", len(path), 1)


def run(
    folder: Path,
    content: str | bytes | dict[str, bytes],
    *,
    cuts: tuple[date, ...] = (),
    year: ReportingYear | None = None,
    **rules: Any,
) -> Outcome[TableSums]:
    files = content if isinstance(content, dict) else {"t.csv": content}
    for name, text in files.items():
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    rules = {
        "files": "*.csv",
        "columns": COLUMNS,
        "items": {"el": {"category": "purchased_electricity"}},
        **rules,
    }
    outcome = collapse(
        "bills", Table.model_validate(rules), folder, cuts=cuts,
        facilities={"ks", "bn"}, year=year or ReportingYear(), locate=locate,
    )  # fmt: skip
    # these tests repeat rows on purpose; test_table_rows.py looks at the note
    return Outcome(
        outcome.value, tuple(item for item in outcome.diagnostics if item.code != "equal-rows")
    )


def codes(outcome: Outcome[TableSums]) -> list[str]:
    return [item.code for item in outcome.diagnostics]


def only(outcome: Outcome[TableSums]) -> Diagnostic:
    assert len(outcome.diagnostics) == 1, outcome.diagnostics
    return outcome.diagnostics[0]


def row(qty: str = "1", site: str = "ks", item: str = "el", unit: str = "kWh",
        first: str = "2023-01-01", last: str = "2023-01-31") -> str:  # fmt: skip
    return f"{site},{item},{qty},{unit},{first},{last}\n"


def cell(line: int, number: int, **cells: str) -> Location:
    """Where a cell of a `row(**cells)` stands in t.csv: counted from the cells before it."""
    texts = row(**cells).rstrip("\n")
    names = ("site", "item", "qty", "unit", "first", "last")
    plain = dict(zip(names, row().rstrip("\n").split(","), strict=True)) | cells
    before = [plain[name] for name in names[: number - 1]]
    start = sum(len(text) + 1 for text in before)
    width = len(plain[names[number - 1]])
    assert texts[start : start + width] == plain[names[number - 1]]
    return Location("t.csv", line, start + 1, max(width, 1))


def balanced(outcome: Outcome[TableSums], read: int, rejected: int) -> None:
    value = outcome.value
    assert (value.rows_read, value.rows_rejected) == (read, rejected)
    assert value.rows_used == read - rejected


class TestSums:
    def test_one_key(self, tmp_path: Path) -> None:
        text = HEADER + row("1.5") + row("2.25") + row("1_000")
        outcome = run(tmp_path, text)
        assert not outcome.diagnostics
        shown = "t.csv"
        assert outcome.value == TableSums(
            (
                KeyedSum("ks", "el", "kWh", None, JANUARY, 1_003_750_000_000, 3,
                         packed(0, 2), packed(0, 4), 0, (shown,), days=2**31 - 1),
            ),
            3, 0, 3, {"kWh": Decimal("1003.75")},
            {shown: hashlib.sha256(text.encode()).hexdigest()},
            {JANUARY: 3},
            read_by_item={("el", "kWh"): Decimal("1003.75")},
        )  # fmt: skip

    def test_bills_are_counted_by_the_days_they_cover(self, tmp_path: Path) -> None:
        text = (
            "site,what,much,unit,from,to\n"
            "ks,el,10,kWh,2023-01-01,2023-01-31\n"
            "ks,el,310,kWh,2023-12-16,2024-01-15\n"
            "ks,el,62,kWh,2023-12-01,2024-01-31\n"
        )
        outcome = run(
            tmp_path,
            text,
            columns={
                "facility": "site",
                "item": "what",
                "quantity": "much",
                "unit": "unit",
                "from": "from",
                "to": "to",
            },
        )
        assert not outcome.diagnostics
        assert outcome.value.bills == {
            JANUARY: 1,
            Span(date(2023, 12, 1), date(2024, 1, 31)): 1,
            Span(date(2023, 12, 16), date(2024, 1, 15)): 1,
        }

    def test_chinese_bill_in_gb18030(self, tmp_path: Path) -> None:
        text = (
            "工厂,项目,数量,单位,起,止,类型\n"
            "昆山一厂,电,1000.5,度,2023/01/01,2023/01/31,蓝字\n"
            "昆山一厂,电,-0.5,度,2023/01/01,2023/01/31,红字\n"
            "昆山一厂,柴油,20,升,2023/01/01,2023/01/31,蓝字\n"
        )
        outcome = run(
            tmp_path, text.encode("gb18030"),
            read={"encoding": "gb18030", "date": "YYYY/MM/DD"},
            columns={"facility": "工厂", "item": "项目", "quantity": "数量", "unit": "单位",
                     "from": "起", "to": "止"},
            items={"电": {"category": "purchased_electricity"},
                   "柴油": {"category": "mobile_combustion", "fuel": "diesel"}},
            names={"facility": {"昆山一厂": "ks"}, "unit": {"度": "kWh", "升": "L"}},
            corrections={"column": "类型", "equals": "红字"},
        )  # fmt: skip
        assert not outcome.diagnostics
        assert [(s.item, s.unit, s.quantity) for s in outcome.value.sums] == [
            ("柴油", "L", Decimal(20)),
            ("电", "kWh", Decimal(1000)),
        ]
        digest = hashlib.sha256(text.encode("gb18030")).hexdigest()
        assert outcome.value.hashes == {"t.csv": digest}

    def test_decimal_comma(self, tmp_path: Path) -> None:
        text = HEADER.replace(",", ";") + row("1_234|5").replace(",", ";").replace("|", ",")
        rules = {"read": {"delimiter": ";", "decimal": ","}}
        outcome = run(tmp_path, text, **rules)
        assert outcome.value.sums[0].quantity == Decimal("1234.5")
        outcome = run(tmp_path, text.replace("1_234,5", "1234.5"), **rules)
        finding = only(outcome)
        assert finding.code == "not-a-number"
        assert finding.hint is not None
        assert 'decimal: "."' in finding.hint

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("0", "0"), ("+3", "3"), ("-0", "0"), (" 7 ", "7"), ("0.000000001", "0.000000001"),
            ("999999999999999.999999999", "999999999999999.999999999"),
            ("1.1234567890000", "1.123456789"), ("000000000000000000012", "12"),
        ],
    )  # fmt: skip
    def test_numbers_read(self, tmp_path: Path, text: str, value: str) -> None:
        outcome = run(tmp_path, HEADER + row(text))
        assert not outcome.diagnostics
        assert outcome.value.sums[0].quantity == Decimal(value)

    def test_beyond_the_contexts_precision(self, tmp_path: Path) -> None:
        many = 11_000
        outcome = run(tmp_path, HEADER + row("999999999999999.999999999") * many)
        assert outcome.value.sums[0].quantity == Decimal("10999999999999999999.999989")
        assert outcome.value.sums[0].rows == many

    def test_estimated_supplier_and_order(self, tmp_path: Path) -> None:
        text = "site,item,qty,unit,period,by,est\n" + "".join(
            f"{site},el,{qty},kWh,2023-01,{by},{est}\n"
            for site, qty, by, est in [
                ("ks", 1, "B", "x"), ("ks", 2, "", ""), ("ks", 4, "b", " "), ("bn", 8, "A", "y"),
            ]
        )  # fmt: skip
        columns = {"facility": "site", "item": "item", "quantity": "qty", "unit": "unit",
                   "period": "period", "supplier": "by", "estimated": "est"}  # fmt: skip
        outcome = run(tmp_path, text, columns=columns, names={"supplier": {"B": "b"}})
        assert [(s.facility, s.supplier, s.quantity, s.estimated) for s in outcome.value.sums] == [
            ("bn", "A", 8, 8), ("ks", None, 2, 0), ("ks", "b", 5, 1),
        ]  # fmt: skip

    def test_constants(self, tmp_path: Path) -> None:
        outcome = run(
            tmp_path, "qty\n31\n\n28\n", columns={"quantity": "qty"},
            constants={"facility": "ks", "item": "el", "unit": "kWh", "supplier": "s",
                       "period": "2023-01-01/2023-02-28"},
        )  # fmt: skip
        assert not outcome.diagnostics
        assert [(s.span, s.quantity, s.rows, s.first, s.last) for s in outcome.value.sums] == [
            (JANUARY, Decimal("31.0"), 2, ("t.csv", 2), ("t.csv", 4)),
            (FEBRUARY, Decimal("28.0"), 2, ("t.csv", 2), ("t.csv", 4)),
        ]

    def test_files_are_ordered_and_read_once(self, tmp_path: Path) -> None:
        files = {"b.csv": (HEADER + row("1")).encode(), "a.csv": (HEADER + row("2")).encode()}
        outcome = run(tmp_path, files, files=["b.csv", "*.csv", "./a.csv"])
        entry = outcome.value.sums[0]
        assert (entry.quantity, entry.first, entry.last) == (3, ("b.csv", 2), ("a.csv", 2))
        assert list(outcome.value.hashes) == ["b.csv", "a.csv"]

    def test_columns_may_stand_in_another_order_per_file(self, tmp_path: Path) -> None:
        other = "note,to,from,unit,qty,item,site\nhello,2023-01-31,2023-01-01,kWh,5,el,ks\n"
        outcome = run(tmp_path, {"a.csv": (HEADER + row("2")).encode(), "b.csv": other.encode()})
        assert not outcome.diagnostics
        assert outcome.value.sums[0].quantity == 7


class TestShapes:
    """The same rows in every dress give the same sums."""

    ROWS = HEADER + row("1") + row("2") + row("4", site="bn")

    @pytest.mark.parametrize(
        "dress",
        [
            lambda text: text.encode(),
            lambda text: text.encode("utf-8-sig"),
            lambda text: text.rstrip("\n").encode(),
            lambda text: text.replace("\n", "\r\n").encode(),
            lambda text: text.replace("\n", "\r\n").rstrip("\r\n").encode(),
            lambda text: text.replace("\n", "\r").encode(),
            lambda text: (text + "\n\n\r\n").encode(),
            lambda text: (text + "   \n").encode(),
            lambda text: text.replace("\n", "\n\n").encode(),
            lambda text: ("\n" + text).encode(),
            lambda text: text.replace("ks,el", '"ks","el"').encode(),
            lambda text: text.replace("ks", " ks ").replace("kWh", '"kWh "').encode(),
            lambda text: text.replace("item", '"item"').encode("utf-8-sig"),
        ],
    )
    def test_dress(self, tmp_path: Path, dress: Any) -> None:
        outcome = run(tmp_path, dress(self.ROWS))
        assert not outcome.diagnostics
        assert [(s.facility, s.quantity) for s in outcome.value.sums] == [("bn", 4), ("ks", 3)]
        balanced(outcome, 3, 0)

    def test_quoted_cells(self, tmp_path: Path) -> None:
        names = {"facility": {'a, "b"': "ks", "c d": "bn"}}
        text = HEADER + row("1", site='"a, ""b"""') + row("2", site='"c\nd"') + row("4")
        outcome = run(tmp_path, text, names=names)
        assert not outcome.diagnostics
        assert {s.facility: s.quantity for s in outcome.value.sums} == {"ks": 5, "bn": 2}
        assert outcome.value.sums[1].last == ("t.csv", 5)

    def test_larger_than_a_chunk(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("ghgcalc.activity_data.tables.scan.CHUNK", 7)
        for eol in ("\n", "\r\n"):
            text = (HEADER + row("1") * 50).replace("\n", eol) + eol * 3
            outcome = run(tmp_path, text)
            assert not outcome.diagnostics
            assert outcome.value.sums[0].quantity == 50
        outcome = run(tmp_path, HEADER + row("1") + "Total\n" + row("1") + "Total\n\n")
        assert codes(outcome) == ["ragged-row"]
        balanced(outcome, 4, 2)


class TestTime:
    def test_split_at_a_month_end(self, tmp_path: Path) -> None:
        # 16 Jan … 14 Feb: 30 days, 16 in January: 1000·16/30 = 533.333333333
        outcome = run(tmp_path, HEADER + row("1000", first="2023-01-16", last="2023-02-14"))
        assert [(s.span, s.quantity) for s in outcome.value.sums] == [
            (JANUARY, Decimal("533.333333333")),
            (FEBRUARY, Decimal("466.666666667")),
        ]

    def test_split_at_cuts_and_months(self, tmp_path: Path) -> None:
        # 10 Jan … 8 Feb: 30 days; cut on 20 Jan: 10 + 12 + 8 days
        outcome = run(
            tmp_path, HEADER + row("100", first="2023-01-10", last="2023-02-08"),
            cuts=(date(2023, 1, 20), date(2030, 1, 1)),
        )  # fmt: skip
        assert [(s.span, s.quantity) for s in outcome.value.sums] == [
            (Span(date(2023, 1, 1), date(2023, 1, 19)), Decimal("33.333333333")),
            (Span(date(2023, 1, 20), date(2023, 1, 31)), Decimal("40.000000000")),
            (FEBRUARY, Decimal("26.666666667")),
        ]

    def test_rounding_is_per_bill_and_away_from_zero(self, tmp_path: Path) -> None:
        # two days, one each month: half of 1e-9 rounds up, per bill
        cells = {"first": "2023-01-31", "last": "2023-02-01"}
        outcome = run(tmp_path, HEADER + row("0.000000001", **cells) * 3)
        assert [s.quantity for s in outcome.value.sums] == [Decimal("0.000000003"), 0]
        assert [s.rows for s in outcome.value.sums] == [3, 3]

    def test_negative_and_largest_bills_split_as_the_model_does(self, tmp_path: Path) -> None:
        texts = ["-10", "-0.000000007", "999999999999999.999999999", "123.456"]
        span = Span(date(2022, 11, 5), date(2023, 3, 9))
        cells = {"first": str(span.first), "last": str(span.last)}
        body = "".join(row(text, **cells).replace("\n", ",r\n") for text in texts)
        outcome = run(tmp_path, HEADER.replace("\n", ",kind\n") + body,
                      corrections={"column": "kind", "equals": "r", "sign": "as_printed"},
                      )  # fmt: skip
        pieces = [
            Span(max(span.first, s.span.first), min(span.last, s.span.last))
            for s in outcome.value.sums
        ]
        shares = [split_quantity(Fraction(text), span, pieces) for text in texts]
        want = [sum(column) for column in zip(*shares, strict=True)]
        assert [Fraction(s.quantity) for s in outcome.value.sums] == want
        assert sum(s.quantity for s in outcome.value.sums) == sum(map(Decimal, texts))

    def test_periods_follow_the_reporting_year(self, tmp_path: Path) -> None:
        columns = {k: v for k, v in COLUMNS.items() if k not in {"from", "to"}}
        text = HEADER + row("365", first="2023") + row("91", first="2023-Q1")
        outcome = run(tmp_path, text, columns={**columns, "period": "from"},
                      year=ReportingYear(4, 1, "start"))  # fmt: skip
        assert not outcome.diagnostics
        spans = [s.span for s in outcome.value.sums]
        assert (len(spans), spans[0].first, spans[-1].last) == (
            12, date(2023, 4, 1), date(2024, 3, 31),
        )  # fmt: skip
        assert sum(s.quantity for s in outcome.value.sums) == 456

    @pytest.mark.parametrize(
        ("form", "text"),
        [
            ("YYYYMMDD", "20230105"), ("DD.MM.YYYY", "05.01.2023"), ("MM/DD/YYYY", "01/05/2023"),
            ("YYYY/M/D", "2023/1/5"), ("YYYY年MM月DD日", "2023年01月05日"),
        ],
    )  # fmt: skip
    def test_date_formats(self, tmp_path: Path, form: str, text: str) -> None:
        outcome = run(tmp_path, HEADER + row(first=text, last=text), read={"date": form})
        assert not outcome.diagnostics
        assert outcome.value.sums[0].span == JANUARY

    @pytest.mark.parametrize("form", ["YYYY", "dd.mm.yyyy", "YYYYMD", "YYYY-MM-DD MM", ""])
    def test_bad_formats(self, tmp_path: Path, form: str) -> None:
        outcome = run(tmp_path, HEADER + row(), read={"date": form})
        assert codes(outcome) == ["unknown-value"]

    @pytest.mark.parametrize(
        ("first", "last", "column", "part"),
        [
            ("2023-02-30", "2023-03-01", 5, "2023-02-30"),
            ("2023-1-5", "2023-03-01", 5, "not a day"),
            ("2023-03-02", "2023-03-01", 6, "before"),
            ("0001-01-01", "2023-03-01", 5, "0001"),
            ("2023-03-01", "９９", 6, "not a day"),
        ],
    )
    def test_bad_days(self, tmp_path: Path, first: str, last: str, column: int, part: str) -> None:
        outcome = run(tmp_path, HEADER + row() + row(first=first, last=last) + row())
        finding = only(outcome)
        where = cell(3, column, first=first, last=last)
        assert (finding.code, finding.location) == ("bad-date", where)
        assert part in finding.message
        balanced(outcome, 3, 1)

    def test_hint_names_the_files_format(self, tmp_path: Path) -> None:
        finding = only(run(tmp_path, HEADER + row(first="2023/1/5")))
        assert finding.hint is not None
        assert "date: YYYY/M/D" in finding.hint

    @pytest.mark.parametrize("text", ["9999-Q4", "0000-Q1", "0001-01-01/9999-12-31", "spring"])
    def test_bad_periods(self, tmp_path: Path, text: str) -> None:
        columns = {k: v for k, v in COLUMNS.items() if k not in {"from", "to"}}
        outcome = run(tmp_path, HEADER + row(first=text), columns={**columns, "period": "from"})
        assert codes(outcome) == ["bad-date"]

    @pytest.mark.parametrize("form", ["YYYY-MM-DD", "D.M.YYYY"])
    def test_a_column_of_days_is_no_period(self, tmp_path: Path, form: str) -> None:
        day = "2024-02-03" if form.startswith("Y") else "3.2.2024"
        columns = {k: v for k, v in COLUMNS.items() if k not in {"from", "to"}}
        text, read = HEADER + row(first=day), {"date": form}
        finding = only(run(tmp_path, text, columns={**columns, "period": "from"}, read=read))
        assert finding.code == "bad-date"
        assert finding.hint is not None
        assert "as `from` and as `to` instead of `period`" in finding.hint
        outcome = run(tmp_path, text, columns={**columns, "from": "from", "to": "from"}, read=read)
        assert not outcome.diagnostics
        assert outcome.value.rows_used == 1

    @pytest.mark.parametrize("text", ["9999-Q4", "0000-Q1", "0001-01-01/9999-12-31"])
    def test_bad_constant_periods(self, text: str) -> None:
        columns = {k: v for k, v in COLUMNS.items() if k not in {"from", "to"}}
        with pytest.raises(ValueError, match=r"period|outside"):
            Table.model_validate(
                {"files": "t.csv", "columns": columns, "items": {}, "constants": {"period": text}}
            )


class TestBadRows:
    @pytest.mark.parametrize(
        ("cells", "code", "column"),
        [
            ({"qty": "abc"}, "not-a-number", 3), ({"qty": "inf"}, "not-a-number", 3),
            ({"qty": "NaN"}, "not-a-number", 3), ({"qty": "1e5"}, "not-a-number", 3),
            ({"qty": "１２"}, "not-a-number", 3), ({"qty": "٣"}, "not-a-number", 3),
            ({"qty": '"1,234"'}, "not-a-number", 3), ({"qty": "1.2.3"}, "not-a-number", 3),
            ({"qty": "5."}, "not-a-number", 3), ({"qty": "."}, "not-a-number", 3),
            ({"qty": "_"}, "empty-cell", 3), ({"qty": "1\x002"}, "not-a-number", 3),
            ({"qty": ""}, "empty-cell", 3), ({"qty": "  "}, "empty-cell", 3),
            ({"qty": "1" * 16}, "number-out-of-range", 3),
            ({"qty": "9" * 400}, "number-out-of-range", 3),
            ({"qty": "0.0000000000000001"}, "number-out-of-range", 3),
            ({"qty": "-1"}, "negative-quantity", 3),
            ({"site": "kx"}, "unknown-facility", 1), ({"site": ""}, "empty-cell", 1),
            ({"item": "gas"}, "unknown-item", 2), ({"item": " "}, "empty-cell", 2),
            ({"unit": "kwhh"}, "unknown-unit", 4), ({"unit": "ton"}, "unit-ambiguous", 4),
            ({"unit": ""}, "empty-cell", 4), ({"unit": "kg/0 MWh"}, "unknown-unit", 4),
            ({"first": ""}, "empty-cell", 5), ({"last": ""}, "empty-cell", 6),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("at", [0, 1, 3])
    def test_each_kind_at_any_position(
        self, tmp_path: Path, cells: dict[str, str], code: str, column: int, at: int
    ) -> None:
        rows = [row()] * 3
        rows.insert(at, row(**cells))
        outcome = run(tmp_path, HEADER + "".join(rows))
        finding = only(outcome)
        assert (finding.code, finding.location) == (code, cell(at + 2, column, **cells))
        assert outcome.value.excerpts["t.csv"][at + 1] == row(**cells).rstrip("\n")
        assert finding.message.startswith("column `")
        assert finding.message.isprintable()
        assert [(s.quantity, s.rows) for s in outcome.value.sums] == [(3, 3)]
        assert outcome.value.read_by_unit == {"kWh": 3}
        balanced(outcome, 4, 1)

    def test_days_of_a_bad_row(self, tmp_path: Path) -> None:
        finding = only(run(tmp_path, HEADER + row("x")))
        assert finding.days == (date(2023, 1, 1), date(2023, 1, 31))
        assert only(run(tmp_path, HEADER + row(first="x"))).days is None

    def test_suggestions_and_related_places(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, HEADER + row(site="kss") + row(item="ell"),
                      names={"facility": {"Kunshan": "ks"}})  # fmt: skip
        first, second = outcome.diagnostics
        assert "did you mean `ks`?" in (first.hint or "")
        assert first.related[0].location.path == "company.yaml"
        assert "did you mean `el`?" in (second.hint or "")

    def test_hint_for_thousands(self, tmp_path: Path) -> None:
        finding = only(run(tmp_path, HEADER + row('"1,234,567.8"')))
        assert "thousands" in (finding.hint or "")

    @pytest.mark.parametrize(("cell", "hint"), [
        ("12 500", 'state `thousands: " "`'), ("12\u202f500.5", r'state `thousands: "\u202f"`'),
        ("12'500", 'state `thousands: "\'"`'), ('"1,250"', "state under `read:` `thousands: "),
        ('"12,5"', 'state `decimal: ","`'), ("12 5", "write digits with `.`"),
    ])  # fmt: skip
    def test_hints_keep_the_number(self, tmp_path: Path, cell: str, hint: str) -> None:
        """A comma before three digits may stand for either; groups of three have one reading."""
        finding = only(run(tmp_path, HEADER + row(cell)))
        assert finding.code == "not-a-number"
        assert (finding.hint or "").startswith(hint)

    def test_several_faults_of_one_row_count_once(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, HEADER + row("x", site="?", item="?", unit="?", first="?"))
        assert codes(outcome) == [
            "unknown-facility", "unknown-item", "not-a-number", "unknown-unit", "bad-date",
        ]  # fmt: skip
        balanced(outcome, 1, 1)

    def test_a_cause_is_one_finding_with_its_rows(self, tmp_path: Path) -> None:
        text = HEADER + row("x") * 12 + row() + row("y") * 45 + row("", site="")
        outcome = run(tmp_path, text)
        (numbers,) = [item for item in outcome.diagnostics if item.code == "not-a-number"]
        assert numbers.message == (
            "column `qty`: `x` is not a number; likewise 1 more text, in 57 rows"
        )
        assert numbers.notes == (
            "`x` stands in 12 rows, first t.csv:2", "`y` stands in 45 rows, first t.csv:15",
        )  # fmt: skip
        assert codes(outcome).count("empty-cell") == 2
        assert numbers.days == (date(2023, 1, 1), date(2023, 1, 31))
        balanced(outcome, 59, 58)

    def test_ragged_rows(self, tmp_path: Path) -> None:
        text = HEADER + row() + "ks,el\n" + row().replace("\n", ",x\n") + row() + "Total\n"
        outcome = run(tmp_path, text)
        assert [(d.code, d.location and d.location.line) for d in outcome.diagnostics] == [
            ("ragged-row", 3), ("ragged-row", 4), ("ragged-row", 6),
        ]  # fmt: skip
        assert "7 cells, the header has 6" in outcome.diagnostics[1].message
        balanced(outcome, 5, 3)

    def test_many_ragged_rows(self, tmp_path: Path) -> None:
        """One finding for each remedy, with its rows, its first place and the next ones."""
        outcome = run(tmp_path, HEADER + "a\n" * 30 + row("1,2") * 2 + row("1,2,3"))
        short, long = outcome.diagnostics
        assert short.message == "the row has 1 cell, the header has 6; likewise 29 more rows"
        assert (short.location and short.location.line, short.notes[-1]) == (2, "and 10 more rows")
        assert long.message == "the row has 7 cells, the header has 6; likewise 2 more rows"
        assert long.notes == (
            "likewise: t.csv:33",
            "the row has 8 cells, the header has 6: t.csv:34",
        )
        balanced(outcome, 33, 33)

    def test_many_bad_quotes(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, HEADER + row('"1"2') * 40)
        assert codes(outcome) == ["bad-quoting"]
        assert outcome.diagnostics[0].message.endswith("; likewise 39 more rows")
        balanced(outcome, 40, 40)

    def test_an_unclosed_quote_costs_one_row(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, HEADER + row() + row('"1') + row() * 200)
        assert only(outcome).code == "bad-quoting"
        width = len(row('"1')) - 1
        assert only(outcome).location == Location("t.csv", 3, 1, width)
        assert outcome.value.sums[0].quantity == 201

    def test_text_after_a_quote(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, HEADER + row('"1"2') + row())
        assert codes(outcome) == ["bad-quoting"]
        balanced(outcome, 2, 1)

    @pytest.mark.parametrize(
        ("encoding", "code"), [("utf-8", "not-utf-8"), ("gb18030", "bad-encoding")]
    )
    def test_bad_bytes(self, tmp_path: Path, encoding: str, code: str) -> None:
        body = (HEADER + row() + row(site="@") + row()).encode().replace(b"@", b"\xff\xff")
        outcome = run(tmp_path, body, read={"encoding": encoding})
        assert (only(outcome).code, only(outcome).location) == (code, Location("t.csv", 3, 1, 33))
        balanced(outcome, 3, 1)


class TestCorrections:
    HEAD = HEADER.replace("\n", ",kind\n")

    def rows(self, *cells: tuple[str, str]) -> str:
        return self.HEAD + "".join(row(q).replace("\n", f",{kind}\n") for q, kind in cells)

    def test_only_corrections_are_negative(self, tmp_path: Path) -> None:
        text = self.rows(("10", ""), ("-3", "红字"), ("-1", "x"))
        outcome = run(tmp_path, text, corrections={"column": "kind", "equals": "红字"})
        assert codes(outcome) == ["negative-quantity"]
        assert outcome.value.sums[0].quantity == 7

    def test_a_positive_marked_row_is_asked_about(self, tmp_path: Path) -> None:
        text = self.rows(("10", ""), ("3", "r"), ("0", "r"))
        outcome = run(tmp_path, text, corrections={"column": "kind", "equals": "r"})
        finding = only(outcome)
        assert (finding.code, finding.location and finding.location.line) == ("correction-sign", 3)
        assert "sign: reversed" in (finding.hint or "")

    @pytest.mark.parametrize(("sign", "net"), [("reversed", 7), ("as_printed", 13)])
    def test_a_stated_sign_answers(self, tmp_path: Path, sign: str, net: int) -> None:
        """10 and a marked 3: 10 − 3, or 10 + 3."""
        rule = {"column": "kind", "equals": ["r", "x"], "sign": sign}
        outcome = run(tmp_path, self.rows(("10", ""), ("3", "x")), corrections=rule)
        assert not outcome.diagnostics
        assert outcome.value.sums[0].quantity == net

    def test_a_printed_minus_is_not_turned(self, tmp_path: Path) -> None:
        """A file of both kinds cannot be read with one sign: 10 − 3 + 2 would be a guess."""
        text = self.rows(("10", ""), ("3", "r"), ("-2", "r"))
        rule = {"column": "kind", "equals": "r", "sign": "reversed"}
        finding = only(run(tmp_path, text, corrections=rule))
        assert (finding.code, finding.location and finding.location.line) == ("correction-sign", 4)

    def test_any_row_may_be_negative_where_stated(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, self.rows(("10", ""), ("-30", "x")), corrections={"negative": True})
        assert not outcome.diagnostics
        assert outcome.value.sums[0].quantity == -20  # netted over the year, when all is read


class TestControlTotals:
    def test_equal(self, tmp_path: Path) -> None:
        text = HEADER + row("1.1") + row("2.2") + row("5", unit="度")
        outcome = run(tmp_path, text, names={"unit": {"度": "MWh"}},
                      control_totals={"kWh": "3.3 kWh", "度": "5_000 kWh"})  # fmt: skip
        assert not outcome.diagnostics

    def test_differs(self, tmp_path: Path) -> None:
        text = HEADER + row("1.1") + row("x")
        totals = {"kWh": "3.3 kWh"}
        # a sum of some rows is no figure: the rejected row says why it would differ
        assert codes(run(tmp_path, text, control_totals=totals)) == ["not-a-number"]
        accepted = {"reason": "lost"}
        outcome = run(tmp_path, text, control_totals=totals, accept_rejected=accepted)
        finding = next(d for d in outcome.diagnostics if d.code == "control-total-differs")
        assert "1.1 kWh" in finding.message
        assert "3.3 kWh" in finding.message
        assert finding.notes == (
            "difference: -2.2 kWh (read − stated)",
            "1 of 2 rows were rejected",
        )

    def test_unreadable(self, tmp_path: Path) -> None:
        totals = {"kWh": "3 kg", "degrees": "1 kWh", "MWh": "1 MWh"}
        outcome = run(tmp_path, HEADER + row(), control_totals=totals)
        assert sorted(codes(outcome)) == ["control-total-differs", "unit-mismatch", "unknown-unit"]


class TestFiles:
    def test_header_findings(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, "site,Item,qty,qty,from,to\na,b,c,d,e,f\n")
        found = {item.code: item for item in outcome.diagnostics}
        assert codes(outcome).count("unknown-column") == 2
        assert found["duplicate-key"].location == Location("t.csv", 1, 15, 3)
        header = Location("t.csv", 1, 1, len("site,Item,qty,qty,from,to"))
        assert found["unknown-column"].related[0].location == header
        assert outcome.value.sums == ()
        assert "did you mean `Item`?" in {item.hint for item in outcome.diagnostics}

    def test_a_bad_file_does_not_stop_the_others(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, {"a.csv": b"x\n1\n", "b.csv": (HEADER + row("3")).encode()})
        assert set(codes(outcome)) == {"unknown-column"}
        assert outcome.value.sums[0].quantity == 3
        assert len(outcome.value.hashes) == 2

    def test_nothing_matches(self, tmp_path: Path) -> None:
        outcome = run(tmp_path, {}, files=["*.csv", "b.csv"])
        assert codes(outcome) == ["file-not-found"] * 2
        assert outcome.value == TableSums()

    @pytest.mark.parametrize("pattern", ["../x.csv", "/etc/passwd", "**x/*.csv", "\0", "$HOME/x"])
    def test_outside(self, tmp_path: Path, pattern: str) -> None:
        assert codes(run(tmp_path, {}, files=pattern)) == ["path-outside"]

    @pytest.mark.parametrize("pattern", ["", ".", "a" * 5000, "[", "*/"])
    def test_odd_patterns(self, tmp_path: Path, pattern: str) -> None:
        assert set(codes(run(tmp_path, {}, files=pattern))) <= {"path-outside", "file-not-found"}
        assert run(tmp_path, {}, files=pattern).diagnostics

    @pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf", b"  \r\n"])
    def test_empty(self, tmp_path: Path, content: bytes) -> None:
        assert codes(run(tmp_path, content)) == ["empty-file"]

    @pytest.mark.parametrize("eol", ["", "\n", "\r\n\r\n"])
    def test_only_a_header(self, tmp_path: Path, eol: str) -> None:
        outcome = run(tmp_path, HEADER.rstrip() + eol)
        assert not outcome.diagnostics
        assert (outcome.value.sums, outcome.value.rows_read) == ((), 0)

    @pytest.mark.parametrize(
        ("content", "code", "part"),
        [
            (b"PK\x03\x04\xff\xfe", "not-utf-8", "workbook"),
            ("site,项目\n".encode("gb18030"), "not-utf-8", "UTF-8"),
            (HEADER.encode("utf-16"), "not-utf-8", "UTF-16"),
        ],
    )
    def test_other_formats(self, tmp_path: Path, content: bytes, code: str, part: str) -> None:
        finding = only(run(tmp_path, content))
        assert finding.code == code
        assert part in finding.message

    def test_hostile_contents(self, tmp_path: Path) -> None:
        long = [b"a" * 300_000, b"," * 9999, HEADER.encode() + b'"' + b"x" * 200_000]
        for content in (b"\0" * 100, b'"' * 99, b'"a\n' * 50, b"\r\r\r", *long):
            assert run(tmp_path, content).diagnostics

    @pytest.mark.parametrize("delimiter", ["", ",,", '"', "\n", "é", "a"])
    def test_bad_delimiters(self, tmp_path: Path, delimiter: str) -> None:
        outcome = run(tmp_path, HEADER + row(), read={"delimiter": delimiter})
        assert codes(outcome) == ["unknown-value"]

    def test_bad_constants(self, tmp_path: Path) -> None:
        constants = {"facility": "x", "item": "y", "unit": "ton", "period": "2023"}
        columns = {"quantity": "qty"}
        outcome = run(tmp_path, "qty\n1\n", columns=columns, constants=constants)
        assert set(codes(outcome)) == {"unknown-facility", "unknown-item", "unit-ambiguous"}
        assert outcome.value.sums == ()

    def test_an_unreadable_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("ghgcalc.activity_data.tables.polars_engine.texts.survey", refuse)
        assert codes(run(tmp_path, HEADER)) == ["unreadable-file"]

    def test_importing_the_package_does_not_import_the_engine(self) -> None:
        code = "import sys, ghgcalc.activity_data.tables; sys.exit('polars' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    def test_many_files(self, tmp_path: Path) -> None:
        content = (HEADER + row("1")).encode()
        outcome = run(tmp_path, {f"{number}.csv": content for number in range(150)})
        assert outcome.value.sums[0].quantity == 150

    def test_nothing_is_left_behind(self, tmp_path: Path) -> None:
        run(tmp_path, HEADER + '"ks",el\n', read={"encoding": "gb18030"})
        assert not list((tmp_path / "temporary").iterdir())
