"""Batches that read the carriers of a pass say what batches say that read the cohort."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_records import COLUMNS, RECORDS

from hies_annot.model.closed import as_json
from hies_annot.read.carriers import Carriers
from hies_annot.results.contract import SampleResult
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.cohort_files import (
    COHORT_ROWS,
    Cohort,
    carriers_file,
    cohorts_of,
    empty_carriers,
    prepare_carriers,
)
from hies_annot.run.cohorts import carriers_for, read_cohort
from hies_annot.run.engine import Engine
from hies_annot.run.plan import BatchPlan, RunPlan, plan_of, run_plan
from hies_annot.run.plan_files import write_plans
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.batches import Batch, plan_batches
from hies_annot.shipped import fingerprint

ENGINE = Engine(RunConfig())
CONFIG = as_json(RunConfig(samples="s"))
HEADER = (
    "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n##contig=<ID=20,length=64444167>\n"
)
GENOTYPES = ("0/0", "0/0", "0/1", "1/1", "./.", "0|1")


def write_cohort(path: Path, genotypes: Sequence[Sequence[str]], *, header: str = HEADER) -> str:
    """Write a cohort; `genotypes` has a row a record."""
    names = [f"C{number}" for number in range(len(genotypes[0]))]
    lines = [
        f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t900\tPASS\t.\tGT:DP:GQ\t"
        + "\t".join(f"{genotype}:40:99" for genotype in row)
        + "\n"
        for (chrom, pos, ref, alt), row in zip(RECORDS, genotypes, strict=True)
    ]
    path.write_text(header + COLUMNS + "\t".join(names) + "\n" + "".join(lines))
    return str(path)


def planned(cohort: str, samples: Sequence[str], size: int) -> tuple[list[BatchPlan], RunPlan]:
    # C5 is a child of C0 and C1, so that it needs their rows in whichever batch it is.
    rows = [
        {"sample": name, "vcf": cohort} | ({"father": "C0", "mother": "C1"} if name == "C5" else {})
        for name in samples
    ]
    plans = list(plan_of(plan_batches(rows, size), CONFIG, fingerprint()))
    run = run_plan(plans, CONFIG, fingerprint())
    return plans, replace(run, cohorts={"key": Cohort(cohort, tuple(p.name for p in plans))})


def results(plan: BatchPlan, carriers: Carriers | None) -> list[SampleResult]:
    batch = plan.batch
    return list(
        analyse_rows(
            ENGINE, batch.samples, batch.relatives, batch=batch.name, plan=plan.digest,
            carriers=carriers,
        )
    )  # fmt: skip


@given(
    genotypes=st.lists(
        st.lists(st.sampled_from(GENOTYPES), min_size=14, max_size=14),
        min_size=len(RECORDS),
        max_size=len(RECORDS),
    ),
    order=st.permutations([f"C{number}" for number in range(14)]),
    size=st.integers(1, 6),
    told=st.booleans(),
)
@settings(max_examples=25, deadline=None)
def test_carriers_say_what_the_cohort_says(
    tmp_path_factory: pytest.TempPathFactory,
    genotypes: list[list[str]],
    order: list[str],
    size: int,
    told: bool,
) -> None:
    folder = tmp_path_factory.mktemp("cohort")
    header = HEADER if told else "##fileformat=VCFv4.2\n"
    plans, run = planned(write_cohort(folder / "c.vcf", genotypes, header=header), order, size)
    write_plans(folder, plans, run)
    assert list(read_cohort("key", folder, run)) == []
    for plan in plans:
        carriers = carriers_for(plan, [carriers_file(folder, "key", plan.name)])
        assert carriers.files, "the pass has written them"
        assert results(plan, carriers) == results(plan, None)


def one_pass(folder: Path) -> tuple[str, BatchPlan, RunPlan, Path]:
    """A cohort of carriers whose pass is done: file, plans, and what the pass has written."""
    cohort = write_cohort(folder / "c.vcf", [["0/1"] * 12 for _ in RECORDS])
    (plan,), run = planned(cohort, [f"C{number}" for number in range(12)], 100)
    write_plans(folder, [plan], run)
    assert list(read_cohort("key", folder, run)) == []
    return cohort, plan, run, carriers_file(folder, "key", plan.name)


def test_carriers_are_used_and_those_of_another_plan_or_file_are_not(tmp_path: Path) -> None:
    cohort, plan, _, path = one_pass(tmp_path)
    head, *records = path.read_text().splitlines(keepends=True)
    path.write_text(head)
    without_records = results(plan, carriers_for(plan, [path]))
    assert all(not result.variants for result in without_records), "they are what is read"
    assert all(result.variants for result in results(plan, Carriers("another", {cohort: path})))
    for key, value in (("plan", "x"), ("state", [cohort, 1, 1]), ("wanted", [[0, True]])):
        path.write_text(json.dumps({**json.loads(head), key: value}) + "\n" + "".join(records))
        assert all(result.variants for result in results(plan, carriers_for(plan, [path]))), key
    path.write_text("no json")
    assert all(result.variants for result in results(plan, carriers_for(plan, [path])))


def test_what_a_killed_pass_has_left_is_not_taken_in(tmp_path: Path) -> None:
    _, _, run, path = one_pass(tmp_path)
    written = path.read_text()
    path.with_suffix(".part").write_text("".join(written.splitlines(keepends=True)[1:]))
    assert list(read_cohort("key", tmp_path, run)) == []
    assert path.read_text() == written
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_cohort_that_cannot_be_read_fails_its_samples_and_not_the_pass(tmp_path: Path) -> None:
    cohort = tmp_path / "c.vcf"
    cohort.write_text("this is no VCF\n")
    (plan,), run = planned(str(cohort), ["C0", "C1"], 100)
    write_plans(tmp_path, [plan], run)
    (remark,) = read_cohort("key", tmp_path, run)
    assert "each batch reads the file itself" in remark
    path = carriers_file(tmp_path, "key", plan.name)
    found = results(plan, carriers_for(plan, [path]))
    assert [result.status for result in found] == ["failed", "failed"]


def batches(*sizes: int, file: str = "/c.bcf") -> list[Batch]:
    return [
        Batch(f"b{number}", tuple({"sample": f"{number}.{n}", "vcf": file} for n in range(size)))
        for number, size in enumerate(sizes)
    ]


@pytest.mark.parametrize(
    ("sizes", "found"),
    [
        ((COHORT_ROWS // 2, COHORT_ROWS // 2), True),
        ((COHORT_ROWS // 2, COHORT_ROWS // 2 - 1), False),
        ((COHORT_ROWS * 2,), False),
    ],
)
def test_a_large_file_of_several_batches_gets_a_pass(sizes: tuple[int, ...], found: bool) -> None:
    cohorts = cohorts_of(batches(*sizes))
    assert [cohort.file for cohort in cohorts.values()] == ["/c.bcf"] * found


def test_done_batches_keep_an_empty_file_and_due_ones_their_own_only(tmp_path: Path) -> None:
    cohorts = cohorts_of(batches(COHORT_ROWS, 1, 1, 1))
    (key,) = cohorts
    plans = {name: f"{number}" * 32 for number, name in enumerate(("b0", "b1", "b2", "b3"))}
    for batch, digest in (("b1", plans["b1"]), ("b2", "9" * 32)):
        path = carriers_file(tmp_path, key, batch)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'{{"plan": "{digest}"}}\n')
    prepare_carriers(tmp_path, cohorts, plans, {"b1", "b2", "b3"})
    there = {name: carriers_file(tmp_path, key, name).exists() for name in plans}
    assert there == {"b0": True, "b1": True, "b2": False, "b3": False}
    empty_carriers(tmp_path)
    assert carriers_file(tmp_path, key, "b1").read_bytes() == b""
