"""Worksheets beside a finding: what was looked at, and what speaks for or against it."""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.findings.candidates import Candidate
from hies_annot.model import (
    CARRIED,
    AlleleKind,
    Call,
    JudgedCall,
    SampleSpec,
    Support,
    Zygosity,
)
from hies_annot.phase.deletions import deletes, is_deletion
from hies_annot.phase.kinship import opposite_homozygotes, parentage_lines
from hies_annot.phase.read_words import read_words
from hies_annot.phase.relatives import CARRIES, Carriage, Relative, parents
from hies_annot.read.call_quality import HALF_EXPECTED, quality_words

_UNCALLED = frozenset({Zygosity.NO_CALL, Zygosity.NOT_GIVEN})


def second_hit(
    found: Candidate,
    calls: Sequence[JudgedCall],
    spec: SampleSpec,
    gaps: Sequence[str] | None,
) -> tuple[str, ...]:
    """Return what was looked at for the other allele of a recessive condition.

    `calls` are all calls of the gene; `gaps` names the bases that were not callable (None: the
    callability was not handed over).
    """
    others = [judged for judged in calls if judged.id != found.id and judged.call.carried]
    condition = found.verdict.condition
    uncertain = [
        judged
        for judged in others
        if condition in judged.verdicts
        and judged.verdicts[condition].support in (Support.UNCERTAIN, Support.CONTRADICTED)
    ]
    intronic = [judged for judged in others if judged.annotation and judged.annotation.intron]
    return (
        _structural_line(others, spec),
        _listed("spanning deletions (*)", [j for j in others if _is_star(j)]),
        _listed("alleles that fail the call thresholds", [j for j in others if j.call.quality]),
        _listed("alleles of uncertain significance", uncertain),
        _listed("places without a call", [j for j in calls if j.call.zygosity in _UNCALLED]),
        _listed("intronic alleles, pathogenic", [j for j in intronic if _pathogenic(j)])
        + f" (intronic alleles in all: {len(intronic)})",
        _gap_line(gaps),
        "alignments: " + ("given" if spec.bam else "not given, reads were not looked at"),
    )


def _structural_line(others: Sequence[JudgedCall], spec: SampleSpec) -> str:
    found = [judged for judged in others if judged.call.allele.kind is AlleleKind.SYMBOLIC]
    if spec.sv_vcf is None and not found:
        return "SV/CNV file: not given, deletions and duplications were not looked for"
    return _listed("SV/CNV alleles", found)


def _is_star(judged: JudgedCall) -> bool:
    kind = judged.call.allele.kind
    return kind is AlleleKind.SPANNING_DELETION or judged.call.zygosity is Zygosity.OVER_DELETION


def _pathogenic(judged: JudgedCall) -> bool:
    return any(verdict.support is Support.PATHOGENIC for verdict in judged.verdicts.values())


def _listed(title: str, found: Sequence[JudgedCall]) -> str:
    names = sorted({_name(judged) for judged in found})
    return f"{title}: {', '.join(names) if names else 'none seen'}"


def _name(judged: JudgedCall) -> str:
    failed = ", ".join(map(quality_words, judged.call.quality))
    return f"{judged.id} [{failed}]" if failed else judged.id


def _gap_line(gaps: Sequence[str] | None) -> str:
    if gaps is None:
        return "bases not callable: see callability"
    return f"bases not callable: {', '.join(gaps) if gaps else 'none'}"


def false_homozygote(
    found: Candidate,
    calls: Sequence[JudgedCall],
    relatives: Sequence[Relative],
    spec: SampleSpec,
) -> tuple[str, ...]:
    """Return what speaks for or against a homozygous call being one allele on two chromosomes.

    About one in eight apparent homozygotes is not confirmed in both parents (PMID 22595940).
    """
    call = found.call
    others = [judged.call for judged in calls if judged.id != found.id]
    return (
        *_parent_lines(call, relatives),
        _deletion_line(call, others, spec),
        *_parental_deletions(call, relatives),
        _copy_line(call),
        _neighbour_line(call, others),
        *_uniparental_lines(others, relatives),
        f"allele dropout: {read_words(call)}; one assay alone cannot exclude it",
    )


def _parent_lines(call: Call, relatives: Sequence[Relative]) -> tuple[str, ...]:
    both = parents(relatives)
    states = {role: person.state_of(call.allele.id) for role, person in both.items()}
    carriers = sorted(role for role, state in states.items() if state in CARRIES)
    absent = sorted(role for role, state in states.items() if state is Carriage.ABSENT)
    if not both:
        return ("parents: not looked at",)
    if len(carriers) == 2:
        return ("parents: both carry the allele, as a true homozygote needs",)
    lines = [f"parents: carried by {' and '.join(carriers) or 'neither as far as seen'}"]
    if len(absent) == 1 and carriers:
        lines.append(
            f"the {absent[0]} does not carry it: a deletion on that chromosome, isodisomy of "
            f"the {carriers[0]}'s, allele dropout, or a mix-up"
        )
    elif len(absent) == 2:
        lines.append("neither parent carries it: sample mix-up or parentage comes first")
    lines += parentage_lines(relatives)
    if len(carriers) + len(absent) < 2:
        lines.append("not both parents gave a clear result")
    return tuple(lines)


def _deletion_line(call: Call, others: Sequence[Call], spec: SampleSpec) -> str:
    over = [
        other
        for other in others
        if other.zygosity in CARRIED and is_deletion(other) and deletes(other, call)
    ]
    if over:
        names = ", ".join(sorted({other.allele.id for other in over}))
        return f"deletion in trans: {names} covers it, one copy may be left (hemizygous)"
    if spec.sv_vcf is None:
        return "deletion in trans: no SV/CNV file given, not excluded"
    return "deletion in trans: none in the SV/CNV file"


def _parental_deletions(call: Call, relatives: Sequence[Relative]) -> tuple[str, ...]:
    return tuple(
        f"the {role} carries the deletion {other.allele.id} over this place: it may be in trans"
        for role, person in sorted(parents(relatives).items())
        for other in person.calls.values()
        if other.carried and deletes(other, call)
    )


def _copy_line(call: Call) -> str:
    number = call.fields.copy_number
    if number is None:
        return "copy number: not given"
    return f"copy number: {number}" + (", one copy only: hemizygous" if number == 1 else "")


def _uniparental_lines(others: Sequence[Call], relatives: Sequence[Relative]) -> tuple[str, ...]:
    """Other sites of the locus at which child and parent are opposite homozygotes."""
    lines = []
    for role, person in sorted(parents(relatives).items()):
        compared, opposite = opposite_homozygotes(others, person)
        told = (
            "no sign of isodisomy of the other parent"
            if not opposite
            else ("isodisomy of the other parent, a deletion, or a mix-up")
        )
        if compared:
            lines.append(f"{role}: opposite homozygote at {opposite} of {compared} sites: {told}")
    return tuple(lines)


def _neighbour_line(call: Call, others: Sequence[Call]) -> str:
    """Heterozygous neighbours speak against a deletion or isodisomy at the locus."""
    clean = [other for other in others if not other.quality and other.allele.id != call.allele.id]
    het = sum(other.zygosity in HALF_EXPECTED for other in clean)
    hom = sum(other.zygosity is Zygosity.HOM_ALT for other in clean)
    words = f"neighbours at the locus: {het} heterozygous, {hom} homozygous"
    if het:
        nearest = min(
            abs(other.allele.pos - call.allele.pos)
            for other in clean
            if other.zygosity in HALF_EXPECTED
        )
        words += f" (nearest heterozygous one {nearest:,} bases away)"
        return f"{words}; heterozygous ones speak against a large deletion or isodisomy"
    return f"{words}; a run of homozygosity, isodisomy or a deletion is not excluded"
