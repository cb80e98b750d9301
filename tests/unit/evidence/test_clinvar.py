"""ClinVar's vocabulary: whole words only, and unknown words fail loudly."""

from __future__ import annotations

import re

import pytest

from hies_annot.errors import InputError
from hies_annot.evidence.clinvar import (
    CLASSES,
    FIELDS,
    STARS,
    checked_classification,
    conflict_counts,
    fact_of_row,
    stars_of,
)
from hies_annot.io.source_tables import SourceRow

USUAL = {ours: name for ours, (name,) in FIELDS.items()}


@pytest.mark.parametrize(
    ("status", "stars"),
    [
        ("no assertion criteria provided", 0),
        ("criteria provided, single submitter", 1),
        ("criteria provided, conflicting classifications", 1),
        ("criteria provided, conflicting interpretations", 1),
        ("criteria provided, multiple submitters, no conflicts", 2),
        ("reviewed by expert panel", 3),
        ("practice guideline", 4),
    ],
)
def test_stars(status, stars):
    assert stars_of(status, file="clinvar.vcf") == stars


def test_an_unknown_review_status_is_an_error_that_names_file_and_word():
    with pytest.raises(InputError, match=r"clinvar.vcf.*'four stars' is unknown"):
        stars_of("four stars", file="clinvar.vcf")


@pytest.mark.parametrize(
    "text",
    [
        "Pathogenic/Likely_pathogenic",
        "Pathogenic|risk_factor",
        "Pathogenic/Pathogenic,_low_penetrance",
    ],
)
def test_combined_terms_are_known(text):
    assert checked_classification(text, file="f") == text.replace("_", " ")


def test_an_unknown_classification_is_an_error():
    with pytest.raises(InputError, match="'Probably pathogenic' is unknown"):
        checked_classification("Pathogenic/Probably_pathogenic", file="f")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Pathogenic(1)|Uncertain_significance(3)", "P(1);VUS(3)"),
        ("Likely_pathogenic(2),Benign(1)", "LP(2);B(1)"),
        (None, None),
    ],
)
def test_conflict_counts(text, counts):
    assert conflict_counts(text) == counts


def row(**values):
    return SourceRow("17", 1, "18304", "G", "A", (), values)


def fact(**values):
    return fact_of_row(
        row(**values),
        {name: usual for name, (usual,) in FIELDS.items()},
        source="ClinVar",
        date=None,
        file="f",
    )


@pytest.mark.parametrize(
    ("classification", "pathogenic", "benign"),
    [
        ("Pathogenic", True, False),
        ("Pathogenic/Likely_pathogenic", True, False),
        ("Conflicting_classifications_of_pathogenicity", False, False),
        ("Conflicting_interpretations_of_pathogenicity", False, False),
        ("Pathogenic/Uncertain_significance", False, False),
        ("Pathogenic|risk_factor", True, False),
        ("risk_factor", False, False),
        ("Benign/Likely_benign", False, True),
        ("Uncertain_significance", False, False),
    ],
)
def test_only_whole_words_make_a_class(classification, pathogenic, benign):
    found = fact(CLNSIG=classification, CLNREVSTAT="criteria_provided,_single_submitter")
    assert (found.pathogenic, found.benign) == (pathogenic, benign)


def test_conditions_lose_placeholders_and_doubles():
    found = fact(
        CLNSIG="Pathogenic",
        CLNREVSTAT="practice_guideline",
        CLNDN="not_provided|Hyper-IgE_syndrome%2C_AD|Hyper-IgE_syndrome%2C_AD",
    )
    assert found.conditions == ("Hyper-IgE syndrome, AD",)
    assert (found.variation_id, found.stars) == ("18304", 4)


def test_a_record_without_classification_gives_no_fact():
    assert fact(CLNREVSTAT="practice_guideline") is None


def test_a_missing_review_status_is_not_a_number():
    assert fact(CLNSIG="Pathogenic").stars is None


def test_the_vocabulary_is_in_lower_case_words():
    for word in [*CLASSES, *STARS]:
        assert re.fullmatch(r"[a-z ,]+", word)
