"""What ClinVar says about an allele."""

from __future__ import annotations

import re

from msgspec import Struct

_DAMAGING = {"pathogenic", "likely pathogenic"}
_HARMLESS = {"benign", "likely benign"}
_SILENT = {"risk factor", "association", "drug response", "affects", "other", "protective", ""}
"""Terms that classify nothing."""
_LESSER = {"pathogenic, low penetrance", "likely pathogenic, low penetrance"} | {
    f"{degree} risk allele" for degree in ("uncertain", "likely", "established")
}
"""Terms that take nothing from a P/LP beside them, and are none alone."""
NO_GERMLINE = "no classification of the germline"
"""What a record says that classifies an allele of tumours only."""
_EXPERTS = 3
"""Stars from which one statement stands over those that conflict."""
_COUNTS = re.compile(r"(?:P|LP|VUS|LB|B)\([0-9]+\)")


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
    somatic: str | None = None  # of tumours: oncogenicity and clinical impact; no germline word

    @property
    def of_tumours_only(self) -> bool:
        """Whether nothing is said of the germline."""
        return self.classification == NO_GERMLINE

    @property
    def pathogenic(self) -> bool:
        """P or LP without conflict, matched as whole words; of low penetrance only beside them."""
        words = self._words() - _LESSER
        return bool(words) and words <= _DAMAGING

    @property
    def benign(self) -> bool:
        """B or LB without conflict, matched as whole words."""
        words = self._words()
        return bool(words) and words <= _HARMLESS

    @property
    def denies(self) -> bool:
        """B or LB with a star, or with a review status that is not known, and no conflict."""
        return self.benign and self.stars != 0 and self.conflicting is None

    @property
    def conflicting(self) -> str | None:
        """What of a P/LP or B/LB record says that submitters disagree, None: nothing does.

        A record that experts have classified settles it.
        """
        if self.stars is not None and self.stars >= _EXPERTS:
            return None
        if "conflicting" in self.review_status.lower():
            return "its review status names a conflict"
        sides = {
            part.rstrip("0123456789()").strip("L")
            for part in (self.conflict or "").split(";")
            if _COUNTS.fullmatch(part)
        }
        return "its counts name a conflict" if len(sides) > 1 else None

    @property
    def contradictory(self) -> bool:
        """P/LP by one record and B/LB by another one."""
        words = self._words()
        return not (words.isdisjoint(_DAMAGING) or words.isdisjoint(_HARMLESS))

    def _words(self) -> set[str]:
        """Terms of the classification without those that classify nothing (`risk factor`)."""
        terms = {word.strip().lower() for word in re.split("[/;|]", self.classification)}
        return terms - _SILENT
