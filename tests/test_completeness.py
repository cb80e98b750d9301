"""The golden cases as a set: each condition is shown once present and once absent, twins agree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from hies_annot.genes.gene_file import default_genes
from hies_annot.judge.acmg.criteria import CRITERIA

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(path for path in CASES.iterdir() if path.is_dir())
DOCUMENTS: dict[str, dict[str, Any]] = {
    folder.name: yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    for folder in FOLDERS
}
CONDITIONS = [condition.id for gene in default_genes() for condition in gene.file.conditions]
TWINS = [(name, document["twin"]) for name, document in DOCUMENTS.items() if "twin" in document]
STATUSES = {"relevant", "possible", "carrier", "differential", "none", "inconclusive", "failed"}


def covering(outcome: str, condition: str) -> list[str]:
    return [
        name
        for name, document in DOCUMENTS.items()
        if condition in document.get("covers", {}).get(outcome, [])
    ]


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("outcome", ["passes", "fails"])
def test_each_condition_has_a_passing_and_a_failing_case(condition: str, outcome: str) -> None:
    assert covering(outcome, condition), f"no case in which {condition} {outcome}"


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_a_case_says_what_it_covers_in_known_words(name: str) -> None:
    document = DOCUMENTS[name]
    assert set(document) <= {
        "title",
        "samples",
        "covers",
        "twin",
        "expect",
        "config",
        "known_fault",
    }
    assert set(document["covers"]) <= {"passes", "fails"}
    named = {condition for group in document["covers"].values() for condition in group}
    assert named <= set(CONDITIONS)
    if document["covers"].get("fails"):
        assert "twin" in document, "a case in which a condition fails names its positive twin"


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_covers_agrees_with_the_expected_result(name: str) -> None:
    expected = json.loads((CASES / name / "expected.json").read_text(encoding="utf-8"))
    document = DOCUMENTS[name]
    first = expected[document["samples"][0]["sample"]]
    assert first["status"] == document["expect"]["status"]
    for condition in document["covers"].get("fails", []):
        finding = first["conditions"][condition]
        assert finding is None or finding["status"] == "carrier"
    for condition in document["covers"].get("passes", []):
        finding = first.get("conditions", {}).get(condition, {"status": first["status"]})
        assert finding.get("status", first["status"]) in {"relevant", "possible", "differential"}


def outcomes() -> dict[str, set[str]]:
    """Return by criterion what the cases show of it: met, not_met, not_assessable."""
    found: dict[str, set[str]] = {}
    for name, document in DOCUMENTS.items():
        if "known_fault" in document:
            continue
        expected = json.loads((CASES / name / "expected.json").read_text(encoding="utf-8"))
        for result in expected.values():
            for variant in result.get("variants", {}).values():
                for code, criterion in variant.get("acmg", {}).get("criteria", {}).items():
                    found.setdefault(code, set()).add(criterion["met"])
    return found


@pytest.mark.parametrize("code", CRITERIA)
@pytest.mark.parametrize("outcome", ["met", "not_met"])
def test_each_criterion_has_a_passing_and_a_failing_case(code: str, outcome: str) -> None:
    assert outcome in outcomes().get(code, set())


def test_every_status_has_a_case() -> None:
    assert {document["expect"]["status"] for document in DOCUMENTS.values()} == STATUSES


def things(name: str) -> tuple[Any, list[str], list[str]]:
    """Return the parts in which twins may differ: sheet, header (without FORMAT), records.

    Evidence files that a case configures count with its sheet.
    """
    folder = CASES / name
    lines = (folder / "input.vcf").read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith(("##contig", "##reference", "#CHROM"))]
    records = [line for line in lines if not line.startswith("#")]
    document = DOCUMENTS[name]
    sources = document.get("config", {}).get("evidence", {}).get("sources", [])
    files = [(folder / source["path"]).read_text(encoding="utf-8") for source in sources]
    return (document["samples"], sources, files), header, records


@pytest.mark.parametrize(("name", "twin"), TWINS)
def test_twins_differ_in_one_thing(name: str, twin: str) -> None:
    sheet, header, records = things(name)
    other_sheet, other_header, other_records = things(twin)
    only_here = [record for record in records if record not in other_records]
    only_there = [record for record in other_records if record not in records]
    changed = max(len(only_here), len(only_there))
    assert (sheet != other_sheet) + (header != other_header) + changed == 1


@pytest.mark.parametrize(("name", "twin"), TWINS)
def test_twins_have_different_answers(name: str, twin: str) -> None:
    answers = [
        (CASES / each / "expected.json").read_text(encoding="utf-8") for each in (name, twin)
    ]
    assert json.loads(answers[0]) != json.loads(answers[1])
