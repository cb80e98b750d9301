"""Whether the reads of a parent speak for a mosaic, or against its genotype (recurrence risk)."""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.model import Affected, Call
from hies_annot.phase.read_words import read_words
from hies_annot.phase.relatives import CARRIES, Relative, parents
from hies_annot.settings.call_thresholds import CallThresholds

NOT_BORNE_OUT = "called as a carrier, but not for certain: test this parent"


def parental_mosaicism(
    call: Call, relatives: Sequence[Relative], thresholds: CallThresholds
) -> tuple[str, ...]:
    """Return a line for each parent: alternate reads against noise (recurrence risk).

    Two or more alternate reads in a parent called reference, or a clearly low fraction in a
    carrier, point to a parent who is a mosaic (Gambin 2020).
    """
    lines = []
    for role, person in sorted(parents(relatives).items()):
        found = person.calls.get(call.allele.id)
        if person.excluded:
            lines.append(f"{role}: not borne out as a parent by the data, not assessed")
            continue
        if found is None or found.alt_depth is None:
            lines.append(f"{role}: alternate reads not given, mosaicism cannot be assessed")
            continue
        hint = _suspicion(call, person, thresholds) or _no_sign(call, person, found)
        lines.append(f"{role}: {read_words(found)}: {hint}")
    return tuple(lines)


def suspected_parents(
    call: Call, relatives: Sequence[Relative], thresholds: CallThresholds
) -> tuple[str, ...]:
    """Return a line for each parent whose reads speak for a mosaic, or for a carrier."""
    lines = []
    for role, person in sorted(parents(relatives).items()):
        hint = _suspicion(call, person, thresholds)
        if hint is not None:
            found = person.calls[call.allele.id]
            lines.append(
                f"{role} ({found.fields.gt or 'no genotype'}) shows {read_words(found)}: {hint}"
            )
    return tuple(lines)


def _suspicion(call: Call, person: Relative, thresholds: CallThresholds) -> str | None:
    """Return what the reads of a parent speak for beside the genotype, None for nothing."""
    found = person.calls.get(call.allele.id)
    if found is None or found.alt_depth is None or person.excluded:
        return None
    carries = person.state_of(call.allele.id) in CARRIES
    low = "low_fraction" in found.flags
    if found.carried and not carries:
        return f"{'possible mosaic; ' if low else ''}{NOT_BORNE_OUT}"
    some = not carries and found.alt_depth > thresholds.de_novo_parent_reads
    if some and found.depth and found.alt_depth >= thresholds.het_balance[0] * found.depth:
        return "the reads are those of a carrier: the genotype is wrong, test this parent"
    unaffected = " (unaffected, in keeping with it)" if person.affected is Affected.NO else ""
    if low:
        return f"possible mosaic{unaffected}"
    return "possible mosaic" if some else None


def _no_sign(call: Call, person: Relative, found: Call) -> str:
    """Return that nothing was seen, and from which fraction on so many reads would show it."""
    if person.state_of(call.allele.id) in CARRIES or found.alt_depth or not found.depth:
        return "no sign of mosaicism"
    return (
        f"no sign of mosaicism, but {found.depth} reads show one only from a fraction of "
        f"{seen_from(found.depth):.0%} on (95 %)"
    )


def seen_from(depth: int) -> float:
    """Return the fraction (0..1) from which on `depth` reads show an allele at least once (95 %).

    Raises ValueError unless there is a read.
    """
    if depth < 1:
        raise ValueError("without a read nothing is seen")
    return float(1 - 0.05 ** (1 / depth))
