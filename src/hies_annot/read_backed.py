"""What alignments add: phase of pairs that nothing else places, reads of a parent's bare `0/0`.

Alignments are opened only for samples that need them. A file that cannot be used is a warning,
never a fault of the sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from hies_annot.call_quality import CallThresholds
from hies_annot.errors import InputError
from hies_annot.genome import Build
from hies_annot.io.reads import count_alleles, link_reads
from hies_annot.model import Finding, JudgedCall
from hies_annot.phase.links import ReadLinks, pairs_in_doubt
from hies_annot.phase.relatives import Carriage, Relative, with_counts


def links_of(
    bam: str | None,
    build: Build,
    findings: Iterable[Finding],
    calls: Sequence[JudgedCall],
    fasta: str | None,
) -> tuple[dict[frozenset[str], ReadLinks], tuple[str, ...]]:
    """Return fragment counts for the pairs whose phase is open, and warnings."""
    pairs = pairs_in_doubt(findings, calls)
    if bam is None or not pairs:
        return {}, ()
    try:
        return link_reads(Path(bam), build, pairs, Path(fasta) if fasta else None), ()
    except InputError as fault:
        return {}, (f"phase was not read from the alignments: {fault}",)


def measured(
    relative: Relative,
    bam: str | None,
    build: Build,
    thresholds: CallThresholds,
    fasta: str | None,
) -> tuple[Relative, tuple[str, ...]]:
    """Return a relative whose inferred reference calls are counted in the alignments."""
    inferred = [
        call.allele
        for identifier, call in relative.calls.items()
        if relative.state_of(identifier) is Carriage.INFERRED
    ]
    if bam is None or not inferred:
        return relative, ()
    try:
        counts = count_alleles(Path(bam), build, inferred, Path(fasta) if fasta else None)
    except InputError as fault:
        return relative, (f"alignments were not used: {fault}",)
    return with_counts(relative, counts, thresholds), ()
