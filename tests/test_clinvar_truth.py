"""ClinVar's names and our answers for 33 records, each as the only variant of a sample."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from hies_annot.genome import Build, contigs
from hies_annot.results.contract import SampleResult
from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

TABLE = Path(__file__).parent / "data" / "clinvar_truth.tsv"
OFFSETS = {"17": 1_847_982, "20": 1_412_194}
"""What must be taken from a GRCh38 position to get the GRCh37 one."""
MADE_UP_BEHIND = "599412"
"""c.1083del shifts the frame into made-up bases of the demo reference: no p. name there."""

with TABLE.open(encoding="utf-8", newline="") as lines:
    TRUTH = list(csv.DictReader((row for row in lines if row[0] != "#"), delimiter="\t"))
IDS = [row["variation_id"] for row in TRUTH]


@cache
def engine() -> Engine:
    return Engine(RunConfig())


def write_vcf(path: Path, row: Mapping[str, str], build: Build) -> None:
    """Write the record with the genotype that its gene's inheritance needs."""
    cell = "0/1:24,22:46:99" if row["gene"] == "STAT3" else "1/1:0,46:46:99"
    moved = int(row["pos"]) - (OFFSETS[row["chrom"]] if build is Build.GRCH37 else 0)
    length = contigs(build)[row["chrom"]].length
    columns = [row["chrom"], str(moved), ".", row["ref"], row["alt"], "600", "PASS", "."]
    text = [
        "##fileformat=VCFv4.2",
        f"##contig=<ID={row['chrom']},length={length}>",
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP",
        "\t".join([*columns, "GT:AD:DP:GQ", cell]),
    ]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")


def answer(row: Mapping[str, str], folder: Path, build: Build) -> SampleResult:
    path = folder / "record.vcf"
    write_vcf(path, row, build)
    return next(iter(analyse_rows(engine(), [{"sample": "P", "vcf": str(path)}], (), batch="b")))


def bare(name: str | None) -> str:
    """Return a name without its accession."""
    return (name or "").rpartition(":")[2]


def short_frameshift(name: str) -> str:
    """Return `p.(Lys362fs)` for `p.(Lys362SerfsTer28)`."""
    return re.sub(r"([A-Z][a-z]{2}\d+)(?:[A-Z][a-z]{2})?fs.*\)", r"\1fs)", name)


def test_the_table_is_whole() -> None:
    assert len(TRUTH) == 33
    assert len(set(IDS)) == 33
    assert [row["status"] for row in TRUTH].count("differential") == 13


@pytest.mark.parametrize("build", list(Build))
@pytest.mark.parametrize("row", TRUTH, ids=IDS)
def test_names_and_status(row: dict[str, str], build: Build, tmp_path: Path) -> None:
    result = answer(row, tmp_path, build)
    assert len(result.variants) == 1
    variant = result.variants[0]
    assert bare(variant.hgvs_c) == row["hgvs_c"]
    if row["variation_id"] == MADE_UP_BEHIND:
        assert variant.hgvs_p == "p.?"
        assert any("made up" in note for note in variant.notes)
    elif row["hgvs_p"]:
        assert short_frameshift(bare(variant.hgvs_p)) == row["hgvs_p"]
    assert result.build == build
    assert variant.reported
    assert result.status == row["status"], result.status_reason


@pytest.mark.parametrize("row", TRUTH, ids=IDS)
def test_clinvar_is_shown_beside(row: dict[str, str], tmp_path: Path) -> None:
    variant = answer(row, tmp_path, Build.GRCH38).variants[0]
    assert variant.clinvar is not None
    assert variant.clinvar.variation_id == row["variation_id"]


@pytest.mark.parametrize(
    "row", [row for row in TRUTH if row["gene"] == "ZNF341"], ids=lambda row: row["variation_id"]
)
def test_one_znf341_allele_is_a_carrier(row: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "het.vcf"
    write_vcf(path, row, Build.GRCH38)
    path.write_text(path.read_text().replace("1/1:0,46", "0/1:24,22"), encoding="utf-8")
    found = next(iter(analyse_rows(engine(), [{"sample": "P", "vcf": str(path)}], (), batch="b")))
    assert found.status == "carrier", found.status_reason


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("p.(Lys362SerfsTer28)", "p.(Lys362fs)"),
        ("p.(Asp237fs)", "p.(Asp237fs)"),
        ("p.(Arg382Trp)", "p.(Arg382Trp)"),
    ],
)
def test_short_frameshift(name: str, short: str) -> None:
    assert short_frameshift(name) == short
