from __future__ import annotations

from hies_annot.model import SampleSpec
from hies_annot.sheet.kin import Kin, kin_table


def person(name: str, *, father: str | None = None, mother: str | None = None) -> SampleSpec:
    return SampleSpec(sample=name, vcf=f"{name}.vcf", father=father, mother=mother)


def kin_of(spec: SampleSpec, people: tuple[SampleSpec, ...]) -> tuple[Kin, ...]:
    return kin_table([spec], people)[spec.sample]


def test_parents_from_the_sheet() -> None:
    child, father = person("C", father="F", mother="M"), person("F")
    found = {member.role: member.spec for member in kin_of(child, (child, father))}
    assert found["father"] is father
    # the mother has no row: she is looked for as a column of the child's file
    assert (found["mother"].vcf, found["mother"].vcf_sample) == ("C.vcf", "M")


def test_full_siblings_only() -> None:
    child = person("C", father="F", mother="M")
    full, half = person("D", father="F", mother="M"), person("E", father="F", mother="X")
    roles = [(m.role, m.spec.sample) for m in kin_of(child, (child, full, half))]
    assert ("sibling", "D") in roles
    assert ("sibling", "E") not in roles


def test_nobody_without_a_word_about_it() -> None:
    assert kin_of(person("C"), (person("C"), person("F"))) == ()
    one = person("C", mother="M")
    assert [m.role for m in kin_of(one, (one, person("D", mother="M")))] == ["mother"]
