"""A phase of which a key of its tool says that it is not sure is none, and PF is a filter."""

from __future__ import annotations

import one_person
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

STOP = "chr20\t33753265\t.\tC\tT\t60\tPASS\t.\t"
OTHER = "chr20\t33757310\t.\tC\tT\t60\tPASS\t.\t"
DOMINANT = "chr17\t42329643\t.\tG\tA\t60\tPASS\t.\t"


def status(*records, columns="P"):
    return one_person.result_of(vcf={"P.vcf": one_person.vcf(records, columns=columns)}).status


@pytest.mark.parametrize("key", ["PQ", "PSQ", "JQ", "PP"])
@pytest.mark.parametrize("second", ["0|1", "1|0"])
@given(quality=st.integers(0, 60), which=st.sampled_from([0, 1]))
@settings(deadline=None, max_examples=10)
def test_a_phase_is_believed_by_every_figure_of_its_quality(key, second, quality, which):
    """JQ and PP were passed over."""
    text = f"{1 - 10 ** (-quality / 10):.9f}" if key == "PP" else str(quality)
    sure = "0.9999" if key == "PP" else "60"
    figures = [text, sure] if which == 0 else [sure, text]
    lines = [
        f"{place}GT:AD:DP:GQ:PS:{key}\t{genotype}:20,20:40:99:7:{figure}"
        for place, genotype, figure in zip((STOP, OTHER), ("0|1", second), figures, strict=True)
    ]
    believed = "carrier" if second == "0|1" else "relevant"
    if key == "PP" and quality == 20:
        return  # the share is rounded
    assert status(*lines) == (believed if quality >= 20 else "possible")


def test_posteriors_under_pp_say_nothing_of_the_phase():
    keys = "GT:AD:DP:GQ:PS:PP"
    lines = [f"{place}{keys}\t0|1:20,20:40:99:7:90,0,90" for place in (STOP, OTHER)]
    assert status(*lines) == "carrier"


@pytest.mark.parametrize("text", ["0", "FAIL", "0,1", "1", "PASS", "TR_OVERLAP", "."])
@pytest.mark.parametrize("more", [0, 11])
def test_pf_is_a_filter_of_the_sample(text, more):
    line = f"{DOMINANT}GT:AD:DP:GQ:PF\t0/1:20,20:40:99:{text}"
    line += "\t0/0:40,0:40:99:1" * more
    columns = "\t".join(["P", *(f"S{number}" for number in range(more))])
    wanted = "possible" if text in ("0", "FAIL", "0,1") else "relevant"
    assert status(line, columns=columns) == wanted
