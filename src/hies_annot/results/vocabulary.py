"""Vocabularies in the JSON Schemas, taken from where each has its home.

They describe what is written. Reading does not check them: it takes results as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from msgspec import Meta


def one_of(*homes: object) -> Meta:
    """Say of a text field which values it can have.

    Each home is an enumeration, a `Literal` or another list of words.
    """
    return Meta(extra_json_schema={"enum": _words(*homes)})


def several(home: object, between: str) -> Meta:
    """Say of a text field that it holds one or more words, with `between` between two of them."""
    word = "|".join(map(re.escape, _words(home)))
    pattern = f"^({word})({re.escape(between)}({word}))*$"
    return Meta(extra_json_schema={"pattern": pattern})


def _words(*homes: object) -> list[str]:
    return [str(word) for home in homes for word in _listed(home)]


def _listed(home: object) -> Iterable[object]:
    words = get_args(home) or home
    assert isinstance(words, Iterable)
    return words
