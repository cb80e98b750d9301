"""PS1, PM5, PM1, PM4 and PP2: what is known at the same residue, by the same mechanism.

In STAT3 a residue says nothing without the mechanism: Thr389Ile causes AD-HIES, Thr389Ala/Arg/Ser
are gain of function. Only the curated table is asked, never ClinVar.
"""

from __future__ import annotations

from hies_annot.genes.acmg_rules import HotSpot, Strength
from hies_annot.judge.acmg.case import Case, met, not_met
from hies_annot.judge.acmg.null import pvs1
from hies_annot.judge.acmg.splice_event import ps1_splice
from hies_annot.judge.effect import Effect, substitution
from hies_annot.model import Criterion, KnownVariant, Mechanism

RICHARDS = "Richards 2015 (10.1038/gim.2015.30)"
ACADVL = "Richards 2015; ClinGen ACADVL expert panel (PM1 or PM5, the stronger; PM5 if equal)"

HOT_SPOT_CHANGES = 2
"""Different substitutions of one mechanism that make a codon a hot spot."""


def ps1(case: Case) -> Criterion:
    """Same amino-acid change as a curated pathogenic variant of the condition's mechanism.

    A row with the source of the allele's own row is the same statement and does not count. In a
    splice motif it is the predicted splice event that must be the same.
    """
    event = ps1_splice(case)
    if event is not None:
        return event
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
    """Another amino acid at a residue with a curated pathogenic missense of the mechanism.

    PM5 and PM1 count the same codon once, with the stronger of the two.
    """
    own = substitution(case.annotation.hgvs_p)
    if case.effect is not Effect.MISSENSE or own is None:
        return not_met("PM5", "not a missense substitution", RICHARDS)
    if ps1(case).points:
        return not_met("PM5", "counted as PS1", RICHARDS)
    found = _other_substitutions(case, own)
    if not found:
        return not_met("PM5", f"no curated pathogenic missense here{_others(case)}", RICHARDS)
    best = _best(found)
    if _pm5_strength(best) is Strength.SUPPORTING and _hot_spot(case, own) is not None:
        return not_met("PM5", "same residue, counted as PM1 (hot spot)", ACADVL)
    return met("PM5", _pm5_strength(best), f"same residue as {_named(best)}", RICHARDS)


def pm1(case: Case) -> Criterion:
    """Hot spot of the condition's mechanism; a codon is one only by changes other than this."""
    span = case.annotation.residues
    if case.effect not in (Effect.MISSENSE, Effect.IN_FRAME_INDEL) or span is None:
        return not_met("PM1", "no residue is exchanged", RICHARDS)
    if _acts_otherwise(case):
        return not_met("PM1", "the allele is curated with another mechanism", RICHARDS)
    own = substitution(case.annotation.hgvs_p)
    spot = _hot_spot(case, own)
    if spot is None:
        return not_met("PM1", f"not a hot spot of {case.condition.id}{_others(case)}", RICHARDS)
    if ps1(case).points or pm5(case).points:
        return not_met("PM1", "hot spot, counted as PS1/PM5 at this codon", ACADVL)
    return met("PM1", Strength.MODERATE, f"hot spot, residue {spot.start}: {spot.source}", ACADVL)


def _hot_spot(case: Case, own: tuple[str, int, str] | None) -> HotSpot | None:
    """Return the hot spot of an allele.

    One codon is a hot spot by the different substitutions that are known there; for one of them
    it needs enough others, or it would prove itself.
    """
    span = case.annotation.residues
    for spot in case.rules.hot_spots:
        if span is None or spot.start > span[1] or spot.end < span[0]:
            continue
        itself = case.evidence.known is not None and case.evidence.known.pathogenic
        if own and itself and spot.start == spot.end and not _by_others(case, own):
            continue
        return spot
    return None


def _by_others(case: Case, own: tuple[str, int, str]) -> bool:
    others = {substitution(known.hgvs_p) for known in _other_substitutions(case, own)}
    return len(others) >= HOT_SPOT_CHANGES


def _other_substitutions(case: Case, own: tuple[str, int, str]) -> list[KnownVariant]:
    found = []
    for known in _same_mechanism(case):
        other = substitution(known.hgvs_p)
        if other and other[1] == own[1] and other[2] not in (own[2], "Ter"):
            found.append(known)
    return found


def _best(found: list[KnownVariant]) -> KnownVariant:
    return min(found, key=lambda known: known.classification != "pathogenic")


def _pm5_strength(known: KnownVariant) -> Strength:
    return Strength.MODERATE if known.classification == "pathogenic" else Strength.SUPPORTING


def pm4(case: Case) -> Criterion:
    """Change of the protein's length; never where PVS1 counts."""
    if case.effect is Effect.STOP_LOST:
        return met("PM4", Strength.MODERATE, "the stop codon is lost", RICHARDS)
    if case.effect is Effect.IN_FRAME_INDEL:
        return met("PM4", Strength.MODERATE, "in-frame insertion or deletion", RICHARDS)
    if case.effect is Effect.DELETION_IN_FRAME and not pvs1(case).points:
        return met("PM4", Strength.MODERATE, "exons deleted, frame kept", RICHARDS)
    return not_met("PM4", "the length of the protein is kept, or PVS1 applies", RICHARDS)


def pp2(case: Case) -> Criterion:
    """Missense in a gene under missense constraint where missense is a usual cause."""
    rule = case.rules.constraint
    if case.effect is not Effect.MISSENSE:
        return not_met("PP2", "not a missense substitution", RICHARDS)
    if not rule.applies:
        return not_met("PP2", f"not applicable: {rule.source}", RICHARDS)
    return met("PP2", Strength.SUPPORTING, rule.source, RICHARDS)


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
