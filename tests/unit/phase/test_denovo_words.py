"""The sentences on where an allele comes from, whole: physicians read them."""

import pytest
from msgspec.structs import replace

from hies_annot.model import Affected
from hies_annot.phase.denovo import (
    HOMOZYGOUS,
    de_novo,
    de_novo_lines,
    not_new,
    origin_words,
)
from hies_annot.phase.mosaicism import NOT_BORNE_OUT, parental_mosaicism, seen_from

CLEAN = ("0/0", {})
BARE = ("0/0", {"ad": None, "dp": None, "gq": None})
CARRIER = ("0/1", {})
MISSING = ("./.", {})
UNCOUNTED = ("0/0", {"ad": None})
MOSAIC = ("0/0", {"ad": (92, 8)})
CLEAN_READS = "0 of 40 reads (0%, 95 % interval 0% to 9%)"
MOSAIC_READS = "8 of 100 reads (8%, 95 % interval 4% to 15%)"
NOT_GIVEN = "read counts not given"


def family(build, father=None, mother=None, **rest):
    """Father and mother by genotype and fields; `()` is a parent not looked at here."""
    return tuple(
        build.make_relative(
            role, [build.make_call(given[0], **given[1])] if given else [], sample=name, **rest
        )
        for role, name, given in (("father", "F", father), ("mother", "M", mother))
        if given is not None
    )


def row(build, *, ad, pos=90, **rest):
    """A row without ALT over the place of the allele."""
    site = build.make_site(pos=pos, ref="N", alts=(), end=150)
    return build.make_calls("0/0", site=site, ad=ad, **rest)[0]


def with_row(build, found):
    """Clean parents, the father by a row without ALT."""
    father, mother = family(build, (), CLEAN)
    identifier = build.make_call("0/1").allele.id
    return type(father)("father", "F", Affected.NO, {identifier: found}), mother


@pytest.mark.parametrize(
    ("father", "fault"),
    [
        (CLEAN, None),
        (None, "was not given"),
        ((), "was not looked at here"),
        (CARRIER, "carries the allele"),
        (("1/1", {}), "carries the allele"),
        (("./1", {}), "carries the allele"),
        (BARE, "is 0/0 without depth, which was not measured"),
        (MISSING, f"is unclear here (genotype ./., {NOT_GIVEN})"),
        ((None, {}), f"is unclear here (genotype not given, {NOT_GIVEN})"),
        (MOSAIC, f"is unclear here (genotype 0/0, {MOSAIC_READS})"),
        (("0/0", {"ad": None, "dp": None}), "has no depth given here"),
        (("0/0", {"ad": (10, 0), "dp": 10}), None),
        (UNCOUNTED, "is called reference, but its reads are not counted by allele"),
        (("0/0", {"ad": (36, 0), "dp": 40}), None),  # a tenth of the reads may be left out
        (
            ("0/0", {"ad": (35, 0), "dp": 40}),
            "is called reference, but only 35 of 40 reads are counted by allele",
        ),
        (("0/0", {"ad": (40, 0), "dp": None}), None),
    ],
)
@pytest.mark.parametrize("role", ["father", "mother"])
def test_what_keeps_a_parent_from_being_taken_for_reference(build, role, father, fault):
    other = {"father": "mother", "mother": "father"}[role]
    relatives = family(build, **{role: father, other: CLEAN})
    call = build.make_call("0/1")
    wanted = fault and f"the {role} {fault}"
    assert not_new(call, relatives, build.THRESHOLDS) == wanted
    assert de_novo(call, relatives, build.THRESHOLDS) == (None if fault else "assumed")


def test_too_few_reads_of_a_row_that_its_own_thresholds_let_pass(build):
    strict = build.CallThresholds(min_dp=41)
    relatives = family(build, CLEAN, ("0/0", {"ad": (41, 0)}))
    said = not_new(build.make_call("0/1"), relatives, strict)
    assert said == "the father has 40 reads here, 41 are needed"


def test_the_faults_of_both_parents_are_told(build):
    said = not_new(build.make_call("0/1"), family(build, CARRIER, ()), build.THRESHOLDS)
    assert said == "the father carries the allele; the mother was not looked at here"
    assert (
        not_new(build.make_call("0/1"), (), build.THRESHOLDS)
        == "both parents are needed and were not given"
    )
    sibling = (build.make_relative("sibling", [build.make_call("0/0")]),)
    assert (
        not_new(build.make_call("0/1"), sibling, build.THRESHOLDS)
        == "both parents are needed and were not given"
    )


@pytest.mark.parametrize(
    ("father", "mother", "most", "reads"),
    [
        ((39, 1), (40, 0), 1, None),
        ((40, 0), (39, 1), 1, None),
        ((39, 1), (39, 1), 1, 2),
        ((39, 1), (39, 1), 2, None),
        ((39, 1), (40, 0), 0, 1),
        ((38, 2), (39, 1), 2, 3),
    ],
)
def test_alternate_reads_of_both_parents_are_noise_up_to_the_setting(
    build, father, mother, most, reads
):
    relatives = family(build, ("0/0", {"ad": father}), ("0/0", {"ad": mother}))
    thresholds = build.CallThresholds(de_novo_parent_reads=most)
    said = not_new(build.make_call("0/1"), relatives, thresholds)
    assert said == (
        reads
        and f"the parents together show {reads} reads with the allele "
        f"(at most {most} count as noise)"
    )
    assert de_novo(build.make_call("0/1"), relatives, thresholds) == (None if reads else "assumed")


@pytest.mark.parametrize(
    ("ad", "reads"), [((40,), 0), (None, 0), ((40, 1), 1), ((40, 1, 1), 2), ((40, None, 2), 2)]
)
def test_a_row_without_alt_shows_the_reads_that_it_counts(build, ad, reads):
    relatives = with_row(build, row(build, ad=ad, min_dp=30))
    said = not_new(build.make_call("0/1"), relatives, build.CallThresholds(de_novo_parent_reads=0))
    assert said == (
        f"the parents together show {reads} reads with the allele (at most 0 count as noise)"
        if reads
        else None
    )


@pytest.mark.parametrize(
    ("parentage", "answer"),
    [
        (("confirmed", "confirmed"), "confirmed"),
        (("confirmed", "assumed"), "assumed"),
        (("assumed", "confirmed"), "assumed"),
        (("assumed", "assumed"), "assumed"),
    ],
)
def test_parentage_of_both_must_be_tested(build, parentage, answer):
    relatives = tuple(
        build.make_relative(role, [build.make_call("0/0")], parentage=tested)
        for role, tested in zip(("father", "mother"), parentage, strict=True)
    )
    untested = build.make_relative("sibling", [build.make_call("0/0")])
    assert de_novo(build.make_call("0/1"), (*relatives, untested), build.THRESHOLDS) == answer
    words = f"new in this sample (de novo, parentage {answer}): both parents are reference by reads"
    assert origin_words(build.make_call("0/1"), relatives, build.THRESHOLDS) == words


@pytest.mark.parametrize(
    ("father", "mother", "origin"),
    [
        (CARRIER, CARRIER, "both parents carry it"),
        (CARRIER, CLEAN, "inherited from the father; the mother does not carry it"),
        (CLEAN, CARRIER, "inherited from the mother; the father does not carry it"),
        (CARRIER, None, "inherited from the father; mother: not looked at"),
        (None, CARRIER, "inherited from the mother; father: not looked at"),
        (CARRIER, (), "inherited from the father; mother: not looked at"),
        (
            CARRIER,
            BARE,
            "inherited from the father; mother: 0/0 inferred, without depth: not measured",
        ),
        (None, None, "parents were not looked at: de novo or inherited is not known"),
        (
            ("0/1", {"ad": (40, 0)}),
            CLEAN,
            (
                "de novo or inherited is not known (father: unclear, although called 0/1, few "
                "reads with the allele, allele fraction does not fit the genotype; mother: called "
                f"reference); the father (0/1) shows {CLEAN_READS}: {NOT_BORNE_OUT}"
            ),
        ),
        (
            BARE,
            CLEAN,
            (
                "de novo or inherited is not known (father: 0/0 inferred, without depth: "
                "not measured; mother: called reference)"
            ),
        ),
        (
            UNCOUNTED,
            MISSING,
            (
                "de novo or inherited is not known (father: called reference, but its reads do not "
                "show it; mother: unclear)"
            ),
        ),
        (
            CLEAN,
            None,
            "de novo or inherited is not known (father: called reference; mother: not looked at)",
        ),
        (
            MOSAIC,
            CLEAN,
            (
                "de novo or inherited is not known (father: unclear; mother: called reference); "
                f"the father (0/0) shows {MOSAIC_READS}: possible mosaic"
            ),
        ),
        (
            CLEAN,
            (None, {"ad": (92, 8)}),
            (
                "de novo or inherited is not known (father: called reference; mother: unclear); "
                f"the mother (no genotype) shows {MOSAIC_READS}: possible mosaic"
            ),
        ),
    ],
)
def test_where_an_allele_comes_from(build, father, mother, origin):
    relatives = family(build, father, mother)
    assert origin_words(build.make_call("0/1"), relatives, build.THRESHOLDS) == origin
    assert origin_words(build.make_call("0/1"), relatives[::-1], build.THRESHOLDS) == origin


def test_a_homozygous_allele_of_reference_parents_is_told_as_such(build):
    call, relatives = build.make_call("1/1"), family(build, CLEAN, CLEAN)
    assert not_new(call, relatives, build.THRESHOLDS) == HOMOZYGOUS
    assert de_novo(call, relatives, build.THRESHOLDS) is None
    assert origin_words(call, relatives, build.THRESHOLDS) == (
        "homozygous although both parents are reference by reads: one new change is on one copy "
        "only, so a mix-up of samples, loss of the other copy (deletion, dropout) or uniparental "
        "disomy comes first"
    )


def test_an_allele_that_is_not_carried_has_no_origin_of_its_own(build):
    words = origin_words(build.make_call("0/0"), family(build, CLEAN, CLEAN), build.THRESHOLDS)
    assert words == (
        "de novo or inherited is not known (father: called reference; mother: called reference)"
    )


def test_the_panel_shows_genotype_and_reads_of_each_parent(build):
    call = build.make_call("0/1")
    both = family(build, (None, {"ad": None, "dp": None}), CLEAN)
    assert de_novo_lines(call, both[::-1], build.THRESHOLDS) == (
        "de novo or inherited is not known (father: unclear; mother: called reference)",
        f"father F: genotype not given, depth not given, {NOT_GIVEN}",
        f"mother M: genotype 0/0, depth 40, {CLEAN_READS}",
    )
    assert de_novo_lines(call, family(build, (), CARRIER), build.THRESHOLDS) == (
        "inherited from the mother; father: not looked at",
        "father F: not looked at",
        "mother M: genotype 0/1, depth 40, 20 of 40 reads (50%, 95 % interval 35% to 65%)",
    )
    assert de_novo_lines(call, (), build.THRESHOLDS) == (
        "parents were not looked at: de novo or inherited is not known",
    )


CARRIER_READS = "the reads are those of a carrier: the genotype is wrong, test this parent"


@pytest.mark.parametrize(
    ("father", "affected", "line"),
    [
        (("0/0", {"ad": (98, 2)}), Affected.YES, "possible mosaic"),
        (
            ("0/0", {"ad": (98, 2)}),
            Affected.NO,
            "possible mosaic",
        ),
        (("0/0", {"ad": (99, 1)}), Affected.NO, "no sign of mosaicism"),
        (("0/0", {"ad": (80, 20)}), Affected.NO, CARRIER_READS),
        (("0/0", {"ad": (81, 19)}), Affected.NO, "possible mosaic"),
        (("./.", {"ad": (20, 20)}), Affected.NO, CARRIER_READS),
        (
            ("0/1", {"ad": (90, 10)}),
            Affected.NO,
            "possible mosaic (unaffected, in keeping with it)",
        ),
        (("0/1", {"ad": (90, 10)}), Affected.YES, "possible mosaic"),
        (("0/1", {"ad": (90, 10)}), Affected.UNKNOWN, "possible mosaic"),
        (("0/1", {"ad": (35, 65)}), Affected.NO, "no sign of mosaicism"),
        (("0/1", {"ad": (40, 0)}), Affected.NO, NOT_BORNE_OUT),
        (("0/1", {"ad": (37, 3)}), Affected.NO, f"possible mosaic; {NOT_BORNE_OUT}"),
        (("0/1", {"gq": 3.0}), Affected.NO, NOT_BORNE_OUT),
        (
            ("0/0", {"ad": (29, 0), "dp": 29}),
            Affected.NO,
            "no sign of mosaicism, but 29 reads show one only from a fraction of 10% on (95 %)",
        ),
    ],
)
def test_what_the_reads_of_a_parent_speak_for(build, father, affected, line):
    relatives = family(build, father, CLEAN, affected=affected)
    lines = parental_mosaicism(build.make_call("0/1"), relatives[::-1], build.THRESHOLDS)
    assert [each.rpartition(": ")[2] for each in lines] == [
        line.rpartition(": ")[2],
        "no sign of mosaicism, but 40 reads show one only from a fraction of 7% on (95 %)",
    ]
    assert lines[0].startswith("father: ")
    assert lines[0].endswith(f"): {line}")
    assert lines[1].startswith(f"mother: {CLEAN_READS}: ")


def test_a_parent_without_counts_cannot_be_assessed(build):
    missing = "alternate reads not given, mosaicism cannot be assessed"
    call = build.make_call("0/1")
    assert parental_mosaicism(call, family(build, UNCOUNTED, ()), build.THRESHOLDS) == (
        f"father: {missing}",
        f"mother: {missing}",
    )
    assert parental_mosaicism(
        call, family(build, None, ("0/0", {"ad": (0, 0), "dp": 0})), build.THRESHOLDS
    ) == (f"mother: {NOT_GIVEN}: no sign of mosaicism",)
    assert parental_mosaicism(call, (), build.THRESHOLDS) == ()


def test_the_reads_that_count_as_noise_are_those_of_the_setting(build):
    relatives = family(build, None, ("0/0", {"ad": (98, 2)}))
    loose = build.CallThresholds(de_novo_parent_reads=2)
    (line,) = parental_mosaicism(build.make_call("0/1"), relatives, loose)
    assert line.endswith("): no sign of mosaicism")


def test_a_single_read_shows_only_what_nearly_all_reads_would_have(build):
    assert seen_from(1) == pytest.approx(0.95)


def test_nothing_is_said_of_the_reads_of_an_excluded_parent(build):
    father, mother = family(build, ("0/0", {"ad": (20, 20)}), CLEAN)
    relatives = (replace(father, excluded="opposite genotypes"), mother)
    call = build.make_call("0/1")
    assert not_new(call, relatives, build.THRESHOLDS) == (
        "the father is not borne out as a parent by the data"
    )
    assert origin_words(call, relatives, build.THRESHOLDS) == (
        "de novo or inherited is not known (father: not borne out as a parent by the data; "
        "mother: called reference)"
    )
    first, _ = parental_mosaicism(call, relatives, build.THRESHOLDS)
    assert first == "father: not borne out as a parent by the data, not assessed"
