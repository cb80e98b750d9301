"""Records that a tool has split from one with two alternate alleles, seen as one again.

`bcftools norm -m -` writes `1/2` as `1/0` and `0/1`, vt as `1/.` and `./1`, for substitutions,
indels and `*` alike; trimming may then move one of them. Read one by one they look like two
heterozygous alleles beside the reference; no chromosome can carry both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from hies_annot.model import Allele, AlleleKind, Call, Zygosity
from hies_annot.read.call_quality import balance_codes, read_flags, sample_codes, site_codes
from hies_annot.settings.call_thresholds import CallThresholds

FLAG = "split_record"
_Placed = tuple[int, Call]
_HALVES = frozenset({Zygosity.HET, Zygosity.HALF_CALL})
_SMALL = frozenset({AlleleKind.SEQUENCE, AlleleKind.SPANNING_DELETION})


class _Edit(NamedTuple):
    """Bases `first`..`last` (1-based) become `new`; of an insertion `last` is `first` - 1."""

    first: int
    last: int
    new: str


def exclude_each_other(a: Allele, b: Allele) -> bool:
    """Whether two small alleles change the same bases in different ways: no chromosome has both.

    A `*` tells of a deletion of the base of its record: it excludes what else is written there,
    but not the deletion that it stands for.
    """
    if a.chrom != b.chrom or a == b or not {a.kind, b.kind} <= _SMALL:
        return False
    if AlleleKind.SPANNING_DELETION in (a.kind, b.kind):
        return _star_excludes(a, b)
    if len(a.ref) == len(a.alt) and len(b.ref) == len(b.alt):
        shared = range(max(a.pos, b.pos), min(a.pos + len(a.ref), b.pos + len(b.ref)))
        return any(a.alt[pos - a.pos] != b.alt[pos - b.pos] for pos in shared)
    one, other = _edit(a), _edit(b)
    if one.first > one.last and other.first > other.last:
        return one.first == other.first
    return one.first <= other.last and other.first <= one.last


def _star_excludes(a: Allele, b: Allele) -> bool:
    star, other = (a, b) if a.kind is AlleleKind.SPANNING_DELETION else (b, a)
    if other.kind is AlleleKind.SPANNING_DELETION:
        return False
    edit = _edit(other)
    covers = len(other.alt) < len(other.ref) and edit.first <= star.pos <= edit.last
    return not covers and other.pos <= star.pos <= other.end


def _edit(allele: Allele) -> _Edit:
    ref, alt = allele.ref, allele.alt
    start = 0
    while start < min(len(ref), len(alt)) and ref[start] == alt[start]:
        start += 1
    return _Edit(allele.pos + start, allele.pos + len(ref) - 1, alt[start:])


def rejoin_split(calls: Sequence[Call], thresholds: CallThresholds) -> tuple[Call, ...]:
    """Return the calls of one sample, with split halves of `1/2` as two alternate alleles.

    Halves lie in different records of one file and exclude each other; the reads must leave no
    room for the reference. A half at the same place goes before one that only overlaps; where
    three records claim one place nothing is joined. A record that stands there twice counts once.
    """
    firsts = _first_of_each(calls)
    halves = [
        (index, call)
        for index, call in enumerate(calls)
        if firsts[index] == index and call.zygosity in _HALVES and call.allele.kind in _SMALL
    ]
    rivals = [
        (first, second) for first, second in _neighbours(halves) if _are_rivals(first[1], second[1])
    ]
    at_one_place = [pair for pair in rivals if pair[0][1].site.pos == pair[1][1].site.pos]
    settled = {index for pair in at_one_place for index, _ in pair}
    apart = [pair for pair in rivals if not settled & {index for index, _ in pair}]
    joined = list(calls)
    for pairs in (at_one_place, apart):
        claims = Counter(index for pair in pairs for index, _ in pair)
        for (i, a), (j, b) in pairs:
            if claims[i] == claims[j] == 1 and _are_halves(a, b, thresholds):
                joined[i], joined[j] = _joined(a, b, thresholds), _joined(b, a, thresholds)
    return tuple(
        replace(joined[first], site=call.site) if first != index else joined[index]
        for index, (first, call) in enumerate(zip(firsts, calls, strict=True))
    )


def _first_of_each(calls: Sequence[Call]) -> list[int]:
    """Return for each call the place of the first one that says the same, word for word."""
    seen: dict[object, int] = {}
    return [
        seen.setdefault(_words(call), index) if call.allele.kind in _SMALL else index
        for index, call in enumerate(calls)
    ]


def _words(call: Call) -> tuple[object, ...]:
    site = call.site
    return (site.file, site.pos, site.qual, site.filters, call.allele, call.alt_index, call.fields)


def _neighbours(halves: list[_Placed]) -> Iterator[tuple[_Placed, _Placed]]:
    """Yield the pairs whose bases may overlap."""
    ordered = sorted(halves, key=lambda half: (half[1].allele.chrom, half[1].allele.pos))
    for number, first in enumerate(ordered):
        for second in ordered[number + 1 :]:
            if (second[1].allele.chrom, second[1].allele.pos) > (
                first[1].allele.chrom,
                first[1].allele.end,
            ):
                break
            yield first, second


def _are_rivals(a: Call, b: Call) -> bool:
    apart = a.site.file == b.site.file and a.site != b.site
    return apart and exclude_each_other(a.allele, b.allele)


def _are_halves(a: Call, b: Call, thresholds: CallThresholds) -> bool:
    if a.zygosity is not b.zygosity:
        return False
    counts = _counts(a, b)
    if counts is None:
        return True
    reference, own, other = counts
    return reference < thresholds.het_balance[0] * (reference + own + other)


def _counts(call: Call, other: Call) -> tuple[int, int, int] | None:
    """Reads of the reference, of this and of the other allele, from the two records' AD."""
    if call.alt_depth is None or other.alt_depth is None:
        return None
    references = [one.fields.ad[0] for one in (call, other) if one.fields.ad]
    known = [count for count in references if count is not None]
    return max(known, default=0), call.alt_depth, other.alt_depth


def _joined(call: Call, other: Call, thresholds: CallThresholds) -> Call:
    counts = _counts(call, other)
    depth = sum(counts) if counts else call.depth
    fraction = call.alt_depth / depth if call.alt_depth is not None and depth else None
    beside_deletion = other.allele.kind is AlleleKind.SPANNING_DELETION
    zygosity = Zygosity.OVER_DELETION if beside_deletion else Zygosity.HET_ALT
    # The likelihoods of a half leave out the other allele: they speak against the half alone.
    fields = call.fields._replace(replaced=None)
    return replace(
        call,
        fields=fields,
        zygosity=zygosity,
        copies=1,
        depth=depth,
        allele_fraction=fraction,
        quality=site_codes(call.site, thresholds)
        + sample_codes(fields, depth, thresholds, zygosity)
        + balance_codes(zygosity, call.alt_depth, fraction, thresholds),
        flags=(FLAG, *read_flags(zygosity, call.alt_depth, depth, thresholds)),
    )
