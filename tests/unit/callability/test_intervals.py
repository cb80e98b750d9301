"""Formats of interval files: what each row says, and which files are refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.callability.bed_format import BedKind, bed_kind
from hies_annot.callability.intervals import bed_statements
from hies_annot.callability.state_words import CALLABLE, NOT_CALLABLE, may_be_state, state
from hies_annot.callability.statements import Statement, Weight
from hies_annot.errors import InputError
from hies_annot.io.bed_rows import BedRow
from hies_annot.settings.callability_rules import CallabilityConfig

CONFIG = CallabilityConfig(min_depth=20, min_region_mean=40)
HEADER = ("chrom", "start", "end", "region", "10X", "20X", "30X")


def row(*fields, start=101, end=200):
    return BedRow("17", start, end, fields)


@pytest.mark.parametrize(
    ("name", "header", "fields", "kind"),
    [
        ("a.bed", None, (), BedKind.BED),
        ("a.bed", None, ("exon_1",), BedKind.BED),
        ("a.bed", None, ("exon_1", "0", "+"), BedKind.BED),
        ("a.bed", None, ("CALLABLE",), BedKind.STATES),
        ("a.bed", None, ("5:150",), BedKind.QUANTIZED),
        ("a.bed", None, ("150:inf",), BedKind.QUANTIZED),
        ("a.bed", HEADER, ("x", "1", "2", "3"), BedKind.THRESHOLDS),
        ("s.quantized.bed.gz", None, ("NO_COVERAGE",), BedKind.QUANTIZED),
        ("s.thresholds.bed.gz", None, ("x", "1"), BedKind.THRESHOLDS),
        ("s.regions.bed.gz", None, ("31.5",), BedKind.REGIONS),
        ("s.per-base.bed.gz", None, ("31",), BedKind.PER_BASE),
        ("s.bedgraph", None, ("31",), BedKind.PER_BASE),
    ],
)
def test_the_format_is_told(name, header, fields, kind):
    assert bed_kind(name, header, [row(*fields)]) is kind


@pytest.mark.parametrize("field", ["0", "31", "31.5"])
def test_a_depth_under_another_file_name_is_not_taken_for_a_name(field):
    with pytest.raises(InputError, match="keep mosdepth's file name"):
        bed_kind("renamed.bed", None, [row(field)])
    assert bed_kind("renamed.per-base.bed", None, [row(field)]) is BedKind.PER_BASE


@pytest.mark.parametrize(
    ("kind", "fields", "callable_", "depth"),
    [
        (BedKind.BED, ("exon",), True, None),
        (BedKind.STATES, ("CALLABLE",), True, None),
        (BedKind.STATES, ("LOW_COVERAGE",), False, None),
        (BedKind.STATES, ("POOR_MAPPING_QUALITY",), False, None),
        (BedKind.STATES, ("EXCESSIVE_COVERAGE",), False, None),
        (BedKind.QUANTIZED, ("20:150",), True, None),
        (BedKind.QUANTIZED, ("150:inf",), True, None),
        (BedKind.QUANTIZED, ("5:150",), False, None),  # 5..149 reads: not at least 20
        (BedKind.QUANTIZED, ("0:1",), False, None),
        (BedKind.QUANTIZED, ("CALLABLE",), True, None),
        (BedKind.QUANTIZED, ("NO_COVERAGE",), False, None),
        (BedKind.PER_BASE, ("20",), True, 20),
        (BedKind.PER_BASE, ("19",), False, 19),
        (BedKind.REGIONS, ("40.00",), True, 40),
        (BedKind.REGIONS, ("name", "40.00"), True, 40),
        (BedKind.REGIONS, ("39.99",), False, 39.99),
    ],
)
def test_a_row_is_callable_or_not(kind, fields, callable_, depth):
    (found,) = bed_statements("f", kind, None, [row(*fields)], CONFIG)
    assert (found.callable, found.depth) == (callable_, depth)
    assert bool(found.reason) is not callable_
    assert (found.start, found.end, found.source) == (101, 200, str(kind))


def test_a_region_of_one_base_needs_the_depth_of_a_base():
    rows = [row("20", start=5, end=5), row("20", start=6, end=7)]
    found = bed_statements("f", BedKind.REGIONS, None, rows, CONFIG)
    assert [item.callable for item in found] == [True, False]


@pytest.mark.parametrize(
    ("counts", "callable_"), [(("100", "100", "0"), True), (("100", "99", "0"), False)]
)
def test_thresholds_are_judged_by_the_first_column_that_is_deep_enough(counts, callable_):
    (found,) = bed_statements("f", BedKind.THRESHOLDS, HEADER, [row("r", *counts)], CONFIG)
    assert found.callable is callable_
    if not callable_:
        assert found.reason == "99 of 100 bases of the region reach depth 20, not said which"


@pytest.mark.parametrize("header", [None, ("chrom", "start", "end", "region", "1X", "10X")])
def test_thresholds_without_a_deep_enough_column_are_refused(header):
    with pytest.raises(InputError, match="--thresholds 20"):
        list(bed_statements("f", BedKind.THRESHOLDS, header, [row("r", "1", "2")], CONFIG))


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (BedKind.PER_BASE, ()),
        (BedKind.PER_BASE, ("x",)),
        (BedKind.REGIONS, ("name",)),
        (BedKind.QUANTIZED, ("about 5",)),
        (BedKind.QUANTIZED, ("good",)),
        (BedKind.STATES, ("other",)),
        (BedKind.THRESHOLDS, ("r", "1")),
        (BedKind.STATES, ()),
    ],
)
def test_a_row_that_breaks_its_format_is_named(kind, fields):
    with pytest.raises(InputError, match="not in the format") as caught:
        list(bed_statements("f", kind, HEADER, [row(*fields)], CONFIG))
    assert caught.value.record == "17:101-200"


GOOD, BAD = Weight.CALLABLE, Weight.NOT_CALLABLE


@pytest.mark.parametrize(
    ("kind", "fields", "weight", "depth", "reason"),
    [
        (BedKind.BED, (), GOOD, None, ""),
        (BedKind.BED, ("NO_COVERAGE",), GOOD, None, ""),
        (BedKind.STATES, ("HIGH_COVERAGE",), GOOD, None, ""),
        (BedKind.STATES, ("REF_N",), BAD, None, "state REF_N"),
        (BedKind.STATES, ("Not covered",), BAD, None, "state Not covered"),
        (BedKind.STATES, ("callable",), GOOD, None, ""),
        (BedKind.QUANTIZED, ("HIGH_COVERAGE",), GOOD, None, ""),
        (BedKind.QUANTIZED, ("LOW_COVERAGE",), BAD, None, "state LOW_COVERAGE"),
        (BedKind.QUANTIZED, ("20:inf",), GOOD, None, ""),
        (BedKind.QUANTIZED, ("19:inf",), BAD, None, "depth in 19:inf, 20 needed"),
        (BedKind.PER_BASE, ("20", "1"), GOOD, 20.0, ""),
        (BedKind.PER_BASE, ("19.9",), BAD, 19.9, "depth below 20"),
        (BedKind.REGIONS, ("1", "40"), GOOD, 40.0, ""),
        (
            BedKind.REGIONS,
            (
                "50",
                "39",
            ),
            BAD,
            39.0,
            "mean depth of the region below 40",
        ),
        (BedKind.THRESHOLDS, ("r", "0", "100", "0"), GOOD, None, ""),
        (BedKind.THRESHOLDS, ("r", "0", "101", "0"), GOOD, None, ""),
        (
            BedKind.THRESHOLDS,
            ("r", "100", "99", "0"),
            BAD,
            None,
            "99 of 100 bases of the region reach depth 20, not said which",
        ),
    ],
)
def test_the_whole_statement_of_a_row(kind, fields, weight, depth, reason):
    header = HEADER if kind is BedKind.THRESHOLDS else None
    rows = [row(*fields), row(*fields, start=301, end=400)]
    assert list(bed_statements("f", kind, header, rows, CONFIG)) == [
        Statement(start, end, weight, str(kind), depth, reason)
        for start, end in ((101, 200), (301, 400))
    ]


def test_a_base_alone_is_named_with_the_depth_that_a_base_needs():
    (found,) = bed_statements("f", BedKind.REGIONS, None, [row("19", start=5, end=5)], CONFIG)
    assert found.reason == "mean depth of the region below 20"


@pytest.mark.parametrize(
    ("columns", "fields", "callable_"),
    [
        (("30X", "20x"), ("0", "100"), True),
        (("30X", "20X"), ("100", "0"), False),
        (("19X", "21X"), ("0", "100"), True),
        (("x20X", "20XX", "25X"), ("0", "0", "100"), True),
    ],
)
def test_the_lowest_column_that_is_deep_enough_is_read(columns, fields, callable_):
    header = ("chrom", "start", "end", "region", *columns)
    assert bed_kind("a.bed", header, [row("r", *fields)]) is BedKind.THRESHOLDS
    (found,) = bed_statements("f", BedKind.THRESHOLDS, header, [row("r", *fields)], CONFIG)
    assert found.callable is callable_


@pytest.mark.parametrize(
    ("name", "header", "fields", "kind"),
    [
        ("a.THRESHOLDS.bed", None, [()], BedKind.THRESHOLDS),
        ("a.bedGraph.gz", None, [("1",)], BedKind.PER_BASE),
        ("s.regions.bed", HEADER, [("1",)], BedKind.THRESHOLDS),
        ("a.bed", ("chrom", "start"), [("CALLABLE",), ("fail",)], BedKind.STATES),
        ("a.bed", (), [("5:150",), ("NO_COVERAGE",)], BedKind.QUANTIZED),
        ("a.bed", None, [("5:150",), ()], BedKind.QUANTIZED),
        ("a.bed", None, [("REF_N",), ("CALLABLE",)], BedKind.STATES),
        ("a.bed", None, [("no_coverage",), ("Pass",)], BedKind.STATES),
        ("a.bed", None, [("1.2.3",)], BedKind.BED),
        ("a.bed", None, [], BedKind.BED),
    ],
)
def test_the_format_of_a_whole_file(name, header, fields, kind):
    assert bed_kind(name, header, [row(*each) for each in fields]) is kind


def test_what_is_refused_says_what_to_do():
    with pytest.raises(InputError) as numbers:
        bed_kind("a.bed", None, [row("12"), row("7.5")])
    assert str(numbers.value) == (
        "a.bed: the fourth column holds numbers: if they are depths, keep mosdepth's file name "
        "(*.per-base.bed.gz, *.regions.bed.gz); if they are names, cut to three columns"
    )
    with pytest.raises(InputError) as shallow:
        list(bed_statements("t.bed", BedKind.THRESHOLDS, HEADER[:5], [row("r", "9")], CONFIG))
    assert str(shallow.value) == (
        "t.bed: no column counts bases at depth 20 or more: run mosdepth with --thresholds 20, "
        "and keep the header line"
    )
    with pytest.raises(InputError) as broken:
        list(bed_statements("p.bed", BedKind.PER_BASE, None, [row("x")], CONFIG))
    assert str(broken.value) == (
        "p.bed, 17:101-200: this row is not in the format of a mosdepth per-base file"
    )


NAMES = (
    *("exon_12", "STAT3_ex12", "STAT3", "ref|STAT3,ens|ENST00000264657", "NM_139276.3_cds_11_0_r"),
    *("chr17:42310000-42329700", "CCDS32656.1", "exon no 12", "ZNF341", "target", "intron", "."),
)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_regions_are_no_states(name):
    assert not may_be_state(name)
    assert bed_kind("a.bed", None, [row(name)]) is BedKind.BED


STATES = st.sampled_from((*CALLABLE, *NOT_CALLABLE))
SPELLINGS = st.tuples(STATES, st.sampled_from(["_", " ", "-", "", "."]), st.randoms()).map(
    lambda item: (
        item[0],
        "".join(item[2].choice([c.lower(), c]) for c in item[0].replace("_", item[1])),
    )
)


@given(st.lists(SPELLINGS, min_size=1, max_size=4))
def test_a_state_is_read_in_every_spelling_and_its_row_is_never_better_than_it(words):
    rows = [row(spelling) for _, spelling in words]
    assert bed_kind("a.bed", None, rows) is BedKind.STATES
    found = bed_statements("f", BedKind.STATES, None, rows, CONFIG)
    assert [item.callable for item in found] == [word in CALLABLE for word, _ in words]


@given(
    st.lists(SPELLINGS.map(lambda item: item[1]), min_size=1, max_size=3),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3),
    st.randoms(),
)
def test_states_and_names_in_one_file_are_refused_in_any_order(states, names, random):
    rows = [row(text) for text in (*states, *names)]
    random.shuffle(rows)
    with pytest.raises(InputError, match="the fourth column holds states"):
        bed_kind("a.bed", None, rows)


@pytest.mark.parametrize(
    "word",
    [
        *("coverage low", "not ok", "bad", "LowCov", "notEnoughReads", "no", "depth<10"),
        *("below coverage", "MAPQ0", "covered?no", "OK", "partially_callable", "missing"),
    ],
)
def test_an_unknown_word_about_coverage_is_refused_with_what_to_do(word):
    assert state(word) is None
    with pytest.raises(InputError, match="is no known state: write CALLABLE") as caught:
        bed_kind("a.bed", None, [row("exon_1"), row(word)])
    assert repr(word) in str(caught.value)
    assert "three columns" in str(caught.value)


@pytest.mark.parametrize(
    "fields",
    [
        *(("STAT3", "3.0"), ("STAT3", ".", "-", "0.0"), ("STAT3", "0"), ("STAT3", "3", "x")),
        *(("STAT3", "0", "+", "12", "100", "100", "1.0"), ("STAT3", "0.5", "+"), ("e", "nan")),
        *(("e", "NO_COVERAGE"), ("e", "0", "+", "fail"), ("e", "0:1"), ("e", "ex", "30x")),
        *(("STAT3", "0", "+", "0", "100", "0"), ("STAT3", "0", "+", "7", "0.07")),
    ],
)
def test_what_may_be_a_depth_or_a_state_behind_the_name_is_refused(fields):
    with pytest.raises(InputError, match=r"^a\.bed: column [5-9] ") as caught:
        bed_kind("a.bed", None, [row("e"), row(*fields)])
    assert "at 17:101-200" in str(caught.value)
    assert "three columns" in str(caught.value)


@pytest.mark.parametrize(
    "fields",
    [
        ("e", "0", "+"),
        ("e", "960", "."),
        ("e", ".", "-"),
        ("e", "0", "+", "100", "200", "0,0,255"),
        ("e", "0", "+", "100", "100", "0"),
        ("e", "0", "-", "120", "180", "0", "1", "100,", "0,"),
        ("e", "exon 12", "NM_139276.3"),
    ],
)
def test_the_columns_of_bed_are_no_depths(fields):
    assert bed_kind("a.bed", None, [row(*fields)]) is BedKind.BED


@pytest.mark.parametrize("figure", ["3x", "12%", "1e2", "0,0", "-1", "NA", "nan"])
def test_one_number_among_names_is_refused(figure):
    with pytest.raises(InputError, match="the fourth column holds numbers"):
        bed_kind("a.bed", None, [row("exon_1"), row(figure)])


def test_the_words_of_the_manual_are_those_that_are_read():
    manual = (Path(__file__).parents[3] / "docs" / "callability.md").read_text()
    line = next(line for line in manual.splitlines() if line.startswith("| BED with states"))
    for words, part in ((CALLABLE, 2), (NOT_CALLABLE, 3)):
        assert tuple(re.findall(r"`([A-Z_]+)`", line.split("|")[part])) == words
