"""Every fault of what was read is told, each where it lies; what has none becomes its type."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, ValidationError, convert, field

from hies_annot.model.closed import Closed
from hies_annot.model.every_fault import faults_of


class Colour(StrEnum):
    RED = "red"


class Leaf(Closed, frozen=True):
    size: Annotated[int, Meta(ge=1, le=9)]
    name: str | None = None

    def __post_init__(self) -> None:
        if self.name == str(self.size):
            raise ValueError("the name is the size")


class Tree(Closed, frozen=True):
    leaves: tuple[Leaf, ...] = ()
    band: tuple[float, float] = (0.0, 1.0)
    words: dict[Colour, Annotated[str, Meta(min_length=1)]] = field(default_factory=dict)
    best: Leaf | None = None


def told(data: object) -> list[str]:
    return list(map(str, faults_of(Tree, data)))


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ({}, []),
        ({"best": None, "leaves": []}, []),
        ([], ["file: Expected object, got array"]),
        ({"leafs": []}, ["leafs: no such key"]),
        ({5: []}, ["5: no such key"]),
        ({"leaves": 3}, ["leaves: Expected array, got int"]),
        ({"leaves": [{}]}, ["leaves.0.size: is missing"]),
        ({"best": {"size": 0}}, ["best.size: Expected int >= 1"]),
        ({"best": {"size": True}}, ["best.size: Expected int, got bool"]),
        ({"best": {"size": 3, "name": "3"}}, ["best: the name is the size"]),
        ({"band": [1]}, ["band: Expected array of length 2, got 1"]),
        ({"words": {"red": ""}}, ["words.red: Expected str of length >= 1"]),
        ({"words": {"blue": "x"}}, ["words: Invalid enum value 'blue'"]),
        (
            {"leaves": [{"size": "1"}, {"size": 10, "colour": 1}], "best": {}, "x": 1},
            [
                "leaves.0.size: Expected int, got str",
                "leaves.1.size: Expected int <= 9",
                "leaves.1.colour: no such key",
                "best.size: is missing",
                "x: no such key",
            ],
        ),
    ],
)
def test_each_fault_stands_where_it_lies(data: object, faults: list[str]) -> None:
    assert told(data) == faults


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 12) | st.floats() | st.sampled_from(["", "a", "3"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["leaves", "band", "words", "best", "size", "name", "red", "x", 5]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(VALUES)
def test_there_is_a_fault_exactly_where_the_type_refuses(data: object) -> None:
    try:
        convert(data, Tree)
        refused = False
    except ValidationError:
        refused = True
    assert bool(told(data)) == refused
