"""What keeps a gene from "nothing found": files that end before it, records without a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.callability.known import STATES
from hies_annot.callability.unread import (
    lost_words,
    unread_genes,
    unread_sentences,
    with_unread,
)
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import Callability, KnownSiteCall
from hies_annot.model.census import FileCensus, Lost, Unread
from hies_annot.reference.load import embedded_reference

REFERENCE = embedded_reference(Build.GRCH38, default_genes())
STAT3, ZNF341 = REFERENCE.loci
WHOLE = {"17": STAT3.start, "20": ZNF341.start}


def census(file="data/a.vcf", *, lost=(), records=True, **reach):
    return FileCensus(
        file=file,
        reach=WHOLE | {chrom.removeprefix("chr"): last for chrom, last in reach.items()},
        records=records,
        lost=tuple(lost),
    )


def lost(chrom=None, *, cause="POS is no number", records=3):
    return Lost(cause, chrom, records, "record 7 (chr17 x)")


def test_files_that_reach_the_first_base_of_every_gene_hide_nothing():
    assert unread_genes(REFERENCE, (census(),)) == ()


BEFORE = (
    "the last record of a.vcf on chromosome 17 lies before the gene (position 42,311,324): "
    "the file was perhaps cut"
)
NONE_THERE = (
    "a.vcf has no record on chromosome 17, but some elsewhere: the gene was perhaps left out, "
    "or the file was cut"
)


@pytest.mark.parametrize(
    ("reach", "reason"),
    [
        (STAT3.start + 1, None),
        (STAT3.start, None),
        (STAT3.start - 1, BEFORE),
        (1, BEFORE.replace("42,311,324", "1")),
        (0, NONE_THERE),
    ],
)
def test_a_file_must_go_as_far_as_the_first_base_of_a_gene(reach, reason):
    expected = () if reason is None else (Unread("STAT3", reason, lost=False),)
    assert unread_genes(REFERENCE, (census(chr17=reach),)) == expected


def test_a_chromosome_that_no_file_names_has_no_record():
    file = FileCensus("a.vcf", {"20": ZNF341.start})
    assert unread_genes(REFERENCE, (file,)) == (Unread("STAT3", NONE_THERE, lost=False),)


def test_of_several_files_the_one_that_reaches_farthest_counts_and_all_are_named_once():
    short, whole = census("one/b.vcf", chr17=5), census("two/a.vcf")
    assert unread_genes(REFERENCE, (short, whole)) == ()
    again = census("three/b.vcf", chr17=9)
    assert unread_genes(REFERENCE, (short, again, census("c.vcf", chr17=0))) == (
        Unread("STAT3", BEFORE.replace("42,311,324", "9").replace("a.vcf", "b.vcf, c.vcf"), False),
    )


def test_without_any_record_every_gene_is_silent():
    reason = "a.vcf has a header but not one record: nothing was called, or the file was cut"
    empty = FileCensus("data/a.vcf", records=False)
    assert unread_genes(REFERENCE, (empty,)) == (
        Unread("STAT3", reason, lost=False),
        Unread("ZNF341", reason, lost=False),
    )
    assert unread_genes(REFERENCE, (empty, census("b.vcf"))) == ()


def test_a_file_of_structural_variants_need_not_reach_the_genes():
    assert unread_genes(REFERENCE, (census(),), (FileCensus("sv.vcf", records=False),)) == ()


def test_a_lost_record_concerns_the_genes_of_its_chromosome_or_all():
    anywhere, there = lost(), lost("17", cause="unknown contig name 'NC_000017'", records=1)
    small, structural = census(lost=[there, lost("5")]), FileCensus("sv.vcf", lost=(anywhere,))
    placed = (
        "a.vcf: 1 record(s) could not be placed or read and may lie on chromosome 17: "
        "unknown contig name 'NC_000017'; the first: record 7 (chr17 x)"
    )
    free = (
        "sv.vcf: 3 record(s) could not be placed or read: POS is no number; "
        "the first: record 7 (chr17 x)"
    )
    assert unread_genes(REFERENCE, (small,), (structural,)) == (
        Unread("STAT3", placed, lost=True),
        Unread("STAT3", free, lost=True),
        Unread("ZNF341", free, lost=True),
    )


def test_what_is_silent_comes_before_what_is_lost():
    found = unread_genes(REFERENCE, (census(chr17=0, lost=[lost("17")]),))
    assert [(one.gene, one.lost) for one in found] == [("STAT3", False), ("STAT3", True)]


def test_a_file_that_was_not_read_at_all_has_its_cause_in_words():
    assert lost_words(
        "data/sv.vcf", Lost("sv.vcf: no VCF", None, 0, "structural variants were not read")
    ) == ("structural variants were not read: sv.vcf: no VCF")


def test_each_reason_is_told_once_with_its_genes():
    given_ = [
        Unread("STAT3", "first", lost=False),
        Unread("STAT3", "second", lost=True),
        Unread("ZNF341", "first", lost=True),
        Unread("STAT3", "first", lost=True),
    ]
    assert list(unread_sentences(given_)) == ["STAT3 and ZNF341: first", "STAT3: second"]
    assert list(unread_sentences(())) == []


SITES = tuple(
    KnownSiteCall(gene, state, "c.1", None, state, 30.0)
    for gene in ("STAT3", "ZNF341")
    for state in STATES
)


@given(st.sets(st.sampled_from(["STAT3", "ZNF341"])))
def test_no_known_site_of_an_unread_gene_is_reference(genes):
    unread = tuple(Unread(gene, "cut", lost=False) for gene in sorted(genes))
    before = Callability("BED", True, (), SITES, ("note",))
    found = with_unread(before, unread)
    expected = [
        "unknown" if site.gene in genes and site.state.startswith("reference_") else site.state
        for site in SITES
    ]
    assert [site.state for site in found.known_sites] == expected
    assert [site.variant for site in found.known_sites] == [site.variant for site in SITES]
    assert found == Callability("BED", True, (), found.known_sites, ("note",), unread)
