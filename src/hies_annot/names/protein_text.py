"""Read a protein change that a person wrote, where one change of one base makes it.

Papers often name variants by their protein change only, and not on the MANE transcript:
`ZNF341 p.Arg379*` is p.(Arg386Ter) on NM_001282933.2.
"""

from __future__ import annotations

import re

from hies_annot.annotate.annotator import Annotator
from hies_annot.annotate.coding import CodingModel
from hies_annot.annotate.weaver_provider import protein_accession
from hies_annot.genes.gene_file import Gene
from hies_annot.model import Allele
from hies_annot.reference.codons import THREE_LETTER, translate
from hies_annot.reference.normalise import normalise_allele
from hies_annot.reference.sequence import Reference, reverse_complement

_RESIDUE = r"(?!del|dup|ins|inv|con)[A-Za-z]{3}|[A-Z*]"
_CHANGE = re.compile(rf"\(?(?P<old>{_RESIDUE})(?P<at>\d+)(?P<new>{_RESIDUE})\)?")
_LETTERS = {three: one for one, three in THREE_LETTER.items() if one != "X"}
_LETTERS |= {one: one for one in _LETTERS.values()} | {"X": "*"}
"""Residues by either code; a lone X is the old way to write a stop."""


def allele_of_protein(
    name: str, change: str, reference: Reference, genes: tuple[Gene, ...]
) -> Allele:
    """Return the one single-base allele that makes a protein change.

    Args:
        name: gene symbol, protein or transcript accession; for a gene symbol MANE's numbering is
            tried first, then that of the other transcripts, as far as the residue fits.
        change: `Arg382Trp`, `(Arg382Trp)`, `R382W` or `Arg379*`.
        reference: where the codons are read.
        genes: the genes that `name` is looked up in.

    Raises:
        ValueError: with a sentence: not such a change, another residue there, or none or several
            alleles, which are then named.
    """
    match = _CHANGE.fullmatch(change)
    if match is None:
        raise ValueError(
            "of protein changes only the exchange of one residue can be traced back: give c. or g."
        )
    old, new = _letter(match["old"]), _letter(match["new"])
    residue = int(match["at"])
    annotator = Annotator(reference, genes)
    models = _models(name, annotator) if name else _fitting(annotator, residue, old)
    for model in models:
        if model.protein[residue - 1 : residue] == old:
            return _only(_alleles(annotator, model, residue, old, new), model)
    listed = ", ".join(model.transcript.accession for model in models)
    raise ValueError(f"residue {residue} is not {THREE_LETTER[old]} on {listed or 'any protein'}")


def three_letter_change(text: str) -> str | None:
    """Return a protein change in one spelling (`Arg382Trp`, `Arg386Ter`); None: no exchange."""
    match = _CHANGE.fullmatch(text.strip().removeprefix("p."))
    if match is None:
        return None
    letters = [_LETTERS.get(_in_case(match[part])) for part in ("old", "new")]
    old, new = (THREE_LETTER[letter] if letter else None for letter in letters)
    return f"{old}{match['at']}{new}" if old and new else None


def known_protein(name: str, annotator: Annotator) -> bool:
    """Whether the name before a protein change is a gene, transcript or protein known here."""
    try:
        return bool(_models(name, annotator))
    except ValueError:
        return False


def _in_case(residue: str) -> str:
    return residue.capitalize() if len(residue) > 1 else residue


def _letter(text: str) -> str:
    if _in_case(text) not in _LETTERS:
        raise ValueError(f"{text} is no residue that can be annotated")
    return _LETTERS[_in_case(text)]


def _fitting(annotator: Annotator, residue: int, old: str) -> list[CodingModel]:
    """Return the models of the one gene on whose MANE protein the residue is the stated one."""
    found = [
        list(models)
        for models in annotator.models.values()
        if models and models[0].protein[residue - 1 : residue] == old
    ]
    if len(found) > 1:
        raise ValueError("this residue fits more than one gene: name the gene, as in STAT3:p.R382W")
    return found[0] if found else []


def _models(name: str, annotator: Annotator) -> list[CodingModel]:
    every = [model for models in annotator.models.values() for model in models]
    if name.upper() in annotator.models:
        return list(annotator.models[name.upper()])
    found = [
        model
        for model in every
        if _same(name, model.transcript.accession)
        or _same(name, protein_accession(model.transcript))
    ]
    if not found:
        known = ", ".join(dict.fromkeys(protein_accession(m.transcript) for m in every))
        raise ValueError(f"{name or 'an empty name'} is no known gene or protein: {known}")
    return found


def _same(name: str, accession: str) -> bool:
    """Whether a name is an accession, or it without its version."""
    return name.upper() in (accession.upper(), accession.upper().partition(".")[0])


def _alleles(
    annotator: Annotator, model: CodingModel, residue: int, old: str, new: str
) -> dict[str, Allele]:
    """Return the single-base alleles of a codon with the wanted protein change, by c. name."""
    wanted = f"p.({THREE_LETTER[old]}{residue}{THREE_LETTER[new]})"
    accession, locus = model.transcript.accession, model.locus
    found: dict[str, Allele] = {}
    for offset in range(3):
        place = model.cds_start + 3 * (residue - 1) + offset
        position = model.transcript.genome_position(place)
        ref = locus.bases(position, position).upper()
        for alt in sorted(set("ACGT") - {ref}):
            allele = normalise_allele(annotator.reference, locus.chrom, position, ref, alt)
            if allele is None:
                continue
            annotation = annotator.annotate(allele)
            names = {annotation.transcript: (annotation.hgvs_c, annotation.hgvs_p)}
            names |= {e.transcript: (e.hgvs_c, e.hgvs_p) for e in annotation.effects}
            c_name, p_name = names[accession]
            if p_name == wanted or _reads(model, place, alt, old=old, new=new):
                found[f"{accession}:{c_name}"] = allele
    return found


def _reads(model: CodingModel, place: int, alt: str, *, old: str, new: str) -> bool:
    """Whether a change of the first or the stop codon reads as a residue.

    Their p. names say that the start is lost or the protein longer, not which residue is there.
    """
    residue = (place - model.cds_start) // 3
    if residue != 0 and old != "*":
        return False
    first = model.cds_start + 3 * residue
    base = alt if model.transcript.plus else reverse_complement(alt)
    codon = model.sequence[first:place] + base + model.sequence[place + 1 : first + 3]
    return translate(codon) == new and model.raw[first : first + 3].isupper()


def _only(found: dict[str, Allele], model: CodingModel) -> Allele:
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        raise ValueError(f"several changes of one base make it: say which, {', '.join(found)}")
    demo = " (on the demo reference, parts of the codon are not known)" if model.locus.demo else ""
    raise ValueError(f"no change of one base makes it{demo}: give c. or g.")
