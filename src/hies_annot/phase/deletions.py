"""Deletions, and what they leave of other alleles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from hies_annot.model import AlleleKind, Call, Zygosity


def is_deletion(call: Call) -> bool:
    """Whether the allele removes reference bases without leaving a copy of them."""
    allele = call.allele
    if allele.kind is AlleleKind.SYMBOLIC:
        number = call.fields.copy_number
        number = allele.copy_number if number is None else number
        root = allele.alt.strip("<>").split(":")[0]
        return root in ("DEL", "CN0") or (
            root.startswith("CN") and number is not None and number < 2
        )
    return allele.kind is AlleleKind.SEQUENCE and len(allele.ref) > len(allele.alt)


def deletes(deletion: Call, other: Call) -> bool:
    """Whether a deletion removes the place of another allele (1-based, first base kept)."""
    if not is_deletion(deletion) or deletion.allele.chrom != other.allele.chrom:
        return False
    return deletion.allele.pos < other.allele.pos and other.allele.end <= deletion.allele.end


def in_one_copy(call: Call, calls: Iterable[Call]) -> bool:
    """Whether an allele called homozygous lies within a deletion on one copy among `calls`.

    What a caller of bases reads there is the other copy alone.
    """
    return call.zygosity is Zygosity.HOM_ALT and any(
        one.zygosity is Zygosity.HET and one.site != call.site and deletes(one, call)
        for one in calls
    )


def with_hemizygous(calls: Sequence[Call]) -> tuple[Call, ...]:
    """Return the calls of a person, each homozygous one beside a deleted copy as one copy.

    A deletion that fails its thresholds is none here.
    """
    sure = [call for call in calls if not call.quality and is_deletion(call)]
    return tuple(
        replace(call, zygosity=Zygosity.OVER_DELETION, copies=1)
        if in_one_copy(call, sure)
        else call
        for call in calls
    )
