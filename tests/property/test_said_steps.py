"""What is proposed fits what was seen: no test that was made already, and nothing said twice."""

from __future__ import annotations

import one_person
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hies_annot.render.advice import recommendations
from hies_annot.render.plain_words import plain_summary
from hies_annot.results.contract import SampleResult

STOPS = ("chr20\t33753265\t.\tC\tT", "chr20\t33757310\t.\tC\tT")
CODON = ("chr17\t42329642\t.\tC\tT", "chr17\t42329643\t.\tG\tA")
HET, NONE, OPEN = "0/1:20,20:40:99", "0/0:40,0:40:99", "./.:.:.:."


def result_of(places, columns, row, keys="GT:AD:DP:GQ") -> SampleResult:
    records = [
        f"{place}\t60\tPASS\t.\t{keys}\t" + "\t".join(calls)
        for place, calls in zip(places, columns, strict=True)
    ]
    text = one_person.vcf(records, columns="P\tF\tM")
    return one_person.result_of(vcf={"P.vcf": text}, **row)


@given(
    father=st.tuples(*[st.sampled_from([HET, NONE, OPEN])] * 2),
    mother=st.tuples(*[st.sampled_from([HET, NONE, OPEN])] * 2),
    given_parents=st.sets(st.sampled_from(["father", "mother"])),
)
@settings(deadline=None, max_examples=60)
def test_only_a_parent_that_was_not_tested_is_to_be_tested(father, mother, given_parents):
    names = {"father": "F", "mother": "M"}
    columns = [(HET, father[at], mother[at]) for at in range(2)]
    result = result_of(STOPS, columns, {role: names[role] for role in given_parents})
    calls = {"father": father, "mother": mother}
    untested = [r for r in names if r not in given_parents or OPEN in calls[r]]
    steps = [r for r in result.conditions[0].reasons if r.startswith("phase is not known")]
    for step in steps:
        asked = {0: "long reads can", 1: f"test the {(*untested, '')[0]}", 2: "test the parents"}
        assert step.endswith(asked[len(untested)])
    proposed = list(recommendations(result))
    assert len(proposed) == len(set(proposed))
    assert any("test both parents" in step for step in proposed) is (len(given_parents) < 2)


@pytest.mark.parametrize(
    ("second", "block", "phase"),
    [("0|1", "5", "cis"), ("1|0", "5", "not_needed"), ("0|1", "6", "unknown")],
)
def test_a_phase_on_which_an_allele_depends_is_not_called_needless(second, block, phase):
    columns = [("0|1:20,20:40:99:5", *[f"{NONE}:."] * 2)]
    columns.append((f"{second}:20,20:40:99:{block}", *[f"{NONE}:."] * 2))
    result = result_of(CODON, columns, {}, "GT:AD:DP:GQ:PS")
    assert {condition.phase for condition in result.conditions} == {phase}
    proposed = list(recommendations(result))
    assert any("in trans or in cis?" in step for step in proposed) is (phase == "unknown")
    assert len(proposed) == len(set(proposed))
    assert plain_summary(result).count("This person has") == 1


HOM, LOW = "1/1:0,40:40:99", "0/1:54,6:60:99"


@given(st.sampled_from([HET, HOM, LOW]), *[st.sampled_from([HET, HOM, NONE, OPEN])] * 2)
@settings(deadline=None, max_examples=48)
def test_parents_who_do_not_explain_a_call_are_told(child, father, mother):
    result = result_of(STOPS[:1], [(child, father, mother)], {"father": "F", "mother": "M"})
    (origin,) = result.conditions[0].origins.values()
    carriers = sum(call in (HET, HOM) for call in (father, mother))
    one_only = carriers == 1 and NONE in (father, mother)
    assert ("the second copy is not explained" in origin) is (child == HOM and one_only)
    assert ("an inherited allele is in every cell" in origin) is (child == LOW and carriers > 0)


@pytest.mark.parametrize(
    ("second", "asked"),
    [
        ("1|0", "whether each carries one of the two alleles"),
        ("0|1", "from whom the alleles come"),
        ("0/1", "and so whether they are in trans"),
    ],
)
def test_parents_are_not_asked_for_a_phase_that_is_known(second, asked):
    columns = [("0|1:20,20:40:99:5", *[f"{NONE}:."] * 2)]
    columns.append((f"{second}:20,20:40:99:5", *[f"{NONE}:."] * 2))
    proposed = " ".join(recommendations(result_of(STOPS, columns, {}, "GT:AD:DP:GQ:PS")))
    assert asked in proposed
    assert ("in trans" in proposed) is (second == "0/1")


def test_more_than_two_changes_are_counted():
    places = (*STOPS, "chr20\t33761989\t.\tC\tT")
    result = result_of(places, [(HET, NONE, NONE)] * 3, {})
    assert "This person has three changes in the gene ZNF341" in plain_summary(result)
    assert "two changes" not in plain_summary(result)
    blocks = [(f"0|1{HET[3:]}:5", *[f"{NONE}:."] * 2)] * 3
    result = result_of(places, blocks, {}, "GT:AD:DP:GQ:PS")
    assert "This person has three changes in the same copy" in plain_summary(result)


def test_a_homozygote_of_a_dominant_disease_is_to_be_questioned():
    calls = {"1/1:0,40:40:99": True, HET: False}
    for call, asked in calls.items():
        proposed = recommendations(result_of(CODON[1:], [(call, NONE, NONE)], {}))
        assert any("allele dropout" in step for step in proposed) is asked


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        ("chr17\t42322480\t.\tG\tA", False),  # stop codon in exon 21
        ("chr17\t42317185\t.\tG\tA", False),  # missense in exon 22
        ("chr17\t42329746\t.\tC\tT", True),  # c.1139+1
        ("chr17\t42329778\t.\tT\tC", True),  # c.1110-2
        ("chr17\t42329747\t.\tC\tT", True),  # last base of exon 12
        ("chr17\t42329760\t.\tC\tG", False),  # within exon 12
    ],
)
def test_splicing_is_looked_at_where_an_allele_may_act_on_it(place, asked):
    result = result_of([place], [(HET, NONE, NONE)], {})
    assert result.status == "possible"
    assert any("exon 12" in step for step in recommendations(result)) is asked


@pytest.mark.parametrize(("mother", "asked"), [(HET, False), (NONE, True), (OPEN, True)])
def test_a_homozygote_is_explained_by_two_parents_who_carry_it(mother, asked):
    row = {"father": "F", "mother": "M"}
    result = result_of(STOPS[:1], [("1/1:0,40:40:99", HET, mother)], row)
    assert any("true homozygote" in step for step in recommendations(result)) is asked


@pytest.mark.parametrize(
    ("alt", "call", "homozygote"),
    [
        ("T", "1/1:0,40:40:99", True),
        ("T", "./1:0,40:40:99", False),
        ("T", "1:0,40:40:99", False),
        ("T", "0/1:0,40:40:99", False),
        ("T,*", "1/2:0,20,20:40:99", False),
    ],
)
def test_parents_are_asked_for_what_the_genotype_leaves_open(alt, call, homozygote):
    place = f"chr20\t33757310\t.\tC\t{alt}"
    proposed = " ".join(recommendations(result_of([place], [(call, NONE, NONE)], {})))
    assert ("as a true homozygote needs" in proposed) is homozygote
    left_open = "deletion of the other copy" if "*" in alt else "or is lost"
    assert (left_open in proposed) is not homozygote
