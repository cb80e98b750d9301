"""How well signs fit: decided from what is present, in any order, descendants included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.genes.gene_file import default_genes
from hies_annot.genes.hpo import counts_as, kinds, topmost
from hies_annot.judge.context import Phenotype
from hies_annot.judge.phenotype import NIH_ITEMS, nih_score
from hies_annot.judge.signs import Fit, read_signs

RULES = {
    condition.id: condition.acmg.phenotype
    for gene in default_genes()
    for condition in gene.file.conditions
    if condition.acmg
}
RANK = (Fit.NOT_CONSISTENT, Fit.UNKNOWN, Fit.HETEROGENEOUS, Fit.CONSISTENT, Fit.HIGHLY_SPECIFIC)
TERMS = st.lists(st.sampled_from(sorted(kinds())), max_size=8)
CONDITION = st.sampled_from(sorted(RULES))
ITEMS = st.dictionaries(st.sampled_from(sorted(NIH_ITEMS)), st.integers(0, 4)).map(
    lambda picks: {
        item: list(NIH_ITEMS[item])[min(pick, len(NIH_ITEMS[item]) - 1)]
        for item, pick in picks.items()
    }
)


def fit(condition, hpo=(), items=None):
    return read_signs(Phenotype(tuple(hpo), None, items or {}), RULES[condition]).fit


def test_every_term_of_the_gene_files_is_in_the_table_of_terms():
    used = {term for rule in RULES.values() for term in rule.hpo}
    assert used == {term for above in kinds().values() for term in above}


@given(CONDITION, TERMS, st.randoms())
def test_the_order_of_terms_does_not_matter(condition, terms, random):
    shuffled = random.sample(terms, len(terms))
    assert fit(condition, terms) is fit(condition, shuffled)


@given(CONDITION, TERMS, ITEMS, st.data())
def test_one_more_sign_of_the_condition_never_lowers_the_fit(condition, terms, items, data):
    more = data.draw(st.sampled_from(sorted(RULES[condition].hpo)))
    before, after = fit(condition, terms, items), fit(condition, [*terms, more], items)
    assert RANK.index(after) >= RANK.index(before)


@given(CONDITION, st.sampled_from(sorted(kinds())), TERMS)
def test_a_descendant_counts_at_least_as_the_term_above_it(condition, term, others):
    for above in counts_as(term):
        lower, upper = fit(condition, [*others, term]), fit(condition, [*others, above])
        assert RANK.index(lower) >= RANK.index(upper)


@given(CONDITION, TERMS, ITEMS)
def test_nothing_is_highly_specific_without_the_required_signs(condition, terms, items):
    rule = RULES[condition]
    ige = NIH_ITEMS["highest_ige_iu_ml"].get(items.get("highest_ige_iu_ml", ""), 0) > 0
    present = {above for term in terms for above in counts_as(term)} | (
        {"HP:0003212"} if ige else set()
    )
    if fit(condition, terms, items) is Fit.HIGHLY_SPECIFIC:
        assert rule.required
        assert set(rule.required) <= present


@given(ITEMS)
def test_a_low_score_says_nothing_of_znf341(items):
    found = fit("ZNF341-AR-HIES", items=items)
    assert found is not Fit.NOT_CONSISTENT


@given(ITEMS)
def test_a_score_speaks_against_only_if_no_missing_item_could_lift_it(items):
    score = nih_score(items)
    assert score.points <= score.most <= nih_score({}).most
    if items and fit("STAT3-AD-HIES", items=items) is Fit.NOT_CONSISTENT:
        assert score.most < RULES["STAT3-AD-HIES"].nih_unlikely


@given(TERMS)
def test_one_sign_by_two_terms_is_one_sign(terms):
    listed = frozenset(above for term in terms for above in counts_as(term))
    kept = topmost(listed)
    assert all(not (counts_as(a) - {a}) & kept for a in kept)
    assert all(counts_as(term) & kept for term in listed)


@pytest.mark.parametrize(
    ("phenotype", "words"),
    [
        (Phenotype(("HP:0025419", "HP:0032445")), "1 of 4 needed HPO terms (Pulmonary cyst)"),
        (
            Phenotype((), None, {"pneumonias": "3"}),
            "at least 6 (1 of 21 items given): not assessable",
        ),
        (Phenotype((), 45), "NIH-HIES score 45, 40 needed"),
        (Phenotype((), 45), "not given: Increased circulating IgE concentration"),
    ],
)
def test_what_was_seen_is_said(phenotype, words):
    assert words in read_signs(phenotype, RULES["STAT3-AD-HIES"]).words
