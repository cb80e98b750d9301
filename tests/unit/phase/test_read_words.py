"""The reads of an allele in words."""

import pytest
from msgspec.structs import replace

from hies_annot.phase.read_words import fraction_words, read_words


@pytest.mark.parametrize(
    ("alt", "depth", "reads", "p"),
    [
        (20, 40, "20 of 40 reads (50%, 95 % interval 35% to 65%)", "1"),
        (8, 100, "8 of 100 reads (8%, 95 % interval 4% to 15%)", "3.2e-19"),
        (0, 40, "0 of 40 reads (0%, 95 % interval 0% to 9%)", "1.8e-12"),
        (40, 40, "40 of 40 reads (100%, 95 % interval 91% to 100%)", "1.8e-12"),
        (1, 1, "1 of 1 reads (100%, 95 % interval 21% to 100%)", "1"),
    ],
)
def test_reads_with_interval_and_the_chance_of_a_germline_allele(build, alt, depth, reads, p):
    call = replace(build.make_call("0/1"), alt_depth=alt, depth=depth)
    assert read_words(call) == reads
    assert fraction_words(call) == f"{reads}, binomial p {p} against a half"


@pytest.mark.parametrize(("alt", "depth"), [(None, 40), (20, None), (0, 0), (41, 40), (None, None)])
def test_counts_that_are_missing_or_cannot_be_make_no_figures(build, alt, depth):
    call = replace(build.make_call("0/1"), alt_depth=alt, depth=depth)
    assert read_words(call) == fraction_words(call) == "read counts not given"
