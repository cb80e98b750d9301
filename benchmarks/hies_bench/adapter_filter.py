"""The baseline: a filter on consequence terms and ClinVar, as is put behind Ensembl VEP.

The rule, in full: an allele that the genotype names, of FILTER PASS or empty, whose impact by VEP's table of
consequence terms is HIGH or MODERATE, may explain; it explains if ClinVar lists it as pathogenic or likely
pathogenic. No inheritance, no phase, no mechanism, no coverage. The terms are hies-annot's (SO, as VEP's; compared
with bcftools csq in docs/benchmark-annotation.md), the ClinVar slice is the one that ships.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.hies_bench.adapter import Adapter
from benchmarks.hies_bench.case_file import NO_FINDING, Case
from benchmarks.hies_bench.prepared import Carried, NotReadableError, carried, prepare
from benchmarks.hies_bench.rules import HIGH, MODERATE, named
from benchmarks.hies_bench.score import Said

from hies_annot import __version__
from hies_annot.annotate.annotator import Annotator
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import AlleleKind
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele
from hies_annot.shipped import resource_path

Key = tuple[str, int, str, str]


def listed() -> frozenset[Key]:
    """Return the alleles (GRCh38) that ClinVar lists as pathogenic or likely pathogenic."""
    text = resource_path("evidence/clinvar.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith(("#", "chrom\t"))]
    words = ("pathogenic", "likely pathogenic", "pathogenic/likely pathogenic")
    return frozenset((r[0], int(r[1]), r[2], r[3]) for r in rows if r[5].lower() in words)


class Filter:
    """The rule on one build."""

    def __init__(self, build: Build) -> None:
        """Load the reference of `build` and the list of ClinVar."""
        self._genes = default_genes()
        self._reference = embedded_reference(build, self._genes)
        self._annotator = Annotator(self._reference, self._genes)
        self._shift = {gene.file.chrom: gene.file.offset(build) for gene in self._genes}
        self._listed = listed()

    def said(self, case: str, records: Sequence[Carried]) -> Said:
        """Return the answer to one person's records."""
        kept = [r for r in records if r.filters in ("PASS", ".") and self._impact(r)]
        known = [r for r in kept if self._key(r) in self._listed]
        if not kept:
            return Said(case, NO_FINDING)
        genes = {"chr17": "STAT3", "chr20": "ZNF341"}
        told = known or kept
        names = ",".join(sorted(named(record) for record in told))
        return Said(case, "explains" if known else "may explain", genes[told[0].chrom], names)

    def _key(self, record: Carried) -> Key:
        chrom = record.chrom.removeprefix("chr")
        return chrom, record.pos + self._shift[chrom], record.ref, record.alt

    def _impact(self, record: Carried) -> bool:
        chrom = record.chrom.removeprefix("chr")
        if not record.alt.isalpha():
            return False
        allele = normalise_allele(self._reference, chrom, record.pos, record.ref, record.alt)
        if allele is None or allele.kind is not AlleleKind.SEQUENCE:
            return False
        return str(self._annotator.annotate(allele).impact) in (HIGH, MODERATE)


def answer(cases: Sequence[Case], folder: Path, work: Path) -> list[Said]:
    """Return the answers, a case at a time."""
    filters = {str(build): Filter(build) for build in Build}
    said = []
    for case in cases:
        try:
            records = list(carried(prepare(case, [case.proband], folder, work)))
        except NotReadableError as error:
            said.append(Said(case.id, "cannot say", note=" ".join(str(error).split())))
        else:
            said.append(filters[case.build].said(case.id, records))
    return said


ADAPTER = Adapter(
    name="consequence-filter",
    title="consequence filter + ClinVar (baseline)",
    needs=("bcftools", "samtools", "bgzip"),
    install="apt-get install bcftools samtools tabix",
    way="the rule of `adapter_filter.py`; not a tool that anybody publishes",
    version=lambda: __version__,
    claims=("zygosity", "splicing", "input", "evidence", "mechanism"),
    answer=answer,
)
