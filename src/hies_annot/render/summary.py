"""The outputs of a batch: tables, index page, MultiQC file and the text for the terminal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from hies_annot.render.html import render_index
from hies_annot.render.multiqc import multiqc_json
from hies_annot.render.sample_summary import SampleSummary, summaries
from hies_annot.render.tables import findings_tsv, summary_tsv
from hies_annot.render.terminal import text_table
from hies_annot.render.totals import totals_of
from hies_annot.results.contract import SampleResult

__all__ = ["SampleSummary", "summary_files", "summary_rows", "text_table"]


def summary_rows(results: Iterable[SampleResult]) -> Iterator[SampleSummary]:
    """Return the short record of each result, one at a time; see `sample_summary.summaries`."""
    return summaries(results)


def summary_files(
    rows: Collection[SampleSummary], hints: Mapping[int, str]
) -> dict[str, Iterator[str]]:
    """Return the four files of a batch by name, each as parts that are made when written.

    Args:
        rows: the samples; they are gone through several times.
        hints: one more warning for a sample, by its place (0-based).
    """
    totals = totals_of(rows)
    return {
        "summary.tsv": summary_tsv(rows, totals.genes, hints),
        "findings.tsv": findings_tsv(rows),
        "index.html": render_index(rows, totals),
        "hies_mqc.json": multiqc_json(rows, totals),
    }
