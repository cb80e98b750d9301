"""Addresses that a reader may click; no page loads any of them.

Only what has the form of an identifier becomes part of an address: a text of the input never does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup

from hies_annot.results.variant_contract import VariantResult

_BASES = re.compile(r"[ACGT]{1,50}")
_NUMBER = re.compile(r"[0-9]{1,12}")
_CHROM = re.compile(r"[0-9XYM]{1,2}")
_CITED = re.compile(
    r"\bPMID:? ?(?P<pubmed>[0-9]{1,9})\b|\bPMC(?P<pmc>[0-9]{1,9})\b"
    r"|\b(?P<doi>10\.[0-9]{4,9}/[A-Za-z0-9./()_:-]*[A-Za-z0-9])|\bMIM (?P<mim>[0-9]{6})\b"
    r"|\bClinVar (?P<clinvar>[0-9]{1,9})\b(?!-)"
)
_PLACES = {
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/PMC{}/",
    "doi": "https://doi.org/{}",
    "mim": "https://omim.org/entry/{}",
    "clinvar": "https://www.ncbi.nlm.nih.gov/clinvar/variation/{}/",
}
_DATASETS = {"GRCh38": "gnomad_r4", "GRCh37": "gnomad_r2_1"}
_LINK = Markup('<a href="{}" rel="noreferrer">{}</a>')


@lru_cache(maxsize=4096)
def cited(text: str) -> Markup:
    """Return a text with links on PubMed, PMC and OMIM numbers, DOIs and ClinVar variations."""
    parts, end = [], 0
    for found in _CITED.finditer(text):
        kind = found.lastgroup or ""
        parts += [
            Markup.escape(text[end : found.start()]),
            _LINK.format(_PLACES[kind].format(quote(found[kind], safe="/:()")), found[0]),
        ]
        end = found.end()
    return Markup("").join([*parts, Markup.escape(text[end:])])


def variant_links(variant: VariantResult, build: str | None) -> tuple[tuple[str, str], ...]:
    """Return (name, address) of the pages on an allele; none for what has no page there."""
    found = []
    if variant.clinvar and _NUMBER.fullmatch(variant.clinvar.variation_id):
        found.append(("ClinVar", _PLACES["clinvar"].format(variant.clinvar.variation_id)))
    plain = _BASES.fullmatch(variant.ref) and _BASES.fullmatch(variant.alt)
    if plain and _CHROM.fullmatch(variant.chrom) and build in _DATASETS:
        name = f"{variant.chrom}-{variant.pos}-{variant.ref}-{variant.alt}"
        site = f"https://gnomad.broadinstitute.org/variant/{name}?dataset={_DATASETS[build]}"
        found.append(("gnomAD", site))
        if build == "GRCh38":
            found.append(("DECIPHER", f"https://www.deciphergenomics.org/sequence-variant/{name}"))
    return tuple(found)
