"""What a copy number says of a structural allele: it decides, and the genotype is held against it.

Two copies are the normal state (chromosomes 17 and 20). Callers give the number with a diploid
genotype, with a haploid one (GATK gCNV), with `./.` (delly) or without any (Canvas).
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from hies_annot.io.numbers import finite_or_none
from hies_annot.model import Allele, AlleleKind, Call, SampleFields, SiteRecord, Zygosity
from hies_annot.model.gt import Genotype, parse_genotype
from hies_annot.read.call_quality import DEPTH_DENIES

CONTRADICTED = "copy_number_contradicts_gt"
"""Flag of a call of which genotype and copy number cannot both be right."""
CONTRADICTED_ALLELE = "copy_number_contradicts_allele"
"""Flag of an allele that cannot make the copy number of the sample, such as a gain in one copy."""
NEUTRAL_LOSS = "copy_neutral_loh"
"""Flag of a region with two copies of one parent's chromosome (MCC 2 of CN 2: Canvas, DRAGEN)."""
UNREAD = "copy_number_unread"
"""Flag of a loss or gain of which the copy number is no number."""
ADJACENCY_ONLY = "adjacency_only"
"""Flag of a deletion or duplication of which the caller has seen the junction alone."""
FROM_COPY_NUMBER = "zygosity_from_copy_number"


class Direction(StrEnum):
    """What a copy-number allele does to the number of copies."""

    LOSS = "loss"
    GAIN = "gain"
    EITHER = "either"  # <CNV>: the number tells


_EITHER = Direction.EITHER
NORMAL = 2
"""Copies of an autosome."""
_APART = 0.75
"""Copies by which those that the depth tells may differ from those that are called."""
_LOSS_BELOW, _GAIN_ABOVE = 0.7, 1.3
"""Duphold: depth of a loss against its flanks, of a gain against bases with its GC content."""
_RATIOS = ("natorRD", "pytorRD", "FOLD_CHANGE")
"""Depth of the event against that of two copies: CNVnator, CNVpytor, CNVkit."""


class Counted(NamedTuple):
    """State of an allele by its copy number; `copies` are the chromosomes that have it."""

    zygosity: Zygosity
    copies: int | None
    flags: tuple[str, ...]


def direction_of(allele: Allele) -> Direction | None:
    """Return what a symbolic allele does to the copy number, None for one that does nothing."""
    if allele.kind is not AlleleKind.SYMBOLIC:
        return None
    word = allele.alt.strip("<>").split(":")[0]
    if word in ("DEL", "CN0"):
        return Direction.LOSS
    if word == "DUP":
        return Direction.GAIN
    if word == "CNV":
        return Direction.EITHER
    copies = word.removeprefix("CN")
    return Direction.GAIN if word != copies and copies.isdecimal() and int(copies) > 1 else None


def by_copy_number(
    allele: Allele, genotype: Genotype | None, number: int | None, index: int
) -> Counted | None:
    """Return the state of an allele by the sample's copy number, None where that says nothing.

    Args:
        allele: the allele; only gains and losses have a copy number of their own.
        genotype: GT as read, None where there is none.
        number: copies of the region in the sample.
        index: number of the ALT in the record (1-based).
    """
    direction = direction_of(allele)
    if direction is None or number is None or number < 0:
        return None
    lost, gained = max(0, 2 - number), max(0, number - 2)
    uncalled = genotype is None or not genotype.called
    if uncalled and (lost, gained)[direction is Direction.LOSS] and direction is not _EITHER:
        return Counted(Zygosity.NO_CALL, None, (FROM_COPY_NUMBER,))
    copies = {Direction.LOSS: lost, Direction.GAIN: gained}.get(direction, lost or gained)
    flags: tuple[str, ...] = ()
    if uncalled or genotype is None:
        flags = (FROM_COPY_NUMBER,)
    elif _contradicts(genotype, index, copies, loss=bool(lost) or direction is Direction.LOSS):
        flags = (CONTRADICTED,)
    if not copies:
        return Counted(Zygosity.HOM_REF, 0, flags)
    if lost:
        return Counted(Zygosity.HET if copies == 1 else Zygosity.HOM_ALT, copies, flags)
    single = copies == 1 or genotype is None or genotype.copies(index) == 1
    return Counted(Zygosity.HET if single else Zygosity.POLYPLOID, None, flags)


def is_unlike(allele: Allele, genotype: Genotype | None, number: int | None) -> bool:
    """Whether an allele cannot make the copy number of a sample.

    It loses none of fewer than two copies: something that the record does not show has removed
    them; a row without ALT shows none. Or it is a loss where there are more, and no genotype says
    whose it is.
    """
    kinds = (AlleleKind.SYMBOLIC, AlleleKind.REFERENCE_BLOCK)
    if allele.kind not in kinds or number is None or number < 0:
        return False
    direction = direction_of(allele)
    if number < 2:
        return direction in (None, Direction.GAIN)
    open_genotype = genotype is None or not genotype.called
    return number > 2 and direction is Direction.LOSS and open_genotype


def depth_codes(
    allele: Allele, copies: int | None, site: SiteRecord, fields: SampleFields
) -> tuple[str, ...]:
    """Return `depth_denies` where the depth of reads does not show a carried loss or gain.

    Args:
        allele: the allele.
        copies: how many copies of two carry it.
        site: the record; CNVnator, CNVpytor and CNVkit state a ratio of depths in INFO.
        fields: the sample, of which FORMAT may tell copies or folds of depth.
    """
    if allele.kind is not AlleleKind.SYMBOLIC:
        return ()
    ratios = map(finite_or_none, (site.info[key] for key in _RATIOS if key in site.info))
    seen = next((NORMAL * ratio for ratio in ratios if ratio is not None), fields.depth_copies)
    beside, alike = fields.depth_folds or (None, None)
    direction = direction_of(allele)
    if direction is Direction.LOSS:
        left = min(NORMAL - (copies or 1) + _APART, NORMAL * _LOSS_BELOW)
        denied = (seen is not None and seen >= left) or (
            beside is not None and beside >= _LOSS_BELOW
        )
    elif direction is Direction.GAIN:
        folds = (None if seen is None else seen / NORMAL, alike)
        denied = any(fold is not None and fold <= _GAIN_ABOVE for fold in folds)
    else:
        denied = False
    return (DEPTH_DENIES,) * denied


def lost_by_depth(allele: Allele, fields: SampleFields) -> bool:
    """Whether the depth of reads shows a loss (GATK-SV: RD_CN) that the genotype does not name."""
    fold = next(iter(fields.depth_folds), None)
    seen = (
        NORMAL * fold if fields.depth_copies is None and fold is not None else fields.depth_copies
    )
    lost = seen is not None and NORMAL - seen >= _APART
    return lost and direction_of(allele) is Direction.LOSS


def names_more(call: Call) -> bool:
    """Whether a genotype that its copy number contradicts names more copies of a loss than it."""
    genotype = parse_genotype(call.fields.gt) if call.fields.gt else None
    if genotype is None or CONTRADICTED not in call.flags:
        return False
    return genotype.copies(call.alt_index) > (call.copies or 0)


def is_adjacency_only(site: SiteRecord, fields: SampleFields, index: int) -> bool:
    """Whether a record claims a junction and no change of the copies (SVCLAIM=J, VCF 4.4)."""
    claims = site.info.get("SVCLAIM", "").split(",")
    claim = claims[index - 1] if len(claims) == len(site.alts) else ""
    return claim == "J" and fields.copy_number is None


def _contradicts(genotype: Genotype, index: int, copies: int, *, loss: bool) -> bool:
    """Whether a genotype names the allele more or less often than the copies allow.

    A haploid genotype, a half call and a gain tell only whether the allele is there at all.
    """
    named = genotype.copies(index)
    if genotype.ploidy == 2 and not genotype.missing and loss:
        return named != copies
    return not genotype.missing and bool(named) != bool(copies)
