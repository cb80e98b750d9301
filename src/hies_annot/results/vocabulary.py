"""Vocabularies in the JSON Schemas, taken from where each has its home.

They describe what is written. Reading does not check them: it takes results as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema


class OneOf:
    """Says of a text field which values it can have.

    Each home is an enumeration, a `Literal` or another list of words.
    """

    def __init__(self, *homes: object) -> None:
        """Take the homes of the words."""
        self._homes = homes

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema with the words."""
        return {**handler(core_schema), "enum": self.words()}

    def words(self) -> list[str]:
        """Return the words of all homes in their order."""
        return [str(word) for home in self._homes for word in _words(home)]


class Several(OneOf):
    """Says of a text field that it holds one or more words of a vocabulary, put together."""

    def __init__(self, home: object, between: str) -> None:
        """Take the home of the words, and what stands between two of them."""
        super().__init__(home)
        self._between = between

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema with a pattern."""
        word = "|".join(map(re.escape, self.words()))
        pattern = f"^({word})({re.escape(self._between)}({word}))*$"
        return {**handler(core_schema), "pattern": pattern}


def _words(home: object) -> Iterable[object]:
    words = get_args(home) or home
    assert isinstance(words, Iterable)
    return words
