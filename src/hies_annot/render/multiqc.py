"""The batch for MultiQC: a table (`hies_mqc.json`) and bars of statuses (`hies_status_mqc.json`).

Format: MultiQC's custom content. MultiQC puts ids and texts into its page as they come, so that
they are escaped here.
"""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hies_annot.render.json_text import long_object
from hies_annot.render.sample_summary import FindingSummary, SampleSummary
from hies_annot.render.totals import Totals
from hies_annot.render.visible_text import visible
from hies_annot.render.words import DEMO_MARK, DISCLAIMER, STATUS_LABEL, STATUS_ORDER

COLOURS = {
    "relevant": "#a40000",
    "possible": "#964c00",
    "carrier": "#0b4f8a",
    "differential": "#6a3d9a",
    "none": "#2d6a2d",
    "inconclusive": "#6d5600",
    "failed": "#000000",
}
"""Colours of the statuses, those of the pages."""
_NO_BATCH = "all samples"


def multiqc_json(summaries: Iterable[SampleSummary], totals: Totals) -> Iterator[str]:
    """Yield the parts of `hies_mqc.json`; a figure that is not known is left out."""
    genes = totals.genes
    said = (_description(genes), _demo_note(totals.demo), DISCLAIMER)
    head = {
        "id": "hies_annot",
        "section_name": "hies-annot",
        "description": " ".join(filter(None, said)),
        "plot_type": "table",
        "pconfig": {
            "id": "hies_annot_table",
            "title": "hies-annot: hyper-IgE syndrome",
            "namespace": "hies-annot",
            "no_violin": True,
            "sort_rows": False,
        },
        "headers": _headers(genes),
    }
    return long_object(head, "data", _data(summaries))


def multiqc_bars(summaries: Iterable[SampleSummary]) -> Iterator[str]:
    """Yield `hies_status_mqc.json`: a bar for each batch, in samples by status."""
    batches: dict[str, Counter[str]] = {}
    for summary in summaries:
        batches.setdefault(summary.batch or _NO_BATCH, Counter())[summary.status] += 1
    content = {
        "id": "hies_annot_status",
        "section_name": "hies-annot: statuses",
        "description": f"Samples by status. {DISCLAIMER}",
        "plot_type": "bargraph",
        "pconfig": {
            "id": "hies_annot_status_plot",
            "title": "hies-annot: samples by status",
            "ylab": "Samples",
        },
        "categories": {
            status: {"name": STATUS_LABEL[status], "color": COLOURS[status]}
            for status in STATUS_ORDER
        },
    }
    return long_object(
        content,
        "data",
        (
            (escape(batch), {status: counts[status] for status in STATUS_ORDER})
            for batch, counts in batches.items()
        ),
    )


def escape(text: str) -> str:
    """Return a text as it may stand in MultiQC's page."""
    return html.escape(visible(text))


def _description(genes: Sequence[str]) -> str:
    read = ", ".join(genes) or "none"
    return f"Genotypes that may explain hyper-IgE syndrome; genes read: {read}."


def _demo_note(genes: Sequence[str]) -> str:
    return f"{DEMO_MARK}: {', '.join(genes)}." if genes else ""


def _headers(genes: Sequence[str]) -> dict[str, Any]:
    headers: dict[str, Any] = {
        "status": {
            "title": "Status",
            "description": "hies-annot status of the sample",
            "cond_formatting_rules": {status: [{"s_eq": status}] for status in STATUS_ORDER},
            "cond_formatting_colours": [{status: COLOURS[status]} for status in STATUS_ORDER],
        },
        "finding": {"title": "Finding", "description": "Gene and variants behind the status"},
        "genotype": {"title": "Genotype", "description": "Genotype of the finding"},
    }
    for gene in genes:
        headers[f"callable_{gene}"] = {
            "title": f"{gene} callable",
            "description": f"Required bases of {gene} that were callable",
            "min": 0,
            "max": 100,
            "suffix": " %",
            "format": "{:,.2f}",
            "scale": "RdYlGn",
        }
    for key, title, text in (
        ("reported", "Reported", "Variants reported"),
        ("carried", "Alleles", "Alternate alleles of the sample in the loci"),
    ):
        headers[key] = {"title": title, "description": text, "format": "{:,.0f}", "scale": "Blues"}
    return headers


def _data(summaries: Iterable[SampleSummary]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows; an id that occurs in several batches gets its batch in front."""
    names: set[str] = set()
    for summary in summaries:
        name = summary.sample if summary.sample not in names else summary.place
        if name not in names:
            names.add(name)
            yield escape(name), _row(summary)


def _row(summary: SampleSummary) -> dict[str, Any]:
    row: dict[str, Any] = {
        "status": summary.status,
        "finding": escape("; ".join(_finding(finding) for finding in summary.top)),
        "genotype": escape("; ".join(finding.genotype for finding in summary.top)),
        "reported": summary.reported,
        "carried": summary.carried,
    }
    for gene in summary.genes:
        if gene.callable_bases is not None and gene.required_bases:
            row[f"callable_{gene.gene}"] = 100 * gene.callable_bases / gene.required_bases
    return row


def _finding(finding: FindingSummary) -> str:
    mark = f" [{DEMO_MARK}]" if finding.demo else ""
    return f"{finding.gene}{mark} {', '.join(finding.hgvs)}"
