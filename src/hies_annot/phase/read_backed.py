"""What alignments add: phase of pairs that nothing else places, reads of a parent's bare `0/0`.

Alignments are opened only for samples that need them. A file that cannot be used is a warning,
never a fault of the sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from hies_annot.errors import InputError
from hies_annot.genome import Build
from hies_annot.io.reads import count_alleles, link_reads
from hies_annot.io.whatshap import Blocks, find_whatshap, phase_blocks
from hies_annot.model import Allele, Call, Phase
from hies_annot.phase.links import (
    MIN_FRAGMENTS,
    phase_from_blocks,
    phase_from_links,
)
from hies_annot.phase.pairs import Links
from hies_annot.phase.relatives import Carriage, Relative, with_counts
from hies_annot.settings.call_thresholds import CallThresholds


class ReadPhase(NamedTuple):
    """What the alignments of a sample say of its pairs, and what is amiss with them."""

    links: Links
    notes: tuple[str, ...]


def links_of(
    bam: str,
    build: Build,
    pairs: Sequence[tuple[Allele, Allele]],
    calls: Sequence[Call],
    fasta: str | None,
) -> ReadPhase:
    """Return what the reads say of pairs of alleles, and warnings.

    Fragments that show both places come first; where too few do, WhatsHap is asked, if it is
    installed. It sees all `calls` of the sample, because it joins fragments over them.
    """
    if not pairs:
        return ReadPhase({}, ())
    try:
        counts = link_reads(Path(bam), build, pairs, Path(fasta) if fasta else None)
        phases = {pair: phase_from_links(links) for pair, links in counts.items()}
        thin = [pair for pair, links in counts.items() if links.telling < MIN_FRAGMENTS]
        return ReadPhase(phases | _by_whatshap(thin, calls, Path(bam), build), ())
    except InputError as fault:
        return ReadPhase({}, (f"phase was not read from the alignments: {fault}",))


def _by_whatshap(
    pairs: Sequence[frozenset[str]],
    calls: Sequence[Call],
    bam: Path,
    build: Build,
) -> dict[frozenset[str], Phase]:
    """Return the phase of pairs, as far as WhatsHap knows it."""
    command = find_whatshap()
    if not pairs or command is None:
        return {}
    gene = {call.allele.id: call.allele.gene for call in calls}
    blocks: Blocks = {}
    for name in sorted({gene[one] for pair in pairs for one in pair}):
        own = [call for call in calls if call.allele.gene == name]
        blocks |= phase_blocks(own, bam, build, command)
    return {
        pair: phase_from_blocks(*(blocks[one] for one in sorted(pair)))
        for pair in pairs
        if all(one in blocks for one in pair)
    }


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
