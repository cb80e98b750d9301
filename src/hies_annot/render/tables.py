"""Tab-separated tables: variants of a sample, samples and findings of a batch.

An empty field means "not given"; several values are joined with `; `. Ids are written as they
are (`007`, `NA`): read the tables with every column as text. Control characters in a value
become a space, so that each row is one line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from hies_annot.render.sample_summary import FindingSummary, GeneSummary, SampleSummary
from hies_annot.render.standing import coding_name, demo_genes, protein_name
from hies_annot.render.words import percent
from hies_annot.results.contract import SampleResult
from hies_annot.results.variant_contract import VariantResult

Cell = str | int | float | bool | None
Row = Mapping[str, Cell]

_CONTROL = dict.fromkeys((*range(32), *range(127, 160), 0x2028, 0x2029), " ")


def cell(value: Cell) -> str:
    """Return a value as one field of a table."""
    if isinstance(value, str):
        return value if value.isprintable() else value.translate(_CONTROL)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def joined(values: Iterable[str]) -> str:
    """Join several values of one field."""
    return "; ".join(values)


def tsv_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """Yield a table with a header line; every row must have exactly the columns."""
    yield "\t".join(columns) + "\n"
    for row in rows:
        yield "\t".join(cell(row[column]) for column in columns) + "\n"


# --- one sample ------------------------------------------------------------

_VARIANT: Mapping[str, Callable[[VariantResult], Cell]] = {
    "id": lambda v: v.id,
    "gene": lambda v: v.gene,
    "reported": lambda v: v.reported,
    "drop_reason": lambda v: v.drop_reason,
    "chrom": lambda v: v.chrom,
    "pos": lambda v: v.pos,
    "end": lambda v: v.end,
    "ref": lambda v: v.ref,
    "alt": lambda v: v.alt,
    "kind": lambda v: v.kind,
    "hgvs_c": lambda v: coding_name(v) if v.hgvs_c else None,
    "hgvs_p": lambda v: protein_name(v) or None,
    "hgvs_g": lambda v: v.hgvs_g,
    "consequence": lambda v: joined(v.consequence),
    "impact": lambda v: v.impact,
    "exon": lambda v: v.exon,
    "intron": lambda v: v.intron,
    "domain": lambda v: v.domain,
    "zygosity": lambda v: v.zygosity,
    "genotype": lambda v: v.genotype,
    "phase_set": lambda v: v.phase_set,
    "depth": lambda v: v.depth,
    "alt_depth": lambda v: v.alt_depth,
    "allele_fraction": lambda v: v.allele_fraction,
    "genotype_quality": lambda v: v.genotype_quality,
    "quality": lambda v: v.quality,
    "filters": lambda v: joined(v.filters),
    "flags": lambda v: joined(v.flags),
    "classification": lambda v: v.acmg.class_ if v.acmg else None,
    "points": lambda v: v.acmg.points if v.acmg else None,
    "criteria": lambda v: joined(criteria_met(v)),
    "mechanism": lambda v: v.mechanism,
    "verdicts": lambda v: joined(f"{d.condition}={d.support} ({d.basis})" for d in v.verdicts),
    "clinvar": lambda v: v.clinvar.classification if v.clinvar else None,
    "clinvar_stars": lambda v: v.clinvar.stars if v.clinvar else None,
    "clinvar_id": lambda v: v.clinvar.variation_id if v.clinvar else None,
    "population": lambda v: joined(_populations(v)),
    "file": lambda v: v.source.file,
    "record": lambda v: v.source.line_or_record,
    "original": lambda v: v.source.original,
}

SAMPLE_COLUMNS = ("sample", *_VARIANT, "demo_reference")


def sample_tsv(result: SampleResult) -> str:
    """Return all variants of a sample, reported and dropped, one row each in the result's order.

    Reference blocks of a gVCF are left out: they are no variants, and the JSON has them.
    """
    demo = demo_genes(result)
    sample = cell(result.sample)
    lines = ["\t".join(SAMPLE_COLUMNS)]
    for variant in result.variants:
        if variant.drop_reason != "reference_block":
            cells = [cell(read(variant)) for read in _VARIANT.values()]
            lines.append("\t".join((sample, *cells, cell(variant.gene in demo))))
    return "\n".join(lines) + "\n"


def criteria_met(variant: VariantResult) -> list[str]:
    """Return the criteria that are met with strength, as in `PM1_moderate`."""
    if variant.acmg is None:
        return []
    return [f"{c.code}_{c.strength}" for c in variant.acmg.criteria if c.met == "met"]


def _populations(variant: VariantResult) -> list[str]:
    return [
        f"{' '.join(filter(None, (fact.source, fact.version)))}: AF {cell(fact.allele_frequency)}"
        for fact in variant.population or []
    ]


# --- a batch ---------------------------------------------------------------

_SAMPLE: Mapping[str, Callable[[SampleSummary], Cell]] = {
    "sample": lambda s: s.sample,
    "batch": lambda s: s.batch,
    "status": lambda s: s.status,
    "status_reason": lambda s: s.status_reason,
    "build": lambda s: s.build,
    "condition": lambda s: joined(f.condition for f in s.top),
    "gene": lambda s: joined(dict.fromkeys(f.gene for f in s.top)),
    "variants": lambda s: joined(name for f in s.top for name in f.hgvs),
    "zygosity": lambda s: joined(word for f in s.top for word in f.zygosity),
    "genotype": lambda s: joined(f.genotype for f in s.top),
    "phase": lambda s: joined(f.phase for f in s.top),
    "phase_evidence": lambda s: joined(f.phase_evidence for f in s.top),
    "callability_source": lambda s: s.callability_source,
    "known_sites_not_covered": lambda s: s.known_sites_missed,
    "known_sites_unknown": lambda s: s.known_sites_unknown,
    "records": lambda s: s.records,
    "reference_blocks": lambda s: s.reference_blocks,
    "alleles_carried": lambda s: s.carried,
    "reported": lambda s: s.reported,
    "other_findings": lambda s: joined(
        f"{f.condition}={f.status}" for f in s.findings if f not in s.top
    ),
    "demo_reference": lambda s: joined(s.demo_genes),
    "assumed_reference": lambda s: s.assumed_reference,
    "warnings": lambda s: joined(s.warnings),
    "html": lambda s: s.file(".html"),
    "json": lambda s: s.file(".json"),
    "tsv": lambda s: s.file(".tsv"),
    "vcf": lambda s: s.file(".vcf.gz"),
}


def summary_columns(genes: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of summary.tsv; each gene adds its callable percentage at the end."""
    return (*_SAMPLE, *(f"callable_percent_{gene}" for gene in genes))


def summary_row(summary: SampleSummary, genes: Sequence[str]) -> Row:
    """Return one row of summary.tsv."""
    row = {column: read(summary) for column, read in _SAMPLE.items()}
    known = {gene.gene: gene for gene in summary.genes}
    for gene in genes:
        row[f"callable_percent_{gene}"] = _callable_percent(known.get(gene))
    return row


def _callable_percent(gene: GeneSummary | None) -> str | None:
    if gene is None or gene.callable_bases is None:
        return None
    return percent(gene.callable_bases, gene.required_bases, digits=2).removesuffix(" %")


_FINDING: Mapping[str, Callable[[FindingSummary], Cell]] = {
    "condition": lambda f: f.condition,
    "status": lambda f: f.status,
    "gene": lambda f: f.gene,
    "disease": lambda f: f.disease,
    "mim": lambda f: f.mim,
    "inheritance": lambda f: f.inheritance,
    "genotype": lambda f: f.genotype,
    "phase": lambda f: f.phase,
    "phase_evidence": lambda f: f.phase_evidence,
    "variant_ids": lambda f: joined(f.variant_ids),
    "variants": lambda f: joined(f.hgvs),
    "zygosity": lambda f: joined(f.zygosity),
    "classification": lambda f: joined(f.classification),
    "reasons": lambda f: joined(f.reasons),
    "demo_reference": lambda f: f.demo,
}

FINDING_COLUMNS = ("sample", "batch", *_FINDING)


def summary_tsv(
    summaries: Iterable[SampleSummary],
    genes: Sequence[str],
    hints: Mapping[int, str] = MappingProxyType({}),
) -> Iterator[str]:
    """Yield the lines of summary.tsv: one row a sample, in the order given.

    `genes` are those of the whole batch; `hints` are more warnings, by the place of the sample
    (0-based).
    """
    rows = (
        summary_row(_with_hint(summary, hints.get(place)), genes)
        for place, summary in enumerate(summaries)
    )
    return tsv_lines(summary_columns(genes), rows)


def _with_hint(summary: SampleSummary, hint: str | None) -> SampleSummary:
    return replace(summary, warnings=(*summary.warnings, hint)) if hint else summary


def findings_tsv(summaries: Iterable[SampleSummary]) -> Iterator[str]:
    """Yield the lines of findings.tsv: one row for each condition of each sample."""
    return tsv_lines(
        FINDING_COLUMNS,
        (
            {
                "sample": summary.sample,
                "batch": summary.batch,
                **{column: read(finding) for column, read in _FINDING.items()},
            }
            for summary in summaries
            for finding in summary.findings
        ),
    )
