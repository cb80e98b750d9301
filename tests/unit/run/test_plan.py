"""A plan changes with everything that a result depends on, and with nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.errors import InputError
from hies_annot.model.closed import as_json
from hies_annot.results.made_from import digest_in, made_from, mark_reports
from hies_annot.run.plan import (
    BatchPlan,
    batch_file,
    judging_settings,
    plan_of,
    read_batch_plan,
    read_run_plan,
    run_file,
    run_plan,
)
from hies_annot.run.plan_files import write_plans
from hies_annot.settings.places import PLACE_KEYS
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.batches import Batch, plan_batches

PROGRAM = "1.0+abc"
CONFIG: dict[str, Any] = as_json(RunConfig(samples="s.tsv"))


@pytest.fixture
def rows(tmp_path: Path) -> list[dict[str, str]]:
    found = []
    for name in ("A", "B", "C"):
        (tmp_path / f"{name}.vcf.gz").write_text(name)
        (tmp_path / f"{name}.vcf.gz.tbi").write_text("index")
        found.append({"sample": name, "vcf": str(tmp_path / f"{name}.vcf.gz"), "sex": "female"})
    return found


def plans(rows: list[dict[str, str]], **settings: object) -> tuple[BatchPlan, ...]:
    return plan_of(plan_batches(rows, 2), CONFIG | settings, PROGRAM)


def changed(before: tuple[BatchPlan, ...], after: tuple[BatchPlan, ...]) -> list[str]:
    known = {plan.name: plan.digest for plan in before}
    return [plan.name for plan in after if plan.digest != known.get(plan.name)]


def mend(path: str) -> None:
    Path(path).write_text("another content")


def touch(path: str) -> None:
    os.utime(path, ns=(1, 1))


@pytest.mark.parametrize("end", ["", ".tbi"])
@pytest.mark.parametrize("change", [mend, touch, os.remove])
def test_a_changed_input_or_index_changes_its_batch_only(
    rows: list[dict[str, str]], end: str, change: Callable[[str], None]
) -> None:
    before = plans(rows)
    assert changed(before, plans(rows)) == []
    change(rows[2]["vcf"] + end)
    assert changed(before, plans(rows)) == ["batch-0002"]


def test_an_index_that_appears_changes_its_batch(rows: list[dict[str, str]]) -> None:
    before = plans(rows)
    Path(rows[0]["vcf"] + ".csi").write_text("index")
    assert changed(before, plans(rows)) == ["batch-0001"]


def test_a_cell_changes_its_batch_and_the_order_of_columns_does_not(
    rows: list[dict[str, str]],
) -> None:
    before = plans(rows)
    assert changed(before, plans([dict(reversed(row.items())) for row in rows])) == []
    assert changed(before, plans([*rows[:2], {**rows[2], "sex": "male"}])) == ["batch-0002"]


@given(key=st.sampled_from(sorted(CONFIG)), data=st.data())
def test_every_setting_counts_but_those_of_the_place(key: str, data: st.DataObject) -> None:
    value = data.draw(st.text(min_size=1))
    one = judging_settings({**CONFIG, key: value})
    other = judging_settings({**CONFIG, key: value + "x"})
    # A pedigree of a sheet is in the rows.
    assert (one == other) is (key in PLACE_KEYS | {"ped"})


def test_the_program_counts(rows: list[dict[str, str]]) -> None:
    assert len(changed(plans(rows), tuple(replace(p, program="2.0") for p in plans(rows)))) == 2


def test_a_plan_is_read_as_it_was_written(rows: list[dict[str, str]], tmp_path: Path) -> None:
    odd = {**rows[0], "sample": 'x"plan":"0123456789abcdef0123456789abcdef', "x_note": "\udce4 ä"}
    planned = plans([odd, *rows[1:]])
    run = run_plan(planned, CONFIG, PROGRAM)
    write_plans(tmp_path, planned, run)
    for plan in planned:
        path = batch_file(tmp_path, plan.name)
        assert read_batch_plan(path).digest == plan.digest == digest_in(path)
    assert read_run_plan(run_file(tmp_path)) == run
    assert digest_in(run_file(tmp_path)) == run.digest


@pytest.mark.parametrize("text", ["", "{}", "[1]", "no json"])
def test_what_is_no_plan_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "plan.json"
    for read in (read_batch_plan, read_run_plan):
        with pytest.raises(InputError, match="does not exist"):
            read(path)
    path.write_text(text)
    for read in (read_batch_plan, read_run_plan):
        with pytest.raises(InputError, match="is no plan"):
            read(path)


def finish(folder: Path, plan: BatchPlan, *, lines: str | None = None) -> None:
    (folder / f"{plan.name}.jsonl").write_text(f'{{"plan":"{lines or plan.digest}"}}\n')
    mark_reports(folder / plan.name, plan.digest)


def test_plans_are_written_where_the_results_do_not_come_up_to_them(
    rows: list[dict[str, str]], tmp_path: Path
) -> None:
    planned = plans(rows)
    run = run_plan(planned, CONFIG, PROGRAM)
    files = [batch_file(tmp_path, plan.name) for plan in planned]

    def written() -> list[bool]:
        before = [file.read_bytes() for file in files]
        write_plans(tmp_path, planned, run)
        return [file.read_bytes() != text for file, text in zip(files, before, strict=True)]

    write_plans(tmp_path, planned, run)
    assert written() == [False, False], "nothing is made yet: the plan stays"
    for plan in planned:
        finish(tmp_path, plan)
        assert made_from(tmp_path, plan.name) == plan.digest
    assert written() == [False, False]
    finish(tmp_path, planned[0], lines="0" * 32)
    assert written() == [True, False], "lines of another plan"
    finish(tmp_path, planned[0])
    mark_reports(tmp_path / planned[1].name, None)
    assert written() == [False, True], "reports of an older program, or half of them"


def test_a_batch_has_the_states_of_all_its_files_and_of_those_of_the_run(tmp_path: Path) -> None:
    bam, fasta = tmp_path / "a.bam", tmp_path / "g.fa"
    for path in (bam, bam.with_suffix(".bai"), fasta, tmp_path / "g.fa.fai"):
        path.write_text("x")
    row = {"sample": "A", "vcf": str(tmp_path / "gone.vcf"), "bam": str(bam)}
    settings = CONFIG | {"reference": {"fasta": str(fasta), "cache": None}}
    (plan,) = plan_of([Batch("b", (row,))], settings, PROGRAM)
    assert [(Path(state.path).name, state.size) for state in plan.inputs] == [
        ("gone.vcf", None),
        ("a.bam", 1),
        ("a.bai", 1),
        ("g.fa", 1),
        ("g.fa.fai", 1),
    ]
