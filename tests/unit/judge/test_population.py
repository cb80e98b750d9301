"""Tolerated counts against the exact Poisson sum, and the largest credible frequency."""

from __future__ import annotations

from decimal import Decimal, getcontext

import pytest

from hies_annot.genes.acmg_rules import DiseaseModel
from hies_annot.genes.gene_file import Inheritance
from hies_annot.judge.acmg.population import maximum_frequency, tolerated_count


def exact_quantile(mean):
    """Smallest count whose cumulated probability reaches 95 %, in 60 digits."""
    getcontext().prec = 60
    term = cumulated = Decimal(-mean).exp()
    count = 0
    while cumulated < Decimal("0.95"):
        count += 1
        term = term * Decimal(mean) / count
        cumulated += term
    return count


@pytest.mark.parametrize("mean", [0.0375, 0.3, 1, 2.42, 10, 99, 143, 145, 744, 746, 1000, 7500])
def test_tolerated_count_is_the_poisson_quantile(mean):
    assert tolerated_count(mean / 1_000_000, 1_000_000) == exact_quantile(mean)


def test_nothing_is_tolerated_without_alleles():
    assert tolerated_count(0.01, 0) == 0


def model(**changes):
    given = {
        "prevalence": 1e-6,
        "allelic_contribution": 0.3,
        "rare_below": 0,
        "homozygotes_benign": 1,
        "source": "test",
    }
    return DiseaseModel(**(given | changes))


@pytest.mark.parametrize(
    ("inheritance", "changes", "expected"),
    [
        (Inheritance.AD, {}, 1.5e-7),
        (Inheritance.AD, {"prevalence": 1e-5}, 1.5e-6),
        (Inheritance.AD, {"penetrance": 0.5}, 3e-7),
        (Inheritance.AR, {"allelic_contribution": 0.65}, 6.5e-4),
        (Inheritance.AR, {"allelic_contribution": 0.65, "prevalence": 1e-7}, 2.055e-4),
    ],
)
def test_maximum_frequency_of_the_published_models(inheritance, changes, expected):
    assert maximum_frequency(model(**changes), inheritance) == pytest.approx(expected, rel=1e-3)


def test_the_tolerated_counts_of_the_dominant_model_in_two_data_sets():
    assert tolerated_count(1.5e-7, 251_000) == 0
    assert tolerated_count(1.5e-7, 1_614_000) == 1
    assert tolerated_count(1.5e-6, 1_614_000) == 5
