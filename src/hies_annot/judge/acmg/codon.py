"""PS1, PM5, PM1, PM4, PP2 and PS3: what is known at the same residue, by the same mechanism.

In STAT3 a residue says nothing without the mechanism: Thr389Ile causes AD-HIES, Thr389Ala/Arg/Ser
are gain of function. Only the curated table is asked, never ClinVar.
"""

from __future__ import annotations

from hies_annot.genes.acmg_rules import Strength
from hies_annot.judge.acmg.case import Case, met, not_met, unknown
from hies_annot.judge.effect import Effect, substitution
from hies_annot.model import Criterion, KnownVariant, Mechanism

RICHARDS = "Richards 2015 (10.1038/gim.2015.30)"
PS3_CITATION = "Brnich 2019 (10.1186/s13073-019-0690-2)"


def ps1(case: Case) -> Criterion:
    """Same amino-acid change as a curated pathogenic variant of the condition's mechanism.

    A row with the source of the allele's own row is the same statement and does not count.
    """
    own = substitution(case.annotation.hgvs_p)
    if case.effect is not Effect.MISSENSE or own is None:
        return not_met("PS1", "not a missense substitution", RICHARDS)
    itself = case.evidence.known
    same = [
        known
        for known in _same_mechanism(case)
        if substitution(known.hgvs_p) == own and not (itself and itself.source == known.source)
    ]
    if not same:
        return not_met("PS1", f"no other curated allele gives this change{_others(case)}", RICHARDS)
    return met("PS1", Strength.STRONG, f"same change as {_named(same[0])}", RICHARDS)


def pm5(case: Case) -> Criterion:
    """Another amino acid at a residue with a curated pathogenic missense of the mechanism."""
    own = substitution(case.annotation.hgvs_p)
    if case.effect is not Effect.MISSENSE or own is None:
        return not_met("PM5", "not a missense substitution", RICHARDS)
    if ps1(case).points:
        return not_met("PM5", "counted as PS1", RICHARDS)
    found = []
    for known in _same_mechanism(case):
        other = substitution(known.hgvs_p)
        if other and other[1] == own[1] and other[2] not in (own[2], "Ter"):
            found.append(known)
    if not found:
        return not_met("PM5", f"no curated pathogenic missense here{_others(case)}", RICHARDS)
    best = min(found, key=lambda known: known.classification != "pathogenic")
    strength = Strength.MODERATE if best.classification == "pathogenic" else Strength.SUPPORTING
    return met("PM5", strength, f"same residue as {_named(best)}", RICHARDS)


def pm1(case: Case) -> Criterion:
    """Hot spot of the condition's mechanism; not counted where PS1 or PM5 use the same codon."""
    span = case.annotation.residues
    if case.effect not in (Effect.MISSENSE, Effect.IN_FRAME_INDEL) or span is None:
        return not_met("PM1", "no residue is exchanged", RICHARDS)
    if _acts_otherwise(case):
        return not_met("PM1", "the allele is curated with another mechanism", RICHARDS)
    for spot in case.rules.hot_spots:
        if spot.start <= span[1] and spot.end >= span[0]:
            if ps1(case).points or pm5(case).points:
                return not_met("PM1", "hot spot, counted as PS1/PM5 at this codon", RICHARDS)
            reason = f"hot spot, residue {spot.start}: {spot.source}"
            return met("PM1", Strength.MODERATE, reason, RICHARDS)
    return not_met("PM1", f"not a hot spot of {case.condition.id}{_others(case)}", RICHARDS)


def pm4(case: Case) -> Criterion:
    """Change of the protein's length; never where PVS1 counts."""
    if case.effect is Effect.STOP_LOST:
        return met("PM4", Strength.MODERATE, "the stop codon is lost", RICHARDS)
    if case.effect is Effect.IN_FRAME_INDEL:
        return met("PM4", Strength.MODERATE, "in-frame insertion or deletion", RICHARDS)
    return not_met("PM4", "the length of the protein is kept, or PVS1 applies", RICHARDS)


def pp2(case: Case) -> Criterion:
    """Missense in a gene under missense constraint where missense is a usual cause."""
    rule = case.rules.constraint
    if case.effect is not Effect.MISSENSE:
        return not_met("PP2", "not a missense substitution", RICHARDS)
    if not rule.applies:
        return not_met("PP2", f"not applicable: {rule.source}", RICHARDS)
    return met("PP2", Strength.SUPPORTING, rule.source, RICHARDS)


def ps3(case: Case) -> Criterion:
    """A functional assay named in the curated table, for the condition's mechanism."""
    known = case.evidence.known
    if known is None or not known.functional:
        return unknown("PS3", "no functional study in the curated table", PS3_CITATION)
    if not known.functional.startswith("abnormal"):
        return not_met("PS3", known.functional, PS3_CITATION)
    if not _shares(known, case):
        return not_met("PS3", "the study shows another mechanism", PS3_CITATION)
    return met("PS3", Strength.STRONG, known.functional, PS3_CITATION)


def opposing(case: Case) -> tuple[KnownVariant, ...]:
    """Return the curated neighbours at the residue that act by another mechanism."""
    return tuple(
        known for known in case.evidence.neighbours if _speaks(known) and not _shares(known, case)
    )


def other_mechanism_only(case: Case) -> KnownVariant | None:
    """Return a curated neighbour where all of them, of whatever class, act by another mechanism."""
    against = opposing(case)
    speaking = [known for known in case.evidence.neighbours if _speaks(known)]
    return against[0] if against and len(against) == len(speaking) else None


def own_mechanism(case: Case) -> bool:
    """Whether the allele's own curated row, of whatever class, has the condition's mechanism."""
    known = case.evidence.known
    return known is not None and _speaks(known) and _shares(known, case)


def _acts_otherwise(case: Case) -> bool:
    """Whether the allele itself is curated with a mechanism that is not the condition's."""
    known = case.evidence.known
    return known is not None and _speaks(known) and not _shares(known, case)


def _shares(known: KnownVariant, case: Case) -> bool:
    return bool(set(known.mechanisms) & set(case.condition.mechanisms))


def _speaks(known: KnownVariant) -> bool:
    return known.classification not in ("benign", "likely_benign") and not (
        set(known.mechanisms) & {Mechanism.UNRESOLVED, Mechanism.BENIGN}
    )


def _same_mechanism(case: Case) -> list[KnownVariant]:
    """Pathogenic neighbours of the condition's mechanism; none at a residue that holds both."""
    if _acts_otherwise(case) or opposing(case):
        return []
    return [
        known for known in case.evidence.neighbours if known.pathogenic and _shares(known, case)
    ]


def _others(case: Case) -> str:
    if not _acts_otherwise(case) and opposing(case) and not other_mechanism_only(case):
        return "; alleles of both mechanisms lie at this residue, so it tells neither"
    other = case.evidence.known if _acts_otherwise(case) else other_mechanism_only(case)
    if other is None:
        return ""
    words = "/".join(mechanism.replace("_", " ") for mechanism in other.mechanisms)
    return f"; {other.hgvs_p or other.hgvs_c} at this residue is {words}"


def _named(known: KnownVariant) -> str:
    return f"{known.hgvs_p or known.hgvs_c} ({known.source})"
