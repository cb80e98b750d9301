"""What losing a splice site would do, from the exon's length and place.

Skipping of the exon is the usual outcome; cryptic sites and intron retention are not predicted.
"""

from __future__ import annotations

from hies_annot.annotate.coding import CodingModel, EditedMessage
from hies_annot.annotate.consequence import splice_terms, touched
from hies_annot.annotate.edit import Edit
from hies_annot.annotate.names import Namer
from hies_annot.annotate.nmd import predict_nmd
from hies_annot.annotate.terms import SPLICE_NEARBY, SPLICE_SITE
from hies_annot.genes.gene_file import Gene
from hies_annot.model import SplicePrediction


def predict_splice(
    model: CodingModel, edit: Edit, namer: Namer, gene: Gene
) -> SplicePrediction | None:
    """Return what losing the site would do that an edit touches or lies next to, else None."""
    terms = splice_terms(model.transcript, edit)
    if not terms & (SPLICE_SITE | SPLICE_NEARBY):
        return None
    site, exon = nearest_site(model, edit)
    return site_loss(model, site, exon, namer, gene)


def nearest_site(model: CodingModel, edit: Edit) -> tuple[str, int]:
    """Return the splice site (`donor` or `acceptor`) next to an edit and the exon it belongs to."""
    first, last = touched(edit)
    transcript = model.transcript
    best: tuple[int, str, int] | None = None
    for exon in transcript.exons:
        low_site, high_site = ("acceptor", "donor") if transcript.plus else ("donor", "acceptor")
        for site, edge in ((low_site, exon.start), (high_site, exon.end)):
            if not _exists(model, site, exon.number):
                continue
            distance = max(first - edge, edge - last, 0)
            if best is None or distance < best[0]:
                best = (distance, site, exon.number)
    if best is None:
        raise ValueError(f"{transcript.accession} has no intron")
    return best[1], best[2]


def site_loss(
    model: CodingModel, site: str, exon: int, namer: Namer, gene: Gene
) -> SplicePrediction:
    """Return what happens if one splice site of an exon is lost."""
    total = len(model.exon_numbers)
    first, past = model.exon_offsets(exon)
    size = past - first
    lost = f"without its {site}, exon {exon}/{total} ({size} nt)"
    message = model.without_exons(exon, exon)
    if message is None:
        return SplicePrediction(site, exon, size, False, None, f"{lost} {_why_not(model, exon)}")
    coding = model.coding_bases(exon)
    unread = model.locus.demo and coding % 3 != 0
    name = None if unread else skipped_protein(model, exon, exon, namer)
    if coding == 0:
        reason = f"{lost} is skipped; it is not coding"
    elif coding % 3 == 0:
        reason = f"{lost} is skipped and the reading frame is kept"
    else:
        reason = f"{lost} is skipped out of frame; {_fate(model, message, gene)}"
    return SplicePrediction(site, exon, size, coding % 3 == 0, name, reason)


def skipped_protein(model: CodingModel, first: int, last: int, namer: Namer) -> str | None:
    """Return the p. name of a message without the exons `first`..`last`, None where not coding."""
    low = max(model.exon_offsets(first)[0], model.cds_start)
    past = min(model.exon_offsets(last)[1], model.cds_end + 1)
    if low >= past:
        return None
    start, end = low - model.cds_start + 1, past - model.cds_start
    where = str(start) if start == end else f"{start}_{end}"
    return namer.predict(model, f"{where}del")


def _exists(model: CodingModel, site: str, exon: int) -> bool:
    return exon != 1 if site == "acceptor" else exon != len(model.exon_numbers)


def _why_not(model: CodingModel, exon: int) -> str:
    if exon == 1:
        return "is the first exon and cannot be skipped: intron retention or another start"
    if exon == len(model.exon_numbers):
        return "is the last exon and cannot be skipped: intron retention or a cryptic acceptor"
    first, past = model.exon_offsets(exon)
    holds = "start" if first < model.cds_start + 3 <= past + 2 else "stop"
    return f"would be skipped with the {holds} codon: the protein cannot be predicted"


def _fate(model: CodingModel, message: EditedMessage, gene: Gene) -> str:
    if model.locus.demo:
        return "where the new stop lies is not known: bases of the demo reference are made up"
    return predict_nmd(model, message, gene).reason
