"""The words for sex and disease state, the same in a sheet and a PED file.

Standard library only, as the workflow plans its batches again on every cluster node.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from hies_annot.model import Affected, Sex

_UNKNOWN = ("0", "-9", ".", "unknown", "")
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
