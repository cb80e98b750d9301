"""A case that is made by rule: its truth on a build, its person, its files by fixed names."""

from __future__ import annotations

import re

from benchmarks.hies_bench.case_file import Case, Expected, Person
from benchmarks.hies_bench.facts import FACTS, HIES_OF
from benchmarks.hies_bench.scenarios import Truth
from vcf_text import offset

from hies_annot.genome import Build

BUILDS = (Build.GRCH38, Build.GRCH37)
COUNTED = ("GATK HaplotypeCaller", "DeepVariant", "DRAGEN", "Strelka2", "Clair3", "GLnexus")
"""Callers that give reads and a quality with a reference genotype."""


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
