"""In-silico scores: usual column names of each tool, and the fact of one row."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

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

RANGES = {
    "revel": (0.0, 1.0),
    "alphamissense": (0.0, 1.0),
    "spliceai": (0.0, 1.0),
    "ci-spliceai": (0.0, 1.0),
    "cadd": (0.0, 100.0),
    "esm1b": (-60.0, 60.0),
}
"""Tool -> least and largest value that it gives; CADD as PHRED, ESM1b generously."""
MISSING = frozenset({"", ".", "-", "na", "n/a", "nan", "none", "null"})
"""What stands where a tool has no value."""
_LISTED = re.compile(r"[;,]")
_BETWEEN_NAMES = re.compile(r"---+|[^A-Z0-9._-]+")
_ALLELE = re.compile(r"[ACGTUNRYKMSWBDHV]+|\*|\.|<[^<>|]+>", re.IGNORECASE)
_FIELDS = 6
"""ALT, symbol and the four scores."""
_DELTAS = ("acceptor gain", "acceptor loss", "donor gain", "donor loss")


def score_of_row(
    row: SourceRow, field: str, tool: str, source: str, genes: Iterable[Gene]
) -> ScoreFact | None:
    """Return the score of one row, the most damaging of several; None: the row has no number.

    Raises:
        ValueError: as `numbers`.
    """
    values = numbers(row.values.get(field) or "", tool)
    return ScoreFact(tool, worst(values, tool, genes), field, source) if values else None


def numbers(text: str, tool: str) -> list[float]:
    """Return the values of a cell, which has several for several transcripts.

    Raises:
        ValueError: one is no number, or outside of what the tool gives (a code for "missing", a
            percentage, a decimal comma).
    """
    if "," in text and "." not in text:
        told = f"{text!r} is no number: write the decimals behind a point"
        raise ValueError(told)
    parts = [part.strip() for part in _LISTED.split(text)]
    return [in_range(part, tool) for part in parts if part.lower() not in MISSING]


def in_range(text: str, tool: str) -> float:
    """Return a value of a tool.

    Raises:
        ValueError: it is no number, or none that the tool gives.
    """
    least, largest = RANGES.get(tool.lower(), (-math.inf, math.inf))
    value = float(text)
    if not (math.isfinite(value) and least <= value <= largest):
        limits = f"{least:g} to {largest:g}" if tool.lower() in RANGES else "numbers"
        told = f"{text} is no value of {tool} ({limits}): leave it empty where there is none"
        raise ValueError(told)
    return value


def worst(values: Iterable[float], tool: str, genes: Iterable[Gene]) -> float:
    """Return the most damaging of some values of a tool; without a calibration, the highest."""
    calibrations = (entry for gene in genes for entry in gene.file.scores.missense)
    known = next((entry for entry in calibrations if entry.tool.lower() == tool.lower()), None)
    return max(values) if known is None else known.worst(values)


def spliceai_of_row(
    row: SourceRow, field: str, source: str, genes: Iterable[Gene] = ()
) -> ScoreFact | None:
    """Return the largest of SpliceAI's four delta scores for the ALT of this row.

    The field holds `ALT|SYMBOL|DS_AG|DS_AL|DS_DG|DS_DL|DP_AG|...`, several joined by commas. What
    is said of another gene, whose exons lie elsewhere, is left out.

    Raises:
        ValueError: a delta score is no number from 0 to 1, or is not there, or an entry does not
            say of which ALT it is.
    """
    best: ScoreFact | None = None
    names = {word for gene in genes for word in _words_of(gene)}
    for entry in (row.values.get(field) or "").split(","):
        parts = entry.split("|")
        if not _ALLELE.fullmatch(parts[0]) and entry.strip().lower() not in MISSING:
            told = f"{entry!r} does not begin with the ALT that it scores (ALT|SYMBOL|DS_AG|...)"
            raise ValueError(told)
        if parts[0] != row.alt or len(parts) < 2 or _of_another_gene(parts[1], names):
            continue
        if len(parts) < _FIELDS:
            told = f"{entry!r} has not four delta scores of SpliceAI (decimals behind a point)"
            raise ValueError(told)
        scores = [None if p.lower() in MISSING else in_range(p, "SpliceAI") for p in parts[2:6]]
        for name, value in zip(_DELTAS, scores, strict=True):
            if value is not None and (best is None or value > best.value):
                best = ScoreFact("SpliceAI", value, name, source)
    return best


def _words_of(gene: Gene) -> Iterator[str]:
    """Yield what a gene, and its transcripts, are called in the annotation of a splice tool."""
    own = gene.file.transcripts
    accessions = (own.mane_select, own.ensembl or "", *own.literature)
    yield from (gene.name, gene.file.ensembl)
    yield from (text.partition(".")[0] for text in accessions if text)


def _of_another_gene(symbol: str, names: set[str]) -> bool:
    """Whether a symbol (also `STAT3---ENSG00000168610.15---...`) is that of none of the genes.

    `ZNF341-AS1` is a gene of its own, on the other strand. Accessions of RefSeq have a `_`, which
    may also stand between two words.
    """
    parts = _BETWEEN_NAMES.split(symbol.upper())
    words = {word.partition(".")[0] for part in parts for word in (part, *part.split("_"))} - {""}
    return bool(words and names) and words.isdisjoint(names)
