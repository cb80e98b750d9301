"""A change of bases on the genome, free of VCF's anchor base, and its equivalent placements."""

from __future__ import annotations

from msgspec import Struct

from hies_annot.model import Allele
from hies_annot.reference.sequence import LocusSequence, reverse_complement


class Edit(Struct, frozen=True):
    """`ref` at `start` (1-based, plus strand) becomes `alt`; one of the two may be empty.

    An insertion (empty `ref`) lies between `start` - 1 and `start`.
    """

    start: int
    ref: str
    alt: str

    @property
    def end(self) -> int:
        """Last replaced base, 1-based inclusive; `start` - 1 for an insertion."""
        return self.start + len(self.ref) - 1

    @property
    def is_insertion(self) -> bool:
        """Whether bases are only added."""
        return not self.ref

    @property
    def is_deletion(self) -> bool:
        """Whether bases are only removed."""
        return not self.alt

    @property
    def is_substitution(self) -> bool:
        """Whether one base becomes another."""
        return len(self.ref) == 1 and len(self.alt) == 1

    @property
    def is_inversion(self) -> bool:
        """Whether two or more bases are replaced by their reverse complement."""
        return len(self.ref) > 1 and self.alt == reverse_complement(self.ref)

    @property
    def length_change(self) -> int:
        """Bases gained (positive) or lost (negative)."""
        return len(self.alt) - len(self.ref)


def edit_of(allele: Allele) -> Edit:
    """Return the change that a sequence allele makes: common end and common start cut off."""
    start, ref, alt = allele.pos, allele.ref, allele.alt
    while ref and alt and ref[-1] == alt[-1]:
        ref, alt = ref[:-1], alt[:-1]
    while ref and alt and ref[0] == alt[0]:
        start, ref, alt = start + 1, ref[1:], alt[1:]
    return Edit(start, ref, alt)


def shift_right(locus: LocusSequence, edit: Edit) -> Edit:
    """Return the equivalent insertion or deletion that lies furthest to the right.

    Other edits have one placement. Shifting stops at the edge of the locus and, on a demo
    reference, before the first made-up base.
    """
    if bool(edit.ref) == bool(edit.alt):
        return edit
    start, moved = edit.start, edit.ref or edit.alt
    while (base := _known_base(locus, start + len(edit.ref))) == moved[0]:
        moved = moved[1:] + base
        start += 1
    return _moved(edit, start, moved)


def shift_left(locus: LocusSequence, edit: Edit) -> Edit:
    """Return the equivalent insertion or deletion that lies furthest to the left."""
    if bool(edit.ref) == bool(edit.alt):
        return edit
    start, moved = edit.start, edit.ref or edit.alt
    while (base := _known_base(locus, start - 1)) == moved[-1]:
        moved = base + moved[:-1]
        start -= 1
    return _moved(edit, start, moved)


def three_prime(locus: LocusSequence, edit: Edit, *, plus: bool) -> Edit:
    """Return the 3'-most placement for a transcript on the plus or the minus strand."""
    return shift_right(locus, edit) if plus else shift_left(locus, edit)


def duplicated(locus: LocusSequence, edit: Edit, *, plus: bool) -> tuple[int, int] | None:
    """Return the bases (1-based) that a 3'-shifted insertion repeats, or None.

    They lie before the insertion in the direction of the transcript. Made-up bases repeat nothing.
    """
    if not edit.is_insertion:
        return None
    size = len(edit.alt)
    first = edit.start - size if plus else edit.start
    last = first + size - 1
    return (first, last) if locus.bases(first, last) == edit.alt else None


def _moved(edit: Edit, start: int, bases: str) -> Edit:
    return Edit(start, bases, "") if edit.ref else Edit(start, "", bases)


def _known_base(locus: LocusSequence, position: int) -> str | None:
    base = locus.bases(position, position)
    if base in "Nn" or (locus.demo and base.islower()):
        return None
    return base.upper()
