"""All findings of one gene in one sample, by the inheritance that the gene file states."""

from __future__ import annotations

from msgspec.structs import replace

from hies_annot.findings.biallelic import Context
from hies_annot.findings.candidates import candidates
from hies_annot.findings.dominant import dominant_findings
from hies_annot.findings.recessive import recessive_findings
from hies_annot.findings.remarks import with_remarks
from hies_annot.genes.gene_file import Gene
from hies_annot.model import Finding, JudgedCall, SampleSpec, Status
from hies_annot.phase.kinship import parentage_lines
from hies_annot.phase.pairs import Links
from hies_annot.phase.relatives import Relative
from hies_annot.settings.call_thresholds import CallThresholds

RANK = (Status.RELEVANT, Status.POSSIBLE, Status.CARRIER, Status.DIFFERENTIAL)


def resolve(
    gene: Gene,
    calls: tuple[JudgedCall, ...],
    relatives: tuple[Relative, ...],
    spec: SampleSpec,
    thresholds: CallThresholds,
    *,
    links: Links | None = None,
    gaps: tuple[str, ...] | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of a gene, highest status first; the order of the input is no matter.

    `calls` are all calls of the gene in the sample, dropped ones too (the worksheets count
    them). `links` are read counts of pairs from the alignments, `gaps` the names of bases that
    were not callable; None means that they were not looked at.
    """
    findings: list[Finding] = []
    for condition in gene.file.conditions:
        found = candidates(calls, condition.id)
        if condition.alleles_needed == 1:
            findings += dominant_findings(gene, condition, found, relatives, thresholds)
        else:
            context = Context(
                gene, condition, calls, relatives, spec, thresholds, links=links, gaps=gaps
            )
            findings += recessive_findings(found, context)
    findings = [
        replace(finding, reasons=(*parentage_lines(relatives), *finding.reasons))
        for finding in with_remarks(findings, calls, gene.file)
    ]
    return tuple(sorted(findings, key=lambda finding: RANK.index(finding.status)))
