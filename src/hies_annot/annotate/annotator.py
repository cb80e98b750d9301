"""The one place where an allele becomes an annotation."""

from __future__ import annotations

from hies_annot.annotate.coding import CodingModel
from hies_annot.annotate.consequence import consequences, touched
from hies_annot.annotate.edit import Edit, edit_of, three_prime
from hies_annot.annotate.names import Namer
from hies_annot.annotate.place import domains_of, exon_label, intron_label, residues_of
from hies_annot.annotate.terms import impact_of, severity
from hies_annot.genes import Gene
from hies_annot.model import Allele, AlleleKind, Annotation, TranscriptEffect
from hies_annot.reference.sequence import LocusSequence, Reference


class Annotator:
    """Annotates alleles on one reference; each distinct allele once."""

    def __init__(self, reference: Reference, genes: tuple[Gene, ...]) -> None:
        """Prepare the transcripts of all `genes` (MANE Select first)."""
        self.reference = reference
        self.genes = {gene.name: gene for gene in genes}
        self.namer = Namer(reference)
        self.models = {
            name: tuple(CodingModel(t, reference.locus(name)) for t in transcripts)
            for name, transcripts in reference.transcripts.items()
        }
        self._done: dict[Allele, Annotation] = {}

    def annotate(self, allele: Allele) -> Annotation:
        """Return everything that follows from the allele alone."""
        found = self._done.get(allele)
        if found is None:
            found = self._done[allele] = self._annotate(allele)
        return found

    def _annotate(self, allele: Allele) -> Annotation:
        if allele.kind is not AlleleKind.SEQUENCE:
            raise NotImplementedError(allele.kind)
        locus = self.reference.locus(allele.gene)
        return self._sequence(allele, locus, self.models[allele.gene], self.namer)

    def _sequence(
        self, allele: Allele, locus: LocusSequence, models: tuple[CodingModel, ...], namer: Namer
    ) -> Annotation:
        edit = edit_of(allele)
        mane = models[0]
        shifted = three_prime(locus, edit, plus=mane.transcript.plus)
        main, *others = (effect_on(model, edit, namer) for model in models)
        residues = residues_of(mane, shifted)
        first, last = touched(shifted)
        return Annotation(
            allele=allele,
            transcript=main.transcript,
            hgvs_g=namer.genomic(locus, edit),
            hgvs_c=main.hgvs_c,
            hgvs_p=main.hgvs_p,
            consequence=main.consequence,
            impact=main.impact,
            exon=exon_label(mane.transcript, first, last),
            intron=intron_label(mane.transcript, first, last),
            domain=domains_of(self.genes[allele.gene], residues),
            residues=residues,
            vrs_id=namer.vrs_id(locus, edit),
            spdi=namer.spdi(locus, edit),
            worst=worst_of(main, others),
            effects=tuple(others),
        )


def effect_on(model: CodingModel, edit: Edit, namer: Namer) -> TranscriptEffect:
    """Return names and consequence of an edit on one transcript."""
    shifted = three_prime(model.locus, edit, plus=model.transcript.plus)
    hgvs_c, hgvs_p = namer.coding(model, shifted)
    terms = consequences(model, shifted)
    return TranscriptEffect(
        transcript=model.transcript.accession,
        hgvs_c=hgvs_c,
        hgvs_p=hgvs_p,
        consequence=terms,
        impact=impact_of(terms),
    )


def worst_of(main: TranscriptEffect, others: list[TranscriptEffect]) -> TranscriptEffect | None:
    """Return the worst effect of the other transcripts, if it is worse than the main one's."""
    worst = min(others, key=lambda effect: severity(effect.consequence), default=None)
    if worst is None or severity(worst.consequence) >= severity(main.consequence):
        return None
    return worst
