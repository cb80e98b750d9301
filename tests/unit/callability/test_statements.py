"""Which statement holds at each base, and what is counted from them: base by base."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.callability.exons import gene_result
from hies_annot.callability.gaps import c_span, find_gaps
from hies_annot.callability.required import RequiredBases, RequiredExon
from hies_annot.callability.statements import Statement, Weight, combine, fill, paint, runs
from hies_annot.genome import Build
from hies_annot.model import ExonCallability, Gap, GeneCallability
from hies_annot.reference.transcripts import Exon, Transcript

SPANS = ((8, 22), (30, 35), (40, 41))


def made_up(strand="+"):
    """Two exons whose paddings meet (8..15, 16..22), a third, and a place outside of all."""
    spans = ((10, 13), (18, 20), (32, 33))
    numbers = (1, 2, 3) if strand == "+" else (3, 2, 1)
    exons = tuple(Exon(number, *span) for number, span in zip(numbers, spans, strict=True))
    padded = ((8, 15), (16, 22), (30, 35))
    return RequiredBases(
        gene="G",
        chrom="17",
        transcript=Transcript(
            accession="T",
            protein="P",
            gene="G",
            build=Build.GRCH38,
            chrom="17",
            strand=strand,
            exons=exons if strand == "+" else exons[::-1],
            cds_start=11,
            cds_end=32,
        ),
        exons=tuple(RequiredExon(n, *span) for n, span in zip(numbers, padded, strict=True)),
        spans=SPANS,
        starts=(8, 30, 40),
        offsets=(0, 15, 21),
        size=23,
    )


REQUIRED = made_up()
BASES = [base for start, end in SPANS for base in range(start, end + 1)]

KINDS = [
    Statement(1, 99, weight, "s", depth, reason, indel)
    for weight in Weight
    for depth in (None, 0, 7.5, 30)
    for reason in ("low", "no reads")
    for indel in (None, True, False)
]
STATEMENTS = st.builds(
    lambda kind, start, end: replace(kind, start=start, end=end),
    st.sampled_from(KINDS),
    st.integers(1, 45),
    st.integers(1, 45),
)


def layer_of(entries, digits):
    """A layer of three entries or none, spelled by the 23 digits of a number of base four."""
    return [[None, *entries][digits // 4**index % 4] for index in range(23)]


LAYERS = st.builds(
    layer_of,
    st.lists(st.sampled_from(KINDS), min_size=3, max_size=3),
    st.integers(0, 4**23 - 1),
)


@given(st.lists(STATEMENTS, max_size=5))
def test_the_heaviest_statement_holds_and_of_equals_the_last(statements):
    for base, entry in zip(BASES, paint(REQUIRED, statements), strict=True):
        over = [each for each in statements if each.start <= base <= each.end]
        heaviest = max((each.weight for each in over), default=None)
        assert entry is next((each for each in reversed(over) if each.weight is heaviest), None)


@given(st.lists(STATEMENTS, max_size=5), st.randoms())
def test_the_worst_statement_holds_in_any_order(statements, random):
    found = paint(REQUIRED, statements, worst=True)
    for base, entry in zip(BASES, found, strict=True):
        over = [each.weight for each in statements if each.start <= base <= each.end]
        assert (entry.weight if entry else None) == min(over, default=None)
    shuffled = random.sample(statements, len(statements))
    again = paint(REQUIRED, shuffled, worst=True)
    assert [one and one.weight for one in again] == [one and one.weight for one in found]


@given(LAYERS, LAYERS, st.sampled_from(KINDS))
def test_the_second_source_speaks_where_the_first_is_silent_or_incomplete(best, other, rest):
    for first, second, found in zip(best, other, combine(best, other), strict=True):
        judged = first is not None and first.weight is not Weight.INCOMPLETE
        assert found is (first if judged or second is None else second)
    filled = fill(best, rest)
    assert all(f is (rest if b is None else b) for b, f in zip(best, filled, strict=True))


@given(LAYERS, st.integers(0, 23), st.integers(0, 23))
def test_runs_are_the_entries_in_order_and_no_two_neighbours_are_one(layer, low, high):
    found = list(runs(layer, low, high))
    assert [id(entry) for entry, length in found for _ in range(length)] == [
        id(entry) for entry in layer[low:high]
    ]
    assert all(one is not two for (one, _), (two, _) in itertools.pairwise(found))


@given(LAYERS, st.sampled_from("+-"))
def test_gaps_are_the_bases_that_are_not_callable_in_transcript_order(layer, strand):
    required = made_up(strand)
    gaps = find_gaps(required, layer)
    entries = dict(zip(BASES, layer, strict=True))
    uncallable = [base for base in BASES if entries[base] is None or not entries[base].callable]
    ordered = gaps if strand == "+" else gaps[::-1]
    assert [base for gap in ordered for base in range(gap.start, gap.end + 1)] == uncallable
    for gap in gaps:
        assert gap.start <= gap.end
        inside = [entries[base] for base in range(gap.start, gap.end + 1)]
        reasons = dict.fromkeys("no record" if each is None else each.reason for each in inside)
        assert gap.reason == "; ".join(reasons)
        place = next((e for e in required.exons if e.start <= gap.start and gap.end <= e.end), None)
        assert gap.exon == (f"exon {place.number}" if place else "outside the transcript")
        assert gap.hgvs_c == c_span(required.transcript, gap.start, gap.end)
        assert gap.chrom == "17"
    ends = {15, 22, 35, 41}
    for one, two in itertools.pairwise(ordered):
        assert one.end + 1 < two.start or one.end in ends


@pytest.mark.parametrize(
    ("strand", "span", "name"),
    [
        ("+", (11, 13), "c.1_3"),
        ("+", (12, 12), "c.2"),
        ("+", (15, 16), "c.3+2_4-2"),
        ("+", (10, 11), "c.-1_1"),
        ("-", (32, 33), "c.-1_1"),
        ("-", (18, 19), "c.3_4"),
        ("-", (32, 32), "c.1"),
    ],
)
def test_a_span_is_named_in_the_direction_of_the_transcript(strand, span, name):
    assert c_span(made_up(strand).transcript, *span) == name


@pytest.mark.parametrize(
    ("strand", "expected"),
    [
        (
            "+",
            [
                Gap("17", 8, 15, "c.-3_3+2", "exon 1", "no record"),
                Gap("17", 16, 22, "c.4-2_6+2", "exon 2", "no record"),
                Gap("17", 30, 35, "c.7-2_*3", "exon 3", "no record"),
                Gap("17", 40, 41, "c.*8_*9", "outside the transcript", "no record"),
            ],
        ),
        (
            "-",
            [
                Gap("17", 40, 41, "c.-9_-8", "outside the transcript", "no record"),
                Gap("17", 30, 35, "c.-3_1+2", "exon 1", "no record"),
                Gap("17", 16, 22, "c.2-2_4+2", "exon 2", "no record"),
                Gap("17", 8, 15, "c.5-2_*3", "exon 3", "no record"),
            ],
        ),
    ],
)
def test_where_nothing_is_said_each_exon_is_a_gap_of_its_own(strand, expected):
    assert list(find_gaps(made_up(strand), [None] * 23)) == expected


def test_a_gap_outside_the_exons_is_named_by_its_intron():
    required = replace(REQUIRED, spans=((25, 26),), starts=(25,), offsets=(0,), size=2)
    assert find_gaps(required, [None, None]) == (
        Gap("17", 25, 26, "c.6+5_6+6", "intron 2", "no record"),
    )


@given(LAYERS)
def test_a_gene_and_its_exons_count_their_own_bases(layer):
    entries = dict(zip(BASES, layer, strict=True))
    found = gene_result(REQUIRED, layer, stated=True)
    assert found.callable_bases == sum(each is not None and each.callable for each in layer)
    assert (found.gene, found.required_bases) == ("G", 23)
    assert found.gaps == find_gaps(REQUIRED, layer)
    for result, exon in zip(found.exons, REQUIRED.exons, strict=True):
        bases = range(exon.start, exon.end + 1)
        stated = [entries[base] for base in bases if entries[base] is not None]
        good = [each for each in stated if each.callable]
        depths = [each.depth for each in stated if each.depth is not None]
        unknown_depth = any(each.depth is None for each in good) or not depths
        unknown_indels = any(each.indel is None for each in good)
        assert result == ExonCallability(
            exon.number,
            exon.start,
            exon.end,
            required=len(bases),
            callable=len(good),
            indel_callable=None if unknown_indels else sum(e.indel is True for e in stated),
            mean_depth=None if unknown_depth else round(sum(depths) / len(depths), 1),
        )


def test_where_no_source_speaks_nothing_is_counted():
    exons = (
        ExonCallability(1, 8, 15, 8, None, None, None),
        ExonCallability(2, 16, 22, 7, None, None, None),
        ExonCallability(3, 30, 35, 6, None, None, None),
    )
    layer = [Statement(1, 99, Weight.CALLABLE, "s", 30.0)] * 23
    assert gene_result(REQUIRED, layer, stated=False) == GeneCallability("G", 23, None, (), exons)
