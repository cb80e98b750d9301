"""What the sample itself tells a criterion; with `EMPTY` those criteria are not assessable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Partner:
    """The other allele of a recessive genotype, for PM3.

    `classification` is that of the other allele (pathogenic, likely_pathogenic, uncertain, ...).
    `phase` is trans, unknown or homozygous (then the other allele is the same one).
    `rare` says whether the other allele meets PM2 itself; None where that is not known.
    """

    classification: str
    phase: str
    rare: bool | None = None


@dataclass(frozen=True, slots=True)
class Phenotype:
    """HPO ids as the sheet gives them, an NIH score, or the items of one (`phenotype.py`)."""

    hpo: tuple[str, ...] = ()
    nih_score: int | None = None
    nih_items: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> bool:
        """Whether anything is known."""
        return bool(self.hpo or self.nih_items) or self.nih_score is not None


@dataclass(frozen=True, slots=True)
class SampleContext:
    """Facts of the sample about one allele; everything optional.

    `de_novo` is confirmed (both parents tested and confirmed as such), assumed, or None.
    """

    de_novo: str | None = None
    not_new: str | None = None
    """What is missing before the allele may be called new, in words."""
    partners: tuple[Partner, ...] = ()
    phenotype: Phenotype = field(default_factory=Phenotype)


EMPTY = SampleContext()
