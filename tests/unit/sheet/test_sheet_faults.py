from pathlib import Path

from hies_annot.model import Affected, Sex
from hies_annot.sheet.ped import PedRow
from hies_annot.sheet.sheet_faults import sheet_faults


def make_row(folder: Path, sample: str, **cells: str) -> dict[str, str]:
    (folder / f"{sample}.vcf").touch()
    return {"sample": sample, "vcf": str(folder / f"{sample}.vcf"), **cells}


def make_person(sample: str, father: str | None) -> PedRow:
    return PedRow("F", sample, father, None, Sex.MALE, Affected.UNKNOWN)


def test_a_whole_family_without_fault(tmp_path: Path) -> None:
    rows = [make_row(tmp_path, "S1", father="S2"), make_row(tmp_path, "S2", sex="male")]
    assert sheet_faults(rows, [make_person("S1", "S2")]) == []


def test_missing_files_and_wrong_cells_come_together(tmp_path: Path) -> None:
    rows = [make_row(tmp_path, "S1", bam="/none.bam"), make_row(tmp_path, "S2", sex="boy")]
    faults = sheet_faults(rows, [])
    assert len(faults) == 2
    assert "/none.bam" in faults[0]
    assert "'boy'" in faults[1]


def test_sheet_and_pedigree_that_contradict_each_other(tmp_path: Path) -> None:
    rows = [make_row(tmp_path, name) for name in ("S2", "S3")]
    child = make_row(tmp_path, "S1", father="S2")
    assert sheet_faults([child, *rows], [make_person("S1", "S2")]) == []
    assert len(sheet_faults([child, *rows], [make_person("S1", "S3")])) == 1


def test_rows_of_whole_files_have_no_people(tmp_path: Path) -> None:
    (tmp_path / "a.vcf").touch()
    assert sheet_faults([{"vcf": str(tmp_path / "a.vcf")}], []) == []
