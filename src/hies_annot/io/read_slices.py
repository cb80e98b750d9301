"""Slices of a BAM/CRAM around alleles, as small BAMs to look at; a child reads them.

Duplicates, secondary, unmapped and QC-failed reads are left out. Where more reads lie there than a
slice may hold, they are thinned evenly from its first to its last, and both figures are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pysam

from hies_annot.genome import Build
from hies_annot.io.in_child import in_child
from hies_annot.io.reads import Shown, contig_of, opened, shown_by
from hies_annot.model import Allele, AlleleKind
from hies_annot.model.read_slice import ReadSlice, Strands

FLANK = 300
"""Bases at each side of an allele."""
LONGEST = 200
"""Most bases of an allele that a slice spans; of a longer one its start is shown."""
MOST_READS = 300
"""Most reads of a slice."""
MOST_BASES = 400_000
"""Most bases of the reads of a slice: long reads are fewer."""
MOST_BYTES = 1_500_000
"""Most bytes of the BAMs of a sample; further slices have counts only."""

_LEFT_OUT = pysam.FUNMAP | pysam.FSECONDARY | pysam.FQCFAIL | pysam.FDUP
_TAGS = ("HP:", "PS:")
"""Tags that are kept: haplotype and phase set."""


def cut_slices(
    path: Path, build: Build, alleles: Iterable[Allele], fasta: Path | None = None
) -> tuple[ReadSlice, ...]:
    """Return a slice of each allele, in the order given.

    Raises:
        InputError: the file cannot be read, has no index, is of another build, or is a CRAM
            whose reference is missing.
    """
    return in_child(path, partial(_cut_here, path, build, tuple(alleles), fasta))


def _cut_here(
    path: Path, build: Build, alleles: Iterable[Allele], fasta: Path | None
) -> tuple[ReadSlice, ...]:
    found: list[ReadSlice] = []
    with opened(path, fasta) as alignments:
        for allele in alleles:
            left = MOST_BYTES - sum(len(each.bam) for each in found)
            contig = contig_of(alignments, path, allele.chrom, build)
            found.append(_cut(alignments, contig, allele, left))
    return tuple(found)


def window(allele: Allele) -> tuple[int, int]:
    """Return the bases (1-based inclusive) around an allele that are shown."""
    last = min(allele.pos + len(allele.ref) - 1, allele.pos + LONGEST)
    return max(1, allele.pos - FLANK), last + FLANK


def _cut(
    alignments: pysam.AlignmentFile, contig: tuple[str, int], allele: Allele, left: int
) -> ReadSlice:
    (name, length), (start, end) = contig, window(allele)
    end = min(end, length)
    reads, bases = 0, 0
    shown: Counter[tuple[Shown, bool]] = Counter()
    for read in _reads(alignments, name, start, end):
        reads, bases = reads + 1, bases + read.query_length
        if allele.kind is AlleleKind.SEQUENCE and (what := shown_by(read, allele)) is not None:
            shown[what, read.is_reverse] += 1
    most = min(reads, MOST_READS, MOST_BASES * reads // bases if bases else MOST_READS)
    chosen = (
        read
        for number, read in enumerate(_reads(alignments, name, start, end))
        if (number + 1) * most // reads > number * most // reads
    )
    bam = _bam(chosen, contig)
    fits = len(bam) <= left
    counts = _counts(shown) if allele.kind is AlleleKind.SEQUENCE else {}
    kept = most if fits else 0
    return ReadSlice(allele.id, name, length, start, end, reads, kept, counts, bam if fits else b"")


def _counts(shown: Mapping[tuple[Shown, bool], int]) -> dict[str, Strands]:
    names = {Shown.ALT: "alternate", Shown.REF: "reference", Shown.OTHER: "other"}
    return {
        name: Strands(shown.get((what, False), 0), shown.get((what, True), 0))
        for what, name in names.items()
    }


def _reads(
    alignments: pysam.AlignmentFile, contig: str, start: int, end: int
) -> Iterator[pysam.AlignedSegment]:
    for read in alignments.fetch(contig, start - 1, end):
        if not read.flag & _LEFT_OUT and read.query_sequence:
            yield read


def _bam(reads: Iterable[pysam.AlignedSegment], contig: tuple[str, int]) -> bytes:
    """Return a BAM of the reads; mates have a number in common in place of their name."""
    sequences: Sequence[Mapping[str, object]] = [{"SN": contig[0], "LN": contig[1]}]
    head = {"HD": {"VN": "1.6", "SO": "coordinate"}, "SQ": sequences}
    numbers: dict[str, int] = {}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "slice.bam"
        with pysam.AlignmentFile(str(path), "wb", header=head) as out:
            for read in reads:
                number = numbers.setdefault(read.query_name or "", len(numbers) + 1)
                out.write(_bare(read, number, out.header))
        return path.read_bytes()


def _bare(
    read: pysam.AlignedSegment, number: int, header: pysam.AlignmentHeader
) -> pysam.AlignedSegment:
    """Return a read without its name, and without tags but those of the haplotype."""
    fields = read.to_dict()
    fields["name"] = str(number)
    fields["tags"] = [tag for tag in fields["tags"] if tag.startswith(_TAGS)]
    if fields["next_ref_name"] not in ("=", fields["ref_name"]):
        fields |= {"next_ref_name": "*", "next_ref_pos": "0", "length": "0"}
    bare: pysam.AlignedSegment = pysam.AlignedSegment.from_dict(fields, header)
    return bare
