"""One structural event in many spellings and files: one answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from containers import CONTAINERS, pack
from hypothesis import given, settings
from hypothesis import strategies as st
from one_person import WHOLE_LOCI, in_order, result_of, usual_engine, vcf

from hies_annot.genome import Build
from hies_annot.results.contract import SampleResult
from hies_annot.run.engine import Engine

GROUND = [
    "chr17\t43000000\t.\tA\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99",
    "chr20\t34000000\t.\tA\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99",
]
STOP = "chr20\t33781315\t.\tC\tG\t500\tPASS\t.\tGT:AD:DP:GQ:PS\t1|0:20,20:40:99:1"
"""Y549* of ZNF341."""
INTRON, EXON, OUTSIDE = 33_760_000, 33_753_300, 33_500_000
FILES = ("vcf", "sv_vcf")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return usual_engine()


def record(pos: int, alt: str, info: str = ".", gt: str = "1/1", chrom: str = "chr20") -> str:
    return f"{chrom}\t{pos}\t.\tN\t{alt}\t500\tPASS\t{info}\tGT:GQ\t{gt}:99"


def text_of(records: list[str]) -> str:
    return vcf(in_order(records))


def answer(engine: Engine, records: list[str], where: str = "vcf") -> SampleResult:
    """Return the result of a sample with some records, in its VCF or its SV file."""
    small = GROUND + (records if where == "vcf" else [])
    large = records if where == "sv_vcf" else []
    files = {"vcf": {"in.vcf": text_of(small)}, "sv_vcf": {"sv.vcf": text_of(large)}}
    return result_of(engine, **files, callable=WHOLE_LOCI)


def breaks_at(pos: int) -> dict[str, str]:
    """Return the spellings of a break at a place of chromosome 20 that goes on elsewhere."""
    far = "CHR2=chr5;END=1000000"
    return {
        "brackets": record(pos, "N]chr5:1000000]", "SVTYPE=BND"),
        "no mate": record(pos, "NACGT.", "SVTYPE=BND"),
        "no mate, the other side": record(pos, ".N"),
        "TRA": record(pos, "<TRA>", f"SVTYPE=TRA;{far}"),
        "small letters": record(pos, "<tra>", f"SVTYPE=TRA;{far}"),
        "no brackets": record(pos, "TRA", f"SVTYPE=TRA;{far}"),
        "N": record(pos, "N", f"SVTYPE=TRA;{far}"),
        "CTX": record(pos, "<CTX>", f"SVTYPE=CTX;CHR2=chr5;END2=1000000;END={pos}"),
        "POS2": record(pos, "<BND>", f"SVTYPE=BND;CHR2=chr5;POS2=1000000;END={pos + 1}"),
        "END alone": record(pos, "<BND>", f"SVTYPE=BND;CHR2=chr5;END={pos + 1}"),
        "strands": record(pos, "<BND>", f"SVTYPE=BND;{far};STRANDS=++:9"),
        "nothing": record(pos, "<BND>"),
    }


@pytest.mark.parametrize("where", FILES)
@pytest.mark.parametrize("name", breaks_at(1))
@pytest.mark.parametrize("pos", [INTRON, EXON])
def test_a_break_within_the_gene(engine: Engine, pos: int, name: str, where: str) -> None:
    line = breaks_at(pos)[name]
    assert answer(engine, [line], where).status == "possible"
    het = line.replace("GT:GQ\t1/1:99", "GT:GQ:PS\t0|1:99:1")
    assert answer(engine, [STOP, het] if where == "vcf" else [het], where).status == (
        "possible" if where == "vcf" else "inconclusive"
    )
    assert answer(engine, [line.replace("1/1", "0/0")], where).status == "none"


OTHER_ENDS = {
    "brackets": record(1_000_000, f"]chr20:{INTRON}]N", "SVTYPE=BND", chrom="chr5"),
    "END": record(1_000_000, "<TRA>", f"SVTYPE=TRA;CHR2=chr20;END={INTRON}", chrom="chr5"),
    "POS2": record(
        1_000_000, "<BND>", f"SVTYPE=BND;CHR2=chr20;POS2={INTRON};END=1000001", chrom="chr5"
    ),
    "END2": record(
        1_000_000, "<CTX>", f"SVTYPE=CTX;CHR2=20;END2={INTRON};END=1000000", chrom="chr5"
    ),
    "no place": record(1_000_000, "<TRA>", "SVTYPE=TRA;CHR2=chr20", chrom="chr5"),
    "END of the record": record(1_000_000, "<TRA>", "CHR2=chr20;END=1000001", chrom="chr5"),
    "strands": record(1_000_000, "<BND>", f"CHR2=chr20;END={INTRON};STRANDS=+-", chrom="chr5"),
    "chromosome of the other gene": record(1_000, f"]chr20:{INTRON}]N", chrom="chr17"),
    "behind": record(60_000_000, "<BND>", f"CHR2=chr20;POS2={INTRON}"),
    "brackets behind": record(60_000_000, f"N]chr20:{INTRON}]"),
    "both sides of the gene": record(60_000_000, f"]chr20:{OUTSIDE}]N"),
}


@pytest.mark.parametrize("where", FILES)
@pytest.mark.parametrize("name", OTHER_ENDS)
def test_a_break_of_which_only_the_other_end_is_given(
    engine: Engine, name: str, where: str
) -> None:
    line = OTHER_ENDS[name]
    result = answer(engine, [line], where)
    assert result.status == "inconclusive"
    assert "could not be placed or read" in result.status_reason
    assert answer(engine, [line.replace("1/1", "0/0")], where).status == "none"


def test_a_break_with_both_records_is_read_from_its_own(engine: Engine) -> None:
    for far in (OTHER_ENDS["brackets"], OTHER_ENDS["END"], OTHER_ENDS["POS2"]):
        for own in ("<TRA>", "N]chr5:1000000]", "N."):
            both = [far, record(INTRON, own, "SVTYPE=BND;CHR2=chr5;END=1000000")]
            assert answer(engine, both).status == "possible"
    elsewhere = record(1_000_000, "<TRA>", "CHR2=chr20;END=50000000", chrom="chr5")
    assert answer(engine, [elsewhere]).status == "none"


@pytest.mark.parametrize("where", FILES)
@pytest.mark.parametrize(
    ("pos", "mate"), [(OUTSIDE, INTRON), (INTRON, 60_000_000), (OUTSIDE, 60_000_000)]
)
def test_a_break_within_the_chromosome_of_unknown_sides(
    engine: Engine, pos: int, mate: int, where: str
) -> None:
    """What it does depends on the sides that are joined; brackets say them."""
    for info in (f"CHR2=chr20;POS2={mate}", f"CHR2=20;END2={mate};END={pos}", f"END={mate}"):
        assert answer(engine, [record(pos, "<BND>", info)], where).status == "possible"


def structural(pos: int, alt: str, info: str, sample: str, keys: str = "GT") -> str:
    return f"chr20\t{pos}\t.\tN\t{alt}\t500\tPASS\t{info}\t{keys}\t{sample}"


EVENTS = {
    "deletion": (33_752_000, "<DEL>", "SVTYPE=DEL;END=33763000"),
    "insertion": (EXON, "<INS>", "SVTYPE=INS;SVLEN=300"),
    "inversion": (33_752_000, "<INV>", "SVTYPE=INV;END=33763000"),
    "copy number": (33_752_000, "<CNV>", "SVTYPE=CNV;END=33763000"),
    "break": (INTRON, "N[chr5:1000[", "SVTYPE=BND"),
    "joined": (33_752_000, "N[chr20:33763000[", "SVTYPE=BND"),
    "bare": (33_752_000, "DEL", "SVTYPE=DEL;SVLEN=-11000"),
}
WITHOUT_EFFECT = {
    "deletion in an intron": (33_759_000, "<DEL>", "SVTYPE=DEL;END=33759500"),
    "insertion in an intron": (INTRON, "<INS>", "SVTYPE=INS;SVLEN=300"),
    "a whole copy more": (OUTSIDE, "<DUP>", "SVTYPE=DUP;END=34500000"),
}


@pytest.mark.parametrize("where", FILES)
@pytest.mark.parametrize("gt", ["./.", ".", "0/.", ".|0", ".|."])
@pytest.mark.parametrize("name", EVENTS)
def test_a_structural_record_without_a_call(engine: Engine, name: str, gt: str, where: str) -> None:
    result = answer(engine, [structural(*EVENTS[name], gt)], where)
    assert result.status == "inconclusive"
    assert "structural record(s) that would matter have no call" in result.status_reason
    assert answer(engine, [structural(*EVENTS[name], "0/0")], where).status == "none"


@pytest.mark.parametrize("name", WITHOUT_EFFECT)
def test_a_record_without_a_call_that_would_not_matter(engine: Engine, name: str) -> None:
    for gt in ("./.", "0/."):
        assert answer(engine, [structural(*WITHOUT_EFFECT[name], gt)]).status == "none"


def test_reads_of_an_event_without_a_call_are_told(engine: Engine) -> None:
    line = structural(*EVENTS["break"], ".:30:0:0", "GT:VF:REF:REFPAIR")
    result = answer(engine, [line])
    assert (result.status, "with 30 reads of it" in result.status_reason) == ("inconclusive", True)
    called = answer(engine, [structural(*EVENTS["deletion"], "./.:0", "GT:CN")])
    assert called.status == "relevant"
    assert answer(engine, [structural(*EVENTS["deletion"], "./.:2", "GT:CN")]).status == "none"


FIRST_BASE = 33_757_148
"""First base of exon 6 of ZNF341, behind the intron of the deletions below."""
WIDEST = 1_000
ENDS = st.integers(33_754_500, FIRST_BASE - 3) | st.integers(FIRST_BASE - 400, FIRST_BASE - 3)


@given(
    end=ENDS,
    off=st.sampled_from([0, 1, 20, 100, 300, 999, 1_000, 1_001, 5_000]),
    kind=st.sampled_from(["DEL", "INV"]),
    where=st.sampled_from(FILES),
)
@settings(max_examples=60)
def test_an_imprecise_end_counts_wherever_it_may_lie(
    end: int, off: int, kind: str, where: str
) -> None:
    engine = usual_engine()
    exact = [
        answer(engine, [record(33_754_400, f"<{kind}>", f"SVTYPE={kind};END={last}")], where).status
        for last in (end, end + min(off, WIDEST))
    ]
    info = f"IMPRECISE;SVTYPE={kind};END={end};CIPOS=0,0;CIEND=-{off},{off}"
    found = answer(engine, [record(33_754_400, f"<{kind}>", info)], where).status
    assert found == ("none" if set(exact) == {"none"} else "possible")


DELETED = "SVTYPE=DEL;END=33757000"
UNSURE = {
    "CIEND": (33_754_500, "<DEL>", f"IMPRECISE;{DELETED};CIPOS=-5,5;CIEND=-300,300"),
    "CIPOS alone": (33_754_500, "<DEL>", f"IMPRECISE;{DELETED};CIPOS=-300,300"),
    "no flag": (33_754_500, "<DEL>", f"{DELETED};CIPOS=-300,300;CIEND=-300,300"),
    "CIEND alone, no flag": (33_754_500, "<DEL>", f"{DELETED};CIEND=-300,300"),
    "brackets": (33_754_500, "N[chr20:33757001[", "IMPRECISE;CIPOS=-300,300"),
    "the other break": (33_757_001, "]chr20:33754500]N", "IMPRECISE;CIPOS=-300,300"),
    "START": (33_753_700, "<DEL>", "IMPRECISE;SVTYPE=DEL;SVLEN=-900;CIPOS=-300,300;CIEND=0,0"),
    "INS": (33_753_490, "<INS>", "IMPRECISE;SVTYPE=INS;SVLEN=300;CIPOS=-100,100"),
    "INS behind": (FIRST_BASE - 60, "<INS>", "IMPRECISE;SVTYPE=INS;CIPOS=-100,100"),
    "whole gene turned": (
        33_731_500,
        "<INV>",
        "IMPRECISE;SVTYPE=INV;END=34500000;CIPOS=-900,900;CIEND=-9,9",
    ),
}


@pytest.mark.parametrize("name", UNSURE)
def test_an_allele_whose_ends_may_reach_an_exon(engine: Engine, name: str) -> None:
    pos, alt, info = UNSURE[name]
    result = answer(engine, [record(pos, alt, info)])
    assert result.status == "possible"
    (condition,) = (one for one in result.conditions if one.id == "ZNF341-AR-HIES")
    assert any("has ends that are not exact" in reason for reason in condition.reasons)
    assert answer(engine, [record(pos, alt, info, "0/1")]).status == "none"
    assert answer(engine, [record(pos, alt, info, "./.")]).status == "inconclusive"
    for exact in (f"{info};PRECISE", info.replace("CI", "XCI"), info.replace(",300", ",1")):
        if exact != info and name not in ("START", "INS", "INS behind"):
            line = record(pos, alt, exact.replace("IMPRECISE;", ""))
            assert answer(engine, [line]).status == "none" or ",1" in exact


def test_a_gene_that_is_turned_round_as_a_whole_is_not_broken(engine: Engine) -> None:
    whole = [
        record(33_000_000, "<INV>", "SVTYPE=INV;END=34500000"),
        record(33_727_000, "<INV>", "PRECISE;SVTYPE=INV;END=33797000"),
        record(33_000_000, "N]chr20:34500000]", "SVTYPE=BND"),
    ]
    for line in whole:
        result = answer(engine, [line])
        assert result.status == "none"
        assert [one.drop_reason for one in result.variants if one.pos != 34_000_000] == [
            "breaks_no_copy"
        ]
    for end in (INTRON, EXON):
        broken = record(33_000_000, "<INV>", f"SVTYPE=INV;END={end}")
        assert answer(engine, [broken]).status in ("possible", "relevant")


NONSENSE = 33_753_265
"""Q195* of ZNF341, C>T."""


@pytest.mark.parametrize("gt", ["1/2", "2/1", "1|2", "2|1"])
@pytest.mark.parametrize("end", [33_753_300, 33_763_000, 34_500_000])
@pytest.mark.parametrize("order", ["T,<DEL>", "<DEL>,T"])
def test_one_record_with_an_allele_and_a_deletion_is_two_records_in_trans(
    engine: Engine, gt: str, end: int, order: str
) -> None:
    def line(alt: str, genotype: str, reads: str) -> str:
        info = f"SVTYPE=DEL;END={end}" if "<" in alt else "."
        values = f"GT:AD:DP:GQ:PS\t{genotype}:{reads}:40:99:7"
        return f"chr20\t{NONSENSE}\t.\tC\t{alt}\t500\tPASS\t{info}\t{values}"

    apart = [line("T", "0|1", "20,20"), line("<DEL>", "1|0", "20,20")]
    one, two = answer(engine, [line(order, gt, "0,20,20")]), answer(engine, apart)
    assert one.status == two.status
    assert one.status == ("relevant" if end == 33_753_300 else "possible")
    (found,) = (c for c in one.conditions if c.status == one.status)
    assert (found.phase, found.phase_evidence) == ("trans", "same_record")


@pytest.mark.parametrize("alt", ["<DEL>", "<CN0>"])
def test_an_allele_behind_the_base_before_a_deletion_lies_in_it(engine: Engine, alt: str) -> None:
    pos = NONSENSE - 1
    ref = engine.tools(Build.GRCH38).reference.overlapping("20", pos, pos)
    bases = ref.bases(pos, pos + 1) if ref else ""
    info = "SVTYPE=DEL;END=33753301\tGT:AD:DP:GQ\t1/2:0,20,20:40:99"
    line = f"chr20\t{pos}\t.\t{bases}\t{bases[0]}T,{alt}\t500\tPASS\t{info}"
    result = answer(engine, [line])
    assert result.status == "relevant"
    (stop,) = (one for one in result.variants if one.pos == NONSENSE)
    assert stop.zygosity == "over_deletion"


LOSSES = {alt: (33_750_000, alt, "END=33763000") for alt in ("<DEL>", "<CNV>", "<CN0>")}


@pytest.mark.parametrize("alt", LOSSES)
@pytest.mark.parametrize("key", ["CN", "TCN"])
@pytest.mark.parametrize("text", ["{}", "{}.0", "CN{}", "cn{}", "CN={}"])
@pytest.mark.parametrize("gt", ["./.", None])
def test_a_copy_number_however_it_is_written(
    engine: Engine, gt: str | None, text: str, key: str, alt: str
) -> None:
    for copies, status in ((0, "relevant"), (1, "carrier"), (2, "none")):
        number = text.format(copies)
        keys, sample = (key, number) if gt is None else (f"GT:{key}", f"{gt}:{number}")
        line = structural(*LOSSES[alt], sample, keys)
        assert answer(engine, [line]).status == status


@pytest.mark.parametrize("alt", LOSSES)
@pytest.mark.parametrize("text", ["loss", "CN", "CNx", "inf", "nan", "0x0"])
@pytest.mark.parametrize("key", ["CN", "TCN", "MCN"])
def test_a_copy_number_that_cannot_be_read(engine: Engine, key: str, text: str, alt: str) -> None:
    for gt, status in (("1/1", "possible"), ("0/0", "inconclusive"), ("./.", "inconclusive")):
        result = answer(engine, [structural(*LOSSES[alt], f"{gt}:{text}", f"GT:{key}")])
        assert result.status == status
        assert any("is no copy number; it is not read" in one for one in result.warnings)


@pytest.mark.parametrize("sample", [".:1:40", "./.:0:40"])
@pytest.mark.parametrize("keys", ["GT:NRCN:CNQ", "GT:LOG2:XX", "GT:CNF:XX"])
def test_a_figure_that_is_no_copy_number_leaves_no_call(
    engine: Engine, keys: str, sample: str
) -> None:
    for event in LOSSES.values():
        assert answer(engine, [structural(*event, sample, keys)]).status == "inconclusive"


DECLARED = "".join(
    f'##INFO=<ID={key},Number=1,Type={kind},Description="x">\n'
    for key, kind in (
        *((name, "Integer") for name in ("END", "END2", "POS2")),
        *((name, "String") for name in ("SVTYPE", "CHR2", "STRANDS")),
    )
) + "".join(
    f'##FORMAT=<ID={key},Number={number},Type={kind},Description="x">\n'
    for key, number, kind in (
        ("GT", 1, "String"),
        ("GQ", 1, "Integer"),
        ("DP", 1, "Integer"),
        ("AD", "R", "Integer"),
    )
)


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("name", OTHER_ENDS)
def test_the_other_end_of_a_break_in_every_container(
    engine: Engine, tmp_path: Path, name: str, container: str
) -> None:
    file = tmp_path / "in.vcf"
    file.write_text(vcf(in_order([*GROUND, OTHER_ENDS[name]]), header=DECLARED))
    result = result_of(engine, vcf=str(pack(file, container)), callable=WHOLE_LOCI)
    assert result.status == "inconclusive", result.status_reason
    assert "could not be placed or read" in result.status_reason
