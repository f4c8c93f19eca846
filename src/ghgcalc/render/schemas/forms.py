"""How texts that the models read look to an editor: JSON Schema by the function that reads them.

An editor's YAML has numbers, flags and texts; the models have texts alone, and read them by the
type of the key. So `2023` may stand where a text is asked, and `1_000` where a number is. Patterns
are those of ECMA 262 with Unicode, which all validators share, and are never stricter than the
reading functions.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from ghgcalc.core.period import FIRST_YEAR, LAST_YEAR
from ghgcalc.core.vocabulary.scope_3_methods import SCOPE_2_METHODS
from ghgcalc.core.vocabulary.scope_3_methods import WORDS as SCOPE_3_METHODS

Json = dict[str, Any]

# stands for the definition of a vocabulary until the schema is put together; `OR_NOTHING` after its
# name allows an empty value as well
VOCABULARY, OR_NOTHING = "x-vocabulary", "OrNothing"
# a short form that stands beside what the type below takes
BESIDE = "x-beside"

_DIGITS = "[0-9][0-9_]*(\\.[0-9][0-9_]*)?([eE][+\\-]?[0-9]{1,3})?"
_NUMBER = f"[+\\-]?{_DIGITS}"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_PERIOD = f"^\\s*([0-9]{{4}}|[0-9]{{4}}-[0-9]{{2}}|[0-9]{{4}}-[Qq][1-4]|{_DAY}\\s*/\\s*{_DAY})\\s*$"
TEXT: Final[Json] = {"type": ["string", "number", "boolean"]}
TEXTS: Final[Json] = {"type": ["string", "number", "boolean", "array"], "items": TEXT}
NUMBER: Final[Json] = {"type": ["number", "string"], "pattern": f"^{_NUMBER}$"}
INTEGER: Final[Json] = {"type": ["integer", "string"], "pattern": "^[+\\-]?[0-9][0-9_]*$"}
SHARE: Final[Json] = {"type": ["number", "string"], "pattern": f"^{_NUMBER}\\s*%?$"}
FLAG: Final[Json] = {
    "type": ["boolean", "string"], "pattern": "^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$",
}  # fmt: skip
DAY: Final[Json] = {"type": "string", "format": "date", "pattern": f"^{_DAY}$"}
YEAR: Final[Json] = {
    "type": ["integer", "string"], "minimum": FIRST_YEAR, "maximum": LAST_YEAR,
    "pattern": "^[+]?0*[0-9]{4}$",
}  # fmt: skip
PERIOD: Final[Json] = {
    "type": ["integer", "string"], "minimum": FIRST_YEAR, "maximum": LAST_YEAR, "pattern": _PERIOD,
}  # fmt: skip
QUANTITY: Final[Json] = {
    "type": "string", "pattern": f"^\\s*{_NUMBER}(\\s*[^\\s0-9_,.]|\\s+10\\^).*$",
}  # fmt: skip
UNIT: Final[Json] = {"type": "string"}
_COUNTS: Final[Json] = {
    "type": ["number", "string", "object"], "pattern": NUMBER["pattern"],
    "additionalProperties": NUMBER,
}  # fmt: skip

_AS_BELOW: Final[Json] = {}
# the reading function's address: what it takes; `_AS_BELOW`: what the type below it takes
READERS: Final[Mapping[str, Json]] = MappingProxyType(
    {
        "builtins:str": _AS_BELOW,
        "company.joined_columns:join_columns": _AS_BELOW,
        "core.schema:_text": TEXT,
        "core.schema:_reason": TEXT,
        "core.schema:_as_written": TEXT,
        "core.schema:_identifier": TEXT,
        "core.schema:listed": TEXTS,
        "core.schema:_share": SHARE,
        "core.schema:_percent": SHARE,
        "core.schema:read_number": NUMBER,
        "core.schema:read_integer": INTEGER,
        "core.schema:_year": YEAR,
        "core.schema:_country": {VOCABULARY: "Country"},
        "core.schema:_flag": FLAG,
        "core.schema:_day": DAY,
        "core.schema:_period": PERIOD,
        "core.schema:read_quantity": QUANTITY,
        "core.schema:_factor_amount": QUANTITY,
        "core.schema:_unit": UNIT,
        "company.activity:_category": {VOCABULARY: "Category"},
        "company.activity:_method": {"enum": [*SCOPE_2_METHODS, *SCOPE_3_METHODS]},
        "company.organization:_window": {
            "type": "array", "items": {"type": ["integer", "string"]}, "minItems": 2, "maxItems": 2,
        },
        "company.organization:_members": {
            "anyOf": [{"enum": ["all"]}, {"type": "array", "items": TEXT}],
        },
        "company.base_year:_stated_value": {"type": "string", "pattern": f"^\\s*{_NUMBER}.*$"},
        "company.instrument:_criteria": {
            "type": "object", "propertyNames": {"pattern": "^[1-8]$"},
            "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
        },
        "company.read:_header_rows": {
            "anyOf": [
                {"enum": ["none"]}, INTEGER,
                {"type": "array", "items": INTEGER, "minItems": 1, "maxItems": 5},
            ],
        },
        "company.read_numbers:_by_column": {
            "type": [*TEXTS["type"], "object"], "items": TEXT, "additionalProperties": TEXTS,
        },
        "company.read_times:_starts": {
            "type": ["string", "object"], "pattern": DAY["pattern"], "additionalProperties": DAY,
        },
        "company.readings:_counts": _COUNTS,
        "company.quantity_terms:_heading": TEXTS,
        "company.control_total:_read": {
            "type": ["string", "object"], "pattern": QUANTITY["pattern"],
            "additionalProperties": QUANTITY,
        },
        "factors.model:_joined": {
            "anyOf": [TEXT, {"type": "array", "items": {VOCABULARY: "Category"}}],
        },
        "methods.allocation:_taken": TEXT,
        "methods.electronics:_grid": TEXT,
        "methods.electronics:_node": TEXT,
        "methods.cooling:_ratio": NUMBER,
        "methods.refrigerant_keys:_positive": NUMBER,
        "methods.wastewater:_capacity": TEXT,
        "methods.wastewater:_factor": TEXT,
        "methods.treatments:_treatment": {BESIDE: SHARE},
        "calculation.lock.model:_known": {"type": ["number", "string"]},
        "calculation.lock.model:_printed": {"type": ["number", "string"]},
        "calculation.lock.model:_tonnes": {"type": ["number", "string"]},
    }
)  # fmt: skip


class NotDescribedError(LookupError):
    """A reading function that has no form here: whoever adds one says what it takes."""


def form_of(reader: Any) -> Json | None:
    """What a reading function takes; None where it leaves that to the type below it.

    Raises:
        NotDescribedError: the function has no form.
    """
    address = f"{reader.__module__.removeprefix('ghgcalc.')}:{reader.__qualname__}"
    if address not in READERS:
        raise NotDescribedError(f"{address} has no form in {__name__}")
    return dict(READERS[address]) or None
