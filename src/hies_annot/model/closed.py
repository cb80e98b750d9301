"""The bases of what is read and written as files."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.json import decode, encode


class Described(Struct, frozen=True):
    """A part of a file of which the text under a field is its description (`json_schema`)."""


class Closed(Described, frozen=True, forbid_unknown_fields=True):
    """A part of a file that a user writes: it refuses unknown keys."""


def as_json(part: Described) -> dict[str, Any]:
    """Return a part as JSON has it: mappings, lists, texts, figures and nulls."""
    return dict(decode(encode(part)))
