import pytest

from hies_annot.model import Affected, SampleSpec, Sex
from hies_annot.sheet.family_faults import check_families
from hies_annot.sheet.ped import PedRow


def spec(sample, **changes):
    return SampleSpec(**{"sample": sample, "vcf": f"{sample}.vcf", **changes})


def row(sample, father=None, mother=None, *, family="F", sex=Sex.UNKNOWN, line=1):
    return PedRow(family, sample, father, mother, sex, Affected.UNKNOWN, line)


GOOD = (
    spec("child", father="dad", mother="mum", sex=Sex.MALE),
    spec("dad", sex=Sex.MALE),
    spec("mum", sex=Sex.FEMALE),
)


def test_a_plain_family_has_no_fault():
    assert check_families(GOOD) == []
    assert check_families(GOOD, (row("child", "dad", "mum"),)) == []


@pytest.mark.parametrize(
    ("specs", "ped", "words"),
    [
        ((spec("a", father="b", mother="b"), spec("b")), (), "both father and mother"),
        ((spec("a", father="b"), spec("b", sex=Sex.FEMALE)), (), "father of 'a' and female"),
        ((spec("a", mother="b"), spec("b", sex=Sex.MALE)), (), "mother of 'a' and male"),
        ((spec("a", father="b"), spec("b", father="a")), (), "own ancestor"),
        ((spec("a"), spec("a")), (), "more than once"),
        (
            (spec("a", vcf="x.vcf", vcf_sample="s"), spec("b", vcf="x.vcf", vcf_sample="s")),
            (),
            "both read column 's'",
        ),
        ((spec("a", sex=Sex.MALE),), (row("a", sex=Sex.FEMALE),), "sex is 'male' in the sheet"),
        ((spec("a", father="b"),), (row("a", "c"),), "father is 'b' in the sheet and 'c'"),
        ((spec("a", family="F"),), (row("a", family="G"),), "family is 'F'"),
        ((spec("a", father="b", family="F"), spec("b", family="G")), (), "family 'G', not 'F'"),
        ((spec("a-1"),), (row("a_1"),), "spelled alike"),
    ],
)
def test_each_fault_is_told(specs, ped, words):
    faults = check_families(specs, ped)
    assert any(words in fault for fault in faults), faults


def test_all_faults_come_together():
    specs = (spec("a", father="b", mother="b", sex=Sex.MALE), spec("b"), spec("b"))
    assert len(check_families(specs, (row("a", "c", sex=Sex.FEMALE),))) == 4


def test_a_parent_may_be_a_column_of_the_same_file_or_only_in_the_ped():
    child = spec("a", father="b")
    assert len(check_families((child,), (), {"a.vcf": frozenset({"a"})})) == 1
    assert check_families((child,), (), {"a.vcf": frozenset({"a", "b"})}) == []
    ped = (row("a", "b"), row("b"))
    assert check_families((child,), ped, {"a.vcf": frozenset({"a"})}) == []
