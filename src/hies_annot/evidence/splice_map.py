"""Splice maps: predicted changes of splice sites by SNV, as tables of CI-SpliceAI give them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from hies_annot.evidence.scores import in_range
from hies_annot.genes.gene_file import Gene
from hies_annot.model import Allele, PredictedSite, SpliceMapFact
from hies_annot.reference.transcripts import Transcript

KINDS = {
    "acc_gain": "acceptor gain",
    "acc_loss": "acceptor loss",
    "don_gain": "donor gain",
    "don_loss": "donor loss",
}
"""Column -> kind of change; the column `<name>_at` has the offset of the site."""
COLUMNS = tuple(name for column in KINDS for name in (column, f"{column}_at"))


def fact_of_values(values: Mapping[str, str], tool: str, source: str) -> SpliceMapFact:
    """Return the fact of one row.

    Raises:
        KeyError: a column is missing.
        ValueError: a cell is no number, or a score none of the tool.
    """
    sites = (
        PredictedSite(kind, in_range(values[column], tool), int(values[f"{column}_at"]))
        for column, kind in KINDS.items()
    )
    return SpliceMapFact(tool, tuple(sites), source)


def cells(fact: SpliceMapFact) -> dict[str, str]:
    """Return the cells of a slice by column."""
    found = {"tool": fact.tool}
    for column, site in zip(KINDS, fact.sites, strict=True):
        found |= {column: f"{site.score:g}", f"{column}_at": str(site.offset)}
    return found


def told(
    fact: SpliceMapFact | None,
    allele: Allele,
    genes: tuple[Gene, ...],
    transcripts: Mapping[str, Transcript],
) -> SpliceMapFact | None:
    """Return what is told of an allele by the cut-off of its gene; None: nothing."""
    rules = next((gene.file.scores.splice_map for gene in genes if gene.name == allele.gene), None)
    transcript = transcripts.get(allele.gene)
    if fact is None or transcript is None or rules is None:
        return None
    return placed(fact, allele.pos, transcript, rules.listed)


def placed(
    fact: SpliceMapFact, pos: int, transcript: Transcript, cutoff: float
) -> SpliceMapFact | None:
    """Return the sites that change by `cutoff` or more with their places, surest first.

    None where there are none: a low score says nothing. `pos` is that of the variant (1-based).
    """
    sites = tuple(
        _placed(site, pos + (site.offset if transcript.plus else -site.offset), transcript)
        for site in sorted(fact.sites, key=lambda site: -site.score)
        if site.score >= cutoff
    )
    return replace(fact, sites=sites) if sites else None


def _placed(site: PredictedSite, pos: int, transcript: Transcript) -> PredictedSite:
    used = True
    if site.kind.endswith("loss"):
        at_start = site.kind.startswith("acceptor") == transcript.plus
        used = any(pos == (exon.start if at_start else exon.end) for exon in transcript.exons)
    return replace(site, pos=pos, place=f"c.{transcript.c_position(pos)}", used=used)
