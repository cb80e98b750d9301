"""What holds of every result; one that breaks it is a fault of the program and is not told."""

from __future__ import annotations

from hies_annot.errors import InvariantError
from hies_annot.model import SampleReport, SiteRecord
from hies_annot.read.samples import SampleRecords
from hies_annot.results.contract import SampleResult


def check_records(records: SampleRecords) -> None:
    """Look whether every row of a sample that was read has become a call.

    Raises:
        InvariantError: one has not.
    """
    called = {_row(call.site) for call in records.calls}
    for site, _ in records.rows:
        if _row(site) not in called:
            raise InvariantError(f"{site.where} was read and is not among the calls")


def _row(site: SiteRecord) -> tuple[object, ...]:
    return site.file, site.pos, site.ref, site.alts


def check_result(report: SampleReport, result: SampleResult) -> None:
    """Compare a result with what it was made from: nothing lost, nothing counted twice.

    Raises:
        InvariantError: an allele is missing or doubled, is neither listed nor has a reason, or a
            finding rests on one that is not in the result.
    """
    listed = {variant.id for variant in result.variants}
    if len(result.variants) != len(report.calls):
        raise InvariantError(f"{len(report.calls)} alleles, {len(result.variants)} in the result")
    for variant in result.variants:
        if variant.reported == (variant.drop_reason is not None):
            raise InvariantError(f"{variant.id} must be reported or have a reason why not")
    for condition in result.conditions:
        if lost := sorted({*condition.variants, *condition.origins} - listed):
            raise InvariantError(f"{condition.id} rests on {', '.join(lost)}, not in the result")
    if report.build is not None:
        _check_counts(report, result)


def _check_counts(report: SampleReport, result: SampleResult) -> None:
    dropped = sum(variant.drop_reason is not None for variant in result.variants)
    if report.qc["reported"] != len(result.variants) - dropped:
        raise InvariantError("the counted alleles are not those of the result")
    found = (condition.status for condition in result.conditions)
    if result.status not in (*found, "inconclusive", "none"):
        raise InvariantError(f"status {result.status} without a finding of that status")
