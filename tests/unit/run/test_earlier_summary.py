"""What is kept of the run before: a whole one, and the same one until it was compared with."""

from __future__ import annotations

import json

import pytest

from hies_annot.errors import InputError
from hies_annot.run.earlier_summary import close_comparison, earlier_folder, keep_summary

PLANS = ("a" * 32, "b" * 32)


def summarise(folder, plan):
    folder.mkdir(exist_ok=True)
    for name in ("summary.tsv", "findings.tsv", "versions.yml"):
        (folder / name).write_text(f"{name} of {plan}\n")
    (folder / "run.json").write_text(json.dumps({"plan": plan, "samples": []}))


def kept(folder):
    return json.loads((earlier_folder(folder) / "run.json").read_text())["plan"]


def test_the_summary_stays_until_it_was_compared_with(tmp_path):
    results = tmp_path / "results"
    summarise(results, PLANS[0])
    keep_summary(results)
    assert earlier_folder(results) == tmp_path / "results.earlier"
    assert (tmp_path / "results.earlier/summary.tsv").read_text() == f"summary.tsv of {PLANS[0]}\n"
    summarise(results, PLANS[1])
    keep_summary(results)
    assert kept(results) == PLANS[0]
    close_comparison(results)
    keep_summary(results)
    assert kept(results) == PLANS[1]


def test_a_run_that_lost_batches_is_not_kept(tmp_path):
    summarise(tmp_path / "results", None)
    with pytest.raises(InputError, match="batches of this run were lost"):
        keep_summary(tmp_path / "results")
    assert not (tmp_path / "results.earlier").exists()


def test_without_a_run_there_is_nothing_to_keep(tmp_path):
    keep_summary(tmp_path / "results")
    close_comparison(tmp_path / "results")
    assert not (tmp_path / "results.earlier").exists()
