"""Phase of two alleles in one sample: every source is asked, the best one decides.

Order (domain evidence, best first): same record, deletion in trans, parents, phase sets, reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from hies_annot.model import Call, Phase, PhaseState, Zygosity
from hies_annot.phase.deletions import deletes, is_deletion
from hies_annot.phase.parents import phase_from_parents
from hies_annot.phase.phase_sets import marked_phases
from hies_annot.phase.relatives import ALIKE, Relative, overlap_share
from hies_annot.read.split_records import exclude_each_other
from hies_annot.settings.call_thresholds import CallThresholds

Links = Mapping[frozenset[str], Phase]
"""What the reads say, by pair of allele ids."""

FIRM = frozenset({"same_record", "trio"})
"""Evidence that stands although a weaker source contradicts it; the contradiction is told."""
ONE_COPY_LEFT = frozenset({Zygosity.HOM_ALT, Zygosity.HAPLOID, Zygosity.OVER_DELETION})
"""Genotypes that an allele shows when the other chromosome is deleted there."""


def phase_of(
    a: Call,
    b: Call,
    relatives: Sequence[Relative],
    thresholds: CallThresholds,
    links: Links | None = None,
) -> Phase:
    """Return the phase of two carried alleles, with the evidence that decided.

    The answer does not depend on the order of the two. What contradicts the deciding
    evidence is named in `conflict`.
    """
    a, b = sorted((a, b), key=order_key)
    answers = [
        answer
        for answer in (
            _same_record(a, b),
            _deletion(a, b),
            _same_base(a, b),
            _alike(a, b),
            phase_from_parents(a, b, relatives),
            *marked_phases(a, b, thresholds),
            _linked(a, b, links),
        )
        if answer is not None
    ]
    decided = [answer for answer in answers if answer.state is not PhaseState.UNKNOWN]
    conflicts = [answer.conflict for answer in answers if answer.conflict]
    if not decided:
        details = "; ".join(answer.detail for answer in answers)
        return Phase(PhaseState.UNKNOWN, "none", details, "; ".join(conflicts) or None)
    best = decided[0]
    against = conflicts + [
        f"{other.evidence} says {other.state} ({other.detail})"
        for other in decided[1:]
        if other.state is not best.state
    ]
    return replace(best, conflict="; ".join(against) or None)


def settled(phase: Phase) -> bool:
    """Whether trans or cis may be believed: weaker evidence never voids what is firm."""
    firm = phase.conflict is None or phase.evidence in FIRM
    return firm and phase.state is not PhaseState.UNKNOWN


def order_key(call: Call) -> tuple[str, int, str, str]:
    """Return a key that orders calls by place and allele, whatever the order of the input."""
    return call.allele.chrom, call.allele.pos, call.allele.ref, call.allele.id


def no_reference_seen(call: Call) -> bool:
    """Whether the reads of a call show no reference copy, whatever its genotype says."""
    return "no_reference_reads" in call.flags


def _alike(a: Call, b: Call) -> Phase | None:
    """Deletions that overlap nearly whole may be one event with unsure ends."""
    if not (is_deletion(a) and is_deletion(b)):
        return None
    if overlap_share(a.allele, b.allele) < ALIKE:
        return None
    words = "two deletions overlap nearly whole: one event written twice, or one on each chromosome"
    return Phase(PhaseState.UNKNOWN, "none", words)


def _same_record(a: Call, b: Call) -> Phase | None:
    if a.site != b.site:
        return None
    if a.alt_index == b.alt_index and a.allele != b.allele:
        words = f"{a.site.where}: one alternate allele has both"
        return Phase(PhaseState.CIS, "same_record", words)
    if {a.zygosity, b.zygosity} != {Zygosity.HET_ALT}:
        return None
    return Phase(
        PhaseState.TRANS, "same_record", f"{a.site.where}: genotype {a.fields.gt} names both"
    )


def _same_base(a: Call, b: Call) -> Phase | None:
    """Alleles of two records that no chromosome can carry together."""
    if a.site == b.site or not exclude_each_other(a.allele, b.allele):
        return None
    words = f"{a.allele.id} and {b.allele.id} put different bases at one place"
    if {a.zygosity, b.zygosity} == {Zygosity.HET_ALT}:
        return Phase(PhaseState.TRANS, "same_record", f"{words}, and no reference is left there")
    if deletes(a, b):
        return None
    conflict = f"{words}, and reads of the reference are there too: three alleles"
    return Phase(PhaseState.UNKNOWN, "none", words, conflict)


def _deletion(deletion: Call, other: Call) -> Phase | None:
    """What is deleted lies behind the start of the deletion: only the first of the two deletes."""
    if not deletes(deletion, other) or deletion.zygosity is Zygosity.HOM_ALT:
        return None
    if {deletion.zygosity, other.zygosity} == {Zygosity.HET_ALT}:
        return None  # the deletion itself is the other allele
    words = f"{other.allele.id} lies within the deletion {deletion.allele.id}"
    if other.zygosity in ONE_COPY_LEFT or no_reference_seen(other):
        seen = f"{words}: what is read there comes from the other chromosome"
        return Phase(PhaseState.TRANS, "deletion", seen)
    wrong = f"{words}, but two alleles are read there: one of the two calls is wrong or mosaic"
    return Phase(PhaseState.UNKNOWN, "none", words, wrong)


def _linked(a: Call, b: Call, links: Links | None) -> Phase | None:
    return (links or {}).get(frozenset({a.allele.id, b.allele.id}))
