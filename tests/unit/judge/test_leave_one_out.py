"""Every curated change of STAT3 without its own row: no mechanism is guessed, none is lost."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def check():
    path = ROOT / "benchmarks" / "leave_one_out.py"
    spec = importlib.util.spec_from_file_location("leave_one_out", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def left(check):
    return list(check.leave_one_out())


def test_no_gain_is_relevant_and_no_dominant_negative_is_lost(left):
    assert {one.mechanism.value for one in left} == {"dominant_negative", "gain_of_function"}
    assert [one.shown for one in left if one.wrong] == []


def test_the_documentation_tells_the_counts_of_today(check, left):
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    assert check.section(left) in page


def test_the_section_is_renewed_in_its_place(check, left):
    text = check.section(left)
    assert check.written_into(f"before\n{check.BEGIN}\nold\n{check.END}\nafter\n", text) == (
        f"before\n{text}\nafter\n"
    )
    assert check.written_into("page\n", text) == f"page\n\n{text}\n"


def test_without_its_row_an_allele_is_known_no_more(check):
    known = next(row for row in check.STORE.known_variants("STAT3") if "Thr389Ile" in row.hgvs_p)
    store = check.without(check.STORE, known)
    assert known not in store.known.values()
    assert len(store.known) == len(check.STORE.known) - 1
