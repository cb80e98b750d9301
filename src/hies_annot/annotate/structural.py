"""Annotation of structural alleles: symbolic ones and breakends."""

from __future__ import annotations

from hies_annot.annotate.coding import CodingModel
from hies_annot.annotate.demo import demo_note
from hies_annot.annotate.edit import Edit
from hies_annot.annotate.location import domains_of, exon_label, intron_label
from hies_annot.annotate.names import Namer
from hies_annot.annotate.nmd import predict_nmd
from hies_annot.annotate.splice import skipped_protein
from hies_annot.annotate.structural_change import (
    Change,
    Extent,
    change_of,
    coding_name,
    genomic_name,
    mate_of,
    region_of,
    structural_effect,
    structural_terms,
    whole_exons,
)
from hies_annot.annotate.terms import impact_of, severity
from hies_annot.genes.gene_file import Gene
from hies_annot.model import (
    Allele,
    AlleleKind,
    Annotation,
    NmdPrediction,
    StructuralEffect,
    TranscriptEffect,
)
from hies_annot.reference.sequence import reverse_complement

_PRECISE = (Change.LOSS, Change.GAIN, Change.INVERSION)


def precise_edit(allele: Allele, model: CodingModel) -> Edit | None:
    """Return the change of bases of a symbolic allele with exact breakpoints inside the locus.

    None for a copy or an inversion that holds or cuts an exon: it acts by what it covers, not by
    the bases at its place.
    """
    change, locus = change_of(allele), model.locus
    if allele.kind is not AlleleKind.SYMBOLIC or not allele.precise or change not in _PRECISE:
        return None
    region = region_of(allele, change)
    if region.first < locus.start or region.last > locus.end:
        return None
    if change is not Change.LOSS and _crosses_exon(model, region):
        return None
    bases = locus.bases(region.first, region.last).upper()
    if change is Change.GAIN:
        return Edit(region.last + 1, "", bases)
    return Edit(region.first, bases, "" if change is Change.LOSS else reverse_complement(bases))


def _crosses_exon(model: CodingModel, region: Extent) -> bool:
    """Whether a region shares bases with an exon and does not lie within it."""
    return any(
        exon.start <= region.last
        and region.first <= exon.end
        and not (exon.start <= region.first and region.last <= exon.end)
        for exon in model.transcript.exons
    )


def structural_extent(allele: Allele, model: CodingModel) -> StructuralEffect:
    """Return which exons and what share of the coding region a structural allele covers."""
    change = change_of(allele)
    return structural_effect(model, region_of(allele, change), change)


def annotate_structural(
    allele: Allele, gene: Gene, models: tuple[CodingModel, ...], namer: Namer
) -> Annotation:
    """Return the annotation of a structural allele whose breakpoints are not exact."""
    change = change_of(allele)
    region = region_of(allele, change)
    mane = models[0]
    effects = [_effect_on(model, region, change, namer) for model in models]
    main, others = effects[0], effects[1:]
    worse = [e for e in others if severity(e.consequence) < severity(main.consequence)]
    structural = structural_effect(mane, region, change)
    residues = residues_covered(mane, region) if structural.cds_share else None
    made_up = mane.locus.demo and change is Change.LOSS and _joins_exons(mane, region)
    return Annotation(
        allele=allele,
        transcript=main.transcript,
        hgvs_g=genomic_name(namer.accession(allele.chrom), region, change),
        hgvs_c=main.hgvs_c,
        hgvs_p=main.hgvs_p,
        consequence=main.consequence,
        impact=main.impact,
        exon=exon_label(mane.transcript, region.first, region.last),
        intron=intron_label(mane.transcript, region.first, region.last),
        domain=domains_of(gene, residues),
        residues=residues,
        worst=min(worse, key=lambda e: severity(e.consequence), default=None),
        effects=tuple(others),
        nmd=_nmd(mane, region, change, gene),
        structural=structural,
        made_up=made_up,
        notes=(
            *((demo_note(mane),) if made_up else ()),
            *_notes(allele, mane, region, change, structural),
        ),
    )


def _effect_on(
    model: CodingModel, region: Extent, change: Change, namer: Namer
) -> TranscriptEffect:
    terms = structural_terms(model, region, change)
    return TranscriptEffect(
        transcript=model.transcript.accession,
        hgvs_c=coding_name(model, region, change),
        hgvs_p=_protein(model, region, change, namer),
        consequence=terms,
        impact=impact_of(terms),
    )


def _protein(model: CodingModel, region: Extent, change: Change, namer: Namer) -> str | None:
    transcript = model.transcript
    if region.last < transcript.start or region.first > transcript.end:
        return None
    if change is not Change.LOSS:
        return "p.?"
    if region.first <= transcript.start and region.last >= transcript.end:
        return "p.0?"
    exons = whole_exons(model, region)
    if exons is None or model.locus.demo or model.without_exons(*exons) is None:
        return "p.?"
    return skipped_protein(model, *exons, namer) or "p.?"


def _joins_exons(model: CodingModel, region: Extent) -> bool:
    """Whether the loss of a region makes a new message, whose reading needs the sequence."""
    transcript = model.transcript
    whole = region.first <= transcript.start and region.last >= transcript.end
    return not whole and whole_exons(model, region) is not None


def residues_covered(model: CodingModel, region: Extent) -> tuple[int, int]:
    """Return the first and last residue whose codon a region touches."""
    transcript = model.transcript
    low, high = max(region.first, transcript.cds_start), min(region.last, transcript.cds_end)
    inside = [
        offset
        for exon in transcript.exons
        for edge in (max(exon.start, low), min(exon.end, high))
        if max(exon.start, low) <= min(exon.end, high)
        and (offset := transcript.transcript_offset(edge)) is not None
    ]
    first, last = min(inside) - model.cds_start, max(inside) - model.cds_start
    return first // 3 + 1, min(last // 3 + 1, len(model.protein) - 1)


def _nmd(model: CodingModel, region: Extent, change: Change, gene: Gene) -> NmdPrediction | None:
    exons = whole_exons(model, region)
    if change is not Change.LOSS or exons is None or model.locus.demo:
        return None
    message = model.without_exons(*exons)
    if message is None or sum(map(model.coding_bases, range(exons[0], exons[1] + 1))) % 3 == 0:
        return None
    return predict_nmd(model, message, gene)


def _notes(
    allele: Allele, model: CodingModel, region: Extent, change: Change, effect: StructuralEffect
) -> list[str]:
    notes = []
    transcript = model.transcript
    if change is Change.BREAK and transcript.start <= allele.pos <= transcript.end:
        mate = mate_of(allele)
        notes.append(f"the transcript is broken here; the other side is {mate or 'not given'}")
    if effect.start_lost:
        lost = "turned away from the rest" if change is Change.INVERSION else "lost"
        notes.append(f"the start of the gene is {lost}: no message of this copy begins there")
    if change is Change.INVERSION and effect.end_lost:
        notes.append("the end of the gene is turned away: the message breaks off there")
    if change is Change.INVERSION and effect.whole_gene:
        notes.append("the whole gene is turned round; the transcript itself is intact")
    if change is Change.GAIN and not effect.whole_gene and effect.exons:
        notes.append("where the copy lies is not known; a tandem copy is assumed")
    if change is Change.UNKNOWN and allele.alt == "<ITX>":
        notes.append("two places of the chromosome are joined; which sides is not stated")
    elif change is Change.UNKNOWN:
        notes.append(f"{allele.alt} states no copy number: gain and loss cannot be told apart")
    if change is Change.NONE:
        notes.append("the copy number is the normal one")
    if region.first < model.locus.start or region.last > model.locus.end:
        notes.append("the change reaches beyond the locus; other genes are not looked at")
    return notes
