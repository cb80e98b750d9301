"""What a relative's data says about an allele. "Not looked at" is a value of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.model import Affected, Allele, AlleleKind, Call, Zygosity
from hies_annot.model.allele import STRUCTURAL_SIZE
from hies_annot.model.closed_words import Relation
from hies_annot.model.fragments import AlleleCounts
from hies_annot.model.record import block_end
from hies_annot.read.allele_reads import CONTRADICTED
from hies_annot.read.call_quality import DENIED, below, read_flags
from hies_annot.read.copy_number import CONTRADICTED as NUMBER_CONTRADICTED
from hies_annot.read.copy_number import Direction, direction_of
from hies_annot.settings.call_thresholds import CallThresholds


class Carriage(StrEnum):
    """State of one allele in a relative."""

    ABSENT = "absent"  # called reference, with reads or a quality behind it
    INFERRED = "inferred"  # 0/0 without depth, counts or quality: filled in, not measured
    ONE = "one_copy"
    TWO = "two_copies"
    AT_LEAST_ONE = "at_least_one_copy"
    EXCLUDED = "excluded"  # the data speak against this parent: nothing is taken from it
    UNCLEAR = "unclear"  # no call, half call, failed thresholds, reads that contradict the call


NOT_LOOKED_AT = "not_looked_at"
"""State of an allele in a relative of whom nothing is recorded there."""
COPIES = {
    Carriage.ABSENT: frozenset({0}),
    Carriage.INFERRED: frozenset({0, 1, 2}),
    Carriage.ONE: frozenset({1}),
    Carriage.TWO: frozenset({2}),
    Carriage.AT_LEAST_ONE: frozenset({1, 2}),
    Carriage.EXCLUDED: frozenset({0, 1, 2}),
    Carriage.UNCLEAR: frozenset({0, 1, 2}),
}
"""Numbers of copies that a state leaves open."""

CARRIES = frozenset({Carriage.ONE, Carriage.TWO, Carriage.AT_LEAST_ONE})

_COUNTED = {
    Zygosity.HET: Carriage.ONE,
    Zygosity.HET_ALT: Carriage.ONE,
    Zygosity.OVER_DELETION: Carriage.ONE,
    Zygosity.HOM_ALT: Carriage.TWO,
    Zygosity.HALF_CALL: Carriage.AT_LEAST_ONE,
    Zygosity.HAPLOID: Carriage.AT_LEAST_ONE,
    Zygosity.POLYPLOID: Carriage.AT_LEAST_ONE,
}
ALIKE = 0.8
"""Reciprocal overlap from which two structural alleles may be one event."""
_DOUBTED = frozenset({"ad_contradicts_gt", CONTRADICTED, NUMBER_CONTRADICTED})
"""Flags of a call of which the reads, one count of them or the copy number say otherwise."""
_UNRELIABLE = ("low_gq", "low_depth", "ft:")
_BALANCE = "allele_balance"


class Relative(Struct, frozen=True):
    """A parent or sibling with the calls of the loci, keyed by allele id.

    `calls` holds reference and missing calls as well; an id that it lacks was not looked at.
    `parentage` is "confirmed" only where the lab has tested it. `excluded` says why the data speak
    against a stated parent; then nothing is concluded from it. `beyond` are the alleles of its file
    of structural variants where the child has no such file.
    """

    role: Relation
    sample: str
    affected: Affected
    calls: Mapping[str, Call]
    parentage: Literal["assumed", "confirmed"] = "assumed"
    excluded: str | None = None
    beyond: frozenset[str] = frozenset()

    def state_of(self, allele_id: str) -> Carriage | None:
        """Return what may be concluded of an allele; None: it was not looked at."""
        recorded = self.recorded(allele_id)
        return Carriage.EXCLUDED if recorded is not None and self.excluded else recorded

    def recorded(self, allele_id: str) -> Carriage | None:
        """Return the state of an allele by its record; None: there is none."""
        call = self.calls.get(allele_id)
        return None if call is None else carriage(call)


def parents(relatives: Sequence[Relative]) -> dict[str, Relative]:
    """Return father and mother by role, as far as they are there."""
    return {person.role: person for person in relatives if person.role != "sibling"}


def carriage(call: Call) -> Carriage:
    """Return what a relative's call leaves open. Never takes a missing call for reference.

    A carried allele that fails any of its thresholds is not seen for certain; allele balance does
    not count: a parent may be a mosaic. Filters of the site do not count for a reference call:
    callers write them on good ones, too (`RefCall`).
    """
    if call.carried:
        return _seen(call)
    if any(code.startswith(_UNRELIABLE) for code in call.quality) or _is_doubted(call):
        return Carriage.UNCLEAR
    if call.zygosity is Zygosity.HOM_REF:
        return Carriage.ABSENT if has_measure(call) else Carriage.INFERRED
    return Carriage.UNCLEAR


def _seen(call: Call) -> Carriage:
    """Return the state of a carried allele.

    Where its reads speak against the number of copies, some of them must show it.
    """
    unseen = "ad_contradicts_gt" in call.flags and not call.alt_depth
    if unseen or CONTRADICTED in call.flags or any(code != _BALANCE for code in call.quality):
        return Carriage.UNCLEAR
    if _is_doubted(call):
        return Carriage.AT_LEAST_ONE
    return _COUNTED.get(call.zygosity, Carriage.UNCLEAR)


def _is_doubted(call: Call) -> bool:
    return not _DOUBTED.isdisjoint(call.flags)


def has_measure(call: Call) -> bool:
    """Whether any depth, count or quality stands behind a genotype."""
    return bool(call.depth) or call.fields.gq is not None


def collect_calls(wanted: Iterable[Allele], calls: Iterable[Call]) -> dict[str, Call]:
    """Return a relative's calls by allele id, for the alleles of a child.

    A record of the allele itself is preferred; else for a structural allele a carried one that
    does the same and overlaps it by four fifths each way, however it is written, and for a small
    change a reference block that covers the whole allele. Alleles without either are left out:
    they were not looked at. A record that denies a structural allele beside such a carried one
    leaves it open: callers write one event of two people in two records.
    """
    known = list(calls)
    by_id: dict[str, Call] = {}
    for call in known:
        before = by_id.get(call.allele.id)
        by_id[call.allele.id] = call if before is None else _of_two(before, call)
    blocks = [call for call in known if call.allele.kind is AlleleKind.REFERENCE_BLOCK]
    for allele in wanted:
        own = by_id.get(allele.id)
        if own is not None and own.zygosity is not Zygosity.HOM_REF:
            continue
        found = next((call for call in known if _resembles(call, allele)), None)
        if own is not None:
            by_id[allele.id] = own if found is None else _of_two(own, found)
            continue
        if found is None and _shown_by_blocks(allele):
            found = next((block for block in blocks if _covers(block, allele)), None)
        if found is not None:
            by_id[allele.id] = found
    return by_id


def _of_two(first: Call, second: Call) -> Call:
    """Return what counts of two records of one allele: a carried one, in doubt where denied."""
    if first.carried == second.carried:
        return first
    carried, other = (first, second) if first.carried else (second, first)
    denied = other.zygosity is Zygosity.HOM_REF and DENIED not in carried.quality
    return replace(carried, quality=(*carried.quality, DENIED)) if denied else carried


def with_counts(
    relative: Relative, counts: Mapping[str, AlleleCounts], thresholds: CallThresholds
) -> Relative:
    """Return a relative with read counts of its alignments where the VCF gives none.

    Counts of the VCF stay. A `0/0` that a merge filled in becomes measured by its reads, if
    they are enough.
    """
    calls = {
        identifier: _counted(call, counts[identifier], thresholds)
        if identifier in counts and call.alt_depth is None and call.depth is None
        else call
        for identifier, call in relative.calls.items()
    }
    return replace(relative, calls=calls)


def _counted(call: Call, counts: AlleleCounts, thresholds: CallThresholds) -> Call:
    remarks = read_flags(call.zygosity, counts.alternate, counts.depth, thresholds)
    codes = ("low_depth",) if below(counts.depth, thresholds.min_dp) else ()
    return replace(
        call,
        depth=counts.depth,
        alt_depth=counts.alternate,
        allele_fraction=counts.alternate / counts.depth if counts.depth else None,
        quality=(*call.quality, *codes),
        flags=(*call.flags, *remarks, "counted_in_alignments"),
    )


def _resembles(call: Call, allele: Allele) -> bool:
    """Whether a relative carries nearly the same structural allele (ends differ by caller)."""
    effect = effect_of(allele)
    if not call.carried or effect is None or call.allele.chrom != allele.chrom:
        return False
    return effect_of(call.allele) == effect and overlap_share(call.allele, allele) >= ALIKE


def overlap_share(a: Allele, b: Allele) -> float:
    """Return the shared bases of two spans as a share of the longer one, 0..1."""
    shared = min(a.end, b.end) - max(a.pos, b.pos)
    longest = max(a.end - a.pos, b.end - b.pos)
    return max(0.0, shared / longest) if longest else 0.0


def effect_of(allele: Allele) -> str | None:
    """Return what a structural allele does to its bases, whatever its spelling; None: nothing."""
    if allele.kind is AlleleKind.SEQUENCE:
        lost = len(allele.ref) - len(allele.alt)
        return Direction.LOSS if lost >= STRUCTURAL_SIZE else None
    if allele.kind is not AlleleKind.SYMBOLIC:
        return None
    direction, number = direction_of(allele), allele.copy_number
    if direction is not Direction.EITHER or number is None:
        return direction or allele.alt
    by_number = {-1: Direction.LOSS, 1: Direction.GAIN}
    return by_number.get((number > 2) - (number < 2))


def _shown_by_blocks(allele: Allele) -> bool:
    """Whether a caller of bases, which writes the blocks, would see a change on one copy."""
    small = abs(len(allele.ref) - len(allele.alt)) < STRUCTURAL_SIZE
    return small and allele.kind is not AlleleKind.SYMBOLIC


def _covers(block: Call, allele: Allele) -> bool:
    site = block.site
    end = block_end(site, block.fields)
    return site.chrom == allele.chrom and site.pos <= allele.pos and allele.end <= end
