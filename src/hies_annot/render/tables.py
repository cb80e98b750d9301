"""Tab-separated tables: variants of a sample, samples and findings of a batch.

An empty field means "not given"; several values are joined with `; `. Ids are written as they
are (`007`, `NA`): read the tables with every column as text. Control characters in a value
become a space, so that each row is one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec.structs import replace

from hies_annot.render.column import tsv_lines
from hies_annot.render.run_columns import FINDING_COLUMNS, FindingRow, summary_columns
from hies_annot.render.sample_summary import SampleSummary
from hies_annot.render.told_words import decided_on
from hies_annot.render.variant_columns import VARIANT_COLUMNS, VariantRow
from hies_annot.results.carrier_counts import Key
from hies_annot.results.contract import SampleResult
from hies_annot.results.evidence_digest import sample_evidence
from hies_annot.results.recurrence import Recurrence


def sample_tsv(result: SampleResult) -> str:
    """Return all variants of a sample, reported and dropped, one row each in the result's order.

    Reference blocks of a gVCF are left out: they are no variants, and the JSON has them.
    """
    about = dict(sample_evidence(result).alleles)
    rows = (
        VariantRow(
            result.sample,
            variant,
            variant.made_up,
            about[variant.id] if variant.reported else "",
        )
        for variant in result.variants
        if variant.drop_reason != "reference_block"
    )
    return "".join(tsv_lines(VARIANT_COLUMNS, rows))


def summary_tsv(
    summaries: Iterable[SampleSummary],
    genes: Sequence[str],
    hints: Mapping[int, str] = MappingProxyType({}),
) -> Iterator[str]:
    """Yield the lines of summary.tsv: one row a sample, in the order given.

    `genes` are those of the whole batch; `hints` are more warnings, by the place of the sample
    (0-based).
    """
    return tsv_lines(summary_columns(genes), sample_rows(summaries, hints))


def sample_rows(
    summaries: Iterable[SampleSummary], hints: Mapping[int, str]
) -> Iterator[SampleSummary]:
    """Yield the rows of the table of samples, with the hints among the warnings."""
    return (_with_hint(summary, hints.get(place)) for place, summary in enumerate(summaries))


def _with_hint(summary: SampleSummary, hint: str | None) -> SampleSummary:
    return replace(summary, warnings=(*summary.warnings, hint)) if hint else summary


def findings_tsv(
    summaries: Iterable[SampleSummary], recurrence: Sequence[Recurrence] = ()
) -> Iterator[str]:
    """Yield the lines of findings.tsv: one row for each condition of each sample.

    `recurrence` tells how often each reported allele is carried in the run, and in earlier ones.
    """
    return tsv_lines(FINDING_COLUMNS, finding_rows(summaries, recurrence))


def finding_rows(
    summaries: Iterable[SampleSummary], recurrence: Sequence[Recurrence]
) -> Iterator[FindingRow]:
    """Yield the rows of the table of findings."""
    here = {each.key: each.count.share for each in recurrence}
    before = {each.key: each.earlier.share for each in recurrence if each.earlier}
    return (
        FindingRow(
            summary.sample,
            summary.batch,
            finding,
            _told(here, summary.build, finding.variant_ids),
            _told(before, summary.build, finding.variant_ids),
            decided_on(summary, finding),
        )
        for summary in summaries
        for finding in summary.findings
    )


def _told(shares: Mapping[Key, str], build: str | None, ids: Iterable[str]) -> tuple[str, ...]:
    """Return one entry for each allele; none at all where nothing was counted."""
    return tuple(shares.get((build or "", name), "") for name in ids) if shares else ()
