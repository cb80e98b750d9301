"""Every criterion of every condition, from the table of cases; the table must be complete."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.genes.acmg_rules import NullEffect
from hies_annot.genes.gene_file import Inheritance, default_genes
from hies_annot.judge.acmg.case import Case
from hies_annot.judge.acmg.classify import classify
from hies_annot.judge.acmg.criteria import CRITERIA
from hies_annot.judge.effect import effect_of

TABLE = Path(__file__).parents[2] / "data" / "criteria" / "cases.yaml"
CASES = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
SHORT = {"STAT3-AD-HIES": "ADHIES", "STAT3-ADMIO1": "ADMIO", "ZNF341-AR-HIES": "ARHIES"}


def result_of(make, entry, condition_name):
    gene, identifier = make.CONDITIONS[condition_name]
    condition = gene.file.condition(identifier)
    annotation = make.make_annotation(gene=gene.name, **entry.get("annotation", {}))
    case = Case(
        annotation=annotation,
        effect=effect_of(annotation),
        evidence=make.make_evidence(**entry.get("evidence", {})),
        gene=gene.file,
        condition=condition,
        rules=condition.acmg,
        context=make.make_context(**entry.get("context", {})),
    )
    return classify(case)


@pytest.mark.parametrize(
    ("entry", "condition"),
    [
        pytest.param(entry, condition, id=f"{entry['id']}-{condition}")
        for entry in CASES
        for condition in entry["conditions"]
    ],
)
def test_criterion_answers_as_the_case_demands(make, entry, condition):
    result = result_of(make, entry, condition)
    found = {criterion.code: criterion for criterion in result.criteria}[entry["criterion"]]
    assert (found.met, found.reason != "") == (entry["met"], True), found
    assert found.citation
    if entry["met"] == "met":
        assert found.strength == entry["strength"]
        assert (found.points < 0) == found.code.startswith("B")
    else:
        assert (found.strength, found.points) == ("none", 0)


def test_case_ids_differ_and_each_negative_names_a_positive_twin():
    assert [i for i, n in Counter(entry["id"] for entry in CASES).items() if n > 1] == []
    positive = {entry["id"]: entry["criterion"] for entry in CASES if entry["met"] == "met"}
    for entry in CASES:
        if "twin" in entry:
            assert positive.get(entry["twin"]) == entry["criterion"], entry["id"]


def test_classify_answers_every_criterion_in_the_order_of_the_table(make):
    result = result_of(make, {}, "ADHIES")
    assert [criterion.code for criterion in result.criteria] == list(CRITERIA)


LACKING = {"has": False, "lacks_allele": True}


@given(
    entry=st.sampled_from(CASES),
    condition=st.sampled_from(list(SHORT.values())),
    relatives=st.integers(1, 4),
)
def test_affected_relatives_without_an_allele_never_hide_it(make, entry, condition, relatives):
    context = {**entry.get("context", {}), "kin": ()}
    with_kin = {**context, "kin": (LACKING,) * relatives}
    alone, beside = (
        result_of(make, {**entry, "context": each}, condition).classification
        for each in (context, with_kin)
    )
    assert ("benign" in beside) == ("benign" in alone)
    order = ("benign", "likely_benign", "uncertain", "likely_pathogenic", "pathogenic")
    assert order.index(beside) <= order.index(alone)


DOCUMENT = Path(__file__).parents[3] / "docs" / "evidence.md"
ALL_CODES = {
    "PVS1", "PS1", "PS2", "PS3", "PS4", "PM1", "PM2", "PM3", "PM4", "PM5", "PM6", "PP1", "PP2",
    "PP3", "PP4", "PP5", "BA1", "BS1", "BS2", "BS3", "BS4", "BP1", "BP2", "BP3", "BP4", "BP5",
    "BP6", "BP7",
}  # fmt: skip
"""The 28 criteria of Richards 2015."""


def test_the_manual_says_of_every_criterion_how_it_is_judged_or_why_not():
    text = DOCUMENT.read_text(encoding="utf-8")
    for code, rule in CRITERIA.items():
        assert f"| {code} | {rule.how} | {rule.source} | " in text, code
    reasons = [
        line.split("|")[1]
        for line in text.split("why not |")[1].split("\n\n")[0].split("\n")
        if "|" in line
    ]
    named = {code.strip() for cell in reasons for code in cell.split(",")} & ALL_CODES
    assert named == ALL_CODES - set(CRITERIA)


def applicable(condition, code):
    """Criteria that a gene file switches off, or the inheritance, need no passing case."""
    rules = condition.acmg
    off = {
        "PVS1": rules.null_alleles.effect is not NullEffect.CAUSAL,
        "PM1": not rules.hot_spots,
        "PM3": condition.inheritance is not Inheritance.AR,
        "PP2": not rules.constraint.applies,
        "PP4": not rules.phenotype.required,
    }
    return not off.get(code, False)


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (condition, code)
        for gene in default_genes()
        for condition in gene.file.conditions
        if condition.acmg is not None
        for code in CRITERIA
    ],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_each_criterion_has_a_passing_and_a_failing_case(condition, code):
    outcomes = {
        entry["met"] == "met"
        for entry in CASES
        if entry["criterion"] == code and SHORT[condition.id] in entry["conditions"]
    }
    assert False in outcomes
    assert (True in outcomes) == applicable(condition, code)
