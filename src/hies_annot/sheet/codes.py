"""The words for sex and disease state in a sheet and in a PED file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from hies_annot.model import Affected, Sex
from hies_annot.sheet.nobody import NOBODY, PERHAPS_NOBODY

_UNKNOWN = (*sorted(NOBODY), *PERHAPS_NOBODY)
SEX_WORDS = {
    **dict.fromkeys(("1", "male", "m"), Sex.MALE),
    **dict.fromkeys(("2", "female", "f"), Sex.FEMALE),
    **dict.fromkeys((*_UNKNOWN, "3", "u", "other"), Sex.UNKNOWN),
}
"""PLINK's numbers, and words; 3 and `other` are the sex that a PED leaves open."""
AFFECTED_WORDS = {
    **dict.fromkeys(("2", "affected", "yes", "true"), Affected.YES),
    **dict.fromkeys(("1", "unaffected", "no", "false"), Affected.NO),
    **dict.fromkeys(_UNKNOWN, Affected.UNKNOWN),
}
AFFECTED_DIGITS = frozenset({"0", "1", "2"})
"""Codes of a PED that are no words of a sheet: there, 1 may stand for yes beside 0 for no."""
AFFECTED_IN_SHEET = {
    word: state for word, state in AFFECTED_WORDS.items() if word not in AFFECTED_DIGITS
}
PARENTAGE_WORDS: Mapping[str, Literal["assumed", "confirmed"]] = {
    **dict.fromkeys(_UNKNOWN, "assumed"),
    "assumed": "assumed",
    "confirmed": "confirmed",
}
"""Whether the lab has tested that the stated parents are the parents, both of them."""


def sex_of(text: str) -> Sex | None:
    """Return the sex that a cell names, in any case; None: the word is not known."""
    return SEX_WORDS.get(text.strip().lower())


def affected_of(text: str) -> Affected | None:
    """Return the disease state that a cell names, in any case; None: the word is not known."""
    return AFFECTED_WORDS.get(text.strip().lower())
