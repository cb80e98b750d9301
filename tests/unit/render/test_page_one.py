"""The first page: the finding in one sentence, plain words, what was not seen, next steps."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.render.advice import recommendations
from hies_annot.render.html import render_sample
from hies_annot.render.plain_words import plain_summary
from hies_annot.render.sentence import finding_sentence, gap_words
from hies_annot.render.standing import by_id
from hies_annot.render.words import css_string

Build = Callable[[str], Callable[..., Any]]
STATUSES = ("relevant", "possible", "carrier", "differential", "none", "inconclusive", "failed")


def test_the_sentence_holds_the_whole_finding(built: Build) -> None:
    condition = built("condition")(origins={"17-42329643-G-A": "inherited from the mother"})
    said = finding_sentence(condition, by_id(built("result")()))

    for part in (
        "STAT3 NM_139276.3:c.1144C>T p.(Arg382Trp)",
        "heterozygous",
        "counts as pathogenic or likely pathogenic, ground: curated table of known variants",
        "origin: inherited from the mother",
        "phase not needed",
        "autosomal dominant: Hyper-IgE recurrent infection syndrome 1",
        "(MIM 147060)",
    ):
        assert part in said


def test_the_sentence_says_how_the_phase_is_known(built: Build) -> None:
    condition = built("condition")(
        phase="trans", phase_evidence="trio", phase_detail="father: first one copy"
    )
    said = finding_sentence(condition, {})

    assert "shown by genotypes of both parents (father: first one copy)" in said


def test_an_origin_that_the_result_lacks_is_not_given(built: Build) -> None:
    assert "origin: not given" in finding_sentence(built("condition")(), by_id(built("result")()))


@pytest.mark.parametrize("status", STATUSES)
def test_plain_words_promise_no_more_than_the_status(built: Build, status: str) -> None:
    found = status in STATUSES[:4]
    conditions = [built("condition")(status=status)] if found else []
    said = plain_summary(built("result")(status=status, conditions=conditions))

    assert ("This person has" in said) is found
    assert ("This is not a diagnosis" in said) is found
    assert ("counts as a cause" in said) is (status == "relevant")
    assert ("not certain" in said) is (status == "possible")
    assert ("nothing can be said" in said) is (status == "failed")
    assert ("cannot show that there is none" in said) is (status == "inconclusive")


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        ("trans", "in each of the two copies"),
        ("cis", "in the same copy"),
        ("unknown", "whether they lie on the same copy or on different copies is not known"),
    ],
)
def test_plain_words_tell_the_phase_of_two_changes(built: Build, phase: str, said: str) -> None:
    condition = built("condition")(phase=phase, variants=["a", "b"])

    assert said in plain_summary(built("result")(conditions=[condition]))


def test_a_clone_is_in_some_cells_only(built: Build) -> None:
    low = built("variant")(flags=["low_fraction"])

    assert "in some of the cells" in plain_summary(built("result")(variants=[low]))


def test_gaps_are_named_up_to_a_number(built: Build) -> None:
    gene = built("gene")(gene="STAT3", missing=dict.fromkeys(range(2, 10), 3))
    ((name, said),) = gap_words(built("callability")(genes=[gene]))

    assert name == "STAT3"
    assert "exon 2 c.1110_1139 (low depth)" in said
    assert said.endswith("and 4 more")


def test_everything_that_is_needed_stands_before_the_warnings(built: Build) -> None:
    page = render_sample(built("exclusion")(warnings=["the file has no index"]))
    order = [
        page.index(part)
        for part in ("In plain words", "What was seen", "Proposed next steps", "the file has no")
    ]

    assert order == sorted(order)


def test_every_printed_page_names_sample_evidence_and_number(built: Build) -> None:
    page = render_sample(built("result")())

    assert '@bottom-left{content:"Sample P01"' in page
    assert r"Evidence of 2025\00002d11\00002d03" in page
    assert 'content:"Page " counter(page) " of " counter(pages)' in page


def test_a_report_has_a_date_only_where_it_was_asked_for(built: Build) -> None:
    assert "report of" not in render_sample(built("result")())
    assert "report of 2026-02-01" in render_sample(built("result")(report_date="2026-02-01"))


@given(st.text(max_size=200))
def test_no_text_leaves_its_css_string(text: str) -> None:
    said = css_string(text)

    assert re.fullmatch(r"(?:[A-Za-z0-9 ]|\\[0-9a-f]{6})*", said)
    read = re.sub(r"\\([0-9a-f]{6})", lambda found: chr(int(found[1], 16)), said)
    assert read == (text if len(text) <= 80 else text[:77] + "...")


def test_parents_of_a_dominant_finding_are_not_asked_for_phase(built: Build) -> None:
    one = " ".join(recommendations(built("result")()))
    two = built("condition")(inheritance="AR", variants=["a", "b"])

    assert "test both parents: inherited or de novo." in one
    assert "phase" not in one
    assert "in trans" in " ".join(recommendations(built("result")(conditions=[two])))
