"""When two records are of one structural event, and when one denies what the other calls."""

from __future__ import annotations

from hies_annot.io.record.mates import mate_place
from hies_annot.model import AlleleKind, Call, Zygosity
from hies_annot.phase.deletions import is_deletion
from hies_annot.phase.relatives import ALIKE, effect_of, overlap_share
from hies_annot.read.copy_number import Direction

NEAR = 1000
"""Bases within which two breaks to one place are the two sides of one exchange."""


def same_event(a: Call, b: Call) -> bool:
    """Whether two structural alleles are one event, written twice.

    The same bases are removed; or they overlap nearly whole and are the two junctions of one
    inversion, mates, of one EVENT, or from two callers (two files).
    """
    if a.allele.chrom != b.allele.chrom:
        return False
    if {a.allele.kind, b.allele.kind} == {AlleleKind.BREAKEND}:
        return _one_break(a, b)
    if is_deletion(a) and is_deletion(b):
        if (a.allele.pos, a.allele.end) == (b.allele.pos, b.allele.end):
            return True
        related = _linked_records(a, b) or a.site.file != b.site.file
    elif (effect := effect_of(a.allele)) is not None and effect == effect_of(b.allele):
        inverted = a.allele.alt.startswith("<INV")
        related = inverted or _linked_records(a, b) or a.site.file != b.site.file
    else:
        return False
    return related and overlap_share(a.allele, b.allele) >= ALIKE


def denies(call: Call, event: Call) -> bool:
    """Whether a call of the reference in another file is about nearly the same structural allele.

    A `<CNV>` of which two copies are counted is about the loss or gain of these bases.
    """
    if call.zygosity is not Zygosity.HOM_REF or call.site.file == event.site.file:
        return False
    effect = effect_of(event.allele)
    counted = call.allele.alt == "<CNV>" and effect in tuple(Direction)
    lost = is_deletion(event) and (is_deletion(call) or call.allele.alt == "<CNV>")
    alike = AlleleKind.SYMBOLIC is call.allele.kind and effect_of(call.allele) == effect
    same = call.allele.chrom == event.allele.chrom and (lost or counted or alike)
    return same and overlap_share(call.allele, event.allele) >= ALIKE


def _linked_records(a: Call, b: Call) -> bool:
    """Whether the records name each other (MATEID), or one EVENT."""
    mates = a.site.identifier, b.site.identifier
    if a.site.file != b.site.file:
        return False
    named = a.site.info.get("MATEID") == mates[1] or b.site.info.get("MATEID") == mates[0]
    event = a.site.info.get("EVENT", ".")
    return (None not in mates and named) or (event != "." and event == b.site.info.get("EVENT"))


def _one_break(a: Call, b: Call) -> bool:
    """Whether two breakends at nearly one place are the two sides of one exchange."""
    mates = [mate_place(call.allele.alt) for call in (a, b)]
    if abs(a.allele.pos - b.allele.pos) > NEAR:
        return _linked_records(a, b)
    if mates[0] is None or mates[1] is None:
        return _linked_records(a, b)
    return mates[0][0] == mates[1][0] and abs(mates[0][1] - mates[1][1]) <= NEAR
