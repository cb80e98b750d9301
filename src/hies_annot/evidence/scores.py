"""In-silico scores: usual column names of each tool, and the fact of one row."""

from __future__ import annotations

import math
from collections.abc import Iterable

from hies_annot.genes.gene_file import Gene
from hies_annot.io.source_tables import SourceRow
from hies_annot.model import ScoreFact

SCORE_COLUMNS: dict[str, dict[str, str]] = {
    "": {"chrom": "chrom", "pos": "pos", "ref": "ref", "alt": "alt"},
    "revel": {"chrom": "chr", "pos": "grch38_pos", "ref": "ref", "alt": "alt", "value": "REVEL"},
    "alphamissense": {
        "chrom": "CHROM",
        "pos": "POS",
        "ref": "REF",
        "alt": "ALT",
        "value": "am_pathogenicity",
    },
    "cadd": {"chrom": "Chrom", "pos": "Pos", "ref": "Ref", "alt": "Alt", "value": "PHRED"},
}
"""Tool -> role -> column as the tool's own file names it; `fields` of the source override it."""

_DELTAS = ("acceptor gain", "acceptor loss", "donor gain", "donor loss")


def score_of_row(
    row: SourceRow, field: str, tool: str, source: str, genes: Iterable[Gene]
) -> ScoreFact | None:
    """Return the score of one row, the most damaging of several; None: the row has no number."""
    text = row.values.get(field)
    if text is None:
        return None
    values = [float(part) for part in text.split(";") if _is_number(part)]
    return ScoreFact(tool, worst(values, tool, genes), field, source) if values else None


def worst(values: Iterable[float], tool: str, genes: Iterable[Gene]) -> float:
    """Return the most damaging of some values of a tool; without a calibration, the highest."""
    calibrations = (entry for gene in genes for entry in gene.file.scores.missense)
    known = next((entry for entry in calibrations if entry.tool.lower() == tool.lower()), None)
    return max(values) if known is None else known.worst(values)


def spliceai_of_row(row: SourceRow, field: str, source: str) -> ScoreFact | None:
    """Return the largest of SpliceAI's four delta scores for the ALT of this row.

    The field holds `ALT|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|...`, several joined by commas.
    """
    best: ScoreFact | None = None
    for entry in (row.values.get(field) or "").split(","):
        parts = entry.split("|")
        if len(parts) < 6 or parts[0] != row.alt:
            continue
        scores = [float(part) if _is_number(part) else None for part in parts[2:6]]
        for name, value in zip(_DELTAS, scores, strict=True):
            if value is not None and (best is None or value > best.value):
                best = ScoreFact("SpliceAI", value, name, source)
    return best


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
