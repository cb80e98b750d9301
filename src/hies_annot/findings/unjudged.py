"""What was read of a sample and could not be judged, and what can settle it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hies_annot.model import AlleleKind, Call, Unjudged, Zygosity
from hies_annot.model.allele import STRUCTURAL_KINDS
from hies_annot.phase.deletions import is_deletion
from hies_annot.read.allele_reads import CONTRADICTED as COUNTS_CONTRADICT
from hies_annot.read.call_quality import is_shown_alone
from hies_annot.read.copy_number import CONTRADICTED, CONTRADICTED_ALLELE
from hies_annot.read.genotype import (
    GT_NAMES_MISSING,
    GT_UNREADABLE,
    OTHERWISE_CARRIED,
    UNNAMED_OTHER,
)

_CONTRADICTIONS = frozenset({CONTRADICTED, COUNTS_CONTRADICT})
_MATTER = "record(s) that would matter"


def unjudged_calls(calls: Sequence[Call], uncalled: Sequence[Call]) -> tuple[Unjudged, ...]:
    """Return what of the calls of a sample could not be judged, gene by gene.

    A deletion on one copy that only a `*` tells of, an allele that cannot be read, a record without
    a genotype, and `uncalled` records that would matter.
    """
    return (
        *unread_deletions(calls),
        *unread_alleles(calls),
        *other_references(calls),
        *uncalled_events(uncalled),
    )


def unread_deletions(calls: Sequence[Call]) -> tuple[Unjudged, ...]:
    """Return one entry for each gene with a carried `*` that no carried deletion explains."""
    deletions = [call.allele for call in calls if call.carried and is_deletion(call)]
    lost: dict[str, list[str]] = {}
    for call in calls:
        allele = call.allele
        if allele.kind is not AlleleKind.SPANNING_DELETION or not call.carried:
            continue
        if not any(
            deletion.chrom == allele.chrom and deletion.pos < call.site.pos <= deletion.end
            for deletion in deletions
        ):
            lost.setdefault(allele.gene, []).append(call.site.where)
    return tuple(
        Unjudged(
            gene,
            f"a deletion on one copy is marked by * ({places[0]}"
            f"{f' and {len(places) - 1} more' if len(places) > 1 else ''}), but its own record is "
            "not in the input: what it removes is not known",
            "find the deletion that * marks (the file before it was filtered or cut, a file of "
            "structural variants, the reads)",
        )
        for gene, places in lost.items()
    )


def unread_alleles(calls: Sequence[Call]) -> tuple[Unjudged, ...]:
    """Return one entry for each gene with records that are the sample's and were not judged.

    An allele that cannot be read (REF is not the reference's, bases other than ACGT, a symbol
    without extent), one without a genotype or with one that cannot be read, or one that is not
    called and of which the copy number, or one of two counts of its reads, says otherwise.
    """
    lost = []
    for call in calls:
        unreadable = call.allele.kind is AlleleKind.UNREADABLE and call.carried
        not_read = call.zygosity is Zygosity.NOT_GIVEN or GT_UNREADABLE in call.flags
        open_genotype = not_read and call.allele.kind is not AlleleKind.REFERENCE_BLOCK
        open_genotype |= not call.carried and not _CONTRADICTIONS.isdisjoint(call.flags)
        open_genotype |= CONTRADICTED_ALLELE in call.flags or GT_NAMES_MISSING in call.flags
        open_genotype |= not call.carried and UNNAMED_OTHER in call.flags
        open_genotype |= not call.alt_index and OTHERWISE_CARRIED in call.flags
        if unreadable or open_genotype:
            lost.append((call.allele.gene, call.site.where))
    why = (
        "allele or genotype not readable, no genotype, or one that copy number, read counts or "
        "likelihoods contradict"
    )
    return tuple(
        Unjudged(
            gene,
            f"{count} record(s) could not be judged ({why}): {first}",
            f"look at the reads at {first}, or have it called again with allele and genotype",
        )
        for gene, count, first in _by_gene(lost)
    )


def other_references(calls: Sequence[Call]) -> tuple[Unjudged, ...]:
    """Return one entry for each gene with reference calls of a base that is not the reference.

    `0/0` of such a row says that both copies have the base that it states as REF: a change.
    """
    found = [
        (call.allele.gene, call.site.where)
        for call in calls
        if call.allele.problem == "ref_mismatch" and call.zygosity is Zygosity.HOM_REF
    ]
    return tuple(
        Unjudged(
            gene,
            f"{count} record(s) state a REF that is not the base of the reference, and "
            f"a genotype of that base: it is a change that was not judged: {first}",
            f"hold REF against the genome that the file was called on, and look at the reads at "
            f"{first}",
        )
        for gene, count, first in _by_gene(found)
    )


def uncalled_events(calls: Sequence[Call]) -> tuple[Unjudged, ...]:
    """Return one entry for each gene with records that would matter and do not call the sample."""
    small = [
        call
        for call in calls
        if call.allele.kind not in STRUCTURAL_KINDS
        and (call.fields.replaced is not None or is_shown_alone(call))
    ]
    large = [call for call in calls if call not in small]
    denied = [call for call in large if call.zygosity is Zygosity.HOM_REF]
    other = [call for call in large if call not in denied]
    event = "test for the structural event by another method"
    parts = (
        (f"structural {_MATTER} have no call (no genotype called)", event, other),
        (
            f"structural {_MATTER} are called reference, although reads show the event (a mosaic?)",
            event,
            denied,
        ),
        (
            f"{_MATTER} lack it in GT, but another genotype or all reads show it",
            "look at the reads, or test for the allele by another method",
            small,
        ),
    )
    return tuple(
        Unjudged(gene, f"{count} {words}: {first}", f"{asks}: {first}")
        for words, asks, part in parts
        for gene, count, first in _by_gene((call.allele.gene, _with_reads(call)) for call in part)
    )


def _with_reads(call: Call) -> str:
    beside = call.fields.replaced
    if beside is not None and call.zygosity is Zygosity.NO_CALL:
        return f"{call.site.where} ({beside})"
    shown = f", with {call.alt_depth} reads of it" if call.alt_depth else ""
    return f"{call.site.where}{shown}"


def _by_gene(found: Iterable[tuple[str, str]]) -> Iterator[tuple[str, int, str]]:
    """Yield each gene with the number of its records, and the first of them in words."""
    places: dict[str, dict[str, None]] = {}
    for gene, where in found:
        places.setdefault(gene, {})[where] = None
    for gene, listed in places.items():
        yield gene, len(listed), f"{next(iter(listed))}{' and more' if len(listed) > 1 else ''}"
