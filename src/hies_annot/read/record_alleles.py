"""The normalised alleles of a record, one entry an ALT."""

from __future__ import annotations

from collections.abc import Collection

from hies_annot.model import Allele, AlleleKind, SiteRecord
from hies_annot.read.one_spelling import LONGEST_SPELLED, in_one_spelling
from hies_annot.read.written_allele import Written, written_alleles
from hies_annot.reference.normalise import classify_alt, normalise_allele
from hies_annot.reference.sequence import Reference


def with_reach(site: SiteRecord, reach: int) -> SiteRecord:
    """Return a site with the length that a reference block has by FORMAT alone (VCF 4.5)."""
    return site if reach == site.end else site._replace(info={**site.info, "END": str(reach)})


def record_alleles(
    site: SiteRecord, reference: Reference, keys: Collection[str] = ()
) -> tuple[Allele | None, ...]:
    """Return the normalised allele of each ALT of a record, in order; `keys` are those of FORMAT.

    A row without ALT gives one reference block. `<NON_REF>` and `<*>` beside other ALTs that lie
    in the locus make no entry of their own (None).
    """
    if _is_short_bases(site):
        return tuple(
            normalise_allele(reference, site.chrom, site.pos, site.ref, alt) for alt in site.alts
        )
    found = tuple(
        one and in_one_spelling(one, site, index, keys, reference)
        for index, written in enumerate(written_alleles(site), 1)
        for one in (_normalised(site, written, reference),)
    )
    if any(one is not None and one.kind is not AlleleKind.REFERENCE_BLOCK for one in found):
        return tuple(None if _is_block(one) else one for one in found)
    return found


def _is_short_bases(site: SiteRecord) -> bool:
    """Whether a record is of short changes of bases and no more, as nearly all are."""
    return (
        not site.info
        and bool(site.alts)
        and len(site.ref) <= LONGEST_SPELLED
        and all(len(alt) <= LONGEST_SPELLED for alt in site.alts)
        and all(classify_alt(alt) is AlleleKind.SEQUENCE for alt in site.alts)
    )


def _is_block(allele: Allele | None) -> bool:
    return allele is not None and allele.kind is AlleleKind.REFERENCE_BLOCK


def _normalised(site: SiteRecord, one: Written, reference: Reference) -> Allele | None:
    as_written = one.alt in site.alts or one.alt == "."
    return normalise_allele(
        reference,
        site.chrom,
        one.pos,
        site.ref if as_written else _anchor(site, one, reference),
        one.alt,
        end=one.end,
        copy_number=one.copy_number,
        precise="PRECISE" in site.info,
    )


def _anchor(site: SiteRecord, one: Written, reference: Reference) -> str:
    """Return the base before a change whose spelling was another one in the file."""
    locus = reference.overlapping(site.chrom, one.pos, one.pos)
    return locus.bases(one.pos, one.pos).upper() if locus is not None else "N"
