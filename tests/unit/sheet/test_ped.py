from pathlib import Path

import pytest

from hies_annot.errors import FaultsError, InputError
from hies_annot.model import Affected, SampleSpec, Sex
from hies_annot.sheet.ped import apply, read_ped, with_pedigree


def write(tmp_path, text):
    path = tmp_path / "family.ped"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_in_any_order_with_comments_and_more_columns(tmp_path):
    text = "#FID\tIID\n\nF1\t007\tNA\tmother one\t2\t2\textra\nF1 NA 0 0 1 1\n# end\n"
    child, father = read_ped(write(tmp_path, text))
    assert (child.sample, child.father, child.mother) == ("007", "NA", "mother one")
    assert (child.sex, child.affected, child.line) == (Sex.FEMALE, Affected.YES, 3)
    assert (father.father, father.mother, father.affected) == (None, None, Affected.NO)


@pytest.mark.parametrize(
    ("sex", "phenotype", "expected"),
    [
        ("1", "2", (Sex.MALE, Affected.YES)),
        ("0", "0", (Sex.UNKNOWN, Affected.UNKNOWN)),
        ("other", "-9", (Sex.UNKNOWN, Affected.UNKNOWN)),
        ("Female", "unaffected", (Sex.FEMALE, Affected.NO)),
    ],
)
def test_codes(tmp_path, sex, phenotype, expected):
    (row,) = read_ped(write(tmp_path, f"F\tP\t0\t0\t{sex}\t{phenotype}\n"))
    assert (row.sex, row.affected) == expected


def test_all_faults_are_told_at_once_with_their_lines(tmp_path):
    text = "F,P,0,0,1,2\nF P 0 0 5 2\nF Q 0 0 1 maybe\nF R 0 0 1 2\nF R 0 0 1 2\n"
    with pytest.raises(FaultsError) as caught:
        read_ped(write(tmp_path, text))
    told = "\n".join(caught.value.faults)
    assert len(caught.value.faults) == 4
    for words in ("line 1: 1 columns", "commas", "line 2: sex '5'", "line 3: phenotype", "line 5"):
        assert words in told


def test_a_header_without_hash_is_named_as_such(tmp_path):
    with pytest.raises(FaultsError, match="looks like a header"):
        read_ped(write(tmp_path, "Family Individual Father Mother Sex Phenotype\nF P 0 0 1 2\n"))


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_a_ped_without_individuals_is_refused(tmp_path, text):
    with pytest.raises(InputError, match="no individual"):
        read_ped(write(tmp_path, text))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        read_ped(tmp_path / "none.ped")


def test_the_ped_fills_what_the_sheet_leaves_open(tmp_path):
    rows = read_ped(write(tmp_path, "F P dad mum 2 2\nF dad 0 0 1 1\n"))
    specs = (
        SampleSpec(sample="P", vcf="p.vcf", mother="other", affected=Affected.NO),
        SampleSpec(sample="Q", vcf="q.vcf"),
    )
    filled, untouched = apply(specs, rows)
    assert (filled.family, filled.father, filled.sex) == ("F", "dad", Sex.FEMALE)
    assert (filled.mother, filled.affected) == ("other", Affected.NO)
    assert untouched == specs[1]


@pytest.mark.parametrize("nobody", ["0", ".", "-9", "NA", "n/a", "None", "unknown", "-", "NaN"])
def test_a_parent_who_is_nobody_in_any_spelling(tmp_path, nobody):
    (row,) = read_ped(write(tmp_path, f"F\tP\t{nobody}\t{nobody}\t1\t2\n"))
    assert (row.father, row.mother) == (None, None)


def test_an_individual_may_have_the_name_of_nobody(tmp_path):
    child, parent = read_ped(write(tmp_path, "F\tP\tNA\t0\t1\t2\nF\tNA\t0\t0\t1\t1\n"))
    assert (child.father, parent.sample) == ("NA", "NA")


def rows_with(ped: str, folder: Path, *samples: str) -> list[str | None]:
    path = folder / "a.ped"
    path.write_text(ped)
    rows = [{"sample": name, "vcf": f"{name}.vcf"} for name in samples]
    return [row.get("note") for row in with_pedigree(rows, read_ped(path))]


@pytest.mark.parametrize("other", ["p7", "P 7", "P7.0", "\u24c57"])
def test_an_id_that_is_spelled_otherwise_in_the_ped_is_told(tmp_path: Path, other: str) -> None:
    ped = f"1\t{other}\tF\tM\t1\t2\n1\tF\t0\t0\t1\t1\n"
    (note, father) = rows_with(ped, tmp_path, "P7", "F")
    assert father is None
    assert note is not None
    assert repr(other) in note
    assert rows_with(ped, tmp_path, "P7", other) == [None, None], "two people of the sheet"
    assert rows_with(ped, tmp_path, "P8", "F") == [None, None]


@pytest.mark.parametrize(
    ("phenotypes", "told"),
    [("100", True), ("110", True), ("211", False), ("210", False), ("111", False)],
)
def test_disease_states_of_0_and_1_alone_are_told(
    tmp_path: Path, phenotypes: str, *, told: bool
) -> None:
    ped = "".join(
        f"1\t{name}\t0\t0\t0\t{code}\n" for name, code in zip("PFM", phenotypes, strict=True)
    )
    notes = rows_with(ped, tmp_path, *"PFM")
    assert [note is not None for note in notes] == [told and code == "1" for code in phenotypes]
