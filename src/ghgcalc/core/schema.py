"""The base of every model and the scalar types that read YAML text by the field's type."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ghgcalc.core.numbers import NumberError, parse_number, parse_share
from ghgcalc.core.period import (
    FIRST_YEAR,
    LAST_YEAR,
    PeriodError,
    PeriodSpec,
    parse_period_text,
)
from ghgcalc.core.text.scripts import ID_HINT, composed, is_id
from ghgcalc.core.units import (
    Quantity,
    Unit,
    UnitError,
    parse_quantity,
    parse_unit,
)
from ghgcalc.core.vocabulary.countries import COUNTRIES, suggested

T = TypeVar("T")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Model(BaseModel):
    """A frozen model that refuses unknown keys; every field is documented in docs/format.md."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True
    )


def refuse(
    code: str,
    message: str,
    hint: str | None = None,
    instead: str = "",
    suppose: tuple[str, str] = ("", ""),
) -> PydanticCustomError:
    """Build the error that validation turns into a diagnostic with this code."""
    told = {"text": shortened(message), "hint": hint or "", "instead": instead, "suppose": suppose}
    return PydanticCustomError(code, "{text}", told)


def shortened(text: str, limit: int = 240) -> str:
    """A text that may carry user input, cut to a readable length."""
    return text if len(text) <= limit else f"{text[: limit // 2]} … {text[-limit // 4 :]}"


def _need_text(value: Any, what: str) -> str:
    if isinstance(value, str):
        return value
    shown = "nothing" if value is None else "a list" if isinstance(value, list) else "a mapping"
    hint = f"write {what}"
    if isinstance(value, dict) and set(value) <= {"value", "unit"}:
        parts = [value.get(key) for key in ("value", "unit")]
        both = all(isinstance(part, str) for part in parts)
        hint = f"write `{parts[0]} {parts[1]}`" if both else "write number and unit in one scalar"
    raise refuse("wrong-shape", f"expected {what}, found {shown}", hint)


def _text(value: Any) -> str:
    """A text in NFC: whatever wrote it, it meets the same text elsewhere."""
    return composed(_need_text(value, "a text"))


def _reason(value: Any) -> str:
    """Why something is accepted or set aside; the `…` of a hint that was pasted is none."""
    text = _text(value)
    if text.strip() in {"…", "..."}:
        raise refuse("unknown-value", "the `reason` is not filled in yet", "say why, in words")
    return text


def _as_written(value: Any) -> str:
    """A text that may name a file: its signs are those of the disk."""
    return _need_text(value, "a text")


def read_quantity(value: Any) -> Quantity:
    """A quantity with its unit."""
    if isinstance(value, Quantity):
        return value
    try:
        return parse_quantity(_need_text(value, "number and unit in one scalar"))
    except (NumberError, UnitError) as error:
        raise refuse(error.code, error.message, error.hint, suppose=error.suppose) from None


def _factor_amount(value: Any) -> Quantity:
    if isinstance(value, Quantity):
        return value
    try:
        amount = parse_quantity(_need_text(value, "number and unit in one scalar"), factor=True)
    except (NumberError, UnitError) as error:
        raise refuse(error.code, error.message, error.hint) from None
    if amount.number < 0:
        raise refuse(
            "negative-quantity",
            f"`{value}` is below zero",
            "a factor or property is zero or positive; removals are not netted",
        )
    return amount


def _unit(value: Any) -> Unit:
    if isinstance(value, Unit):
        return value
    try:
        return parse_unit(_need_text(value, "a unit such as `kWh`"))
    except UnitError as error:
        raise refuse(error.code, error.message, error.hint) from None


def _share(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    text = _need_text(value, "a share in percent")
    try:
        share = parse_share(text)
    except NumberError as error:
        raise refuse(error.code, error.message, error.hint) from None
    if not 0 <= share <= 1:
        raise refuse("out-of-bounds", f"`{text}` is not between 0 % and 100 %", "state 0% … 100%")
    return share


def _percent(value: Any) -> Fraction:
    if isinstance(value, Fraction):
        return value
    try:
        return parse_share(_need_text(value, "a percentage"))
    except NumberError as error:
        raise refuse(error.code, error.message, error.hint) from None


def read_number(value: Any) -> Decimal:
    """A number."""
    if isinstance(value, Decimal):
        return value
    try:
        return parse_number(_need_text(value, "a number"))
    except NumberError as error:
        raise refuse(error.code, error.message, error.hint) from None


def read_integer(value: Any) -> int:
    """A whole number of up to nine digits."""
    if isinstance(value, int):
        return value
    text = _need_text(value, "a whole number")
    if re.fullmatch(r"[+-]?(\d{1,9}|\d{1,3}(_\d{3}){1,2})", text, re.ASCII):
        return int(text)
    raise refuse(
        "not-a-number",
        f"`{text}` is not a whole number of up to nine digits",
        "write digits, such as `1_000`",
    )


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = _need_text(value, "`true` or `false`")
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    raise refuse("unknown-value", f"`{text}` is neither true nor false", "write `true` or `false`")


def parse_day(text: str) -> date:
    """Read an ISO day.

    Raises:
        ValueError: when it is not a day of the calendar.
    """
    if not _DAY.fullmatch(text) or not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        raise ValueError(text)
    return date.fromisoformat(text)


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    text = _need_text(value, "a day such as `2023-07-01`")
    try:
        return parse_day(text)
    except ValueError:
        raise refuse("bad-date", f"`{text}` is not a day", "write YYYY-MM-DD") from None


def _period(value: Any) -> PeriodSpec:
    if isinstance(value, PeriodSpec):
        return value
    text = _need_text(value, "a period such as `2023` or `2023-04`")
    try:
        return parse_period_text(text)
    except PeriodError as error:
        raise refuse("bad-date", error.message, error.hint) from None


def _identifier(value: Any) -> str:
    text = composed(_need_text(value, "an id"))
    if is_id(text):
        return text
    raise refuse("bad-id", f"`{text}` cannot be an id", ID_HINT)


def _country(value: Any) -> str:
    text = _need_text(value, "a country code such as `GB`")
    if text in COUNTRIES:
        return text
    near = suggested(text)
    raise refuse(
        "unknown-value",
        f"`{text}` is not a country code",
        f"write `{near}`" if near else "write the ISO 3166 code, such as `GB` or `CN`",
        near or "",
    )


def _year(value: Any) -> int:
    number = read_integer(value) if "_" not in str(value) else 0  # years are not grouped
    if FIRST_YEAR <= number <= LAST_YEAR:
        return number
    raise refuse(
        "out-of-bounds",
        f"`{value}` is not a year between {FIRST_YEAR} and {LAST_YEAR}",
        "write the year with four digits",
    )


def listed(value: Any) -> Any:
    """Read one text where a list of texts is asked."""
    return [value] if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_text)]
Reason = Annotated[str, BeforeValidator(_reason)]
Id = Annotated[str, BeforeValidator(_identifier)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(listed)]
PathText = Annotated[str, BeforeValidator(_as_written)]
PathTexts = Annotated[tuple[PathText, ...], BeforeValidator(listed)]
Share = Annotated[Fraction, BeforeValidator(_share)]
Percent = Annotated[Fraction, BeforeValidator(_percent)]
Number = Annotated[Decimal, BeforeValidator(read_number)]
Integer = Annotated[int, BeforeValidator(read_integer)]
Year = Annotated[int, BeforeValidator(_year)]
Country = Annotated[str, BeforeValidator(_country)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[date, BeforeValidator(_day)]


class _Plain:
    """Gives a plain Python type the core schema of one reading function."""

    def __init__(self, read: Any) -> None:
        self.read = read

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)


Amount = Annotated[Quantity, _Plain(read_quantity)]
FactorAmount = Annotated[Quantity, _Plain(_factor_amount)]
Renames = dict[Text, Text]
UnitText = Annotated[Unit, _Plain(_unit)]
Period = Annotated[PeriodSpec, _Plain(_period)]


_KINDS = {"J": "energy", "J/kg": "energy per mass"}


def need_amount(value: Quantity | None, dimension: str, key: str, example: str) -> None:
    """Refuse a stated amount that is negative or of another dimension; None is fine."""
    if value is not None and (value.unit.dimension != dimension or value.number < 0):
        raise refuse("unit-mismatch", f"`{key}` is not {_KINDS[dimension]}: `{value}`", example)
