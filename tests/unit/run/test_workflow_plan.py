"""The plan of the workflow: all faults at once, and what its jobs read of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hies_annot.errors import FaultsError, InputError
from hies_annot.model.closed import as_json
from hies_annot.run.preflight import find_faults
from hies_annot.run.workflow_plan import plan_workflow, planned_workflow
from hies_annot.settings.run_config import RunConfig

HEAD = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"


def config(**settings: Any) -> dict[str, Any]:
    return as_json(RunConfig(**settings))


def write_sheet(folder: Path, *rows: str) -> str:
    for name in ("A", "B"):
        (folder / f"{name}.vcf").write_text(f"{HEAD}{name}\n")
    path = folder / "samples.tsv"
    path.write_text("\n".join(("sample\tvcf\tsex", *rows, "")))
    return str(path)


def test_one_fault_hides_no_other(tmp_path: Path) -> None:
    rows = ("A\tA.vcf\tf", "A\tA.vcf\tf", "B\tgone.vcf\tf", "C\tB.vcf\tblue", "\tB.vcf\t")
    ped = tmp_path / "families.ped"
    ped.write_text("F A 0 0 9 1\n")
    settings = {"samples": write_sheet(tmp_path, *rows), "ped": str(ped)}
    told = (
        "sample 'A' is already on line 2",
        "line 6: no sample",
        "gone.vcf: no such file, given as vcf of B",
        "sex 'blue'",
        "sex '9'",
    )
    with pytest.raises(FaultsError) as caught:
        plan_workflow(config(**settings), tmp_path / "results")
    for faults in (caught.value.faults, find_faults(RunConfig(**settings))):
        for part in told:
            assert any(part in fault for fault in faults), part
    assert not (tmp_path / "results").exists()


def test_jobs_read_the_plan_of_the_first_process(tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path, "A\tA.vcf\tf", "B\tB.vcf\tm")
    results = tmp_path / "results"
    with pytest.raises(InputError, match="does not exist"):
        planned_workflow(results)
    planned = plan_workflow(config(samples=sheet, batch_size=1), results)
    Path(sheet).write_text("changed while the run goes on")
    read = planned_workflow(results)
    assert dict(read.batches) == dict(planned.batches)
    assert read.cohorts == planned.cohorts == {}
    with pytest.raises(KeyError):
        read.batches["batch-0003"]


def test_batches_count_the_samples_of_files(tmp_path: Path) -> None:
    names = "\t".join(f"S{number}" for number in range(7))
    (tmp_path / "cohort.vcf").write_text(
        f"{HEAD}{names}\n17\t1\t.\tA\tC\t.\t.\t.\tGT" + "\t0/1" * 7
    )
    (tmp_path / "broken.vcf").write_text("no VCF\n")
    files = [str(tmp_path / name) for name in ("cohort.vcf", "broken.vcf")]
    planned = plan_workflow(config(vcfs=files, batch_size=3), tmp_path / "results")
    sizes = {name: len(batch.samples) for name, batch in planned.batches.items()}
    assert sizes == {"batch-0001": 3, "batch-0002": 3, "batch-0003": 2}
    *samples, broken = (row for batch in planned.batches.values() for row in batch.samples)
    assert [row["sample"] for row in samples] == names.split("\t")
    assert broken == {"vcf": files[1]}
