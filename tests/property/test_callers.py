"""One genotype gives one status, whichever caller has written it (docs/callers.md)."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest
from caller_writers import (
    PAGE,
    SMALL_CALLERS,
    SV_CALLERS,
    Event,
    Row,
    Small,
    SmallCaller,
    SvCaller,
    by_set,
    filled,
    text_of,
    without_phase,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from vcf_text import bases

from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

HET_DN = ("17", 42_329_643, "G", ("A",))
STOP = ("20", 33_753_265, "C", ("T",))
OTHER_STOP = ("20", 33_757_310, "C", ("T",))
INSIDE = ("20", 33_761_989, "C", ("T",))
TWO_STOPS = ("20", 33_781_315, "C", ("G", "A"))
EXONS = ("20", 33_757_000, 33_762_100)
GENE = ("20", 33_726_700, 33_797_000)

Genotype = tuple[tuple[Small, ...], str]


def trans(block: int | None) -> tuple[Small, ...]:
    return (
        Small(*STOP, (0, 1), (24, 22), block),
        Small(*OTHER_STOP, (1, 0), (23, 25), block),
    )


SMALL: dict[str, Genotype] = {
    "dominant, het": ((Small(*HET_DN, (0, 1), (24, 22)),), "relevant"),
    "dominant, mosaic 7 %": ((Small(*HET_DN, (0, 1), (93, 7)),), "possible"),
    "recessive, het": ((Small(*STOP, (0, 1), (24, 22)),), "carrier"),
    "recessive, hom": ((Small(*STOP, (1, 1), (0, 46)),), "relevant"),
    "two hets, no phase": (trans(None), "possible"),
    "one record, 1/2": ((Small(*TWO_STOPS, (1, 2), (0, 22, 21)),), "relevant"),
    "one record, second ALT": ((Small(*TWO_STOPS, (0, 2), (22, 0, 21)),), "carrier"),
    "one record, second ALT twice": ((Small(*TWO_STOPS, (2, 2), (0, 0, 41)),), "relevant"),
}
PHASED: dict[str, Genotype] = {
    "two hets, trans": (trans(33_753_265), "relevant"),
    "two hets, cis": (
        (
            Small(*STOP, (0, 1), (24, 22), 33_753_265),
            Small(*OTHER_STOP, (0, 1), (23, 25), 33_753_265),
        ),
        "carrier",
    ),
    "two hets, two blocks": (
        (
            Small(*STOP, (0, 1), (24, 22), 33_753_265),
            Small(*OTHER_STOP, (1, 0), (23, 25), 33_757_310),
        ),
        "possible",
    ),
}
UNCOUNTED = ("octopus", "Hail, local alleles")
"""Callers that do not count the reads of an allele that a parent does not have."""
HOM_INSIDE = Small(*INSIDE, (1, 1), (0, 24))
HET_STOP = Small(*STOP, (0, 1), (24, 22))
REFERENCE = Small(*STOP, (0, 0), (40, 0))
STRUCTURAL: dict[str, tuple[Event, Small, str]] = {
    "deletion, het": (Event("DEL", *EXONS, 1), REFERENCE, "carrier"),
    "deletion, hom": (Event("DEL", *EXONS, 2), REFERENCE, "relevant"),
    "deletion over an allele": (Event("DEL", *EXONS, 1), HOM_INSIDE, "relevant"),
    "gain of the gene beside a stop": (Event("DUP", *GENE, 1), HET_STOP, "carrier"),
}


@cache
def engine() -> Engine:
    return Engine(RunConfig())


def status(small: list[tuple[str, Row]], structural: list[tuple[str, Row]] = ()) -> str:
    """Run a sample of one file, or of two."""
    with tempfile.TemporaryDirectory() as folder:
        row = {"sample": "P", "vcf": f"{folder}/P.vcf"}
        Path(row["vcf"]).write_text(text_of(small), encoding="utf-8")
        if structural:
            row["sv_vcf"] = f"{folder}/P.sv.vcf"
            Path(row["sv_vcf"]).write_text(text_of(list(structural)), encoding="utf-8")
        (result,) = analyse_rows(engine(), [row], (), batch="callers")
    return str(result.status)


def rows_of(caller: SmallCaller, genotype: tuple[Small, ...]) -> list[tuple[str, Row]]:
    return [(small.chrom, caller.row(small)) for small in genotype]


def can_write(caller: SmallCaller, genotype: tuple[Small, ...], *, phased: bool) -> bool:
    if phased and caller.phase is without_phase:
        return False
    het = all(0 in small.gt for small in genotype)
    few = all(len(small.alts) <= caller.alts for small in genotype)
    return few and (het or not caller.always_het)


PAIRS = [
    pytest.param(caller, genotype, wanted, id=f"{caller.name}: {name}")
    for phased, table in ((False, SMALL), (True, PHASED))
    for name, (genotype, wanted) in table.items()
    for caller in SMALL_CALLERS
    if can_write(caller, genotype, phased=phased)
]


@pytest.mark.parametrize(("caller", "genotype", "wanted"), PAIRS)
def test_a_genotype_of_bases(caller: SmallCaller, genotype: tuple[Small, ...], wanted: str) -> None:
    assert status(rows_of(caller, genotype)) == wanted


def spelled_out(event: Event) -> Event:
    """Return the event with its bases, where the embedded reference has them all."""
    known = event.kind == "DEL"
    return event._replace(bases=bases(event.chrom, event.pos, event.end)) if known else event


@pytest.mark.parametrize("caller", SV_CALLERS, ids=lambda caller: caller.name)
@pytest.mark.parametrize("name", STRUCTURAL)
@pytest.mark.parametrize("files", [1, 2])
def test_a_structural_genotype(caller: SvCaller, name: str, files: int) -> None:
    event, beside, wanted = STRUCTURAL[name]
    small = rows_of(SMALL_CALLERS[0], (beside,))
    structural = [(event.chrom, row) for row in caller.rows(spelled_out(event))]
    found = status(small, structural) if files == 2 else status([*small, *structural])
    if caller.genotypes:
        assert found == wanted
    else:
        assert found in (wanted, "possible")


def origin(parents: SmallCaller, mother: Small) -> str:
    """Return what is said of the origin of a child's allele; the parents are of another caller."""
    father = Small(*HET_DN, (0, 0), (44, 0))
    people = {"P": (SMALL_CALLERS[0], Small(*HET_DN, (0, 1), (24, 22)))}
    people |= {"F": (parents, father), "M": (parents, mother)}
    with tempfile.TemporaryDirectory() as folder:
        rows = [{"sample": name, "vcf": f"{folder}/{name}.vcf"} for name in people]
        rows[0] |= {"father": "F", "mother": "M"}
        for name, (caller, small) in people.items():
            text = text_of(rows_of(caller, (small,)), name)
            Path(folder, f"{name}.vcf").write_text(text, encoding="utf-8")
        child = next(iter(analyse_rows(engine(), rows, (), batch="callers")))
    (condition,) = [one for one in child.conditions if one.id == "STAT3-AD-HIES"]
    return " ".join(condition.reasons)


@pytest.mark.parametrize("caller", SMALL_CALLERS, ids=lambda caller: caller.name)
def test_parents_of_another_caller(caller: SmallCaller) -> None:
    new = origin(caller, Small(*HET_DN, (0, 0), (40, 0)))
    assert ("new in this sample" in new) is (caller.name not in UNCOUNTED), new
    assert "inherited from the mother" in origin(caller, Small(*HET_DN, (0, 1), (20, 22)))
    silent = origin(caller, Small(*HET_DN, (0, 0), (30, 10)))
    assert "new in this sample" not in silent


counts = st.integers(min_value=24, max_value=48)


@st.composite
def alleles(draw: st.DrawFn) -> tuple[SmallCaller, Small, str]:
    """Draw a caller, and an allele with reads that fit its genotype."""
    site, wanted = draw(st.sampled_from([(HET_DN, "relevant"), (STOP, "carrier")]))
    reads = draw(counts), draw(counts)
    form = draw(st.sampled_from(["het", "hom", "mosaic"]))
    gt = draw(st.sampled_from([(0, 1), (1, 0)]))
    caller = draw(st.sampled_from(SMALL_CALLERS))
    if form == "hom":
        gt, reads, wanted = (1, 1), (0, sum(reads)), "relevant"
    if form == "mosaic":
        # A third haplotype (octopus) leaves open how many copies a recessive allele has.
        assume(site is HET_DN or caller.name != "octopus")
        reads = (sum(reads) * 4, max(5, round(sum(reads) * 4 * 0.08)))
        wanted = "possible" if site is HET_DN else wanted
    block = draw(st.sampled_from([None, 1, 33_753_265]))
    small = Small(*site, gt, reads, block)
    if form == "hom" and caller.always_het:
        wanted = "possible"
        small = small._replace(gt=(0, 1))
    return caller, small, wanted


@settings(deadline=None, max_examples=150)
@given(alleles())
def test_whatever_the_reads_order_and_block(drawn: tuple[SmallCaller, Small, str]) -> None:
    caller, small, wanted = drawn
    assert status(rows_of(caller, (small,))) == wanted


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from([c for c in SV_CALLERS if c.genotypes]),
    st.sampled_from([c for c in SMALL_CALLERS if c.phase is by_set]),
    st.sampled_from(sorted(STRUCTURAL)),
    st.booleans(),
)
def test_whatever_two_callers(large: SvCaller, caller: SmallCaller, name: str, one: bool) -> None:
    event, beside, wanted = STRUCTURAL[name]
    small = rows_of(caller, (beside,))
    structural = [(event.chrom, row) for row in large.rows(event)]
    assert (status([*small, *structural]) if one else status(small, structural)) == wanted


def test_the_page_is_the_table_of_the_writers() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert filled(text) == text, "run `python tests/tools/caller_writers.py`"
    assert all(caller.name in text for caller in (*SMALL_CALLERS, *SV_CALLERS))


def test_every_caller_has_a_source() -> None:
    assert all(caller.source for caller in (*SMALL_CALLERS, *SV_CALLERS))
    assert len({caller.name for caller in (*SMALL_CALLERS, *SV_CALLERS)}) >= 40
