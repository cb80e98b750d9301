"""What each authority says about an allele under one condition, with its sentence."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from hies_annot.evidence.lab_words import classes_of
from hies_annot.genes.gene_file import Condition
from hies_annot.judge.acmg.criteria import BY_FREQUENCY
from hies_annot.judge.effect import substitution
from hies_annot.model import (
    AcmgResult,
    Annotation,
    ClinVarFact,
    Evidence,
    KnownVariant,
    Mechanism,
)
from hies_annot.model.closed_words import DAMAGING, HARMLESS

BENIGN_POINTS = -2
"""One supporting benign criterion alone drops nothing."""
_OPPOSED = {Mechanism.DOMINANT_NEGATIVE, Mechanism.LOSS_OF_FUNCTION}, {Mechanism.GAIN_OF_FUNCTION}


class Says(StrEnum):
    """A statement about one allele and one condition."""

    PATHOGENIC = "pathogenic"
    BENIGN = "benign"
    UNCERTAIN = "uncertain"
    OTHER_MECHANISM = "other_mechanism"
    CONTRADICTORY = "contradictory"
    NOTHING = "nothing"


class Ground(Struct, frozen=True):
    """What an authority says. `claims_pathogenic`: it says P/LP, even if too weak to decide."""

    says: Says
    text: str
    claims_pathogenic: bool = False


NOTHING = Ground(Says.NOTHING, "")


def curated_ground(annotation: Annotation, evidence: Evidence, condition: Condition) -> Ground:
    """Return what the curated table says; a mechanism also by the same amino-acid change."""
    known = evidence.known
    if known is None:
        return _same_change(annotation, evidence, condition)
    text = f"curated: {_named(known)}{_replaced(known)}"
    if known.opposed:
        return Ground(Says.CONTRADICTORY, text)
    if known.classification in HARMLESS:
        return Ground(Says.BENIGN, text)
    mechanisms = set(known.mechanisms)
    if mechanisms == {Mechanism.UNRESOLVED}:
        return Ground(Says.NOTHING, text)
    if mechanisms & _OPPOSED[0] and mechanisms & _OPPOSED[1]:
        return Ground(Says.CONTRADICTORY, f"{text}: both gain and loss are reported")
    if not mechanisms & set(condition.mechanisms):
        return Ground(Says.OTHER_MECHANISM, f"{text}: not the mechanism of {condition.short}")
    if not known.pathogenic:
        return Ground(Says.UNCERTAIN, text)
    return Ground(Says.PATHOGENIC, text, claims_pathogenic=True)


def _same_change(annotation: Annotation, evidence: Evidence, condition: Condition) -> Ground:
    own = substitution(annotation.hgvs_p)
    for known in evidence.neighbours:
        if own is None or substitution(known.hgvs_p) != own:
            continue
        mechanisms = set(known.mechanisms) - {Mechanism.UNRESOLVED, Mechanism.BENIGN}
        if mechanisms and not mechanisms & set(condition.mechanisms):
            text = f"curated, same protein change: {_named(known)}"
            return Ground(Says.OTHER_MECHANISM, f"{text}: not the mechanism of {condition.short}")
    return NOTHING


def acmg_ground(acmg: AcmgResult) -> Ground:
    """Return what our own ACMG class says (points; the 2015 class is named where it differs)."""
    criteria = [c for c in acmg.criteria if c.points]
    listed = ", ".join(f"{c.code}_{c.strength}" for c in criteria) or "no criterion met"
    text = f"ACMG {acmg.classification.replace('_', ' ')} ({acmg.points} points: {listed})"
    if acmg.note:
        text += f"; {acmg.note}"
    if acmg.classification in ("pathogenic", "likely_pathogenic"):
        return Ground(Says.PATHOGENIC, text, claims_pathogenic=True)
    benign = acmg.classification in ("benign", "likely_benign")
    if benign and acmg.points <= BENIGN_POINTS:
        return Ground(Says.BENIGN, text)
    return Ground(Says.UNCERTAIN, text)


def lab_ground(evidence: Evidence) -> Ground:
    """Return what the lab's own sources say; P/LP where any of them says so."""
    if evidence.lab is None:
        return NOTHING
    classes = set(classes_of(evidence.lab))
    text = f"own classification of the lab: {evidence.lab}"
    if classes & DAMAGING:
        return Ground(Says.PATHOGENIC, text, claims_pathogenic=True)
    return Ground(Says.BENIGN if classes <= HARMLESS else Says.UNCERTAIN, text)


def clinvar_ground(evidence: Evidence, acmg: AcmgResult) -> Ground:
    """Return what ClinVar says; P/LP needs a star, and its condition text is never read.

    Benign with an unknown review status decides nothing where our own class is uncertain and
    something moderate speaks for damage.
    """
    fact = evidence.clinvar
    if fact is None:
        return NOTHING
    text = _clinvar_text(fact)
    if fact.of_tumours_only:
        return Ground(Says.NOTHING, text)
    if fact.pathogenic or fact.contradictory:
        if fact.stars and not fact.conflicting:
            return Ground(Says.PATHOGENIC, text, claims_pathogenic=True)
        why = "review status not in the source" if fact.stars is None else "no star"
        why = fact.conflicting or why
        return Ground(Says.UNCERTAIN, f"{text}: {why}, does not decide", claims_pathogenic=True)
    if fact.denies and (fact.stars or not _open(acmg)):
        return Ground(Says.BENIGN, text)
    return Ground(Says.UNCERTAIN, text)


def denials_beside(evidence: Evidence) -> tuple[Ground, ...]:
    """Return the B/LB statements of sources that call the allele P/LP by another record."""
    found = []
    classes = set(classes_of(evidence.lab)) if evidence.lab else set()
    if classes & HARMLESS and classes & DAMAGING:
        found.append(Ground(Says.BENIGN, "another classification of the lab is B/LB"))
    if evidence.clinvar is not None and evidence.clinvar.contradictory:
        found.append(Ground(Says.BENIGN, "another record of ClinVar is B/LB"))
    return tuple(found)


def denials_by_frequency(acmg: AcmgResult) -> tuple[Ground, ...]:
    """Return what the frequency denies: BA1, or two strong criteria (Richards 2015: benign).

    The class by points may hide it behind PVS1 and others, which is a contradiction and no class.
    """
    met = [c for c in acmg.criteria if c.code in BY_FREQUENCY and c.points < 0]
    if not met or (len(met) < 2 and met[0].code != "BA1"):
        return ()
    told = "; ".join(f"{criterion.code}: {criterion.reason}" for criterion in met)
    return (Ground(Says.BENIGN, f"it is too frequent for the disease ({told})"),)


def _open(acmg: AcmgResult) -> bool:
    """Uncertain by our own class, with something moderate that speaks for damage."""
    moderate = any(criterion.points >= 2 for criterion in acmg.criteria)
    return acmg.classification == "uncertain" and moderate


def _clinvar_text(fact: ClinVarFact) -> str:
    stars = "stars unknown" if fact.stars is None else f"{fact.stars} of 4 stars"
    counts = f", {fact.conflict}" if fact.conflict else ""
    source = f"ClinVar {fact.variation_id}".strip()
    if fact.of_tumours_only:
        return f"{source}: {fact.classification}; of tumours: {fact.somatic}"
    return f"{source}: {fact.classification} ({stars}{counts})"


def _replaced(known: KnownVariant) -> str:
    """Name the row that the lab's replaces, where it says otherwise."""
    if known.replaces is None:
        return ""
    return f", but the table that ships says {_named(known.replaces)}"


def _named(known: KnownVariant) -> str:
    mechanisms = ", ".join(mechanism.replace("_", " ") for mechanism in known.mechanisms)
    return (
        f"{known.hgvs_p or known.hgvs_c} {known.classification.replace('_', ' ')}, "
        f"{mechanisms} ({known.source})"
    )
