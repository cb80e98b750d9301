from __future__ import annotations

from hies_annot.model import SampleSpec
from hies_annot.sheet.kin import Kin, kin_table, with_open_kinship


def person(
    name: str,
    *,
    father: str | None = None,
    mother: str | None = None,
    family: str | None = None,
    vcf: str | None = None,
) -> SampleSpec:
    file = vcf or f"{name}.vcf"
    return SampleSpec(sample=name, vcf=file, father=father, mother=mother, family=family)


def kin_of(spec: SampleSpec, people: tuple[SampleSpec, ...]) -> tuple[Kin, ...]:
    return kin_table([spec], people)[spec.sample]


def test_parents_from_the_sheet() -> None:
    child, father = person("C", father="F", mother="M"), person("F")
    found = {member.role: member.spec for member in kin_of(child, (child, father))}
    assert found["father"] is father
    # the mother has no row: she is looked for as a column of the child's file
    assert (found["mother"].vcf, found["mother"].vcf_sample) == ("C.vcf", "M")


def test_full_siblings_only() -> None:
    child = person("C", father="F", mother="M", family="1")
    full = person("D", father="F", mother="M", family="1")
    half = person("E", father="F", mother="X", family="1")
    roles = [(m.role, m.spec.sample) for m in kin_of(child, (child, full, half))]
    assert ("sibling", "D") in roles
    assert ("sibling", "E") not in roles


def test_parents_of_one_name_in_other_families_are_others() -> None:
    child = person("C", father="F", mother="M")
    other, beside = person("D", father="F", mother="M"), person("E", father="F", mother="M")
    in_file = person("B", father="F", mother="M", vcf="C.vcf")
    people = (child, other, beside, in_file)
    table = kin_table(people, people)
    assert [m.spec.sample for m in table["C"] if m.role == "sibling"] == ["B"]
    assert [m for m in table["D"] if m.role == "sibling"] == []
    assert {m.spec.vcf for name in "CDE" for m in table[name] if m.role == "father"} == {
        "C.vcf",
        "D.vcf",
        "E.vcf",
    }
    noted = with_open_kinship(people, people)
    assert [len(spec.notes) for spec in noted] == [1, 1, 1, 1]
    assert "2 other sample(s) with other files name F and M" in noted[0].notes[0]


def test_a_row_of_the_father_makes_siblings() -> None:
    people = (
        *(person(name, father="F", mother="M") for name in "CD"),
        person("F"),
    )
    assert [m.spec.sample for m in kin_of(people[0], people) if m.role == "sibling"] == ["D"]
    assert [spec.notes for spec in with_open_kinship(people, people)] == [(), (), ()]


def test_nobody_without_a_word_about_it() -> None:
    assert kin_of(person("C"), (person("C"), person("F"))) == ()
    one = person("C", mother="M")
    assert [m.role for m in kin_of(one, (one, person("D", mother="M")))] == ["mother"]
