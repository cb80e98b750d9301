"""What a sample column says of its genotype under keys that few callers write.

Another genotype of the same alleles, a copy number from the depth of reads, and the quality of a
segment, where a caller of copy numbers gives no GQ.
"""

from __future__ import annotations

from collections.abc import Mapping

from hies_annot.io.numbers import finite_or_none
from hies_annot.model import SiteRecord
from hies_annot.model.allele import UNNAMED
from hies_annot.model.gt import parse_genotype

GENOTYPES = ("UG", "OLD_GT")
"""Genotypes before they were replaced: by haplotypes (longshot), by regenotyping (Paragraph)."""
COPIES_BY_DEPTH = ("RD_CN", "RD_GQ")
"""Copies by depth and their quality (GATK-SV)."""
DEPTH_FOLDS = ("DHFFC", "DHBFC")
"""Depth in an event as a multiple of that beside it, and of like bases (duphold)."""
SEGMENT = ("CNQ", "QS", "SQ")
"""Quality of a copy number (DRAGEN, Genome STRiP, GATK-SV, Sawfish), of a segment (GATK gCNV,
Canvas); XHMM, by ALT."""
OF_ALLELES = "HQ"
"""Quality of each allele of the genotype (VCF 4.3; Complete Genomics)."""
_LEAST = 20.0
"""RD_GQ below which copies by depth say nothing."""


def replaced_genotype(values: Mapping[str, str]) -> str | None:
    """Return the key and text of another genotype that names the alleles otherwise than GT."""
    if values.keys().isdisjoint(GENOTYPES):
        return None
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
    if "RD_CN" not in values:
        return None
    sure = finite_or_none(values.get("RD_GQ", "99"))
    return finite_or_none(values["RD_CN"]) if sure is None or sure >= _LEAST else None


def depth_folds(values: Mapping[str, str]) -> tuple[float | None, ...]:
    """Return the fold changes of depth, None for one that is none (duphold writes -1 or nan)."""
    if values.keys().isdisjoint(DEPTH_FOLDS):
        return ()
    folds = [finite_or_none(values.get(key, "")) for key in DEPTH_FOLDS]
    return tuple([fold if fold is not None and fold >= 0 else None for fold in folds])


def quality_of_alleles(values: Mapping[str, str]) -> float | None:
    """Return the quality of the worse allele of a genotype."""
    return min(_figures(values.get(OF_ALLELES)), default=None)


def quality_of_copies(
    values: Mapping[str, str], site: SiteRecord, *, counted: bool
) -> float | None:
    """Return how sure a copy number or a segment is, where the record is one.

    CNVkit writes the number of probes there. `counted`: the sample has a copy number.
    """
    segment = any(alt.startswith("<") and alt.upper() not in UNNAMED for alt in site.alts)
    if not (segment or counted) or "PROBES" in site.info:
        return None
    return max(
        _figures(next((values[key] for key in SEGMENT if key in values), None)), default=None
    )


def _figures(text: str | None) -> list[float]:
    parts = map(finite_or_none, (text or "").split(","))
    return [part for part in parts if part is not None]
