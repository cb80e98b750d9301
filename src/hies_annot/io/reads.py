"""What single fragments of a BAM/CRAM show at given alleles: for read-backed phase and mosaics.

Duplicates, secondary, supplementary, unmapped and QC-failed reads do not count, nor do reads
of low mapping quality. Mates are one fragment; mates that disagree count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path

import pysam

from hies_annot.errors import InputError
from hies_annot.genome import Build, canonical_chrom, contigs
from hies_annot.io.htslib_faults import htslib_faults
from hies_annot.io.in_child import in_child
from hies_annot.io.remote.stand_ins import refuse_stand_in
from hies_annot.model import Allele, AlleleKind
from hies_annot.model.fragments import AlleleCounts, ReadLinks
from hies_annot.texts.file_kind import demand_file

MIN_MAPQ = 20
MIN_BASEQ = 13
"""Least mapping quality of a read, and least quality of the bases that show an allele."""

_EXCLUDED = pysam.FUNMAP | pysam.FSECONDARY | pysam.FQCFAIL | pysam.FDUP | pysam.FSUPPLEMENTARY
_MATCHES = (pysam.CMATCH, pysam.CEQUAL, pysam.CDIFF)


class Shown(StrEnum):
    """What a fragment shows at an allele."""

    ALT = "alt"
    REF = "ref"
    OTHER = "other"


def link_reads(
    path: Path,
    build: Build,
    pairs: Iterable[tuple[Allele, Allele]],
    fasta: Path | None = None,
) -> dict[frozenset[str], ReadLinks]:
    """Count the fragments that show both places of each pair; keys are the pair's allele ids.

    `first` of a count is the allele with the smaller id. Pairs with a symbolic allele are left
    out.

    Raises:
        InputError: the file cannot be read, has no index, is of another build, or is a CRAM
            whose reference is missing.
    """
    wanted = [tuple(sorted(pair, key=lambda allele: allele.id)) for pair in pairs]
    readable = [pair for pair in wanted if all(one.kind is AlleleKind.SEQUENCE for one in pair)]
    shown = _fragments(path, build, {one for pair in readable for one in pair}, fasta)
    return {
        frozenset({first.id, second.id}): _linked(shown[first.id], shown[second.id])
        for first, second in readable
    }


def count_alleles(
    path: Path, build: Build, alleles: Iterable[Allele], fasta: Path | None = None
) -> dict[str, AlleleCounts]:
    """Count the fragments for and against each sequence allele, by allele id.

    Raises:
        InputError: as `link_reads`.
    """
    wanted = {allele for allele in alleles if allele.kind is AlleleKind.SEQUENCE}
    return {
        identifier: AlleleCounts(
            alternate=sum(shown is Shown.ALT for shown in fragments.values()),
            depth=len(fragments),
        )
        for identifier, fragments in _fragments(path, build, wanted, fasta).items()
    }


def _linked(first: dict[str, Shown], second: dict[str, Shown]) -> ReadLinks:
    seen = [(first[name], second[name]) for name in first.keys() & second.keys()]
    return ReadLinks(
        both=seen.count((Shown.ALT, Shown.ALT)),
        first_only=seen.count((Shown.ALT, Shown.REF)),
        second_only=seen.count((Shown.REF, Shown.ALT)),
        neither=seen.count((Shown.REF, Shown.REF)),
    )


def _fragments(
    path: Path, build: Build, alleles: Iterable[Allele], fasta: Path | None
) -> dict[str, dict[str, Shown]]:
    """Return by allele id what each fragment (by name) shows; read in a child."""
    return in_child(path, partial(_fragments_here, path, build, alleles, fasta))


def _fragments_here(
    path: Path, build: Build, alleles: Iterable[Allele], fasta: Path | None
) -> dict[str, dict[str, Shown]]:
    with opened(path, fasta) as alignments:
        return {
            allele.id: _at_allele(
                alignments, contig_of(alignments, path, allele.chrom, build)[0], allele
            )
            for allele in alleles
        }


def contig_name(path: Path, chrom: str, build: Build) -> tuple[str, int]:
    """Return name and length of a chromosome (`20`) as a BAM or CRAM spells it.

    Raises:
        InputError: the file cannot be read, has no index, or lacks the chromosome of `build`.
    """
    return in_child(path, partial(_contig_here, path, chrom, build))


def _contig_here(path: Path, chrom: str, build: Build) -> tuple[str, int]:
    with opened(path, None, bases=False) as alignments:
        return contig_of(alignments, path, chrom, build)


@contextmanager
def opened(path: Path, fasta: Path | None, *, bases: bool = True) -> Iterator[pysam.AlignmentFile]:
    """Open alignments by their index; a CRAM needs `fasta` where `bases` are to be read.

    Raises:
        InputError: the file cannot be read, has no index, or is a CRAM whose reference is missing.
    """
    refuse_stand_in(path)
    reference = str(fasta) if fasta else None
    demand_file(path)
    with (
        htslib_faults(path),
        pysam.AlignmentFile(str(path), reference_filename=reference) as alignments,
    ):
        if not alignments.has_index():
            raise InputError("has no index: run `samtools index` on it", file=str(path))
        if bases and alignments.is_cram and fasta is None:
            raise InputError(
                "bases of a CRAM cannot be read without reference.fasta", file=str(path)
            )
        yield alignments


def contig_of(
    alignments: pysam.AlignmentFile, path: Path, chrom: str, build: Build
) -> tuple[str, int]:
    """Return name and length of a chromosome as the file spells it, see `contig_name`."""
    due = contigs(build)[chrom].length
    names: Sequence[str] = alignments.references
    for name, length in zip(names, alignments.lengths, strict=True):
        if canonical_chrom(name) == chrom and length == due:
            return name, length
    raise InputError(
        f"has no chromosome {chrom} of {build} ({due} bases): reads are not used",
        file=str(path),
    )


def _at_allele(alignments: pysam.AlignmentFile, contig: str, allele: Allele) -> dict[str, Shown]:
    found: dict[str, Shown] = {}
    disagreeing: set[str] = set()
    for read in alignments.fetch(contig, allele.pos - 1, allele.pos):
        shown = shown_by(read, allele)
        name = read.query_name or ""
        if shown is None:
            continue
        if found.setdefault(name, shown) is not shown:
            disagreeing.add(name)
    return {name: shown for name, shown in found.items() if name not in disagreeing}


def shown_by(read: pysam.AlignedSegment, allele: Allele) -> Shown | None:
    """Return what a read shows at an allele; None where it does not reach across or is too poor."""
    sequence, qualities = read.query_sequence, read.query_qualities
    if read.flag & _EXCLUDED or read.mapping_quality < MIN_MAPQ or not sequence:
        return None
    start, last = allele.pos - 1, allele.pos - 1 + len(allele.ref)
    first = _query_index(read, start)
    same_length = len(allele.ref) == len(allele.alt)
    reach = _query_index(read, last - 1 if same_length else last)
    if first is None or reach is None:
        return None
    end = reach + 1 if same_length else reach
    if qualities is not None and min(qualities[first:end], default=0) < MIN_BASEQ:
        return None
    bases = sequence[first:end].upper()
    if bases == allele.alt:
        return Shown.ALT
    return Shown.REF if bases == allele.ref else Shown.OTHER


def _query_index(read: pysam.AlignedSegment, position: int) -> int | None:
    """Return the index in the read of the base aligned to a 0-based position, None if none is."""
    reference, query = read.reference_start, 0
    for operation, length in read.cigartuples or ():
        if operation in _MATCHES:
            if reference <= position < reference + length:
                return query + position - reference
            reference, query = reference + length, query + length
        elif operation in (pysam.CDEL, pysam.CREF_SKIP):
            reference += length
        elif operation in (pysam.CINS, pysam.CSOFT_CLIP):
            query += length
    return None
