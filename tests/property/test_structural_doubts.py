"""What contradicts or doubts a structural variant, wherever it stands, is told."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest

from hies_annot.results.contract import SampleResult
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

HEADER = (
    "##fileformat=VCFv4.2\n"
    "##contig=<ID=chr5,length=181538259>\n"
    "##contig=<ID=chr17,length=83257441>\n"
    "##contig=<ID=chr20,length=64444167>\n"
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
)
BED = "chr17\t42311324\t42393495\nchr20\t33726656\t33797269\n"
GROUND = [
    "chr17\t43000000\t.\tA\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99",
    "chr20\t34000000\t.\tA\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99",
]
STOP = "chr20\t33781315\t.\tC\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"
"""Y549* of ZNF341."""
EXON_6 = 33_757_000, 33_757_500
"""Exon 6 of ZNF341 and 150 bases on both sides."""


@cache
def engine() -> Engine:
    return Engine(RunConfig())


def answer(records: list[str], structural: list[str] | None = None) -> SampleResult:
    """Return the result of a sample with some records in its VCF, and some in its SV file."""
    with tempfile.TemporaryDirectory() as folder:
        small, large, bed = (Path(folder, name) for name in ("in.vcf", "sv.vcf", "c.bed"))
        bed.write_text(BED)
        row = {"sample": "P", "vcf": str(small), "callable": str(bed)}
        small.write_text(_text(GROUND + records))
        if structural is not None:
            large.write_text(_text(structural))
            row["sv_vcf"] = str(large)
        (result,) = analyse_rows(engine(), [row], (), batch=None)
    return result


def _text(records: list[str]) -> str:
    places = sorted(records, key=lambda line: (line.split("\t")[0], int(line.split("\t")[1])))
    return HEADER + "".join(f"{line}\n" for line in places)


def record(
    pos: int, alt: str, info: str, sample: str, keys: str = "GT", chrom: str = "chr20"
) -> str:
    return f"{chrom}\t{pos}\t.\tN\t{alt}\t500\tPASS\t{info}\t{keys}\t{sample}"


def deleted(sample: str, keys: str = "GT") -> str:
    return record(EXON_6[0], "<DEL>", f"SVTYPE=DEL;END={EXON_6[1]}", sample, keys)


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("alt", [".", "<*>", "<NON_REF>"])
@pytest.mark.parametrize("gt", ["0/0", "0", "./."])
def test_fewer_copies_in_a_row_without_an_allele(gt: str, alt: str, number: int) -> None:
    line = record(EXON_6[0], alt, f"END={EXON_6[1]}", f"{gt}:{number}", "GT:CN")
    for files in (([line], None), ([], [line])):
        assert answer(*files).status == "inconclusive"
    assert answer([], [line.replace(f"{gt}:{number}", f"{gt}:2")]).status == "none"


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("alt", ["<DEL>", "<CNV>"])
def test_a_copy_number_of_the_record_beside_no_genotype(alt: str, number: int) -> None:
    info = f"SVTYPE={alt[1:-1]};END={EXON_6[1]};CN={number}"
    for gt in ("./.", "."):
        found = answer([record(EXON_6[0], alt, info, gt)])
        assert found.status == ("possible" if number == 0 else "carrier")
        assert any("not of whom" in reason for one in found.conditions for reason in one.reasons)
    named = answer([record(EXON_6[0], alt, info, "1/1" if number == 0 else "0/1")])
    assert named.status == ("relevant" if number == 0 else "carrier")


BLOCK = "chr20\t33757100\t.\tA\t<NON_REF>\t.\tPASS\tEND=33757400\tGT:DP:GQ:MIN_DP\t"
BASE = "chr20\t33757310\t.\tC\tT\t60\tPASS\t.\tGT:AD:DP:GQ\t"


@pytest.mark.parametrize(
    ("inside", "status"),
    [
        (f"{BLOCK}0/0:40:99:35", "possible"),
        (f"{BLOCK}0/0:40:99:0", "relevant"),  # a block that begins behind the deletion's start
        (f"{BLOCK}0/0:2:3:0", "relevant"),
        (f"{BASE}0/0:40,0:40:99", "possible"),
        (f"{BASE}0/0:3,0:3:9", "relevant"),
        (f"{BASE}0/0:0,0:0:0", "relevant"),
        (f"{BASE}0/0:.:.:99", "relevant"),  # filled in by a tool that looked at no reads
        (f"{BASE}./.:0,0:0:0", "relevant"),
        (f"{BASE}./.:40,0:40:0", "relevant"),
    ],
)
def test_the_reference_read_within_a_deletion_on_both_copies(inside: str, status: str) -> None:
    for sample in ("1/1", "1/1:0", ".:0"):
        line = deleted(sample, "GT:CN" if ":" in sample else "GT")
        assert answer([inside], [line]).status == status
        assert answer([inside, line]).status == status
    assert answer([inside], [deleted("0/1")]).status == "carrier"
