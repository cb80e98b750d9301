"""Make all cases of HIES-bench: `python -m benchmarks.hies_bench make`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from benchmarks.hies_bench.callers import callable_bed, event_rows, small_rows, vcf_text
from benchmarks.hies_bench.case_file import Case, Expected, Person
from benchmarks.hies_bench.facts import FACTS, HIES_OF
from benchmarks.hies_bench.golden import field_cases, golden_cases
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
from vcf_text import offset

from hies_annot.evidence.curated import read_known
from hies_annot.evidence.store import KNOWN
from hies_annot.genome import Build
from hies_annot.model import KnownVariant
from hies_annot.shipped import resource_path

BUILDS = (Build.GRCH38, Build.GRCH37)
COUNTED = ("GATK HaplotypeCaller", "DeepVariant", "DRAGEN", "Strelka2", "Clair3", "GLnexus")
"""Callers that give reads and a quality with a reference genotype."""


def all_cases() -> list[Case]:
    """Return every case, in an order that stays the same."""
    found = [
        *golden_cases(), *field_cases(), *called_cases(), *structural_cases(), *family_cases(),
        *reference_cases(), *allele_cases(), *common_cases(),
    ]  # fmt: skip
    return sorted(found, key=lambda case: case.id)


def slug(text: str) -> str:
    """Return a text as part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def turned(index: int) -> Build:
    """Return the builds in turn."""
    return BUILDS[index % 2]


def truth_on(truth: Truth, build: Build) -> Expected:
    """Return a truth in the words of a case; alleles move to the build."""
    fact = FACTS[truth.fact]
    alleles = tuple(sorted(moved(allele, build) for allele in truth.alleles))
    reason = f"{truth.reason.rstrip('.')}. {fact.rule}"
    said = truth.answers[0] not in ("nothing found", "cannot say")
    gene = fact.gene or ("STAT3" if alleles and alleles[0].startswith("17-") else "ZNF341")
    return Expected(
        answers=truth.answers,
        reason=reason,
        source=fact.source,
        gene=gene if said else None,
        condition=(fact.condition or HIES_OF[gene]) if said else None,
        alleles=alleles if said and alleles else None,
        phase=truth.phase,
    )


def moved(allele: str, build: Build) -> str:
    """Return `chrom-pos-ref-alt` of GRCh38 on a build."""
    chrom, pos, ref, alt = allele.split("-")
    return f"{chrom}-{int(pos) + offset(chrom, build)}-{ref}-{alt}"


def one_person(
    name: str, category: str, build: Build, writer: str, files: dict[str, str], truth: Truth
) -> Case:
    """Return a case of one person, whose files have fixed names."""
    person = Person(
        "P", "input.vcf", "P", affected="yes",
        sv_vcf="sv.vcf" if "sv.vcf" in files else "",
        callable="callable.bed" if "callable.bed" in files else "",
    )  # fmt: skip
    return Case(
        name, category, str(build), writer, "made by rule", (person,), files, truth_on(truth, build)
    )


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
        for column, caller in enumerate(SMALL_CALLERS):
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
        for column, caller in enumerate(SV_CALLERS):
            yield _structural(structure, caller, turned(row + column), (row + column) % 4 < 2)


def _structural(structure: Structure, caller: SvCaller, build: Build, apart: bool) -> Case:
    small = small_rows(SMALL_CALLERS[0], (structure.beside,), build)
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
        for column, caller in enumerate(SMALL_CALLERS):
            build = turned(row + column)
            files = {"input.vcf": vcf_text(small_rows(SMALL_CALLERS[0], child, build), build)}
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
    callers = [caller for caller in SMALL_CALLERS if caller.name in COUNTED]
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


PLAIN = [c for c in SMALL_CALLERS if c.name in (*COUNTED, "freebayes", "Pisces", "VarScan")]


def allele_cases() -> Iterator[Case]:
    """Yield each published allele, heterozygous; those of the recessive gene twice as well."""
    for index, known in enumerate(read_known(resource_path(KNOWN))):
        for copies in (1, 2) if known.gene == "ZNF341" else (1,):
            caller, build = PLAIN[index % len(PLAIN)], turned(index // len(PLAIN))
            gt, reads = ((0, 1), (24, 22)) if copies == 1 else ((1, 1), (0, 46))
            record = Small(known.chrom, known.pos, known.ref, (known.alt,), gt, reads)
            text = vcf_text(small_rows(caller, (record,), build), build)
            category = "evidence" if known.classification == "likely_benign" else "mechanism"
            name = (
                f"allele-{slug(known.hgvs_c)}-{slug(known.alt)}-{'het' if copies == 1 else 'hom'}"
            )
            case = one_person(
                name, category, build, caller.name, {"input.vcf": text}, allele_truth(known, copies)
            )
            yield sourced(case, known.source)


def allele_truth(known: KnownVariant, copies: int) -> Truth:
    """Return the answer that the published mechanism of an allele gives."""
    does = {str(mechanism) for mechanism in known.mechanisms}
    named = (f"{known.chrom}-{known.pos}-{known.ref}-{known.alt}",)
    title = f"{known.gene} {known.hgvs_c}, {known.hgvs_p}"
    if "loss_of_function" in does:
        fact, answer = ("carrier", "carrier") if copies == 1 else ("recessive", "explains")
        return Truth((answer,), fact, title, named)
    if "gain_of_function" in does:
        open_ = ("may explain",) if known.classification == "uncertain" else ()
        return Truth(("other disease", *open_), "gain", title, named)
    if "somatic_activating" in does:
        return Truth(("other disease",), "somatic", title, named)
    if "dominant_negative" in does:
        return Truth(("explains",), "dominant", title, named)
    if "benign" in does:
        return Truth(("cannot say",), "nothing raised", title, named)
    told = known.classification != "uncertain" and "fs" not in known.hgvs_p
    answers = ("may explain", "explains") if told else ("may explain",)
    return Truth(answers, "truncation" if "fs" in known.hgvs_p else "uncertain", title, named)


def sourced(case: Case, source: str) -> Case:
    """Return a case that names the source of its allele before that of its rule."""
    expected = replace(case.expected, source=f"{source}; {case.expected.source}")
    return replace(case, expected=expected)


def common_cases() -> Iterator[Case]:
    """Yield alleles that are common in the population, on one copy and on both."""
    path = resource_path("evidence/common_snps.tsv")
    lines = [
        line.split("\t")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "chrom"))
    ]
    yield from _common(lines)


def _common(lines: Iterable[list[str]]) -> Iterator[Case]:
    for index, (chrom, pos, ref, alt, frequency, *_) in enumerate(lines):
        for copies, gt, reads in ((1, (0, 1), (24, 22)), (2, (1, 1), (0, 46))):
            caller, build = PLAIN[index % len(PLAIN)], turned(index + copies)
            record = Small(chrom, int(pos), ref, (alt,), gt, reads)
            text = vcf_text(small_rows(caller, (record,), build), build)
            truth = Truth(
                ("cannot say",), "nothing raised", f"An allele of frequency {frequency}", ()
            )
            name = f"common-{chrom}-{pos}-{'het' if copies == 1 else 'hom'}"
            case = one_person(name, "evidence", build, caller.name, {"input.vcf": text}, truth)
            yield sourced(case, "list of common SNPs of imgag/ngs-bits")
