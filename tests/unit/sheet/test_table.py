from pathlib import Path

import pytest

from hies_annot.errors import FaultsError
from hies_annot.sheet.table import missing_files, read_sheet, rows_from_config, rows_from_globs


def write_sheet(folder: Path, *lines: str, end: str = "\n", start: str = "") -> Path:
    path = folder / "samples.tsv"
    path.write_bytes((start + "".join(line + end for line in lines)).encode())
    return path


def faults_of(path: Path) -> list[str]:
    with pytest.raises(FaultsError) as caught:
        read_sheet(path)
    return caught.value.faults


@pytest.mark.parametrize("sample", ["007", "NA", "None", "1e5", "a b", "Å", '"x', "nan", "1.10"])
def test_sample_names_stay_as_written(tmp_path: Path, sample: str) -> None:
    rows = read_sheet(write_sheet(tmp_path, "sample\tvcf", f"{sample}\ta.vcf"))
    assert [row["sample"] for row in rows] == [sample]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff", "# made by hand\n"])
def test_line_ends_marks_and_comments_do_not_matter(tmp_path: Path, end: str, start: str) -> None:
    sheet = write_sheet(tmp_path, "sample\tvcf\tsex", "S1\ta.vcf\t", "", end=end, start=start)
    assert read_sheet(sheet) == ({"sample": "S1", "vcf": str(tmp_path / "a.vcf")},)


def test_relative_files_start_at_the_folder_of_the_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in put").mkdir()
    write_sheet(tmp_path / "in put", "sample\tvcf\tbam", "S1\t../a.vcf\t/abs/b.bam")
    monkeypatch.chdir(tmp_path)
    (row,) = read_sheet(Path("in put/samples.tsv"))
    assert row == {"sample": "S1", "vcf": str(tmp_path / "a.vcf"), "bam": "/abs/b.bam"}


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([], "is empty"),
        (["sample\tvcf"], "a header and no sample"),
        (["sample,vcf", "S1,a.vcf"], "line 1: columns are separated by commas"),
        (["sample\tvcf\tvcf", "S1\ta.vcf\tb.vcf"], "column 'vcf' is there twice"),
        (["sample\tvcf\tfahter", "S1\ta.vcf\tS2"], "unknown column 'fahter'"),
        (["sample\tvcf", "S1"], "line 2: no vcf"),
        (["sample\tvcf", "\ta.vcf"], "line 2: no sample"),
        (["sample\tvcf", "S1\ta.vcf\tb"], "line 2: 3 cells under 2 columns"),
        (["sample\tvcf", "S1\ta.vcf", "S1\ta.vcf"], "line 3: sample 'S1' is already on line 2"),
    ],
)
def test_faults_name_line_and_cure(tmp_path: Path, lines: list[str], fault: str) -> None:
    sheet = write_sheet(tmp_path, *lines)
    (found,) = faults_of(sheet)
    assert found.startswith(str(sheet))
    assert fault in found


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path, "sample\tvcf", "S1\ta.vcf", "S2", "S1\ta.vcf")
    assert len(faults_of(sheet)) == 2


def test_notes_of_the_lab_are_allowed_and_left_where_they_are(tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path, "sample\tvcf\tnih_ige\tx_note", "S1\ta.vcf\t>2000\tcall back")
    (row,) = read_sheet(sheet)
    assert row["nih_ige"] == ">2000"
    assert "x_note" not in row, "plans would hand it on"


def test_a_sheet_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "samples.tsv"
    path.write_bytes(b"sample\tvcf\n\xff\xfe\ta.vcf\n")
    assert "not UTF-8" in faults_of(path)[0]
    assert "No such file" in faults_of(tmp_path / "other.tsv")[0]


def test_patterns_name_each_file_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.vcf", "a.vcf", "c.bcf"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    rows = rows_from_globs(["*.bcf", "*.vcf", "a*"])
    assert [Path(row["vcf"]).name for row in rows] == ["c.bcf", "a.vcf", "b.vcf"]
    with pytest.raises(FaultsError, match="no file matches 'z"):
        rows_from_globs(["a*", "z*"])


def test_a_file_of_that_very_name_goes_before_the_pattern(tmp_path: Path) -> None:
    for name in ("a1.vcf", "a[1].vcf"):
        (tmp_path / name).touch()
    rows = rows_from_globs([str(tmp_path / "a[1].vcf")])
    assert [Path(row["vcf"]).name for row in rows] == ["a[1].vcf"]


def test_indexes_beside_the_files_are_left_out(tmp_path: Path) -> None:
    for name in ("a.vcf.gz", "a.vcf.gz.tbi", "b.bcf", "b.bcf.csi"):
        (tmp_path / name).touch()
    rows = rows_from_globs([str(tmp_path / "*")])
    assert [Path(row["vcf"]).name for row in rows] == ["a.vcf.gz", "b.bcf"]


def test_either_a_sheet_or_patterns(tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path, "sample\tvcf", "S1\ta.vcf")
    both = {"samples": str(sheet), "vcfs": [str(sheet)]}
    assert len(rows_from_config({**both, "vcfs": []})) == 1
    assert len(rows_from_config({**both, "samples": None})) == 1
    for wrong, said in ((both, "both are given"), ({}, "neither are given")):
        with pytest.raises(FaultsError, match=said):
            rows_from_config(wrong)


def test_missing_files_are_named_with_their_sample(tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path, "sample\tvcf\tbam", "S1\tsamples.tsv\tno.bam", "S2\tno.vcf")
    faults = missing_files(read_sheet(sheet))
    assert [fault.split(": ")[0] for fault in faults] == [
        str(tmp_path / name) for name in ("no.bam", "no.vcf")
    ]
    assert "bam of S1" in faults[0]


@pytest.mark.parametrize(
    ("header", "hint"),
    [
        ("Sample_ID\tvcf", "'Sample_ID' is perhaps 'sample'"),
        ("sample\tvcf_path", "'vcf_path' is perhaps 'vcf'"),
        ("sample\tvcf\taffectd", "perhaps 'affected' is meant"),
        ("sample\tvcf\tfather_id", "perhaps 'father' is meant"),
        ("sample\tvcf\tzygosity", None),
    ],
)
def test_a_column_that_is_nearly_one_of_ours_is_told(
    tmp_path: Path, header: str, hint: str | None
) -> None:
    path = tmp_path / "s.tsv"
    path.write_text(f"{header}\nS\ta.vcf\n")
    with pytest.raises(FaultsError) as caught:
        read_sheet(path)
    (fault,) = caught.value.faults
    assert (hint in fault) if hint else ("perhaps" not in fault)
