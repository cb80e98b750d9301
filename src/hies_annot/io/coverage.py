"""Reading of interval files (BED, mosdepth), and of the reads of BAM/CRAM that show depth."""

from __future__ import annotations

import gzip
import zlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pysam
from msgspec import Struct

from hies_annot.errors import BuildMismatchError, InputError
from hies_annot.genome import Build, build_of_accession, canonical_chrom, contigs
from hies_annot.io.bed_rows import BedRow, bed_columns, blocks_of
from hies_annot.io.remote.stand_ins import attend_whole, refuse_stand_in
from hies_annot.texts.file_kind import demand_file

_GZIP_MAGIC = b"\x1f\x8b"
# What htslib must decode of a CRAM: name, flag, contig, position, MAPQ, CIGAR, qualities. Without
# the bases no reference FASTA is needed. Read group, too.
_CRAM_FIELDS = "required_fields=0x143f"
_MAPQ_NOT_GIVEN = 255


Span = tuple[int, int]
"""First and last base (1-based inclusive)."""

Spans = Mapping[str, Sequence[Span]]
"""By canonical chromosome, disjoint spans in ascending order."""


class AlignedRead(Struct, frozen=True):
    """One read that passed the filters; `start` is 1-based, `cigar` is (operation, length)."""

    name: str
    start: int
    cigar: Sequence[tuple[int, int]]
    qualities: bytes | None


_TITLES = 50
"""Lines of words before the rows that are looked at."""


class BedFile(Struct, frozen=True):
    """The rows of an interval file that overlap some spans, and its last comment line, split.

    `titles` are the lines of words before the rows (comments, `track`). `chromosomes` are all that
    the file names (canonical), so that "nothing here" can be told from "nothing at all".
    """

    name: str
    header: tuple[str, ...] | None
    rows: tuple[BedRow, ...]
    chromosomes: frozenset[str]
    titles: tuple[str, ...] = ()


def read_bed(path: Path, build: Build, spans: Spans) -> BedFile:
    """Read the rows that overlap some spans; with an index (.tbi, .csi) only their chromosomes.

    Raises:
        InputError: the file cannot be read, a row is malformed, or no contig is known.
        BuildMismatchError: a contig name or a position belongs to another build.
    """
    demand_file(path)
    header: tuple[str, ...] | None = None
    names: set[str] = set()
    titles: list[str] = []
    rows: list[BedRow] = []
    try:
        for number, line in enumerate(_lines(path, spans, names), 1):
            text = line.lstrip("\ufeff").rstrip("\r\n")
            if text.startswith("#"):
                header = tuple(text.lstrip("#").split("\t"))
                titles += [text] if len(header) == 1 else []
            elif text.startswith(("track", "browser")):
                titles.append(text)
            elif text.strip():
                row = _row(path, number, text, build, names)
                if row is not None:
                    rows += [part for part in blocks_of(row, path) if _needed(part, spans)]
    except (OSError, UnicodeDecodeError, EOFError, zlib.error) as fault:
        raise InputError(f"cannot be read: {fault}", file=str(path)) from None
    known = {chrom for name in names if (chrom := canonical_chrom(name))}
    if not known:
        raise InputError("no row names a human chromosome", file=str(path))
    return BedFile(path.name, header, tuple(rows), frozenset(known), tuple(titles[:_TITLES]))


def _lines(path: Path, wanted: Spans, names: set[str]) -> Iterator[str]:
    attend_whole(path)
    indices = [index for suffix in (".tbi", ".csi") if Path(index := f"{path}{suffix}").exists()]
    if not indices:
        with path.open("rb") as probe:
            opener = gzip.open if probe.read(2) == _GZIP_MAGIC else open
        with opener(path, "rt", encoding="utf-8") as handle:
            yield from handle
        return
    with pysam.TabixFile(str(path), index=indices[0], encoding="utf-8") as tabix:
        yield from tabix.header
        names.update(tabix.contigs)
        for contig in tabix.contigs:
            if canonical_chrom(contig) in wanted:
                yield from tabix.fetch(contig)


def _row(path: Path, number: int, text: str, build: Build, names: set[str]) -> BedRow | None:
    name, start, end, *fields = bed_columns(path, number, text)
    names.add(name)
    chrom = canonical_chrom(name)
    if chrom is None:
        return None
    stated = build_of_accession(name)
    lengths = {each: contigs(each)[chrom].length for each in Build}
    other = end != lengths[build] and end in lengths.values()  # the end of its chromosome
    if (stated is not None and stated is not build) or end > lengths[build] or other:
        raise BuildMismatchError(
            f"{name}:{start}-{end} does not lie on {build}: give the intervals on {build}",
            file=str(path),
            record=f"line {number}",
        )
    return BedRow(chrom, start + 1, end, tuple(fields)) if end > start else None


def _needed(row: BedRow, spans: Spans) -> bool:
    ours = spans.get(row.chrom, ())
    number = bisect_right(ours, row.end, key=lambda span: span[0]) - 1
    return number >= 0 and ours[number][1] >= row.start


def covering_reads(
    path: Path,
    build: Build,
    chrom: str,
    spans: Iterable[Span],
    *,
    min_mapq: int,
    names: Collection[str] = (),
) -> Iterator[tuple[Span, AlignedRead]]:
    """Yield the reads of a BAM or CRAM over each span, in the order of their start.

    Duplicates, secondary, supplementary, unmapped and QC-failed reads do not count, nor do
    reads below `min_mapq` or without a mapping quality (255). Where the read groups are of several
    people, those of the sample count, which `names` has as they may be written.

    Raises:
        InputError: the file cannot be read, has no index, lacks the chromosome, or is of several
            people and of none of these names.
        BuildMismatchError: its contig lengths are those of the other build.
    """
    refuse_stand_in(path)
    demand_file(path)
    try:
        with pysam.AlignmentFile(str(path), format_options=[_CRAM_FIELDS]) as alignments:
            if not alignments.has_index():
                raise InputError("has no index: run `samtools index` on it", file=str(path))
            lengths = dict(zip(alignments.references, alignments.lengths, strict=True))
            contig = _contig(path, lengths, chrom, build)
            groups = _own_groups(path, alignments, names)
            for span in spans:
                for read in alignments.fetch(contig, span[0] - 1, span[1]):
                    if _counts(read, min_mapq) and (groups is None or _group(read) in groups):
                        yield span, _aligned(read)
    except (OSError, ValueError) as fault:
        raise InputError(f"cannot be read: {fault}", file=str(path)) from None


def people_of_reads(path: Path) -> frozenset[str]:
    """Return whose reads a BAM or CRAM holds by its read groups (SM); empty: they do not say.

    Raises:
        InputError: it cannot be read.
    """
    try:
        with pysam.AlignmentFile(str(path)) as alignments:
            return frozenset(_people(alignments).values())
    except (OSError, ValueError) as fault:
        raise InputError(f"cannot be read: {fault}", file=str(path)) from None


def _people(alignments: pysam.AlignmentFile) -> dict[str, str]:
    groups = alignments.header.to_dict().get("RG", ())
    return {str(each["ID"]): str(each["SM"]) for each in groups if each.get("SM")}


def _own_groups(
    path: Path, alignments: pysam.AlignmentFile, names: Collection[str]
) -> frozenset[str] | None:
    """Return the read groups of the sample in a file of several people; None: all reads count."""
    people = _people(alignments)
    if len(set(people.values())) < 2:
        return None
    own = frozenset(group for group, name in people.items() if name in names)
    if names and not own:
        raise InputError(
            f"its read groups are of {len(set(people.values()))} people, and none of them is "
            f"{' or '.join(map(repr, dict.fromkeys(names)))}: part it (samtools split)",
            file=str(path),
        )
    return own if names else None


def _group(read: pysam.AlignedSegment) -> str | None:
    return str(read.get_tag("RG")) if read.has_tag("RG") else None


def _contig(path: Path, lengths: dict[str, int], chrom: str, build: Build) -> str:
    names = [name for name in lengths if canonical_chrom(name) == chrom]
    if not names:
        raise InputError(f"has no contig for chromosome {chrom}", file=str(path))
    for name in names:
        if lengths[name] == contigs(build)[chrom].length:
            return name
    found = lengths[names[0]]
    for other in Build:
        if found == contigs(other)[chrom].length:
            raise BuildMismatchError(
                f"its reads are aligned to {other}, but the sample is read on {build}",
                file=str(path),
            )
    raise InputError(
        f"contig {names[0]} has {found} bases, but chromosome {chrom} of {build} has "
        f"{contigs(build)[chrom].length}: the reads are aligned to another genome",
        file=str(path),
    )


def _aligned(read: pysam.AlignedSegment) -> AlignedRead:
    qualities = read.query_qualities
    return AlignedRead(
        name=read.query_name or "",
        start=read.reference_start + 1,
        cigar=read.cigartuples or (),
        qualities=None if qualities is None else bytes(qualities),
    )


def _counts(read: pysam.AlignedSegment, min_mapq: int) -> bool:
    excluded = pysam.FUNMAP | pysam.FSECONDARY | pysam.FQCFAIL | pysam.FDUP | pysam.FSUPPLEMENTARY
    return (
        not read.flag & excluded
        and min_mapq <= read.mapping_quality != _MAPQ_NOT_GIVEN
        and bool(read.cigartuples)
    )
