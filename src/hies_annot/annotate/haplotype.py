"""Alleles in cis, read as one: changes of one codon or of one shifted reading frame.

Two changes on one chromosome copy can make another protein than each by itself: a second change
in the same codon, or behind a frameshift. The single records keep their own annotations.
"""

from __future__ import annotations

from msgspec import Struct

from hies_annot.annotate.annotator import Annotator, worst_of
from hies_annot.annotate.coding import CodingModel, EditedMessage, Placement
from hies_annot.annotate.consequence import exonic_terms
from hies_annot.annotate.demo import demo_note, rests_on_made_up
from hies_annot.annotate.edit import Edit, edit_of, three_prime
from hies_annot.annotate.location import changed_residues, domains_of, exon_label
from hies_annot.annotate.names import Namer, coding_change, genomic_change
from hies_annot.annotate.nmd import predict_nmd
from hies_annot.annotate.terms import impact_of, sort_terms
from hies_annot.model import Allele, AlleleKind, Annotation, TranscriptEffect
from hies_annot.reference.codons import translate_to_stop
from hies_annot.reference.sequence import reverse_complement


class _Part(Struct, frozen=True):
    """One allele's change on a transcript with its place in the message, and as it is named.

    The bases are changed where the input has them: shifted to the 3' end, a deletion could run
    into another change of the same copy.
    """

    allele: Allele
    edit: Edit
    named: Edit
    place: Placement


def cis_groups(alleles: tuple[Allele, ...], annotator: Annotator) -> tuple[tuple[Allele, ...], ...]:
    """Split alleles that are in cis into groups of two or more that are to be read as one."""
    groups = []
    for gene in dict.fromkeys(allele.gene for allele in alleles):
        model = annotator.models[gene][0]
        parts = [p for a in dict.fromkeys(alleles) if a.gene == gene and (p := _part(model, a))]
        parts.sort(key=_order)
        groups += [tuple(part.allele for part in run) for run in _runs(model, parts)]
    return tuple(group for group in groups if len(group) > 1)


def annotate_in_cis(alleles: tuple[Allele, ...], annotator: Annotator) -> Annotation | None:
    """Return the annotation of alleles on one chromosome copy as one allele, or None.

    None where they do not act on each other: not in the coding region of the MANE transcript,
    neither in one codon nor in one shifted frame, or where they change the same bases. The
    caller knows the phase. The combined annotation carries the first allele in the direction of
    the transcript, `c.[a;b]` and one p.
    """
    found = tuple(dict.fromkeys(alleles))
    groups = cis_groups(found, annotator)
    if len(groups) != 1 or set(groups[0]) != set(found):
        return None
    gene = annotator.genes[found[0].gene]
    models = annotator.models[found[0].gene]
    effects = [_effect(model, groups[0], annotator.namer) for model in models]
    if effects[0] is None:
        return None
    main, message, parts = effects[0]
    others = [effect[0] for effect in effects[1:] if effect]
    mane = models[0]
    residues = changed_residues(mane.protein, message.protein, shifted=_shift(parts) % 3 != 0)
    truncating = {"stop_gained", "frameshift_variant", "stop_lost"} & set(main.consequence)
    known = not mane.locus.demo
    made_up = mane.locus.demo and not (_real(mane, parts) and _placed(mane, groups[0]))
    spans = [part.named.start for part in parts]
    return Annotation(
        allele=groups[0][0],
        transcript=main.transcript,
        hgvs_g=_genomic(mane, groups[0], annotator.namer),
        hgvs_c=main.hgvs_c,
        hgvs_p=main.hgvs_p,
        consequence=main.consequence,
        impact=main.impact,
        exon=exon_label(mane.transcript, min(spans), max(spans)),
        intron=None,
        domain=domains_of(gene, residues),
        residues=residues,
        worst=worst_of(main, others),
        effects=tuple(others),
        nmd=predict_nmd(mane, message, gene) if truncating and known else None,
        made_up=made_up,
        notes=(*_notes(groups[0]), *((demo_note(mane),) if made_up else ())),
    )


def _notes(alleles: tuple[Allele, ...]) -> tuple[str, ...]:
    return ("in cis, read as one allele: " + ", ".join(allele.id for allele in alleles),)


def _placed(model: CodingModel, alleles: tuple[Allele, ...]) -> bool:
    """Whether no allele rests on made-up bases by itself."""
    return not any(rests_on_made_up(model.locus, each, edit_of(each)) for each in alleles)


def _part(model: CodingModel, allele: Allele) -> _Part | None:
    if allele.kind is not AlleleKind.SEQUENCE:
        return None
    named = three_prime(model.locus, edit_of(allele), plus=model.transcript.plus)
    for edit in (edit_of(allele), named):
        place = model.place(edit)
        if place is None or not model.inside_exon(edit):
            continue
        if place.past <= model.cds_start or place.first > model.cds_end:
            continue
        return _Part(allele, edit, named, place)
    return None


def _order(part: _Part) -> tuple[int, int]:
    """Order of parts in the message; an insertion comes before a change of the base behind it."""
    return part.place.first, part.place.past


def _runs(model: CodingModel, parts: list[_Part]) -> list[list[_Part]]:
    """Split sorted parts where neither a codon nor a shifted frame links neighbours."""
    runs: list[list[_Part]] = []
    for part in parts:
        if runs and _linked(model, runs[-1], part):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _linked(model: CodingModel, run: list[_Part], part: _Part) -> bool:
    last = run[-1].place
    if part.place.first < last.past or part.place == last:
        return False
    if _codon(model, max(last.past - 1, last.first)) == _codon(model, part.place.first):
        return True
    if _shift(run) % 3 == 0:
        return False
    message = _message(model, run)
    stop = message.stop_offset
    return stop is None or part.place.first + _shift(run) < stop + 3


def _codon(model: CodingModel, offset: int) -> int:
    return (offset - model.cds_start) // 3


def _shift(parts: list[_Part]) -> int:
    return sum(part.edit.length_change for part in parts)


def _message(model: CodingModel, parts: list[_Part]) -> EditedMessage:
    """Return the message with all parts (sorted, not overlapping) changed."""
    sequence, junctions = model.sequence, list(model.junctions)
    for part in reversed(parts):
        alt = part.edit.alt if model.transcript.plus else reverse_complement(part.edit.alt)
        sequence = sequence[: part.place.first] + alt + sequence[part.place.past :]
        for number in range(part.place.exon - 1, len(junctions)):
            junctions[number] += part.edit.length_change
    protein = translate_to_stop(sequence[model.cds_start :])
    return EditedMessage(sequence, model.cds_start, protein, tuple(junctions), model.exon_numbers)


def _effect(
    model: CodingModel, alleles: tuple[Allele, ...], namer: Namer
) -> tuple[TranscriptEffect, EditedMessage, list[_Part]] | None:
    """Return the joint effect on one transcript, None where a part lies outside its coding part."""
    found = [_part(model, allele) for allele in alleles]
    parts = sorted((p for p in found if p is not None), key=_order)
    if len(parts) != len(alleles):
        return None
    message = _message(model, parts)
    real = not model.locus.demo or _real(model, parts)
    terms = _terms(model, parts, message) if real else _made_up_terms(parts)
    changes = ";".join(coding_change(model, part.named) for part in parts)
    effect = TranscriptEffect(
        transcript=model.transcript.accession,
        hgvs_c=f"c.[{changes}]",
        hgvs_p=namer.predict(model, f"[{changes}]") if real else "p.?",
        consequence=terms,
        impact=impact_of(terms),
    )
    return effect, message, parts


def _terms(model: CodingModel, parts: list[_Part], message: EditedMessage) -> tuple[str, ...]:
    first, past = parts[0].place.first, parts[-1].place.past
    span = Placement(parts[0].place.exon, first, past)
    replaced = Edit(0, model.sequence[first:past], message.sequence[first : past + _shift(parts)])
    terms = exonic_terms(model, replaced, span, message)
    if "missense_variant" in terms and any(p.edit.length_change % 3 for p in parts):
        terms = (terms - {"missense_variant"}) | {"protein_altering_variant"}
    return sort_terms(terms)


def _made_up_terms(parts: list[_Part]) -> tuple[str, ...]:
    """Return what may be said where the codons hold made-up bases of a demo reference."""
    return ("frameshift_variant",) if _shift(parts) % 3 else ("coding_sequence_variant",)


def _real(model: CodingModel, parts: list[_Part]) -> bool:
    """Whether the codons that the parts lie in hold no made-up base, and the frame is kept."""
    first = model.cds_start + 3 * _codon(model, parts[0].place.first)
    past = model.cds_start + 3 * _codon(model, parts[-1].place.past - 1) + 3
    return _shift(parts) % 3 == 0 and model.raw[first:past].isupper()


def _genomic(model: CodingModel, alleles: tuple[Allele, ...], namer: Namer) -> str:
    edits = sorted((edit_of(allele) for allele in alleles), key=lambda edit: edit.start)
    shifted = [three_prime(model.locus, edit, plus=True) for edit in edits]
    changes = ";".join(genomic_change(model.locus, edit) for edit in shifted)
    return f"{namer.accession(model.transcript.chrom)}:g.[{changes}]"
