"""What fragments and blocks say of a pair, and which pairs they are asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.model import Phase, PhaseState
from hies_annot.model.fragments import ReadLinks
from hies_annot.phase.links import pairs_in_doubt, phase_from_blocks, phase_from_links

CIS, TRANS, UNKNOWN = PhaseState.CIS, PhaseState.TRANS, PhaseState.UNKNOWN


@pytest.mark.parametrize(
    ("both", "first", "second", "state"),
    [
        (3, 0, 0, CIS),
        (2, 0, 0, UNKNOWN),  # two fragments may be chimeric
        (9, 1, 0, CIS),  # a tenth may say the opposite
        (9, 0, 1, CIS),
        (8, 1, 0, UNKNOWN),
        (18, 1, 1, CIS),
        (0, 2, 1, TRANS),
        (0, 1, 2, TRANS),
        (0, 1, 1, UNKNOWN),
        (0, 3, 0, UNKNOWN),  # one kind alone: the other place may be reference on both
        (0, 0, 3, UNKNOWN),
        (1, 8, 1, TRANS),
        (1, 1, 8, TRANS),
        (1, 7, 1, UNKNOWN),
        (5, 5, 5, UNKNOWN),
        (0, 0, 0, UNKNOWN),
    ],
)
def test_fragments_decide_from_three_on_and_where_nine_of_ten_agree(both, first, second, state):
    words = (
        f"{both} fragments with both alleles, {first} with the first only, "
        f"{second} with the second only"
    )
    if state is UNKNOWN:
        wanted = Phase(UNKNOWN, "none", f"reads do not decide: {words}")
    else:
        wanted = Phase(state, "reads", words)
    assert phase_from_links(ReadLinks(both, first, second, neither=50)) == wanted


@given(*[st.integers(0, 40)] * 3)
def test_it_is_no_matter_which_allele_is_the_first(both, first, second):
    one, other = ReadLinks(both, first, second), ReadLinks(both, second, first)
    assert phase_from_links(one).state is phase_from_links(other).state


@pytest.mark.parametrize(
    ("first", "second", "phase"),
    [
        (("7", 0), ("7", 0), Phase(CIS, "reads", "WhatsHap, block 7")),
        (("7", 1), ("7", 1), Phase(CIS, "reads", "WhatsHap, block 7")),
        (("7", 0), ("7", 1), Phase(TRANS, "reads", "WhatsHap, block 7")),
        (
            *(("7", 0), ("8", 0)),
            Phase(UNKNOWN, "none", "WhatsHap: different blocks (7 and 8)"),
        ),
    ],
)
def test_haplotypes_are_compared_within_a_block(first, second, phase):
    assert phase_from_blocks(first, second) == phase


def test_reads_are_asked_for_open_pairs_of_one_gene(build):
    one, other, third = (build.make_call("0/1", pos=pos) for pos in (100, 150, 200))
    alleles = one.allele, other.allele, third.allele
    assert pairs_in_doubt([one, other, third], (), build.THRESHOLDS) == (
        (alleles[0], alleles[1]),
        (alleles[0], alleles[2]),
        (alleles[1], alleles[2]),
    )
    elsewhere = build.make_call("0/1", pos=150, gene="STAT3", chrom="17")
    assert pairs_in_doubt([one, elsewhere], (), build.THRESHOLDS) == ()
    again = replace(one, site=one.site._replace(file="b.vcf"))
    assert pairs_in_doubt([one, again], (), build.THRESHOLDS) == ()
    both = build.make_call("1/1", pos=150)
    assert pairs_in_doubt([one, both, third], (), build.THRESHOLDS) == ((alleles[0], alleles[2]),)
    deletions = [
        build.make_call("0/1", pos=300, ref="C", alt=alt, end=400) for alt in ("<DEL>", "<DEL:ME>")
    ]
    assert pairs_in_doubt(deletions, (), build.THRESHOLDS) == ()


def test_reads_are_not_asked_for_what_parents_or_the_file_tell(build):
    relatives = (
        build.make_relative(
            "father", [build.make_call("0/1", pos=100), build.make_call("0/0", pos=150)]
        ),
    )
    pair = [build.make_call("0/1", pos=pos) for pos in (100, 150)]
    assert pairs_in_doubt(pair, relatives, build.THRESHOLDS) == ()
    barred = [build.make_call("0|1", pos=pos) for pos in (100, 150)]
    assert len(pairs_in_doubt(barred, (), build.THRESHOLDS)) == 1
    trusting = build.CallThresholds(trust_phase_without_ps=True)
    assert pairs_in_doubt(barred, (), trusting) == ()
