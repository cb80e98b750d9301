"""Two files of one person: where they say different things of one place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hies_annot.genome import Build
from hies_annot.model import (
    Allele,
    AlleleKind,
    Call,
    SampleFields,
    SampleSpec,
    SiteRecord,
    Zygosity,
)
from hies_annot.model.census import FileCensus
from hies_annot.read.call_quality import DENIED
from hies_annot.read.detect_build import BuildDecision
from hies_annot.read.one_person import join_parts
from hies_annot.read.samples import SampleRecords

SPEC = SampleSpec("P", "0.vcf", more_vcfs=("1.vcf",))
BLOCK = ("<NON_REF>",)

Drawn = tuple[int, int, bool, int]  # first base, length, whether it is a block, depth
ROW = st.tuples(st.integers(1, 12), st.integers(1, 4), st.booleans(), st.sampled_from([10, 20]))


def row(drawn: Drawn, file: str) -> tuple[SiteRecord, SampleFields]:
    pos, length, block, depth = drawn
    alts, end = (BLOCK, pos + length - 1) if block else (("C",), pos)
    site = SiteRecord(file, None, "20", "20", pos, end, None, "A", alts, None, (), {})
    return site, SampleFields("0/0" if block else "0/1", dp=depth)


def call(site: SiteRecord, fields: SampleFields) -> Call:
    allele = Allele(Build.GRCH38, "ZNF341", "20", site.pos, "A", "C", AlleleKind.SEQUENCE, site.pos)
    return Call(allele, site, fields, 1, Zygosity.HET, 1, None, None, None, None, None)


def part(drawn: list[Drawn], number: int) -> SampleRecords:
    rows = tuple(row(one, f"{number}.vcf") for one in sorted(drawn))
    calls = tuple(call(*each) for each in rows if each[0].alts != BLOCK)
    decision = BuildDecision(Build.GRCH38, Build.GRCH38, {})
    counts = {"listed": len(rows)}
    census = (FileCensus(f"{number}.vcf"),)
    return SampleRecords(
        SPEC, decision, calls, rows, counts, file=f"{number}.vcf", column="P", censuses=census
    )


def contradict(a: Drawn, b: Drawn) -> bool:
    """Whether one is a block of the reference in which the other is a variant."""
    pairs = ((a, b), (b, a))
    return any(one[2] and not two[2] and one[0] <= two[0] < one[0] + one[1] for one, two in pairs)


@given(st.lists(ROW, max_size=6), st.lists(ROW, max_size=6))
@settings(max_examples=300)
def test_what_blocks_of_the_other_file_deny_is_told_and_kept(
    one: list[Drawn], other: list[Drawn]
) -> None:
    found = join_parts(SPEC, [part(one, 0), part(other, 1)])
    wrong = any(contradict(a, b) for a in one for b in other)
    assert isinstance(found, SampleRecords)
    kept = {str(row(drawn, "x")) for drawn in (*one, *other)}
    assert len(found.rows) == len(kept)
    assert sum(found.counts.values()) == len(one) + len(other)
    told = [each.words for census in found.censuses for each in census.left_out]
    assert bool(told) is wrong
    assert any(DENIED in each.quality for each in found.calls) is wrong
    assert all("give different genotypes of 20:" in each for each in told)
