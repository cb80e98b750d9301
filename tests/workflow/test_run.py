"""Real runs: the command, the workflow and the files that a user finds afterwards."""

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from .conftest import EXAMPLE, ROOT, Place, read_rows, wait_until

pytestmark = pytest.mark.slow
RUN_FILES = (
    *(
        "summary.tsv",
        "findings.tsv",
        "index.html",
        "hies_mqc.json",
        "hies_status_mqc.json",
        "status.json",
        "versions.yml",
        "run.json",
    ),
)
SAMPLE_ENDINGS = (".json", ".html", ".tsv", ".vcf.gz", ".vcf.gz.tbi")


def statuses(summary: Path) -> dict[str, str]:
    return {row["sample"]: row["status"] for row in read_rows(summary)}


def test_a_private_run_leaves_nothing_that_others_may_read(place: Place) -> None:
    place.configure(samples=str(EXAMPLE / "samples.tsv"), private=True)
    before = set(place.folder.rglob("*"))
    old = os.umask(0)
    try:
        place.snakemake()
    finally:
        os.umask(old)
    made = {path for path in place.folder.rglob("*") if ".snakemake" not in path.parts} - before
    assert {path.relative_to(place.folder).parts[0] for path in made} >= {"logs", "results"}
    assert [path for path in made if path.stat().st_mode & 0o077] == []


def test_the_example_batch_from_end_to_end(place: Place) -> None:
    place.configure(samples=str(EXAMPLE / "samples.tsv"))
    place.snakemake()
    results = place.folder / "results"
    assert [name for name in RUN_FILES if not (results / name).stat().st_size] == []
    assert statuses(results / "summary.tsv") == statuses(EXAMPLE / "expected_summary.tsv")
    for row in read_rows(EXAMPLE / "samples.tsv"):
        files = [results / row["batch"] / (row["sample"] + end) for end in SAMPLE_ENDINGS]
        assert [file for file in files if not file.is_file()] == []
        assert json.loads(files[0].read_text())["sample"] == row["sample"]
    assert "relevant" in (place.folder / "logs/summary.txt").read_text()
    versions = yaml.safe_load((results / "versions.yml").read_text())
    assert versions["Workflow"]["Snakemake"] == version("snakemake")
    assert versions["hies-annot"]["pysam"] == version("pysam")
    for log in ("analyse_batch/demo.log", "analyse_batch/families.log", "summarise.log"):
        assert (place.folder / "logs" / log).is_file()
    assert (place.folder / "logs/benchmarks/analyse_batch/demo.tsv").stat().st_size > 0

    assert place.plan() == {}, "a second run has nothing to do"

    place.snakemake("--report", "report.zip")
    report = zipfile.ZipFile(place.folder / "report.zip")
    held = {Path(name).name: report.read(name) for name in report.namelist()}
    assert held["index.html"] == (results / "index.html").read_bytes()
    assert held["summary.tsv"] == (results / "summary.tsv").read_bytes()
    assert "EX01.html" not in held


def test_a_file_that_cannot_be_read_fails_alone_and_is_tried_again_when_mended(
    place: Place,
) -> None:
    good = EXAMPLE / "vcf/EX01.vcf"
    for name in ("A", "B", "C"):
        shutil.copy(good, place.folder / f"{name}.vcf")
    place.sheet([{"sample": n, "vcf": f"{n}.vcf", "vcf_sample": "EX01"} for n in ("A", "B", "C")])
    (place.folder / "B.vcf").write_text("this is no VCF\n")
    place.configure(batch_size=2)
    place.snakemake()
    assert statuses(place.folder / "results/summary.tsv") == {
        "A": "relevant",
        "B": "failed",
        "C": "relevant",
    }
    shutil.copy(good, place.folder / "B.vcf")
    assert place.plan()["analyse_batch"] == 1
    place.snakemake()
    assert statuses(place.folder / "results/summary.tsv")["B"] == "relevant"


def test_a_kill_while_writing_leaves_whole_files_and_the_next_run_completes(place: Place) -> None:
    rows = place.make_samples(60)
    for row in rows:
        shutil.copy(EXAMPLE / "vcf/EX01.vcf", place.folder / str(row["vcf"]))
    place.sheet([{**row, "vcf_sample": "EX01"} for row in rows])
    place.configure(batch_size=60)
    reports = place.folder / "results/batch-0001"
    run = subprocess.Popen(
        place.command(),
        cwd=place.folder,
        env=dict(place.environment),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until(lambda: len(list(reports.glob("*.html"))) >= 3, run)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    written = list(reports.iterdir())
    assert len(written) < len(rows) * len(SAMPLE_ENDINGS), "the kill came too late to test anything"
    for path in written:
        if path.suffix == ".json":
            json.loads(path.read_text())
        if path.suffix == ".html":
            assert path.read_text().rstrip().endswith("</html>")
    assert not (place.folder / "results/summary.tsv").exists()

    place.snakemake("--unlock")
    place.snakemake("--rerun-incomplete")
    assert set(statuses(place.folder / "results/summary.tsv").values()) == {"relevant"}
    assert len(list(reports.glob("*.html"))) == len(rows)
    left_over = [p.name for p in reports.iterdir() if not p.name.endswith(SAMPLE_ENDINGS)]
    assert sorted(left_over) == [".plan", ".snakemake_timestamp"]


def test_a_job_that_dies_is_tried_again_with_more_memory_and_the_others_go_on(
    place: Place,
) -> None:
    """Batch 2 dies twice, batch 3 always: 2 is done at last, and 3 takes nobody down with it.

    The summary has the samples of batch 3 as failed, the lab is told, and the next run mends all.
    """
    names = ("S1", "S2", "S3")
    for name in names:
        shutil.copy(EXAMPLE / "vcf/EX01.vcf", place.folder / f"{name}.vcf")
    place.sheet([{"sample": n, "vcf": f"{n}.vcf", "vcf_sample": "EX01"} for n in names])
    told = place.folder / "told.json"
    place.configure(batch_size=1, on_completion=f"cp /dev/stdin '{told}'")
    command = Path(place.environment["PATH"].split(os.pathsep)[0]) / "hies-annot"
    whole = command.read_text()
    place.put_before_command(
        'case "$*" in\n'
        f'  annotate*batch-0002*) echo x >>"{place.folder}/tries";'
        f' [ $(wc -l <"{place.folder}/tries") -gt 2 ] || exit 137 ;;\n'
        "  annotate*batch-0003*) exit 137 ;;\n"
        "esac\n"
    )
    said = place.snakemake("--keep-going", ok=False)
    assert (place.folder / "tries").read_text() == "x\n" * 3
    for megabytes in ("mem_mb=750", "mem_mb=1500", "mem_mb=3000"):
        assert megabytes in said
    results = place.folder / "results"
    done = sorted(path.name for path in results.glob("*.jsonl"))
    assert done == ["batch-0001.jsonl", "batch-0002.jsonl"]
    rows = read_rows(results / "summary.tsv")
    assert [row["status"] for row in rows] == ["relevant", "relevant", "failed"]
    assert rows[2]["status_reason"].startswith("batch was lost")
    assert rows[2]["html"] == ""
    assert "batch was lost" in (results / "index.html").read_text()
    run = json.loads((results / "run.json").read_text())
    assert [entry["status"] for entry in run["samples"]] == ["relevant", "relevant", "failed"]
    message = json.loads(told.read_text())
    assert message["ok"] is False
    assert message["counts"]["relevant"] == 2
    assert [each["sample"] for each in message["failed"]] == ["S3"]
    assert "1 of 3 samples failed: S3" in said

    command.write_text(whole)
    assert place.plan()["analyse_batch"] == 1
    place.snakemake()
    assert set(statuses(results / "summary.tsv").values()) == {"relevant"}
    assert json.loads(told.read_text())["ok"] is True
    assert place.plan() == {}


def test_strict_ends_with_an_error_where_a_sample_failed(place: Place) -> None:
    """Each time it is started, until the sample is mended; the summary is there all the same."""
    shutil.copy(EXAMPLE / "vcf/EX01.vcf", place.folder / "A.vcf")
    (place.folder / "B.vcf").write_text("this is no VCF\n")
    place.sheet([{"sample": n, "vcf": f"{n}.vcf", "vcf_sample": "EX01"} for n in ("A", "B")])
    place.configure(strict=True)
    for _ in range(2):
        assert "sample 'B' failed: " in place.snakemake(ok=False)
        assert statuses(place.folder / "results/summary.tsv") == {"A": "relevant", "B": "failed"}
    shutil.copy(EXAMPLE / "vcf/EX01.vcf", place.folder / "B.vcf")
    place.configure(strict=True)
    place.snakemake()
    assert place.plan() == {}


def test_both_entry_points_write_the_same_results(place: Place) -> None:
    shutil.copy(EXAMPLE / "vcf/EX01.vcf", place.folder / "x.vcf")
    place.sheet([{"sample": "EX01", "vcf": "x.vcf"}])
    tables = []
    for name, snakefile in (("top", "Snakefile"), ("inner", "workflow/Snakefile")):
        place.configure(output=name)
        place.snakemake(snakefile=ROOT / snakefile)
        tables.append((place.folder / name / "summary.tsv").read_text())
    assert tables[0] == tables[1]


def test_the_run_counts_the_same_from_the_workflow_as_from_the_command(place: Place) -> None:
    """Pages are completed by the summary, which makes no batch due again; a new table only it."""
    names = ("A", "B", "C")
    for name in names:
        shutil.copy(EXAMPLE / "vcf/EX01.vcf", place.folder / f"{name}.vcf")
    place.sheet([{"sample": n, "vcf": f"{n}.vcf", "vcf_sample": "EX01"} for n in names])
    program = [sys.executable, "-m", "hies_annot"]

    def call(*words: str) -> None:
        subprocess.run([*program, *words], cwd=place.folder, env=place.environment, check=True)

    place.configure(batch_size=2)
    call("run", "--config", "config.yaml", "-o", "old", "-q")
    call("resources", "build", "--from", "old", "-o", "lab")
    counts = {"carriers": 6, "earlier_runs": "lab/earlier_runs.tsv"}
    more = {"also": ["phenopacket", "fhir"], "report_date": "2026-01-31"}
    place.configure(batch_size=2, recurrence=counts, parquet=True, **more)
    place.snakemake()
    assert place.plan() == {}
    call("run", "--config", "config.yaml", "-o", "by_command", "-q")
    for name in ("batch-0001/A.html", "batch-0002/C.html", "index.html", "findings.tsv"):
        text = (place.folder / "results" / name).read_text()
        assert text == (place.folder / "by_command" / name).read_text()
        assert "3 of 3 unrelated samples of this run and by 3 of 3 of earlier runs" in text or (
            "3 of 3\t3 of 3" in text
        )
    exchanged = [f"batch-0001/B.{kind}.json" for kind in more["also"]]
    for name in ("summary.parquet", "findings.parquet", *exchanged):
        made = (place.folder / "results" / name).read_bytes()
        assert made == (place.folder / "by_command" / name).read_bytes()
    call("resources", "build", "--from", "old", "--from", "by_command", "-o", "lab")
    assert place.plan() == {"summarise": 1, "default": 1}


def test_decisions_and_the_earlier_report_are_told_by_the_workflow_as_by_the_command(
    place: Place,
) -> None:
    """Both repeat the summary only, when they come, change and go."""
    shutil.copy(EXAMPLE / "vcf/EX01.vcf", place.folder / "A.vcf")
    place.sheet([{"sample": "A", "vcf": "A.vcf", "vcf_sample": "EX01"}])
    program = [sys.executable, "-m", "hies_annot", "run", "--config", "config.yaml", "-q"]
    place.configure(alignments=True)
    subprocess.run([*program, "-o", "old"], cwd=place.folder, env=place.environment, check=True)
    place.snakemake()
    only_summary = {"summarise": 1, "default": 1}
    review = place.folder / "lab_review.tsv"
    review.write_text("sample\tfinding\tdecision\nA\tSTAT3-AD-HIES\tpending\n")
    place.configure(alignments=True, review=review.name, earlier="old")
    assert place.plan() == only_summary
    place.snakemake()
    assert place.plan() == {}
    subprocess.run([*program, "-o", "new"], cwd=place.folder, env=place.environment, check=True)
    for name in ("batch-0001/A.html", "index.html", "findings.tsv", "summary.tsv", "run.json"):
        text = (place.folder / "results" / name).read_text()
        assert text == (place.folder / "new" / name).read_text(), name
        assert "pending" in text, name
    assert (place.folder / "results/igv.min.js").stat().st_size > 10**6
    assert "Changed since the last report" in (place.folder / "results/index.html").read_text()
    beside = place.folder / "results/review.tsv"
    beside.write_text("sample\tdecision\nA\tconfirmed\n")
    assert place.plan() == only_summary
    place.snakemake()
    assert beside.read_text() == "sample\tdecision\nA\tconfirmed\n"
    assert "answer: confirmed" in (place.folder / "results/index.html").read_text()
    beside.unlink()
    assert place.plan() == only_summary
