"""Which bases count as looked at: a gap of a file is a gap however it is written."""

from __future__ import annotations

import pytest
from one_person import result_of, vcf

CALL = "\t60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99\n"
ELSEWHERE = f"chr17\t43000000\t.\tA\tG{CALL}chr20\t34000000\t.\tA\tG{CALL}"
REGIONS = (("chr17", 42300000, 42400000), ("chr20", 33720000, 33800000))
BED = "".join(f"{chrom}\t{first}\t{last}\n" for chrom, first, last in REGIONS)


def result(records, bed=None, name="seen.bed"):
    """Return the result of a person with some records (text with line ends) and a BED."""
    given = {} if bed is None else {"callable": {name: bed}}
    return result_of(vcf={"P.vcf": vcf(records.splitlines())}, **given)


def blocks_of(chrom, first, last, sizes, starts):
    middle = f"n\t0\t+\t{first}\t{last}\t0\t{len(sizes)}"
    return (
        f"{chrom}\t{first}\t{last}\t{middle}\t"
        f"{','.join(map(str, sizes))},\t{','.join(map(str, starts))},\n"
    )


@pytest.mark.parametrize(
    ("sizes", "starts", "status"),
    [
        ((100_000,), (0,), "none"),
        ((50_000, 50_000), (0, 50_000), "none"),
        ((20_000, 70_000), (0, 30_000), "inconclusive"),
        ((10, 10), (0, 99_990), "inconclusive"),
        ((10, 200_000), (0, 20), "inconclusive"),
    ],
)
def test_of_a_row_with_blocks_the_blocks_were_seen(sizes, starts, status):
    bed = blocks_of(*REGIONS[0], sizes, starts) + blocks_of(*REGIONS[1], (80_000,), (0,))
    assert result(ELSEWHERE, bed).status == status


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *((name, "none") for name in ("P.bed", "covered.bed", "GAPDH.bed", "P.callable.bed")),
        *((name, "none") for name in ("no_dups.coverage.bed", "strict_mask.bed")),
        *((name, "inconclusive") for name in ("P.low_coverage.bed", "gaps.bed", "P_lowcov.bed")),
        *((name, "inconclusive") for name in ("uncallable.bed", "P.not-covered.bed")),
        *(
            (name, "inconclusive")
            for name in ("P.below20x.bed", "lt_20.bed", "P_less_than_20x.bed")
        ),
        *(
            (name, "inconclusive")
            for name in ("P.lt20x.bed", "P_below_20.bed", "less_than_20X.bed", "lower_than_20x.bed")
        ),
        *((name, "inconclusive") for name in ("failed_exons.bed", "P.missed.bed", "dropout.bed")),
        *((name, "inconclusive") for name in ("P_failed.bed", "P.excluded.bed", "dropouts.bed")),
        *((name, "inconclusive") for name in ("missing.bed", "not_meeting_20x.bed")),
        *((name, "none") for name in ("P.20x.bed", "default20x.bed", "dismissed.bed")),
        *(
            (f"GRCh38_{name}.bed", "inconclusive")
            for name in (
                *("alldifficultregions", "lowmappabilityall", "segdups", "AllHomopolymers_ge7bp"),
                *("AllTandemRepeats_slop5", "low_complexity", "difficult", "roh", "ROHs"),
            )
        ),
        *(
            (f"GRCh38_{name}.bed", "none")
            for name in (
                *("notinalldifficultregions", "notinlowmappabilityall", "notinsegdups"),
                *("without_segdups", "no_difficult", "not_homopolymers", "notinAllHomopolymers"),
            )
        ),
        ("panel_underlying.bed", "none"),
    ],
)
def test_a_file_that_is_named_for_what_was_not_seen_shows_nothing(name, status):
    one = result(ELSEWHERE, BED, name)
    assert one.status == status
    assert (name in one.status_reason) == (status == "inconclusive")


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ('track name="P" description="regions below 20x"', "inconclusive"),
        ("# exons not covered at 20x", "inconclusive"),
        ("# gaps", "inconclusive"),
        ("track name=P description='low coverage'", "inconclusive"),
        ("track name=P description=covered", "none"),
        ("# callable at 20x, gaps were removed", "none"),
        ('track name="Covered" description="regions covered by baits"', "none"),
    ],
)
def test_so_does_one_with_such_a_title(title, status):
    assert result(ELSEWHERE, f"{title}\n{BED}").status == status


@pytest.mark.parametrize(
    ("bed", "told"),
    [
        ("@HD\tVN:1.6\n", "interval list, which counts from 1"),
        ("chr17:42300001-42400000\n", "interval list, which counts from 1"),
        ("chr17\t42300001\t40\n", "ends before it begins"),
        ("chr17\t42_300_000\t42400000\n", "chromosome, start and end were expected"),
        ("chr17\t-1\t42400000\n", "chromosome, start and end were expected"),
        ("chr17\n", "chromosome, start and end were expected"),
    ],
)
def test_what_is_no_bed_is_the_first_reason(bed, told):
    one = result(ELSEWHERE, bed)
    assert one.status == "inconclusive"
    assert one.status_reason.startswith("callability was not read: seen.bed")
    assert told in one.status_reason


@pytest.mark.parametrize(
    ("genotype", "status"),
    [("0/0", "none"), ("0|0", "none"), ("0/0/0", "none"), ("0", "inconclusive")],
)
def test_a_haploid_block_shows_one_copy_of_two(genotype, status):
    blocks = "".join(
        f"{chrom}\t{first}\t.\tN\t<NON_REF>\t.\t.\tEND={last}\tGT:DP:GQ\t{genotype}:40:99\n"
        for chrom, first, last in REGIONS
    )
    assert result(blocks).status == status


@pytest.mark.parametrize(
    ("keys", "values", "status"),
    [
        ("GT:AD:GQ", "0/0:40,0:99", "none"),
        ("GT:AD:GQ", "0/0:4,0:99", "inconclusive"),
        ("GQ:DP:MIN_DP", "99:40:38", "inconclusive"),
    ],
)
def test_blocks_without_depth_or_genotype(keys, values, status):
    blocks = "".join(
        f"{chrom}\t{first}\t.\tN\t<NON_REF>\t.\t.\tEND={last}\t{keys}\t{values}\n"
        for chrom, first, last in REGIONS
    )
    assert result(blocks).status == status


@pytest.mark.parametrize("word", ["<20x", "< 20", ">=20X", "DEL", "dup", "ROH", "Loss"])
def test_a_word_of_depth_or_copies_is_no_name_of_a_region(word):
    rows = "".join(f"{row}\t{word}\n" for row in BED.splitlines())
    one = result(ELSEWHERE, rows, "P.bed")
    assert one.status == "inconclusive"
    assert "is no known state" in one.status_reason
