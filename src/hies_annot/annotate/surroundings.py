"""Large changes outside the exons that may act all the same: beside one, on the promoter."""

from __future__ import annotations

from hies_annot.annotate.edit import Edit, edit_of
from hies_annot.annotate.structural_change import Change, Extent, change_of, region_of
from hies_annot.model import Allele, AlleleKind
from hies_annot.model.allele import STRUCTURAL_SIZE
from hies_annot.reference.transcripts import Transcript

BESIDE = 50
"""Bases from an exon within which the branch point lies (18 to 45; 10.1261/rna.066290.118)."""
BRANCH = (18, 45)
"""Bases before an exon in which its branch point lies (same source)."""
PROMOTER = 500
"""Bases before the transcript in which its promoter is taken to lie; a choice, not measured."""
_TANDEM = (Change.GAIN, Change.NONE, Change.BREAK)
"""A tandem copy leaves the surroundings of both copies; a break is told anyway."""


def acts_beside(allele: Allele, transcript: Transcript) -> str | None:
    """Return in words what a large change that touches no exon may act on, else None.

    Large is a structural change, and a loss of half of the bases in which a branch point lies.

    Args:
        allele: a symbolic allele, or one of bases.
        transcript: the transcript of which it touches no exon.
    """
    found = _changed(allele)
    if found is None:
        return _branch_point_lost(allele, transcript)
    region, change = found
    if any(e.start <= region.last and region.first <= e.end for e in transcript.exons):
        return None
    if transcript.start < region.last and region.first < transcript.end:
        for exon in transcript.exons:
            if exon.start - BESIDE <= region.last and region.first <= exon.end + BESIDE:
                return (
                    f"it changes the intron within {BESIDE} bases of exon {exon.number}: what that "
                    "does to splicing is not known"
                )
        return None
    first, last = transcript.start - PROMOTER, transcript.start - 1
    if not transcript.plus:
        first, last = transcript.end + 1, transcript.end + PROMOTER
    if change is Change.LOSS and region.first <= last and first <= region.last:
        return f"it takes away bases of the promoter ({PROMOTER} bases before the transcript)"
    return None


def _changed(allele: Allele) -> tuple[Extent, Change] | None:
    """Return the bases that a large change takes away, turns or parts; None for another one."""
    if allele.kind is AlleleKind.SYMBOLIC:
        change = change_of(allele)
        region = region_of(allele, change)
        large = change is Change.INSERTION or region.last - region.first + 1 >= STRUCTURAL_SIZE
        return (region, change) if large and change not in _TANDEM else None
    if allele.kind is not AlleleKind.SEQUENCE:
        return None
    edit: Edit = edit_of(allele)
    if abs(len(edit.ref) - len(edit.alt)) < STRUCTURAL_SIZE:
        return None
    change = Change.LOSS if len(edit.ref) > len(edit.alt) else Change.INSERTION
    return Extent(edit.start - (not edit.ref), max(edit.start, edit.end)), change


def _branch_point_lost(allele: Allele, transcript: Transcript) -> str | None:
    """Return in words that a small change takes away half of where a branch point lies."""
    if allele.kind is not AlleleKind.SEQUENCE or len(allele.ref) <= len(allele.alt):
        return None
    edit = edit_of(allele)
    near, far = BRANCH
    for exon in transcript.exons[1:]:
        edge, way = (exon.start, -1) if transcript.plus else (exon.end, 1)
        low, high = sorted((edge + way * near, edge + way * far))
        lost = min(edit.end, high) - max(edit.start, low) + 1 - len(edit.alt)
        if 2 * lost >= far - near + 1:
            return (
                f"it takes away most of the bases before exon {exon.number} in which the branch "
                "point lies: what that does to splicing is not known"
            )
    return None
