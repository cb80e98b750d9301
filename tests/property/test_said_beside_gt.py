"""What a record says of a call beside its genotype, under keys of single callers, is weighed."""

from __future__ import annotations

import pytest
from one_person import WHOLE_LOCI, in_order, result_of, vcf

CALL = "\t60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"
ELSEWHERE = (f"chr17\t43000000\t.\tA\tG{CALL}", f"chr20\t34000000\t.\tA\tG{CALL}")
DOMINANT = "chr17\t42329643\t.\tG\tA"
STOP, OTHER_STOP = "chr20\t33753265\t.\tC\tT", "chr20\t33757310\t.\tC\tT"
LOSS = "chr20\t33757000\t.\tN\t<DEL>"
EXTENT = "SVTYPE=DEL;END=33762100;SVLEN=-5100"
KEYS = "GT:AD:DP:GQ"
HET, HOM, NONE = "0/1:20,20:40:99", "1/1:0,40:40:99", "0/0:40,0:40:99"


def result(*records, columns="P"):
    width = columns.count("\t")
    beside = [line + f"\t{line.rpartition(chr(9))[2]}" * width for line in ELSEWHERE]
    text = vcf(in_order([*records, *beside]), columns=columns)
    return result_of(vcf={"P.vcf": text}, callable=WHOLE_LOCI)


def record(place, keys, values, info="."):
    return f"{place}\t60\tPASS\t{info}\t{keys}\t{values}"


@pytest.mark.parametrize("flag", ["MOSAIC", "SOMATIC", "MOSAIC=1"])
def test_a_record_that_calls_itself_mosaic_or_somatic_is_possible(flag):
    assert result(record(DOMINANT, KEYS, HET, "MOSAIC=0")).status == "relevant"
    assert result(record(DOMINANT, KEYS, HET, flag)).status == "possible"


@pytest.mark.parametrize("key", ["UG", "OLD_GT"])
@pytest.mark.parametrize(
    ("place", "values", "other", "status"),
    [
        (DOMINANT, HET, "0/1", "relevant"),
        (DOMINANT, HET, "1|0", "relevant"),
        (DOMINANT, HET, "./.", "relevant"),
        (DOMINANT, HET, "0/0", "possible"),
        (STOP, HOM, "1/1", "relevant"),
        (STOP, HOM, "0/1", "possible"),
        (DOMINANT, NONE, "0/0", "none"),
        (DOMINANT, NONE, "0/1", "inconclusive"),
    ],
)
def test_another_genotype_of_the_record_is_held_against_gt(key, place, values, other, status):
    one = record(place, f"{KEYS}:{key}", f"{values}:{other}")
    assert result(one).status == status
    others = "".join(f"\t{NONE}:0/0" for _ in range(11))
    columns = "\t".join(["P", *(f"S{number}" for number in range(11))])
    assert result(one + others, columns=columns).status == status


@pytest.mark.parametrize(("qual", "status"), [(".", "relevant"), ("0.4", "relevant")])
def test_a_qual_of_0_is_no_call_to_rely_on(qual, status):
    for value, wanted in ((qual, status), ("0", "possible"), ("0.00", "possible")):
        one = record(DOMINANT, KEYS, HET).replace("\t60\t", f"\t{value}\t")
        assert result(one).status == wanted
    deletion = record(LOSS, "GT:GQ", "1/1:99", EXTENT).replace("\t60\t", "\t0\t")
    assert result(deletion).status == "relevant"


@pytest.mark.parametrize(
    ("keys", "values", "status"),
    [
        ("GT:AD:DP:GQ:GQX", "0/1:20,20:40:99:50", "relevant"),
        ("GT:AD:DP:GQ:GQX", "0/1:20,20:40:99:3", "possible"),
        ("GT:AD:DP:GQX:GQ", "0/1:20,20:40:3:99", "possible"),
        ("GT:AD:DP:GQ:HQ", "0/1:20,20:40:99:40,30", "relevant"),
        ("GT:AD:DP:GQ:HQ", "0/1:20,20:40:99:40,3", "possible"),
        ("GT:AD:DP:GQ:HQ", "0/1:20,20:40:99:.,.", "relevant"),
        ("GT:AD:DP:SQ:CNQ:QS", "0/1:20,20:40:1:1:1", "relevant"),
    ],
)
def test_the_lowest_quality_counts(keys, values, status):
    assert result(record(DOMINANT, keys, values)).status == status


@pytest.mark.parametrize(
    ("keys", "good", "poor"),
    [
        ("GT:CN:NP:QA:QS", "1/1:0:4:90:300", "1/1:0:4:2:3"),
        ("GT:CN:CNQ", "1/1:0:90", "1/1:0:3"),
        ("GT:SQ", "1/1:90", "1/1:3"),
        ("GT:GQ:DHFFC", "1/1:99:0.02", "1/1:99:1.02"),
        ("GT:GQ:RD_CN:RD_GQ", "1/1:99:0:99", "1/1:99:2:99"),
        ("GT:GQ:RCL:RC:RCR:RDCN", "1/1:99:90:2:90:0", "1/1:99:90:180:90:2"),
    ],
)
def test_the_quality_and_depth_of_a_segment_count(keys, good, poor):
    assert result(record(LOSS, keys, good, EXTENT)).status == "relevant"
    assert result(record(LOSS, keys, poor, EXTENT)).status == "possible"


@pytest.mark.parametrize("ratio", ["natorRD", "pytorRD", "FOLD_CHANGE"])
def test_a_loss_that_the_depth_does_not_show_is_possible(ratio):
    for value, status in (("0.01", "relevant"), ("0.95", "possible"), ("x", "relevant")):
        assert result(record(LOSS, "GT", "1/1", f"{EXTENT};{ratio}={value}")).status == status
    het = result(record(LOSS, "GT", "0/1", f"{EXTENT};{ratio}=0.98"))
    assert het.status == "carrier"
    assert "the depth of reads shows no such loss" in het.status_reason
    ambiguous = f"{EXTENT};{ratio}=0.01;natorQ0=0.9"
    assert result(record(LOSS, "GT", "1/1", ambiguous)).status == "possible"


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ("0/0:99:2:99", "none"),
        ("0/0:99:0:99", "inconclusive"),
        ("0/0:99:1:99", "inconclusive"),
        ("0/0:99:0:3", "none"),
        ("0/0:99:.:.", "none"),
    ],
)
def test_a_loss_that_only_the_depth_shows_leaves_no_negative(values, status):
    assert result(record(LOSS, "GT:GQ:RD_CN:RD_GQ", values, EXTENT)).status == status


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ("0/0:99:90:180:90:2", "none"),
        ("0/0:99:90:1:90:0", "inconclusive"),
        ("0/0:99:90:88:90:1", "inconclusive"),
        ("0/0:99:9:0:9:0", "none"),
        ("0/0:99:0:0:0:-1", "none"),
        ("1/1:99:9:18:9:2", "relevant"),
        ("1/1:99:0:0:0:-1", "relevant"),
        ("0/1:99:90:88:90:1", "carrier"),
    ],
)
def test_copies_by_depth_of_delly_are_read_where_enough_reads_lie_beside(values, status):
    assert result(record(LOSS, "GT:GQ:RCL:RC:RCR:RDCN", values, EXTENT)).status == status


@pytest.mark.parametrize("word", ["STATUS=StrongLOH", "STATUS=LikelyLOH", "SS=3"])
def test_a_homozygote_of_which_the_record_says_loss_of_heterozygosity_is_possible(word):
    hom, het = "1/1:0,40:40:99", "0/1:20,20:40:99"
    found = result(record(STOP, KEYS, hom, word))
    assert found.status == "possible"
    assert "loss of heterozygosity" in found.status_reason
    assert result(record(STOP, KEYS, hom, "STATUS=Germline;SS=1")).status == "relevant"
    assert result(record(DOMINANT, KEYS, het, word)).status == "relevant"


@pytest.mark.parametrize(
    ("sets", "quality", "status"),
    [
        (("a,a", "a,a"), "40,40", "relevant"),
        (("a,a", "b,b"), "40,40", "possible"),
        (("a,a", "a,a"), "40,3", "possible"),
        (("a,a", "a,a"), ".,.", "relevant"),
        (("a,b", "a,b"), "40,40", "possible"),
        ((".,.", ".,."), "40,40", "possible"),
    ],
)
def test_phase_sets_of_vcf_4_4_are_sets(sets, quality, status):
    keys = f"{KEYS}:PSL:PSQ"
    first = record(STOP, keys, f"|0|1:20,20:40:99:{sets[0]}:{quality}")
    second = record(OTHER_STOP, keys, f"|1|0:20,20:40:99:{sets[1]}:{quality}")
    assert result(first, second).status == status


@pytest.mark.parametrize(
    ("parts", "genotype", "status"),
    [
        ("DEL_chr20:33757000-33760000,INV_chr20:40760000-40761000", "0/1", "inconclusive"),
        ("DUP_chr20:1-5,INV_chr20:33757000-33760000", "0/1", "inconclusive"),
        ("DEL_chr17:42329000-42330000", "1/1", "inconclusive"),
        ("DEL_chr20:33757000-33760000", "0/0", "none"),
        ("DUP_chr20:33757000-33760000", "0/1", "none"),
        ("DEL_chr20:40757000-40760000", "0/1", "none"),
    ],
)
@pytest.mark.parametrize("pos", [30_000_000, 40_000_000])
def test_a_part_of_a_complex_event_in_a_gene_leaves_no_negative(parts, genotype, status, pos):
    info = f"SVTYPE=CPX;CPX_TYPE=delINV;CPX_INTERVALS={parts};END={pos + 100};SVLEN=100"
    one = result(record(f"chr20\t{pos}\tx\tN\t<CPX>", "GT:GQ", f"{genotype}:99", info))
    assert one.status == status
    assert ("complex event" in one.status_reason) == (status == "inconclusive")
