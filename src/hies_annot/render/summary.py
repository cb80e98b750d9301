"""The outputs of a batch: tables, index page, MultiQC file and the text for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hies_annot.io.atomic import write_text
from hies_annot.render.html import render_index
from hies_annot.render.multiqc import multiqc_json
from hies_annot.render.sample_summary import SampleSummary, summaries
from hies_annot.render.tables import findings_tsv, summary_tsv
from hies_annot.render.terminal import text_table
from hies_annot.result import SampleResult

__all__ = ["SampleSummary", "summary_rows", "text_table", "write_summary"]


def summary_rows(results: Iterable[SampleResult]) -> Iterator[SampleSummary]:
    """Return the short record of each result, one at a time; see `sample_summary.summaries`."""
    return summaries(results)


def write_summary(rows: Sequence[SampleSummary], folder: Path) -> dict[str, Path]:
    """Write the four files of a batch into the results folder and return their paths by name.

    Each file appears whole or not at all. Raises OSError where the folder is not writable.
    """
    contents = {
        "summary.tsv": summary_tsv(rows),
        "findings.tsv": findings_tsv(rows),
        "index.html": render_index(rows),
        "hies_mqc.json": multiqc_json(rows),
    }
    return {name: write_text(folder / name, text) for name, text in contents.items()}
