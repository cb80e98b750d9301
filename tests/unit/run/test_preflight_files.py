"""`check` foresees, with the words of the run, what a run refuses of the files of a row."""

from __future__ import annotations

import pysam
import pytest

from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.run.preflight import find_faults
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.table import read_sheet

GRCH38, GRCH37, CHM13 = (83257441, 64444167), (81195210, 63025520), (84276897, 66210255)
PLACE = "chr17\t42329643\t.\tG\tA\t60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99\n"
BED = "chr17\t42300000\t42400000\nchr20\t33720000\t33800000\n"


def vcf(lengths=GRCH38, *, column="P", records=PLACE):
    contigs = "".join(
        f"##contig=<ID={name},length={length}>\n"
        for name, length in zip(("chr17", "chr20"), lengths, strict=True)
    )
    columns = f"#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{column}\n"
    return f"##fileformat=VCFv4.2\n{contigs}{columns}{records}"


def alignments(path, lengths, *, indexed):
    header = {
        "HD": {"VN": "1.6", "SO": "coordinate"},
        "SQ": [
            {"SN": name, "LN": length}
            for name, length in zip(("chr17", "chr20"), lengths, strict=True)
        ],
    }
    with pysam.AlignmentFile(str(path), "wb", header=header):
        pass
    if indexed:
        pysam.index(str(path))


@pytest.fixture
def folder(tmp_path):
    texts = {
        "P.vcf": vcf(),
        "more.vcf": vcf(records=""),
        "other.vcf": vcf(column="Q"),
        "old.vcf": vcf(GRCH37, records=PLACE.replace("42329643", "40481661")),
        "chm.vcf": vcf(CHM13),
        "mixed.vcf": vcf((GRCH38[0], GRCH37[1])),
        "no.vcf": "nothing\n",
        "seen.bed": BED,
        "bad.bed": "x\n",
        "empty.bed": "",
        "depth.bed": BED.replace("\n", "\t40\n"),
        "low_coverage.bed": BED,
        "old.bed": "chr1\t249250600\t249250621\n",
        "text.bam": "nothing\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    alignments(tmp_path / "seen.bam", GRCH38, indexed=True)
    alignments(tmp_path / "bare.bam", GRCH38, indexed=False)
    alignments(tmp_path / "old.bam", GRCH37, indexed=True)
    return tmp_path


def told(folder, cells):
    """Return the faults that `check` finds for a row, and what the run says of it."""
    row = {"sample": "P", "vcf": "P.vcf", **cells}
    sheet = folder / "sheet.tsv"
    sheet.write_text("\t".join(row) + "\n" + "\t".join(row.values()) + "\n", encoding="utf-8")
    config = RunConfig(samples=str(sheet), output=str(folder / "out"))
    (result,) = analyse_rows(Engine(config), read_sheet(sheet), (), batch=None)
    faults = [fault.replace(f"{folder}/", "") for fault in find_faults(config)]
    return faults, (result.status_reason, *result.warnings)


@pytest.mark.parametrize(
    "cells",
    [
        {"vcf": "chm.vcf"},
        {"vcf": "mixed.vcf"},
        {"vcf": "P.vcf;old.vcf"},
        {"vcf": "P.vcf;other.vcf"},
        *({"callable": name} for name in ("bad.bed", "empty.bed", "depth.bed", "old.bed")),
        {"callable": "low_coverage.bed"},
        *({"bam": name} for name in ("text.bam", "bare.bam", "old.bam")),
        *({"sv_vcf": name} for name in ("no.vcf", "old.vcf", "chm.vcf")),
    ],
)
def test_what_a_run_refuses_of_a_file_is_foreseen_in_its_words(folder, cells):
    (fault,), said = told(folder, cells)
    assert fault.startswith("sample 'P': ")
    assert any(fault.removeprefix("sample 'P': ") in each for each in said)


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"vcf": "P.vcf;more.vcf"},
        {"callable": "seen.bed"},
        {"bam": "seen.bam"},
        {"sv_vcf": "more.vcf"},
    ],
)
def test_what_a_run_reads_is_no_fault(folder, cells):
    assert told(folder, cells)[0] == []


def test_a_file_of_many_rows_is_told_once(folder):
    sheet = folder / "sheet.tsv"
    rows = "".join(f"P{number}\tP.vcf\tbad.bed\n" for number in range(3))
    sheet.write_text(f"sample\tvcf\tcallable\n{rows}", encoding="utf-8")
    config = RunConfig(samples=str(sheet), output=str(folder / "out"))
    assert sum("bad.bed" in fault for fault in find_faults(config)) == 1


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ("f\tP\tDAD\t0\t0\t2\n", ["DAD"]),
        ("f\tP\tDAD\tMUM\t0\t2\nf\tMUM\t0\t0\t2\t1\n", ["DAD"]),
        ("f\tP\t0\t0\t0\t2\n", []),
    ],
)
def test_parents_of_a_pedigree_who_are_nowhere_else_are_told(folder, rows, missing):
    sheet, ped = folder / "sheet.tsv", folder / "family.ped"
    sheet.write_text("sample\tvcf\nP\tP.vcf\n", encoding="utf-8")
    ped.write_text(rows, encoding="utf-8")
    config = RunConfig(samples=str(sheet), ped=str(ped), output=str(folder / "out"))
    faults = find_faults(config)
    assert [
        name for name in ("DAD", "MUM") if any(repr(name) in each for each in faults)
    ] == missing
