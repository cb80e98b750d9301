"""The example batch on a real Slurm: submitted, killed, resumed."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from .conftest import EXAMPLE, ROOT, Place, read_rows, wait_until
from .one_node_slurm import Slurm, one_node_slurm, why_not

pytestmark = [
    pytest.mark.slow(minutes=1),
    pytest.mark.skipif(why_not() is not None, reason=f"no Slurm on this machine: {why_not()}"),
]
PROFILE = (
    *("--workflow-profile", str(ROOT / "profiles/slurm")),
    *("--latency-wait", "5", "--seconds-between-status-checks", "1"),
    *("--slurm-init-seconds-before-status-checks", "1"),
    *("--default-resources", "slurm_partition=test", "mem_mb=500", "runtime=5"),
)


@pytest.fixture(scope="module")
def slurm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slurm]:
    with one_node_slurm(tmp_path_factory.mktemp("slurm") / "cluster") as cluster:
        yield cluster


@pytest.fixture
def cluster_place(place: Place, slurm: Slurm) -> Place:
    place.configure(samples=str(EXAMPLE / "samples.tsv"))
    # The plugin clears SLURM_* inside a job: on a usual site srun then reads /etc/slurm.
    srun = Path(place.environment["PATH"].split(os.pathsep)[0]) / "srun"
    config = slurm.environment["SLURM_CONF"]
    srun.write_text(f'#!/bin/sh\nSLURM_CONF="{config}" exec "{shutil.which("srun")}" "$@"\n')
    srun.chmod(0o755)
    # Nor does it quote the interpreter's path, so a clone in "my folder" is reached by a link.
    link = srun.with_name("venv")
    link.symlink_to(Path(sys.executable).parents[1])
    return replace(
        place,
        environment={**place.environment, **slurm.environment},
        python=str(link / "bin" / Path(sys.executable).name),
    )


def states(slurm: Slurm) -> list[str]:
    return slurm.ask("squeue", "--noheader", "--states=all", "--format=%T").split()


def assert_complete(place: Place) -> None:
    statuses = [
        {row["sample"]: row["status"] for row in read_rows(table)}
        for table in (place.folder / "results/summary.tsv", EXAMPLE / "expected_summary.tsv")
    ]
    assert statuses[0] == statuses[1]


def test_the_batches_run_as_jobs_of_the_cluster(cluster_place: Place, slurm: Slurm) -> None:
    before = len(states(slurm))
    cluster_place.snakemake(*PROFILE)
    assert states(slurm)[before:] == ["COMPLETED"] * 2, "one job a batch, the rest runs here"
    assert_complete(cluster_place)
    assert cluster_place.plan(*PROFILE) == {}


def test_batches_can_be_one_job_array(cluster_place: Place, slurm: Slurm) -> None:
    cluster_place.snakemake(*PROFILE, "--slurm-array-jobs", "analyse_batch")
    arrays = slurm.ask("squeue", "--noheader", "--states=all", "--array", "--format=%F_%K %T")
    tasks = [line for line in arrays.splitlines() if not line.split()[0].endswith("_N/A")]
    assert len(tasks) == 2
    assert all(line.endswith("COMPLETED") for line in tasks)
    assert_complete(cluster_place)


@pytest.mark.parametrize("run_dies_too", [False, True], ids=["job", "job and run"])
def test_a_killed_job_is_done_again(cluster_place: Place, slurm: Slurm, run_dies_too: bool) -> None:
    """The run itself submits a lost job again; a run that died with its job is started again."""
    place, free = cluster_place, cluster_place.folder / "free"
    place.put_before_command(
        f'case "$*" in annotate*families*) [ -e "{free}" ] || sleep 300 ;; esac\n'
    )
    run = subprocess.Popen(
        place.command(*PROFILE),
        cwd=place.folder,
        env=dict(place.environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        demo = place.folder / "results/demo.jsonl"
        wait_until(lambda: demo.exists() and states(slurm)[-1] == "RUNNING", run)
        if run_dies_too:
            os.killpg(run.pid, signal.SIGKILL)
        slurm.cancel_jobs()
        assert not (place.folder / "results/families.jsonl").exists(), "no half file"
        assert not (place.folder / "results/summary.tsv").exists()
        free.touch()
        assert (run.wait(120) == 0) is not run_dies_too
    finally:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
        slurm.cancel_jobs()
    if run_dies_too:
        place.snakemake("--unlock")
        place.snakemake(*PROFILE)
    assert_complete(place)
