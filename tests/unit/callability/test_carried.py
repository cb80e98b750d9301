"""Alleles that a sample carries, and the bases that they change."""

import pytest

from hies_annot.callability.carried import (
    CarriedAllele,
    allele_depth,
    carried_alleles,
    changed_span,
    gt_alleles,
)
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import SampleFields
from hies_annot.reference.load import embedded_reference

REFERENCE = embedded_reference(Build.GRCH38, default_genes())
POS = 42329643
"""GRCh38 position of STAT3 c.1144, G on the plus strand."""


@pytest.mark.parametrize(
    ("gt", "alleles"),
    [
        ("0/1", (0, 1)),
        (".|2", (None, 2)),
        ("1", (1,)),
        ("./.", (None, None)),
        ("0/x", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_alleles_of_a_genotype(gt, alleles):
    assert gt_alleles(gt) == alleles


@pytest.mark.parametrize(
    ("ad", "dp", "depth"),
    [
        ((10, 5), 40, 15),
        ((10, 5, 0), None, 15),
        ((0, 0), 40, 0),
        ((10, None), 40, 40),
        ((None, None), None, None),
        ((), 40, 40),
        (None, 40, 40),
        (None, None, None),
    ],
)
def test_reads_are_those_of_all_alleles_or_the_depth(ad, dp, depth):
    assert allele_depth(SampleFields(gt="0/1", ad=ad, dp=dp)) == depth


@pytest.mark.parametrize(
    ("ref", "alt", "span"),
    [
        ("G", "A", (100, 100)),
        ("GA", "CT", (100, 101)),
        ("GA", "GT", (100, 101)),
        ("GAT", "G", (101, 102)),
        ("GAT", "GC", (101, 102)),
        ("GAT", "C", (100, 102)),
        ("G", "GA", None),
        ("G", "CA", (100, 100)),
        ("GA", "GTTT", (101, 101)),
    ],
)
def test_the_anchor_of_an_indel_is_not_changed(build, ref, alt, span):
    allele = build.make_allele(build.make_site(ref=ref, alts=(alt,)), alt)
    assert changed_span(allele) == span


ALTS = ("A", "<NON_REF>", "*", "R", "T")


@pytest.mark.parametrize(
    ("gt", "carried"),
    [
        ("0/0", ""),
        ("0/1", "A"),
        ("1/1", "A"),
        ("5|1", "AT"),
        ("./5", "T"),
        ("2/3", ""),
        ("4/5", "T"),
        ("1/6", "A"),
        ("./.", ""),
        (None, ""),
    ],
)
def test_each_allele_of_bases_is_carried_once(build, gt, carried):
    site = build.make_site(pos=POS, ref="G", alts=ALTS, chrom="17")
    fields = SampleFields(gt=gt, dp=30)
    assert list(carried_alleles(site, fields, REFERENCE)) == [
        CarriedAllele(f"17-{POS}-G-{alt}", (POS, POS), 30) for alt in carried
    ]


def test_an_allele_is_spelled_as_in_the_result_and_none_lies_outside_the_loci(build):
    fields = SampleFields(gt="0/1", ad=(3, 4))
    site = build.make_site(pos=POS - 1, ref="CG", alts=("CA",), chrom="17")
    assert list(carried_alleles(site, fields, REFERENCE)) == [
        CarriedAllele(f"17-{POS}-G-A", (POS, POS), 7)
    ]
    far = build.make_site(pos=5, ref="G", alts=("A", "T"), chrom="17")
    assert list(carried_alleles(far, SampleFields(gt="1/2"), REFERENCE)) == []
