"""What a sample column says of its genotype under keys that few callers write.

Another genotype of the same alleles, a copy number from the depth of reads, and the quality of a
segment, where a caller of copy numbers gives no GQ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hies_annot.io.numbers import finite_or_none
from hies_annot.model import SiteRecord
from hies_annot.model.gt import parse_genotype

GENOTYPES = ("UG", "OLD_GT")
"""Genotypes before they were replaced: by haplotypes (longshot), by regenotyping (Paragraph)."""
BY_DEPTH = ("RD_CN", "RD_GQ", "DHFFC")
"""Copies by depth and their quality (GATK-SV); depth against that of the flanks (duphold)."""
SEGMENT = ("CNQ", "QS", "SQ")
"""Quality of a copy number: DRAGEN, GATK-SV; of a segment: GATK gCNV, Canvas; XHMM, by ALT."""
OF_ALLELES = "HQ"
"""Quality of each allele of the genotype (VCF 4.3; Complete Genomics)."""
_LEAST = 20.0
"""RD_GQ below which copies by depth say nothing."""
_BLOCKS = frozenset({"<NON_REF>", "<*>", "<X>"})


def replaced_genotype(values: Mapping[str, str]) -> str | None:
    """Return the key and text of another genotype that names the alleles otherwise than GT."""
    written = parse_genotype(values.get("GT") or ".")
    for key in GENOTYPES:
        other = parse_genotype(values.get(key, "."))
        if written is None or other is None or written.missing or other.missing:
            continue
        if sorted(written.called) != sorted(other.called):
            return f"{key} {values[key]}"
    return None


def copies_by_depth(values: Mapping[str, str]) -> float | None:
    """Return the copies of a region by the depth of its reads, None where nothing tells them."""
    sure = finite_or_none(values.get("RD_GQ", "99"))
    copies = finite_or_none(values.get("RD_CN", ""))
    if copies is not None and (sure is None or sure >= _LEAST):
        return copies
    ratio = finite_or_none(values.get("DHFFC", ""))
    return None if ratio is None else 2 * ratio


def further_quality(values: Mapping[str, str], site: SiteRecord) -> float | None:
    """Return the quality of a segment, where the record is one, or that of the worse allele."""
    return min(_qualities(values, site), default=None)


def _qualities(values: Mapping[str, str], site: SiteRecord) -> Iterator[float]:
    yield from _figures(values.get(OF_ALLELES))
    segment = any(alt.startswith("<") and alt.upper() not in _BLOCKS for alt in site.alts)
    if segment and "PROBES" not in site.info:
        found = _figures(next((values[key] for key in SEGMENT if key in values), None))
        yield from [max(found)] if found else []


def _figures(text: str | None) -> list[float]:
    parts = map(finite_or_none, (text or "").split(","))
    return [part for part in parts if part is not None]
