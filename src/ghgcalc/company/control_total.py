"""A control total: the sum of a unit, or of an item by unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic_core import core_schema

from ghgcalc.core.schema import Amount, Text, read_quantity
from ghgcalc.core.units import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


def _read(value: Any, of_item: Callable[[Any], dict[str, Quantity]]) -> Any:
    return of_item(value) if isinstance(value, dict) else read_quantity(value)


class _UnitOrItem:
    """Reads keys and values as the sums of an item, anything else as one amount."""

    def __get_pydantic_core_schema__(
        self, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        by_unit = handler.generate_schema(dict[Text, Amount])
        return core_schema.no_info_wrap_validator_function(_read, by_unit)


ControlTotal = Annotated[Quantity | dict[str, Quantity], _UnitOrItem()]
