"""A process that dies costs the sample that it was at, and a crash in a reader its file."""

from __future__ import annotations

import faulthandler
import gzip
import json
import multiprocessing
import os
import resource
import signal
from collections import Counter
from pathlib import Path

import pysam
import pysam.bcftools
import pytest

from hies_annot.callability import source_layers
from hies_annot.cli.main import main
from hies_annot.errors import InputError
from hies_annot.io.header import header_lines
from hies_annot.io.in_child import in_child
from hies_annot.model.closed import as_json
from hies_annot.run import batch
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.run.plan import plan_of
from hies_annot.run.processes import run_batches
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.batches import plan_batches
from hies_annot.sheet.table import SheetRow
from hies_annot.write.run_part import RunPart

HEAD = (
    "##fileformat=VCFv4.2\n##contig=<ID=17,length=83257441>\n"
    '##FILTER=<ID=PASS,Description="x">\n'
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n'
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">\n'
    '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="x">\n'
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="x">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"
)
FINDING = "17\t42329643\t.\tG\tA\t900\tPASS\t.\tGT:AD:DP:GQ"


def die(how: signal.Signals) -> None:
    """End this process as a crash of native code does, without a core file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    faulthandler.disable()
    os.kill(os.getpid(), how)


def rows_of(folder: Path, names: str) -> list[SheetRow]:
    found: list[SheetRow] = []
    for name in names:
        path = folder / f"{name}.vcf"
        path.write_text(f"{HEAD}{name}\n{FINDING}\t0/1:20,20:40:99\n")
        found.append({"vcf": str(path)})
    return found


def run(rows: list[SheetRow], folder: Path) -> dict[str, RunPart]:
    config = RunConfig(threads=2, batch_size=3)
    plans = plan_of(plan_batches(rows, 3), as_json(config), "program")
    batches = list(run_batches(config, plans, folder))
    return {part.summary.sample: part for _, parts in batches for part in parts}


@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
@pytest.mark.parametrize("who", ["A", "B", "CE", "ABC"])
def test_a_dead_process_costs_its_sample(
    how: signal.Signals, who: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, whole = rows_of(tmp_path, "ABCDEFG"), batch.report_of
    good = run(rows, tmp_path / "good")

    def deadly(spec, desk):
        if spec.sample in who and desk.readings.of(spec).__class__.__name__ != "Unreadable":
            die(how)
        return whole(spec, desk)

    monkeypatch.setattr(batch, "report_of", deadly)
    found = run(rows, tmp_path / "out")
    assert list(found) == list("ABCDEFG")
    for name, part in found.items():
        if name not in who:
            assert part == good[name]
            continue
        assert part.summary.status == "failed"
        reason = part.summary.status_reason
        assert ("memory" in reason) == (how == signal.SIGKILL)
        assert how.name in reason or how == signal.SIGKILL
    assert multiprocessing.active_children() == []


def test_a_process_that_was_at_no_sample_ends_the_run(tmp_path, monkeypatch):
    rows = rows_of(tmp_path, "ABCD")
    monkeypatch.setattr("hies_annot.run.processes.mark_reports", lambda *_: die(signal.SIGSEGV))
    with pytest.raises(InputError, match="ended by SIGSEGV"):
        run(rows, tmp_path / "out")
    assert multiprocessing.active_children() == []


def test_a_process_killed_once_for_lack_of_memory_is_tried_again(tmp_path, monkeypatch):
    whole, mark = batch.report_of, tmp_path / "killed"

    def once(spec, desk):
        if spec.sample == "B" and not mark.exists():
            mark.touch()
            die(signal.SIGKILL)
        return whole(spec, desk)

    monkeypatch.setattr(batch, "report_of", once)
    found = run(rows_of(tmp_path, "ABCD"), tmp_path / "out")
    assert {part.summary.status for part in found.values()} == {"relevant"}


def test_what_a_child_reads_or_meets_comes_back(tmp_path):
    def broken():
        raise InputError("is bad", file="x.bam", record="record 1")

    assert in_child(tmp_path, lambda: {"a": (1, None)}) == {"a": (1, None)}
    with pytest.raises(InputError, match=r"x\.bam, record 1: is bad") as told:
        in_child(tmp_path, broken)
    assert (told.value.file, told.value.record) == ("x.bam", "record 1")
    with pytest.raises(ZeroDivisionError) as unforeseen:
        in_child(tmp_path, lambda: 1 // 0)
    assert "in_child(tmp_path, lambda: 1 // 0)" in "".join(unforeseen.value.__notes__)


@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGABRT])
def test_a_crash_of_a_child_is_a_fault_of_its_file(how, tmp_path):
    with pytest.raises(InputError, match=f"a.bcf: reading it ended a process .{how.name}."):
        in_child(tmp_path / "a.bcf", lambda: die(how))


def test_a_crash_in_one_file_leaves_the_others(tmp_path, monkeypatch, capsys):
    """In one process, too: a BCF, and the alignments of another sample."""
    rows = rows_of(tmp_path, "AB")
    pysam.bcftools.view("-Ob", "-o", str(tmp_path / "C.bcf"), rows[1]["vcf"], catch_stdout=False)
    (tmp_path / "a.bam").write_bytes(b"")
    sheet = tmp_path / "sheet.tsv"
    sheet.write_text("sample\tvcf\tbam\nA\tA.vcf\ta.bam\nB\tB.vcf\t\nC\tC.bcf\t\n")
    monkeypatch.setattr(source_layers, "covering_reads", lambda *_, **__: die(signal.SIGSEGV))
    with monkeypatch.context() as patched:
        patched.setattr(header_lines, "_bcf_lines", lambda _: die(signal.SIGABRT))
        with pytest.raises(SystemExit) as end:
            main(["run", "-q", "--samples", str(sheet), "-o", str(tmp_path / "out")])
    assert end.value.code == 1
    told = capsys.readouterr()
    lines = [x for p in (tmp_path / "out").glob("*.jsonl") for x in p.read_text().splitlines()]
    found = {each["sample"]: each for each in map(json.loads, lines)}
    assert {name: each["status"] for name, each in found.items()} == {
        "A": "relevant",
        "B": "relevant",
        "C": "failed",
    }
    assert "C.bcf: reading it ended a process (SIGABRT)" in told.err
    assert "a.bam: reading it ended a process (SIGSEGV)" in " ".join(found["A"]["warnings"])


@pytest.mark.slow
@pytest.mark.parametrize("packed", ["b.bcf", "c.vcf.gz"])
def test_a_damaged_csi_index_kills_no_run(packed, tmp_path):
    """Each number of the index in turn is made huge or negative: htslib dies of some."""
    (row,) = rows_of(tmp_path, "A")
    file = tmp_path / packed
    option = "-Ob" if packed.endswith("bcf") else "-Oz"
    pysam.bcftools.view(option, "-o", str(file), row["vcf"], catch_stdout=False)
    pysam.tabix_index(str(file), preset="bcf" if option == "-Ob" else "vcf", csi=True)
    index, engine = Path(f"{file}.csi"), Engine(RunConfig())
    whole = gzip.decompress(index.read_bytes())
    states = Counter()
    for place in range(4, min(len(whole), 120), 4):
        for number in (b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff", b"\0\0\x10\0"):
            index.write_bytes(gzip.compress(whole[:place] + number + whole[place + 4 :]))
            (result,) = analyse_rows(engine, [{"vcf": str(file)}], (), batch=None)
            states[result.status] += 1
            assert result.status != "failed" or file.name in result.status_reason
    assert set(states) <= {"relevant", "failed", "inconclusive"}
    assert states["relevant"]
    assert states["failed"]
