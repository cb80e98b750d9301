"""The outputs of a batch: tables, index page, MultiQC file and the text for the terminal."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

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
    folder.mkdir(parents=True, exist_ok=True)
    contents = {
        "summary.tsv": summary_tsv(rows),
        "findings.tsv": findings_tsv(rows),
        "index.html": render_index(rows),
        "hies_mqc.json": multiqc_json(rows),
    }
    return {name: _write(folder / name, text) for name, text in contents.items()}


def _write(path: Path, text: str) -> Path:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as handle:
        handle.write(text)
    temporary = Path(handle.name)
    temporary.chmod(0o666 & ~_umask())
    return temporary.replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
