"""Which reads of a call count: one spelling of its counts, held against what the others say.

Where two spellings tell different genotypes neither is used, and the contradiction is told: it
lowers no call, and of an allele that was not called every reading that shows it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hies_annot.io.numbers import whole_count
from hies_annot.model import CARRIED, SampleFields, SiteRecord, Zygosity
from hies_annot.read.call_quality import NO_REFERENCE, REFERENCE_POSSIBLE, read_flags
from hies_annot.settings.call_thresholds import CallThresholds

CONTRADICTED = "counts_contradict"
"""Flag of a call whose record counts its reads in two ways that tell different genotypes."""
_APART = 0.2
"""Fractions further apart than this are two readings: as wide as the room below a het call."""


class AlleleReads(NamedTuple):
    """Depth and reads of one allele; `readings` are those (reads, depth) that contradict.

    `share` is the fraction that is stated where no depth makes reads of it.
    """

    depth: int | None
    alternate: int | None
    flags: tuple[str, ...]
    readings: tuple[tuple[int, int], ...] = ()
    share: float | None = None


def allele_reads(site: SiteRecord, fields: SampleFields, index: int) -> AlleleReads:
    """Return the reads of ALT `index` (1-based, 0: a row without ALT) in one sample.

    All alleles of the counts make the depth, else DP does.
    """
    best = _best(site, fields, index)
    unused = (
        "ad_length" if key in ("AD", "LAD") else "counts_unused" for key in fields.unused_counts
    )
    readings = tuple(dict.fromkeys(_readings(best, site, fields, index)))
    shares = [alternate / depth for alternate, depth in readings]
    flags = tuple(dict.fromkeys((*best.flags, *unused)))
    if not shares or max(shares) - min(shares) <= _APART:
        return best._replace(flags=flags)
    depth = _total(fields) or best.depth
    return AlleleReads(depth, None, (*flags, CONTRADICTED), readings)


def raised(reads: AlleleReads, zygosity: Zygosity, thresholds: CallThresholds) -> Iterator[str]:
    """Yield the flags of readings that show more of an allele than its genotype.

    They are contradictory ones of an allele that was not called, or a share without a depth.
    """
    full = reads.share is not None and reads.share >= thresholds.hom_balance
    if full and zygosity in REFERENCE_POSSIBLE:
        yield NO_REFERENCE
    if zygosity in CARRIED:
        return
    if reads.share is not None and reads.share >= _APART:
        yield CONTRADICTED
    found = {
        flag
        for alternate, depth in reads.readings
        for flag in read_flags(zygosity, alternate, depth, thresholds)
    }
    yield from sorted(found)


def _readings(
    best: AlleleReads, site: SiteRecord, fields: SampleFields, index: int
) -> Iterator[tuple[int, int]]:
    """Yield reads and depth of an ALT as each spelling that is complete states them."""
    if not index:
        return
    if best.alternate is not None and best.depth:
        yield best.alternate, best.depth
    total = _total(fields)
    stated = _site_counts(site)
    for counts in (*fields.also_counted, *((stated,) if stated else ())):
        alternate = counts[index] if index < len(counts) else None
        depth = total if None in counts else sum(count or 0 for count in counts)
        if alternate is not None and depth and alternate <= depth:
            yield alternate, depth
    share = _stated(fields, index)
    depth = total or best.depth
    if share is not None and depth:
        yield round(share * depth), depth


def _best(site: SiteRecord, fields: SampleFields, index: int) -> AlleleReads:
    depth = _total(fields)
    counts = fields.ad or _site_counts(site)
    if counts is None or all(count is None for count in counts):
        return _by_fraction(fields, index, depth)
    if len(counts) < len(site.alts) + 1:
        return _by_fraction(fields, index, depth, "ad_length")
    alternate = counts[index] if index else None
    if len(counts) > len(site.alts) + 1:
        return AlleleReads(sum(count or 0 for count in counts), alternate, ("ad_length",))
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        if alternate is None or not _fits(alternate, depth):
            return _by_fraction(fields, index, depth, "ad_incomplete")
        return AlleleReads(depth, alternate, ("ad_incomplete",))
    if sum(known) == 0 and depth:
        return _by_fraction(fields, index, depth, "ad_uninformative")
    return AlleleReads(sum(known), alternate, ())


def _by_fraction(fields: SampleFields, index: int, depth: int | None, *flags: str) -> AlleleReads:
    """Return the reads from a fraction that is stated without counts."""
    share = _stated(fields, index)
    if share is None or not depth:
        return AlleleReads(depth, None, flags, share=share if depth is None else None)
    return AlleleReads(depth, round(share * depth), (*flags, "reads_from_fraction"))


def _stated(fields: SampleFields, index: int) -> float | None:
    stated = fields.fractions or ()
    return stated[index - 1] if 0 < index <= len(stated) else None


def _total(fields: SampleFields) -> int | None:
    return fields.dp if fields.dp is not None else fields.min_dp


def _site_counts(site: SiteRecord) -> tuple[int | None, ...] | None:
    """Return the reads by allele that the INFO of a file with one sample states.

    They are AC of longshot, or DP4 of bcftools (REF and the only ALT).
    """
    if "AC" in site.info:
        return tuple(map(whole_count, site.info["AC"].split(",")))
    numbers = [whole_count(part) for part in site.info.get("DP4", "").split(",")]
    if len(numbers) != 4 or len(site.alts) != 1:
        return None
    known = [number for number in numbers if number is not None]
    return (sum(known[:2]), sum(known[2:])) if len(known) == len(numbers) else None


def _fits(alternate: int, depth: int | None) -> bool:
    return depth is None or alternate <= depth
