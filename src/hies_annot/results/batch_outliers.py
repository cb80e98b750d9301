"""A batch at a glance: samples x exons, exons that fail, samples that stand out. Pure.

A row is small, so that a batch of thousands needs no result in memory: make the rows while
the results stream by. Only `outliers` needs all rows at once, and of these no exon.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from statistics import median

from msgspec import Struct

from hies_annot.model import CARRIED, Status, Zygosity
from hies_annot.results.contract import SampleResult
from hies_annot.results.variant_contract import VariantResult

ExonKey = tuple[str, int]
"""Gene and exon number."""

SMALLEST_BATCH = 8
"""Fewest samples from which one can be said to stand out."""
FAR = 5.0
"""Median absolute deviations from the median that make an outlier."""
LEAST_SPREAD = 3.0
"""Variants; a smaller deviation is taken for this one, or three equal samples fix the scale."""
BALANCE_DEPTH = 20
"""Reads from which an allele fraction takes part in the contamination hint."""
BALANCE_CALLS = 3
"""Calls off balance from which a hint is given: one of them may be a mosaic."""
HET_BAND = (0.25, 0.75)
HOM_FRACTION = 0.95
"""Bands as in slivar's README and `docs/callability.md`."""
BUILD_SCORES = "build_scores"
"""Key of `qc`: by build, how many records had their REF `compared` and how many `agreed`."""
_FAILS, _PASSES, _UNKNOWN = range(3)


class BatchRow(Struct, frozen=True):
    """What the batch view needs of one sample; None is "not known"."""

    sample: str
    failed: bool
    shares: Mapping[ExonKey, float | None]
    variants: int
    build_score: float | None
    off_balance: int
    balanced: int


class FailingExon(Struct, frozen=True):
    """How many samples are below the share of an exon, of those with figures."""

    gene: str
    exon: int
    failing: int
    assessed: int
    unknown: int


class Outlier(Struct, frozen=True):
    """A sample that differs from its batch or from what is plausible, and why."""

    sample: str
    measure: str  # variants | build_score | contamination
    reason: str


def batch_row(result: SampleResult) -> BatchRow:
    """Take from one result what the batch view needs."""
    off, balanced = _balance(result.variants)
    return BatchRow(
        sample=result.sample,
        failed=result.status == Status.FAILED,
        shares={
            _exon_key(gene.gene, exon.exon): None
            if exon.callable is None or not exon.required
            else exon.callable / exon.required
            for gene in result.callability.genes
            for exon in gene.exons
        },
        variants=sum(1 for variant in result.variants if _carried(variant)),
        build_score=_build_score(result),
        off_balance=off,
        balanced=balanced,
    )


class ExonTally:
    """Counts samples by exon, one row at a time."""

    def __init__(self, least: float) -> None:
        """Start with no sample; an exon fails below the share `least`."""
        self._least = least
        self._counts: dict[ExonKey, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, row: BatchRow) -> None:
        """Count one sample."""
        for key, share in row.shares.items():
            counts = self._counts[key]
            counts[_UNKNOWN if share is None else _FAILS if share < self._least else _PASSES] += 1

    def failing(self) -> tuple[FailingExon, ...]:
        """Return the exons that fail in some sample, the most frequent first."""
        found = [
            FailingExon(gene, exon, fails, fails + passes, unknown)
            for (gene, exon), (fails, passes, unknown) in sorted(self._counts.items())
            if fails
        ]
        return tuple(sorted(found, key=lambda item: -item.failing))


def outliers(rows: Sequence[BatchRow]) -> tuple[Outlier, ...]:
    """Return the samples that stand out; failed samples take no part."""
    read = [row for row in rows if not row.failed]
    return (*_variant_outliers(read), *_build_outliers(read), *_contamination_hints(read))


@lru_cache(maxsize=4096)
def _exon_key(gene: str, exon: int) -> ExonKey:
    """Return a key that the rows of all samples share."""
    return gene, exon


def _build_score(result: SampleResult) -> float | None:
    score = result.qc.get(BUILD_SCORES, {}).get(result.build, {})
    return score["agreed"] / score["compared"] if score.get("compared") else None


def _carried(variant: VariantResult) -> bool:
    return variant.zygosity in CARRIED and variant.kind != "reference_block"


def _balance(variants: Iterable[VariantResult]) -> tuple[int, int]:
    """Count the calls whose allele fraction is off its band, and those that are within."""
    off = balanced = 0
    for variant in variants:
        if variant.allele_fraction is None or (variant.depth or 0) < BALANCE_DEPTH:
            continue
        if variant.zygosity == Zygosity.HET:
            within = HET_BAND[0] <= variant.allele_fraction <= HET_BAND[1]
        elif variant.zygosity == Zygosity.HOM_ALT:
            within = variant.allele_fraction >= HOM_FRACTION
        else:
            continue
        off, balanced = off + (not within), balanced + within
    return off, balanced


def _variant_outliers(rows: Sequence[BatchRow]) -> Iterator[Outlier]:
    if len(rows) < SMALLEST_BATCH:
        return
    middle = median(row.variants for row in rows)
    spread = max(LEAST_SPREAD, median(abs(row.variants - middle) for row in rows))
    for row in rows:
        if abs(row.variants - middle) > FAR * spread:
            word = "many" if row.variants > middle else "few"
            reason = f"too {word} variants in the loci: {row.variants}, batch median {middle:g}"
            yield Outlier(row.sample, "variants", reason)


def _build_outliers(rows: Iterable[BatchRow]) -> Iterator[Outlier]:
    for row in rows:
        if row.build_score is not None and row.build_score < 1:
            reason = f"only {row.build_score:.1%} of the REF bases fit the reference"
            yield Outlier(row.sample, "build_score", reason)


def _contamination_hints(rows: Iterable[BatchRow]) -> Iterator[Outlier]:
    for row in rows:
        if row.off_balance >= BALANCE_CALLS and row.off_balance > row.balanced:
            total = row.off_balance + row.balanced
            reason = (
                f"{row.off_balance} of {total} calls have an allele fraction that fits neither one "
                "nor two copies: contamination or a mix-up is possible"
            )
            yield Outlier(row.sample, "contamination", reason)
