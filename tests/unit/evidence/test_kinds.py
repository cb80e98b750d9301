"""The table of source kinds: complete, and every kind's facts survive a slice."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hies_annot.evidence import frequency
from hies_annot.evidence.clinvar import CLASSES, STARS
from hies_annot.evidence.kinds import KINDS
from hies_annot.evidence.lab_words import SPELLINGS
from hies_annot.evidence.scores import RANGES
from hies_annot.evidence.slices import Slice, read_slice, slice_text
from hies_annot.evidence.splice_map import KINDS as SITES
from hies_annot.io.source_tables import SourceRow
from hies_annot.model import ClinVarFact, PopulationFact, PredictedSite, ScoreFact, SpliceMapFact
from hies_annot.settings.evidence_sources import SourceKind
from hies_annot.shipped import resource_path

NAME = "a source"
word = st.text("abcdefg", min_size=1, max_size=8)
share = st.none() | st.floats(min_value=0, max_value=1)
count = st.none() | st.integers(min_value=0, max_value=10**6)
scores = st.builds(
    ScoreFact,
    tool=word.filter(lambda name: name.lower() not in RANGES),
    value=st.floats(allow_nan=False, allow_infinity=False),
    detail=word,
    source=st.just(NAME),
)


@st.composite
def clinvar_facts(draw: st.DrawFn) -> ClinVarFact:
    status = draw(st.sampled_from([*STARS, "not in the source"]))
    return ClinVarFact(
        variation_id=draw(word),
        classification=draw(st.sampled_from(sorted(CLASSES))),
        stars=STARS.get(status),
        review_status=status,
        conditions=tuple(draw(st.lists(word, max_size=3))),
        conflict=draw(st.none() | word),
        source=NAME,
        date="2026-01",
        somatic=draw(st.none() | word),
    )


FACTS: dict[SourceKind, st.SearchStrategy[Any]] = {
    SourceKind.CLINVAR: clinvar_facts(),
    SourceKind.POPULATION: st.builds(
        PopulationFact,
        source=st.just(NAME),
        version=st.just("2026-01"),
        allele_frequency=share,
        allele_count=count,
        allele_number=count,
        homozygotes=count,
        filtering_frequency=share,
        filtering_group=st.none() | word,
        filters=st.lists(word, max_size=2).map(tuple),
        part=st.none() | word,
        group_frequency=st.none() | share,
    ),
    SourceKind.SCORE: scores,
    SourceKind.SPLICEAI: scores,
    SourceKind.SPLICE_MAP: st.builds(
        SpliceMapFact,
        tool=word,
        sites=st.tuples(
            *(
                st.builds(
                    PredictedSite,
                    kind=st.just(kind),
                    score=st.integers(0, 100).map(lambda hundredths: hundredths / 100),
                    offset=st.integers(-50, 50),
                    place=st.none(),
                    pos=st.none(),
                    used=st.just(True),
                )
                for kind in SITES.values()
            )
        ),
        source=st.just(NAME),
    ),
    SourceKind.LAB: st.sampled_from([word for words in SPELLINGS.values() for word in words]),
}


def test_every_kind_of_the_configuration_has_an_entry() -> None:
    assert list(KINDS) == list(SourceKind)


@pytest.mark.parametrize("kind", KINDS)
@settings(deadline=None)
@given(data=st.data())
def test_a_slice_gives_the_facts_that_were_written(kind, data, tmp_path_factory) -> None:
    keys = st.tuples(st.just("17"), st.integers(1, 10**6), st.just("G"), st.sampled_from("ACT"))
    facts = data.draw(st.dictionaries(keys, FACTS[kind], max_size=3))
    path = tmp_path_factory.getbasetemp() / f"{kind}.tsv"
    path.write_text(slice_text(Slice(name=NAME, kind=kind, facts=facts, version="2026-01")))
    assert read_slice(path).facts == facts


@pytest.mark.parametrize("kind", KINDS)
def test_the_slices_that_ship_are_of_their_kind(kind) -> None:
    assert {read_slice(resource_path(path)).kind for path in KINDS[kind].embedded} <= {kind}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_needs_has_a_usual_name(kind) -> None:
    assert set(KINDS[kind].needs) <= set(KINDS[kind].usual)
    assert all(KINDS[kind].usual.values())


@pytest.mark.parametrize("text", ["nan", "NaN", "inf", "-inf", "1e23290", "", "-", "n/a"])
def test_a_figure_that_is_no_finite_number_is_not_given(text):
    fields = {"allele_number": "AN", "allele_frequency": "AF", "filtering_frequency": "FAF"}
    values = dict.fromkeys(fields.values(), text)
    row = SourceRow("17", 42329643, None, "G", "A", (), values)
    fact = frequency.fact_of_row(row, fields, source="lab", version=None)
    assert (fact.allele_number, fact.allele_frequency, fact.filtering_frequency) == (None,) * 3


@pytest.mark.parametrize("role", ["allele_number", "allele_frequency", "filtering_frequency"])
@pytest.mark.parametrize(
    "text", ["many", "0,5", "2%", "<0.001", "1,000", "0.1,0.2", "\u0660.\u0666"]
)
def test_a_figure_that_cannot_be_read_is_refused(text, role):
    fields = {"allele_frequency": "AF"} | {role: "X"}
    row = SourceRow("17", 42329643, None, "G", "A", (), {"AF": "1e-6", "X": text})
    with pytest.raises(ValueError, match=re.escape(repr(text))):
        frequency.fact_of_row(row, fields, source="lab", version=None)


def test_of_two_rows_for_one_allele_the_one_that_passed_is_kept() -> None:
    rank = KINDS[SourceKind.POPULATION].form.rank
    assert rank is not None
    passed = PopulationFact("lab", None, 1e-6, None, 2000, None, None, None)
    failed = PopulationFact("lab", None, 0.1, None, 10**6, None, None, None, ("AC0",))
    assert max((failed, passed), key=rank) is passed
    larger = PopulationFact("lab", None, 0.1, None, 10**6, None, None, None)
    assert max((larger, passed), key=rank) is larger
