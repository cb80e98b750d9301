"""Records that a tool has split from one with two alternate alleles, seen as one again.

`bcftools norm -m -` writes `1/2` as `1/0` and `0/1`, vt as `1/.` and `./1`. Read one by one they
look like two heterozygous alleles beside the reference; no chromosome can carry both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hies_annot.model import Allele, AlleleKind, Call, Zygosity
from hies_annot.read.call_quality import balance_codes, read_flags, sample_codes, site_codes
from hies_annot.settings.call_thresholds import CallThresholds

FLAG = "split_record"
_Placed = tuple[int, Call]
_HALVES = frozenset({Zygosity.HET, Zygosity.HALF_CALL})


def exclude_each_other(a: Allele, b: Allele) -> bool:
    """Whether two substitutions put different bases at one place: no chromosome has both."""
    if a.chrom != b.chrom or not (_is_substitution(a) and _is_substitution(b)):
        return False
    shared = range(max(a.pos, b.pos), min(a.pos + len(a.ref), b.pos + len(b.ref)))
    return any(a.alt[pos - a.pos] != b.alt[pos - b.pos] for pos in shared)


def rejoin_split(calls: Sequence[Call], thresholds: CallThresholds) -> tuple[Call, ...]:
    """Return the calls of one sample, with split halves of `1/2` as two alternate alleles.

    Halves lie in different records of one file and exclude each other; the reads must leave no
    room for the reference. Where three records claim one place nothing is joined.
    """
    halves = [
        (index, call)
        for index, call in enumerate(calls)
        if call.zygosity in _HALVES and _is_substitution(call.allele)
    ]
    rivals = [
        (first, second) for first, second in _neighbours(halves) if _are_rivals(first[1], second[1])
    ]
    claims = Counter(index for pair in rivals for index, _ in pair)
    joined = list(calls)
    for (i, a), (j, b) in rivals:
        if claims[i] == claims[j] == 1 and _are_halves(a, b, thresholds):
            joined[i], joined[j] = _joined(a, b, thresholds), _joined(b, a, thresholds)
    return tuple(joined)


def _neighbours(halves: list[_Placed]) -> Iterator[tuple[_Placed, _Placed]]:
    """Yield the pairs whose bases may overlap."""
    ordered = sorted(halves, key=lambda half: (half[1].allele.chrom, half[1].allele.pos))
    for number, first in enumerate(ordered):
        for second in ordered[number + 1 :]:
            if second[1].allele.pos > first[1].allele.end:
                break
            yield first, second


def _is_substitution(allele: Allele) -> bool:
    return allele.kind is AlleleKind.SEQUENCE and len(allele.ref) == len(allele.alt)


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
    zygosity = Zygosity.HET_ALT
    return replace(
        call,
        zygosity=zygosity,
        copies=1,
        depth=depth,
        allele_fraction=fraction,
        quality=site_codes(call.site, thresholds)
        + sample_codes(call.fields, depth, thresholds)
        + balance_codes(zygosity, call.alt_depth, fraction, thresholds),
        flags=(FLAG, *read_flags(zygosity, call.alt_depth, depth, thresholds)),
    )
