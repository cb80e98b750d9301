"""Changes in cis that act together are one allele: read, judged and reported as one.

Two changes in one codon, or in one shifted reading frame, may make what neither makes alone.
The single records stay listed and point to the combined allele; one that is known to be
pathogenic by itself is never set aside for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from hies_annot.annotate.haplotype import cis_groups
from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.drop_reasons import NO_EFFECT, PART_OF_COMBINED
from hies_annot.model import (
    Allele,
    AlleleKind,
    Call,
    JudgedCall,
    PhaseState,
    Support,
    Verdict,
    Zygosity,
)
from hies_annot.phase.pairs import Links, phase_of
from hies_annot.phase.relatives import Relative
from hies_annot.reference.normalise import normalise_allele
from hies_annot.settings.call_thresholds import CallThresholds

_Number = TypeVar("_Number", int, float)

COMBINED = "combined_in_cis"
"""Flag of a combined allele, with the ids of its parts behind it."""
_KEPT_DROPS = frozenset({None, NO_EFFECT})
"""A change that does nothing alone (synonymous) may still matter beside another one."""


def combine_in_cis(
    judged: Sequence[JudgedCall],
    book: AlleleBook,
    relatives: Sequence[Relative],
    thresholds: CallThresholds,
) -> tuple[JudgedCall, ...]:
    """Return the calls with combined alleles behind them and pointers on their parts."""
    changed: dict[str, JudgedCall] = {}
    added: list[JudgedCall] = []
    for candidates in _haplotypes(judged):
        alleles = tuple(entry.call.allele for entry in candidates.values())
        for group in cis_groups(alleles, book.annotator) if len(alleles) > 1 else ():
            parts = [candidates[allele.id] for allele in group]
            calls = [part.call for part in parts]
            combined = _combined(parts, book) if _all_cis(calls, relatives, thresholds) else None
            if combined is not None:
                added.append(combined)
                changed |= {part.id: _pointing(part, combined) for part in parts}
    return (*(changed.get(entry.id, entry) for entry in judged), *added)


def links_of_combined(judged: Sequence[JudgedCall], links: Links) -> Links:
    """Return what the reads say, with the pairs of each combined allele: those of its parts."""
    found = dict(links)
    for entry in judged:
        for flag in entry.flags:
            mark, _, ids = flag.partition(":")
            parts = frozenset(ids.split("+")) if mark == COMBINED else frozenset()
            for pair, phase in links.items():
                if len(pair & parts) == 1:
                    found.setdefault((pair - parts) | {entry.id}, phase)
    return found


def _haplotypes(judged: Sequence[JudgedCall]) -> Iterable[dict[str, JudgedCall]]:
    """Group the calls that may act together: phased on one haplotype, or all homozygous."""
    groups: dict[tuple[str | None, int | None], dict[str, JudgedCall]] = {}
    for entry in judged:
        call = entry.call
        if entry.annotation is None or entry.drop_reason not in _KEPT_DROPS:
            continue
        if call.allele.kind is not AlleleKind.SEQUENCE:
            continue
        if call.zygosity is Zygosity.HOM_ALT:
            groups.setdefault((None, None), {})[entry.id] = entry
        elif call.phase_set is not None:
            groups.setdefault((call.phase_set, call.haplotype), {})[entry.id] = entry
    return groups.values()


def _all_cis(
    calls: Sequence[Call], relatives: Sequence[Relative], thresholds: CallThresholds
) -> bool:
    """Whether every pair is known to lie on one chromosome (homozygous ones do on both)."""
    if all(call.zygosity is Zygosity.HOM_ALT for call in calls):
        return True
    if len({call.zygosity for call in calls}) != 1:
        return False
    return all(
        phase_of(a, b, relatives, thresholds).state is PhaseState.CIS
        for a, b in combinations(calls, 2)
    )


def _combined(parts: Sequence[JudgedCall], book: AlleleBook) -> JudgedCall | None:
    """Return the group as one call, or None where it makes no other protein than one part."""
    allele = _joined([part.call.allele for part in parts], book)
    if allele is None:
        return None
    facts = book.facts_in_cis(allele, tuple(part.call.allele for part in parts))
    if facts is None:
        return None
    names = {part.annotation.hgvs_p for part in parts if part.annotation is not None}
    if facts.annotation.hgvs_p in names:
        return None
    first = min((part.call for part in parts), key=lambda call: call.allele.pos)
    ids = "+".join(part.id for part in parts)
    call = replace(
        first,
        allele=allele,
        depth=_least([part.call.depth for part in parts]),
        alt_depth=_least([part.call.alt_depth for part in parts]),
        allele_fraction=_least([part.call.allele_fraction for part in parts]),
        quality=tuple(dict.fromkeys(code for part in parts for code in part.call.quality)),
        flags=tuple(dict.fromkeys(flag for part in parts for flag in part.call.flags)),
    )
    return JudgedCall(
        call=call,
        annotation=facts.annotation,
        evidence=facts.evidence,
        verdicts=facts.verdicts,
        drop_reason=facts.drop_reason,
        flags=(f"{COMBINED}:{ids}",),
    )


def _joined(alleles: Sequence[Allele], book: AlleleBook) -> Allele | None:
    """Return one allele that makes all changes of a group (None where they overlap)."""
    ordered = sorted(alleles, key=lambda allele: allele.pos)
    reference = book.annotator.reference
    locus = reference.locus(ordered[0].gene)
    start, end = ordered[0].pos, max(allele.end for allele in ordered)
    text, position = "", start
    for allele in ordered:
        if allele.pos < position:
            return None
        if allele.pos > position:
            text += locus.bases(position, allele.pos - 1).upper()
        text += allele.alt
        position = allele.end + 1
    bases = locus.bases(start, end).upper()
    return normalise_allele(reference, ordered[0].chrom, start, bases, text)


def _pointing(part: JudgedCall, combined: JudgedCall) -> JudgedCall:
    """Point from a part to the combined allele; one that is pathogenic alone keeps its place."""
    flags = (*part.flags, f"in_cis_with:{combined.id}")
    known = part.evidence.known is not None and part.evidence.known.pathogenic
    alone = any(verdict.support is Support.PATHOGENIC for verdict in part.verdicts.values())
    if known or alone:
        verdicts = {
            condition: _beside(verdict, combined) for condition, verdict in part.verdicts.items()
        }
        return replace(part, flags=flags, verdicts=verdicts)
    return replace(part, flags=flags, drop_reason=part.drop_reason or PART_OF_COMBINED)


def _beside(verdict: Verdict, combined: JudgedCall) -> Verdict:
    """Return the verdict of a part: contradicted where the combined allele is not pathogenic."""
    whole = combined.verdicts.get(verdict.condition)
    if verdict.support is not Support.PATHOGENIC or whole is None:
        return verdict
    if whole.support is Support.PATHOGENIC:
        return verdict
    names = combined.annotation
    protein = names.hgvs_p if names is not None and names.hgvs_p else combined.id
    first = (
        "contradiction: pathogenic by itself, but another change of the same reading frame lies "
        f"on the same chromosome; together they make {protein}, which counts as "
        f"{whole.support.value.replace('_', ' ')}"
    )
    return replace(
        verdict, support=Support.CONTRADICTED, basis="none", reasons=(first, *verdict.reasons)
    )


def _least(values: Sequence[_Number | None]) -> _Number | None:
    given = [value for value in values if value is not None]
    return min(given) if len(given) == len(values) else None
