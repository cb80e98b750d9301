"""The sequence alleles that a sample carries, in the spelling of the result."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from hies_annot.model import Allele, AlleleKind, SampleFields, SiteRecord
from hies_annot.model.gt import parse_genotype
from hies_annot.reference.normalise import classify_alt, normalise_allele
from hies_annot.reference.sequence import Reference


class CarriedAllele(Struct, frozen=True):
    """A sequence allele that the sample carries.

    `identifier` is that of the normalised allele; `changed` is the span of the bases that
    differ (1-based inclusive), None for an insertion.
    """

    identifier: str
    changed: tuple[int, int] | None
    depth: float | None


@lru_cache(maxsize=1024)
def gt_alleles(gt: str | None) -> tuple[int | None, ...]:
    """Return the alleles of a GT, None for one not called; empty where there is no GT."""
    genotype = parse_genotype(gt) if gt is not None else None
    return () if genotype is None else genotype.alleles


@lru_cache(maxsize=1024)
def _carried_indices(gt: str | None) -> tuple[int, ...]:
    return tuple(sorted({index for index in gt_alleles(gt) if index}))


def allele_depth(fields: SampleFields) -> int | None:
    """Return the reads of all alleles: the sum of AD where it is complete, else DP."""
    counts = [count for count in fields.ad or () if count is not None]
    if fields.ad and len(counts) == len(fields.ad):
        return sum(counts)
    return fields.dp


def carried_alleles(
    site: SiteRecord, fields: SampleFields, reference: Reference
) -> Iterator[CarriedAllele]:
    """Yield the alleles of bases that the genotype has at least once, each once."""
    for index in _carried_indices(fields.gt):
        if index > len(site.alts):
            continue
        alt = site.alts[index - 1]
        if classify_alt(alt) is not AlleleKind.SEQUENCE:
            continue
        allele = normalise_allele(reference, site.chrom, site.pos, site.ref, alt)
        if allele is not None:
            yield CarriedAllele(allele.id, changed_span(allele), allele_depth(fields))


def changed_span(allele: Allele) -> tuple[int, int] | None:
    """Return the bases that an allele replaces or removes, None for a pure insertion."""
    anchored = len(allele.ref) != len(allele.alt) and allele.ref[:1] == allele.alt[:1]
    first, last = allele.pos + anchored, allele.pos + len(allele.ref) - 1
    return (first, last) if first <= last else None
