"""Lines that end with CR alone (old Mac) are named, or read where they stand among others."""

from __future__ import annotations

import one_person
from hypothesis import given, settings
from hypothesis import strategies as st

DOMINANT = "chr17\t42329643\t.\tG\tA\t60\tPASS\tX=1\tGT:AD:DP:GQ\t0/1:20,20:40:99"
BESIDE = "\t.\tA\tG\t60\tPASS\tX=1\tGT\t0/1"
ELSEWHERE = (f"chr17\t43000000{BESIDE}", f"chr20\t34000000{BESIDE}")


def result(text):
    return one_person.result_of(vcf={"P.vcf": text}, callable=one_person.WHOLE_LOCI)


def test_a_file_of_cr_alone_is_named():
    """It said that the header is cut short, or that a sample stands twice."""
    text = one_person.vcf([DOMINANT, *ELSEWHERE])
    header, records = text.split("#CHROM")
    for one in (text.replace("\n", "\r"), f"{header}#CHROM{records}".replace("\nchr", "\rchr")):
        found = result(one)
        assert found.status == "failed"
        assert "old Mac" in found.status_reason


@given(ends=st.lists(st.sampled_from(["\n", "\r", "\r\n", "\r\r"]), min_size=3, max_size=3))
@settings(deadline=None, max_examples=20)
def test_a_record_behind_a_cr_is_read(ends):
    """It was a part of the line before it: nothing found."""
    records = one_person.in_order([*ELSEWHERE, DOMINANT])
    text = one_person.vcf([]) + "".join(map("".join, zip(records, ends, strict=True)))
    assert result(text).status == "relevant"


@given(note=st.text("abc \r", max_size=12).filter(lambda text: not text.endswith("\r")))
@settings(deadline=None, max_examples=10)
def test_a_cr_within_a_text_changes_nothing(note):
    records = [one.replace("X=1", f"X={note}1") for one in ELSEWHERE]
    assert result(one_person.vcf(records)).status == "none"
