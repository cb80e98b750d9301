"""Changes of one copy that a source knows as one allele.

ClinVar, the lab and curated tables name some neighbouring changes as one (`delins`); callers write
them as one record or as several. What is known of the whole is found either way.
"""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.annotate.edit import edit_of
from hies_annot.judge.alleles import AlleleBook
from hies_annot.model import Allele, AlleleKind
from hies_annot.reference.normalise import normalise_allele
from hies_annot.reference.sequence import LocusSequence

_REACH = 50
"""Bases within which changes are tried together, and how many of them."""
_MOST = 8


def named_runs(alleles: Sequence[Allele], book: AlleleBook) -> tuple[tuple[Allele, ...], ...]:
    """Return the runs of neighbouring changes that a source names as one, the longest first."""
    plain = [
        allele
        for allele in dict.fromkeys(alleles)
        if allele.kind is AlleleKind.SEQUENCE and book.may_be_part(allele)
    ]
    plain.sort(key=lambda allele: (allele.pos, allele.id))
    found: list[tuple[Allele, ...]] = []
    taken: set[str] = set()
    for size in range(min(_MOST, len(plain)), 1, -1):
        for start in range(len(plain) - size + 1):
            run = tuple(plain[start : start + size])
            near = run[-1].pos - run[0].pos <= _REACH and run[0].gene == run[-1].gene
            if not near or not taken.isdisjoint(allele.id for allele in run):
                continue
            whole = joined(run, book)
            if whole is not None and book.named_as_one(whole):
                found.append(run)
                taken |= {allele.id for allele in run}
    return tuple(found)


def joined(alleles: Sequence[Allele], book: AlleleBook) -> Allele | None:
    """Return one allele that makes all changes of a group (None where they overlap)."""
    edits = sorted((edit_of(allele) for allele in alleles), key=lambda edit: (edit.start, edit.end))
    reference = book.annotator.reference
    locus = reference.locus(alleles[0].gene)
    first = edits[0].start - 1
    text, position = "", first
    for number, edit in enumerate(edits):
        twice = number > 0 and edit.is_insertion and edits[number - 1] == edit
        if edit.start < position or twice:
            return None
        text += _between(locus, position, edit.start) + edit.alt
        position = edit.end + 1
    bases = _between(locus, first, position)
    return normalise_allele(reference, alleles[0].chrom, first, bases, text)


def _between(locus: LocusSequence, first: int, past: int) -> str:
    """Return the bases from `first` up to the one before `past`."""
    return locus.bases(first, past - 1).upper() if past > first else ""
