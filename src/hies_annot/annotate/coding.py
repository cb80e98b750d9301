"""A transcript with its bases: codons, the edited message and where its new stop lies."""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct

from hies_annot.annotate.edit import Edit
from hies_annot.reference.codons import translate, translate_to_stop
from hies_annot.reference.sequence import LocusSequence, reverse_complement, spliced
from hies_annot.reference.transcripts import Transcript

_IUPAC_COMPLEMENT = str.maketrans("ACGTRYKMBVDH", "TGCAYRMKVBHD")


def shared_start(old: str, new: str) -> int:
    """Return how many letters two proteins share from the start; a stop at the end is none."""
    low, high = 0, min(len(old), len(new))
    while low < high:  # halving is many times faster than comparing letter by letter
        middle = (low + high + 1) // 2
        if old[:middle] == new[:middle]:
            low = middle
        else:
            high = middle - 1
    return low - 1 if low and old[low - 1] == "*" else low


class Placement(Struct, frozen=True):
    """Part of the message that an edit replaces: exon number, 0-based offsets, `past` excluded."""

    exon: int
    first: int
    past: int


class EditedMessage(Struct, frozen=True):
    """The mature transcript after a change; offsets are 0-based in it.

    `junctions` are the offsets of the first base of each exon but the first; `exons` are the
    numbers of the exons that are left.
    """

    sequence: str
    cds_start: int
    protein: str  # up to and including the first stop; read through the 3' UTR if need be
    junctions: tuple[int, ...]
    exons: tuple[int, ...]

    @property
    def stop_offset(self) -> int | None:
        """Offset of the first base of the stop codon, None if no stop is left."""
        if not self.protein.endswith("*"):
            return None
        return self.cds_start + 3 * (len(self.protein) - 1)


class CodingModel:
    """A transcript on a locus: mature sequence, coding region, protein.

    Offsets are 0-based in the mature transcript. The stop is part of the coding region and of
    `protein` (as `*`).
    """

    def __init__(self, transcript: Transcript, locus: LocusSequence) -> None:
        """Splice the transcript out of the locus."""
        self.transcript = transcript
        self.locus = locus
        self.raw = spliced(locus, transcript)
        """The mature transcript with the case of the locus: lower case is made up."""
        self.sequence = self.raw.upper()
        self.cds_start, self.cds_end = transcript.cds_offsets
        self.protein = translate(self.sequence[self.cds_start : self.cds_end + 1])
        # the last edit and what came of it: one annotation asks for the same several times
        self._placed: tuple[Edit, Placement | None] | None = None
        self._applied: tuple[Edit, EditedMessage | None] | None = None

    def hint(self, offset: int) -> str:
        """Return the IUPAC code of what is known about a made-up base (`N`: nothing)."""
        code = self.locus.hints.get(self.transcript.genome_position(offset), "N")
        return code if self.transcript.plus else code.translate(_IUPAC_COMPLEMENT)

    @cached_property
    def junctions(self) -> tuple[int, ...]:
        """Offset of the first base of each exon but the first."""
        offsets, before = [], 0
        for exon in self.transcript.exons[:-1]:
            before += exon.length
            offsets.append(before)
        return tuple(offsets)

    @cached_property
    def exon_numbers(self) -> tuple[int, ...]:
        """Numbers of all exons, in order."""
        return tuple(exon.number for exon in self.transcript.exons)

    def exon_offsets(self, number: int) -> tuple[int, int]:
        """Return the offsets (first, past the last) of an exon."""
        bounds = (0, *self.junctions, len(self.sequence))
        return bounds[number - 1], bounds[number]

    def coding_bases(self, number: int) -> int:
        """Return how many bases of an exon are coding (stop included)."""
        first, past = self.exon_offsets(number)
        return max(0, min(past, self.cds_end + 1) - max(first, self.cds_start))

    def without_exons(self, first: int, last: int) -> EditedMessage | None:
        """Return the message without the exons `first`..`last`.

        None where the start codon or the stop codon goes with them, or an end of the transcript.
        """
        if first == 1 or last == len(self.exon_numbers):
            return None
        low, past = self.exon_offsets(first)[0], self.exon_offsets(last)[1]
        if low < self.cds_start + 3 and past > self.cds_start:
            return None
        if low <= self.cds_end and past > self.cds_end - 2:
            return None
        sequence = self.sequence[:low] + self.sequence[past:]
        start = self.cds_start if past > self.cds_start else self.cds_start - (past - low)
        junctions = [j for j in self.junctions if j < low or j >= past]
        moved = tuple(j if j < low else j - (past - low) for j in junctions)
        kept = tuple(n for n in self.exon_numbers if not first <= n <= last)
        return EditedMessage(sequence, start, translate_to_stop(sequence[start:]), moved, kept)

    @cached_property
    def end_codons(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Genome positions of the bases of the start codon and of the stop codon."""
        at = self.transcript.genome_position
        start = tuple(at(self.cds_start + i) for i in range(3))
        return start, tuple(at(self.cds_end - i) for i in range(3))

    def place(self, edit: Edit) -> Placement | None:
        """Return where an edit lies in the message, if it lies inside one exon.

        An insertion at the edge of an exon counts as inside it: it makes the exon longer.
        """
        if self._placed is None or self._placed[0] != edit:
            self._placed = (edit, self._place(edit))
        return self._placed[1]

    def _place(self, edit: Edit) -> Placement | None:
        first_base, last_base = edit.start, edit.end
        if edit.is_insertion:
            first_base, last_base = edit.start - 1, edit.start
            exon = self.transcript.exon_at(first_base) or self.transcript.exon_at(last_base)
        else:
            exon = self.transcript.exon_at(first_base)
            if exon is not None and last_base > exon.end:
                exon = None
        if exon is None:
            return None
        before = self.junctions[exon.number - 2] if exon.number > 1 else 0
        if self.transcript.plus:
            first = before + edit.start - exon.start
        else:
            first = before + exon.end - edit.end
        return Placement(exon.number, first, first + len(edit.ref))

    def inside_exon(self, edit: Edit) -> bool:
        """Whether all bases of an edit, and both neighbours of an insertion, are in one exon."""
        first = edit.start - 1 if edit.is_insertion else edit.start
        exon = self.transcript.exon_at(first)
        return exon is not None and max(edit.start, edit.end) <= exon.end

    def keeps_coding_region(self, edit: Edit) -> bool:
        """Whether an edit at the start codon leaves the whole coding region behind it unchanged."""
        place = self.place(edit)
        if place is None or not place.first < self.cds_start + 3 or place.past <= self.cds_start:
            return False
        message = self.apply(edit)
        return message is not None and message.sequence.endswith(self.sequence[self.cds_start :])

    def apply(self, edit: Edit) -> EditedMessage | None:
        """Return the message after an edit inside one exon, None for any other edit.

        `cds_start` moves with an edit of the 5' UTR; an edit over the start codon keeps it.
        """
        if self._applied is None or self._applied[0] != edit:
            self._applied = (edit, self._apply(edit))
        return self._applied[1]

    def _apply(self, edit: Edit) -> EditedMessage | None:
        place = self.place(edit)
        if place is None:
            return None
        alt = edit.alt if self.transcript.plus else reverse_complement(edit.alt)
        sequence = self.sequence[: place.first] + alt + self.sequence[place.past :]
        delta = edit.length_change
        start = self.cds_start + delta if place.past <= self.cds_start else self.cds_start
        junctions = tuple(
            junction + delta if number >= place.exon else junction
            for number, junction in enumerate(self.junctions, start=1)
        )
        protein = self._edited_protein(sequence, start, place, delta)
        return EditedMessage(sequence, start, protein, junctions, self.exon_numbers)

    def _edited_protein(self, sequence: str, start: int, place: Placement, delta: int) -> str:
        """Translate only the codons that can differ: up to the end of the edit, or the new stop."""
        if place.past <= self.cds_start or place.first > self.cds_end:
            return self.protein
        kept = max(place.first - start, 0) // 3
        edited_to = place.past + delta
        codons = -((start - edited_to) // 3)  # rounded up
        if delta % 3 or place.first < start or place.past > self.cds_end - 2:
            return self.protein[:kept] + translate_to_stop(sequence[start + 3 * kept :])
        middle = translate_to_stop(sequence[start + 3 * kept : start + 3 * codons])
        rest = "" if middle.endswith("*") else self.protein[codons - delta // 3 :]
        return self.protein[:kept] + middle + rest
