"""Calls that cannot both be true, told on both sides.

A deletion on both copies, and an allele or the reference read within it; loss of heterozygosity,
or a deletion on one copy, and two alleles read within it. Beside it, what only looks like one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from hies_annot.model import Allele, AlleleKind, Call, Zygosity
from hies_annot.phase.deletions import deletes, in_one_copy, is_deletion
from hies_annot.read.allele_reads import CONTRADICTED as COUNTS_CONTRADICT
from hies_annot.read.call_quality import HALF_EXPECTED
from hies_annot.read.copy_number import NEUTRAL_LOSS
from hies_annot.read.exact_ends import unsure_bases

DELETION_CONTRADICTED = "homozygous_deletion_contradicted"
"""Flag of a homozygous deletion with a passing call inside, and of that call."""
REFERENCE_WITHIN = "reference_within_deletion"
"""Flag of a homozygous deletion with reads of the reference inside, and of that reference call."""
WITHIN_DELETION = "heterozygous_within_deletion"
"""Flag of a deletion on one copy with a heterozygous call inside, and of that call."""
WITHIN_LOH = "heterozygous_within_loh"
"""Flag of a heterozygous call in a region of copy-neutral loss of heterozygosity, and of that."""
OTHER_COPY_DELETED = "other_copy_deleted"
"""Flag of an allele called homozygous within a deletion on one copy: there it has one copy only."""

ENDS = 50
"""Bases at both ends of a deletion where reads may lie wrong, so that calls prove nothing."""
READS = 10
"""Reads of the reference that a deletion on both copies does not leave as stray ones."""
_UNSURE_READS = frozenset(
    {"low_fraction", "ad_contradicts_gt", "no_reference_reads", COUNTS_CONTRADICT, "split_record"}
)


def flag_contradicted(calls: Sequence[Call]) -> tuple[Call, ...]:
    """Return the calls of one sample, with the flag on both sides of each contradiction.

    A call inside that fails its thresholds does not speak against the region: a few stray reads
    are usual there.
    """
    deletions = [call for call in calls if call.zygosity is Zygosity.HOM_ALT and is_deletion(call)]
    single = [call for call in calls if call.zygosity is Zygosity.HET and is_deletion(call)]
    regions = [call for call in calls if _is_loss_of_heterozygosity(call)]
    if not (deletions or single or regions):
        return tuple(calls)
    read = [call for call in calls if _is_read(call)]
    references = [call for call in calls if _shows_reference(call)]
    marks = {
        DELETION_CONTRADICTED: _involved(
            (deletion, other)
            for deletion in deletions
            for other in read
            if other.site != deletion.site and deletes(deletion, other)
        ),
        REFERENCE_WITHIN: _involved(
            (deletion, other)
            for deletion in deletions
            for other in references
            if _leaves_no_reference(other, deletion)
        ),
        WITHIN_DELETION: _involved(
            (deletion, other)
            for deletion in single
            for other in read
            if _shows_two(other, deletion) and _lies_well_within(other.allele, deletion)
        ),
        WITHIN_LOH: _involved(
            (region, other)
            for region in regions
            for other in read
            if other.zygosity is Zygosity.HET and _covers(region, other)
        ),
        OTHER_COPY_DELETED: frozenset(id(call) for call in calls if in_one_copy(call, single)),
    }
    return tuple(
        replace(call, flags=(*call.flags, *(flag for flag in marks if id(call) in marks[flag])))
        for call in calls
    )


def _involved(pairs: Iterable[tuple[Call, Call]]) -> frozenset[int]:
    return frozenset(id(call) for pair in pairs for call in pair)


def _is_read(call: Call) -> bool:
    return call.allele.kind is AlleleKind.SEQUENCE and call.carried and not call.quality


def _shows_reference(call: Call) -> bool:
    """Whether a passing reference call, of a base or a block, counts its reads."""
    kinds = (AlleleKind.SEQUENCE, AlleleKind.REFERENCE_BLOCK)
    if call.allele.kind not in kinds or call.zygosity is not Zygosity.HOM_REF or call.quality:
        return False
    known = [reads for reads in (call.depth, call.fields.min_dp) if reads is not None]
    called = "other_allele_called" not in call.flags and _UNSURE_READS.isdisjoint(call.flags)
    return called and bool(known) and min(known) >= READS


def _leaves_no_reference(other: Call, deletion: Call) -> bool:
    """Whether reference reads contradict a deletion: reads that skip its bases may count in DP.

    So beside a deletion of one's own caller, written with its bases, only reads of REF count.
    """
    if other.site == deletion.site or not _lies_well_within(other.allele, deletion):
        return False
    alone = deletion.allele.kind is AlleleKind.SYMBOLIC or other.site.file != deletion.site.file
    return alone or ((other.fields.ad or (0,))[0] or 0) >= READS


def _shows_two(other: Call, deletion: Call) -> bool:
    """Whether a call is heterozygous for certain, and speaks of other reads than the deletion.

    A deletion that is written with its bases is of one caller with what lies within: `0/1` may
    mean there that the other copy is deleted, unless reads of both are counted.
    """
    if other.zygosity not in HALF_EXPECTED or other.site == deletion.site:
        return False
    counted = other.alt_depth is not None or deletion.allele.kind is AlleleKind.SYMBOLIC
    return counted and _UNSURE_READS.isdisjoint(other.flags)


def _lies_well_within(other: Allele, deletion: Call) -> bool:
    """Whether an allele lies in a deletion, away from where its ends may be."""
    a = deletion.allele
    if a.chrom != other.chrom or a.end - a.pos <= 2 * ENDS:
        return False
    margin = max(ENDS, unsure_bases(deletion.site, deletion.alt_index))
    return a.pos + margin < other.pos and other.end <= a.end - margin


def _is_loss_of_heterozygosity(call: Call) -> bool:
    stated = call.allele.alt.startswith("<LOH") and call.zygosity is not Zygosity.HOM_REF
    return stated or NEUTRAL_LOSS in call.flags


def _covers(region: Call, other: Call) -> bool:
    a, b = region.allele, other.allele
    return a.chrom == b.chrom and a.pos < b.pos and b.end <= a.end
