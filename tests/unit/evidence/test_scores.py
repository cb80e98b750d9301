"""Scores: which of several is kept, whichever way a tool counts, and what is no number."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.evidence.scores import RANGES, score_of_row, spliceai_of_row, worst
from hies_annot.genes.gene_file import default_genes
from hies_annot.io.source_tables import SourceRow
from hies_annot.model import ScoreFact

GENES = default_genes()
KINDS = ("acceptor gain", "acceptor loss", "donor gain", "donor loss")


def score(text, *, tool="REVEL", genes=GENES):
    values = {} if text is None else {"S": text}
    return score_of_row(SourceRow("17", 1, None, "G", "A", (), values), "S", tool, "file", genes)


@pytest.mark.parametrize(
    ("tool", "value"),
    [("ESM1b", -3.5), ("esm1B", -3.5), ("X", 0.9)],
)
@pytest.mark.parametrize("order", [*itertools.permutations(("0.9", "-3.5", "0.2"))])
def test_of_several_scores_the_most_damaging_is_kept(tool, value, order):
    assert score(";".join(order), tool=tool) == ScoreFact(tool, value, "S", "file")
    assert worst([float(part) for part in order], tool, GENES) == value
    assert worst([float(part) for part in order], tool, ()) == 0.9


def test_a_calibration_of_any_gene_counts():
    assert worst([1.0, 2.0], "ESM1b", iter(GENES[:1])) == 1.0
    assert score("1;2", tool="ESM1b", genes=()) == ScoreFact("ESM1b", 2.0, "S", "file")


@pytest.mark.parametrize("text", [None, "", ".", "nan", ";", ".;.", "NA", "-", "none;nan"])
def test_what_is_no_finite_number_is_no_score(text):
    assert score(text) is None


@pytest.mark.parametrize("text", ["0", ".;0", "0;nan", "0;.;NA", "0.0,."])
def test_what_is_none_hides_no_score_beside_it(text):
    assert score(text) == ScoreFact("REVEL", 0.0, "S", "file")


@pytest.mark.parametrize(
    ("tool", "text"),
    [
        *(("REVEL", "-9"), ("REVEL", "-5"), ("revel", "85"), ("REVEL", "0,85"), ("REVEL", "x;0.1")),
        *(("AlphaMissense", "1.01"), ("CADD", "-999"), ("CADD", "101"), ("ESM1b", "-99")),
        *(("REVEL", "inf"), ("X", "-inf"), ("X", "high"), ("REVEL", "0.1;-9"), ("REVEL", "85%")),
    ],
)
def test_what_a_tool_never_gives_is_refused(tool, text):
    with pytest.raises(ValueError, match=r"is no |could not convert"):
        score(text, tool=tool)


@pytest.mark.parametrize("delta", ["95", "1.2", "-1", "inf", "x"])
def test_a_delta_score_outside_of_its_range_is_refused(delta):
    with pytest.raises(ValueError, match=r"is no value of SpliceAI|could not convert"):
        spliceai(f"A|G1|0|0|{delta}|0")


@given(st.sampled_from(sorted(RANGES)), st.floats(allow_nan=False, allow_infinity=False))
def test_a_value_is_read_where_and_only_where_its_tool_can_give_it(tool, value):
    least, largest = RANGES[tool]
    if least <= value <= largest:
        assert score(repr(value), tool=tool).value == value
    else:
        with pytest.raises(ValueError, match=rf"is no value of {tool}"):
            score(repr(value), tool=tool)


def spliceai(text, alt="A"):
    values = {} if text is None else {"S": text}
    return spliceai_of_row(SourceRow("17", 1, None, "G", alt, (), values), "S", "file")


@pytest.mark.parametrize("at", range(4))
def test_the_largest_of_the_four_deltas_is_told_by_its_kind(at):
    deltas = ["0.1"] * 4
    deltas[at] = "0.11"
    expected = ScoreFact("SpliceAI", 0.11, KINDS[at], "file")
    assert spliceai(f"A|G1|{'|'.join(deltas)}|9|9|9|9") == expected
    assert spliceai(f"A|G1|{'|'.join(deltas)}") == expected
    others = ["." if each != at else "0" for each in range(4)]
    assert spliceai(f"A|G1|{'|'.join(others)}") == ScoreFact("SpliceAI", 0.0, KINDS[at], "file")


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("A|G1|0.2|0.2|0.2|0.2", 0.2, "acceptor gain"),
        ("A|G1|0.2|0|0|0,A|G2|0|0.2|0|0", 0.2, "acceptor gain"),
        ("A|G1|0.2|0|0|0,A|G2|0|0|0|0.3", 0.3, "donor loss"),
        ("A|G2|0|0|0|0.3,A|G1|0.2|0|0|0", 0.3, "donor loss"),
        ("C|G1|0.9|0.9|0.9|0.9,A|G2|0|0.1|0|0,T|G1|0.9|0.9|0.9|0.9", 0.1, "acceptor loss"),
        ("A,A|G2|0|0.1|0|0", 0.1, "acceptor loss"),
        ("A|G1|nan|.||0.1", 0.1, "donor loss"),
    ],
)
def test_entries_of_the_alt_are_read_and_no_others(text, value, kind):
    assert spliceai(text) == ScoreFact("SpliceAI", value, kind, "file")


@pytest.mark.parametrize(
    "text",
    [None, "", ".", "A", "C|G1|0.9|0.9|0.9|0.9", "A|G1|.|.|.|."],
)
def test_a_row_without_a_delta_of_the_alt_says_nothing(text):
    assert spliceai(text) is None


@pytest.mark.parametrize("text", ["A|G1|0.9|0.9|0.9", "A|G1|0,90|0,90|0,90|0,90", "A|0.9"])
def test_an_entry_without_its_four_deltas_is_refused(text):
    with pytest.raises(ValueError, match="has not four delta scores"):
        spliceai(text)


@given(st.permutations(["STAT3", "CAVIN1", ""]))
def test_what_is_said_of_another_gene_is_left_out(symbols):
    deltas = {"STAT3": 0.3, "CAVIN1": 0.9, "": 0.2}
    spelled = {"STAT3": "STAT3---ENSG00000168610.15---ENST00000264657.10---yes"}
    for form in ({}, spelled, {"STAT3": "ENSG00000168610"}, {"STAT3": "stat3"}):
        entries = [f"A|{form.get(name, name)}|0|0|0|{deltas[name]}" for name in symbols]
        row = SourceRow("17", 1, None, "G", "A", (), {"S": ",".join(entries)})
        found = spliceai_of_row(row, "S", "file", default_genes())
        assert found == ScoreFact("SpliceAI", 0.3, "donor loss", "file")
        row = SourceRow("17", 1, None, "G", "A", (), {"S": "A|CAVIN1|0|0|0|0.9"})
        assert spliceai_of_row(row, "S", "file", default_genes()) is None


@pytest.mark.parametrize(
    "text", ["0.91", "STAT3|0.91", "STAT3|0|0|0|0.9|1|1|1|1", "G>A|STAT3|0|0|0|0.9", "|G1|1|1|1|1"]
)
def test_an_entry_that_does_not_say_of_which_allele_it_is_is_refused(text):
    with pytest.raises(ValueError, match="does not begin with the ALT"):
        spliceai(text)


@pytest.mark.parametrize("name", ["STAT3", "NM_139276.3", "NM_139276", "ENST00000264657.10"])
def test_a_gene_may_be_named_by_its_transcript(name):
    row = SourceRow("17", 1, None, "G", "A", (), {"S": f"A|{name}|0|0|0|0.9"})
    assert spliceai_of_row(row, "S", "file", GENES) == ScoreFact("SpliceAI", 0.9, KINDS[3], "file")


@pytest.mark.parametrize("symbol", ["ZNF341-AS1", "STAT3-AS1---ENSG00000000001.1", "STAT3P1"])
def test_an_antisense_gene_is_another_one(symbol):
    row = SourceRow("20", 1, None, "G", "A", (), {"S": f"A|{symbol}|0|0.95|0|0|1|1|1|1"})
    assert spliceai_of_row(row, "S", "file", default_genes()) is None


@pytest.mark.parametrize(
    "symbol", ["ZNF341", "znf341", "ZNF341---ENSG00000131061.13---ENST1.2", "ENSG00000131061.13"]
)
def test_the_gene_is_known_by_symbol_and_accession(symbol):
    row = SourceRow("20", 1, None, "G", "A", (), {"S": f"A|{symbol}|0|0.95|0|0|1|1|1|1"})
    found = spliceai_of_row(row, "S", "file", default_genes())
    assert found is not None
    assert found.value == 0.95
