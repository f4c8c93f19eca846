"""pydantic's generator, taught the texts that the models read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from ghgcalc.render.schemas.forms import (
    BESIDE,
    OR_NOTHING,
    TEXT,
    TEXTS,
    VOCABULARY,
    Json,
    form_of,
)

if TYPE_CHECKING:
    from pydantic_core import core_schema

_INTEGER = re.compile(r"[0-9]{1,4}")


class Generator(GenerateJsonSchema):
    """JSON Schema of what may be written, not of what the models hold."""

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> Json:
        """A text that is read by a function; a list of texts may be one text."""
        form = form_of(schema["function"]["function"])
        inner = self.generate_inner(schema["schema"])
        if form is None:
            return inner
        if BESIDE in form:
            return {"anyOf": [form[BESIDE], inner]}
        kept: Json = {key: inner[key] for key in ("minItems", "minProperties") if key in inner}
        if form == TEXTS and inner["items"] != TEXT:  # one word, or several
            return {"anyOf": [inner["items"], {**inner, **kept}]}
        return {**form, **kept}

    def function_plain_schema(self, schema: core_schema.PlainValidatorFunctionSchema) -> Json:
        """A value that a function alone reads."""
        form = form_of(schema["function"]["function"])
        assert form is not None
        return form

    def function_wrap_schema(self, schema: core_schema.WrapValidatorFunctionSchema) -> Json:
        """A value that a function reads with the help of a type."""
        form = form_of(schema["function"]["function"])
        assert form is not None
        return form

    def literal_schema(self, schema: core_schema.LiteralSchema) -> Json:
        """Words; one that is digits may be typed as a number."""
        words = list(schema["expected"])
        numbers = [int(word) for word in words if _INTEGER.fullmatch(str(word))]
        return {"enum": [*words, *numbers]}

    def dict_schema(self, schema: core_schema.DictSchema) -> Json:
        """Keys are texts; what they must look like stands in `propertyNames`."""
        made: Json = {"type": "object"}
        keys = self.generate_inner(schema["keys_schema"]) if "keys_schema" in schema else {}
        if "pattern" in keys:
            made["propertyNames"] = {"pattern": keys["pattern"]}
        if "values_schema" in schema:
            made["additionalProperties"] = self.generate_inner(schema["values_schema"])
        if "min_length" in schema:
            made["minProperties"] = schema["min_length"]
        return made

    def tuple_schema(self, schema: core_schema.TupleSchema) -> Json:
        """Lists of any length: pairs have readers of their own."""
        (items,) = schema["items_schema"]
        made: Json = {"type": "array", "items": self.generate_inner(items)}
        if "min_length" in schema:
            made["minItems"] = schema["min_length"]
        return made

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Json:
        """A key whose value is left empty says nothing."""
        inner = self.generate_inner(schema["schema"])
        if VOCABULARY in inner:
            return {VOCABULARY: inner[VOCABULARY] + OR_NOTHING}
        if "enum" in inner:
            return {**inner, "enum": [*inner["enum"], None]}
        if "type" in inner:
            kinds = inner["type"]
            return {**inner, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}
        return {"anyOf": [inner, {"type": "null"}]}

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Json:
        """Defaults that are words or numbers are told; an empty one tells nothing."""
        made = self.generate_inner(schema["schema"])
        default: Any = schema.get("default")
        if isinstance(default, str | bool | int) and default != "":
            return {**made, "default": default}
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No title repeats the key."""
        return False
