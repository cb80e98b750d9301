"""Substitutions that a caller has joined to one allele, seen one by one.

Freebayes, GATK and DRAGEN write changes of one haplotype that lie apart as one long allele; what is
known of each change would not be found under its name. They are parted where bases of the reference
lie between them. What they do together on their copy is judged later, as for separate records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec.structs import replace

from hies_annot.model import Allele, AlleleKind, Call, Zygosity
from hies_annot.read.call_quality import balance_codes, read_flags, sample_codes, site_codes
from hies_annot.reference.normalise import normalise_allele
from hies_annot.reference.sequence import Reference
from hies_annot.settings.call_thresholds import CallThresholds

FLAG = "part_of_joined_change"
"""Flag of a change that its record writes together with others."""


def changes_of(allele: Allele, reference: Reference) -> tuple[Allele, ...]:
    """Return the runs of changed bases of an allele, from left to right; itself where it is one.

    `reference` tells of each run whether its bases are known.
    """
    same_length = allele.kind is AlleleKind.SEQUENCE and len(allele.ref) == len(allele.alt)
    if not same_length or len(allele.ref) < 3:
        return (allele,)
    pairs = enumerate(zip(allele.ref, allele.alt, strict=True))
    runs = [list(run) for changed, run in groupby(pairs, key=_is_changed) if changed]
    return (allele,) if len(runs) < 2 else tuple(_part(allele, run, reference) for run in runs)


def _is_changed(place: tuple[int, tuple[str, str]]) -> bool:
    return place[1][0] != place[1][1]


def _part(
    allele: Allele, run: Sequence[tuple[int, tuple[str, str]]], reference: Reference
) -> Allele:
    first, last = run[0][0], run[-1][0]
    ref, alt = ("".join(pair[side] for _, pair in run) for side in (0, 1))
    part = replace(allele, pos=allele.pos + first, ref=ref, alt=alt, end=allele.pos + last)
    return normalise_allele(reference, part.chrom, part.pos, ref, alt) or part


def part_joined(
    calls: Sequence[Call], reference: Reference, thresholds: CallThresholds
) -> tuple[Call, ...]:
    """Return the calls of one record with every joined allele in parts.

    A change that several ALTs of the record have is one allele: with as many copies as they have
    together.
    """
    parts = [changes_of(call.allele, reference) for call in calls]
    if all(len(found) == 1 for found in parts):
        return tuple(calls)
    by_allele: dict[Allele, list[Call]] = {}
    for call, found in zip(calls, parts, strict=True):
        for allele in found:
            flags = (*call.flags, FLAG) if len(found) > 1 else call.flags
            by_allele.setdefault(allele, []).append(replace(call, allele=allele, flags=flags))
    return tuple(call for same in by_allele.values() for call in _one(same, thresholds))


def _one(same: Sequence[Call], thresholds: CallThresholds) -> Iterator[Call]:
    """Yield the call of a change from those of the ALTs that have it."""
    carried = [call for call in same if call.carried]
    if len(carried) < 2:
        yield (carried or same)[0]
    elif all(call.zygosity is Zygosity.HET_ALT for call in carried):
        yield _on_both(carried, thresholds)
    else:
        yield from carried


def _on_both(calls: Sequence[Call], thresholds: CallThresholds) -> Call:
    """Return the call of a change that both alternate alleles of `1/2` have."""
    first = calls[0]
    known = [call.alt_depth for call in calls if call.alt_depth is not None]
    reads = sum(known) if len(known) == len(calls) else None
    share = reads / first.depth if reads is not None and first.depth else None
    state = Zygosity.HOM_ALT
    return replace(
        first,
        zygosity=state,
        copies=2,
        haplotype=None,
        phase_set=None,
        alt_depth=reads,
        allele_fraction=share,
        quality=site_codes(first.site, thresholds)
        + sample_codes(first.fields, first.depth, thresholds)
        + balance_codes(state, reads, share, thresholds),
        flags=(FLAG, *read_flags(state, reads, first.depth, thresholds)),
    )
