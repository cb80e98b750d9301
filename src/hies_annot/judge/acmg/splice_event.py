"""PS1 for splicing: the same predicted event as a curated P/LP allele at the same splice site.

Walker 2023 (PMC10357475), table 2. The motifs that the table leaves to position weight matrices
are here the intronic ones: donor +1 to +6, acceptor -1 to -20. Exonic bases are left out, for they
change the protein too.
"""

from __future__ import annotations

import re

from msgspec import Struct

from hies_annot.genes.acmg_rules import Strength
from hies_annot.judge.acmg.case import Case, met, not_met, unknown
from hies_annot.judge.acmg.null import pvs1
from hies_annot.model import Criterion, KnownVariant, NearAllele

CITATION = "Walker 2023 (PMC10357475), table 2"
MOTIF = {"+": 6, "-": 20}
DINUCLEOTIDE = 2
_PLACE = re.compile(r"c\.(\d+)([+-])(\d+)[ACGT]>[ACGT]\Z")
_DOWN = {Strength.STRONG: Strength.MODERATE, Strength.MODERATE: Strength.SUPPORTING}


class SplicePlace(Struct, frozen=True):
    """A base of an intron: last or first base of the exon beside it, side, distance."""

    anchor: int
    side: str
    distance: int

    @property
    def canonical(self) -> bool:
        """Whether it is one of the two bases that nearly every intron has."""
        return self.distance <= DINUCLEOTIDE


class SpliceEvent(Struct, frozen=True):
    """The largest change of a splice site that is predicted, and whether it counts for PP3."""

    detail: str
    value: float
    reaches: bool


def splice_event(case: Case) -> SpliceEvent | None:
    """Return the predicted splice event of an allele; None: no splice score was given."""
    calibration = case.gene.scores.splice
    tool = calibration.tool.lower() if calibration else None
    found = [score for score in case.evidence.scores if score.tool.lower() == tool]
    if calibration is None or not found:
        return None
    best = max(found, key=lambda score: score.value)
    return SpliceEvent(best.detail, best.value, best.value >= calibration.pathogenic)


def splice_place(hgvs_c: str | None) -> SplicePlace | None:
    """Return the place of a substitution within a splice motif; None for anything else."""
    match = _PLACE.search(hgvs_c or "")
    if match is None or int(match[3]) > MOTIF[match[2]]:
        return None
    return SplicePlace(int(match[1]), match[2], int(match[3]))


def ps1_splice(case: Case) -> Criterion | None:
    """Judge PS1 for an allele in a splice motif; None where it lies in none."""
    place = splice_place(case.annotation.hgvs_c)
    if place is None:
        return None
    judged = [_compared(case, place, near) for near in case.evidence.near if _fits(case, near)]
    found = [criterion for criterion in judged if criterion is not None]
    if not found:
        return not_met("PS1", "no curated P/LP allele at this splice site", CITATION)
    return max(found, key=lambda criterion: (criterion.points, criterion.met.value))


def _fits(case: Case, near: NearAllele) -> bool:
    shared = set(near.known.mechanisms) & set(case.condition.mechanisms)
    return near.known.pathogenic and bool(shared)


def _compared(case: Case, place: SplicePlace, near: NearAllele) -> Criterion | None:
    other = splice_place(near.known.hgvs_c)
    if other is None or (other.anchor, other.side) != (place.anchor, place.side):
        return None
    name = f"{near.known.hgvs_c} ({near.known.source})"
    if place.canonical:
        strength = _canonical(pvs1(case).strength, other, near.known)
        reason = f"same splice site as {name}"
    else:
        own, theirs = splice_event(case), near.splice
        if own is None or theirs is None:
            return unknown("PS1", f"splice predictions of both {name} and it are needed", CITATION)
        if own.detail != theirs.detail or own.value < theirs.value or not own.reaches:
            return not_met("PS1", f"not the predicted event of {name}, or weaker", CITATION)
        strength = _outside(place == other, near.known)
        reason = f"same predicted event ({own.detail}) as {name}"
    if strength is Strength.NONE:
        return not_met("PS1", f"{reason}: the table of strengths has none", CITATION)
    return met("PS1", strength, reason, CITATION)


def _outside(same_base: bool, known: KnownVariant) -> Strength:
    full = Strength.STRONG if same_base else Strength.MODERATE
    return full if known.classification == "pathogenic" else _DOWN[full]


def _canonical(baseline: str, other: SplicePlace, known: KnownVariant) -> Strength:
    """Strength beside PVS1; none where PVS1 does not count."""
    pathogenic = known.classification == "pathogenic"
    if baseline == Strength.NONE:
        return Strength.NONE
    if baseline == Strength.VERY_STRONG:
        return Strength.SUPPORTING if pathogenic or not other.canonical else Strength.NONE
    if other.canonical:
        return Strength.STRONG if pathogenic else Strength.NONE
    return Strength.MODERATE if pathogenic else Strength.SUPPORTING
