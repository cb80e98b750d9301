"""A loss of exons in bases, as a symbol with exact ends, or with unsure ones: one answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_person import WHOLE_LOCI, in_order, result_of, vcf
from vcf_text import bases

from hies_annot.results.contract import SampleResult

EXONS = {
    2: (33_740_902, 33_741_012),
    3: (33_745_103, 33_745_299),
    4: (33_748_923, 33_749_072),
    5: (33_753_172, 33_753_423),
    6: (33_757_148, 33_757_343),
    7: (33_758_716, 33_758_806),
    8: (33_761_862, 33_762_055),
}
"""Inner exons of ZNF341, all coding."""
GROUND = [
    "chr17\t43000000\t.\tA\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99",
    "chr20\t34000000\t.\tA\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99",
]
BOTH, ONE = "1/1:0,40:40:99", "0/1:20,20:40:99"
BREAKS, KEPT = {BOTH: "relevant", ONE: "carrier"}, {BOTH: "possible", ONE: "none"}
AWAY = st.integers(20, 120)


def answer(line: str) -> SampleResult:
    return result_of(vcf={"P.vcf": vcf(in_order([*GROUND, line]))}, callable=WHOLE_LOCI)


def lost(pos: int, end: int, sample: str, spelling: str) -> str:
    """A deletion of the bases behind `pos` to `end`."""
    ref, alt, info = "N", "<DEL>", f"SVTYPE=DEL;END={end}"
    if spelling == "bases":
        ref, info = bases("20", pos, end).upper(), "."
        alt = ref[:1]
    info = f"PRECISE;{info}" if spelling == "exact" else info
    return f"chr20\t{pos}\t.\t{ref}\t{alt}\t500\tPASS\t{info}\tGT:AD:DP:GQ\t{sample}"


def size(first: int, last: int) -> int:
    return sum(EXONS[number][1] - EXONS[number][0] + 1 for number in range(first, last + 1))


@given(first=st.integers(2, 8), more=st.integers(0, 3), left=AWAY, right=AWAY)
@settings(deadline=None, max_examples=12)
def test_whole_exons(first: int, more: int, left: int, right: int) -> None:
    last = min(8, first + more)
    due = BREAKS if size(first, last) % 3 else KEPT
    for sample in (BOTH, ONE):
        for spelling in ("bases", "exact", "unsure"):
            ends = EXONS[first][0] - left, EXONS[last][1] + right
            assert answer(lost(*ends, sample, spelling)).status == due[sample]


@given(
    first=st.integers(2, 8),
    more=st.integers(0, 3),
    side=st.sampled_from(["left", "right"]),
    away=AWAY,
    inside=st.integers(20, 60),
)
@settings(deadline=None, max_examples=12)
def test_an_exon_without_one_of_its_sites_is_skipped_with_the_others(
    first: int, more: int, side: str, away: int, inside: int
) -> None:
    last = min(8, first + more)
    pos, end = EXONS[first][0] - away, EXONS[last][1] - inside
    if side == "right":
        pos, end = EXONS[first][0] + inside, EXONS[last][1] + away
    due = BREAKS if size(first, last) % 3 else KEPT
    for sample in (BOTH, ONE):
        for spelling in ("bases", "exact"):
            assert answer(lost(pos, end, sample, spelling)).status == due[sample]
    assert answer(lost(pos, end, ONE, "unsure")).status == "inconclusive"
    assert answer(lost(pos, end, BOTH, "unsure")).status == "possible"


@given(first=st.integers(2, 7), left=st.integers(15, 60), right=st.integers(15, 60))
@settings(deadline=None, max_examples=12)
def test_what_is_left_of_two_exons_is_one(first: int, left: int, right: int) -> None:
    pos, end = EXONS[first][0] + left, EXONS[first + 1][0] + right
    gone = EXONS[first][1] - pos + end - EXONS[first + 1][0] + 1
    due = BREAKS if gone % 3 else KEPT
    for spelling in ("bases", "exact"):
        assert answer(lost(pos, end, ONE, spelling)).status == due[ONE]


@pytest.mark.parametrize("spelling", ["bases", "exact", "unsure"])
def test_a_lost_frame_that_may_escape_decay_leaves_no_negative(spelling: str) -> None:
    """Exon 14 of 15 has 71 bases: the new stop lies in the last exon."""
    found = answer(lost(33_789_400, 33_789_700, ONE, spelling))
    assert found.status == "inconclusive"
    kept = answer(lost(33_788_800, 33_789_700, ONE, spelling))
    assert kept.status == "none"


@pytest.mark.parametrize("spelling", ["bases", "exact", "unsure"])
def test_the_loss_of_the_last_exon_leaves_no_negative(spelling: str) -> None:
    found = answer(lost(33_790_000, 33_795_000, ONE, spelling))
    assert found.status == "inconclusive"
    assert "may be lost" in found.status_reason
    assert answer(lost(33_791_700, 33_795_000, ONE, spelling)).status == "none"


@pytest.mark.parametrize(
    ("pos", "end"), [(33_757_000, 33_757_146), (33_757_050, 33_757_147), (33_757_344, 33_757_500)]
)
def test_a_splice_site_alone(pos: int, end: int) -> None:
    for spelling in ("bases", "exact"):
        for sample in (BOTH, ONE):
            assert answer(lost(pos, end, sample, spelling)).status == BREAKS[sample]
    assert answer(lost(pos, end, BOTH, "unsure")).status == "possible"
    assert answer(lost(pos, end, ONE, "unsure")).status == "inconclusive"


@pytest.mark.parametrize("alt", ["<INS>", "<INS:ME:ALU>"])
@pytest.mark.parametrize(
    ("pos", "status"),
    [
        (33_757_146, "inconclusive"),
        (33_757_344, "inconclusive"),
        (33_757_130, "none"),
        (33_757_350, "none"),
    ],
)
def test_an_insertion_that_parts_a_splice_site_leaves_no_negative(alt, pos, status) -> None:
    line = f"chr20\t{pos}\t.\tN\t{alt}\t500\tPASS\tSVTYPE=INS;SVLEN=280\tGT\t0/1"
    assert answer(line).status == status


WITHIN, OVER = (33_757_200, 33_757_280), (33_757_000, 33_757_500)


@pytest.mark.parametrize("extent", [WITHIN, OVER])
@pytest.mark.parametrize(
    "alt",
    ["<DUP>", "<DUP:TANDEM>", "<DUP:INS>", "<DUP:DISPERSED>", "<DUP:INT>", "<DUP:INV>", "<CN3>"],
)
def test_a_copy_of_a_part_of_the_coding_region_leaves_no_negative(alt, extent) -> None:
    pos, end = extent
    line = f"chr20\t{pos}\t.\tN\t{alt}\t500\tPASS\tSVTYPE=DUP;END={end}\tGT\t0/1"
    assert answer(line).status == "inconclusive"
    assert answer(line.replace("0/1", "0/0")).status == "none"


@pytest.mark.parametrize("alt", ["<DUP>", "<DUP:TANDEM>", "<DUP:DISPERSED>", "<CN3>"])
@pytest.mark.parametrize(
    ("pos", "end"), [(33_700_000, 33_900_000), (33_760_000, 33_760_900), (33_700_000, 33_731_000)]
)
def test_a_copy_of_the_whole_gene_or_of_an_intron_stays_quiet(alt, pos, end) -> None:
    line = f"chr20\t{pos}\t.\tN\t{alt}\t500\tPASS\tSVTYPE=DUP;END={end}\tGT\t0/1"
    assert answer(line).status == "none"


@pytest.mark.parametrize("alt", ["<DUP>", "<DUP:TANDEM>"])
def test_a_copy_that_keeps_the_frame_or_leaves_a_whole_gene_stays_quiet(alt) -> None:
    for pos, end in ((33_753_000, 33_753_600), (33_700_000, 33_758_000), (33_757_000, 33_900_000)):
        line = f"chr20\t{pos}\t.\tN\t{alt}\t500\tPASS\tSVTYPE=DUP;END={end}\tGT\t0/1"
        assert answer(line).status == "none"


@given(pos=st.integers(33_757_150, 33_757_250), third=st.integers(17, 26))
@settings(deadline=None, max_examples=12)
def test_a_copy_or_inversion_within_an_exon_leaves_no_negative(pos: int, third: int) -> None:
    ways = [("<DUP:TANDEM>", "exact"), ("<DUP:TANDEM>", "unsure"), ("<INV>", "unsure")]
    for alt, spelling in ways:
        line = lost(pos, pos + 3 * third + 1, ONE, spelling).replace("<DEL>", alt)
        found = answer(line.replace("=DEL", f"={alt[1:4]}"))
        assert found.status in ("inconclusive", "carrier")


@pytest.mark.parametrize("flag", ["", "PRECISE;"])
def test_an_inversion_of_a_splice_site_leaves_no_negative(flag: str) -> None:
    info = f"{flag}SVTYPE=INV;END=33757146"
    line = f"chr20\t33757000\t.\tN\t<INV>\t500\tPASS\t{info}\tGT\t0/1"
    assert answer(line).status == "inconclusive"
