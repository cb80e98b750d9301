"""The batch as a MultiQC custom content table (`hies_mqc.json`).

Format: MultiQC's custom content, `plot_type: table` with `headers` and `data` by sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hies_annot.render.json_text import long_object
from hies_annot.render.sample_summary import FindingSummary, SampleSummary
from hies_annot.render.totals import Totals
from hies_annot.render.words import DEMO_MARK, DISCLAIMER


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


def _description(genes: Sequence[str]) -> str:
    read = ", ".join(genes) or "none"
    return f"Genotypes that may explain hyper-IgE syndrome; genes read: {read}."


def _demo_note(genes: Sequence[str]) -> str:
    return f"{DEMO_MARK}: {', '.join(genes)}." if genes else ""


def _headers(genes: Sequence[str]) -> dict[str, Any]:
    headers: dict[str, Any] = {
        "status": {"title": "Status", "description": "hies-annot status of the sample"},
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
            yield name, _row(summary)


def _row(summary: SampleSummary) -> dict[str, Any]:
    row: dict[str, Any] = {
        "status": summary.status,
        "finding": "; ".join(_finding(finding) for finding in summary.top),
        "genotype": "; ".join(finding.genotype for finding in summary.top),
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
