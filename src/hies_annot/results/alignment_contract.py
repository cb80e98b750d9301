"""The part of a result that has the reads of its reported alleles, to be looked at."""

from __future__ import annotations

from base64 import b64encode

from hies_annot.model.read_slice import ReadSlice
from hies_annot.results.contract_part import Part


class StrandCounts(Part, frozen=True):
    """Reads by strand."""

    forward: int
    """Reads of the forward strand."""
    reverse: int
    """Reads of the reverse strand."""


class AlignmentSlice(Part, frozen=True):
    """The surroundings of a reported allele and the reads in it."""

    variant: str
    """Id of the allele."""
    contig: str
    """Name of the chromosome in the BAM or CRAM."""
    contig_length: int
    """Its length."""
    start: int
    """First base, 1-based."""
    end: int
    """Last base, 1-based inclusive."""
    reads: int
    """Reads there, without duplicates, secondary and failed ones."""
    kept: int
    """How many of them are in `bam`; 0: the BAMs of the sample would have become too large."""
    counts: dict[str, StrandCounts]
    """Reads that show the alternate, the reference or another allele; empty: reads cannot tell."""
    bases: str
    """Reference bases from `start` to `end`; N: not known."""
    bam: str
    """BAM of the reads, base64: without names, groups and programs. Empty: see `kept`."""


def alignment_slice(found: ReadSlice) -> AlignmentSlice:
    """Return a slice as the contract has it."""
    counts = {
        what: StrandCounts(forward=each.forward, reverse=each.reverse)
        for what, each in found.counts.items()
    }
    return AlignmentSlice(
        variant=found.allele,
        contig=found.contig,
        contig_length=found.length,
        start=found.start,
        end=found.end,
        reads=found.reads,
        kept=found.kept,
        counts=counts,
        bases=found.bases,
        bam=b64encode(found.bam).decode("ascii"),
    )
