"""Changes that a caller has joined to one allele, seen one by one.

Freebayes, GATK and DRAGEN write changes of one haplotype as one long allele; what is known of each
change would not be found under its name. So each changed base is an allele by itself, and an
insertion or deletion where the substitutions beside it lie clearly apart. What they do together on
their copy is judged later, as for separate records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from hies_annot.model import Allele, AlleleKind, Call, Zygosity
from hies_annot.read.call_quality import balance_codes, read_flags, sample_codes, site_codes
from hies_annot.reference.normalise import normalise_allele
from hies_annot.reference.sequence import Reference
from hies_annot.settings.call_thresholds import CallThresholds

FLAG = "part_of_joined_change"
"""Flag of a change that its record writes together with others."""
_APART = 6
"""Equal bases between an indel and a substitution, and to each of them, that make them two."""
_Change = tuple[int, str, str]
"""Place in REF (0-based), its bases there, and those of the ALT."""


def changes_of(allele: Allele, reference: Reference) -> tuple[Allele, ...]:
    """Return the changes of an allele, from left to right; itself where it is one.

    `reference` tells of each whether its bases are known.
    """
    if allele.kind is not AlleleKind.SEQUENCE or min(len(allele.ref), len(allele.alt)) < 2:
        return (allele,)
    if len(allele.ref) == len(allele.alt):
        found = list(_substitutions(allele.ref, allele.alt, 0))
    else:
        found = _beside_an_indel(allele.ref, allele.alt)
    if len(found) < 2:
        return (allele,)
    return tuple(_part(allele, change, reference) for change in found)


def _substitutions(ref: str, alt: str, first: int) -> Iterator[_Change]:
    """Yield the changed bases of two texts of one length; `first` is the place of the first."""
    for place, (base, other) in enumerate(zip(ref, alt, strict=True), first):
        if base != other:
            yield place, base, other


def _beside_an_indel(ref: str, alt: str) -> list[_Change]:
    """Return one insertion or deletion and the substitutions beside it, none where it is not clear.

    The indel lies where it leaves the fewest substitutions; each must lie behind `_APART` equal
    bases from it, and they must be few: else the allele is one replacement.
    """
    shorter, extra = min(len(ref), len(alt)), abs(len(ref) - len(alt))
    ends = zip(ref[len(ref) - shorter :], alt[len(alt) - shorter :], strict=True)
    right = sum(base != other for base, other in ends)
    counts, left = [right], 0
    for place in range(shorter):
        left += ref[place] != alt[place]
        right -= ref[place + len(ref) - shorter] != alt[place + len(alt) - shorter]
        counts.append(left + right)
    at = counts.index(min(counts))
    gone, new = (extra, 0) if len(ref) > len(alt) else (0, extra)
    before = list(_substitutions(ref[:at], alt[:at], 0))
    behind = list(_substitutions(ref[at + gone :], alt[at + new :], at + gone))
    near = [place for place, _, _ in before if place >= at - _APART]
    near += [place for place, _, _ in behind if place < at + gone + _APART]
    if near or len(before) + len(behind) > shorter // _APART:
        return []
    start = max(at - 1, 0)
    end = 1 if at == 0 else 0  # an indel before the first base takes the base behind it along
    indel = (start, ref[start : at + gone + end], alt[start : at + new + end])
    return [*before, indel, *behind]


def _part(allele: Allele, change: _Change, reference: Reference) -> Allele:
    place, ref, alt = change
    pos = allele.pos + place
    part = replace(allele, pos=pos, ref=ref, alt=alt, end=pos + len(ref) - 1)
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
        + sample_codes(first.fields, first.depth, thresholds, state)
        + balance_codes(state, reads, share, thresholds),
        flags=(FLAG, *read_flags(state, reads, first.depth, thresholds)),
    )
