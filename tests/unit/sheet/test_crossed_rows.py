from __future__ import annotations

from pathlib import Path

import pytest

from hies_annot.sheet.crossed_rows import crossed_rows

COLUMNS = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"


def vcf(folder: Path, *samples: str) -> str:
    path = folder / f"{'-'.join(samples)}.vcf"
    path.write_text("##fileformat=VCFv4.2\n" + COLUMNS + "\t".join(samples) + "\n")
    return str(path)


@pytest.mark.parametrize("column", ["vcf", "sv_vcf"])
def test_exchanged_rows_are_each_told(tmp_path: Path, column: str) -> None:
    rows = [
        {"sample": name, "vcf": vcf(tmp_path, name), column: vcf(tmp_path, other)}
        for name, other in (("A", "B"), ("B", "A"), ("C", "C"))
    ]
    faults = crossed_rows(rows)
    assert len(faults) == 2
    assert f"sample 'A': {column}" in faults[0]
    assert "holds 'B', which is another sample" in faults[0]


@pytest.mark.parametrize(
    "row",
    [
        {"vcf": "C.vcf"},  # the name is nobody's: a warning of the result, no fault of the sheet
        {"vcf": "B.vcf", "vcf_sample": "B"},
        {"vcf": "A-B.vcf"},
        {"vcf": "gone.vcf"},
    ],
)
def test_what_is_no_exchange(tmp_path: Path, row: dict[str, str]) -> None:
    for samples in (["A"], ["B"], ["C"], ["A", "B"]):
        vcf(tmp_path, *samples)
    cells = {"sample": "A", **row, "vcf": str(tmp_path / row["vcf"])}
    assert crossed_rows([cells, {"sample": "B", "vcf": str(tmp_path / "B.vcf")}]) == []
