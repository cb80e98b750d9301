"""The one place where an allele becomes an annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from hies_annot.annotate.aliases import aliases_of
from hies_annot.annotate.coding import CodingModel
from hies_annot.annotate.consequence import consequences, touched
from hies_annot.annotate.demo import believable, demo_note, rests_on_made_up
from hies_annot.annotate.edit import Edit, edit_of, shift_left, shift_right, three_prime
from hies_annot.annotate.exact_loss import exons_deleted
from hies_annot.annotate.location import domains_of, exon_label, intron_label, residues_of
from hies_annot.annotate.names import Namer
from hies_annot.annotate.nmd import predict_nmd, unknown_nmd
from hies_annot.annotate.splice import predict_splice
from hies_annot.annotate.structural import (
    annotate_structural,
    precise_edit,
    residues_covered,
    structural_extent,
)
from hies_annot.annotate.structural_change import Extent
from hies_annot.annotate.surroundings import acts_beside
from hies_annot.annotate.terms import impact_of, severity
from hies_annot.genes.gene_file import Gene
from hies_annot.model import (
    Allele,
    AlleleKind,
    Annotation,
    Impact,
    NmdPrediction,
    TranscriptEffect,
)
from hies_annot.model.allele import STRUCTURAL_KINDS
from hies_annot.reference.sequence import LocusSequence, Reference

if TYPE_CHECKING:
    from hies_annot.annotate.annotation_cache import Shelf

_TRUNCATING = {"stop_gained", "frameshift_variant", "stop_lost"}


class Annotator:
    """Annotates alleles on one reference; each distinct allele once.

    With a shelf, alleles that were annotated on the same ground before are taken from there.
    """

    def __init__(
        self, reference: Reference, genes: tuple[Gene, ...], shelf: Shelf | None = None
    ) -> None:
        """Prepare the transcripts of all `genes` (MANE Select first)."""
        self.shelf = shelf
        self.reference = reference
        self.genes = {gene.name: gene for gene in genes}
        self.namer = Namer(reference)
        self.models = {
            name: tuple(CodingModel(t, reference.locus(name)) for t in transcripts)
            for name, transcripts in reference.transcripts.items()
        }
        self._done: dict[Allele, Annotation] = {}

    def annotate(self, allele: Allele) -> Annotation:
        """Return everything that follows from the allele alone.

        Raises:
            ValueError: the allele is none that changes bases (`*`, a block, an unreadable one).
        """
        found = self._done.get(allele)
        if found is None:
            found = self._done[allele] = self._from_shelf(allele)
        return found

    def _from_shelf(self, allele: Allele) -> Annotation:
        if self.shelf is None:
            return self._annotate(allele)
        found = self.shelf.get(allele)
        if found is None:
            found = self._annotate(allele)
            self.shelf.add(found)
        return found

    def _annotate(self, allele: Allele) -> Annotation:
        found = self._by_kind(allele)
        beside = acts_beside(allele, self.models[allele.gene][0].transcript)
        if beside is None:
            return found
        return replace(found, acts_beside=True, notes=(*found.notes, beside))

    def _by_kind(self, allele: Allele) -> Annotation:
        gene, models = self.genes[allele.gene], self.models[allele.gene]
        if allele.kind is AlleleKind.SEQUENCE:
            return self.annotate_edit(allele, edit_of(allele))
        if allele.kind not in STRUCTURAL_KINDS:
            raise ValueError(f"{allele.id} is a {allele.kind}: there is nothing to annotate")
        edit = precise_edit(allele, models[0])
        if edit is not None:
            found = self.annotate_edit(allele, edit)
            extent = found.structural or structural_extent(allele, models[0])
            return replace(found, structural=extent)
        return annotate_structural(allele, gene, models, self.namer)

    def annotate_edit(self, allele: Allele, edit: Edit) -> Annotation:
        """Return the annotation of an allele that makes exactly the change `edit`."""
        gene, models = self.genes[allele.gene], self.models[allele.gene]
        mane, locus = models[0], models[0].locus
        shifted = three_prime(locus, edit, plus=mane.transcript.plus)
        (main, note), *rest = (effect_on(model, edit, self.namer) for model in models)
        made_up = note is not None or rests_on_made_up(locus, allele, edit)
        others = [effect for effect, _ in rest]
        first, last = touched(shifted)
        known = edit.is_substitution or surroundings_known(locus, edit)
        lost = exons_deleted(mane, shifted)
        whole = lost is not None and lost.in_frame is not None
        several = lost is not None and whole and len(lost.exons) > 1
        residues = (
            residues_covered(mane, Extent(first, last)) if whole else residues_of(mane, shifted)
        )
        return Annotation(
            allele=allele,
            transcript=main.transcript,
            hgvs_g=self.namer.genomic(locus, edit),
            hgvs_c=main.hgvs_c,
            hgvs_p=main.hgvs_p,
            consequence=main.consequence,
            impact=main.impact,
            exon=exon_label(mane.transcript, first, last),
            intron=intron_label(mane.transcript, first, last),
            domain=domains_of(gene, residues),
            residues=residues,
            vrs_id=self.namer.vrs_id(locus, edit) if known else None,
            spdi=self.namer.spdi(locus, edit) if known else None,
            worst=worst_of(main, others),
            effects=tuple(others),
            aliases=aliases_of(gene, mane, shifted, main, others),
            nmd=_nmd(mane, shifted, main, gene, note),
            splice=None if several else predict_splice(mane, shifted, self.namer, gene),
            structural=lost,
            made_up=made_up,
            notes=(
                *((demo_note(mane),) if made_up else ()),
                *_notes(allele, mane, edit, shifted, main, note),
            ),
        )


def effect_on(model: CodingModel, edit: Edit, namer: Namer) -> tuple[TranscriptEffect, str | None]:
    """Return names and consequence of an edit on one transcript, with a remark or None."""
    shifted = three_prime(model.locus, edit, plus=model.transcript.plus)
    hgvs_c, hgvs_p = namer.coding(model, shifted)
    terms = consequences(model, shifted)
    effect = TranscriptEffect(
        transcript=model.transcript.accession,
        hgvs_c=hgvs_c,
        hgvs_p=hgvs_p,
        consequence=terms,
        impact=impact_of(terms),
    )
    return believable(model, shifted, effect)


def worst_of(main: TranscriptEffect, others: list[TranscriptEffect]) -> TranscriptEffect | None:
    """Return the worst effect of the other transcripts, if it is worse than the main one's."""
    worst = min(others, key=lambda effect: severity(effect.consequence), default=None)
    if worst is None or severity(worst.consequence) >= severity(main.consequence):
        return None
    return worst


def surroundings_known(locus: LocusSequence, edit: Edit) -> bool:
    """Whether the bases that decide the placements of an edit are real."""
    left, right = shift_left(locus, edit), shift_right(locus, edit)
    return locus.known(left.start - 1, max(right.end, right.start) + 1)


def _nmd(
    model: CodingModel, edit: Edit, effect: TranscriptEffect, gene: Gene, note: str | None
) -> NmdPrediction | None:
    if not _TRUNCATING & set(effect.consequence):
        return None
    message = model.apply(edit)
    if message is None:
        return unknown_nmd("the change reaches over an exon's edge: the message is not known")
    return unknown_nmd(note) if note else predict_nmd(model, message, gene)


def _notes(
    allele: Allele,
    model: CodingModel,
    edit: Edit,
    shifted: Edit,
    effect: TranscriptEffect,
    note: str | None,
) -> list[str]:
    notes = []
    if allele.unverifiable:
        notes.append("REF lies on made-up bases of the demo reference and could not be checked")
    if note:
        notes.append(note)
    if model.place(shifted) and not model.inside_exon(shifted):
        notes.append("the insertion lies at the very edge of an exon: splicing may change too")
    other = (shift_right if shifted == shift_left(model.locus, edit) else shift_left)(
        model.locus, edit
    )
    terms = consequences(model, other) if other != shifted else effect.consequence
    if impact_of(terms) is not effect.impact and Impact.HIGH in (impact_of(terms), effect.impact):
        notes.append(
            f"the same change can be placed where it reads as {', '.join(terms)}: "
            "its effect on splicing is not certain"
        )
    return notes
