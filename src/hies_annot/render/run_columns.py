"""The columns of the tables of a run, summary.tsv and findings.tsv: one entry each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hies_annot.render.column import Cell, Column, joined
from hies_annot.render.gene_summary import GeneSummary
from hies_annot.render.sample_summary import FindingSummary, SampleSummary
from hies_annot.render.told_words import answer_changes, decision_lines
from hies_annot.render.words import percent
from hies_annot.results.decided import Decided


class FindingRow(NamedTuple):
    """One condition of one sample; `carriers` and `earlier` have one entry a variant.

    `decided` is the decision that stands beside it; None: there is none.
    """

    sample: str
    batch: str | None
    finding: FindingSummary
    carriers: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    decided: Decided | None = None

    def said(self, what: str) -> str | None:
        """Return a part of the decision; None: there is none."""
        return None if self.decided is None else str(getattr(self.decided.decision, what))


SUMMARY_COLUMNS: Mapping[str, Column[SampleSummary]] = {
    "sample": Column("as in the sheet", lambda s: s.sample),
    "batch": Column("as in the sheet", lambda s: s.batch),
    "status": Column("highest of the findings, see above", lambda s: s.status),
    "status_reason": Column("why, in one sentence", lambda s: s.status_reason),
    "build": Column("GRCh37 or GRCh38", lambda s: s.build),
    "condition": Column(
        "findings that give the status", lambda s: joined(f.condition for f in s.top)
    ),
    "gene": Column("their genes", lambda s: joined(dict.fromkeys(f.gene for f in s.top))),
    "variants": Column(
        "their variants; one entry a variant",
        lambda s: joined(name for f in s.top for name in f.hgvs),
    ),
    "zygosity": Column(
        "one entry a variant", lambda s: joined(word for f in s.top for word in f.zygosity)
    ),
    "genotype": Column("genotype of each finding", lambda s: joined(f.genotype for f in s.top)),
    "phase": Column("phase of each finding", lambda s: joined(f.phase for f in s.top)),
    "phase_evidence": Column(
        "what proved the phase", lambda s: joined(f.phase_evidence for f in s.top)
    ),
    "callability_source": Column("`unknown` or the sources", lambda s: s.callability_source),
    "known_sites_not_covered": Column(
        "known pathogenic sites without coverage; empty where no site was looked at",
        lambda s: s.known_sites_missed,
        int,
    ),
    "known_sites_unknown": Column(
        "known pathogenic sites of which nothing is known; empty where no site was looked at",
        lambda s: s.known_sites_unknown,
        int,
    ),
    "records": Column("entries of the result", lambda s: s.records, int),
    "reference_blocks": Column(
        "those without an alternate allele", lambda s: s.reference_blocks, int
    ),
    "alleles_carried": Column("alleles that the sample has", lambda s: s.carried, int),
    "reported": Column("variants reported", lambda s: s.reported, int),
    "other_findings": Column(
        "findings below the status, as `condition=status`",
        lambda s: joined(f"{f.condition}={f.status}" for f in s.findings if f not in s.top),
    ),
    "demo_reference": Column(
        "genes of which something rests on made-up bases of a demo reference",
        lambda s: joined(s.demo_genes),
    ),
    "assumed_reference": Column(
        "yes: absent records were taken as reference", lambda s: s.assumed_reference, bool
    ),
    "warnings": Column("sentences", lambda s: joined(s.warnings)),
    "decisions": Column(
        "decisions of a reviewer, as `finding: decision`", lambda s: joined(decision_lines(s))
    ),
    "changed": Column(
        "what changed of the answer since the earlier report; empty: nothing, or none was given",
        lambda s: joined(answer_changes(s.changes)),
    ),
    "about": Column("digest of the answer, for a decision on it", lambda s: s.evidence.about),
    "html": Column(
        "report, relative to the results folder; empty: no file", lambda s: s.file(".html")
    ),
    "json": Column(
        "result, relative to the results folder; empty: no file", lambda s: s.file(".json")
    ),
    "tsv": Column(
        "variants, relative to the results folder; empty: no file", lambda s: s.file(".tsv")
    ),
    "vcf": Column(
        "VCF, relative to the results folder; empty: no file", lambda s: s.file(".vcf.gz")
    ),
}
"""Column -> entry, from left to right; those of each gene follow."""


def _callable_percent(gene: GeneSummary) -> str | None:
    if gene.callable_bases is None:
        return None
    return percent(gene.callable_bases, gene.required_bases, digits=2).removesuffix(" %")


GENE_COLUMNS: Mapping[str, Column[GeneSummary]] = {
    "callable_percent_GENE": Column(
        "one column a gene, rounded down: 100 means every required base", _callable_percent, float
    ),
}
"""Columns that summary.tsv has once for each gene; its name stands for `GENE`."""


def summary_columns(genes: Sequence[str]) -> Mapping[str, Column[SampleSummary]]:
    """Return all columns of the summary.tsv of a batch with these genes."""
    of_genes = {
        name.replace("GENE", gene): _of_gene(column, gene)
        for gene in genes
        for name, column in GENE_COLUMNS.items()
    }
    return {**SUMMARY_COLUMNS, **of_genes}


def _of_gene(column: Column[GeneSummary], gene: str) -> Column[SampleSummary]:
    def read(summary: SampleSummary) -> Cell:
        found = next((known for known in summary.genes if known.gene == gene), None)
        return None if found is None else column.read(found)

    return Column(column.what, read, column.kind)


FINDING_COLUMNS: Mapping[str, Column[FindingRow]] = {
    "sample": Column("as in the sheet", lambda row: row.sample),
    "batch": Column("as in the sheet", lambda row: row.batch),
    "condition": Column("condition of the gene file", lambda row: row.finding.condition),
    "status": Column("status of the finding", lambda row: row.finding.status),
    "gene": Column("gene", lambda row: row.finding.gene),
    "disease": Column("disease", lambda row: row.finding.disease),
    "mim": Column("MIM number of the disease", lambda row: row.finding.mim),
    "inheritance": Column("AD, AR or somatic", lambda row: row.finding.inheritance),
    "genotype": Column("genotype in words", lambda row: row.finding.genotype),
    "phase": Column("phase of the alleles", lambda row: row.finding.phase),
    "phase_evidence": Column("what proved the phase", lambda row: row.finding.phase_evidence),
    "variant_ids": Column(
        "alleles, one entry a variant", lambda row: joined(row.finding.variant_ids)
    ),
    "variants": Column("HGVS names, one entry a variant", lambda row: joined(row.finding.hgvs)),
    "zygosity": Column("one entry a variant", lambda row: joined(row.finding.zygosity)),
    "classification": Column(
        "as `own_acmg_class`, the older name", lambda row: joined(row.finding.classification)
    ),
    "counts_as": Column(
        "what the allele counts as for the condition (`pathogenic`: P or LP), one entry a variant",
        lambda row: joined(row.finding.counts_as),
    ),
    "basis": Column(
        "what decided that: curated, clinvar, lab or acmg, one entry a variant",
        lambda row: joined(row.finding.basis),
    ),
    "own_acmg_class": Column(
        "ACMG/AMP class by what the run could assess alone, one entry a variant",
        lambda row: joined(row.finding.classification),
    ),
    "carriers_in_run": Column(
        "unrelated samples of the run that carry it, one entry a variant",
        lambda row: joined(row.carriers),
    ),
    "carriers_in_earlier_runs": Column(
        "unrelated samples of the lab's earlier runs that carried it, one entry a variant; empty: "
        "no table of them",
        lambda row: joined(row.earlier),
    ),
    "reasons": Column("the deciding one first", lambda row: joined(row.finding.reasons)),
    "about": Column(
        "digest of the evidence, for a decision on the finding", lambda row: row.finding.about
    ),
    "decision": Column(
        "last decision of a reviewer: confirmed, dismissed, reviewed or pending",
        lambda row: row.said("decision"),
    ),
    "decision_state": Column(
        "evidence that it was made on: current, stale (has changed) or unbound (not named)",
        lambda row: None if row.decided is None else row.decided.state,
    ),
    "decision_note": Column("its note", lambda row: row.said("note")),
    "decided_by": Column("who decided", lambda row: row.said("who")),
    "decided_when": Column("when", lambda row: row.said("when")),
    "demo_reference": Column(
        "yes: the finding rests on made-up bases of a demo reference",
        lambda row: row.finding.demo,
        bool,
    ),
}
"""Column -> entry, from left to right."""
