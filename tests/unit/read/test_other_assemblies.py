"""A file of another assembly is refused by name, and --build does not change it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hies_annot.genome import Build
from hies_annot.results.contract import SampleResult
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import config_of

GENOTYPE = "60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"
HEADERS = {
    "accessions of GenBank": ("##contig=<ID=CP068261.2,length=84276897>\n", "CP068261.2"),
    "accessions of RefSeq": ("##contig=<ID=NC_060941.1,length=84276897>\n", "NC_060941.1"),
    "accessions without lengths": ("##contig=<ID=CP068261.2>\n", "CP068261.2"),
    "lengths": ("##contig=<ID=chr17,length=84276897>\n", "chr17"),
    "name of the reference": ("##reference=file:///genomes/chm13v2.0.fa\n", "chr17"),
    "records alone": ("", "CP068261.2"),
}


@pytest.fixture(scope="module", params=[None, *Build], ids=str)
def engine(request: pytest.FixtureRequest) -> Engine:
    return Engine(config_of({"build": request.param} if request.param else {}, source="test"))


@pytest.mark.parametrize("header", HEADERS)
def test_t2t_is_refused_by_name(engine: Engine, header: str, tmp_path: Path) -> None:
    lines, contig = HEADERS[header]
    result = answer(engine, tmp_path, lines, contig, 43_175_000)
    assert result.status == "failed"
    assert "T2T-CHM13" in result.status_reason
    assert "name it with --build" not in result.status_reason


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("##contig=<ID=chr17,length=78774742>\n", "NCBI36"),
        ("##reference=/data/hg18.fa\n", "NCBI36"),
        ("##contig=<ID=17,length=95294699>\n", "GRCm39"),
    ],
)
def test_so_are_others(engine: Engine, lines: str, name: str, tmp_path: Path) -> None:
    result = answer(engine, tmp_path, lines, "chr17", 42_329_643)
    assert result.status == "failed"
    assert name in result.status_reason


def test_the_name_of_a_reference_does_not_outweigh_the_contig_lines(tmp_path: Path) -> None:
    lines = "##reference=chm13.fa\n##contig=<ID=chr17,length=83257441>\n"
    engine = Engine(config_of({}, source="test"))
    assert answer(engine, tmp_path, lines, "chr17", 42_329_643).status == "relevant"


def answer(engine: Engine, folder: Path, header: str, contig: str, pos: int) -> SampleResult:
    vcf = folder / "in.vcf"
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\n"
    record = f"{contig}\t{pos}\t.\tG\tA\t{GENOTYPE}\n"
    vcf.write_text(f"##fileformat=VCFv4.2\n{header}{columns}{record}")
    (result,) = analyse_rows(engine, [{"sample": "P", "vcf": str(vcf)}], (), batch=None)
    return result
