"""A pathogenic allele that the child must have by its parents, and has not: never "none"."""

from __future__ import annotations

from pathlib import Path

import pytest

from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

HEAD = (
    "##fileformat=VCFv4.2\n##reference=GRCh38\n##contig=<ID=chr17,length=83257441>\n"
    "##contig=<ID=chr20,length=64444167>\n"
    '##FORMAT=<ID=GT,Number=1,Type=String,Description="x">\n'
    '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">\n'
    '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="x">\n'
    "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tP\tF\tM\n"
)
FAR = [
    f"{chrom}\t60000000\t.\tC\tT\t200\tPASS\t.\tGT:AD:GQ" + "\t0/1:20,20:99" * 3 + "\n"
    for chrom in ("chr17", "chr20")
]
PLACE = "chr20\t33761989\t.\tC\tT\t200\tPASS\t.\tGT:AD:GQ"  # c.1156C>T p.(Arg386Ter)
CELL = {"0/0": "0/0:40,0:99", "0/1": "0/1:20,20:99", "1/1": "1/1:0,40:99"}


@pytest.mark.parametrize(
    ("child", "father", "mother", "status"),
    [
        ("0/0", "1/1", "1/1", "inconclusive"),
        ("0/0", "0/0", "1/1", "inconclusive"),
        ("0/0", "0/1", "0/1", "none"),
        ("0/1", "1/1", "1/1", "carrier"),
        ("0/1", "0/0", "1/1", "carrier"),
    ],
)
def test_the_status_of_a_child_whose_genotype_its_parents_exclude(
    tmp_path: Path, child: str, father: str, mother: str, status: str
) -> None:
    (tmp_path / "in.vcf").write_text(
        f"{HEAD}{FAR[0]}{PLACE}\t{CELL[child]}\t{CELL[father]}\t{CELL[mother]}\n{FAR[1]}",
        encoding="utf-8",
    )
    (tmp_path / "all.bed").write_text("chr17\t42310000\t42395000\nchr20\t33725000\t33799000\n")
    row = {"vcf": str(tmp_path / "in.vcf"), "callable": str(tmp_path / "all.bed")}
    trio = {**row, "sample": "P", "father": "F", "mother": "M"}
    rows = [trio, {**row, "sample": "F"}, {**row, "sample": "M"}]
    result = next(iter(analyse_rows(Engine(RunConfig()), rows, (), batch="b")))
    told = [line for line in result.warnings if "each parent hands down one" in line]
    assert result.status == status
    assert len(told) == (child.count("1") < (father, mother).count("1/1"))
    if status == "inconclusive":
        assert result.status_reason == told[0]
    for finding in result.conditions:
        assert (finding.reasons[0] in told) == bool(told)
