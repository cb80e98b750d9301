"""Batches in several processes give what one process gives, in the same order."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from hies_annot.errors import FaultsError
from hies_annot.model.closed import as_json
from hies_annot.run.plan import plan_of
from hies_annot.run.processes import run_batches
from hies_annot.settings.run_config import Reports, RunConfig
from hies_annot.sheet.batches import plan_batches
from hies_annot.sheet.table import SheetRow
from hies_annot.write.run_files import SummaryWriter
from hies_annot.write.run_part import RunPart

HEADER = "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n"
COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"


def write_vcf(folder: Path, *, sample: str, genotype: str = "0/1") -> SheetRow:
    """Write one STAT3 p.Arg382Trp call (c.1144C>T) and return its row."""
    path = folder / f"{sample}.vcf"
    record = f"17\t42329643\t.\tG\tA\t900\tPASS\t.\tGT:AD:DP:GQ\t{genotype}:20,20:40:99\n"
    path.write_text(HEADER + COLUMNS + sample + "\n" + record)
    return {"vcf": str(path)}


def run(
    rows: list[SheetRow], folder: Path, *, threads: int, reports: Reports = "all"
) -> list[RunPart]:
    config = RunConfig(threads=threads, batch_size=2, reports=reports)
    plans = plan_of(plan_batches(rows, 2), as_json(config), "program")
    writer = SummaryWriter(folder)
    parts: list[RunPart] = []
    found = run_batches(config, plans, folder)
    for _, batch in found:
        for part in batch:
            parts.append(part)
            writer.take(part)
    writer.finish()
    return parts


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_processes_change_neither_order_nor_files(tmp_path: Path) -> None:
    names = ["Z", "A", "M", "B", "Y"]
    rows = [write_vcf(tmp_path, sample=name) for name in names]
    one = run(rows, tmp_path / "one", threads=1)
    three = run(rows, tmp_path / "three", threads=3)
    assert [part.summary.sample for part in three] == names
    assert one == three
    assert files(tmp_path / "one") == files(tmp_path / "three")
    assert "batch-0003/Y.html" in files(tmp_path / "three")


@pytest.mark.parametrize("threads", [1, 2])
def test_a_bad_file_fails_its_sample_only(tmp_path: Path, threads: int) -> None:
    rows = [write_vcf(tmp_path, sample=name) for name in "ABC"]
    Path(rows[1]["vcf"]).write_text("")
    parts = run(rows, tmp_path / "out", threads=threads, reports="none")
    # What cannot be opened comes first in its batch: its samples are not known.
    states = {part.summary.sample: part.summary.status for part in parts}
    assert states["B"] == "failed"
    assert states["A"] == states["C"] == "relevant"


def test_faults_keep_their_lines_between_processes() -> None:
    fault = pickle.loads(pickle.dumps(FaultsError(["one", "two"])))
    assert fault.faults == ["one", "two"]
    assert str(fault) == "one\ntwo"
