"""Calls that cannot both be true, told on both sides.

A deletion on both copies, or loss of heterozygosity, and an allele read within it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from hies_annot.model import AlleleKind, Call, Zygosity
from hies_annot.phase.pairs import deletes, is_deletion
from hies_annot.read.copy_number import NEUTRAL_LOSS

DELETION_CONTRADICTED = "homozygous_deletion_contradicted"
"""Flag of a homozygous deletion with a passing call inside, and of that call."""
WITHIN_LOH = "heterozygous_within_loh"
"""Flag of a heterozygous call in a region of copy-neutral loss of heterozygosity, and of that."""


def flag_contradicted(calls: Sequence[Call]) -> tuple[Call, ...]:
    """Return the calls of one sample, with the flag on both sides of each contradiction.

    A call inside that fails its thresholds does not speak against the region: a few stray reads
    are usual there.
    """
    deletions = [call for call in calls if call.zygosity is Zygosity.HOM_ALT and is_deletion(call)]
    regions = [call for call in calls if _is_loss_of_heterozygosity(call)]
    if not deletions and not regions:
        return tuple(calls)
    read = [call for call in calls if _is_read(call)]
    marks = {
        DELETION_CONTRADICTED: _involved(
            (deletion, other)
            for deletion in deletions
            for other in read
            if other.site != deletion.site and deletes(deletion, other)
        ),
        WITHIN_LOH: _involved(
            (region, other)
            for region in regions
            for other in read
            if other.zygosity is Zygosity.HET and _covers(region, other)
        ),
    }
    return tuple(
        replace(call, flags=(*call.flags, *(flag for flag in marks if id(call) in marks[flag])))
        for call in calls
    )


def _involved(pairs: Iterable[tuple[Call, Call]]) -> frozenset[int]:
    return frozenset(id(call) for pair in pairs for call in pair)


def _is_read(call: Call) -> bool:
    return call.allele.kind is AlleleKind.SEQUENCE and call.carried and not call.quality


def _is_loss_of_heterozygosity(call: Call) -> bool:
    stated = call.allele.alt.startswith("<LOH") and call.zygosity is not Zygosity.HOM_REF
    return stated or NEUTRAL_LOSS in call.flags


def _covers(region: Call, other: Call) -> bool:
    a, b = region.allele, other.allele
    return a.chrom == b.chrom and a.pos < b.pos and b.end <= a.end
