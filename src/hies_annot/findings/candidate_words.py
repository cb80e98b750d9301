"""What an allele of a finding is called, and what keeps the finding from being certain."""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.findings.candidates import Candidate
from hies_annot.judge.acmg.criteria import BY_FREQUENCY
from hies_annot.judge.effect import leaves_gc_donor
from hies_annot.judge.grounds import Says, clinvar_ground, lab_ground
from hies_annot.model import Support, Zygosity
from hies_annot.read.call_quality import quality_words
from hies_annot.read.copy_number import FROM_COPY_NUMBER

_SUPPORT_DOUBT = {
    Support.UNCERTAIN: "is of uncertain significance",
    Support.UNRESOLVED: "has a mechanism that is not resolved for this condition",
    Support.CONTRADICTED: "has contradicting classifications",
}
FLAG_DOUBT = {
    "low_fraction": "is seen in a low fraction of the reads: possible mosaic or clone",
    "copy_number_unread": "has a copy number that cannot be read",
    "copy_number_contradicts_gt": "has a copy number that contradicts its genotype",
    "extent_contradicted": "has END and SVLEN that contradict each other: the longer one is taken",
    "ends_not_exact": "has ends that are not exact (CIPOS, CIEND): whether it reaches an exon or a "
    "splice site is not known",
    "ad_contradicts_gt": "has read counts that contradict the genotype",
    "reads_without_call": "has reads, but no genotype was called",
    "homozygous_deletion_contradicted": "contradicts another call: a deletion on both copies, and "
    "an allele read within it; one of the two is wrong",
    "reference_within_deletion": "contradicts another call: a deletion on both copies, and reads "
    "of the reference within it; one of the two is wrong, or a mosaic",
    "heterozygous_within_deletion": "contradicts another call: a deletion on one copy, and two "
    "alleles read at one place within it; one of the two is wrong, or a mosaic",
}
_GC_DONOR = (
    "makes a donor GC of GT, which still splices at about one site of six (Lin 2019, Human "
    "Mutation 40:1856), and nothing but our class calls it pathogenic: test RNA"
)
_NUMBER_OF_RECORD = (
    "has no genotype, and the record states its copy number (INFO/CN), but not of whom"
)

_FLAG_REMARK = {
    "heterozygous_within_loh": "is heterozygous, but lies in a region that another record calls "
    "copy-neutral loss of heterozygosity: one of the two is wrong, or a mosaic",
    "counts_contradict": "has read counts in two spellings that contradict each other: neither was "
    "used; check the reads",
    "adjacency_only": "was told from its junction alone (SVCLAIM=J): check the number of copies",
}


def remarks(candidate: Candidate) -> tuple[str, ...]:
    """Return what a reader must know of an allele that makes no finding less certain."""
    acmg = candidate.verdict.acmg if candidate.pathogenic else None
    frequent = [c for c in acmg.criteria if c.code in BY_FREQUENCY and c.points] if acmg else []
    flags = (flag for flag in candidate.call.flags if flag in _FLAG_REMARK)
    return (
        *(f"{candidate.name} {_FLAG_REMARK[flag]}" for flag in flags),
        *(
            f"{candidate.name}: its frequency speaks against it ({c.code}: {c.reason})"
            for c in frequent
        ),
    )


def doubts(candidate: Candidate) -> tuple[str, ...]:
    """Return what makes a finding with this allele at most `possible`, gravest first."""
    call, verdict = candidate.call, candidate.verdict
    found = []
    if verdict.support in _SUPPORT_DOUBT:
        ground = f": {'; '.join(verdict.reasons)}" if verdict.reasons else ""
        found.append(f"{_SUPPORT_DOUBT[verdict.support]}{ground}")
    if verdict.basis == "acmg" and _only_our_class(candidate) and _gc_donor(candidate):
        found.append(_GC_DONOR)
    if candidate.otherwise:
        words = " and ".join((call.fields.gt or "not given", *candidate.otherwise))
        found.append(f"is given by several records with different genotypes ({words})")
    found += [FLAG_DOUBT[flag] for flag in call.flags if flag in FLAG_DOUBT]
    if FROM_COPY_NUMBER in call.flags and call.fields.copy_number is None and call.fields.gt:
        found.append(_NUMBER_OF_RECORD)
    if call.quality:
        failed = ", ".join(map(quality_words, call.quality))
        found.append(f"fails the call thresholds: {failed}")
    return tuple(f"{candidate.name} {doubt}" for doubt in found)


def _only_our_class(candidate: Candidate) -> bool:
    evidence, acmg = candidate.judged.evidence, candidate.verdict.acmg
    others = (lab_ground(evidence), *((clinvar_ground(evidence, acmg),) if acmg else ()))
    return candidate.pathogenic and all(ground.says is not Says.PATHOGENIC for ground in others)


def _gc_donor(candidate: Candidate) -> bool:
    annotation = candidate.judged.annotation
    return annotation is not None and leaves_gc_donor(annotation)


ZYGOSITY_WORDS = {
    Zygosity.HET: "heterozygous",
    Zygosity.HOM_ALT: "homozygous",
    Zygosity.HET_ALT: "heterozygous beside another alternate allele",
    Zygosity.OVER_DELETION: "one copy, the other one deleted (hemizygous-like)",
    Zygosity.HAPLOID: "one allele given where two are expected",
    Zygosity.HALF_CALL: "one copy seen, the other one not called",
    Zygosity.POLYPLOID: "more than two alleles given",
    Zygosity.HOM_REF: "called reference, but the reads show the allele",
    Zygosity.NO_CALL: "not called, but the reads show the allele",
    Zygosity.NOT_GIVEN: "no genotype given, but the reads show the allele",
}


_BASIS = {
    "curated": "the curated table",
    "acmg": "our ACMG/AMP class",
    "lab": "the lab's own classification",
    "clinvar": "ClinVar",
}


_COUNTS = {
    **{support: support.value.replace("_", " ") for support in Support},
    Support.PATHOGENIC: "pathogenic or likely pathogenic",
}


def headline(found: Sequence[Candidate], genotype: str) -> str:
    """Return the genotype in one sentence, with what each allele counts as and on which ground."""
    parts = []
    for candidate in found:
        basis = _BASIS.get(candidate.verdict.basis)
        counts = _COUNTS[candidate.verdict.support]
        also = f"; one event with {' and '.join(candidate.also)}" if candidate.also else ""
        parts.append(f"{candidate.name} ({counts}{f' by {basis}' if basis else ''}{also})")
    return f"{' and '.join(parts)}: {genotype}"
