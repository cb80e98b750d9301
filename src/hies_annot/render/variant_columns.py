"""The columns of a sample's table: one entry each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hies_annot.render.column import Column, cell, joined
from hies_annot.render.predictions import splice_sites
from hies_annot.render.standing import coding_name, protein_name
from hies_annot.results.variant_contract import VariantResult


class VariantRow(NamedTuple):
    """One variant of a sample; `demo` says whether it rests on made-up bases.

    `about` is the digest of its evidence where it is reported.
    """

    sample: str
    variant: VariantResult
    demo: bool
    about: str = ""


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


VARIANT_COLUMNS: Mapping[str, Column[VariantRow]] = {
    "sample": Column("as in the sheet", lambda row: row.sample),
    "id": Column(
        "allele on the build of the run, `chrom-pos-ref-alt` in normal form",
        lambda row: row.variant.id,
    ),
    "gene": Column("gene", lambda row: row.variant.gene),
    "reported": Column("yes or no", lambda row: row.variant.reported),
    "drop_reason": Column("why it is not reported", lambda row: row.variant.drop_reason),
    "chrom": Column("chromosome, without `chr`", lambda row: row.variant.chrom),
    "pos": Column("first base, 1-based", lambda row: row.variant.pos),
    "end": Column("last base, 1-based", lambda row: row.variant.end),
    "ref": Column("reference bases", lambda row: row.variant.ref),
    "alt": Column("alternate allele", lambda row: row.variant.alt),
    "kind": Column("kind of allele", lambda row: row.variant.kind),
    "hgvs_c": Column(
        "HGVS coding name with the transcript",
        lambda row: coding_name(row.variant) if row.variant.hgvs_c else None,
    ),
    "hgvs_p": Column("HGVS protein name", lambda row: protein_name(row.variant) or None),
    "hgvs_g": Column("HGVS genomic name", lambda row: row.variant.hgvs_g),
    "consequence": Column(
        "consequence on the MANE transcript (SO terms)", lambda row: joined(row.variant.consequence)
    ),
    "impact": Column("impact of the consequence", lambda row: row.variant.impact),
    "exon": Column("exon and number of exons", lambda row: row.variant.exon),
    "intron": Column("intron and number of introns", lambda row: row.variant.intron),
    "domain": Column("protein domain", lambda row: row.variant.domain),
    "zygosity": Column("state of the allele in the sample", lambda row: row.variant.zygosity),
    "genotype": Column("genotype as in the input", lambda row: row.variant.genotype),
    "phase_set": Column("phase set as in the input", lambda row: row.variant.phase_set),
    "depth": Column("reads at the site", lambda row: row.variant.depth),
    "alt_depth": Column("reads of the allele", lambda row: row.variant.alt_depth),
    "allele_fraction": Column(
        "share of the reads that show the allele, 0 to 1", lambda row: row.variant.allele_fraction
    ),
    "genotype_quality": Column("GQ", lambda row: row.variant.genotype_quality),
    "quality": Column("QUAL", lambda row: row.variant.quality),
    "filters": Column("FILTER words other than PASS", lambda row: joined(row.variant.filters)),
    "flags": Column("remarks on the call", lambda row: joined(row.variant.flags)),
    "classification": Column(
        "ACMG/AMP class by points",
        lambda row: row.variant.acmg.class_ if row.variant.acmg else None,
    ),
    "points": Column(
        "ACMG/AMP points", lambda row: row.variant.acmg.points if row.variant.acmg else None
    ),
    "criteria": Column(
        "ACMG/AMP criteria that are met, with their strength",
        lambda row: joined(criteria_met(row.variant)),
    ),
    "mechanism": Column("mechanism, from the curated table", lambda row: row.variant.mechanism),
    "verdicts": Column(
        "what the allele counts for, as `condition=support (basis)`",
        lambda row: joined(f"{d.condition}={d.support} ({d.basis})" for d in row.variant.verdicts),
    ),
    "clinvar": Column(
        "ClinVar's classification",
        lambda row: row.variant.clinvar.classification if row.variant.clinvar else None,
    ),
    "clinvar_stars": Column(
        "review stars, 0 to 4; empty: not in the source",
        lambda row: row.variant.clinvar.stars if row.variant.clinvar else None,
    ),
    "clinvar_id": Column(
        "ClinVar's variation id",
        lambda row: row.variant.clinvar.variation_id if row.variant.clinvar else None,
    ),
    "predicted_splice_sites": Column(
        "sites that the splice map gains or loses: kind, score, place",
        lambda row: splice_sites(row.variant.splice_map) or None,
    ),
    "population": Column(
        "allele frequency in each source", lambda row: joined(_populations(row.variant))
    ),
    "file": Column("input file", lambda row: row.variant.source.file),
    "record": Column("record in the input file", lambda row: row.variant.source.line_or_record),
    "original": Column(
        "the record's place and alleles as in the input", lambda row: row.variant.source.original
    ),
    "about": Column(
        "digest of the evidence of a reported allele, for a decision on it", lambda row: row.about
    ),
    "demo_reference": Column(
        "yes: the allele rests on made-up bases of a demo reference", lambda row: row.demo
    ),
}
"""Column -> entry, from left to right."""
