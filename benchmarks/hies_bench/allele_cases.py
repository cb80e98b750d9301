"""Cases of single alleles: published ones with the answer of their mechanism, and common ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from benchmarks.hies_bench.callers import small_rows, vcf_text
from benchmarks.hies_bench.case_file import Case
from benchmarks.hies_bench.made_case import COUNTED, one_person, slug, turned
from benchmarks.hies_bench.scenarios import Truth
from caller_writers import SMALL_CALLERS, Small

from hies_annot.evidence.curated import read_known
from hies_annot.evidence.known_alleles import KNOWN
from hies_annot.model import KnownVariant
from hies_annot.shipped import resource_path

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
