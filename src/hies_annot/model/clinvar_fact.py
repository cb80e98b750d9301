"""What ClinVar says about an allele."""

from __future__ import annotations

import re

from msgspec import Struct

_DAMAGING = {"pathogenic", "likely pathogenic"}
_HARMLESS = {"benign", "likely benign"}


class ClinVarFact(Struct, frozen=True):
    """What ClinVar says about an allele; shown beside ACMG, never a criterion of it."""

    variation_id: str
    classification: str  # ClinVar's own word, spaces for underscores
    stars: int | None  # None: the source does not give the review status
    review_status: str
    conditions: tuple[str, ...]
    conflict: str | None  # "P(1);VUS(3)"
    source: str
    date: str | None

    @property
    def pathogenic(self) -> bool:
        """P or LP without conflict, matched as whole words."""
        words = self._words()
        return bool(words) and words <= _DAMAGING

    @property
    def benign(self) -> bool:
        """B or LB without conflict, matched as whole words."""
        words = self._words()
        return bool(words) and words <= _HARMLESS

    @property
    def denies(self) -> bool:
        """B or LB with a star, or with a review status that is not known."""
        return self.benign and self.stars != 0

    @property
    def contradictory(self) -> bool:
        """P/LP by one record and B/LB by another one."""
        words = self._words()
        return not (words.isdisjoint(_DAMAGING) or words.isdisjoint(_HARMLESS))

    def _words(self) -> set[str]:
        """Terms of the classification without those that classify nothing (`risk factor`)."""
        terms = {word.strip().lower() for word in re.split("[/;|]", self.classification)}
        return terms - {"risk factor", "association", "drug response", "affects", "other", ""}
