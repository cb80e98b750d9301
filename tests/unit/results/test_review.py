"""Decisions of a reviewer: what is good counts, what is bad is told with its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.errors import InputError
from hies_annot.results.decided import decided
from hies_annot.results.evidence_digest import FoundEvidence, SampleEvidence
from hies_annot.results.review import COLUMNS, DECISIONS, Decision, Review, read_review

HEAD = "\t".join(COLUMNS) + "\n"
PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]))
CELL = PLAIN.filter(lambda text: '"' not in text and "\ufeff" not in text)
ROW = st.fixed_dictionaries(
    dict.fromkeys(COLUMNS, CELL)
    | {"sample": CELL.filter(bool), "decision": st.sampled_from([*DECISIONS])}
)
BAD = st.sampled_from(["x\t\t\tdismised", "\t\t\tdismissed", "no cells at all", "\t" * 7 + "x\ty"])


@given(lines=st.lists(ROW | BAD, max_size=8))
def test_good_lines_are_read_whatever_stands_between_them(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("review") / "review.tsv"
    texts = [
        each if isinstance(each, str) else "\t".join(each[c] for c in COLUMNS) for each in lines
    ]
    path.write_bytes((HEAD + "".join(f"{text}\n" for text in texts)).encode())
    review = read_review([path])
    good = [(n, each) for n, each in enumerate(lines, start=2) if not isinstance(each, str)]
    assert review.decisions == tuple(
        Decision(place=f"review.tsv, line {n}", **each) for n, each in good
    )
    bad = [n for n, each in enumerate(lines, start=2) if isinstance(each, str)]
    assert [fault.partition(": ")[0] for fault in review.faults] == [
        f"review.tsv, line {n}" for n in bad
    ]


@given(rows=st.lists(ROW, max_size=5))
def test_json_says_the_same(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("review") / "review.json"
    path.write_text(json.dumps([*rows, {"sample": 7, "decision": "pending"}, "x"]))
    review = read_review([path])
    assert review.decisions == tuple(
        Decision(place=f"review.json, entry {n}", **each) for n, each in enumerate(rows, start=1)
    )
    assert [fault.partition(":")[0] for fault in review.faults] == [
        f"review.json, entry {len(rows) + n}" for n in (1, 2)
    ]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("review.tsv", b"PK\x03\x04", "is a workbook"),
        ("review.tsv", b"\xff\xfe\xff", "not UTF-8"),
        ("review.tsv", b"sample;decision\nA;dismissed\n", "semicolons where tabs are due"),
        ("review.tsv", b"who\twhen\n", "no column sample and no decision"),
        ("review.tsv", b"sample\tdecision\tdecision\nA\tconfirmed\tdismissed\n", "decision twice"),
        ("review.json", b'[{"sample": "A", "decision": "x", "decision": "y"}]', "decision twice"),
        ("review.json", b"{}", "no list"),
        ("review.json", b"[", "Expecting"),
    ],
)
def test_a_file_that_is_none_is_told_and_stops_nothing(tmp_path, name, content, told):
    (tmp_path / name).write_bytes(content)
    good = tmp_path / "good.tsv"
    good.write_text("sample\tdecision\nA\tConfirmed\n")
    review = read_review([tmp_path / name, good])
    assert [each.decision for each in review.decisions] == ["confirmed"]
    (fault,) = review.faults
    assert fault.startswith(f"{name}: ")
    assert told in fault


def test_a_column_that_is_not_read_is_told_and_quotes_of_a_spreadsheet_are_taken_off(tmp_path):
    path = tmp_path / "review.tsv"
    path.write_text('sample\tdecision\tnotes\tnote\nA\tpending\tx\t"waits for ""PCR"""\n')
    review = read_review([path])
    assert review.decisions[0].note == 'waits for "PCR"'
    assert review.faults == ("review.tsv, line 1: not read: column notes",)


def test_a_file_that_is_named_must_be_there(tmp_path):
    with pytest.raises(InputError, match=r"gone\.tsv: this file of decisions does not exist"):
        read_review([tmp_path / "gone.tsv"])


ALLELE, OTHER = "17-42329643-G-A", "17-42329643-G-C"
FOUND = FoundEvidence("STAT3-AD-HIES", (ALLELE,), "xf1")
SECOND = FoundEvidence("STAT3-AD-HIES", (OTHER,), "xf2")
EVIDENCE = SampleEvidence("xa", (FOUND, SECOND), ((ALLELE, "x1"), (OTHER, "x2")))


def states(*decisions: Decision, samples=(("b", "A"),)):
    run = decided(Review(decisions), [(key, EVIDENCE) for key in samples])
    return run, [(each.state, each.on) for them in run.by_sample.values() for each in them]


@pytest.mark.parametrize(
    ("finding", "about", "expected"),
    [
        ("", "xa", ("current", ())),
        ("", "xold", ("stale", ())),
        ("", "", ("unbound", ())),
        ("STAT3-AD-HIES", "xf2", ("current", ("xf2",))),
        ("STAT3-AD-HIES", "xold", ("stale", ("xf1", "xf2"))),
        ("STAT3-AD-HIES", "", ("unbound", ("xf1", "xf2"))),
        (ALLELE, "x1", ("current", ("xf1",))),
        (ALLELE, "x2", ("stale", ("xf1",))),
        (ALLELE, "", ("unbound", ("xf1",))),
        ("ZNF341-AR-HIES", "xf1", ("gone", ())),
        ("", "xf1", ("stale", ())),
    ],
)
def test_a_decision_stands_on_the_evidence_that_it_names(finding, about, expected):
    decision = Decision("A", "dismissed", "line 2", finding=finding, about=about)
    assert states(decision)[1] == [expected]


def test_who_is_not_in_the_run_is_told():
    one, other = Decision("A", "pending", "l 2"), Decision("Z", "pending", "l 3")
    wrong = Decision("A", "pending", "l 4", batch="c")
    run, found = states(one, other, wrong)
    assert len(found) == 1
    assert run.faults == (
        "l 3: sample 'Z' is not in this run: the line is not used",
        "l 4: sample 'A' is not in batch 'c' of this run: the line is not used",
    )


def test_a_name_of_two_batches_needs_the_batch():
    samples = (("b", "A"), ("c", "A"))
    run, found = states(Decision("A", "pending", "l 2"), samples=samples)
    assert found == []
    assert "several batches" in run.faults[0]
    run, found = states(Decision("A", "pending", "l 2", batch="c"), samples=samples)
    assert list(run.by_sample) == [("c", "A")]


def test_a_guarded_name_is_the_name_unless_it_is_one_itself():
    copied = Decision("'=A", "pending", "l 2")
    assert list(states(copied, samples=(("b", "=A"),))[0].by_sample) == [("b", "=A")]
    both = (("b", "=A"), ("b", "'=A"))
    assert list(states(copied, samples=both)[0].by_sample) == [("b", "'=A")]
