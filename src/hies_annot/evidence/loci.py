"""Where a run looks: its loci on either build, and the GRCh38 key of an allele."""

from __future__ import annotations

from msgspec import Struct

from hies_annot.evidence.slices import Key
from hies_annot.genes.gene_file import Gene
from hies_annot.genome import Build
from hies_annot.io.source_tables import SourceRegion, SourceRow
from hies_annot.model import Allele, AlleleKind
from hies_annot.reference.normalise import normalise_allele
from hies_annot.reference.sequence import Reference


class Place(Struct, frozen=True):
    """Where a run looks: genes with the reference sequence of its build."""

    genes: tuple[Gene, ...]
    reference: Reference

    def regions(self, build: Build) -> tuple[SourceRegion, ...]:
        """Return the loci on `build`."""
        return tuple(
            SourceRegion(gene.file.chrom, gene.file.loci[build].start, gene.file.loci[build].end)
            for gene in self.genes
        )

    def shift(self, chrom: str, pos: int, build: Build) -> int:
        """Return what to add to a position of `build` to reach the build of the reference."""
        for gene in self.genes:
            span = gene.file.loci[build]
            if gene.file.chrom == chrom and span.start <= pos <= span.end:
                return gene.file.offset(build) - gene.file.offset(self.reference.build)
        return 0

    def key(self, row: SourceRow, build: Build) -> Key | None:
        """Return the GRCh38 key of a row in normal form; None where it is no plain allele."""
        return self.key_of(row.chrom, row.pos, row.ref, row.alt, build)

    def key_of(self, chrom: str, pos: int, ref: str, alt: str, build: Build) -> Key | None:
        """Return the GRCh38 key of an allele in normal form; None where it is no plain one.

        `pos` is 1-based and on `build`.
        """
        allele = self.allele_of(chrom, pos, ref, alt, build)
        if allele is None:
            return None
        place = grch38_key(self.genes, self.reference.build, allele.chrom, allele.pos)
        return (*place, allele.ref, allele.alt)

    def allele_of(self, chrom: str, pos: int, ref: str, alt: str, build: Build) -> Allele | None:
        """Return an allele in normal form on the build of the reference; None: no plain one.

        `pos` is 1-based and on `build`.
        """
        moved = pos + self.shift(chrom, pos, build)
        allele = normalise_allele(self.reference, chrom, moved, ref, alt)
        return allele if allele is not None and allele.kind is AlleleKind.SEQUENCE else None


def grch38_key(genes: tuple[Gene, ...], build: Build, chrom: str, pos: int) -> tuple[str, int]:
    """Return chromosome and GRCh38 position (1-based) of a position of `build`."""
    for gene in genes:
        span = gene.file.loci[build]
        if gene.file.chrom == chrom and span.start <= pos <= span.end:
            return chrom, pos + gene.file.offset(build)
    return chrom, pos
