"""SVLEN with more lengths than ALTs: which one is meant is not known, and none is passed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.record.record_extent import extent_contradicted, farthest, last_bases
from hies_annot.io.windows.placing import Census
from hies_annot.io.windows.vcf import read_windows

HEADER = (
    "##fileformat=VCFv4.2\n##contig=<ID=chr20,length=64444167>\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS\n"
)
WINDOW = ("20", 33_700_000, 33_800_000)
LENGTHS = st.lists(st.integers(1, 20_000), min_size=2, max_size=4)


def written(lengths: list[int], sign: str) -> str:
    return ",".join(f"{sign}{length}" for length in lengths)


@given(LENGTHS, st.sampled_from(["-", ""]), st.sampled_from(["<DEL>", "<DUP>", "<INV>"]))
def test_none_of_several_lengths_is_taken_for_that_of_the_only_alt(
    lengths: list[int], sign: str, alt: str
) -> None:
    info = {"SVLEN": written(lengths, sign)}
    assert last_bases("20", 100, "N", (alt,), info) == (None,)
    assert farthest(100, (alt,), info) >= 100 + max(lengths)
    each = last_bases("20", 100, "N", (alt,) * len(lengths), info)
    assert each == tuple(100 + length for length in lengths)


@given(LENGTHS, st.integers(200, 20_000))
def test_end_tells_the_extent_and_is_doubted_where_a_length_is_another(
    lengths: list[int], span: int
) -> None:
    info = {"SVLEN": written(lengths, "-"), "END": str(100 + span)}
    assert last_bases("20", 100, "N", ("<DEL>",), info) == (100 + span,)
    apart = any(abs(span - one) > max(1, 0.1 * max(span, one)) for one in lengths)
    assert extent_contradicted(100, ("<DEL>",), info) is apart


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(LENGTHS, st.integers(1, 25_000))
def test_a_record_before_a_window_counts_as_lost_where_one_length_reaches_it(
    tmp_path: Path, lengths: list[int], before: int
) -> None:
    pos, file = WINDOW[1] - before, tmp_path / "in.vcf"
    row = f"chr20\t{pos}\t.\tN\t<DEL>\t50\tPASS\tSVTYPE=DEL;SVLEN={written(lengths, '-')}\tGT\t1/1"
    file.write_text(f"{HEADER}{row}\n")
    census = Census(open_vcf(file), ["20"])
    assert not list(read_windows(open_vcf(file), (WINDOW,), census))
    assert bool(census.finished().lost) is (max(lengths) >= before)


@pytest.mark.parametrize(("text", "far"), [("-13,000", 13_000), ("13,000", 13_000)])
def test_a_number_with_commas_may_be_as_long_as_it_says(text: str, far: int) -> None:
    assert last_bases("20", 100, "N", ("<DEL>",), {"SVLEN": text}) == (None,)
    assert farthest(100, ("<DEL>",), {"SVLEN": text}) == 100 + far


@pytest.mark.parametrize(
    ("alts", "info", "twice"),
    [
        ("<DEL>,<DEL>", "SVLEN=-500,-11000", False),
        ("<DEL>,<DEL>", "SVLEN=-500,-500", True),
        ("<DEL>,<del>", "END=33763000", True),
        ("<DEL>,<DUP>", "END=33763000", False),
        ("A,a", ".", True),
    ],
)
def test_two_symbols_are_one_allele_only_where_they_reach_as_far(
    tmp_path: Path, alts: str, info: str, twice: bool
) -> None:
    file = tmp_path / "in.vcf"
    file.write_text(f"{HEADER}chr20\t33752000\t.\tC\t{alts}\t50\tPASS\t{info}\tGT\t0/1\n")
    census = Census(open_vcf(file), ["20"])
    assert len(list(read_windows(open_vcf(file), (WINDOW,), census))) == 1
    notes = census.finished().notes
    assert any("names an allele twice" in note for note in notes) is twice
