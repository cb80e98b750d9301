"""Of reference blocks of one file that overlap and disagree the worse one holds."""

from __future__ import annotations

import one_person
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hies_annot.callability.overlapping_blocks import worse_blocks
from hies_annot.callability.statements import Statement, Weight

LOCI = (("chr17", 42311325, 42393495), ("chr20", 33726657, 33797269))
GOOD = "0/0:40:99:30"


def blocks(alt, values):
    keys = "GT:DP:GQ:MIN_DP"
    return [f"{c}\t{s}\t.\tN\t{alt}\t.\t.\tEND={e}\t{keys}\t{values}" for c, s, e in LOCI]


def status(*files):
    texts = {f"P{number}.vcf": one_person.vcf(file) for number, file in enumerate(files)}
    return one_person.result_of(vcf=texts).status


@pytest.mark.parametrize("alt", ["<NON_REF>", "<*>", "."])
@pytest.mark.parametrize("worse", ["0/0:2:3:1", "0/0:40:2:30", "0/0:40:99:3", "./.:0:0:0"])
def test_the_worse_of_two_blocks_of_one_file_holds(alt, worse):
    """The better one counted, and the answer was "nothing found"."""
    good, bad = blocks(alt, GOOD), blocks(alt, worse)
    assert status(good) == status([*good, *good]) == "none"
    assert status([*good, *bad]) == status([*bad, *good]) == "inconclusive"


def test_of_two_files_either_may_have_seen_a_base():
    assert status(blocks("<*>", GOOD), blocks("<*>", "0/0:2:3:1")) == "none"


SPANS = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 12), st.booleans()), max_size=6)


@given(spans=SPANS)
@settings(deadline=None, max_examples=100)
def test_bases_are_callable_where_a_good_block_and_no_worse_one_lies(spans):
    weights = {True: Weight.CALLABLE, False: Weight.NOT_CALLABLE}
    given = [Statement(low, low + more, weights[good], "gVCF") for low, more, good in spans]
    found = [*worse_blocks([("f", one) for one in given])]
    seen = [base for one in found if one.callable for base in range(one.start, one.end + 1)]
    bad = {b for one in given if not one.callable for b in range(one.start, one.end + 1)}
    good = {b for one in given if one.callable for b in range(one.start, one.end + 1)}
    assert set(seen) == good - bad
    assert [one for one in found if not one.callable] == [one for one in given if not one.callable]
    assert [*worse_blocks([(None, one) for one in given])] == given


@pytest.mark.parametrize(
    ("lengths", "wanted"), [((81195210, 63025520), "inconclusive"), ((83257441, 64444167), "none")]
)
def test_intervals_that_end_with_a_chromosome_of_the_other_build_are_of_that_build(lengths, wanted):
    """Depths by base end so (mosdepth): they were taken for those of the sample's build."""
    rows = "".join(f"{c}\t0\t{n}\t30\n" for c, n in zip(("chr17", "chr20"), lengths, strict=True))
    beside = "\t.\tA\tG\t60\tPASS\t.\tGT\t0/1"
    text = one_person.vcf([f"chr17\t43000000{beside}", f"chr20\t34000000{beside}"])
    found = one_person.result_of(vcf={"P.vcf": text}, callable={"P.per-base.bed": rows})
    assert found.status == wanted
