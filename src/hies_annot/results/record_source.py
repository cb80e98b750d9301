"""Where a variant stands in the input, and how it was written there."""

from __future__ import annotations

from functools import lru_cache

from hies_annot.model import SiteRecord
from hies_annot.results.variant_contract import SourceResult

_LONGEST = 1000
"""Characters of alleles as written that a result repeats."""


def file_name(path: str | None) -> str | None:
    """Return the name of a file without its folder."""
    return None if path is None else path.rsplit("/", 1)[-1]


def source_of(site: SiteRecord) -> SourceResult:
    """Return file, record and alleles as written; of very many alleles the first."""
    place = f"record {site.number}" if site.number is not None else "record by position"
    return SourceResult(
        file=file_name(site.file) or site.file,
        line_or_record=place,
        original=f"{site.chrom_written}:{site.pos} {_written(site.ref, site.alts)}",
    )


@lru_cache(maxsize=64)
def _written(ref: str, alts: tuple[str, ...]) -> str:
    """Return the alleles of a record, which each of them repeats: so not without a bound."""
    shown: list[str] = []
    for alt in alts:
        if sum(map(len, shown)) > _LONGEST:
            return f"{_bounded(ref)}>{','.join(shown)} and {len(alts) - len(shown)} more"
        shown.append(_bounded(alt))
    return f"{_bounded(ref)}>{','.join(shown) or '.'}"


def _bounded(allele: str) -> str:
    return allele if len(allele) <= _LONGEST else f"{allele[:_LONGEST]}... ({len(allele)} bases)"
