"""Ids that are the same but for what spreadsheets and operating systems change in them."""

from __future__ import annotations

import unicodedata


def are_alike(one: str, other: str) -> bool:
    """Whether two ids are the same but for capitals, blanks, accents, leading zeros or `.0`."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    letters = "".join(unicodedata.normalize("NFKD", text).casefold().split())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.removesuffix(".0").lstrip("0")
