"""Values of a sample's VCF in its own spelling: alleles, genotypes, escaped text. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from hies_annot.render.visible_text import visible
from hies_annot.results.variant_contract import VariantResult

BASES = re.compile(r"[ACGTN]+", re.IGNORECASE)
_SYMBOL = re.compile(r"<([A-Za-z0-9:_.*-]+)>")
_BREAKEND = re.compile(
    r"[ACGTN]*[\[\]][^\s,;\[\]]+[\[\]][ACGTN]*|\.[ACGTN]+|[ACGTN]+\.", re.IGNORECASE
)
UNREADABLE = "<UNREADABLE>"
_GT = {
    "het": "0/1",
    "hom_alt": "1/1",
    "het_alt": "./1",
    "over_deletion": "./1",
    "haploid": "1",
    "half_call": "./1",
    "polyploid": "./1",
    "hom_ref": "0/0",
    "no_call": "./.",
}
_KEPT = 4096
"""Texts that are kept for the next row or sample: most of them recur."""
_SPECIAL = re.compile(r"[\x00-\x20\x7f%;=,]")


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


@lru_cache(maxsize=_KEPT)
def escape(text: str) -> str:
    """Percent-encode what has a meaning in an INFO value (VCF 4.3, 1.2), and white space."""
    return visible(_SPECIAL.sub(lambda match: f"%{ord(match[0]):02X}", text))


def genotype(variant: VariantResult) -> str:
    """Return the genotype in terms of the row: 0 reference, 1 this allele, `.` anything else.

    The other allele of `1/2` or `1/*` is `.` here: it is neither the reference nor this allele.
    """
    if variant.zygosity == "polyploid" and re.fullmatch(r"[01]([/|][01])+", variant.genotype or ""):
        return variant.genotype or "."
    text = _GT.get(variant.zygosity, ".")
    if variant.haplotype in (0, 1) and variant.zygosity in ("het", "het_alt", "over_deletion"):
        first, _, second = text.partition("/")
        return f"{first}|{second}" if variant.haplotype == 1 else f"{second}|{first}"
    return text


def sample_text(text: str | None) -> str | None:
    """Return a text as it may stand in a sample column, where `:` parts the values."""
    return escape(text).replace(":", "%3A") if text else None
