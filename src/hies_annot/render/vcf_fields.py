"""The INFO and FORMAT keys of a sample's VCF: one entry each."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from hies_annot.render import vep_csq
from hies_annot.render.standing import coding_name, protein_name, verdict_for
from hies_annot.render.variant_columns import criteria_met
from hies_annot.render.vcf_values import genotype, sample_text, symbol_end
from hies_annot.results.variant_contract import VariantResult
from hies_annot.results.verdict_contract import VerdictResult

Value = str | int | float | list[str] | bool | None


class Entry(NamedTuple):
    """What one row is made of.

    `findings` are those that need the allele, as `condition:status`; `demo` says whether
    the allele rests on made-up bases of a demo reference.
    """

    variant: VariantResult
    findings: list[str]
    demo: bool

    @property
    def in_findings(self) -> list[VerdictResult]:
        """What the allele counts for in each finding that needs it, in their order."""
        conditions = [finding.partition(":")[0] for finding in self.findings]
        found = (verdict_for(self.variant, condition) for condition in conditions)
        return [verdict for verdict in found if verdict]


class Field(NamedTuple):
    """One INFO or FORMAT key: how it is declared (in the manual too), and how it is filled."""

    name: str
    number: str
    kind: str
    description: str
    read: Callable[[Entry], Value]


def _whole_quality(row: Entry) -> int | None:
    quality = row.variant.genotype_quality
    return None if quality is None else int(quality)


def _fraction(row: Entry) -> str | None:
    fraction = row.variant.allele_fraction
    return None if fraction is None else f"{fraction:.4g}"


INFO: tuple[Field, ...] = (
    Field(
        "END", "1", "Integer", "Last affected base (1-based)", lambda row: symbol_end(row.variant)
    ),
    Field("CSQ", ".", "String", vep_csq.DESCRIPTION, lambda row: vep_csq.csq(row.variant)),
    Field("HIES_GENE", "1", "String", "Gene", lambda row: row.variant.gene),
    Field(
        "HIES_REPORTED", "0", "Flag", "The variant is reported", lambda row: row.variant.reported
    ),
    Field(
        "HIES_DROP", "1", "String", "Why it is not reported", lambda row: row.variant.drop_reason
    ),
    Field(
        "HIES_HGVSC",
        "1",
        "String",
        "HGVS coding name",
        lambda row: row.variant.hgvs_c and coding_name(row.variant),
    ),
    Field("HIES_HGVSP", "1", "String", "HGVS protein name", lambda row: protein_name(row.variant)),
    Field("HIES_HGVSG", "1", "String", "HGVS genomic name", lambda row: row.variant.hgvs_g),
    Field("HIES_CSQ", ".", "String", "Consequence (SO terms)", lambda row: row.variant.consequence),
    Field(
        "HIES_IMPACT", "1", "String", "Impact of the consequence", lambda row: row.variant.impact
    ),
    Field("HIES_EXON", "1", "String", "Exon and number of exons", lambda row: row.variant.exon),
    Field(
        "HIES_INTRON", "1", "String", "Intron and number of introns", lambda row: row.variant.intron
    ),
    Field("HIES_DOMAIN", "1", "String", "Protein domain", lambda row: row.variant.domain),
    Field("HIES_ZYG", "1", "String", "Zygosity", lambda row: row.variant.zygosity),
    Field(
        "HIES_CLASS",
        "1",
        "String",
        "ACMG/AMP class",
        lambda row: row.variant.acmg.class_ if row.variant.acmg else None,
    ),
    Field(
        "HIES_POINTS",
        "1",
        "Integer",
        "ACMG/AMP points",
        lambda row: row.variant.acmg.points if row.variant.acmg else None,
    ),
    Field(
        "HIES_CRITERIA",
        ".",
        "String",
        "ACMG/AMP criteria that are met",
        lambda row: criteria_met(row.variant),
    ),
    Field("HIES_MECH", "1", "String", "Mechanism", lambda row: row.variant.mechanism),
    Field(
        "HIES_VERDICT",
        ".",
        "String",
        "What the allele counts for, as condition:support",
        lambda row: [f"{verdict.condition}:{verdict.support}" for verdict in row.variant.verdicts],
    ),
    Field(
        "HIES_COUNTS_AS",
        ".",
        "String",
        "What the allele counts as in the findings that need it (pathogenic: P or LP)",
        lambda row: [verdict.support for verdict in row.in_findings],
    ),
    Field(
        "HIES_BASIS",
        ".",
        "String",
        "What decided HIES_COUNTS_AS: curated, clinvar, lab or acmg",
        lambda row: [verdict.basis for verdict in row.in_findings],
    ),
    Field(
        "HIES_CLNSIG",
        "1",
        "String",
        "ClinVar classification",
        lambda row: row.variant.clinvar.classification if row.variant.clinvar else None,
    ),
    Field(
        "HIES_CLNSTARS",
        "1",
        "Integer",
        "ClinVar review stars",
        lambda row: row.variant.clinvar.stars if row.variant.clinvar else None,
    ),
    Field(
        "HIES_CLNID",
        "1",
        "String",
        "ClinVar variation id",
        lambda row: row.variant.clinvar.variation_id if row.variant.clinvar else None,
    ),
    Field("HIES_FLAGS", ".", "String", "Remarks on the call", lambda row: row.variant.flags),
    Field(
        "HIES_ORIG",
        "1",
        "String",
        "Record as in the input",
        lambda row: row.variant.source.original,
    ),
    Field(
        "HIES_FINDING",
        ".",
        "String",
        "Findings that need the allele, as condition:status",
        lambda row: row.findings,
    ),
    Field(
        "HIES_DEMO",
        "0",
        "Flag",
        "DEMO REFERENCE: rests on made-up bases of a partly made-up sequence",
        lambda row: row.demo,
    ),
)
"""The INFO keys, in their order."""

FORMAT: tuple[Field, ...] = (
    Field(
        "GT",
        "1",
        "String",
        "Genotype in terms of this row's allele",
        lambda row: genotype(row.variant),
    ),
    Field(
        "AD",
        "R",
        "Integer",
        "Reads of the reference (not kept) and of this allele",
        lambda row: None if row.variant.alt_depth is None else f".,{row.variant.alt_depth}",
    ),
    Field("DP", "1", "Integer", "Depth", lambda row: row.variant.depth),
    Field("GQ", "1", "Integer", "Genotype quality, rounded down", _whole_quality),
    Field("VAF", "1", "Float", "Allele fraction", _fraction),
    Field(
        "HIES_GT",
        "1",
        "String",
        "Genotype as in the input",
        lambda row: sample_text(row.variant.genotype),
    ),
    Field("HIES_PS", "1", "String", "Phase set", lambda row: sample_text(row.variant.phase_set)),
)
"""The FORMAT keys, in their order; those without a value are left out of a row."""

DECLARATIONS = tuple(
    f'##{part}=<ID={name},Number={number},Type={kind},Description="{description}">'
    for part, fields in (("INFO", INFO), ("FORMAT", FORMAT))
    for name, number, kind, description, _ in fields
)
"""The lines of the header that declare the keys."""
