"""One allele of one record in one sample."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from hies_annot.model.allele import Allele
from hies_annot.model.record import SampleFields, SiteRecord


class Zygosity(StrEnum):
    """State of one allele in one sample, from the genotype itself."""

    HET = "het"
    HOM_ALT = "hom_alt"
    HET_ALT = "het_alt"  # 1/2: two different alternate alleles, in trans by themselves
    OVER_DELETION = "over_deletion"  # 1/*: the other copy is deleted; never homozygous
    HAPLOID = "haploid"  # one allele given on an autosome
    HALF_CALL = "half_call"  # ./1: the other copy is unknown
    POLYPLOID = "polyploid"
    HOM_REF = "hom_ref"
    NO_CALL = "no_call"
    NOT_GIVEN = "not_given"  # the record has no GT


CARRIED = frozenset(
    {
        Zygosity.HET,
        Zygosity.HOM_ALT,
        Zygosity.HET_ALT,
        Zygosity.OVER_DELETION,
        Zygosity.HAPLOID,
        Zygosity.HALF_CALL,
        Zygosity.POLYPLOID,
    }
)


class Call(Struct, frozen=True):
    """One allele of one record in one sample.

    `haplotype` is the slot (0 or 1) of the allele in a phased genotype and comparable with
    other calls of the same `phase_set` only; both are None where the file states no phase.
    `depth` counts ref + this alt + other alts from AD where given, else DP.
    `quality` lists the reason codes of the thresholds that the call fails (empty: passes);
    `flags` lists remarks that do not fail it.
    """

    allele: Allele
    site: SiteRecord
    fields: SampleFields
    alt_index: int  # 1-based index of the ALT in the record; 0 for a row without ALT
    zygosity: Zygosity
    copies: int | None
    haplotype: int | None
    phase_set: str | None
    depth: int | None
    alt_depth: int | None
    allele_fraction: float | None
    quality: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def carried(self) -> bool:
        """Whether the sample has at least one copy of the allele."""
        return self.zygosity in CARRIED

    @property
    def phase_set_shown(self) -> str | None:
        """The phase set with its file by name only: a result does not depend on folders."""
        file = self.site.file
        return self.phase_set and self.phase_set.replace(file, Path(file).name, 1)
