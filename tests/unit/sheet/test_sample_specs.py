from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from hies_annot.errors import FaultsError
from hies_annot.model import Affected, Sex
from hies_annot.sheet.sample_specs import expand_rows, one_row_a_sample, specs_of

HEADER = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"


def vcf(folder: Path, name: str, *samples: str, pos: int = 100, qual: str = ".") -> str:
    file = folder / name
    record = f"17\t{pos}\t.\tA\tC\t{qual}\t.\t.\tGT" + "\t0/1" * len(samples) + "\n"
    file.write_text(HEADER + "\t".join(samples) + "\n" + record, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("sample", ["007", "NA", "None", "1e5", "nan", "a/b", "ä ö"])
def test_ids_stay_strings(sample: str) -> None:
    assert specs_of([{"sample": sample, "vcf": "x.vcf"}])[0].sample == sample


def test_optional_columns() -> None:
    row = {
        "sample": "S",
        "vcf": "x.vcf",
        "sex": "F",
        "affected": "affected",
        "father": "0",
        "mother": "M",
        "hpo": "HP:0003212;HP:0006532",
        "nih_eczema": "severe",
    }
    spec = specs_of([row])[0]
    assert (spec.sex, spec.affected) == (Sex.FEMALE, Affected.YES)
    assert (spec.father, spec.mother) == (None, "M")
    assert spec.hpo == ("HP:0003212", "HP:0006532")
    assert spec.nih_items == {"eczema": "severe"}


def test_empty_cells_are_unknown() -> None:
    spec = specs_of([{"sample": "S", "vcf": "x.vcf"}])[0]
    assert (spec.sex, spec.affected) == (Sex.UNKNOWN, Affected.UNKNOWN)


def test_all_faults_at_once() -> None:
    rows = [
        {"sample": "A", "vcf": "x.vcf", "sex": "boy"},
        {"sample": "B", "vcf": "x.vcf", "affected": "ill", "hpo": "HP:12"},
    ]
    with pytest.raises(FaultsError) as caught:
        specs_of(rows)
    assert len(caught.value.faults) == 3


@pytest.mark.parametrize("digit", ["0", "1", "2", " 1 "])
def test_digits_say_nothing_of_the_disease_in_a_sheet(digit: str) -> None:
    with pytest.raises(FaultsError) as caught:
        specs_of([{"sample": "A", "vcf": "x.vcf", "affected": digit}])
    (fault,) = caught.value.faults
    assert "write yes, no or unknown" in fault


def test_a_file_stands_for_all_its_samples(tmp_path: Path) -> None:
    rows, unreadable = expand_rows([{"vcf": vcf(tmp_path, "a.vcf", "007", "NA")}])
    assert [(row["sample"], row["vcf_sample"]) for row in rows] == [("007", "007"), ("NA", "NA")]
    assert unreadable == ()


def test_the_same_name_in_two_files_is_told_apart(tmp_path: Path) -> None:
    files = [
        vcf(tmp_path, "exome.vcf", "S"),
        vcf(tmp_path, "genome.vcf.gz.vcf", "S", "T", qual="9"),
    ]
    rows, _ = expand_rows([{"vcf": file} for file in files])
    assert [row["sample"] for row in rows] == ["S@exome", "S@genome.vcf.gz", "T"]
    assert [row["vcf_sample"] for row in rows] == ["S", "S", "T"]
    assert all("exome.vcf and genome.vcf.gz.vcf both hold it" in row["note"] for row in rows[:2])
    assert "note" not in rows[2]


def test_the_same_name_in_files_of_other_regions_is_one_person(tmp_path: Path) -> None:
    files = [
        vcf(tmp_path, "a.vcf", "S", "T"),
        vcf(tmp_path, "x.vcf", "X"),
        vcf(tmp_path, "b.vcf", "S", pos=200),
    ]
    specs = specs_of(expand_rows([{"vcf": file} for file in files])[0])
    assert [(spec.sample, spec.vcfs) for spec in specs] == [
        ("S", (files[0], files[2])),
        ("T", (files[0],)),
        ("X", (files[1],)),
    ]
    assert "a.vcf and b.vcf hold this sample in different regions" in specs[0].notes[0]
    assert specs[1].notes == specs[2].notes == ()


def test_files_of_which_some_share_a_region_are_each_reported_alone(tmp_path: Path) -> None:
    files = [vcf(tmp_path, f"{name}.vcf", "S", pos=pos) for name, pos in (("a", 1), ("b", 2))]
    other = Path(vcf(tmp_path, "other.vcf", "S", pos=2))
    other.write_text(other.read_text().replace("0/1", "1/1"))
    files.append(str(other))
    specs = specs_of(expand_rows([{"vcf": file} for file in files])[0])
    assert [spec.sample for spec in specs] == ["S@a", "S@b", "S@other"]
    assert all("b.vcf and other.vcf both hold it" in spec.notes[0] for spec in specs)


def test_a_file_that_cannot_be_read_on_is_joined_to_none(tmp_path: Path) -> None:
    good, bad = vcf(tmp_path, "a.vcf", "S"), tmp_path / "b.vcf.gz"
    bad.write_bytes(gzip.compress(Path(good).read_bytes() * 500)[:-90])
    rows, _ = expand_rows([{"vcf": good}, {"vcf": str(bad)}])
    assert [row["sample"] for row in rows] == ["S@a", "S@b"]
    assert "which regions b.vcf.gz covers cannot be read" in rows[0]["note"]


def test_an_unreadable_file_is_kept_with_its_reason(tmp_path: Path) -> None:
    rows, unreadable = expand_rows([{"vcf": str(tmp_path / "gone.vcf")}])
    assert rows == ()
    assert "does not exist" in unreadable[0][1]


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    """The names are the same in whichever batch, and when the rows are expanded once more."""
    files = []
    for number, folder in enumerate(("a", "b")):
        (tmp_path / folder).mkdir()
        files.append(vcf(tmp_path / folder, "X.vcf", "S", qual=str(number)))
        (tmp_path / folder / "bad.vcf").write_text("this is no VCF\n")
        files.append(str(tmp_path / folder / "bad.vcf"))
    rows = one_row_a_sample([{"vcf": file} for file in files])
    assert [row["sample"] for row in rows[:2]] == ["S@a/X.vcf", "S@b/X.vcf"]
    assert "a/X.vcf and b/X.vcf both hold it" in rows[0]["note"]
    alone = [label for row in rows[2:] for _, _, label in expand_rows([row])[1]]
    assert alone == ["a/bad.vcf", "b/bad.vcf"]
