"""The columns of the tables of the page of a batch: one entry each, from left to right.

`kind` says how page and script show and sort a value:

- `sample`: the id, a link to the page of the sample where it has files;
- `text`, `lines` (one a line), `list` (a count that opens; one a line);
- `status`: its code, sorted in the order of the statuses;
- `figure`: aligned to the right, sorted by its number;
- `files`: path of the sample's files without their ends, empty where it has none;
- `names`: not shown, found by the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from msgspec import Struct

from hies_annot.render.gene_summary import GeneSummary
from hies_annot.render.sample_summary import FindingSummary, SampleSummary
from hies_annot.render.standing import NO_FINDING, without_transcript
from hies_annot.render.told_words import decided_on, decision_lines, decision_words
from hies_annot.render.words import DEMO_MARK, INHERITANCE, SUPPORT, number, word

Item = TypeVar("Item")


_WIDTHS: Mapping[str, float] = {
    "sample": 9,
    "text": 8,
    "lines": 10,
    "list": 7,
    "status": 8,
    "figure": 7,
    "files": 8,
    "Finding": 19,
    "Variants": 22,
    "Disease": 15,
    "Gene": 6,
    "Phase": 8,
}
"""Widths of columns in rem by kind; some titles need another one."""


class PageColumn(Struct, Generic[Item], frozen=True):
    """One column: its title, how its values are shown, and how a value is read.

    Its width is fixed, so that a browser need not look at every cell to lay out the table.
    """

    title: str
    kind: str
    read: Callable[[Item], str]

    @property
    def width(self) -> float:
        """Width in rem."""
        return 0 if self.kind == "names" else _WIDTHS.get(self.title, _WIDTHS[self.kind])


class SampleRow(Struct, frozen=True):
    """One sample; `place` is where the page shows it (0-based)."""

    place: int
    summary: SampleSummary
    warnings: tuple[str, ...]


class FindingLine(Struct, frozen=True):
    """One finding of a sample."""

    place: int
    summary: SampleSummary
    finding: FindingSummary


def found_in(row: SampleRow) -> Iterator[FindingLine]:
    """Yield the findings of a sample that say that something was found."""
    for finding in row.summary.findings:
        if finding.status not in NO_FINDING:
            yield FindingLine(row.place, row.summary, finding)


def sample_columns(
    genes: Sequence[str], families: bool, decisions: bool
) -> tuple[PageColumn[SampleRow], ...]:
    """Return the columns of the table of samples.

    `families` and `decisions` tell whether any sample has a family, and a decision of a reviewer.
    """
    return (
        PageColumn("Sample", "sample", lambda row: row.summary.sample),
        PageColumn("Status", "status", lambda row: row.summary.status),
        PageColumn("Finding", "lines", _finding_text),
        PageColumn("Genotype", "lines", lambda row: _lines(f.genotype for f in row.summary.top)),
        PageColumn("Phase", "lines", lambda row: _lines(_phase(f) for f in row.summary.top)),
        PageColumn(
            "Decision",
            "lines" if decisions else "names",
            lambda row: _lines(decision_lines(row.summary)),
        ),
        PageColumn("Family", "text" if families else "names", lambda row: row.summary.family),
        PageColumn("Batch", "text", lambda row: row.summary.batch or ""),
        *(PageColumn(f"{gene} callable", "figure", _share(gene)) for gene in genes),
        PageColumn("Exons not wholly callable", "text", _exons),
        PageColumn("Known sites not covered", "figure", _sites),
        PageColumn("Warnings", "list", lambda row: _lines(row.warnings)),
        PageColumn("Files", "files", lambda row: row.summary.file("")),
        PageColumn("Other names", "names", _all_names),
    )


def finding_columns(decisions: bool) -> tuple[PageColumn[FindingLine], ...]:
    """Return the columns of the table of findings; `decisions` tells whether there is any."""
    return (
        PageColumn("Sample", "sample", lambda line: line.summary.sample),
        PageColumn("Status", "status", lambda line: line.finding.status),
        PageColumn("Gene", "text", lambda line: line.finding.gene),
        PageColumn("Variants", "lines", lambda line: _variants(line.finding)),
        PageColumn("Genotype", "text", lambda line: line.finding.genotype),
        PageColumn("Phase", "text", lambda line: _phase(line.finding)),
        PageColumn(
            "Counts as",
            "lines",
            lambda line: _lines(word(SUPPORT, name) for name in line.finding.counts_as),
        ),
        PageColumn("Decision", "lines" if decisions else "names", _decision),
        PageColumn("Disease", "text", lambda line: _disease(line.finding)),
        PageColumn("Why", "list", lambda line: _lines(line.finding.reasons)),
        PageColumn("Batch", "text", lambda line: line.summary.batch or ""),
        PageColumn("Files", "files", lambda line: line.summary.file("")),
        PageColumn("Family", "names", lambda line: line.summary.family),
        PageColumn("Other names", "names", lambda line: _lines(line.finding.names)),
    )


def _decision(line: FindingLine) -> str:
    found = decided_on(line.summary, line.finding)
    return "" if found is None else decision_words(found)


def _lines(values: Iterable[str]) -> str:
    return "\n".join(values)


def _mark(finding: FindingSummary) -> str:
    return f" {DEMO_MARK}" if finding.demo else ""


def _variants(finding: FindingSummary) -> str:
    return _lines(f"{name}{_mark(finding)}" for name in finding.hgvs)


def _finding_text(row: SampleRow) -> str:
    said = [
        f"{finding.gene} {without_transcript(name)}{_mark(finding)}"
        for finding in row.summary.top
        for name in finding.hgvs
    ]
    return _lines(said) or row.summary.status_reason


def _phase(finding: FindingSummary) -> str:
    return finding.phase.replace("_", " ")


def _disease(finding: FindingSummary) -> str:
    mim = f" (MIM {finding.mim})" if finding.mim else ""
    return f"{finding.disease}{mim}, {word(INHERITANCE, finding.inheritance)}"


def _share(gene: str) -> Callable[[SampleRow], str]:
    return lambda row: row.summary.shares().get(gene, "n/a")


def _sites(row: SampleRow) -> str:
    unknown = row.summary.known_sites_unknown
    more = f", {unknown} unknown" if unknown else ""
    return number(row.summary.known_sites_missed) + more


def _exons(row: SampleRow) -> str:
    genes = row.summary.genes
    if genes and not {level for gene in genes for level in gene.levels} - set("?-"):
        return "not known"
    return "; ".join(filter(None, map(_exons_of, genes)))


def _exons_of(gene: GeneSummary) -> str:
    if "?" in gene.levels and not set(gene.levels) - set("?-"):
        return f"{gene.gene} not known"
    pairs = zip(gene.exons, gene.levels, strict=True)
    short = [
        f"{exon}?" if level == "?" else str(exon) for exon, level in pairs if level not in "#-"
    ]
    return f"{gene.gene} {', '.join(short)}" if short else ""


def _all_names(row: SampleRow) -> str:
    names = dict.fromkeys(
        name
        for finding in row.summary.findings
        for name in (finding.condition, *finding.hgvs, *finding.names)
    )
    return _lines([*names])
