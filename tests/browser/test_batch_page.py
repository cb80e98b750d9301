"""The page of a batch in use: search, statuses, order, back, export, and without JavaScript."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hies_annot.render.column import guarded, unguarded

from .conftest import HOSTILE, LONG

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Page]
ROWS = "#table-samples tbody tr"


def shown(page: Page) -> list[str]:
    """Return the samples that the table shows, from above."""
    return page.locator(f"{ROWS} th").all_inner_texts()


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def saved(page: Page, name: str, folder: Path) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.click(f"#export-{name}")
    path = folder / "saved.tsv"
    download.value.save_as(path)
    return rows_of(path)


@pytest.mark.parametrize(
    ("words", "samples"),
    [
        ("R382W", {"EX01", "EX07"}),
        ("p.Arg382Trp", {"EX01", "EX07"}),
        ("p.(Arg382Trp) relevant", {"EX01"}),
        ("trp stat3 c.1144C>T", {"EX01", "EX07"}),
        ("17-42329643-G-A", {"EX01", "EX07"}),
        ("ex20 families", {"EX20-child", "EX20-father", "EX20-mother"}),
        ("no such words", set()),
    ],
)
def test_all_words_are_looked_for(
    visit: Visit, example: Path, words: str, samples: set[str]
) -> None:
    page = visit(example / "index.html")
    page.fill("#query", words)

    expect(page.locator("#shown")).to_have_text(f"{len(samples)} of 23 samples shown")
    assert set(shown(page)) == samples


def test_relevant_comes_first_and_families_stand_together(visit: Visit, example: Path) -> None:
    samples = shown(visit(example / "index.html"))

    assert samples[0] == "EX01"
    assert samples[-1] == "EX17"
    child = samples.index("EX20-child")
    assert samples[child + 1 : child + 3] == ["EX20-father", "EX20-mother"]


def test_what_was_chosen_is_there_again_after_back(visit: Visit, example: Path) -> None:
    page = visit(example / "index.html")
    page.fill("#query", "stat3")
    page.uncheck("#controls input[value=none]")
    page.click("#table-samples thead th:first-child .dt-column-order")
    expect(page.locator(f"{ROWS} th").first).to_have_text("1e5")
    before = shown(page)
    page.click(f"{ROWS} a")
    expect(page.locator("h1")).to_contain_text("Sample")
    page.go_back()

    assert page.input_value("#query") == "stat3"
    assert not page.is_checked("#controls input[value=none]")
    assert shown(page) == before
    assert before[:3] == ["1e5", "007", "EX01"]
    page.click(f"{ROWS} a")
    page.click("text=All samples of the run")
    assert len(shown(page)) == 23


def test_what_is_shown_is_saved(visit: Visit, example: Path, tmp_path: Path) -> None:
    page = visit(example / "index.html")
    page.fill("#query", "znf341 trans")
    samples = saved(page, "samples", tmp_path)

    assert [unguarded(row["Sample"]) for row in samples] == shown(page)
    assert {row["Status"] for row in samples} <= {"Relevant", "Possible", "Carrier"}
    assert all(cell == guarded(unguarded(cell)) for row in samples for cell in row.values())
    findings = saved(page, "findings", tmp_path)
    assert {row["Sample"] for row in findings} <= {row["Sample"] for row in samples}
    assert all("ZNF341" in row["Gene"] for row in findings)


def test_hostile_ids_are_text(visit: Visit, odd: Path, tmp_path: Path) -> None:
    page = visit(odd / "index.html")
    title = page.title()

    assert sorted(shown(page)) == sorted([HOSTILE, LONG])
    page.fill("#query", "<img src=x")
    assert shown(page) == [HOSTILE]
    assert [row["Sample"] for row in saved(page, "samples", tmp_path)] == [HOSTILE]
    page.goto(f"{(odd / 'index.html').as_uri()}#q=%3Cimg&samples.order=99.up&samples.page=x")
    assert page.locator("img").count() == 0
    assert page.title() == title
    page.click(f"{ROWS} a")
    expect(page.locator("h1")).to_have_text(f"Sample {HOSTILE}")
    assert page.locator("img").count() == 0


def test_without_javascript_all_rows_of_a_small_run_stand_there(
    visit: Visit, example: Path
) -> None:
    page = visit(example / "index.html", java_script_enabled=False)

    assert page.locator(ROWS).count() == 23
    assert not page.is_visible("#controls")
    assert page.is_visible(f"{ROWS} >> text=c.1144C>T >> nth=0")
