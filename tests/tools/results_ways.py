"""Ways to a results folder: the command `run`, and what the workflow's rules call."""

from __future__ import annotations

from pathlib import Path

import pytest

from hies_annot.cli.main import main
from hies_annot.model.closed import as_json
from hies_annot.run.cohort_files import empty_carriers
from hies_annot.run.plan import run_file
from hies_annot.run.workflow_plan import plan_workflow
from hies_annot.settings.run_config import RunConfig
from hies_annot.shipped import resource_path

VCFS = [str(resource_path("example/vcf") / f"{name}") for name in ("EX01.vcf", "NA.vcf.gz")]
EVERYTHING = ["--also", "phenopacket", "--also", "fhir", "--report-date", "2026-01-31", "--parquet"]


def call(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main([*words])
    return int(end.value.code or 0)


def whole_run(folder: Path) -> None:
    assert call("run", *VCFS, *EVERYTHING, "-q", "-o", str(folder)) == 0


def one_fewer(folder: Path) -> None:
    """A sample that is not in the run any more is withdrawn."""
    assert call("run", VCFS[0], *EVERYTHING, "-q", "-o", str(folder)) == 0


def cohort(folder: Path) -> Path:
    """Write a cohort of four; its path, which names a folder, is the same for all results."""
    people = "ABCD"
    path = folder.parents[1] / "cohort.vcf"
    head = "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n"
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t" + "\t".join(people)
    row = "17\t42329643\t.\tG\tA\t900\tPASS\t.\tGT:AD:DP:GQ\t"
    if not path.exists():
        path.write_text(f"{head}{columns}\n{row}" + "\t".join(["0/1:20,20:40:99"] * 4) + "\n")
    return path


def workflow_steps(folder: Path, *, private: bool = False) -> None:
    """Do what the rules of the workflow call, with a pass over a cohort (COHORT_ROWS: 2)."""
    config = RunConfig(vcfs=(str(cohort(folder)),), batch_size=2, private=private)
    planned = plan_workflow(as_json(config), folder)
    for key in planned.cohorts:
        assert call("carriers", "--plan", str(run_file(folder)), "--cohort", key) == 0
    for batch in planned.batches:
        plan = ["--plan", str(folder / "plan" / f"{batch}.plan")]
        carriers = sorted(folder.glob(f"carriers/*/{batch}.jsonl"))
        carried = [f"--carriers={path}" for path in carriers]
        pairs, phased = (str(folder / f"phase/{batch}.{end}.json") for end in ("open", "phased"))
        assert call("open-pairs", *plan, *carried, "-o", pairs) == 0
        assert call("phase-reads", *plan, *carried, "--open", pairs, "-o", phased) == 0
        lines, reports = folder / f"{batch}.jsonl", folder / batch
        words = [*plan, *carried, "--phased", phased, "-o", str(lines), "--folder", str(reports)]
        assert call("annotate", *words, "-q") == 0
        assert call("report", "--results", str(lines), "-o", str(reports)) == 0
    assert call("summarise", "--plan", str(run_file(folder)), "-o", str(folder)) == 0
    empty_carriers(folder)
    assert call("crate", str(folder), "--date", "2026-11-28") == 0


def state(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder; plans have a serial that differs from run to run."""
    files = (path for path in sorted(folder.rglob("*")) if not path.is_dir())
    return {str(path.relative_to(folder)): _content(path) for path in files}


def _content(path: Path) -> bytes:
    if path.is_symlink():
        return b"a link"
    return b"a plan" if "plan" in path.name else path.read_bytes()
