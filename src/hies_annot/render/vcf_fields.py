"""The INFO and FORMAT keys of a sample's VCF: one table, and how each value is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from hies_annot.render.standing import coding_name, protein_name
from hies_annot.render.tables import criteria_met
from hies_annot.results.variant_contract import VariantResult

BASES = re.compile(r"[ACGTN]+", re.IGNORECASE)
_SYMBOL = re.compile(r"<([A-Za-z0-9:_.*-]+)>")
_BREAKEND = re.compile(
    r"[ACGTN]*[\[\]][^\s,;\[\]]+[\[\]][ACGTN]*|\.[ACGTN]+|[ACGTN]+\.", re.IGNORECASE
)
UNREADABLE = "<UNREADABLE>"
_KEPT = 4096
"""Texts that are kept for the next row or sample: most of them recur."""
_SPECIAL = re.compile(r"[\x00-\x20\x7f%;=,]")

Value = str | int | float | list[str] | bool | None


def alt_text(variant: VariantResult) -> str:
    """Return ALT as it may stand in a VCF; what is no valid allele becomes UNREADABLE."""
    return _alt_text(variant.alt)


@lru_cache(maxsize=_KEPT)
def _alt_text(alt: str) -> str:
    if alt in (".", "*") or any(pattern.fullmatch(alt) for pattern in (BASES, _SYMBOL, _BREAKEND)):
        return alt
    return UNREADABLE


def symbol_end(variant: VariantResult) -> int | None:
    """Return the last base (1-based) of a symbolic allele, None for any other."""
    symbolic = alt_text(variant).startswith("<")
    return variant.end if symbolic and variant.end and variant.end >= variant.pos else None


class Field(NamedTuple):
    """One INFO key: how it is declared, and how it is read from a variant."""

    name: str
    number: str
    kind: str
    description: str
    read: Callable[[VariantResult], Value]


INFO: tuple[Field, ...] = (
    Field("END", "1", "Integer", "Last affected base (1-based)", symbol_end),
    Field("HIES_GENE", "1", "String", "Gene", lambda v: v.gene),
    Field("HIES_REPORTED", "0", "Flag", "The variant is reported", lambda v: v.reported),
    Field("HIES_DROP", "1", "String", "Why it is not reported", lambda v: v.drop_reason),
    Field("HIES_HGVSC", "1", "String", "HGVS coding name", lambda v: v.hgvs_c and coding_name(v)),
    Field("HIES_HGVSP", "1", "String", "HGVS protein name", protein_name),
    Field("HIES_HGVSG", "1", "String", "HGVS genomic name", lambda v: v.hgvs_g),
    Field("HIES_CSQ", ".", "String", "Consequence (SO terms)", lambda v: v.consequence),
    Field("HIES_IMPACT", "1", "String", "Impact of the consequence", lambda v: v.impact),
    Field("HIES_EXON", "1", "String", "Exon and number of exons", lambda v: v.exon),
    Field("HIES_INTRON", "1", "String", "Intron and number of introns", lambda v: v.intron),
    Field("HIES_DOMAIN", "1", "String", "Protein domain", lambda v: v.domain),
    Field("HIES_ZYG", "1", "String", "Zygosity", lambda v: v.zygosity),
    Field(
        "HIES_CLASS", "1", "String", "ACMG/AMP class", lambda v: v.acmg.class_ if v.acmg else None
    ),
    Field(
        "HIES_POINTS",
        "1",
        "Integer",
        "ACMG/AMP points",
        lambda v: v.acmg.points if v.acmg else None,
    ),
    Field("HIES_CRITERIA", ".", "String", "ACMG/AMP criteria that are met", criteria_met),
    Field("HIES_MECH", "1", "String", "Mechanism", lambda v: v.mechanism),
    Field(
        "HIES_VERDICT",
        ".",
        "String",
        "What the allele counts for, as condition:support",
        lambda v: [f"{verdict.condition}:{verdict.support}" for verdict in v.verdicts],
    ),
    Field(
        "HIES_CLNSIG",
        "1",
        "String",
        "ClinVar classification",
        lambda v: v.clinvar.classification if v.clinvar else None,
    ),
    Field(
        "HIES_CLNSTARS",
        "1",
        "Integer",
        "ClinVar review stars",
        lambda v: v.clinvar.stars if v.clinvar else None,
    ),
    Field(
        "HIES_CLNID",
        "1",
        "String",
        "ClinVar variation id",
        lambda v: v.clinvar.variation_id if v.clinvar else None,
    ),
    Field("HIES_FLAGS", ".", "String", "Remarks on the call", lambda v: v.flags),
    Field("HIES_ORIG", "1", "String", "Record as in the input", lambda v: v.source.original),
)
_INFO = (
    *(field[:4] for field in INFO),
    ("HIES_FINDING", ".", "String", "Findings that need the allele, as condition:status"),
    ("HIES_DEMO", "0", "Flag", "DEMO REFERENCE: read against a partly made-up sequence"),
)
_FORMAT = (
    ("GT", "1", "String", "Genotype in terms of this row's allele"),
    ("AD", "R", "Integer", "Reads of the reference (not kept) and of this allele"),
    ("DP", "1", "Integer", "Depth"),
    ("GQ", "1", "Integer", "Genotype quality, rounded down"),
    ("VAF", "1", "Float", "Allele fraction"),
    ("HIES_GT", "1", "String", "Genotype as in the input"),
    ("HIES_PS", "1", "String", "Phase set"),
)

DECLARATIONS = tuple(
    f'##{part}=<ID={name},Number={number},Type={kind},Description="{description}">'
    for part, fields in (("INFO", _INFO), ("FORMAT", _FORMAT))
    for name, number, kind, description in fields
)
"""The lines of the header that declare the keys."""


@lru_cache(maxsize=_KEPT)
def escape(text: str) -> str:
    """Percent-encode what has a meaning in an INFO value (VCF 4.3, 1.2), and white space."""
    return _SPECIAL.sub(lambda match: f"%{ord(match[0]):02X}", text)
