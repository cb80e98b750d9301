"""Words, sentences and advice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest

from hies_annot.callability.known import STATES
from hies_annot.genes.gene_file import Inheritance
from hies_annot.model import Mechanism, Met, PhaseState, Status, Support, Zygosity
from hies_annot.model.closed_words import Basis, Classification, DropReason, PhaseEvidence
from hies_annot.render import call_words, predictions, words
from hies_annot.render.advice import recommendations
from hies_annot.render.answer import answer_of, named
from hies_annot.render.call_words import drop_words, flag_words
from hies_annot.render.page import flatten
from hies_annot.render.standing import place, shorten

Build = Callable[[str], Callable[..., Any]]


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.STATUS_LABEL, Status),
        (words.ZYGOSITY, Zygosity),
        (words.PHASE, PhaseState),
        (words.SUPPORT, Support),
        (words.INHERITANCE, Inheritance),
        (words.MET, Met),
        (words.PHASE_EVIDENCE, get_args(PhaseEvidence)),
        (words.BASIS, get_args(Basis)),
        (words.CLASSIFICATION, get_args(Classification)),
        (words.KNOWN_SITE, STATES),
        (call_words.DROP_REASON, get_args(DropReason)),
    ],
)
def test_every_code_of_the_model_has_words(table: dict[str, str], codes: Any) -> None:
    assert set(table) == {str(code) for code in codes}


def test_an_unknown_code_is_shown() -> None:
    assert words.word(words.ZYGOSITY, "new_state") == "new state"
    assert words.word(words.ZYGOSITY, None) == "not given"
    assert drop_words("new_reason: detail") == "new reason (detail)"
    assert drop_words("common") == "more frequent in the population than the disease allows"
    assert drop_words(None) == "no reason recorded"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (None, 10, "n/a"),
        (3, 0, "n/a"),
        (10, 10, "100 %"),
        (9999, 10000, "99.9 %"),
        (99999, 100000, "99.9 %"),
        (0, 10, "0.0 %"),
        (29, 100, "29.0 %"),
        (57, 100, "57.0 %"),
    ],
)
def test_percent_never_rounds_up(part: float | None, whole: float, text: str) -> None:
    assert words.percent(part, whole) == text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("low_gq", "low genotype quality"),
        ("filter:LowQual", "FILTER LowQual"),
        ("ft:x", "FT x"),
        ("in_cis_with:20-1-A-G", "on the same copy as 20-1-A-G"),
        ("new_kind:x", "new kind x"),
        ("something_new", "something new"),
    ],
)
def test_flag_words(code: str, text: str) -> None:
    assert flag_words(code) == text


def test_flatten() -> None:
    data = {
        "a_b": 1,
        "empty": None,
        "none": [],
        "flag": True,
        "inner": {"x": 1, "y": 2},
        "deep": {"p": {"q": 0.25}, "r": ["s", "t"]},
    }

    assert list(flatten(data)) == [
        ("a b", "1"),
        ("flag", "yes"),
        ("inner", "x 1, y 2"),
        ("deep: p", "q 0.25"),
        ("deep: r", "s, t"),
    ]


def test_named() -> None:
    assert named(["A"]) == "A"
    assert named(["A", "B", "A"]) == "A and B"
    assert named(["A", "B", "C"], "or") == "A, B or C"
    assert named([]) == "no gene"


def test_places_are_readable(built: Build) -> None:
    assert place(built("variant")()) == "chr17:42329643 G>A"
    assert place(built("variant")(alt="<DEL>", ref="N", end=42329700)) == (
        "chr17:42329643-42329700 N><DEL>"
    )
    assert shorten("A" * 100) == "AAAAAAAAAA...AAAAAAAAAA (100 bases)"


def test_predictions_leave_out_what_is_missing() -> None:
    for say in (
        predictions.decay,
        predictions.splicing,
        predictions.structure,
        predictions.known,
        predictions.score,
    ):
        assert say(None) == ""
    assert predictions.decay({"triggers": None}) == "decay not decided"
    assert predictions.decay({"triggers": False, "protein_lost": 0.5}) == (
        "decay not expected; 50.0 % of the protein lost without decay"
    )
    assert predictions.structure({"whole_gene": True, "cds_share": 1.0}) == (
        "the whole gene; 100 % of the coding sequence"
    )
    assert predictions.splicing(
        {"site": "donor", "exon": 12, "skipped_nt": 30, "in_frame": True}
    ) == ("donor of exon 12; skipping takes 30 bases in frame")
    mechanism = Mechanism.DOMINANT_NEGATIVE.value
    assert predictions.known(
        {"classification": "likely_pathogenic", "mechanisms": [mechanism]}
    ) == ("likely pathogenic; dominant negative")


def advice_of(result: Any) -> str:
    return " ".join(recommendations(result))


def test_advice_asks_for_the_parents_only_where_they_are_missing(built: Build) -> None:
    given = {"father": "F", "mother": "M"}

    assert "test both parents" in advice_of(built("result")())
    assert "test both parents" in advice_of(built("result")(specification={"father": "F"}))
    assert "test both parents" not in advice_of(built("result")(specification=given))


def test_advice_on_phase_gaps_and_second_hits(built: Build) -> None:
    carrier = built("result")(
        status="carrier", conditions=[built("znf341_condition")(status="carrier")]
    )

    assert "place the alleles" in advice_of(built("compound")())
    assert "place the alleles" not in advice_of(built("result")())
    assert "Fill the bases" in advice_of(built("exclusion")())
    assert "Fill the bases" not in advice_of(built("negative")())
    assert "look for a second allele" in advice_of(carrier)
    assert "look for a second allele" not in advice_of(built("result")())


def test_a_found_genotype_asks_for_no_exclusion(built: Build) -> None:
    gaps = built("exclusion")().callability
    assert "Fill the bases" in advice_of(built("result")(status="possible", callability=gaps))
    assert "Fill the bases" not in advice_of(built("result")(status="relevant", callability=gaps))


@pytest.mark.parametrize("status", ["carrier", "differential"])
def test_a_status_below_a_finding_says_that_bases_were_not_seen(built: Build, status: str) -> None:
    condition = built("znf341_condition")(status=status)
    seen, gaps = built("negative")().callability, built("exclusion")().callability
    words = "not all required bases were seen"
    for callability, said in ((gaps, True), (seen, False)):
        result = built("result")(status=status, conditions=[condition], callability=callability)
        assert (words in answer_of(result).headline.lower()) is said


def test_advice_on_low_fractions(built: Build) -> None:
    mosaic = built("result")(variants=[built("variant")(flags=["low_fraction"])])

    assert "second tissue" in advice_of(mosaic)
    assert "second tissue" not in advice_of(built("result")())


def test_advice_on_unsettled_variants(built: Build) -> None:
    verdict = built("verdict")(support="mechanism_unresolved")
    unsettled = built("result")(
        conditions=[built("condition")(status="possible")],
        variants=[built("variant")(verdicts=[verdict])],
    )

    assert "functional test" in advice_of(unsettled)
    assert "functional test" not in advice_of(built("result")())


def test_advice_for_a_failed_sample(built: Build) -> None:
    assert list(recommendations(built("failed")())) == [
        "Mend the fault that is named above and run this sample again."
    ]
