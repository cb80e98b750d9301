"""What may be said on a demo reference, where lower-case bases are made up.

The residues of the protein are real, the made-up bases of its codons are one guess among the
codons that encode them. So every codon that fits the known bases is tried; what all of them
agree on is said, anything else is `p.?`.
"""

from __future__ import annotations

from itertools import product

from msgspec.structs import replace

from hies_annot.annotate.coding import CodingModel, Placement
from hies_annot.annotate.edit import Edit, shift_left, shift_right
from hies_annot.annotate.terms import SPLICE_NEARBY, impact_of, sort_terms
from hies_annot.model import Allele, TranscriptEffect
from hies_annot.reference.codons import CODON_TABLE, THREE_LETTER
from hies_annot.reference.sequence import LocusSequence, reverse_complement

IUPAC = {"R": "AG", "Y": "CT", "H": "ACT", "B": "CGT", "D": "AGT", "V": "ACG", "K": "GT"} | {
    "M": "AC",
    "S": "CG",
    "W": "AT",
    "N": "ACGT",
}


def demo_note(model: CodingModel) -> str:
    """Return the note of an annotation that rests on made-up bases."""
    return (
        f"DEMO REFERENCE: what is said here rests on bases of {model.transcript.gene} "
        "that are made up"
    )


def rests_on_made_up(locus: LocusSequence, allele: Allele, edit: Edit) -> bool:
    """Whether REF, or the bases that decide how an edit is placed and named, are made up.

    An insertion is compared with as many bases beside it as it has (`dup` or `ins`).
    """
    if not locus.demo or allele.unverifiable or edit.is_substitution:
        return locus.demo and allele.unverifiable
    left, right = shift_left(locus, edit), shift_right(locus, edit)
    beside = max(1, edit.length_change)
    return not locus.known(left.start - beside, max(right.end, right.start - 1) + beside)


def believable(
    model: CodingModel, edit: Edit, effect: TranscriptEffect
) -> tuple[TranscriptEffect, str | None]:
    """Return an effect without what only made-up bases say, and a note where that took something.

    `edit` must be at its 3'-most placement on the transcript.
    """
    place = model.place(edit)
    if not model.locus.demo or place is None or effect.hgvs_p in (None, "p.?"):
        return effect, None
    if place.past <= model.cds_start or place.first > model.cds_end:
        return effect, None
    if "start_lost" in effect.consequence:
        return effect, None
    if edit.is_substitution:
        return _substitution(model, edit, place, effect)
    if _codons_known(model, edit, place):
        return effect, None
    if edit.length_change % 3:
        return _frameshift(model, edit, place, effect)
    return replace(effect, hgvs_p="p.?"), "codons beside the change are made up: p. is not known"


def _substitution(
    model: CodingModel, edit: Edit, place: Placement, effect: TranscriptEffect
) -> tuple[TranscriptEffect, str | None]:
    phase = (place.first - model.cds_start) % 3
    residue = (place.first - model.cds_start) // 3
    if residue == 0:
        return effect, None
    ref, alt = edit.ref, edit.alt
    if not model.transcript.plus:
        ref, alt = reverse_complement(ref), reverse_complement(alt)
    codons = possible_codons(model, residue, {phase: ref})
    old = model.protein[residue]
    new = sorted({CODON_TABLE[codon[:phase] + alt + codon[phase + 1 :]] for codon in codons})
    if len(new) == 1:
        return _certain(effect, residue + 1, old, new[0]), None
    said = ", ".join(THREE_LETTER[letter] for letter in new) or "none that fits REF"
    note = (
        f"codon {residue + 1} ({THREE_LETTER[old]}) is partly made up: p. is not known "
        f"(possible: {said})"
    )
    term = "coding_sequence_variant"
    if new and old not in new:
        term = "stop_lost" if old == "*" else "protein_altering_variant"
    return _with_term(replace(effect, hgvs_p="p.?"), term), note


def possible_codons(model: CodingModel, residue: int, given: dict[int, str]) -> list[str]:
    """Return the codons of a residue (0-based) that fit its known bases and the bases `given`."""
    first = model.cds_start + 3 * residue
    choices = []
    for phase in range(3):
        base = model.raw[first + phase]
        known = base if base.isupper() else model.hint(first + phase)
        choices.append(given.get(phase) or known)
    wanted = model.protein[residue]
    options = (IUPAC.get(choice, choice) for choice in choices)
    return [c for c in map("".join, product(*options)) if CODON_TABLE[c] == wanted]


def _certain(effect: TranscriptEffect, residue: int, old: str, new: str) -> TranscriptEffect:
    if old == "*":
        return effect if new == "*" else replace(effect, hgvs_p=effect.hgvs_p)
    if old == new:
        name, term = f"p.({THREE_LETTER[old]}{residue}=)", "synonymous_variant"
    else:
        name = f"p.({THREE_LETTER[old]}{residue}{THREE_LETTER[new]})"
        term = "stop_gained" if new == "*" else "missense_variant"
    return _with_term(replace(effect, hgvs_p=name), term)


def _with_term(effect: TranscriptEffect, term: str) -> TranscriptEffect:
    terms = sort_terms({term, *(t for t in effect.consequence if t in SPLICE_NEARBY)})
    return replace(effect, consequence=terms, impact=impact_of(terms))


def _frameshift(
    model: CodingModel, edit: Edit, place: Placement, effect: TranscriptEffect
) -> tuple[TranscriptEffect, str | None]:
    """Keep `p.(Lys362fs)` where the first changed residue is sure, though the new stop is not."""
    raw = _edited(model, edit, place)
    residue = max(place.first - model.cds_start, 0) // 3
    terms = sort_terms({*effect.consequence, "frameshift_variant"} - {"stop_gained"})
    effect = replace(effect, consequence=terms, impact=impact_of(terms))
    note = "the reading frame behind the change is made up: its new stop is not known"
    for index in range(residue, len(model.protein)):
        codon = raw[model.cds_start + 3 * index : model.cds_start + 3 * index + 3]
        if len(codon) < 3 or not codon.isupper():
            break
        if CODON_TABLE[codon] != model.protein[index]:
            name = f"p.({THREE_LETTER[model.protein[index]]}{index + 1}fs)"
            return replace(effect, hgvs_p=name), note
    return replace(effect, hgvs_p="p.?"), note


def _codons_known(model: CodingModel, edit: Edit, place: Placement) -> bool:
    """Whether all bases that decide p. are real: the changed codons, or all up to the stop."""
    raw = _edited(model, edit, place)
    first = model.cds_start + max(place.first - model.cds_start, 0) // 3 * 3
    if edit.length_change % 3 == 0:
        past = place.past + edit.length_change
        past += (model.cds_start - past) % 3
        old_past = place.past + (model.cds_start - place.past) % 3
        return _real(raw[first:past]) and _real(model.raw[first:old_past])
    for offset in range(first, len(raw) - 2, 3):
        codon = raw[offset : offset + 3]
        if not codon.isupper():
            return False
        if CODON_TABLE[codon] == "*":
            return True
    return False


def _real(bases: str) -> bool:
    return not bases or bases.isupper()


def _edited(model: CodingModel, edit: Edit, place: Placement) -> str:
    alt = edit.alt if model.transcript.plus else reverse_complement(edit.alt)
    return model.raw[: place.first] + alt + model.raw[place.past :]
