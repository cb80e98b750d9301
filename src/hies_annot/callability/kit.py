"""What a capture kit can never see: required bases outside its BED, named before the run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from hies_annot.callability.bed_format import BedKind
from hies_annot.callability.exons import gene_result
from hies_annot.callability.required import KnownSite, RequiredBases, required_regions, spans_of
from hies_annot.callability.statements import Statement, Weight, fill, paint
from hies_annot.genes.gene_file import Gene
from hies_annot.io.coverage import read_bed
from hies_annot.model import ExonCallability, Gap
from hies_annot.reference.sequence import Reference

NOT_IN_KIT = "not in the kit"


class KitGene(Struct, frozen=True):
    """The required bases of one gene that the kit targets, and those that it does not.

    `exons` count the targeted bases as callable; `missed` are known sites without a target.
    """

    gene: str
    required: int
    targeted: int
    exons: tuple[ExonCallability, ...]
    gaps: tuple[Gap, ...]
    missed: tuple[KnownSite, ...]

    @property
    def lost_exons(self) -> tuple[int, ...]:
        """Exons with no targeted base at all."""
        return tuple(exon.exon for exon in self.exons if not exon.callable)


def kit_genes(
    path: Path,
    genes: Sequence[Gene],
    reference: Reference,
    known: Iterable[KnownSite] = (),
) -> tuple[KitGene, ...]:
    """Compare the target BED of a kit with the required bases of each gene.

    Reads reach beyond a target, so a gap at the edge of an exon may still be seen; a whole
    exon without a target is not.

    Raises:
        InputError: the file cannot be used; BuildMismatchError where it is of another build.
    """
    sites = tuple(known)
    required = [required_regions(gene, reference, sites) for gene in genes]
    rows = read_bed(path, reference.build, spans_of(required)).rows
    spans = [(row.chrom, row.start, row.end) for row in rows]
    return tuple(_kit_gene(item, spans, sites) for item in required)


def kit_sentences(found: Iterable[KitGene]) -> list[str]:
    """Say in one sentence a gene what the kit misses; nothing where it misses nothing."""
    return [_sentence(item) for item in found if item.gaps]


def _kit_gene(
    required: RequiredBases, spans: Iterable[tuple[str, int, int]], known: Sequence[KnownSite]
) -> KitGene:
    ours = [(start, end) for chrom, start, end in spans if chrom == required.chrom]
    source = str(BedKind.BED)
    inside = paint(required, (Statement(*span, Weight.CALLABLE, source) for span in ours))
    outside = Statement(1, 1, Weight.NOT_CALLABLE, source, reason=NOT_IN_KIT)
    result = gene_result(required, fill(inside, outside), stated=True)
    return KitGene(
        gene=required.gene,
        required=required.size,
        targeted=result.callable_bases or 0,
        exons=result.exons,
        gaps=result.gaps,
        missed=tuple(
            site
            for site in known
            if site.gene == required.gene
            and any(gap.start <= site.end and site.pos <= gap.end for gap in result.gaps)
        ),
    )


def _sentence(item: KitGene) -> str:
    parts = [f"{item.gene}: the kit targets {item.targeted} of {item.required} required bases"]
    if item.lost_exons:
        listed = ", ".join(str(number) for number in item.lost_exons)
        parts.append(f"without any target: exon {listed}")
    in_part = [gap for gap in item.gaps if not _is_lost(gap, item.lost_exons)]
    if in_part:
        parts.append("in part: " + ", ".join(f"{gap.exon} ({gap.hgvs_c})" for gap in in_part))
    if item.missed:
        parts.append("known sites: " + ", ".join(site.hgvs_c for site in item.missed))
    return "; ".join(parts)


def _is_lost(gap: Gap, exons: Sequence[int]) -> bool:
    return gap.exon in {f"exon {number}" for number in exons}
