"""Calls that cannot both be true: bases deleted on both copies, and an allele read among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hies_annot.model import AlleleKind, Call, Zygosity
from hies_annot.phase.pairs import deletes, is_deletion

DELETION_CONTRADICTED = "homozygous_deletion_contradicted"
"""Flag of a homozygous deletion with a passing call inside, and of that call."""


def flag_contradicted(calls: Sequence[Call]) -> tuple[Call, ...]:
    """Return the calls of one sample, with the flag on both sides of each contradiction.

    A call inside that fails its thresholds does not speak against the deletion: a few stray reads
    are usual there.
    """
    deletions = [call for call in calls if call.zygosity is Zygosity.HOM_ALT and is_deletion(call)]
    if not deletions:
        return tuple(calls)
    inside = [
        (deletion, other)
        for deletion in deletions
        for other in calls
        if _is_read(other) and other.site != deletion.site and deletes(deletion, other)
    ]
    marked = {id(call) for pair in inside for call in pair}
    return tuple(
        replace(call, flags=(*call.flags, DELETION_CONTRADICTED)) if id(call) in marked else call
        for call in calls
    )


def _is_read(call: Call) -> bool:
    return call.allele.kind is AlleleKind.SEQUENCE and call.carried and not call.quality
