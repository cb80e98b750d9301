"""Conditions that need one allele: dominant disease, its differential, somatic clones."""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.findings.candidate_words import ZYGOSITY_WORDS, doubts, headline, remarks
from hies_annot.findings.candidates import Candidate
from hies_annot.findings.family_facts import family_facts
from hies_annot.findings.told_apart import told_apart
from hies_annot.genes.gene_file import Condition, Gene, Inheritance, Role
from hies_annot.model import Finding, JudgedCall, PhaseState, Status, Support, Zygosity
from hies_annot.phase.contradicted import OTHER_COPY_DELETED
from hies_annot.phase.denovo import de_novo_lines, origin_words
from hies_annot.phase.mosaicism import parental_mosaicism
from hies_annot.phase.read_words import fraction_words
from hies_annot.phase.relatives import Relative
from hies_annot.phase.segregation import segregation
from hies_annot.settings.call_thresholds import CallThresholds

_UNEXPECTED = {
    Zygosity.HOM_ALT: "homozygous is not expected in a dominant condition",
    Zygosity.HET_ALT: "two alternate alleles are not expected in a dominant condition",
    Zygosity.OVER_DELETION: "a deletion on the other chromosome is not expected",
    Zygosity.HAPLOID: "one allele is given where two are expected: ploidy error or deletion",
    Zygosity.POLYPLOID: "more than two alleles are given: ploidy error",
    Zygosity.HALF_CALL: "the other allele was not called",
}


def dominant_findings(
    gene: Gene,
    condition: Condition,
    found: Sequence[Candidate],
    relatives: Sequence[Relative],
    thresholds: CallThresholds,
) -> tuple[Finding, ...]:
    """Return one finding for each allele that a one-allele condition reports."""
    return tuple(
        _finding(gene, condition, candidate, relatives, thresholds)
        for candidate in found
        if _reported(condition, candidate)
    )


def _reported(condition: Condition, candidate: Candidate) -> bool:
    """A differential lists only alleles that a curated source or a class ties to it."""
    if condition.role is Role.DIAGNOSTIC:
        return True
    verdict = candidate.verdict
    tied = verdict.basis == "curated" or verdict.asks
    return tied and verdict.support is not Support.UNRESOLVED


def _finding(
    gene: Gene,
    condition: Condition,
    candidate: Candidate,
    relatives: Sequence[Relative],
    thresholds: CallThresholds,
) -> Finding:
    call = candidate.call
    against = doubts(candidate)
    low = "low_fraction" in call.flags
    words = ZYGOSITY_WORDS[call.zygosity]
    genotype = f"low fraction ({words} as called)" if low else words
    if OTHER_COPY_DELETED in call.flags:
        genotype = "hemizygous: the other copy is deleted here"
    reasons = [*against, headline((candidate,), genotype)]
    reasons += told_apart(gene.file, candidate.verdict.open_between)
    reasons += _fraction_reasons(gene, condition, candidate, low=low)
    if OTHER_COPY_DELETED in call.flags:
        reasons.append(
            f"{candidate.name} is called homozygous, but lies within a deletion on one copy: there "
            "it has one copy only, and no other allele is beside it"
        )
    elif call.zygosity in _UNEXPECTED:
        reasons.append(f"{_UNEXPECTED[call.zygosity]}; check for deletion, dropout or mix-up")
    reasons.append(origin_words(call, relatives, thresholds))
    reasons += [*remarks(candidate), *segregation((candidate.id,), 1, relatives)]
    return Finding(
        condition=condition.id,
        gene=gene.name,
        disease=condition.disease,
        mim=condition.mim,
        inheritance=condition.inheritance.value,
        status=_status(condition, against),
        genotype=genotype,
        phase=_phase(candidate.judged),
        phase_evidence="none",
        variants=(candidate.id,),
        reasons=tuple(reasons),
        panels={
            "de_novo": de_novo_lines(call, relatives, thresholds),
            "parental_mosaicism": parental_mosaicism(call, relatives, thresholds),
        },
        open_between=candidate.verdict.open_between,
        **family_facts((candidate,), relatives, thresholds),
    )


def _phase(judged: JudgedCall) -> PhaseState:
    """Return what is known of the copy where another change of the gene acts on the allele."""
    flags = {flag.partition(":")[0] for flag in judged.flags}
    if "may_be_in_cis_with" in flags:
        return PhaseState.UNKNOWN
    in_cis = flags & {"in_cis_with", "combined_in_cis"}
    return PhaseState.CIS if in_cis else PhaseState.NOT_NEEDED


def _status(condition: Condition, against: Sequence[str]) -> Status:
    if condition.role is Role.DIFFERENTIAL:
        return Status.DIFFERENTIAL
    return Status.POSSIBLE if against else Status.RELEVANT


def _fraction_reasons(
    gene: Gene, condition: Condition, candidate: Candidate, *, low: bool
) -> list[str]:
    call = candidate.call
    lines = [f"{candidate.name}: {fraction_words(call)}"]
    if condition.inheritance is Inheritance.SOMATIC:
        lines.append(
            "possible somatic clone, not germline disease: confirm in another tissue"
            if low
            else "known as a somatic allele; the fraction does not tell clone from germline"
        )
    elif low:
        clone = any(other.inheritance is Inheritance.SOMATIC for other in gene.file.conditions)
        what = "mosaic or somatic (LGL/CHIP-type clone)" if clone else "mosaic"
        lines.append(
            f"possible mosaic {condition.short}: {what} - confirm in another tissue, "
            "and test the parents for mosaicism"
        )
    return lines
