"""The summary of a batch as plain text for the terminal."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from hies_annot.render.sample_summary import FindingSummary, SampleSummary
from hies_annot.render.tables import cell, genes_of
from hies_annot.render.words import DEMO_MARK, STATUS_ORDER, plural

_WIDEST = 78


def text_table(summaries: Sequence[SampleSummary]) -> str:
    """Return one line a sample in the order given, then the totals and what must be known.

    Names are without transcripts and long fields are cut with `...`: the full text is in
    summary.tsv.
    """
    genes = genes_of(summaries)
    header = ("sample", "status", "finding", *(f"{gene} callable" for gene in genes))
    rows = [header, *(_row(summary, genes) for summary in summaries)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(header))]
    lines = ["  ".join(map(_padded, row, widths)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join([*lines, "", totals(summaries), *_notes(summaries)]) + "\n"


def totals(summaries: Sequence[SampleSummary]) -> str:
    """Return the totals in one sentence: `14 samples: 3 relevant, 1 failed`."""
    counts = Counter(summary.status for summary in summaries)
    parts = [f"{counts[status]} {status}" for status in STATUS_ORDER if counts[status]]
    text = plural(len(summaries), "sample")
    return f"{text}: {', '.join(parts)}" if parts else text


def _row(summary: SampleSummary, genes: Sequence[str]) -> tuple[str, ...]:
    text = "; ".join(map(_finding, summary.top)) or summary.status_reason
    shares = summary.shares()
    return (
        _short(summary.sample),
        summary.status,
        _short(text),
        *(shares.get(gene, "n/a") for gene in genes),
    )


def _notes(summaries: Sequence[SampleSummary]) -> list[str]:
    demo = sorted({gene for summary in summaries for gene in summary.demo_genes})
    assumed = sum(summary.assumed_reference for summary in summaries)
    notes = []
    if demo:
        notes.append(
            f"{DEMO_MARK} (*): {', '.join(demo)} was read against a partly made-up sequence; "
            "give your genome with --fasta for real work."
        )
    if assumed:
        notes.append(f"WARNING: absent records were taken as reference in {assumed} sample(s).")
    return notes


def _finding(found: FindingSummary) -> str:
    names = " + ".join(map(_brief, found.hgvs))
    return f"{found.gene}{'*' if found.demo else ''} {names} ({found.genotype})"


def _brief(hgvs: str) -> str:
    return hgvs.partition(":")[2] or hgvs


def _short(text: str) -> str:
    clean = cell(text)
    return clean if _width(clean) <= _WIDEST else clean[: _WIDEST - 3] + "..."


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
