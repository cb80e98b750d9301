"""A digest changes with everything that a decision rests on, and with nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from hies_annot.results.contract import SampleResult
from hies_annot.results.evidence_digest import sample_evidence

Build = Callable[[str], Callable[..., Any]]


def of(built: Build, **changes: Any) -> SampleResult:
    result: SampleResult = built("result")(variants=[built("variant")(**changes)])
    return result


@pytest.mark.parametrize(
    "changes",
    [
        {"zygosity": "hom_alt"},
        {"genotype": "1/1"},
        {"depth": 59},
        {"alt_depth": 8},
        {"filters": ["LowQual"]},
        {"flags": ["low_depth"]},
        {"clinvar": None},
        {"acmg": None},
        {"verdicts": []},
        {"lab": "benign"},
        {"mechanism": None},
        {"known": {"identifier": "K1"}},
        {"reported": False},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_a_decision_rests_on_changes_allele_finding_and_answer(
    built: Build, changes: dict[str, Any]
) -> None:
    old, new = sample_evidence(of(built)), sample_evidence(of(built, **changes))

    assert new.findings[0].about != old.findings[0].about
    assert new.about != old.about
    assert new.alleles != old.alleles


@pytest.mark.parametrize(
    "changes",
    [
        {"notes": ["other words"]},
        {"verdicts": "reasons"},
        {"population": None},
        {"domain": "none"},
        {"hgvs_c": "NM_139276.4:c.1144C>T"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_words_change_nothing(built: Build, changes: dict[str, Any]) -> None:
    if changes.get("verdicts") == "reasons":
        changes = {"verdicts": [built("verdict")(reasons=["said otherwise"])]}
    assert sample_evidence(of(built, **changes)) == sample_evidence(of(built))


def test_phase_and_family_change_the_finding_and_not_the_allele(built: Build) -> None:
    old = sample_evidence(built("result")())
    for changes in ({"phase": "trans"}, {"origins": {"17-42329643-G-A": "new"}}):
        new = sample_evidence(built("result")(conditions=[built("condition")(**changes)]))
        assert new.findings[0].about != old.findings[0].about
        assert new.alleles == old.alleles


def test_callability_changes_the_answer_of_a_negative(built: Build) -> None:
    genes = [built("gene")(gene="STAT3", missing={3: 20}), built("gene")(gene="ZNF341")]
    gap = built("negative")(callability=built("callability")(genes=genes))

    assert sample_evidence(gap).about != sample_evidence(built("negative")()).about
    assert sample_evidence(gap).findings == ()


def test_a_digest_is_no_number_and_no_date(built: Build) -> None:
    evidence = sample_evidence(built("result")())

    for about in (evidence.about, evidence.findings[0].about, evidence.alleles[0][1]):
        assert about[0] == "x"
        assert len(about) == 13
