"""Other names of the same change: literature numbering, one-letter style, repeat style."""

from __future__ import annotations

import re

from hies_annot.annotate.coding import CodingModel
from hies_annot.annotate.edit import Edit, shift_left, shift_right
from hies_annot.genes.gene_file import Gene
from hies_annot.model import TranscriptEffect
from hies_annot.reference.codons import THREE_LETTER
from hies_annot.reference.sequence import reverse_complement

_ONE_LETTER = {three: one for one, three in THREE_LETTER.items()}
_SUBSTITUTION = re.compile(r"p\.\(([A-Z][a-z]{2})(\d+)([A-Z][a-z]{2}|=)\)")


def aliases_of(
    gene: Gene,
    model: CodingModel,
    edit: Edit,
    main: TranscriptEffect,
    others: list[TranscriptEffect],
) -> tuple[str, ...]:
    """Return further names of an allele, the ones of the literature first.

    Literature transcripts are those that the gene file lists; they are named where their c. or
    p. differs from MANE's. `edit` is at its 3'-most placement on the MANE transcript.
    """
    names: list[str] = []
    for effect in others:
        if effect.transcript not in gene.file.transcripts.literature:
            continue
        if effect.hgvs_c and effect.hgvs_c != main.hgvs_c:
            names.append(f"{effect.transcript}:{effect.hgvs_c}")
        if effect.hgvs_p and effect.hgvs_p not in (main.hgvs_p, "p.?"):
            names.append(f"{effect.transcript}:{effect.hgvs_p}")
            names += _short(effect.hgvs_p)
    if main.hgvs_p:
        names += _short(main.hgvs_p)
    if repeat := repeat_name(model, edit):
        names.append(f"{model.transcript.accession}:{repeat}")
    return tuple(dict.fromkeys(names))


def _short(hgvs_p: str) -> list[str]:
    """Return the one-letter form of a substitution: `R382W`, `R386*`."""
    match = _SUBSTITUTION.fullmatch(hgvs_p)
    if match is None or match[3] == "=":
        return []
    return [f"{_ONE_LETTER[match[1]]}{match[2]}{_ONE_LETTER[match[3]]}"]


def repeat_name(model: CodingModel, edit: Edit) -> str | None:
    """Return the repeat style of an insertion or deletion of repeat units: `c.1384_1386GTG[1]`.

    None where the reference has fewer than two units, or the place is outside the transcript.
    """
    if bool(edit.ref) == bool(edit.alt):
        return None
    unit = _unit(edit.ref or edit.alt)
    first = shift_left(model.locus, edit).start
    right = shift_right(model.locus, edit)
    span = right.start + len(edit.ref) - first
    copies = span // len(unit)
    if copies < 2:
        return None
    transcript = model.transcript
    last = first + copies * len(unit) - 1
    if not transcript.plus:
        last = right.end if edit.ref else right.start - 1
        first = last - copies * len(unit) + 1
    if first < transcript.start or last > transcript.end:
        return None
    bases = model.locus.bases(first, first + len(unit) - 1).upper()
    start, end = (first, first + len(unit) - 1)
    if not transcript.plus:
        start, end = last, last - len(unit) + 1
        bases = reverse_complement(model.locus.bases(end, start).upper())
    where = transcript.c_position(start)
    if len(unit) > 1:
        where += f"_{transcript.c_position(end)}"
    return f"c.{where}{bases}[{copies + edit.length_change // len(unit)}]"


def _unit(bases: str) -> str:
    """Return the shortest word whose repetition gives `bases`."""
    return next(
        bases[:size]
        for size in range(1, len(bases) + 1)
        if len(bases) % size == 0 and bases[:size] * (len(bases) // size) == bases
    )
