"""Which tests of a gene file can settle what a finding leaves open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hies_annot.genes.gene_file import RecommendedTest
from hies_annot.model import Finding, JudgedCall


def proposed(
    tests: Iterable[RecommendedTest], finding: Finding, calls: Sequence[JudgedCall]
) -> tuple[RecommendedTest, ...]:
    """Return the tests that ask something of the alleles of a finding.

    One that asks about the splicing of an exon is for alleles that may act on it.
    """
    alleles = [call for call in calls if call.id in finding.variants]
    return tuple(
        test
        for test in tests
        if test.splicing_of is None
        or any(_may_splice(allele, test.splicing_of) for allele in alleles)
    )


def _may_splice(allele: JudgedCall, exon: int) -> bool:
    """Whether an allele lies in an intron beside an exon, or in it and is seen to act there."""
    named = allele.annotation
    if named is None:
        return False
    if _number(named.intron) in (exon - 1, exon):
        return True
    told = any("splice" in term for term in named.consequence)
    told = told or allele.evidence.splice_map is not None
    return told and _number(named.exon) == exon


def _number(place: str | None) -> int | None:
    """Return 12 of `12/24`; None: no one exon or intron."""
    first = (place or "").partition("/")[0]
    return int(first) if first.isdecimal() else None
