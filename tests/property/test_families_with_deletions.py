"""A trio drawn as chromosomes with a deletion of an exon, written in many ways: one answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from one_person import WHOLE_LOCI, in_order, result_of, vcf
from vcf_text import bases

from hies_annot.results.contract import SampleResult

EVENTS = "DIO"
"""A deletion of exon 6 of ZNF341, a stop codon in it, and one outside of it."""
FIRST, LAST = 33_757_000, 33_757_500
INSIDE, OUTSIDE = "chr20\t33757310\t.\tC\tT", "chr20\t33781315\t.\tC\tG"
Chromosome = frozenset[str]
CHROMOSOMES = tuple(map(frozenset, ("", "D", "I", "O", "DO", "IO")))
"""What is deleted has no stop codon."""
Person = tuple[Chromosome, Chromosome]
COPIES = ("0/0", "0/1", "1/1")
READS = {"0/0": "40,0", "0/1": "20,20", "1/1": "0,40"}


def written(person: Person) -> dict[str, str]:
    """Return the genotypes as callers write them: of bases by what is read of them."""
    copies = {event: sum(event in one for one in person) for event in EVENTS}
    found = {event: COPIES[copies[event]] for event in "DO"}
    left = [one for one in person if "D" not in one]
    found["I"] = "./." if not left else COPIES[copies["I"] * 2 // len(left)]
    return found


def status_of(child: Person) -> str:
    broken = sum(bool(one) for one in child)
    return ("none", "carrier", "relevant")[broken]


def cells(event: str, people: list[Person]) -> list[str]:
    return [written(person)[event] for person in people]


def structural(spelling: str, people: list[Person]) -> Iterator[str]:
    genotypes = cells("D", people)
    numbers = [str(2 - COPIES.index(one)) for one in genotypes]
    place, fixed = f"chr20\t{FIRST}\t.\t", f"\t500\tPASS\tSVTYPE=DEL;END={LAST}\t"
    if spelling == "symbol":
        yield "\t".join([f"{place}N\t<DEL>{fixed}GT", *genotypes])
    elif spelling == "number":
        both = [f"./.:{number}" for number in numbers]
        yield "\t".join([f"{place}N\t<CNV>{fixed}GT:CN".replace("DEL", "CNV"), *both])
    elif spelling == "bases":
        text = bases("20", FIRST, LAST)
        read = [f"{one}:{READS[one]}:40:99" for one in genotypes]
        yield "\t".join([f"{place}{text}\t{text[0]}\t500\tPASS\t.\tGT:AD:DP:GQ", *read])
    else:
        there, back = f"N[chr20:{LAST + 1}[", f"]chr20:{FIRST}]N"
        ends = ((FIRST, "a", "b", there), (LAST + 1, "b", "a", back))
        for pos, name, mate, alt in ends:
            line = f"chr20\t{pos}\t{name}\tN\t{alt}\t500\tPASS\tSVTYPE=BND;MATEID={mate}\tGT"
            yield "\t".join([line, *genotypes])


def small(people: list[Person]) -> Iterator[str]:
    for event, place in (("I", INSIDE), ("O", OUTSIDE)):
        read = [
            f"{one}:{READS[one]}:40:99" if one in READS else "./.:0,0:0:0"
            for one in cells(event, people)
        ]
        yield "\t".join([f"{place}\t500\tPASS\t.\tGT:AD:DP:GQ", *read])
    for chrom, pos in (("chr17", 43_000_000), ("chr20", 34_000_000)):
        line = f"{chrom}\t{pos}\t.\tA\tG\t500\tPASS\t.\tGT:AD:DP:GQ"
        yield "\t".join([line, *["0/1:20,20:40:99"] * len(people)])


def answer(people: list[Person], spelling: str, container: str) -> SampleResult:
    """Return the result of a child (P) with its parents as columns of its files."""
    bases_, events = list(small(people)), list(structural(spelling, people))
    parts = {"one file": [bases_ + events], "a file each": [bases_, events], "sv": [bases_]}
    columns = "P\tF\tM"
    cells_ = {
        "vcf": {
            f"{number}.vcf": vcf(in_order(part), columns=columns)
            for number, part in enumerate(parts[container])
        }
    }
    if container == "sv":
        cells_["sv_vcf"] = {"sv.vcf": vcf(events, columns=columns)}
    return result_of(**cells_, callable=WHOLE_LOCI, father="F", mother="M")


CHROMOSOME = st.sampled_from(CHROMOSOMES)
DELETED, INSIDE_STOP, OTHER_STOP, NONE = map(frozenset, ("D", "I", "O", ""))


@pytest.mark.parametrize("container", ["one file", "a file each", "sv"])
@pytest.mark.parametrize("spelling", ["symbol", "number", "bases", "breakends"])
@given(
    father=st.tuples(CHROMOSOME, CHROMOSOME),
    mother=st.tuples(CHROMOSOME, CHROMOSOME),
    from_father=st.integers(0, 1),
    from_mother=st.integers(0, 1),
)
@example(father=(DELETED, INSIDE_STOP), mother=(INSIDE_STOP, NONE), from_father=0, from_mother=0)
@example(father=(DELETED, INSIDE_STOP), mother=(NONE, NONE), from_father=0, from_mother=0)
@example(
    father=(DELETED, OTHER_STOP), mother=(DELETED | OTHER_STOP, NONE), from_father=1, from_mother=0
)
@settings(deadline=None, max_examples=25)
def test_what_the_chromosomes_make_is_answered(
    spelling: str,
    container: str,
    father: Person,
    mother: Person,
    from_father: int,
    from_mother: int,
) -> None:
    child = father[from_father], mother[from_mother]
    people = [child, father, mother]
    found = answer(people, spelling, container)
    changes = {event for one in child for event in one}
    beside = changes == {"D", "I"}  # what is read in a deletion lies on the other copy
    if len(changes) < 2 or child[0] & child[1] or beside:
        assert found.status == status_of(child)
    else:  # two parents do not tell every phase
        assert found.status in {"possible", status_of(child)}
    assert not any("mix-up, another parent" in text for text in found.warnings)
    assert not any("two copies, and each parent hands down one" in x for x in found.warnings)
