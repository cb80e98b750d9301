"""Nonsense-mediated decay, judged from where the new stop lies.

Rule: a stop in the last exon, or at most 50 nt before the last exon-exon junction, escapes
(Nagy and Maquat 1998, 10.1016/S0968-0004(98)01208-0; used by ClinGen's PVS1 tree, Abou Tayoun 2018,
10.1002/humu.23626).
"""

from __future__ import annotations

from hies_annot.annotate.coding import CodingModel, EditedMessage, shared_start
from hies_annot.genes.gene_file import Gene
from hies_annot.model import NmdPrediction

ESCAPE_DISTANCE = 50
"""A stop whose first base is at most this many nt before the last junction escapes."""
EARLY_CODING = 100
"""New stops within the first coding bases may be bypassed by a later start codon."""


def predict_nmd(model: CodingModel, message: EditedMessage, gene: Gene) -> NmdPrediction:
    """Return the fate of a changed message."""
    kept = shared_start(model.protein, message.protein)
    residues = len(model.protein) - 1
    lost = max(0.0, (residues - kept) / residues)
    domains = domains_lost(gene, kept)
    offset = message.stop_offset
    if offset is None:
        reason = "no stop codon is left in the transcript: non-stop decay is possible"
        return NmdPrediction(None, None, None, lost, domains, reason)
    exon = message.exons[sum(junction <= offset for junction in message.junctions)]
    label = f"{exon}/{len(model.exon_numbers)}"
    distance = message.junctions[-1] - offset if message.junctions else None
    triggers, reason = _verdict(label, distance)
    if triggers and offset - message.cds_start < EARLY_CODING:
        reason += f"; within the first {EARLY_CODING} coding bases a later start codon may be used"
    return NmdPrediction(triggers, label, distance, lost, domains, reason)


def unknown_nmd(reason: str) -> NmdPrediction:
    """Return the prediction for a change whose new stop is not known."""
    return NmdPrediction(None, None, None, None, (), reason)


def _verdict(label: str, distance: int | None) -> tuple[bool, str]:
    if distance is None:
        return False, "the transcript has one exon: it escapes"
    if distance <= 0:
        return False, f"the new stop lies in the last exon ({label}): the message escapes"
    where = f"the new stop lies in exon {label}, {distance} nt before the last exon-exon junction"
    if distance <= ESCAPE_DISTANCE:
        return False, f"{where} (at most {ESCAPE_DISTANCE} nt): the message escapes"
    return True, f"{where}: decay is expected"


def domains_lost(gene: Gene, kept: int) -> tuple[str, ...]:
    """Return the domains that end behind residue `kept`, marked where only a part is lost."""
    return tuple(
        domain.name if domain.start > kept else f"{domain.name} (in part)"
        for domain in gene.file.domains.features
        if domain.end > kept
    )
