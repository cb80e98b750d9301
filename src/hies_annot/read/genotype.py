"""From the genotype text of one record to one call per allele. Nothing is guessed.

The state of an allele comes from the GT of the whole record, before any splitting: `1/2` is
seen here as two alternate alleles in trans, and `1/*` as an allele beside a deleted copy.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.model import (
    CARRIED,
    Allele,
    AlleleKind,
    Call,
    SampleFields,
    SiteRecord,
    Zygosity,
)
from hies_annot.model.allele import STRUCTURAL_KINDS, UNNAMED
from hies_annot.model.gt import Genotype, parse_genotype
from hies_annot.read.allele_reads import allele_reads, raised
from hies_annot.read.call_quality import (
    balance_codes,
    loss_codes,
    read_flags,
    sample_codes,
    site_codes,
)
from hies_annot.read.copy_number import (
    CONTRADICTED,
    UNREAD,
    Direction,
    by_copy_number,
    depth_codes,
    direction_of,
    lost_by_depth,
)
from hies_annot.read.phase_marks import phase_marks
from hies_annot.read.structural_calls import (
    genotype_of,
    is_neutral_loss,
    stated_copies,
    structural_flags,
    with_copies,
)
from hies_annot.settings.call_thresholds import CallThresholds

OTHERWISE_CARRIED = "otherwise_carried"
"""Flag of an allele that the genotype does not name, but what the record says beside it."""
GT_UNREADABLE = "gt_unreadable"
GT_NAMES_MISSING = "gt_names_missing_allele"
"""Flags of a record of which GT is written, but says nothing that can be read."""
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


def stated_beside(fields: SampleFields) -> Genotype | None:
    """Return the other genotype that a column states beside GT, None where there is none."""
    return parse_genotype((fields.replaced or "").rpartition(" ")[2])


def _call(
    site: SiteRecord,
    fields: SampleFields,
    alleles: Sequence[Allele | None],
    allele: Allele,
    index: int,
    thresholds: CallThresholds,
) -> Call:
    reads = allele_reads(site, fields, index)
    depth, alt_depth = reads.depth, reads.alternate
    denied = "ad_contradicts_gt" in read_flags(Zygosity.HOM_REF, alt_depth, depth, thresholds)
    if not denied and _may_be_carried(fields, allele, index):  # else its reads are told
        found = _State(Zygosity.NO_CALL, None, (OTHERWISE_CARRIED,))
    else:
        found = _state(fields, alleles, allele, index)
    state = _held_against_copies(found, fields, allele)
    fraction = alt_depth / depth if alt_depth is not None and depth else reads.share
    quality = site_codes(site, thresholds) + sample_codes(fields, depth, thresholds, state.zygosity)
    if state.zygosity in CARRIED:
        quality += balance_codes(state.zygosity, alt_depth, fraction, thresholds)
        quality += loss_codes(site, state.zygosity)
        quality += depth_codes(allele, state.copies, site, fields)
    marks = phase_marks(site, fields, index) if state.zygosity in CARRIED else ()
    return Call(
        allele=with_copies(allele, fields),
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
            *_beside(state, site, fields, index),
            *reads.flags,
            *structural_flags(site, fields, allele, index),
            *read_flags(
                state.zygosity,
                alt_depth,
                depth,
                thresholds,
                by_junction=allele.kind in STRUCTURAL_KINDS,
            ),
            *raised(reads, state.zygosity, thresholds),
        ),
    )


def _beside(state: _State, site: SiteRecord, fields: SampleFields, index: int) -> tuple[str, ...]:
    """Return the flag of an allele that is not carried, beside one that nobody can name."""
    genotype = None if state.zygosity in CARRIED else genotype_of(fields)
    called = () if genotype is None else genotype.called
    other = stated_beside(fields)
    called += () if other is None else other.called
    named = {site.alts[number - 1].upper() for number in called if 0 < number <= len(site.alts)}
    return () if named.isdisjoint(UNNAMED) or not index else (UNNAMED_OTHER,)


def _state(
    fields: SampleFields, alleles: Sequence[Allele | None], allele: Allele, index: int
) -> _State:
    genotype = genotype_of(fields)
    number = stated_copies(fields, allele, genotype, index)
    counted = by_copy_number(allele, genotype, number, index)
    if counted is not None and is_neutral_loss(allele, fields):
        return _State(*counted[:2], tuple(flag for flag in counted.flags if flag != CONTRADICTED))
    if counted is not None:
        return _State(*counted)
    if fields.gt is not None and genotype is None:
        return _State(Zygosity.NO_CALL, None, (GT_UNREADABLE,))
    written = len(alleles) if index else 0  # a row without ALT has no allele to name
    if genotype is not None and any(called > written for called in genotype.called):
        return _State(Zygosity.NO_CALL, None, (GT_NAMES_MISSING,))
    if genotype is None or not genotype.called:
        zygosity = Zygosity.NOT_GIVEN if genotype is None else Zygosity.NO_CALL
        return _State(zygosity, None)
    if genotype.copies(index) == 0 or index == 0:
        return _not_carried(genotype)
    return _carried(alleles, genotype, index)


def _may_be_carried(fields: SampleFields, allele: Allele, index: int) -> bool:
    """Whether GT does not name an allele, but another genotype or the depth of reads shows it."""
    genotype = genotype_of(fields)
    if genotype is None or genotype.missing or (index and genotype.copies(index)):
        return False
    other = stated_beside(fields)
    if not index:
        return not any(genotype.called) and other is not None and any(other.called)
    named = other is not None and bool(other.copies(index))
    return named or (fields.copy_number is None and lost_by_depth(allele, fields))


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
    if other is None or other.kind is AlleleKind.UNREADABLE or other.alt.upper() in UNNAMED:
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
