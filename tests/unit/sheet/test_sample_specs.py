from __future__ import annotations

from pathlib import Path

import pytest

from hies_annot.errors import FaultsError
from hies_annot.model import Affected, Sex
from hies_annot.sheet.sample_specs import expand_rows, specs_of

HEADER = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"


def vcf(folder: Path, name: str, *samples: str) -> str:
    file = folder / name
    file.write_text(HEADER + "\t".join(samples) + "\n", encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("sample", ["007", "NA", "None", "1e5", "nan", "a/b", "ä ö"])
def test_ids_stay_strings(sample: str) -> None:
    assert specs_of([{"sample": sample, "vcf": "x.vcf"}])[0].sample == sample


def test_optional_columns() -> None:
    row = {
        "sample": "S",
        "vcf": "x.vcf",
        "sex": "F",
        "affected": "2",
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


def test_a_file_stands_for_all_its_samples(tmp_path: Path) -> None:
    rows, unreadable = expand_rows([{"vcf": vcf(tmp_path, "a.vcf", "007", "NA")}])
    assert [(row["sample"], row["vcf_sample"]) for row in rows] == [("007", "007"), ("NA", "NA")]
    assert unreadable == ()


def test_the_same_name_in_two_files_is_told_apart(tmp_path: Path) -> None:
    files = [vcf(tmp_path, "exome.vcf", "S"), vcf(tmp_path, "genome.vcf.gz.vcf", "S", "T")]
    rows, _ = expand_rows([{"vcf": file} for file in files])
    assert [row["sample"] for row in rows] == ["S@exome", "S@genome.vcf.gz", "T"]
    assert [row["vcf_sample"] for row in rows] == ["S", "S", "T"]


def test_an_unreadable_file_is_kept_with_its_reason(tmp_path: Path) -> None:
    rows, unreadable = expand_rows([{"vcf": str(tmp_path / "gone.vcf")}])
    assert rows == ()
    assert "does not exist" in unreadable[0][1]
