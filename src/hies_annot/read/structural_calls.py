"""What copy number, extent and claim say of the structural alleles of one sample."""

from __future__ import annotations

from msgspec.structs import replace

from hies_annot.io.record.record_extent import extent_contradicted
from hies_annot.model import Allele, AlleleKind, SampleFields, SiteRecord
from hies_annot.model.gt import Genotype, parse_genotype
from hies_annot.read.copy_number import (
    ADJACENCY_ONLY,
    CONTRADICTED_ALLELE,
    NEUTRAL_LOSS,
    NORMAL,
    Direction,
    direction_of,
    is_adjacency_only,
    is_unlike,
)


def with_copies(allele: Allele, fields: SampleFields) -> Allele:
    """Return a `<CNV>` with the copy number of the sample, which says whether it loses or gains."""
    if fields.copy_number is None or direction_of(allele) is not Direction.EITHER:
        return allele
    return replace(allele, copy_number=fields.copy_number)


def structural_flags(
    site: SiteRecord, fields: SampleFields, allele: Allele, index: int
) -> tuple[str, ...]:
    """Return the remarks on a structural allele, none on one of bases."""
    if allele.kind is AlleleKind.SEQUENCE:
        return ()
    symbolic = allele.kind is AlleleKind.SYMBOLIC
    contradicted = symbolic and extent_contradicted(site.pos, site.alts, site.info)
    neutral = is_neutral_loss(allele, fields)
    adjacency = symbolic and is_adjacency_only(site, fields, index)
    genotype = genotype_of(fields)
    unlike = is_unlike(allele, genotype, stated_copies(fields, allele, genotype, index))
    return (
        *(CONTRADICTED_ALLELE,) * unlike,
        *("extent_contradicted",) * contradicted,
        *(NEUTRAL_LOSS,) * neutral,
        *(ADJACENCY_ONLY,) * adjacency,
    )


def is_neutral_loss(allele: Allele, fields: SampleFields) -> bool:
    """Whether both copies of a region are those of one parent (DRAGEN: `<DEL>,<DUP>` as 1/2)."""
    symbolic = allele.kind is AlleleKind.SYMBOLIC
    return symbolic and fields.copy_number == fields.major_copies == NORMAL


def stated_copies(
    fields: SampleFields, allele: Allele, genotype: Genotype | None, index: int
) -> int | None:
    """Return the copies in the sample; what a record states is said of its carriers alone."""
    if fields.copy_number is not None:
        return fields.copy_number
    other = genotype is not None and bool(genotype.called) and not genotype.copies(index)
    return None if other else allele.copy_number


def genotype_of(fields: SampleFields) -> Genotype | None:
    """Return the genotype as read, None where there is none or it is no text of one."""
    return None if fields.gt is None else parse_genotype(fields.gt)
