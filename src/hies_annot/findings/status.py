"""From findings and callability to the status of a sample; a negative is never given for free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hies_annot.callability.unread import unread_sentences
from hies_annot.callability.verdict import negative_is_safe
from hies_annot.model import AlleleKind, Call, Callability, Finding, Status, Zygosity
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
from hies_annot.settings.callability_rules import CallabilityConfig

_CONTRADICTIONS = frozenset({CONTRADICTED, COUNTS_CONTRADICT})
_MATTER = "record(s) that would matter"
ORDER = tuple(Status)
"""Highest first (design: one sample can have several findings)."""


def sample_status(
    findings: tuple[Finding, ...],
    callability: Callability,
    config: CallabilityConfig,
    calls: Sequence[Call] = (),
    uncalled: Sequence[Call] = (),
    withheld: Sequence[str] = (),
) -> tuple[Status, str]:
    """Return the status of a sample and the sentence that explains it.

    The status is the highest of its findings. Without a finding it is `none` only where the
    required bases were callable, else `inconclusive`. What was read and could not be judged is no
    negative, and the sentence of a carrier or a differential, which say that no genotype was found,
    names it, too: a deletion on one copy that only a `*` among the `calls` tells of, an allele that
    cannot be read, a record without a genotype, `uncalled` structural records that would matter,
    what the parents' genotypes exclude and what breaks a copy in an unknown way (`withheld`: a
    sentence for each such allele), and what is not in a file, be it of another gene.
    """
    hidden = (
        *withheld,
        *unread_deletions(calls),
        *unread_alleles(calls),
        *other_references(calls),
        *uncalled_sentences(uncalled),
    )
    if findings:
        top = min(findings, key=lambda finding: ORDER.index(finding.status))
        told = [top.reasons[0] if top.reasons else "no reason was recorded"]
        if top.status in (Status.CARRIER, Status.DIFFERENTIAL):
            told += [each.removeprefix(f"{top.gene}: ") for each in hidden]
            unread = unread_sentences(callability.unread)
            told += [each.removeprefix(f"{top.gene}: ") for each in unread]
        return top.status, f"{top.gene}: {'; '.join(told)}"
    safe, sentence = negative_is_safe(callability, config)
    if hidden:
        shown = "; ".join(hidden)
        return Status.INCONCLUSIVE, shown if safe else f"{shown}; {sentence}"
    return (Status.NONE if safe else Status.INCONCLUSIVE), sentence


def unread_deletions(calls: Sequence[Call]) -> tuple[str, ...]:
    """Return one sentence for each gene with a carried `*` that no carried deletion explains."""
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
        f"{gene}: a deletion on one copy is marked by * ({places[0]}"
        f"{f' and {len(places) - 1} more' if len(places) > 1 else ''}), but its own record is "
        "not in the input: what it removes is not known"
        for gene, places in lost.items()
    )


def unread_alleles(calls: Sequence[Call]) -> tuple[str, ...]:
    """Return one sentence for each gene with records that are the sample's and were not judged.

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
        "allele or genotype not readable, no genotype, or one that copy number, read "
        "counts or likelihoods contradict"
    )
    return tuple(
        f"{gene}: {count} record(s) could not be judged ({why}): {first}"
        for gene, count, first in _by_gene(lost)
    )


def other_references(calls: Sequence[Call]) -> tuple[str, ...]:
    """Return one sentence for each gene with reference calls of a base that is not the reference.

    `0/0` of such a row says that both copies have the base that it states as REF: a change.
    """
    found = [
        (call.allele.gene, call.site.where)
        for call in calls
        if call.allele.problem == "ref_mismatch" and call.zygosity is Zygosity.HOM_REF
    ]
    return tuple(
        f"{gene}: {count} record(s) state a REF that is not the base of the reference, and "
        f"a genotype of that base: it is a change that was not judged: {first}"
        for gene, count, first in _by_gene(found)
    )


def uncalled_sentences(calls: Sequence[Call]) -> tuple[str, ...]:
    """Return one sentence for each gene with records that have no call of the sample."""
    small = [
        call
        for call in calls
        if call.allele.kind not in STRUCTURAL_KINDS
        and (call.fields.replaced is not None or is_shown_alone(call))
    ]
    large = [call for call in calls if call not in small]
    denied = [call for call in large if call.zygosity is Zygosity.HOM_REF]
    other = [call for call in large if call not in denied]
    parts = (
        (f"structural {_MATTER} have no call (no genotype called)", other),
        (
            f"structural {_MATTER} are called reference, although reads show the event (a mosaic?)",
            denied,
        ),
        (f"{_MATTER} lack it in GT, but another genotype or all reads show it", small),
    )
    return tuple(
        f"{gene}: {count} {words}: {first}"
        for words, part in parts
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
