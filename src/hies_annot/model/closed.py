"""The bases of what is read and written as files: pydantic models that describe their fields."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic_core import CoreSchema


class Described(BaseModel):
    """A model of which the text under a field is its description.

    Pydantic can read such texts itself, but at every start: a tenth of a small run. Here they
    are read where a JSON Schema is asked for.
    """

    model_config = ConfigDict(frozen=True, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema with the descriptions of the fields."""
        schema = handler(core_schema)
        fields = handler.resolve_ref_schema(schema).get("properties", {})
        for name, text in texts_of_fields(cls).items():
            field = cls.model_fields.get(name)
            written = field.alias if field and field.alias in fields else name
            if written in fields:
                fields[written].setdefault("description", text)
        return schema


class Closed(Described):
    """A part of a file that a user writes: it refuses unknown keys."""

    model_config = ConfigDict(extra="forbid")


def texts_of_fields(model: type[BaseModel]) -> dict[str, str]:
    """Return the string under each field of a model, by name; the source of the class is read."""
    texts: dict[str, str] = {}
    for part in reversed(model.__mro__):
        if issubclass(part, Described):
            texts |= _own_texts(part)
    return texts


def _own_texts(model: type[BaseModel]) -> dict[str, str]:
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(definition, ast.ClassDef)
    texts: dict[str, str] = {}
    for field, after in zip(definition.body, definition.body[1:], strict=False):
        match field, after:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                texts[name] = inspect.cleandoc(text)
    return texts
