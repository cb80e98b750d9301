from __future__ import annotations

import pytest

from hies_annot.errors import InputError
from hies_annot.io.record.vcf_line import VcfLine, parse_line
from hies_annot.model.record import block_end

PLACE = "chr17\t42329643\t.\tG\tA\t50\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,18:38:99"


def line(text: str = PLACE, *, samples: int = 1) -> VcfLine:
    return parse_line(text, file="x.vcf", number=3, chrom="17", sample_count=samples)


def with_sample(keys: str, values: str, *, alts: str = "A") -> VcfLine:
    return line(f"chr17\t42329643\t.\tG\t{alts}\t50\tPASS\t.\t{keys}\t{values}")


def test_a_plain_record() -> None:
    record = line()
    fields = record.fields(0)
    assert (record.site.pos, record.site.end, record.site.alts) == (42329643, 42329643, ("A",))
    assert (fields.gt, fields.ad, fields.dp, fields.gq) == ("0/1", (20, 18), 38, 99.0)


@pytest.mark.parametrize("text", ["0/1", "0|1", "./.", "./1", "1", "|0/1", "0/1/1", "."])
def test_genotype_text_is_kept_as_written(text: str) -> None:
    assert with_sample("GT", text).fields(0).gt == text


def test_a_block_of_vcf_4_5_ends_for_each_sample_by_itself() -> None:
    text = "chr17\t100\t.\tG\t<*>\t.\t.\tEND=150\tGT:LEN\t0/0:20\t0/0:300\t0/0:.\t0/0"
    record = line(text, samples=4)
    assert (record.site.end, record.reach) == (150, 399)
    ends = [block_end(record.site, record.fields(column)) for column in range(4)]
    assert ends == [119, 399, 150, 150]


def test_without_len_a_block_ends_by_end() -> None:
    record = line("chr17\t100\t.\tG\t<*>\t.\t.\tEND=150\tGT\t0/0")
    assert record.reach == block_end(record.site, record.fields(0)) == 150


@pytest.mark.parametrize(
    ("alt", "info", "known"),
    [
        *(("<DEL>", "SVTYPE=DEL", False), ("<DEL>", "SVLEN=-5", True), ("<DEL>", "END=150", True)),
        *(("<INS>", "SVTYPE=INS", True), ("<NON_REF>", ".", True), ("A", ".", True)),
        *(("DEL", ".", False), ("N", "SVTYPE=DEL", False), ("G[chr17:500[", ".", True)),
    ],
)
def test_a_symbol_without_extent_is_open_ended(alt: str, info: str, known: bool) -> None:
    record = line(f"chr17\t100\t.\tG\t{alt}\t.\t.\t{info}\tGT\t0/1")
    assert record.open_ended is not known


def test_missing_numbers_are_none_not_zero() -> None:
    fields = with_sample("GT:AD:DP:GQ", "0/1:.:.:.").fields(0)
    assert (fields.ad, fields.dp, fields.gq) == (None, None, None)


def test_trailing_fields_may_be_left_out() -> None:
    assert with_sample("GT:AD:DP:GQ", "0/1").fields(0).dp is None


@pytest.mark.parametrize(
    ("keys", "values", "alts", "ad"),
    [
        ("GT:AD", "0/1:10,9", "A", (10, 9)),
        ("GT:AD", "1/2:1,9,8", "A,C", (1, 9, 8)),
        ("GT:AD", "0/1:10,9", "A,C", None),  # a count for each allele, or none is used
        ("GT:AD", "0/1:.,9", "A", (None, 9)),
        ("GT:RO:AO", "0/1:10:9", "A", (10, 9)),
        ("GT:DP:AO", "0/1:50:23", "A", (None, 23)),
        ("GT:VD", "0/1:9", "A", (None, 9)),
        ("GT:NR:NV", "0/1:30:12", "A", (None, 12)),
        ("GT:LAA:LAD", "0/1:2:10,9", "C,A", (10, None, 9)),
    ],
)
def test_allele_depths_of_several_callers(
    keys: str, values: str, alts: str, ad: tuple[int | None, ...] | None
) -> None:
    assert with_sample(keys, values, alts=alts).fields(0).ad == ad


@pytest.mark.parametrize(
    ("info", "alts", "end"),
    [
        ("END=42330000", "<NON_REF>", 42330000),
        (".", "<NON_REF>", 42329643),
        ("SVTYPE=DEL;SVLEN=-500", "<DEL>", 42330143),
        ("SVTYPE=DEL;SVLEN=500;END=42330100", "<DEL>", 42330100),
        ("END=1", "A", 42329643),
        ("CIEND=-5,5", "<DEL>", 42329643),
    ],
)
def test_end_of_a_record(info: str, alts: str, end: int) -> None:
    text = f"chr17\t42329643\t.\tG\t{alts}\t.\t.\t{info}\tGT\t0/1"
    assert line(text).site.end == end


def test_flags_of_structural_records() -> None:
    text = "chr17\t42329643\t.\tG\t<DEL>\t.\t.\t{}\tGT\t0/1"
    assert "PRECISE" in line(text.format("PRECISE;END=42330000")).site.info
    assert "PRECISE" not in line(text.format("IMPRECISE;END=42330000")).site.info


def test_a_number_that_is_none_is_told_with_file_and_record() -> None:
    with pytest.raises(InputError, match=r"x\.vcf, record 3 .*many"):
        with_sample("GT:DP", "0/1:many").fields(0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("chr17\tabc\t.\tG\tA\t.\t.\t.\tGT\t0/1", "cannot be read"),
        ("chr17 42329643 . G A", "separated by tabs"),
        (f"{PLACE}\t0/1", "2 sample columns, but the header names 1"),
    ],
)
def test_broken_records(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        line(text)


def test_filters() -> None:
    assert line(PLACE.replace("PASS", "q10;s50")).site.filters == ("q10", "s50")
    assert line(PLACE.replace("PASS", ".")).site.filters == ()


@pytest.mark.parametrize(
    ("info", "keys", "values", "name", "found"),
    [
        (".", "GT:DPI", "0/1:40", "dp", 40),  # Strelka, indels
        (".", "GT:PS", "0/1:0", "ps", None),  # Sniffles: not phased
        (".", "GT:PS", "0|1:12", "ps", "12"),
        (".", "GT:GQ", "0/1:8", "gq", 8.0),
        ("PROBES=8", "GT:GQ", "0/1:8", "gq", None),  # CNVkit
        (".", "GT:CN:MCC", "0/1:2:2", "major_copies", 2),  # Canvas
        (".", "GT:CN:MCN", "1/2:2:0", "major_copies", 2),  # DRAGEN
        (".", "GT:CN:CN1:CN2", "0/1:2:2:0", "major_copies", 2),  # CNVkit
        (".", "GT:CN", "0/1:2", "major_copies", None),
        (".", "GT:AD:RO:AO", "0/1:0,30:15:15", "also_counted", ((15, 15),)),
        (".", "GT:AD", "0/1:30", "unused_counts", ("AD",)),
    ],
)
def test_what_callers_write_in_their_own_way(
    info: str, keys: str, values: str, name: str, found: object
) -> None:
    text = f"chr17\t42329643\t.\tG\tA\t50\tPASS\t{info}\t{keys}\t{values}"
    assert getattr(line(text).fields(0), name) == found
