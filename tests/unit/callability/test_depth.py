"""Depth from reads, against a count base by base of every fragment."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.callability.depth import (
    DepthCounter,
    DepthProfile,
    depth_profiles,
    depth_statements,
)
from hies_annot.callability.statements import Statement, Weight
from hies_annot.io.coverage import AlignedRead
from hies_annot.settings.callability_rules import CallabilityConfig

START, END = 10, 30
CONFIG = CallabilityConfig(min_baseq=10, indel_flank=2, min_depth=3, indel_min_depth=2)
CIGARS = ["6M", "3M2D3M", "2M5N2M", "2S4M", "3M2I3M", "2=1X3=", "4M3S", "2H3M1P2M", "1M"]
OPERATIONS = "MIDNSHP=X"


def cigar_of(text):
    """A CIGAR as pairs of operation (as SAM numbers it) and length."""
    return [(OPERATIONS.index(text[i + 1]), int(text[i])) for i in range(0, len(text), 2)]


def aligned(read):
    """Genome position and base quality of each aligned base of a read, one by one."""
    position, offset = read.start, 0
    for operation, length in read.cigar:
        for _ in range(length):
            if OPERATIONS[operation] in "M=X":
                yield position, 99 if read.qualities is None else read.qualities[offset]
            position += OPERATIONS[operation] in "MDN=X"
            offset += OPERATIONS[operation] in "MIS=X"


@st.composite
def reads_in_order(draw):
    reads = []
    for _ in range(draw(st.integers(1, 4))):
        cigar = cigar_of(draw(st.sampled_from(CIGARS)))
        length = sum(length for op, length in cigar if OPERATIONS[op] in "MIS=X")
        low = draw(st.sets(st.integers(0, length - 1), max_size=2))
        qualities = bytes(9 if offset in low else 10 for offset in range(length))
        reads.append(
            AlignedRead(
                name=draw(st.sampled_from("abc")),
                start=draw(st.integers(1, 32)),
                cigar=cigar,
                qualities=draw(st.sampled_from([None, qualities])),
            )
        )
    return sorted(reads, key=lambda read: read.start)


def counted(reads):
    """Depth and spanning fragments by position: of a fragment, the first read over a base."""
    depth, spanning = dict.fromkeys(range(1, 60), 0), dict.fromkeys(range(1, 60), 0)
    depth_from, span_from = {}, {}
    for read in reads:
        bases = list(aligned(read))
        last = bases[-1][0]
        for position, quality in bases:
            if position >= depth_from.get(read.name, 0) and quality >= CONFIG.min_baseq:
                depth[position] += 1
        inner = last - CONFIG.indel_flank
        for position in range(read.start + CONFIG.indel_flank, inner + 1):
            spanning[position] += position >= span_from.get(read.name, 0)
        depth_from[read.name] = max(depth_from.get(read.name, 0), last + 1)
        span_from[read.name] = max(span_from.get(read.name, 0), inner + 1)
    return depth, spanning


@given(reads_in_order())
def test_a_profile_counts_each_fragment_once_at_each_base(reads):
    depth, spanning = counted(reads)
    counter = DepthCounter(START, END, CONFIG)
    for read in reads:
        counter.add(read)
    span = range(START, END + 1)
    assert counter.profile() == DepthProfile(
        START, tuple(depth[base] for base in span), tuple(spanning[base] for base in span)
    )


def a_read(name="a", start=12, cigar="9M", qualities=None):
    return AlignedRead(name, start, cigar_of(cigar), qualities)


@pytest.mark.parametrize(
    ("minimum", "depth"),
    [(0, 9), (1, 8), (10, 7), (11, 6), (93, 3), (94, 2), (255, 1), (300, 1)],
)
def test_bases_below_the_least_quality_do_not_count(minimum, depth):
    qualities = bytes((0, 9, 10, 45, 91, 92, 93, 254, 255))
    counter = DepthCounter(12, 20, CallabilityConfig(min_baseq=minimum))
    counter.add(a_read(qualities=qualities))
    assert sum(counter.profile().depth) == depth


def test_each_span_has_the_reads_that_are_given_for_it():
    spans = [(10, 12), (20, 21)]
    reads = [((10, 12), a_read()), ((20, 21), a_read("b", 20)), ((20, 21), a_read("c", 13))]
    assert depth_profiles(spans, iter(reads), CONFIG) == (
        DepthProfile(10, (0, 0, 1), (0, 0, 0)),
        DepthProfile(20, (2, 2), (0, 0)),
    )


def test_a_profile_is_told_in_runs_of_equal_depth():
    profile = DepthProfile(100, (0, 2, 3, 3, 3, 4, 0), (0, 0, 1, 2, 2, 2, 2))
    bad, good = Weight.NOT_CALLABLE, Weight.CALLABLE
    assert list(depth_statements(profile, "BAM", CONFIG)) == [
        Statement(100, 100, bad, "BAM", 0, "no reads", False),
        Statement(101, 101, bad, "BAM", 2, "depth below 3", False),
        Statement(102, 102, good, "BAM", 3, "", False),
        Statement(103, 104, good, "BAM", 3, "", True),
        Statement(105, 105, good, "BAM", 4, "", True),
        Statement(106, 106, bad, "BAM", 0, "no reads", False),
    ]
