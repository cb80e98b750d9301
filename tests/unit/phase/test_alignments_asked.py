"""What the alignments are asked, and what is made of each answer; the reading itself is in `io`."""

from pathlib import Path

import pytest

from hies_annot.errors import InputError
from hies_annot.genome import Build
from hies_annot.model import Phase, PhaseState
from hies_annot.model.fragments import AlleleCounts, ReadLinks
from hies_annot.phase import read_backed
from hies_annot.phase.read_backed import ReadPhase, links_of, measured
from hies_annot.phase.relatives import with_counts

BAM, FASTA, BUILD = "x.bam", "g.fa", Build.GRCH38
PROGRAM = Path("whatshap")


class Alignments:
    """Stands for the reader and for WhatsHap: answers by pair or gene, and notes what was asked."""

    def __init__(self, monkeypatch, counts=None, blocks=None, *, program=PROGRAM):
        self.asked = []
        self.counts, self.blocks = counts, blocks or {}
        monkeypatch.setattr(read_backed, "link_reads", self.read("link"))
        monkeypatch.setattr(read_backed, "count_alleles", self.read("count"))
        monkeypatch.setattr(read_backed, "phase_blocks", self.phase)
        monkeypatch.setattr(read_backed, "find_whatshap", lambda: program)

    def read(self, kind):
        def answer(*asked):
            self.asked.append((kind, *asked))
            if self.counts is None:
                raise InputError("no index")
            return self.counts

        return answer

    def phase(self, calls, bam, build, command):
        genes = {call.allele.gene for call in calls}
        self.asked.append(("phase", calls, bam, build, command))
        return self.blocks.get("+".join(sorted(genes)), {})


def names(pair):
    return frozenset(allele.id for allele in pair)


@pytest.fixture
def calls(build):
    """Three alleles of ZNF341 and two of STAT3."""
    return [build.make_call("0/1", pos=pos) for pos in (100, 200, 300)] + [
        build.make_call("0/1", pos=pos, chrom="17", gene="STAT3") for pos in (100, 200)
    ]


def pairs_of(calls, *numbers):
    return [(calls[a].allele, calls[b].allele) for a, b in numbers]


MANY = ReadLinks(both=3, first_only=0, second_only=0)
MANY_PHASE = Phase(
    *(PhaseState.CIS, "reads"),
    "3 fragments with both alleles, 0 with the first only, 0 with the second only",
)
FEW = ReadLinks(both=1, first_only=0, second_only=1, neither=90)
FEW_PHASE = Phase(
    *(PhaseState.UNKNOWN, "none"),
    "reads do not decide: 1 fragments with both alleles, 0 with the first only, "
    "1 with the second only",
)


def test_without_a_pair_nothing_is_opened(monkeypatch, calls):
    alignments = Alignments(monkeypatch)
    assert links_of(BAM, BUILD, [], calls, FASTA) == ReadPhase({}, ())
    assert alignments.asked == []


def test_whatshap_is_not_asked_where_three_fragments_tell(monkeypatch, calls):
    pairs = pairs_of(calls, (0, 1))
    alignments = Alignments(monkeypatch, {names(pairs[0]): MANY})
    found = links_of(BAM, BUILD, pairs, calls, FASTA)
    assert found == ReadPhase({names(pairs[0]): MANY_PHASE}, ())
    assert alignments.asked == [("link", Path(BAM), BUILD, pairs, Path(FASTA))]


def test_whatshap_is_asked_once_for_each_gene_with_a_thin_pair(monkeypatch, calls):
    pairs = pairs_of(calls, (0, 1), (0, 2), (1, 2), (3, 4))
    counts = {names(pair): FEW for pair in pairs} | {names(pairs[0]): MANY}
    ids = [call.allele.id for call in calls]
    blocks = {
        "ZNF341": {ids[0]: ("7", 0), ids[1]: ("7", 1), ids[2]: ("7", 1)},
        "STAT3": {ids[3]: ("8", 0), ids[4]: ("9", 0)},
    }
    alignments = Alignments(monkeypatch, counts, blocks)
    found = links_of(BAM, BUILD, pairs, calls, None)
    assert found == ReadPhase(
        {
            names(pairs[0]): MANY_PHASE,
            names(pairs[1]): Phase(PhaseState.TRANS, "reads", "WhatsHap, block 7"),
            names(pairs[2]): Phase(PhaseState.CIS, "reads", "WhatsHap, block 7"),
            names(pairs[3]): Phase(
                PhaseState.UNKNOWN, "none", "WhatsHap: different blocks (8 and 9)"
            ),
        },
        (),
    )
    assert alignments.asked == [
        ("link", Path(BAM), BUILD, pairs, None),
        ("phase", calls[3:], Path(BAM), BUILD, PROGRAM),
        ("phase", calls[:3], Path(BAM), BUILD, PROGRAM),
    ]


@pytest.mark.parametrize("known", [(), (0,), (1,)])
def test_a_pair_that_whatshap_does_not_place_whole_keeps_the_word_of_the_reads(
    monkeypatch, calls, known
):
    pairs = pairs_of(calls, (0, 1))
    blocks = {calls[number].allele.id: ("7", 0) for number in known}
    Alignments(monkeypatch, {names(pairs[0]): FEW}, {"ZNF341": blocks})
    assert links_of(BAM, BUILD, pairs, calls, FASTA) == ReadPhase({names(pairs[0]): FEW_PHASE}, ())


def test_without_whatshap_the_reads_have_the_last_word(monkeypatch, calls):
    pairs = pairs_of(calls, (0, 1))
    alignments = Alignments(monkeypatch, {names(pairs[0]): FEW}, program=None)
    found = links_of(BAM, BUILD, pairs, calls, FASTA)
    assert found == ReadPhase({names(pairs[0]): FEW_PHASE}, ())
    assert [kind for kind, *_ in alignments.asked] == ["link"]


def test_alignments_that_cannot_be_read_are_told_and_fail_nobody(monkeypatch, build, calls):
    Alignments(monkeypatch)
    found = links_of(BAM, BUILD, pairs_of(calls, (0, 1)), calls, FASTA)
    assert found == ReadPhase({}, ("phase was not read from the alignments: no index",))
    relative = build.make_relative("father", [bare(build)])
    assert measured(relative, BAM, BUILD, build.THRESHOLDS, FASTA) == (
        relative,
        ("alignments were not used: no index",),
    )


def bare(build, pos=100):
    """A reference genotype that a merge has filled in."""
    return build.make_call("0/0", pos=pos, ad=None, dp=None, gq=None)


@pytest.mark.parametrize("fasta", [None, FASTA])
def test_only_filled_in_genotypes_of_a_relative_are_counted(monkeypatch, build, fasta):
    inferred = [bare(build), bare(build, 300)]
    known = [build.make_call("0/1", pos=150), build.make_call("0/0", pos=200)]
    relative = build.make_relative("father", [inferred[0], *known, inferred[1]])
    counts = {
        inferred[0].allele.id: AlleleCounts(0, 40),
        inferred[1].allele.id: AlleleCounts(0, 30),
    }
    alignments = Alignments(monkeypatch, counts)
    strict = build.CallThresholds(min_dp=35)
    found = measured(relative, BAM, BUILD, strict, fasta)
    assert found == (with_counts(relative, counts, strict), ())
    assert found != (with_counts(relative, counts, build.THRESHOLDS), ())
    wanted = [call.allele for call in inferred]
    assert alignments.asked == [("count", Path(BAM), BUILD, wanted, fasta and Path(fasta))]


def test_a_relative_without_alignments_or_open_genotypes_stays_as_it_is(monkeypatch, build):
    alignments = Alignments(monkeypatch)
    open_one = build.make_relative("father", [bare(build)])
    assert measured(open_one, None, BUILD, build.THRESHOLDS, FASTA) == (open_one, ())
    clear = build.make_relative("father", [build.make_call("0/0")])
    assert measured(clear, BAM, BUILD, build.THRESHOLDS, FASTA) == (clear, ())
    assert alignments.asked == []
