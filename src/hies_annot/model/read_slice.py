"""Reads around one allele, cut out of the alignments of a sample to be looked at."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Strands(Struct, frozen=True):
    """Reads by strand."""

    forward: int
    reverse: int


class ReadSlice(Struct, frozen=True):
    """The surroundings of an allele (1-based inclusive) and the reads in it.

    `contig` and `length` are those of the file. `reads` lie there, `kept` of them are in `bam`, a
    whole BAM with bases, qualities and haplotype tags, and without names, groups and programs.
    `counts` tells how many reads show what at the allele (`alternate`, `reference`, `other`); it is
    empty where reads cannot tell, as for a symbolic allele. `bases` is the reference.
    """

    allele: str
    contig: str
    length: int
    start: int
    end: int
    reads: int
    kept: int
    counts: Mapping[str, Strands]
    bam: bytes
    bases: str = ""
