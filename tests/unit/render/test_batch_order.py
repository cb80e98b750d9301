"""Where the page of a batch shows each sample."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.render.batch_order import places
from hies_annot.render.sample_summary import SampleSummary, summarise
from hies_annot.render.standing import rank
from hies_annot.render.words import STATUS_ORDER

Build = Callable[[str], Callable[..., Any]]
PEOPLE = st.lists(st.tuples(st.sampled_from(STATUS_ORDER), st.sampled_from(["", "F1", "F2"])))


def test_order(built: Build) -> None:
    one = summarise(built("negative")())

    @given(PEOPLE)
    def holds(people: list[tuple[str, str]]) -> None:
        batch = [
            replace(
                one,
                sample=str(number),
                status=status,
                family=family,
                kin=(f"family {family}",) if family else (),
            )
            for number, (status, family) in enumerate(people)
        ]
        found = places(batch)
        assert sorted(found) == list(range(len(batch)))
        shown = [batch[found.index(place)] for place in range(len(batch))]
        families = [list(them) for _, them in groupby(shown, key=lambda s: s.family or s.sample)]
        assert len(families) == len({s.family or s.sample for s in batch})
        ranks = [[rank(summary.status) for summary in family] for family in families]
        assert [min(each) for each in ranks] == sorted(min(each) for each in ranks)
        assert all(each == sorted(each) for each in ranks)
        alone = [(rank(s.status), int(s.sample)) for s in shown if not s.family]
        assert alone == sorted(alone)

    holds()


def test_parents_stand_with_their_child_without_a_family_name(built: Build) -> None:
    def person(sample: str, status: str, **specification: str) -> SampleSummary:
        result = built("negative")(sample=sample, status=status, specification=specification)
        return summarise(result)

    batch = [
        person("mother", "carrier"),
        person("other", "possible"),
        person("child", "relevant", mother="mother"),
    ]

    assert places(batch) == [1, 2, 0]
