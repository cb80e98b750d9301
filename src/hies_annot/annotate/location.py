"""Where an edit lies: exon, intron, residues, domain."""

from __future__ import annotations

from hies_annot.annotate.coding import CodingModel, shared_start
from hies_annot.annotate.edit import Edit
from hies_annot.genes.gene_file import Gene
from hies_annot.reference.transcripts import Transcript


def exon_label(transcript: Transcript, first: int, last: int) -> str | None:
    """Return `13/24` (or `12-13/24`) for the exons that share a base with `first`..`last`."""
    hit = [e.number for e in transcript.exons if e.start <= last and e.end >= first]
    return _label(hit, len(transcript.exons))


def intron_label(transcript: Transcript, first: int, last: int) -> str | None:
    """Return `12/23` (or `12-13/23`) for the introns that share a base with `first`..`last`."""
    hit = [number for number, low, high in transcript.introns if first < high and last > low]
    return _label(hit, len(transcript.exons) - 1)


def _label(numbers: list[int], total: int) -> str | None:
    if not numbers:
        return None
    low, high = min(numbers), max(numbers)
    return f"{low}/{total}" if low == high else f"{low}-{high}/{total}"


def residues_of(model: CodingModel, edit: Edit) -> tuple[int, int] | None:
    """Return the first and last residue (1-based) that an edit of the coding region changes.

    From the protein where it changes, from the codons where it does not or where bases are made
    up. A frameshift or a new
    stop names its first residue only; None outside the coding region or at a splice site.
    """
    place = model.place(edit)
    message = model.apply(edit)
    if place is None or message is None:
        return None
    if place.past <= model.cds_start or place.first > model.cds_end:
        return None
    old, new = model.protein, message.protein
    if old == new or model.locus.demo:
        first = max(place.first - model.cds_start, 0) // 3 + 1
        last = (min(place.past - 1, model.cds_end) - model.cds_start) // 3 + 1
        return first, max(first, last)
    return changed_residues(old, new, shifted=edit.length_change % 3 != 0)


def changed_residues(old: str, new: str, *, shifted: bool) -> tuple[int, int]:
    """Return the first and last residue (1-based) of `old` that differ in `new`.

    A shifted reading frame and a new stop name their first residue only.
    """
    start = min(shared_start(old, new), len(old) - 1)
    if shifted or new[start : start + 1] == "*":
        return start + 1, start + 1
    end = len(old) - shared_start(old[start:][::-1], new[start:][::-1])
    return start + 1, max(start + 1, end)


def domains_of(gene: Gene, residues: tuple[int, int] | None) -> str | None:
    """Return the domains that hold any of the residues, joined by `; `."""
    if residues is None:
        return None
    first, last = residues
    hit = [d.name for d in gene.file.domains.features if d.start <= last and d.end >= first]
    return "; ".join(hit) or None
