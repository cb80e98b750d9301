"""What the sample itself tells a criterion; with `EMPTY` those criteria are not assessable."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from hies_annot.model import Affected


class Partner(Struct, frozen=True):
    """The other allele of a recessive genotype, for PM3.

    `classification` is that of the other allele (pathogenic, likely_pathogenic, uncertain, ...).
    `phase` is trans, unknown or homozygous (then the other allele is the same one).
    `rare` says whether the other allele meets PM2 itself; None where that is not known: PM3 is then
    not known either.
    """

    classification: str
    phase: str
    rare: bool | None = None


class Phenotype(Struct, frozen=True):
    """HPO ids as the sheet gives them, an NIH score, or the items of one (`phenotype.py`)."""

    hpo: tuple[str, ...] = ()
    nih_score: int | None = None
    nih_items: Mapping[str, str] = field(default_factory=dict)

    @property
    def given(self) -> bool:
        """Whether anything is known."""
        return bool(self.hpo or self.nih_items) or self.nih_score is not None


class KinState(Struct, frozen=True):
    """A relative of known disease state: whether the sample's genotype, and the allele, is there.

    `has`: as many copies as the sample has, or both alleles of a pair in trans; None: not known.
    `lacks_allele`: called reference with a measure behind it.
    """

    role: str
    sample: str
    affected: Affected
    has: bool | None
    lacks_allele: bool


class SampleContext(Struct, frozen=True):
    """Facts of the sample about one allele; everything optional.

    `de_novo` is confirmed (both parents tested and confirmed as such), assumed, or None.
    """

    de_novo: str | None = None
    not_new: str | None = None
    """What is missing before the allele may be called new, in words."""
    partners: tuple[Partner, ...] = ()
    phenotype: Phenotype = field(default_factory=Phenotype)
    kin: tuple[KinState, ...] = ()


EMPTY = SampleContext()
