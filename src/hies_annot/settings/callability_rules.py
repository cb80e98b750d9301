"""Thresholds of callability: the one place where they and their sources are stated."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from hies_annot.model.closed import Closed
from hies_annot.settings.call_thresholds import Share

Count = Annotated[int, Meta(ge=0)]


class CallabilityConfig(Closed, frozen=True, kw_only=True):
    """When a base counts as looked at, and when "nothing found" may be said.

    Defaults: `min_depth` 15 is the smallest depth at which a heterozygous allele shows in at
    least 3 reads with a probability above 99.5 % (binomial, p 0.5; 97 % at 11, 94.5 % at 10);
    `min_gq` as in slivar, seqr and Exomiser; `min_mapq` and `min_baseq` as in GATK
    HaplotypeCaller; `min_share` as in the EuroGentest guidelines (Matthijs 2016,
    10.1038/ejhg.2015.226: more than 99 % reliable calls, every gap named).
    """

    min_depth: Count = 15
    """Reads a base needs (the minimum of the block where a gVCF gives one)."""
    min_gq: Count = 20
    """Genotype quality a reference call needs, where the file gives one."""
    min_mapq: Count = 20
    """Mapping quality from which a read of a BAM/CRAM counts."""
    min_baseq: Count = 10
    """Base quality from which a base of a BAM/CRAM counts."""
    indel_flank: Count = 10
    """Bases a read must go on at both sides of a position to speak about indels there."""
    indel_min_depth: Count = 15
    """Reads with both flanks that a base needs to be indel-callable."""
    min_region_mean: Count = 40
    """Mean depth from which a region of a mosdepth `regions` file counts as callable. A mean
    hides dips; at a Poisson mean of 40 less than one base in 10,000 is below 15."""
    max_alt_fraction: Share = 0.15
    """Share of non-reference reads up to which a reference call is believed (the lower end of
    Exomiser's heterozygous band)."""
    min_share: Share = 0.99
    """Callable share of the required bases that each gene needs."""
    min_exon_share: Share = 0.95
    """Callable share that each exon (with its padding) needs."""
    require_known_sites: bool = True
    """Whether every known pathogenic position must have been looked at."""
    accepted_filters: tuple[str, ...] = ("PASS", ".", "RefCall")
    """FILTER and FT values of a record that do not make its bases uncallable."""
    assume_reference: bool = False
    """DANGEROUS: take absent records as reference. Written on every report when on."""
