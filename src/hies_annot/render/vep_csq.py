"""The CSQ value of a row: consequences in the fields and spelling that VEP uses in a VCF.

Format: https://www.ensembl.org/info/docs/tools/vep/vep_formats.html ("VCF output").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from hies_annot.genes.gene_file import GeneFile, default_genes
from hies_annot.render.standing import coding_name, protein_name
from hies_annot.results.variant_contract import EffectResult, VariantResult

FIELDS = (
    "Allele",
    "Consequence",
    "IMPACT",
    "SYMBOL",
    "Gene",
    "Feature_type",
    "Feature",
    "BIOTYPE",
    "EXON",
    "INTRON",
    "HGVSc",
    "HGVSp",
    "STRAND",
    "PICK",
    "SYMBOL_SOURCE",
    "HGNC_ID",
    "MANE_SELECT",
)
DESCRIPTION = f"Consequence annotations from hies-annot. Format: {'|'.join(FIELDS)}"
"""Description of the key: programs that read CSQ take the fields from it."""

_SYMBOLS = {"DEL": "deletion", "DUP": "duplication", "INS": "insertion", "INV": "inversion"}
_WHITE = re.compile(r"\s+")


def csq(variant: VariantResult) -> list[str]:
    """Return one entry for each transcript, the one that the result is named on first."""
    return list(map(_barred, _entries(variant)))


def vep_allele(ref: str, alt: str) -> str:
    """Return an allele as VEP writes it: without the shared first base, `-` for nothing."""
    if alt.startswith("<"):
        kind = alt.strip("<>").partition(":")[0].upper()
        return _SYMBOLS.get(kind, alt.strip("<>"))
    if len(ref) != len(alt) and ref[:1] == alt[:1]:
        return alt[1:] or "-"
    return alt


def _entries(variant: VariantResult) -> Iterator[tuple[str, ...]]:
    allele = vep_allele(variant.ref, variant.alt)
    if variant.transcript and variant.consequence:
        main = _names(variant.consequence, variant.impact)
        name = coding_name(variant) if variant.hgvs_c else ""
        place = (variant.exon or "", variant.intron or "")
        protein = variant.hgvs_p and _with_accession(variant)
        yield _entry(allele, variant, main, variant.transcript, (*place, name, protein or ""), "1")
    for effect in variant.effects:
        yield _entry(allele, variant, _of(effect), effect.transcript, _described(effect), "")


def _with_accession(variant: VariantResult) -> str:
    name = variant.hgvs_p or ""
    protein = getattr(_facts().get(variant.gene), "transcripts", None)
    return name if ":" in name or protein is None else f"{protein.protein}:{protein_name(variant)}"


def _names(consequence: list[str], impact: str | None) -> tuple[str, str]:
    return "&".join(consequence), impact or ""


def _of(effect: EffectResult) -> tuple[str, str]:
    return _names(effect.consequence, effect.impact)


def _described(effect: EffectResult) -> tuple[str, str, str, str]:
    name = effect.hgvs_c or ""
    coding = name if ":" in name or not name else f"{effect.transcript}:{name}"
    return "", "", coding, effect.hgvs_p or ""


def _entry(
    allele: str,
    variant: VariantResult,
    said: tuple[str, str],
    transcript: str,
    names: tuple[str, str, str, str],
    pick: str,
) -> tuple[str, ...]:
    file = _facts().get(variant.gene)
    ensembl, strand, hgnc, mane = ("", "", "", "")
    if file is not None:
        ensembl, hgnc = file.ensembl, file.hgnc
        strand = "-1" if file.strand == "-" else "1"
        mane = transcript if transcript == file.transcripts.mane_select else ""
    feature = ("Transcript", transcript, "protein_coding")
    gene = (variant.gene, ensembl, *feature, *names)
    return (allele, *said, *gene, strand, pick, "HGNC" if hgnc else "", hgnc, mane)


@lru_cache(maxsize=4096)
def _barred(entry: tuple[str, ...]) -> str:
    """Return an entry with bars between its values; the same alleles recur in a batch."""
    return "|".join(map(_field, entry))


@lru_cache(maxsize=4096)
def _field(text: str) -> str:
    """Return a value as it may stand between bars; commas and the like are escaped with the row."""
    return _WHITE.sub("_", text.strip()).replace("|", "&").replace(",", "&")


@cache
def _facts() -> Mapping[str, GeneFile]:
    return {gene.name: gene.file for gene in default_genes()}
