"""Which bases must be callable before "nothing found" may be said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from msgspec import Struct

from hies_annot.genes.gene_file import Gene
from hies_annot.reference.sequence import Reference
from hies_annot.reference.transcripts import Transcript


class KnownSite(Struct, frozen=True):
    """A known pathogenic allele, spelled as `hies_annot.reference.normalise` does.

    `pos` is 1-based on the build of the reference. Only alleles of bases are sites: looking at
    bases says nothing about a symbolic allele.
    """

    gene: str
    identifier: str
    pos: int
    ref: str
    alt: str
    hgvs_c: str
    hgvs_p: str | None

    @property
    def end(self) -> int:
        """Last base of REF, 1-based inclusive."""
        return self.pos + max(len(self.ref), 1) - 1

    @property
    def of_bases(self) -> bool:
        """Whether both alleles are written in bases."""
        return self.ref.isalpha() and self.alt.isalpha()

    def allele_id(self, chrom: str) -> str:
        """Return the id that the same allele has in the result (`17-42329643-G-A`)."""
        return f"{chrom}-{self.pos}-{self.ref}-{self.alt}"

    @property
    def indel(self) -> bool:
        """Whether the allele changes the length."""
        return len(self.ref) != len(self.alt)


class RequiredExon(Struct, frozen=True):
    """The coding part of an exon with its padding (1-based inclusive)."""

    number: int
    start: int
    end: int


class RequiredBases(Struct, frozen=True):
    """The required bases of one gene, addressable by a running index from 0.

    `spans` are disjoint and ascending (1-based inclusive); `starts` are their first bases and
    `offsets` the index of those.
    """

    gene: str
    chrom: str
    transcript: Transcript
    exons: tuple[RequiredExon, ...]
    spans: tuple[tuple[int, int], ...]
    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    size: int

    def ranges(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield half-open index ranges of the required bases within `start`..`end` (1-based)."""
        for number in range(max(bisect_right(self.starts, start) - 1, 0), len(self.spans)):
            first, last = self.spans[number]
            if first > end:
                return
            low, high = max(first, start), min(last, end)
            if low <= high:
                offset = self.offsets[number] - first
                yield low + offset, high + offset + 1

    def position(self, index: int) -> int:
        """Return the genome position (1-based) of an index."""
        number = bisect_right(self.offsets, index) - 1
        return self.starts[number] + index - self.offsets[number]

    def overlaps(self, start: int, end: int) -> bool:
        """Whether `start`..`end` (1-based inclusive) holds a required base."""
        number = bisect_right(self.starts, end) - 1
        return number >= 0 and self.spans[number][1] >= start


def required_regions(
    gene: Gene, reference: Reference, known: Iterable[KnownSite] = ()
) -> RequiredBases:
    """Return the required bases of a gene on the build of `reference`.

    They are the coding part of each MANE exon with the padding of the gene file, the sites of
    the gene file, and every known allele of this gene that lies outside of both.

    Raises:
        KeyError: the reference has no transcripts of the gene.
    """
    transcript = reference.mane(gene.name)
    exons = tuple(_coding_exons(transcript, gene.file.required.exon_padding))
    offset = gene.file.offset(reference.build)
    sites = [(site.start - offset, site.end - offset) for site in gene.file.required.sites]
    sites += [(site.pos, site.end) for site in known if site.gene == gene.name and site.of_bases]
    spans = merge_spans([*((exon.start, exon.end) for exon in exons), *sites])
    lengths = [end - start + 1 for start, end in spans]
    return RequiredBases(
        gene=gene.name,
        chrom=gene.file.chrom,
        transcript=transcript,
        exons=exons,
        spans=spans,
        starts=tuple(start for start, _ in spans),
        offsets=tuple(accumulate([0, *lengths[:-1]])),
        size=sum(lengths),
    )


def spans_of(required: Iterable[RequiredBases]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return by chromosome the spans of the required bases of all genes (1-based inclusive)."""
    found: dict[str, list[tuple[int, int]]] = {}
    for item in required:
        found.setdefault(item.chrom, []).extend(item.spans)
    return {chrom: merge_spans(spans) for chrom, spans in found.items()}


def merge_spans(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join overlapping and adjacent spans (1-based inclusive); the result is ascending."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _coding_exons(transcript: Transcript, padding: int) -> Iterator[RequiredExon]:
    for exon in transcript.exons:
        start, end = max(exon.start, transcript.cds_start), min(exon.end, transcript.cds_end)
        if start <= end:
            yield RequiredExon(exon.number, start - padding, end + padding)
