"""Two files of one person: the second never loses what the first shows, and nothing is hidden."""

from __future__ import annotations

import pytest
from one_person import result_of, vcf
from vcf_text import bases

DOMINANT = "chr17\t42329643\t.\tG\t{alt}\t60\tPASS\t.\tGT:AD:DP:GQ\t{call}\n"
STOP = "chr20\t33753265\t.\tC\tT\t60\tPASS\t.\tGT:AD:DP:GQ\t{call}\n"
HET, HOM, NONE, OPEN = "0/1:20,20:40:99", "1/1:0,40:40:99", "0/0:40,0:40:99", "./.:0,0:0:0"
HET_LESS = "0/1:16,18:34:80"


def blocks(call="0/0:40:99"):
    line = "{}\t{}\t.\tN\t<NON_REF>\t.\t.\tEND={}\tGT:DP:GQ\t" + call + "\n"
    return line.format("chr17", 42300000, 42400000) + line.format("chr20", 33720000, 33800000)


def result(*parts):
    """Return the result of a person whose files have some records (text with line ends)."""
    return result_of(vcf={f"{n}.vcf": vcf(text.splitlines()) for n, text in enumerate(parts)})


DOM = DOMINANT.format(alt="A", call=HET)
PAIRS = [
    (DOM, DOMINANT.format(alt="A", call=HET_LESS), "relevant"),
    (DOM, DOMINANT.format(alt="A", call=NONE), "possible"),
    (DOM, blocks(), "possible"),
    (DOM, blocks("./.:0:0"), "relevant"),
    (DOM, blocks("0/0:40:0"), "relevant"),
    (STOP.format(call=HET), STOP.format(call=HET_LESS), "carrier"),
    (STOP.format(call=HOM), STOP.format(call=HET), "possible"),
    (STOP.format(call=HOM), STOP.format(call=NONE), "possible"),
    (STOP.format(call=HOM), blocks(), "possible"),
    (blocks(), blocks("0/0:30:60"), "none"),
    (blocks(), blocks("0/0:3:9"), "none"),
]


@pytest.mark.parametrize(("one", "other", "status"), PAIRS)
@pytest.mark.parametrize("turned", [False, True])
def test_the_answer_of_two_files_is_the_same_in_any_order(one, other, status, turned):
    assert result(*((other, one) if turned else (one, other))).status == status


def test_a_change_that_one_file_denies_is_told_and_leaves_no_negative():
    base = bases("17", 42320000, 42320000).upper()
    other = "A" if base != "A" else "C"
    change = DOMINANT.format(alt=other, call=HET).replace("42329643\t.\tG", f"42320000\t.\t{base}")
    one = result(change, blocks())
    assert one.status == "inconclusive"
    assert "0.vcf: it and 1.vcf give different genotypes of chr17:42320000" in one.status_reason
    assert result(blocks()).status == "none"
