"""The picture of callability: what it draws is what the samples have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.render.figures.heat_picture import (
    MOST_ROWS,
    HeatColumns,
    _together,
    heat_picture,
)
from hies_annot.render.sample_summary import SampleSummary, summaries, summarise
from hies_annot.results.contract import SampleResult

Build = Callable[[str], Callable[..., Any]]


def picture_of(rows: Sequence[SampleSummary]) -> ET.Element:
    columns = HeatColumns()
    for row in rows:
        columns.add(row)
    return ET.fromstring(str(heat_picture(rows, columns)))


def rows_of(picture: ET.Element) -> dict[str, list[tuple[str, float]]]:
    """Return the boxes of each row as (style, width) by its title."""
    return {
        row.findtext("title", ""): [
            (box.get("class", ""), float(box.get("width", "0"))) for box in row.findall("rect")
        ]
        for row in picture.iter("g")
    }


def test_a_row_a_sample_and_a_box_for_each_run_of_exons(results: list[SampleResult]) -> None:
    picture = picture_of(list(summaries(results)))
    rows = rows_of(picture)

    assert list(rows) == [r.sample for r in results if r.callability.genes]
    first = [style for style, _ in rows["P05"]]
    assert first[:3] == ["h-full", "h-most", "h-full"]
    full, low, rest = (width for _, width in rows["P05"][:3])
    assert full / low == pytest.approx(10, rel=0.02)
    assert rest / low == pytest.approx(12, rel=0.02)
    assert rows["P04"][0][0] == "h-open"


def test_the_picture_has_an_alternative_in_words(results: list[SampleResult]) -> None:
    svg = picture_of(list(summaries(results))).find("svg")

    assert svg is not None
    assert svg.get("role") == "img"
    whole = sum(
        all(e.callable is not None and e.callable >= e.required for g in genes for e in g.exons)
        for genes in (result.callability.genes for result in results)
        if genes
    )
    assert f"callable in {whole} of 4 samples" in (svg.findtext("desc") or "")


def test_samples_with_other_genes_are_not_known_there(built: Build) -> None:
    only = built("callability")(genes=[built("gene")(gene="ZNF341")])
    rows = [summarise(built("result")()), summarise(built("result")(sample="B", callability=only))]

    assert next(style for style, _ in rows_of(picture_of(rows))["B"]) == "h-open"


@pytest.mark.parametrize("count", [1, MOST_ROWS, MOST_ROWS + 1, 5 * MOST_ROWS])
def test_a_large_batch_shares_rows(built: Build, count: int) -> None:
    one = built("result")()
    batch = [summarise(replace(one, sample=f"S{n}")) for n in range(count)]
    rows = rows_of(picture_of(batch))

    assert len(rows) <= MOST_ROWS
    assert next(iter(rows)).startswith("S0")
    assert list(rows)[-1].endswith(f"S{count - 1}")


def test_nothing_is_drawn_of_nothing() -> None:
    assert heat_picture([], HeatColumns()) is None


@given(st.lists(st.sampled_from("#9876543210?-"), min_size=1), st.randoms())
def test_what_is_not_whole_never_looks_whole(levels: list[str], random: Any) -> None:
    together = _together(levels)
    shuffled = random.sample(levels, len(levels))

    assert together == _together(shuffled)
    assert (together == "#") == (set(levels) - {"-"} == {"#"})
    if "0" <= together <= "9":
        figures = [10 if level == "#" else int(level) for level in levels if level not in "?-"]
        assert min(9, *figures) <= int(together) <= max(figures)
