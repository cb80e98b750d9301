"""The SV files of several callers are read together, and none of them is lost."""

from __future__ import annotations

from itertools import permutations

import pytest
from one_person import WHOLE_LOCI, result_of, vcf

from hies_annot.run.preflight import find_faults
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.row_files import cell_files
from hies_annot.sheet.table import read_sheet

GROUND = [
    "chr17\t43000000\t.\tA\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99",
    "chr20\t34000000\t.\tA\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99",
]
STOP = "chr20\t33781315\t.\tC\tG\t500\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"
LOST = "chr20\t33757000\t.\tN\t<DEL>\t500\tPASS\tSVTYPE=DEL;END=33757500\tGT\t0/1"
FAR = "chr20\t1000000\t.\tN\t<DEL>\t500\tPASS\tSVTYPE=DEL;END=1001000\tGT\t0/1"
ORDERS = list(permutations(("manta.vcf", "delly.vcf", "gatk.vcf")))
FILES = {"manta.vcf": [FAR], "delly.vcf": [LOST], "gatk.vcf": [FAR]}


def answer(files: dict[str, str], small: list[str] | None = None):
    return result_of(vcf={"in.vcf": vcf((small or []) + GROUND)}, sv_vcf=files, callable=WHOLE_LOCI)


@pytest.mark.parametrize("order", ORDERS)
def test_what_one_of_several_callers_has_is_found(order: tuple[str, ...]) -> None:
    files = {name: vcf(FILES[name]) for name in order}
    assert answer(files).status == "carrier"
    assert answer(files, [STOP]).status == answer({"d.vcf": vcf([LOST])}, [STOP]).status


def test_one_event_of_several_callers_is_one_allele() -> None:
    files = {name: vcf([LOST]) for name in FILES}
    assert answer(files).status == "carrier"


@pytest.mark.parametrize("order", ORDERS)
def test_a_file_of_several_that_cannot_be_read_is_told(order: tuple[str, ...]) -> None:
    files = {name: "nothing\n" if name == "gatk.vcf" else vcf([FAR]) for name in order}
    found = answer(files)
    assert found.status == "inconclusive"
    assert "gatk.vcf" in found.status_reason
    files["delly.vcf"] = vcf([LOST])
    found = answer(files)
    assert found.status == "carrier"
    assert "gatk.vcf" in found.status_reason


def test_a_sheet_separates_them_as_those_of_small_variants(tmp_path) -> None:
    for name in ("in.vcf", *FILES):
        (tmp_path / name).write_text(vcf(FILES.get(name, GROUND)), encoding="utf-8")
    sheet = tmp_path / "sheet.tsv"
    sheet.write_text(f"sample\tvcf\tsv_vcf\nP\tin.vcf\t{'; '.join(FILES)}\n", encoding="utf-8")
    (row,) = read_sheet(sheet)
    assert cell_files(row["sv_vcf"]) == tuple(f"{tmp_path}/{name}" for name in FILES)
    config = RunConfig(samples=str(sheet), output=str(tmp_path / "out"))
    assert find_faults(config) == []
    (tmp_path / "gatk.vcf").write_text("nothing\n", encoding="utf-8")
    (fault,) = find_faults(config)
    assert "gatk.vcf" in fault
