"""HGVS g., c. and p. names, SPDI and GA4GH VRS ids.

Names are made by hgvs-weaver from an edit that we have put at its 3'-most placement in the
direction of the transcript, introns included. Single-base changes, by far the most, are named
here straight from the codon; the tests compare the two ways on every base of both coding regions.
"""

from __future__ import annotations

import weaver

from hies_annot.annotate.coding import CodingModel
from hies_annot.annotate.edit import Edit, duplicated, shift_right
from hies_annot.annotate.weaver_provider import MessageProvider, ReferenceProvider, RefgetTable
from hies_annot.genome import contigs
from hies_annot.reference.codons import CODON_TABLE, THREE_LETTER
from hies_annot.reference.sequence import LocusSequence, Reference, reverse_complement


class Namer:
    """Names edits on the chromosome and on transcripts of one reference."""

    def __init__(self, reference: Reference) -> None:
        """Prepare weaver for the sequences and transcripts of `reference`."""
        self.build = reference.build
        self.refget = RefgetTable(reference.build)
        self.provider = ReferenceProvider(reference)
        self.mapper = weaver.VariantMapper(self.provider, refget=self.refget)
        self.messages = weaver.VariantMapper(MessageProvider(reference))

    def accession(self, chrom: str) -> str:
        """Return the RefSeq accession of a chromosome (`NC_000017.11`)."""
        return contigs(self.build)[chrom].refseq

    def genomic(self, locus: LocusSequence, edit: Edit) -> str:
        """Return the g. name with its accession, 3'-shifted along the plus strand."""
        shifted = shift_right(locus, edit)
        return f"{self.accession(locus.chrom)}:g.{genomic_change(locus, shifted)}"

    def coding(self, model: CodingModel, edit: Edit) -> tuple[str | None, str | None]:
        """Return the c. and p. names of a 3'-shifted edit on a transcript, without accessions.

        Both are None outside the transcript, where HGVS allows no c. name. `p.?` stands for every
        change that is not wholly inside the coding region.
        """
        transcript = model.transcript
        first, last = edit.start - edit.is_insertion, max(edit.start, edit.end)
        if first < transcript.start or last > transcript.end:
            return None, None
        if edit.is_substitution:
            return f"c.{coding_change(model, edit)}", substitution_p(model, edit)
        name = coding_change(model, edit)
        return f"c.{name}", self.protein(model, edit, name)

    def protein(self, model: CodingModel, edit: Edit, change: str) -> str:
        """Return the p. name of a 3'-shifted edit whose c. name is `change`."""
        place = model.place(edit)
        if place is None or place.past <= model.cds_start or place.first > model.cds_end:
            return "p.?"
        if not model.inside_exon(edit) or model.keeps_coding_region(edit):
            return "p.?"
        return self.predict(model, change)

    def predict(self, model: CodingModel, change: str) -> str:
        """Return the p. name that a c. change (`1110_1139del`, `[a;b]`) of the message gives."""
        variant = weaver.parse(f"{model.transcript.accession}:c.{change}")
        try:
            return str(self.messages.c_to_p(variant).format()).partition(":")[2]
        except weaver.HGVSError:
            return "p.?"  # weaver finds no statement; the consequence terms still say what changes

    def spdi(self, locus: LocusSequence, edit: Edit) -> str:
        """Return the SPDI over the whole region of ambiguity (NCBI's contextual allele)."""
        accession = self.accession(locus.chrom)
        if edit.is_substitution:
            return f"{accession}:{edit.start - 1}:{edit.ref}:{edit.alt}"
        genomic = weaver.parse(self.genomic(locus, edit))
        return str(self.mapper.to_spdi_unambiguous(genomic))

    def vrs_id(self, locus: LocusSequence, edit: Edit) -> str | None:
        """Return the GA4GH VRS id, None where the digest of the chromosome is not known.

        The id of a single base holds its place and the new base only: where REF contradicts a
        made-up base of a demo reference, the made-up base stands in for it.
        """
        if self.refget.get_refget_accession(self.accession(locus.chrom)) is None:
            return None
        if edit.is_substitution:
            edit = Edit(edit.start, locus.bases(edit.start, edit.start).upper(), edit.alt)
            if edit.ref == edit.alt:
                return None
        return str(self.mapper.vrs_id(weaver.parse(self.genomic(locus, edit))))


def coding_change(model: CodingModel, edit: Edit) -> str:
    """Return the change part of the c. name of a 3'-shifted edit inside a transcript."""
    transcript = model.transcript
    plus = transcript.plus
    repeated = duplicated(model.locus, edit, plus=plus)
    if repeated and (repeated[0] < transcript.start or repeated[1] > transcript.end):
        repeated = None  # positions before or behind the transcript have no c. name
    first, last = repeated or (edit.start - edit.is_insertion, max(edit.start, edit.end))
    low, high = (first, last) if plus else (last, first)
    where = transcript.c_position(low)
    if first != last:
        where = f"{where}_{transcript.c_position(high)}"
    return where + _what(edit, plus=plus, repeated=repeated is not None)


def substitution_p(model: CodingModel, edit: Edit) -> str:
    """Return the p. name of a single-base change inside a transcript."""
    place = model.place(edit)
    if place is None or not model.cds_start <= place.first <= model.cds_end:
        return "p.?"
    within = place.first - model.cds_start
    residue, phase = within // 3 + 1, within % 3
    codon = model.sequence[place.first - phase : place.first - phase + 3]
    alt = edit.alt if model.transcript.plus else reverse_complement(edit.alt)
    old, new = (
        CODON_TABLE.get(codon, "X"),
        CODON_TABLE.get(codon[:phase] + alt + codon[phase + 1 :], "X"),
    )
    if residue == 1:
        return "p.(Met1?)"
    if old == new:
        return f"p.({THREE_LETTER[old]}{residue}=)"
    if old == "*":
        return _extension(model, edit, residue, new)
    return f"p.({THREE_LETTER[old]}{residue}{THREE_LETTER[new]})"


def _extension(model: CodingModel, edit: Edit, residue: int, new: str) -> str:
    message = model.apply(edit)
    extra = "?"
    if message is not None and message.protein.endswith("*"):
        extra = str(len(message.protein) - residue)
    return f"p.(Ter{residue}{THREE_LETTER[new]}extTer{extra})"


def genomic_change(locus: LocusSequence, edit: Edit, *, plus: bool = True) -> str:
    """Return the change part of the g. name of an edit at its 3'-most placement.

    `plus` is False for an edit that was shifted for a transcript of the minus strand.
    """
    repeated = duplicated(locus, edit, plus=plus)
    first, last = repeated or (edit.start - edit.is_insertion, max(edit.start, edit.end))
    where = str(first) if first == last else f"{first}_{last}"
    return where + _what(edit, plus=True, repeated=repeated is not None)


def _what(edit: Edit, *, plus: bool, repeated: bool) -> str:
    ref, alt = edit.ref, edit.alt
    if not plus:
        ref, alt = reverse_complement(ref), reverse_complement(alt)
    if edit.is_substitution:
        return f"{ref}>{alt}"
    if edit.is_insertion:
        return "dup" if repeated else f"ins{alt}"
    if edit.is_deletion:
        return "del"
    return "inv" if edit.is_inversion else f"delins{alt}"
