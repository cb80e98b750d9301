"""From the genotype text of one record to one call per allele. Nothing is guessed.

The state of an allele comes from the GT of the whole record, before any splitting: `1/2` is
seen here as two alternate alleles in trans, and `1/*` as an allele beside a deleted copy.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.io.record_extent import extent_contradicted
from hies_annot.model import (
    CARRIED,
    Allele,
    AlleleKind,
    Call,
    SampleFields,
    SiteRecord,
    Zygosity,
)
from hies_annot.model.gt import Genotype, parse_genotype
from hies_annot.read.allele_reads import allele_reads, raised
from hies_annot.read.call_quality import balance_codes, read_flags, sample_codes, site_codes
from hies_annot.read.copy_number import (
    ADJACENCY_ONLY,
    CONTRADICTED,
    CONTRADICTED_ALLELE,
    NEUTRAL_LOSS,
    UNREAD,
    Direction,
    by_copy_number,
    depth_codes,
    direction_of,
    is_adjacency_only,
    is_unlike,
)
from hies_annot.read.phase_marks import phase_marks
from hies_annot.settings.call_thresholds import CallThresholds

_NORMAL = 2
"""Copies of an autosome."""

UNNAMED_OTHER = "other_allele_unspecified"
"""Flag of an allele beside another one that nobody can name (`<NON_REF>`, what is no allele)."""


class _State(Struct, frozen=True):
    zygosity: Zygosity
    copies: int | None
    flags: tuple[str, ...] = ()


def interpret(
    site: SiteRecord,
    fields: SampleFields,
    alleles: Sequence[Allele | None],
    thresholds: CallThresholds,
) -> tuple[Call, ...]:
    """Return one call per ALT of a record for one sample.

    `alleles[i]` is the normalised allele of ALT i+1, None for an ALT without an entry of its
    own. A row without ALT has one of kind REFERENCE_BLOCK and gives a call with `alt_index` 0.
    """
    calls = []
    for position, allele in enumerate(alleles, start=1):
        if allele is None:
            continue
        index = 0 if allele.kind is AlleleKind.REFERENCE_BLOCK else position
        calls.append(_call(site, fields, alleles, allele, index, thresholds))
    return tuple(calls)


def _call(
    site: SiteRecord,
    fields: SampleFields,
    alleles: Sequence[Allele | None],
    allele: Allele,
    index: int,
    thresholds: CallThresholds,
) -> Call:
    state = _held_against_copies(_state(fields, alleles, allele, index), fields, allele)
    reads = allele_reads(site, fields, index)
    depth, alt_depth = reads.depth, reads.alternate
    fraction = alt_depth / depth if alt_depth is not None and depth else None
    quality = site_codes(site, thresholds) + sample_codes(fields, depth, thresholds, state.zygosity)
    if state.zygosity in CARRIED:
        quality += balance_codes(state.zygosity, alt_depth, fraction, thresholds)
        quality += depth_codes(allele, fields)
    marks = phase_marks(site, fields, index) if state.zygosity in CARRIED else ()
    return Call(
        allele=_with_copies(allele, fields),
        site=site,
        fields=fields,
        alt_index=index,
        zygosity=state.zygosity,
        copies=state.copies,
        haplotype=marks[0].slot if marks else None,
        phase_set=marks[0].set_id if marks else None,
        depth=depth,
        alt_depth=alt_depth,
        allele_fraction=fraction,
        quality=quality,
        flags=(
            *state.flags,
            *reads.flags,
            *_structural_flags(site, fields, allele, index),
            *read_flags(
                state.zygosity,
                alt_depth,
                depth,
                thresholds,
                by_junction=allele.kind in (AlleleKind.SYMBOLIC, AlleleKind.BREAKEND),
            ),
            *raised(reads, state.zygosity, thresholds),
        ),
    )


def _with_copies(allele: Allele, fields: SampleFields) -> Allele:
    """Return a `<CNV>` with the copy number of the sample, which says whether it loses or gains."""
    if fields.copy_number is None or direction_of(allele) is not Direction.EITHER:
        return allele
    return replace(allele, copy_number=fields.copy_number)


def _structural_flags(
    site: SiteRecord, fields: SampleFields, allele: Allele, index: int
) -> tuple[str, ...]:
    if allele.kind is AlleleKind.SEQUENCE:
        return ()
    symbolic = allele.kind is AlleleKind.SYMBOLIC
    contradicted = symbolic and extent_contradicted(site.pos, site.alts, site.info)
    neutral = _neutral_loss(allele, fields)
    adjacency = symbolic and is_adjacency_only(site, fields, index)
    genotype = _genotype(fields)
    unlike = is_unlike(allele, genotype, _copy_number(fields, allele, genotype, index))
    return (
        *(CONTRADICTED_ALLELE,) * unlike,
        *("extent_contradicted",) * contradicted,
        *(NEUTRAL_LOSS,) * neutral,
        *(ADJACENCY_ONLY,) * adjacency,
    )


def _neutral_loss(allele: Allele, fields: SampleFields) -> bool:
    """Whether both copies of a region are those of one parent (DRAGEN: `<DEL>,<DUP>` as 1/2)."""
    symbolic = allele.kind is AlleleKind.SYMBOLIC
    return symbolic and fields.copy_number == fields.major_copies == _NORMAL


def _state(
    fields: SampleFields, alleles: Sequence[Allele | None], allele: Allele, index: int
) -> _State:
    genotype = _genotype(fields)
    number = _copy_number(fields, allele, genotype, index)
    counted = by_copy_number(allele, genotype, number, index)
    if counted is not None and _neutral_loss(allele, fields):
        return _State(*counted[:2], tuple(flag for flag in counted.flags if flag != CONTRADICTED))
    if counted is not None:
        return _State(*counted)
    if fields.gt is not None and genotype is None:
        return _State(Zygosity.NO_CALL, None, ("gt_unreadable",))
    written = len(alleles) if index else 0  # a row without ALT has no allele to name
    if genotype is not None and any(called > written for called in genotype.called):
        return _State(Zygosity.NO_CALL, None, ("gt_names_missing_allele",))
    if genotype is None or not genotype.called:
        zygosity = Zygosity.NOT_GIVEN if genotype is None else Zygosity.NO_CALL
        return _State(zygosity, None)
    if genotype.copies(index) == 0 or index == 0:
        return _not_carried(genotype)
    return _carried(alleles, genotype, index)


def _held_against_copies(state: _State, fields: SampleFields, allele: Allele) -> _State:
    """Return the state of a loss or gain, none where its copy number cannot be read.

    The copy number would decide: nothing says then that an allele is not carried.
    """
    if fields.unread_copies is None or direction_of(allele) is None:
        return state
    flagged = (*state.flags, UNREAD)
    if state.zygosity is Zygosity.HOM_REF:
        return _State(Zygosity.NO_CALL, None, flagged)
    return replace(state, flags=flagged)


def _genotype(fields: SampleFields) -> Genotype | None:
    return None if fields.gt is None else parse_genotype(fields.gt)


def _copy_number(
    fields: SampleFields, allele: Allele, genotype: Genotype | None, index: int
) -> int | None:
    """Return the copies in the sample; what a record states is said of its carriers alone."""
    if fields.copy_number is not None:
        return fields.copy_number
    other = genotype is not None and bool(genotype.called) and not genotype.copies(index)
    return None if other else allele.copy_number


def _not_carried(genotype: Genotype) -> _State:
    """State of an allele that the genotype does not name (or of a row without ALT)."""
    if genotype.missing:
        return _State(Zygosity.NO_CALL, None, ("half_call",))
    flags: tuple[str, ...] = ("other_allele_called",) if any(genotype.called) else ()
    if genotype.ploidy != 2:
        flags += ("haploid" if genotype.ploidy == 1 else "polyploid",)
    return _State(Zygosity.HOM_REF, 0, flags)


def _carried(alleles: Sequence[Allele | None], genotype: Genotype, index: int) -> _State:
    copies = genotype.copies(index)
    if genotype.ploidy == 1:
        return _State(Zygosity.HAPLOID, 1, ("haploid",))
    if genotype.ploidy > 2:
        return _State(Zygosity.POLYPLOID, copies, ("polyploid",))
    if genotype.missing:
        return _State(Zygosity.HALF_CALL, copies, ("half_call",))
    if copies == 2:
        return _State(Zygosity.HOM_ALT, 2)
    partner = next(allele for allele in genotype.called if allele != index)
    if partner == 0:
        return _State(Zygosity.HET, 1)
    own, other = alleles[index - 1], alleles[partner - 1]
    if other is None or other.kind is AlleleKind.UNREADABLE or other.alt in ("<NON_REF>", "<*>"):
        return _State(Zygosity.HET_ALT, 1, (UNNAMED_OTHER,))
    if _lost(other) and not (own is not None and _is_left(own, other)):
        return _State(Zygosity.OVER_DELETION, 1)
    return _State(Zygosity.HET_ALT, 1)


def _is_left(own: Allele, deleted: Allele) -> bool:
    """Whether an allele does not lie in a deletion of its record.

    It is structural itself, or on the base before the deletion (POS), which both copies have.
    """
    if own.kind is AlleleKind.SYMBOLIC:
        return True
    symbolic = own.kind is AlleleKind.SEQUENCE and deleted.kind is AlleleKind.SYMBOLIC
    return symbolic and own.pos <= deleted.pos


def _lost(allele: Allele) -> bool:
    """Whether an allele stands for a copy that is deleted here."""
    return allele.kind is AlleleKind.SPANNING_DELETION or direction_of(allele) is Direction.LOSS
