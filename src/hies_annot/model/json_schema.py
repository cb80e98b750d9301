"""JSON Schemas of what is read and written as files, with the descriptions of all fields."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any, get_args

import msgspec
from msgspec.structs import fields

from hies_annot.model.closed import Closed, Described


def json_schema(model: type[Described]) -> dict[str, Any]:
    """Return the JSON Schema of a file."""
    made = msgspec.json.schema(model)
    parts = made["$defs"]
    for part in {model, *_parts_of(model)}:
        _describe(parts[part.__name__], part)
    whole = parts.pop(model.__name__)
    return {**whole, "$defs": parts} if parts else dict(whole)


def texts_of_fields(model: type[Described]) -> dict[str, str]:
    """Return the string under each field of a model, by name; the source of the class is read."""
    texts: dict[str, str] = {}
    for part in reversed(model.__mro__):
        if issubclass(part, Described) and part not in (Described, Closed):
            texts |= _own_texts(part)
    return texts


def _parts_of(kind: object) -> Iterator[type[Described]]:
    """Yield the parts that a type is made of, itself among them."""
    if isinstance(kind, type) and issubclass(kind, Described):
        yield kind
        for field in fields(kind):
            yield from _parts_of(field.type)
    for inner in get_args(kind):
        yield from _parts_of(inner)


def _describe(schema: dict[str, Any], part: type[Described]) -> None:
    schema["description"] = inspect.cleandoc(part.__doc__ or "")
    properties, texts = schema["properties"], texts_of_fields(part)
    for field in fields(part):
        if field.name in texts:
            properties[field.encode_name]["description"] = texts[field.name]


def _own_texts(model: type[Described]) -> dict[str, str]:
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(definition, ast.ClassDef)
    texts: dict[str, str] = {}
    for field, after in zip(definition.body, definition.body[1:], strict=False):
        match field, after:
            case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                texts[name] = " ".join(text.split())
    return texts
