from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.errors import FaultsError
from hies_annot.sheet.row_files import file_names, files_of, told_apart, vcfs_of
from hies_annot.sheet.sample_specs import specs_of
from hies_annot.sheet.table import missing_files, read_sheet


def sheet(folder: Path, *lines: str) -> Path:
    path = folder / "samples.tsv"
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


@pytest.mark.parametrize("lines", [["S\ta.vcf; b.vcf;\tmale"], ["S\ta.vcf\t", "S\tb.vcf\tmale"]])
def test_one_sample_may_name_several_files(tmp_path: Path, lines: list[str]) -> None:
    rows = read_sheet(sheet(tmp_path, "sample\tvcf\tsex", *lines, "T\tc.vcf\t"))
    assert [row["sample"] for row in rows] == ["S", "T"]
    assert vcfs_of(rows[0]) == (str(tmp_path / "a.vcf"), str(tmp_path / "b.vcf"))
    spec = specs_of(rows)[0]
    assert (spec.vcfs, spec.sex) == (vcfs_of(rows[0]), "male")
    assert len(missing_files(rows)) == 3
    assert len(spec.notes) == len(lines) - 1, "several rows of one sample are told"


def test_rows_of_one_sample_join_their_structural_files(tmp_path: Path) -> None:
    head = "sample\tvcf\tsv_vcf"
    lines = ["S\ta.vcf\tmanta.vcf", "S\ta.vcf\tdelly.vcf", "S\tb.vcf\t"]
    (row,) = read_sheet(sheet(tmp_path, head, *lines))
    assert [Path(file).name for file in files_of(row)] == [
        "a.vcf",
        "b.vcf",
        "manta.vcf",
        "delly.vcf",
    ]
    (spec,) = specs_of([row])
    assert [Path(file).name for file in spec.sv_vcfs] == ["manta.vcf", "delly.vcf"]
    with pytest.raises(FaultsError, match="already on line 2"):
        read_sheet(sheet(tmp_path, head, lines[0], "S\ta.vcf\t"))


def test_a_semicolon_may_be_part_of_a_name(tmp_path: Path) -> None:
    (tmp_path / "a;b.vcf").touch()
    (row,) = read_sheet(sheet(tmp_path, "sample\tvcf", "S\ta;b.vcf"))
    assert files_of(row) == (str(tmp_path / "a;b.vcf"),)


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        ("S\ta.vcf\tmale", "line 3: sample 'S' is already on line 2"),
        ("S\tb.vcf\tfemale", "line 3: sample 'S' has another sex than on line 2"),
    ],
)
def test_rows_of_one_sample_differ_in_the_file_only(
    tmp_path: Path, second: str, fault: str
) -> None:
    with pytest.raises(FaultsError) as caught:
        read_sheet(sheet(tmp_path, "sample\tvcf\tsex", "S\ta.vcf\tmale", second))
    assert len(caught.value.faults) == 1
    assert fault in caught.value.faults[0]


def test_files_in_words() -> None:
    assert file_names(["/x/a", "/y/b"]) == "a and b"
    assert file_names(["/x/a", "/y/a"]) == "x/a and y/a"
    assert file_names([f"/x/{number}" for number in range(22)]) == "0, 1, 2, 3 and 18 more"


paths = st.lists(
    st.lists(st.sampled_from(["a", "b", "x.vcf"]), min_size=1, max_size=4).map(
        lambda parts: "/" + "/".join(parts)
    ),
    max_size=6,
)


@given(paths)
def test_names_tell_files_apart_and_are_no_longer_than_that_takes(files: list[str]) -> None:
    named = told_apart(files)
    assert set(named) == set(files)
    assert len(set(named.values())) == len(set(files))
    for path, name in named.items():
        assert path == name or path.endswith(f"/{name}")
        shorter = name.partition("/")[2]
        if shorter:
            assert any(other != path and f"/{other}".endswith(f"/{shorter}") for other in files)
