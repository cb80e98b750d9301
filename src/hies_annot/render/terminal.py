"""The summary of a batch as plain text for the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from heapq import nsmallest

from hies_annot.render.column import cell
from hies_annot.render.sample_summary import FindingSummary, SampleSummary
from hies_annot.render.standing import rank, without_transcript
from hies_annot.render.totals import Totals, totals_of
from hies_annot.render.words import DEMO_MARK, STATUS_ORDER, plural

_WIDEST = 78
SHOWN = 50
"""Most samples that the terminal lists."""


def text_table(summaries: Collection[SampleSummary]) -> Iterator[str]:
    """Yield a line for each of the first samples by status, then totals and what must be known.

    At most `SHOWN` samples are listed, in the order given within a status. Names are without
    transcripts and long fields are cut with `...`: all samples and the full text are in
    summary.tsv.
    """
    totals = totals_of(summaries)
    left = len(summaries) - SHOWN
    summaries = nsmallest(SHOWN, summaries, key=lambda summary: rank(summary.status))
    header = ("sample", "status", "finding", *(f"{gene} callable" for gene in totals.genes))
    widths = [_width(title) for title in header]
    for summary in summaries:
        widths = list(map(max, widths, map(_width, _row(summary, totals.genes))))
    yield _line(header, widths)
    yield "  ".join("-" * width for width in widths)
    for summary in summaries:
        yield _line(_row(summary, totals.genes), widths)
    if left > 0:
        yield f"... and {plural(left, 'more sample')}: see summary.tsv and index.html"
    yield from ("", _sentence(totals), *_notes(totals))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(map(_padded, row, widths)).rstrip()


def _sentence(totals: Totals) -> str:
    """Return the totals in one sentence: `14 samples: 3 relevant, 1 failed`."""
    counts = totals.statuses
    parts = [f"{counts[status]} {status}" for status in STATUS_ORDER if counts.get(status)]
    text = plural(totals.samples, "sample")
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


def _notes(totals: Totals) -> list[str]:
    demo, assumed = totals.demo, totals.assumed
    notes = []
    if demo:
        notes.append(
            f"{DEMO_MARK} (*): {', '.join(demo)} was read against a partly made-up sequence, "
            "what is marked rests on it; give your genome with --fasta for real work."
        )
    if assumed:
        notes.append(f"WARNING: absent records were taken as reference in {assumed} sample(s).")
    return notes


def _finding(found: FindingSummary) -> str:
    names = " + ".join(map(without_transcript, found.hgvs))
    return f"{found.gene}{'*' if found.demo else ''} {names} ({found.genotype})"


def _short(text: str) -> str:
    clean = cell(text)
    return clean if _width(clean) <= _WIDEST else clean[: _WIDEST - 3] + "..."


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
