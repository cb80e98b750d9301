"""The JSON Schema of a sample sheet, for editors: an array of rows, every cell text.

It holds what can be said of a row alone and is as strict as the reading, no stricter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hies_annot.sheet.codes import AFFECTED_IN_SHEET, PARENTAGE_WORDS, SEX_WORDS
from hies_annot.sheet.sheet_columns import COLUMN_WORDS, OPEN_COLUMNS, REQUIRED_COLUMNS

_HPO_BETWEEN = r"[;,|\s]"


def sheet_schema() -> dict[str, Any]:
    """Return the schema of a sheet as rows of cells by column; empty cells may be left out."""
    patterns = {
        "sex": _any_of(SEX_WORDS),
        "affected": _any_of(AFFECTED_IN_SHEET),
        "parentage": _any_of(PARENTAGE_WORDS),
        "hpo": rf"^{_HPO_BETWEEN}*(HP:[0-9]{{7}}({_HPO_BETWEEN}+|$))*$",
    }
    cells: dict[str, Any] = {}
    for name, what in COLUMN_WORDS.items():
        cells[name] = {"type": "string", "description": what}
        if name in REQUIRED_COLUMNS:
            cells[name]["minLength"] = 1
        if name in patterns:
            cells[name]["pattern"] = patterns[name]
    return {
        "title": "hies-annot sample sheet",
        "description": "Tab-separated text, one line a sample, with a header.",
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "properties": cells,
            "patternProperties": {
                f"^{start}": {"type": "string", "description": what}
                for start, what in OPEN_COLUMNS.items()
            },
            "required": list(REQUIRED_COLUMNS),
            "additionalProperties": False,
        },
    }


def _any_of(words: Iterable[str]) -> str:
    """Return the pattern of some words in any case; JSON Schema has no flag for that."""
    alternatives = ("".join(_letter(letter) for letter in word) for word in words)
    return rf"^\s*({'|'.join(alternatives)})\s*$"


def _letter(letter: str) -> str:
    if letter.isalpha():
        return f"[{letter}{letter.upper()}]"
    return rf"\{letter}" if letter == "." else letter
