"""Make all cases of HIES-bench: `python -m benchmarks.hies_bench make`."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.hies_bench.allele_cases import allele_cases, common_cases
from benchmarks.hies_bench.callers import callable_bed, event_rows, small_rows, vcf_text
from benchmarks.hies_bench.case_file import Case, Person
from benchmarks.hies_bench.golden import field_cases, golden_cases
from benchmarks.hies_bench.made_case import COUNTED, one_person, slug, truth_on, turned
from benchmarks.hies_bench.scenarios import (
    GENOTYPES,
    HET_DN,
    OTHER_STOP,
    STOP,
    STRUCTURES,
    TWO,
    Genotype,
    Structure,
    Truth,
)
from caller_writers import (
    SMALL_CALLERS,
    SV_CALLERS,
    Small,
    SmallCaller,
    SvCaller,
    without_phase,
)

from hies_annot.genome import Build

_LATER = frozenset({"CLC Genomics Workbench", "Sawfish", "longshot"})
"""Callers that are no part of version 1.0: the answers of the other tools were taken without."""
_SMALL = [caller for caller in SMALL_CALLERS if caller.name not in _LATER]
_STRUCTURAL = [caller for caller in SV_CALLERS if caller.name not in _LATER]


def all_cases() -> list[Case]:
    """Return every case, in an order that stays the same."""
    found = [
        *golden_cases(), *field_cases(), *called_cases(), *structural_cases(), *family_cases(),
        *reference_cases(), *allele_cases(), *common_cases(),
    ]  # fmt: skip
    return sorted(found, key=lambda case: case.id)


def can_write(caller: SmallCaller, genotype: Genotype) -> bool:
    """Tell whether a caller's files can hold a genotype at all."""
    if genotype.phased and caller.phase is without_phase:
        return False
    het = all(0 in small.gt for small in genotype.records)
    few = all(len(small.alts) <= caller.alts for small in genotype.records)
    return few and (het or not caller.always_het)


def called_cases() -> Iterator[Case]:
    """Yield each genotype as each caller writes it; every second one is on GRCh37."""
    for row, genotype in enumerate(GENOTYPES):
        for column, caller in enumerate(_SMALL):
            if can_write(caller, genotype):
                build = turned(row + column)
                text = vcf_text(small_rows(caller, genotype.records, build), build)
                name = f"caller-{genotype.name}-{slug(caller.name)}"
                yield one_person(
                    name, genotype.category, build, caller.name, {"input.vcf": text}, genotype.truth
                )


def structural_cases() -> Iterator[Case]:
    """Yield each structural genotype of each caller, in one file or in two."""
    for row, structure in enumerate(STRUCTURES):
        for column, caller in enumerate(_STRUCTURAL):
            yield _structural(structure, caller, turned(row + column), (row + column) % 4 < 2)


def _structural(structure: Structure, caller: SvCaller, build: Build, apart: bool) -> Case:
    small = small_rows(_SMALL[0], (structure.beside,), build)
    large = event_rows(caller, structure.event, build)
    files = {"input.vcf": vcf_text(small if apart else [*small, *large], build)}
    if apart:
        files["sv.vcf"] = vcf_text(large, build)
    truth = structure.truth
    if not caller.genotypes:
        truth = truth._replace(answers=(*truth.answers, "may explain"), phase=None)
    name = f"structure-{structure.name}-{slug(caller.name)}"
    return one_person(name, "structure", build, caller.name, files, truth)


FAMILIES = {
    "trans": (
        ((0, 1), (0, 0)), ((0, 0), (0, 1)),
        Truth(("explains",), "recessive", "One stop from each parent", TWO, "trans"),
    ),
    "cis": (
        ((0, 1), (0, 1)), ((0, 0), (0, 0)),
        Truth(("carrier",), "cis", "Both stops from the father, none from the mother", TWO, "cis"),
    ),
}  # fmt: skip
_READS = {(0, 1): (21, 20), (0, 0): (42, 0)}


def family_cases() -> Iterator[Case]:
    """Yield a child of one caller and parents of another, each in a file of its own."""
    child = (Small(*STOP, (0, 1), (24, 22)), Small(*OTHER_STOP, (0, 1), (23, 25)))
    for row, (shape, (father, mother, truth)) in enumerate(FAMILIES.items()):
        for column, caller in enumerate(_SMALL):
            build = turned(row + column)
            files = {"input.vcf": vcf_text(small_rows(_SMALL[0], child, build), build)}
            for name, gts in (("father", father), ("mother", mother)):
                records = [
                    Small(*site, gt, _READS[gt])
                    for site, gt in zip((STOP, OTHER_STOP), gts, strict=True)
                ]
                files[f"{name}.vcf"] = vcf_text(small_rows(caller, records, build), build, name)
            yield _family(f"family-{shape}-{slug(caller.name)}", build, caller.name, files, truth)


def _family(name: str, build: Build, writer: str, files: dict[str, str], truth: Truth) -> Case:
    people = (
        Person("P", "input.vcf", "P", "father", "mother", affected="yes"),
        Person("father", "father.vcf", "father", sex="male", affected="no"),
        Person("mother", "mother.vcf", "mother", sex="female", affected="no"),
    )
    expected = truth_on(truth, build)
    return Case(name, "family", str(build), writer, "made by rule", people, files, expected)


def reference_cases() -> Iterator[Case]:
    """Yield a person without an allele: with all bases called, and without a word of them."""
    records = (Small(*HET_DN, (0, 0), (44, 0)), Small(*STOP, (0, 0), (40, 0)))
    callers = [caller for caller in _SMALL if caller.name in COUNTED]
    for column, caller in enumerate(callers):
        build = turned(column)
        files = {"input.vcf": vcf_text(small_rows(caller, records, build), build)}
        covered = {**files, "callable.bed": callable_bed(build)}
        found = Truth(("nothing found",), "covered", "Both genes lie in the callable BED", ())
        open_ = Truth(("cannot say",), "not covered", "Two places were read, the rest is open", ())
        for name, given, truth in (("covered", covered, found), ("not-covered", files, open_)):
            yield one_person(
                f"reference-{name}-{slug(caller.name)}",
                "coverage",
                build,
                caller.name,
                given,
                truth,
            )
