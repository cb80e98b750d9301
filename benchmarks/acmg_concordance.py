"""Compare our ACMG classes with ClinVar's, and write the tables of docs/validation-acmg.md.

    python benchmarks/acmg_concordance.py clinvar_a.vcf clinvar_b.vcf > docs/validation-acmg.md

The VCFs are GRCh38 with ClinVar's class in INFO/CLNSIG or INFO/CLNSIGFILE. ClinVar takes no part
in the classes that are compared: its fact is removed before an allele is judged.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from hies_annot.annotate.annotator import Annotator
from hies_annot.evidence.loci import Place
from hies_annot.evidence.store import load_evidence
from hies_annot.genes.gene_file import Role, default_genes
from hies_annot.genome import Build
from hies_annot.io.source_vcf import read_variants
from hies_annot.judge.conditions import judge
from hies_annot.judge.drop_reasons import drop_by_evidence
from hies_annot.model import AlleleKind, Mechanism
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele
from hies_annot.settings.evidence_sources import EvidenceConfig

KEPT = "stays"
CLASSES = ("pathogenic", "likely_pathogenic", "uncertain", "likely_benign", "benign")
DAMAGING, HARMLESS = CLASSES[:2], CLASSES[3:]


@dataclass(frozen=True, slots=True)
class Compared:
    """One allele: ClinVar's class, ours by points and by the rules of 2015, and the verdict."""

    gene: str
    clinvar: str
    points: str
    rules: str
    verdict: str
    finding: str

    @property
    def crossed(self) -> bool:
        """P/LP called B/LB or the other way round."""
        theirs = set(self.clinvar.lower().replace(" ", "_").split("/"))
        ours = {self.points, self.rules}
        missed = theirs <= set(DAMAGING) and bool(ours & set(HARMLESS))
        return missed or (theirs <= set(HARMLESS) and bool(ours & set(DAMAGING)))


def compare(path: str) -> Iterator[Compared]:
    """Judge each allele of a VCF under the first diagnostic condition of its gene."""
    genes = default_genes()
    reference = embedded_reference(Build.GRCH38, genes)
    store = load_evidence(EvidenceConfig(), genes, Build.GRCH38, reference)
    annotator = Annotator(reference, genes)
    by_name = {gene.name: gene for gene in genes}
    for row in read_variants(path, Place(genes, reference).regions(Build.GRCH38)).rows:
        allele = normalise_allele(reference, row.chrom, row.pos, row.ref, row.alt)
        if allele is None or allele.kind is not AlleleKind.SEQUENCE:
            raise SystemExit(f"{path}: {row.chrom}:{row.pos} cannot be read")
        gene = by_name[allele.gene]
        evidence = replace(store.lookup(allele), clinvar=None)
        annotation = annotator.annotate(allele)
        verdicts = judge(annotation, evidence, gene)
        condition = next(c for c in gene.file.conditions if c.role is Role.DIAGNOSTIC)
        verdict = verdicts[condition.id]
        if verdict.acmg is None:
            raise SystemExit(f"{condition.id} has no ACMG rules")
        yield Compared(
            gene=gene.name,
            clinvar=row.values.get("CLNSIGFILE") or row.values["CLNSIG"],
            points=verdict.acmg.classification,
            rules=verdict.acmg.rule_classification,
            verdict=f"{verdict.support} ({verdict.basis})",
            finding=drop_by_evidence(annotation, evidence, verdicts) or KEPT,
        )


def table(rows: list[Compared], column: str, names: tuple[str, ...]) -> Iterator[str]:
    """A Markdown table: gene and ClinVar's class down, our answer across."""
    yield "| gene | ClinVar | " + " | ".join(name.replace("_", " ") for name in names) + " |"
    yield "|---|---|" + "---|" * len(names)
    counts = Counter((row.gene, row.clinvar, getattr(row, column)) for row in rows)
    for gene, clinvar in sorted({key[:2] for key in counts}):
        cells = [str(counts[gene, clinvar, name] or "-") for name in names]
        yield f"| {gene} | {clinvar.replace('_', ' ')} | {' | '.join(cells)} |"


def report(path: str) -> Iterator[str]:
    """The section of one file."""
    rows = list(compare(path))
    verdicts = tuple(sorted({row.verdict for row in rows}))
    yield f"\n## {Path(path).name}: {len(rows)} alleles\n"
    yield "Class by points:\n"
    yield from table(rows, "points", CLASSES)
    yield "\nClass by the rules of combination:\n"
    yield from table(rows, "rules", CLASSES)
    yield "\nVerdict for the diagnosis (curated table and own class, ClinVar left out):\n"
    yield from table(rows, "verdict", verdicts)
    yield "\nWhat each rule leaves out of findings, and what stays:\n"
    yield from table(rows, "finding", tuple(sorted({row.finding for row in rows})))
    crossed = sum(row.crossed for row in rows)
    yield f"\nB/LB called P/LP or P/LP called B/LB: **{crossed} of {len(rows)}**."


def by_criteria_alone() -> Iterator[str]:
    """The classes of the curated dominant-negative alleles, without the table's own word."""
    genes = default_genes()
    reference = embedded_reference(Build.GRCH38, genes)
    store = load_evidence(EvidenceConfig(), genes, Build.GRCH38, reference)
    annotator = Annotator(reference, genes)
    stat3 = next(gene for gene in genes if gene.name == "STAT3")
    rows = [v for v in store.known_variants("STAT3") if Mechanism.DOMINANT_NEGATIVE in v.mechanisms]
    yield f"\n## Curated dominant-negative alleles by criteria alone: {len(rows)} alleles\n"
    yield "Class by points under AD-HIES; the class that the table gives takes no part in it. Second"
    yield "line: with a complete population source that does not list the allele (PM2). No patient,"
    yield "no relatives and no scores are given.\n"
    yield "| sources | " + " | ".join(name.replace("_", " ") for name in CLASSES) + " |"
    yield "|---|" + "---|" * len(CLASSES)
    for title, exhaustive in (("embedded", ()), ("and a complete population", ("a source",))):
        classes = Counter[str]()
        for row in rows:
            allele = normalise_allele(reference, row.chrom, row.pos, row.ref, row.alt)
            if allele is None:
                raise SystemExit(f"{row.identifier} cannot be read")
            evidence = replace(store.lookup(allele), clinvar=None)
            if exhaustive:
                evidence = replace(evidence, population=(), exhaustive=exhaustive)
            verdict = judge(annotator.annotate(allele), evidence, stat3)["STAT3-AD-HIES"]
            classes[verdict.acmg.classification if verdict.acmg else ""] += 1
        yield f"| {title} | " + " | ".join(str(classes[name] or "-") for name in CLASSES) + " |"


def main(paths: list[str]) -> None:
    """Print the page."""
    print("# ACMG classes against ClinVar\n")
    print(
        "Made by `benchmarks/acmg_concordance.py` with the embedded sources only: the curated\n"
        "table and a selection of gnomAD genomes. ClinVar's own fact is removed before judging.\n"
        "No missense or splice score, no complete population source and no patient is given, so\n"
        "PP3, BP4, BP7, PS2/PM6, PM3, PP1, BS4 and PP4 cannot be met and PM2 (which PS4 needs) only\n"
        "for listed alleles: most\n"
        "alleles stay of uncertain significance, which is what the evidence at hand supports.\n"
        "Some rows of the curated table name ClinVar as their source; in the class itself they\n"
        "count only as neighbours (PS1, PM5), never for the allele that they describe."
    )
    for path in paths:
        for line in report(path):
            print(line)
    for line in by_criteria_alone():
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
