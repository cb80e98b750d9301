"""What contradicts or doubts a structural variant, wherever it stands, is told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_person import WHOLE_LOCI, in_order, result_of, vcf
from vcf_text import bases

from hies_annot.results.contract import SampleResult

GROUND = [
    "chr17\t43000000\t.\tA\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99",
    "chr20\t34000000\t.\tA\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99",
]
STOP = "chr20\t33781315\t.\tC\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"
"""Y549* of ZNF341."""
EXON_6 = 33_757_000, 33_757_500
"""Exon 6 of ZNF341 and 150 bases on both sides."""


def answer(records: list[str], structural: list[str] | None = None) -> SampleResult:
    """Return the result of a sample with some records in its VCF, and some in its SV file."""
    files = {"vcf": {"in.vcf": vcf(in_order(GROUND + records))}, "callable": WHOLE_LOCI}
    if structural is not None:
        files["sv_vcf"] = {"sv.vcf": vcf(in_order(structural))}
    return result_of(**files)


def record(
    pos: int, alt: str, info: str, sample: str, keys: str = "GT", chrom: str = "chr20"
) -> str:
    return f"{chrom}\t{pos}\t.\tN\t{alt}\t500\tPASS\t{info}\t{keys}\t{sample}"


def deleted(sample: str, keys: str = "GT") -> str:
    return record(EXON_6[0], "<DEL>", f"SVTYPE=DEL;END={EXON_6[1]}", sample, keys)


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("alt", [".", "<*>", "<NON_REF>"])
@pytest.mark.parametrize("gt", ["0/0", "0", "./."])
def test_fewer_copies_in_a_row_without_an_allele(gt: str, alt: str, number: int) -> None:
    line = record(EXON_6[0], alt, f"END={EXON_6[1]}", f"{gt}:{number}", "GT:CN")
    for files in (([line], None), ([], [line])):
        assert answer(*files).status == "inconclusive"
    assert answer([], [line.replace(f"{gt}:{number}", f"{gt}:2")]).status == "none"


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("alt", ["<DEL>", "<CNV>"])
def test_a_copy_number_of_the_record_beside_no_genotype(alt: str, number: int) -> None:
    info = f"SVTYPE={alt[1:-1]};END={EXON_6[1]};CN={number}"
    for gt in ("./.", "."):
        found = answer([record(EXON_6[0], alt, info, gt)])
        assert found.status == ("possible" if number == 0 else "carrier")
        assert any("not of whom" in reason for one in found.conditions for reason in one.reasons)
    named = answer([record(EXON_6[0], alt, info, "1/1" if number == 0 else "0/1")])
    assert named.status == ("relevant" if number == 0 else "carrier")


BLOCK = "chr20\t33757100\t.\tA\t<NON_REF>\t.\tPASS\tEND=33757400\tGT:DP:GQ:MIN_DP\t"
BASE = "chr20\t33757310\t.\tC\tT\t60\tPASS\t.\tGT:AD:DP:GQ\t"


@pytest.mark.parametrize(
    ("inside", "status"),
    [
        (f"{BLOCK}0/0:40:99:35", "possible"),
        (f"{BLOCK}0/0:40:99:0", "relevant"),  # a block that begins behind the deletion's start
        (f"{BLOCK}0/0:2:3:0", "relevant"),
        (f"{BASE}0/0:40,0:40:99", "possible"),
        (f"{BASE}0/0:3,0:3:9", "relevant"),
        (f"{BASE}0/0:0,0:0:0", "relevant"),
        (f"{BASE}0/0:.:.:99", "relevant"),  # filled in by a tool that looked at no reads
        (f"{BASE}./.:0,0:0:0", "relevant"),
        (f"{BASE}./.:40,0:40:0", "relevant"),
    ],
)
def test_the_reference_read_within_a_deletion_on_both_copies(inside: str, status: str) -> None:
    for sample in ("1/1", "1/1:0", ".:0"):
        line = deleted(sample, "GT:CN" if ":" in sample else "GT")
        assert answer([inside], [line]).status == status
        assert answer([inside, line]).status == status
    assert answer([inside], [deleted("0/1")]).status == "carrier"


VALINE = 42_325_037
"""The base before V463del of STAT3, in the curated table."""


def bases_or_symbol(pos: int, end: int, alt: str, info: str, *, keys: str = "GT:GQ") -> str:
    """A heterozygous change of STAT3 in bases (`alt` without brackets) or as a symbol."""
    symbol = alt.startswith("<") or "[" in alt
    ref = bases("17", pos, pos) if symbol else bases("17", pos, end)
    return f"chr17\t{pos}\t.\t{ref}\t{alt}\t60\tPASS\t{info}\t{keys}\t0/1:99"


@pytest.mark.parametrize(
    ("alt", "info", "status"),
    [
        ("T", ".", "relevant"),
        ("<DEL>", "SVTYPE=DEL;END=42325040", "relevant"),
        ("<DEL>", "SVLEN=-3", "relevant"),
        ("DEL", "SVTYPE=DEL;SVLEN=3;SVCLAIM=J", "relevant"),
        ("<DEL>", "PRECISE;SVTYPE=DEL;END=42325040;CIPOS=-5,5", "relevant"),
        ("<DEL>", "SVTYPE=DEL;END=42325040;CIPOS=0,2;CIEND=0,2", "relevant"),
        ("<DEL>", "IMPRECISE;SVTYPE=DEL;END=42325040", "possible"),
        ("T[chr17:42325041[", "SVTYPE=BND", "relevant"),
        ("TAG[chr17:42325041[", "SVTYPE=BND", "possible"),
        ("<DEL>", "SVTYPE=DEL;END=42325040;CIPOS=-5,5", "possible"),
        ("<DEL>", "SVTYPE=DEL;SVLEN=-3;SVCLAIM=D", "possible"),
        ("<DEL>", "SVTYPE=DEL;END=42325040;SVINSLEN=2", "possible"),
        ("<DEL>", "SVTYPE=DEL;END=42325040;SVLEN=-30", "possible"),
    ],
)
def test_a_short_deletion_as_a_symbol_is_the_known_allele(alt: str, info: str, status: str) -> None:
    line = bases_or_symbol(VALINE, 42_325_040, alt, info)
    if alt == "DEL":
        line = line.replace(bases("17", VALINE, 42_325_040), "T")
    for files in (([line], None), ([], [line])):
        found = answer(*files)
        assert found.status == status
        assert any(one.hgvs_c == "c.1387_1389del" for one in found.variants) is (
            status != "possible"
        )


EXON_21 = 42_322_282, 42_322_494
"""213 bases, in frame; exon 12 has 30."""
EXON_12 = 42_329_747, 42_329_776
AWAY = st.integers(12, 150) | st.integers(-15, -12)
"""Bases from an exon that no repeat at an end of the change bridges."""


@given(
    exon=st.sampled_from([EXON_12, EXON_21]),
    left=AWAY,
    right=AWAY,
    kind=st.sampled_from(["<DUP:TANDEM>", "<INV>"]),
    wrong=st.integers(0, 1),
)
@settings(deadline=None, max_examples=40)
def test_a_copy_or_inversion_of_an_exon_in_bases_is_that_of_the_symbol(
    exon: tuple[int, int], left: int, right: int, kind: str, wrong: int
) -> None:
    pos, end = exon[0] - left - 1, exon[1] + right
    inside = exon[0] <= pos + 1 and end <= exon[1]
    if inside or end - pos < 60:  # ends that read alike both ways are no part of an inversion
        return
    base, text = bases("17", pos, pos), list(bases("17", pos + 1, end))
    if wrong and len(text) > 100:
        text[50] = "A" if text[50] != "A" else "C"
    symbol = answer([bases_or_symbol(pos, end, kind, f"SVTYPE={kind[1:4]};END={end}")])
    made = "".join(text)
    if kind == "<INV>":
        turned = made[::-1].translate(str.maketrans("ACGT", "TGCA"))
        written = [bases_or_symbol(pos, end, base + turned, ".")]
    else:
        behind = bases("17", end, end)
        written = [bases_or_symbol(pos, pos, base + made, "SVTYPE=INS")]
        written.append(bases_or_symbol(end, end, behind + made, "SVTYPE=DUP"))
        written.append(bases_or_symbol(end, end, "<INS>", f"SVTYPE=INS;SEQ={made}"))
    assert symbol.status == "possible"
    (event,) = (one for one in symbol.variants if one.reported)
    for line in written:
        found = answer([line])
        (one,) = (one for one in found.variants if one.reported)
        assert (found.status, one.consequence) == ("possible", event.consequence)


def test_an_insertion_with_its_bases_in_info_is_that_of_bases() -> None:
    base = bases("17", 42_329_700, 42_329_700)
    for pos in (42_329_760, 42_325_030):
        base = bases("17", pos, pos)
        plain = answer([bases_or_symbol(pos, pos, f"{base}ACGTA", ".")])
        for key in ("SEQ", "SVINSSEQ", "INSSEQ"):
            found = answer([bases_or_symbol(pos, pos, "<INS>", f"SVTYPE=INS;{key}=ACGTA;SVLEN=5")])
            assert [one.id for one in found.variants] == [one.id for one in plain.variants]
            assert found.status_reason == plain.status_reason
        short = answer([bases_or_symbol(pos, pos, "<INS>", "SVTYPE=INS;SEQ=ACGTA;SVLEN=300")])
        assert any(one.alt == "<INS>" for one in short.variants)


@pytest.mark.parametrize("kind", ["<DEL>", "<CNV>"])
@pytest.mark.parametrize(
    ("gt", "number", "alone", "beside_a_stop"),
    [
        ("0/1", 1, "carrier", "possible"),
        ("1/1", 0, "relevant", "relevant"),
        ("1/1", 1, "possible", "possible"),
        ("0/1", 0, "possible", "possible"),
        ("0/1", 2, "inconclusive", "possible"),
        ("1/1", 2, "inconclusive", "possible"),
        ("0/0", 2, "none", "carrier"),
    ],
)
def test_a_copy_number_against_the_genotype(
    kind: str, gt: str, number: int, alone: str, beside_a_stop: str
) -> None:
    line = record(EXON_6[0], kind, f"SVTYPE=DEL;END={EXON_6[1]}", f"{gt}:{number}", "GT:CN")
    assert answer([line]).status == alone
    if kind == "<DEL>" or number < 2:
        assert answer([STOP], [line]).status == beside_a_stop


@pytest.mark.parametrize("symbol", ["<DEL/INV>", "<DELINV>", "<INVDEL>", "<INVDUP>", "<DUP/INS>"])
@pytest.mark.parametrize("end", [EXON_6[1], 34_500_000])
def test_an_event_of_two_kinds_is_none_of_them(symbol: str, end: int) -> None:
    pos = EXON_6[0] if end == EXON_6[1] else 33_500_000
    line = record(pos, symbol, f"SVTYPE={symbol[1:-1]};END={end}", "1/1")
    for files in (([line], None), ([], [line])):
        assert answer(*files).status == "possible"
    assert answer([line.replace("1/1", "0/1")]).status == "inconclusive"


@pytest.mark.parametrize("reads", [0, 2, 5, 12])
@pytest.mark.parametrize("alt", ["<DEL>", "bases", "<DUP>", "<INV>"])
def test_reads_of_an_event_that_is_called_reference(alt: str, reads: int) -> None:
    """Sniffles writes `0/0` up to about a quarter of the reads."""
    pos, end = EXON_12[0] - 50, EXON_12[1] + 50
    ref, symbol = bases("17", pos, pos), alt
    if alt == "bases":
        ref, symbol = bases("17", pos, end), ref
    info = f"PRECISE;SVTYPE=DEL;END={end};VAF=0.2"
    sample = f"0/0:60:{45 - reads}:{reads}"
    line = f"chr17\t{pos}\t.\t{ref}\t{symbol}\t60\tPASS\t{info}\tGT:GQ:DR:DV\t{sample}"
    for files in (([line], None), ([], [line])):
        found = answer(*files)
        assert found.status == ("inconclusive" if reads >= 5 else "none")
        assert ("called reference" in found.status_reason) is (reads >= 5)
    away = line.replace(f"\t{pos}\t", "\t42320000\t").replace(f"END={end}", "END=42320500")
    if alt != "bases":
        assert answer([away]).status == "none"


@pytest.mark.parametrize(
    ("alt", "keys", "sample"),
    [
        ("<DEL>", "GT", "0/0"),
        ("<DEL>", "GT:CN", "0/0:2"),
        ("<CNV>", "GT:CN", "./.:2"),
        ("<CNV>", "CN", "2"),
    ],
)
@pytest.mark.parametrize(("first", "last"), [(0, 0), (12, -20), (-20, 30)])
def test_another_caller_that_does_not_see_a_deletion(
    alt: str, keys: str, sample: str, first: int, last: int
) -> None:
    low, high = EXON_6[0] + first, EXON_6[1] + last
    other = record(low, alt, f"SVTYPE={alt[1:-1]};END={high}", sample, keys)
    assert answer([deleted("1/1")]).status == "relevant"
    assert answer([deleted("1/1")], [other]).status == "possible"
    assert answer([other], [deleted("1/1")]).status == "possible"
    wide = other.replace(f"\t{low}\t", "\t33700000\t").replace(f"END={high}", "END=33900000")
    assert answer([deleted("1/1")], [wide]).status == "relevant"  # too coarse to see an exon


def of_stat3(first: int, last: int, *, symbol: bool) -> str:
    """A heterozygous deletion of bases `first` to `last` of chromosome 17."""
    if symbol:
        info = f"SVTYPE=DEL;END={last}"
        return record(first - 1, "<DEL>", info, "0/1:99", "GT:GQ", "chr17")
    return bases_or_symbol(first - 1, last, bases("17", first - 1, first - 1), ".")


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        (EXON_21[1] + 30, EXON_21[1] + 300, "possible"),  # its branch point: STAT3 is on minus
        (EXON_21[1] + 70, EXON_21[1] + 300, "none"),
        (EXON_21[0] - 300, EXON_21[0] - 20, "possible"),
        (EXON_21[0] - 300, EXON_21[0] - 70, "none"),
        (EXON_21[1] + 30, EXON_21[1] + 45, "possible"),  # half of where a branch point lies
        (EXON_21[1] + 30, EXON_21[1] + 40, "none"),
        (42_388_443 + 100, 42_388_443 + 900, "possible"),  # its promoter
        (42_388_443 + 600, 42_388_443 + 1_400, "none"),
        (42_313_324 - 900, 42_313_324 - 100, "none"),  # behind its end
    ],
)
def test_a_deletion_beside_an_exon_or_of_the_promoter(first: int, last: int, status: str) -> None:
    for symbol in (True, False):
        assert answer([of_stat3(first, last, symbol=symbol)]).status == status


@pytest.mark.parametrize("away", [10, 40, 60, 200])
@pytest.mark.parametrize("side", [0, 1])
def test_a_large_insertion_beside_an_exon(away: int, side: int) -> None:
    pos = EXON_21[1] + away if side else EXON_21[0] - away
    base = bases("17", pos, pos)
    written = [
        bases_or_symbol(pos, pos, "<INS:ME:ALU>", "SVTYPE=INS;SVLEN=281"),
        bases_or_symbol(pos, pos, "<INS>", "SVTYPE=INS"),
        bases_or_symbol(pos, pos, base + "GGCCGGGCGCGGTGGCTCACGCCTGTAATCCC" * 9, "."),
    ]
    for line in written:
        assert answer([line]).status == ("possible" if away < 50 else "none")
    small = bases_or_symbol(pos, pos, f"{base}GGCC", ".")
    assert away == 10 or answer([small]).status == "none"


@pytest.mark.parametrize(("pos", "status"), [(33_731_100, "possible"), (33_730_000, "none")])
def test_the_promoter_of_both_copies_deleted(pos: int, status: str) -> None:
    line = record(pos, "<DEL>", f"SVTYPE=DEL;END={pos + 800}", "1/1:99", "GT:GQ")
    for files in (([line], None), ([], [line])):
        assert answer(*files).status == status


TRIO = "P\tF\tM"


def trio(small: str, structural: str, *, columns: str = TRIO) -> SampleResult:
    """Return the result of a child whose files have its parents as columns."""
    return trio_of([small], [structural], columns=columns)


def trio_of(small: list[str], structural: list[str], *, columns: str = TRIO) -> SampleResult:
    """Return the same of several records."""
    ground = [f"{line}{line[line.rindex(chr(9)) :] * 2}" for line in GROUND]
    files = {
        "vcf": {"in.vcf": vcf(in_order([*ground, *small]), columns=TRIO)},
        "sv_vcf": {"sv.vcf": vcf(in_order(structural), columns=columns)},
    }
    return result_of(**files, father="F", mother="M")


HET, REF = "0/1:20,20:40:99", "0/0:40,0:40:99"


@pytest.mark.parametrize(
    ("father", "mother", "status"),
    [
        ("0/0", "0/1", "relevant"),
        ("0/1", "0/0", "carrier"),
        ("./.", "./.", "possible"),
        ("0/1", "0/1", "possible"),
    ],
)
@pytest.mark.parametrize("mine", ["P", "other"])
def test_parents_are_columns_of_the_structural_file_too(
    father: str, mother: str, status: str, mine: str
) -> None:
    small = STOP[: STOP.rindex("\t")] + f"\t{HET}\t{HET}\t{REF}"
    found = trio(small, deleted(f"0/1\t{father}\t{mother}"))
    assert found.status == status
    if mine == "other":  # of one column: the child's, and nobody's parent
        assert trio(small, deleted("0/1"), columns="F").status == "possible"


def test_the_sentence_of_a_carrier_names_a_structural_record_without_a_genotype() -> None:
    unread = deleted("12:6:6", "SU:PE:SR")
    found = answer([STOP], [unread])
    assert found.status == "carrier"
    assert "record(s) could not be judged" in found.status_reason
    assert "record 1 (chr20:33757000" in found.status_reason
    assert "not be judged" not in answer([STOP], [deleted("0/0")]).status_reason


@pytest.mark.parametrize("kind", ["<DUP>", "<DUP:TANDEM>", "<INV>"])
@pytest.mark.parametrize("exon", [EXON_12, EXON_21])
@pytest.mark.parametrize(("left", "right"), [(60, 80), (60, -20), (-15, 70)])
def test_exact_ends_change_no_consequence(
    exon: tuple[int, int], kind: str, left: int, right: int
) -> None:
    """A copy lies in the intron behind the exon, but the exon is there twice."""
    pos, end = exon[0] - left, exon[1] + right
    info = f"SVTYPE={kind[1:4]};END={end}"
    found = [
        answer([bases_or_symbol(pos, end, kind, f"{flag}{info}")]) for flag in ("", "PRECISE;")
    ]
    events = [next(one for one in result.variants if one.reported) for result in found]
    assert events[0].consequence == events[1].consequence
    assert found[0].status_reason == found[1].status_reason


@pytest.mark.parametrize("columns", ["P", "P\tQ", "Q\tP"])
@pytest.mark.parametrize("name", [None, "library 1", "P"])
def test_the_column_of_a_structural_file_and_what_is_told_of_it(
    columns: str, name: str | None
) -> None:
    line = deleted("\t".join("0/1" if one == "P" else "0/0" for one in columns.split("\t")))
    cells = {} if name is None else {"vcf_sample": name}
    files = {
        "vcf": {"in.vcf": vcf(GROUND, columns=name or "P")},
        "sv_vcf": {"sv.vcf": vcf([line], columns=columns)},
    }
    assert result_of(**files, **cells, callable=WHOLE_LOCI).status == "carrier"
    files["sv_vcf"] = {"sv.vcf": vcf([deleted("0/1")], columns="X")}
    found = result_of(**files, **cells, callable=WHOLE_LOCI)
    assert found.status == ("carrier" if name is None else "inconclusive")
    assert any("'X'" in text for text in found.warnings) or "no sample" in found.status_reason
    assert not any("sv.vcf: no index" in text for text in found.warnings)


@pytest.mark.parametrize("alt", ["<DUP>", "<DUP:TANDEM>"])
@pytest.mark.parametrize("gt", ["0/1", "1/1"])
def test_a_gain_in_two_copies_has_a_loss_opposite_it(alt: str, gt: str) -> None:
    line = record(EXON_6[0], alt, f"SVTYPE=DUP;END={EXON_6[1]}", f"{gt}:2", "GT:CN")
    assert answer([STOP], [line]).status == "possible"
    assert answer([], [line]).status == "inconclusive"
    assert answer([STOP], [line.replace(f"{gt}:2", "0/0:2")]).status == "carrier"


@pytest.mark.parametrize(("word", "status"), [("HomRef", "relevant"), ("MinGQ", "possible")])
def test_a_reference_call_that_manta_names_one_is_one(word: str, status: str) -> None:
    mine, father, mother = (
        "0/1:PASS:99:30,9:12,8",
        f"0/0:{word}:99:30,0:20,0",
        "0/1:PASS:99:9,9:9,9",
    )
    small = STOP[: STOP.rindex("\t")] + f"\t{HET}\t{HET}\t{REF}"
    line = deleted(f"{mine}\t{father}\t{mother}", "GT:FT:GQ:PR:SR")
    found = trio(small, line)
    assert found.status == "relevant"
    told = [text for one in found.conditions for text in one.reasons]
    assert any("the father does not carry it" in text for text in told) is (status == "relevant")
    carried = deleted(f"0/1:{word}:99:30,9:12,8\t{father}\t{mother}", "GT:FT:GQ:PR:SR")
    assert trio(small, carried).status == "possible"


BROKEN = {
    "insertion": (EXON_6[0] + 200, "<INS>", "SVTYPE=INS;SVLEN=300"),
    "insertion of unknown length": (EXON_6[0] + 200, "<INS>", "SVTYPE=INS"),
    "mobile element": (EXON_6[0] + 200, "<INS:ME:ALU>", "SVTYPE=INS;SVLEN=281"),
    "complex": (EXON_6[0], "<CPX>", f"SVTYPE=CPX;END={EXON_6[1]}"),
    "inverted": (EXON_6[0], "<INV>", f"SVTYPE=INV;END={EXON_6[1]}"),
    "unknown copies": (EXON_6[0], "<CNV>", f"SVTYPE=CNV;END={EXON_6[1]}"),
    "break": (EXON_6[1] + 3000, "N[chr5:1000[", "SVTYPE=BND"),
}


@pytest.mark.parametrize("in_sv_file", [False, True])
@pytest.mark.parametrize("name", BROKEN)
def test_a_copy_broken_in_an_unknown_way_leaves_no_negative(name: str, in_sv_file: bool) -> None:
    line = record(*BROKEN[name], "0/1")
    found = answer([], [line]) if in_sv_file else answer([line])
    assert found.status == "inconclusive"
    assert "may be lost" in found.status_reason
    beside = answer([STOP], [line]) if in_sv_file else answer([STOP, line])
    assert beside.status == "possible"
    assert answer([record(*BROKEN[name], "0/0")]).status == "none"


def test_an_insertion_deep_in_an_intron_stays_quiet() -> None:
    deep = record(EXON_6[1] + 500, "<INS>", "SVTYPE=INS;SVLEN=300", "0/1")
    assert answer([], [deep]).status == "none"
    assert answer([STOP], [deep]).status == "carrier"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((33_757_000, 33_757_250, ""), (33_757_250, 33_757_500, "")),
        ((33_757_000, 33_757_270, ""), (33_757_240, 33_757_500, "")),
        (
            (33_757_000, 33_757_240, ";IMPRECISE;CIPOS=-20,20;CIEND=-20,20"),
            (33_757_250, 33_757_500, ";IMPRECISE;CIPOS=-20,20;CIEND=-20,20"),
        ),
    ],
)
def test_losses_side_by_side_on_one_copy_are_not_judged_singly(first, second) -> None:
    """Exon 6 has 196 bases: without all of it the frame is lost."""
    parts = [
        record(pos, "<DEL>", f"SVTYPE=DEL;END={end}{more}", "0|1:1", "GT:PS")
        for pos, end, more in (first, second)
    ]
    for files in ((parts, None), ([], parts), ([], parts[::-1])):
        found = answer(*files)
        assert found.status == "inconclusive"
        assert "side by side" in found.status_reason
    assert "side by side" not in answer([], parts[:1]).status_reason
    apart = record(33_757_330, "<DEL>", "SVTYPE=DEL;END=33757500", "0|1:1", "GT:PS")
    assert "side by side" not in answer([], [parts[0], apart]).status_reason


@pytest.mark.parametrize("reads", [0, 1, 2, 4])
@pytest.mark.parametrize("said", ["MOSAIC;", ""])
def test_few_reads_of_an_event_that_its_record_calls_mosaic(said: str, reads: int) -> None:
    """Sniffles 2 writes `0/0` for what it has called mosaic."""
    info = f"PRECISE;{said}SVTYPE=DEL;END={EXON_6[1]};VAF=0.1"
    line = record(EXON_6[0], "<DEL>", info, f"0/0:60:{40 - reads}:{reads}", "GT:GQ:DR:DV")
    shown = bool(said) and reads >= 2
    for files in (([line], None), ([], [line])):
        assert answer(*files).status == ("inconclusive" if shown else "none")


@pytest.mark.parametrize(
    ("alt", "stated"), [("<DEL>", "DUP"), ("<DUP>", "DEL"), ("<DEL>", "INV"), ("<DUP>", "TDUP")]
)
def test_an_event_of_which_alt_and_svtype_differ_is_of_two_kinds(alt: str, stated: str) -> None:
    info = f"SVTYPE={stated};END={EXON_6[1]}"
    line = record(EXON_6[0], alt, info, "1/1")
    assert answer([line]).status == "possible"
    assert answer([], [line.replace("1/1", "0/1")]).status == "inconclusive"
    if alt == "<DEL>":
        same = line.replace(f"SVTYPE={stated}", "SVTYPE=DEL")
        assert answer([same]).status == "relevant"
        assert answer([line.replace(f"SVTYPE={stated}", "SVTYPE=CNV")]).status == "relevant"


@pytest.mark.parametrize(
    ("shift", "status"), [(0, "possible"), (20, "relevant"), (60, "relevant"), (150, "possible")]
)
def test_a_parent_that_carries_nearly_the_same_deletion_does_not_lack_it(shift, status) -> None:
    small = STOP[: STOP.rindex("\t")] + f"\t{HET}\t{REF}\t{HET}"
    other = record(
        EXON_6[0] - shift, "<DEL>", f"SVTYPE=DEL;END={EXON_6[1] + shift}", "0/0\t0/1\t0/0"
    )
    found = trio_of([small], [deleted("0/1\t0/0\t0/0"), other])
    told = " ".join(text for one in found.conditions for text in one.reasons)
    assert found.status == status  # the mother has the stop codon alone
    assert ("new, or mixed up" in told) is (shift == 150)
