"""The batch view: matrix, failing exons, samples that stand out."""

import pytest

from hies_annot.results.batch_outliers import (
    BatchRow,
    ExonTally,
    batch_row,
    outliers,
)
from hies_annot.results.callability_contract import (
    CallabilityResult,
    ExonResult,
    GeneCallabilityResult,
)
from hies_annot.results.contract import ReferenceInfo, SampleResult
from hies_annot.results.variant_contract import SourceResult, VariantResult
from hies_annot.settings.callability_rules import CallabilityConfig


def exon(number, callable_, required=100):
    return ExonResult(
        exon=number,
        start=1,
        end=required,
        required=required,
        callable=callable_,
        indel_callable=None,
        mean_depth=None,
    )


def variant(*, zygosity="het", fraction=0.5, depth=40, kind="sequence"):
    return VariantResult(
        id="17-1-A-G",
        gene="STAT3",
        chrom="17",
        pos=1,
        ref="A",
        alt="G",
        kind=kind,
        zygosity=zygosity,
        genotype=None,
        depth=depth,
        allele_fraction=fraction,
        reported=False,
        source=SourceResult(file="x", line_or_record="1", original="x"),
    )


def result(sample="s", *, exons=(), variants=(), qc=None, status="none"):
    gene = GeneCallabilityResult(
        gene="STAT3", required_bases=100, callable_bases=None, gaps=[], exons=list(exons)
    )
    return SampleResult(
        sample=sample,
        status=status,
        status_reason="",
        build="GRCh38",
        reference=ReferenceInfo(loci=[]),
        software={},
        resources=[],
        conditions=[],
        variants=list(variants),
        callability=CallabilityResult(source="gVCF", genes=[gene], known_sites=[]),
        qc=qc or {},
        warnings=[],
    )


def make_row(sample="s", *, variants=10, score=None, off=0, balanced=0, failed=False):
    return BatchRow(sample, failed, {}, variants, score, off, balanced)


def test_exons_that_fail_most_often_come_first_and_unknown_is_no_failure():
    counts = {2: (100, 94, 100), 3: (95, 95, None), 4: (0, 0, 100)}
    rows = [
        batch_row(result(str(at), exons=[exon(number, counts[number][at]) for number in counts]))
        for at in range(3)
    ]
    tally = ExonTally(CallabilityConfig().min_exon_share)
    for row in rows:
        tally.add(row)
    found = tally.failing()
    assert [(item.exon, item.failing, item.assessed, item.unknown) for item in found] == [
        (4, 2, 3, 0),
        (2, 1, 3, 0),
    ]


@pytest.mark.parametrize(
    ("changes", "counted"),
    [
        ({}, 1),
        ({"zygosity": "hom_alt"}, 1),
        ({"zygosity": "hom_ref"}, 0),
        ({"zygosity": "no_call"}, 0),
        ({"kind": "reference_block"}, 0),
    ],
)
def test_only_carried_variants_are_counted(changes, counted):
    assert batch_row(result(variants=[variant(**changes)])).variants == counted


@pytest.mark.parametrize(
    ("changes", "off", "balanced"),
    [
        ({"fraction": 0.25}, 0, 1),
        ({"fraction": 0.24}, 1, 0),
        ({"fraction": 0.76}, 1, 0),
        ({"zygosity": "hom_alt", "fraction": 0.95}, 0, 1),
        ({"zygosity": "hom_alt", "fraction": 0.94}, 1, 0),
        ({"fraction": 0.1, "depth": 19}, 0, 0),
        ({"fraction": None}, 0, 0),
        ({"zygosity": "half_call", "fraction": 0.1}, 0, 0),
    ],
)
def test_what_is_off_balance(changes, off, balanced):
    row = batch_row(result(variants=[variant(**changes)]))
    assert (row.off_balance, row.balanced) == (off, balanced)


@pytest.mark.parametrize(("variants", "word"), [(40, "many"), (0, None), (26, "many"), (25, None)])
def test_a_sample_far_from_the_median_stands_out(variants, word):
    rows = [make_row(str(number)) for number in range(8)] + [make_row("odd", variants=variants)]
    found = outliers(rows)
    assert [item.sample for item in found] == (["odd"] if word else [])
    assert all(f"too {word} variants" in item.reason for item in found)


def test_too_few_variants_stand_out_and_small_batches_have_no_outliers():
    rows = [make_row(str(number), variants=40) for number in range(8)]
    assert "too few" in outliers([*rows, make_row("odd", variants=3)])[0].reason
    assert outliers([*rows[:6], make_row("odd", variants=3)]) == ()
    assert outliers([*rows, make_row("odd", variants=3, failed=True)]) == ()


@pytest.mark.parametrize(
    ("scores", "count"),
    [
        ({"GRCh38": {"compared": 30, "agreed": 30}}, 0),
        ({"GRCh38": {"compared": 30, "agreed": 29}}, 1),
        ({"GRCh38": {"compared": 0, "agreed": 0}}, 0),
        ({"GRCh37": {"compared": 30, "agreed": 9}}, 0),
        ({}, 0),
    ],
)
def test_a_build_score_below_one_is_named(scores, count):
    found = outliers([batch_row(result(qc={"build_scores": scores}))])
    assert [item.measure for item in found] == ["build_score"] * count


@pytest.mark.parametrize(("off", "balanced", "hint"), [(3, 2, True), (2, 0, False), (3, 3, False)])
def test_contamination_needs_several_calls_and_the_most(off, balanced, hint):
    found = outliers([make_row(off=off, balanced=balanced)])
    assert [item.measure for item in found] == (["contamination"] if hint else [])
