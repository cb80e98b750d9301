"""Every fault of what was read from a file against the type that it is to have.

msgspec ends at the first fault; who writes a file wants to know all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from msgspec import Struct, ValidationError, convert
from msgspec.structs import fields

Keys = tuple[str | int, ...]


class Fault(NamedTuple):
    """What is wrong, and the keys that lead there; none: the whole."""

    keys: Keys
    what: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.keys)) or 'file'}: {self.what}"


def faults_of(kind: Any, data: object, keys: Keys = ()) -> Iterator[Fault]:  # noqa: ANN401
    """Yield all faults of values (as YAML has them) that are to become a type.

    Where a part has faults, what holds for the whole of it is not looked at.
    """
    inner = list(_within(kind, data, keys))
    if inner:
        yield from inner
        return
    try:
        convert(data, kind)
    except ValidationError as fault:
        yield Fault(keys, str(fault).replace("`", "").removesuffix(" - at key in $"))


def _within(kind: Any, data: object, keys: Keys) -> Iterator[Fault]:  # noqa: ANN401
    origin, inner = get_origin(kind) or kind, get_args(kind)
    if origin is Annotated:
        yield from _within(inner[0], data, keys)
    elif origin in (Union, UnionType):
        if data is not None:
            (only,) = (each for each in inner if each is not NoneType)
            yield from faults_of(only, data, keys)
    elif isinstance(data, Mapping):
        yield from _within_mapping(origin, inner, data, keys)
    elif origin is tuple and inner[-1] is Ellipsis and isinstance(data, list | tuple):
        for number, each in enumerate(data):
            yield from faults_of(inner[0], each, (*keys, number))


def _within_mapping(
    origin: Any,  # noqa: ANN401
    inner: tuple[Any, ...],
    data: Mapping[Any, object],
    keys: Keys,
) -> Iterator[Fault]:
    if origin is dict:
        for key, value in data.items():
            yield from faults_of(inner[1], value, (*keys, key))
    elif isinstance(origin, type) and issubclass(origin, Struct):
        known = {field.encode_name: field for field in fields(origin)}
        for key, value in data.items():
            if key in known:
                yield from faults_of(known[key].type, value, (*keys, key))
            else:
                yield Fault((*keys, key), "no such key")
        for name, field in known.items():
            if field.required and name not in data:
                yield Fault((*keys, name), "is missing")
