"""What the loss of exactly known bases leaves of a message, where no single site tells it."""

from __future__ import annotations

from msgspec.structs import replace

from hies_annot.annotate.coding import CodingModel
from hies_annot.annotate.edit import Edit
from hies_annot.annotate.structural_change import (
    Change,
    Extent,
    coding_bases_of,
    frame_kept,
    structural_effect,
)
from hies_annot.model import StructuralEffect


def exons_deleted(model: CodingModel, edit: Edit) -> StructuralEffect | None:
    """Return what a change of plain bases takes away: the gene's start, or exons.

    None where it takes neither, or takes a part of one exon: there its bases and sites tell.
    """
    if not edit.ref:
        return None
    region = Extent(edit.start, edit.end)
    found = structural_effect(model, region, Change.LOSS)
    if found.start_lost:
        return found
    if found.whole_gene or not found.cds_share:
        return None
    kept = _joined_frame(model, region, len(edit.alt))
    return None if kept is None else replace(found, in_frame=kept)


def _joined_frame(model: CodingModel, region: Extent, inserted: int) -> bool | None:
    """Whether the frame stays after the loss of whole exons and of parts of those at its ends.

    An exon without one of its splice sites is skipped with those between. Where both ends lie in
    exons, what is left of these two is one exon, with the `inserted` bases in it.
    """
    transcript = model.transcript
    cut = [e for e in transcript.exons if e.start <= region.last and e.end >= region.first]
    if not cut:
        return None
    low, high = min(e.start for e in cut), max(e.end for e in cut)
    whole = region.first <= low and high <= region.last
    if len(cut) == 1 and not whole:
        return None
    if low < region.first and region.last < high:
        coding = region.first >= transcript.cds_start and region.last <= transcript.cds_end
        return (coding_bases_of(model, region) - inserted) % 3 == 0 if coding else None
    return frame_kept(model, Extent(low, high))
