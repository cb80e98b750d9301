"""The files of a run: tables, index page, MultiQC file, what `diff` compares; one entry each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from msgspec import Struct

from hies_annot.render.html import render_index
from hies_annot.render.json_text import long_list
from hies_annot.render.multiqc import multiqc_bars, multiqc_json
from hies_annot.render.run_status import status_json
from hies_annot.render.sample_summary import SampleSummary, summaries
from hies_annot.render.tables import findings_tsv, summary_tsv
from hies_annot.render.terminal import text_table
from hies_annot.render.totals import Totals, totals_of
from hies_annot.render.versions_file import versions_yml
from hies_annot.results.contract import SampleResult
from hies_annot.results.recurrence import Recurrence

__all__ = ["SampleSummary", "summary_files", "summary_rows", "text_table"]


class RunView(Struct, frozen=True):
    """What the files of a run are made of; `samples` and `entries` are gone through often.

    `hints` are one more warning for a sample, by its place (0-based). `head` and `entries` are
    the start of `run.json` and its text of each sample. `recurrence` has every reported allele,
    `many` those that many carry, with the figures of their carriers, and `ran_by` the versions of
    what has called the program.
    """

    samples: Collection[SampleSummary]
    totals: Totals
    hints: Mapping[int, str]
    head: Mapping[str, object]
    entries: Iterable[str]
    recurrence: Sequence[Recurrence]
    many: Mapping[Recurrence, Sequence[str]]
    ran_by: Mapping[str, str] = MappingProxyType({})

    @property
    def software(self) -> Mapping[str, str]:
        """Versions by program, as the results state them."""
        found = self.head.get("software")
        return found if isinstance(found, Mapping) else {}


class RunFile(NamedTuple):
    """One file: `what` is its line in the manual, `render` gives its parts when written."""

    what: str
    render: Callable[[RunView], Iterator[str]]


RUN_FILES: Mapping[str, RunFile] = {
    "summary.tsv": RunFile(
        "one row a sample", lambda run: summary_tsv(run.samples, run.totals.genes, run.hints)
    ),
    "findings.tsv": RunFile(
        "one row for each condition found in a sample",
        lambda run: findings_tsv(run.samples, run.recurrence),
    ),
    "index.html": RunFile(
        "the batch: totals, tables of samples and findings, warnings, picture of the exons",
        lambda run: render_index(run.samples, run.totals, run.many, run.hints, run.head),
    ),
    "hies_mqc.json": RunFile(
        "the batch for MultiQC", lambda run: multiqc_json(run.samples, run.totals)
    ),
    "hies_status_mqc.json": RunFile(
        "samples by status, as bars for MultiQC", lambda run: multiqc_bars(run.samples)
    ),
    "status.json": RunFile(
        "how the run ended: counts by status and the failed samples, for a message",
        lambda run: status_json(run.samples, run.totals),
    ),
    "versions.yml": RunFile(
        "versions of what ran, in the form of nf-core",
        lambda run: versions_yml(run.software, run.ran_by),
    ),
    "run.json": RunFile(
        "versions, sources and results of the run, short",
        lambda run: long_list(run.head, "samples", run.entries),
    ),
}
"""Name -> file."""


def summary_rows(results: Iterable[SampleResult]) -> Iterator[SampleSummary]:
    """Return the short record of each result, one at a time; see `sample_summary.summaries`."""
    return summaries(results)


def summary_files(
    rows: Collection[SampleSummary],
    hints: Mapping[int, str],
    head: Mapping[str, object],
    entries: Iterable[str],
    recurrence: Sequence[Recurrence] = (),
    many: Mapping[Recurrence, Sequence[str]] = MappingProxyType({}),
    ran_by: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Iterator[str]]:
    """Return the files of a run by name, each as parts that are made when written.

    Args:
        rows: the samples; they are gone through several times.
        hints: one more warning for a sample, by its place (0-based).
        head: the start of `run.json`: versions, reference, sources.
        entries: the text of each sample in `run.json`.
        recurrence: how often each reported allele is carried.
        many: the alleles to point out, with the figures of their carriers in words.
        ran_by: what has called the program, with its version.
    """
    run = RunView(rows, totals_of(rows), hints, head, entries, recurrence, many, ran_by)
    return {name: file.render(run) for name, file in RUN_FILES.items()}
