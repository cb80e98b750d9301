"""Remarks on alleles that are not expected together in one person, or by its parents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from hies_annot.genes.gene_file import Condition, GeneFile, Inheritance
from hies_annot.model import Finding, JudgedCall, Support

_PARTS = ("combined_in_cis", "in_cis_with")
"""Flags of alleles that are one event with another one."""


def with_remarks(
    findings: Iterable[Finding], calls: Sequence[JudgedCall], gene: GeneFile
) -> tuple[Finding, ...]:
    """Add a remark to the findings of dominant diseases where one person has two such alleles.

    Two alleles of one mechanism, or alleles of opposite mechanisms: what they do together is not
    known, and a mix-up or a mixture of samples is likelier than in other findings.
    """
    dominant = [c for c in gene.conditions if c.inheritance is Inheritance.AD]
    acting = {condition.id: _acting(calls, condition) for condition in dominant}
    shown = {name for ids in acting.values() for name in ids}
    if len(shown) < 2:
        return tuple(findings)
    remark = _remark(acting, {condition.id: condition for condition in dominant})
    return tuple(
        replace(finding, reasons=(*finding.reasons, remark))
        if finding.condition in acting and shown & set(finding.variants)
        else finding
        for finding in findings
    )


def _acting(calls: Sequence[JudgedCall], condition: Condition) -> dict[str, str]:
    """Names of the carried alleles that somebody ties to a condition, by id."""
    found = {}
    for entry in calls:
        verdict = entry.verdicts.get(condition.id)
        tied = verdict is not None and (
            verdict.support in (Support.PATHOGENIC, Support.CONTRADICTED)
            or (verdict.basis == "curated" and verdict.support is Support.UNCERTAIN)
        )
        if tied and entry.call.carried and entry.drop_reason is None and not _joined(entry):
            names = entry.annotation
            found[entry.id] = (names.hgvs_c if names is not None else None) or entry.id
    return found


def _joined(entry: JudgedCall) -> bool:
    return any(flag.partition(":")[0] in _PARTS for flag in entry.flags)


def _remark(acting: dict[str, dict[str, str]], conditions: dict[str, Condition]) -> str:
    told = {name: ids for name, ids in acting.items() if ids}
    listed = "; ".join(
        f"{' and '.join(ids.values())} for {conditions[name].short}" for name, ids in told.items()
    )
    what = "alleles of opposite mechanisms" if len(told) > 1 else "two alleles of one mechanism"
    return (
        f"remark: {what} in one person ({listed}): not expected, and what they do together is not "
        "known; check for a mix-up or mixture of samples, and whether they lie on one chromosome"
    )
