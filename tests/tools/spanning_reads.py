"""Alignments that show what is on one copy: each fragment spans all places, however far apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pysam

FLANK = 20
Place = tuple[int, str, str]
"""Position from 1, base of the reference, other base."""


def write_bam(
    path: Path,
    contig: str,
    length: int,
    places: Sequence[Place],
    copies: Sequence[tuple[int, Sequence[bool]]],
    *,
    index: bool = True,
) -> str:
    """Write a BAM of a contig.

    Args:
        path: the file to make.
        contig: its name.
        length: its bases.
        places: substitutions, in their order.
        copies: how many fragments have which of them (True: the other base).
        index: whether the index is made too.
    """
    header = {"HD": {"VN": "1.6", "SO": "coordinate"}, "SQ": [{"SN": contig, "LN": length}]}
    with pysam.AlignmentFile(str(path), "wb", header=header) as out:
        for number, (count, carried) in enumerate(copies):
            for copy in range(count):
                out.write(_fragment(out.header, f"{number}-{copy}", places, carried))
    if index:
        pysam.index(str(path))
    return str(path)


def _fragment(
    header: pysam.AlignmentHeader, name: str, places: Sequence[Place], carried: Sequence[bool]
) -> pysam.AlignedSegment:
    bases, cigar, end = "", "", 0
    for (position, reference, other), has in zip(places, carried, strict=True):
        start = position - FLANK
        cigar += f"{start - end}N" if end else ""
        cigar += f"{2 * FLANK + 1}M"
        bases += "A" * FLANK + (other if has else reference) + "A" * FLANK
        end = position + FLANK + 1
    segment = pysam.AlignedSegment(header)
    segment.query_name = name
    segment.query_sequence = bases
    segment.reference_id = 0
    segment.reference_start = places[0][0] - FLANK - 1
    segment.mapping_quality = 60
    segment.cigarstring = cigar
    segment.query_qualities = pysam.qualitystring_to_array("I" * len(bases))
    return segment
