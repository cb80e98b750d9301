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
    plain,
    stars_of,
)
from hies_annot.io.source_tables import SourceRow
from hies_annot.judge.grounds import clinvar_ground
from hies_annot.model import AcmgResult, ClinVarFact, Evidence

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
        ("Pathogenic,_risk_factor", True, False),
        ("Benign/Likely_benign,_other,_protective", False, True),
        ("Pathogenic/Likely_pathogenic/Pathogenic,_low_penetrance", True, False),
        ("Likely_pathogenic/Likely_risk_allele", True, False),
        ("Likely_pathogenic,_low_penetrance", False, False),
        ("Benign/Uncertain_risk_allele", False, False),
        ("Benign/Likely_benign", False, True),
        ("Uncertain_significance", False, False),
    ],
)
def test_only_whole_words_make_a_class(classification, pathogenic, benign):
    found = fact(CLNSIG=classification, CLNREVSTAT="criteria_provided,_single_submitter")
    assert (found.pathogenic, found.benign) == (pathogenic, benign)


@pytest.mark.parametrize("classification", ["Pathogenic", "Benign"])
@pytest.mark.parametrize(
    ("status", "counts", "told"),
    [
        ("criteria_provided,_conflicting_classifications", None, "review status"),
        ("criteria_provided,_single_submitter", "Pathogenic(1)|Benign(2)", "counts"),
        ("criteria_provided,_single_submitter", "Pathogenic(1)|Likely_pathogenic(2)", None),
        ("criteria_provided,_multiple_submitters,_no_conflicts", None, None),
        ("reviewed_by_expert_panel", "Pathogenic(1)|Benign(2)", None),
    ],
)
def test_a_class_that_its_own_record_calls_conflicting_does_not_decide(
    classification, status, counts, told
):
    given = {"CLNSIG": classification, "CLNREVSTAT": status, "CLNSIGCONF": counts}
    found = fact(**{key: text for key, text in given.items() if text})
    assert (told or "None") in str(found.conflicting)
    ground = clinvar_ground(Evidence(clinvar=found), AcmgResult("uncertain", 0, "uncertain", ()))
    assert ground.says == (classification.lower() if told is None else "uncertain")
    assert ground.claims_pathogenic is (classification == "Pathogenic")


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


def test_an_unknown_word_is_told_in_one_sentence():
    with pytest.raises(InputError) as status:
        stars_of("Four stars", file="clinvar.vcf")
    with pytest.raises(InputError) as classification:
        checked_classification("Pathogenic| Evil_ ", file="clinvar.vcf")
    mend = "update hies-annot, or use another ClinVar release"
    assert str(status.value) == (
        f"clinvar.vcf: ClinVar review status 'Four stars' is unknown to this version: {mend}"
    )
    assert str(classification.value) == (
        f"clinvar.vcf: ClinVar classification 'Evil' is unknown to this version: {mend}"
    )


@pytest.mark.parametrize("status", STARS)
def test_a_status_counts_in_any_case_and_as_a_whole(status):
    assert stars_of(status.title(), file="f") == STARS[status]
    for other in (f"{status}x", status[1:], f"{status} "):
        with pytest.raises(InputError):
            stars_of(other, file="f")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("_a_b_", "a b"),
        ("low%2C_high", "low, high"),
        ("low%3B_high", "low; high"),
        ("a%2Cb%2Cc%3Bd%3Be", "a,b,c;d;e"),
        (" as it is ", "as it is"),
    ],
)
def test_a_term_in_words(text, words):
    assert plain(text) == words


@pytest.mark.parametrize("mark", "/|;")
@pytest.mark.parametrize("term", sorted(CLASSES))
def test_every_term_stands_alone_or_beside_another(mark, term):
    written = term.capitalize().replace(" ", "_")
    assert checked_classification(written, file="f") == term.capitalize()
    beside = f"Benign{mark}{written}"
    assert checked_classification(beside, file="f") == f"Benign{mark}{term.capitalize()}"
    with pytest.raises(InputError, match="'Evil'"):
        checked_classification(f"{written}{mark}Evil", file="f")
    with pytest.raises(InputError, match="'' is unknown"):
        checked_classification(f"{written}{mark}", file="f")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (
            "Pathogenic(1)|Likely_pathogenic(2)|Uncertain_significance(10)|Likely_benign(4)|Benign(5)",
            "P(1);LP(2);VUS(10);LB(4);B(5)",
        ),
        ("PATHOGENIC (1)", "P(1)"),
        ("risk_factor(2), Affects_(1)", "risk factor(2);Affects(1)"),
        ("Pathogenic", "Pathogenic"),
        ("_odd_word_|Benign(1)", "odd word;B(1)"),
        ("Benign(x)", "Benign(x)"),
        ("Benign(1)x", "Benign(1)x"),
        ("(1)", "(1)"),
        ("", None),
    ],
)
def test_counts_of_a_conflict_in_short(text, counts):
    assert conflict_counts(text) == counts


OWN = {"classification": "SIG", "review_status": "REV", "conditions": "DN", "conflict": "CONF"}


def own_fact(identifier, values):
    row = SourceRow("17", 1, identifier, "G", "A", (), values)
    return fact_of_row(row, OWN, source="ClinVar", date="2026-01", file="clinvar.vcf")


def test_a_fact_is_what_the_record_gives():
    values = {
        "SIG": "Pathogenic/Likely_pathogenic",
        "REV": "criteria_provided,_single_submitter",
        "DN": "b|a|Not_specified|not_provided|.||_|b|c_d",
        "CONF": "Pathogenic(2)",
    }
    assert own_fact("18304", values) == ClinVarFact(
        variation_id="18304",
        classification="Pathogenic/Likely pathogenic",
        stars=1,
        review_status="criteria provided, single submitter",
        conditions=("b", "a", "c d"),
        conflict="P(2)",
        source="ClinVar",
        date="2026-01",
    )
    assert own_fact(None, {"SIG": "Benign"}) == ClinVarFact(
        variation_id="",
        classification="Benign",
        stars=None,
        review_status="not in the source",
        conditions=(),
        conflict=None,
        source="ClinVar",
        date="2026-01",
    )


@pytest.mark.parametrize("values", [{"SIG": "Evil"}, {"SIG": "Benign", "REV": "nice"}])
def test_an_unknown_word_of_a_record_names_the_file(values):
    with pytest.raises(InputError, match=r"\Aclinvar\.vcf: ClinVar "):
        own_fact("1", values)


@pytest.mark.parametrize("nothing", ["-", ".", "", " "])
def test_a_sign_for_nothing_is_no_classification_and_no_review_status(nothing):
    assert fact(CLNSIG=nothing, CLNREVSTAT="criteria_provided,_single_submitter") is None
    assert fact(CLNSIG="Pathogenic", CLNREVSTAT=nothing).stars is None
