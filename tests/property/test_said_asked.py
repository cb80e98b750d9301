"""What the reasons of a finding ask for stands among the next steps."""

from __future__ import annotations

import re
from pathlib import Path

import one_person
import pytest

from hies_annot.render.advice import recommendations
from hies_annot.render.asked import ASKED, ASKED_OTHERWISE
from hies_annot.results.contract import SampleResult

CASES = Path(__file__).parents[1] / "cases"
NAMES = sorted(path.parent.name for path in CASES.glob("*/case.yaml"))
IMPERATIVE = re.compile(r"(?:^|[;:,] )((?:check|test|look|confirm|rule out|repeat|compare)\b.*)")
HET, NONE = "0/1:20,20:40:99", "0/0:40,0:40:99"
DOMINANT, STOP = "chr17\t42329643\t.\tG\tA", "chr20\t33757310\t.\tC\tT"
SEEN = tuple(
    f"{at}\t.\tA\tG\t60\tPASS\t.\tGT\t0/0" for at in ("chr17\t43000000", "chr20\t34000000")
)


def result_of(*records: str) -> SampleResult:
    text = one_person.vcf(one_person.in_order((*records, *SEEN)))
    return one_person.result_of(vcf={"P.vcf": text})


def call(place: str, genotype: str, keys: str = "GT:AD:DP:GQ") -> str:
    return f"{place}\t60\tPASS\t.\t{keys}\t{genotype}"


ASKING = {
    "two copies": (call(DOMINANT, "1/1:0,40:40:99"),),
    "one allele": (call(DOMINANT, "1:0,40:40:99"),),
    "half a call": (call(DOMINANT, "./1:0,40:40:99"),),
    "three alleles": (call(DOMINANT, "0/0/1:20,20:40:99"),),
    "two dominant alleles": (
        call(DOMINANT, HET),
        call("chr17\t42322474\t.\tC\tT", HET),
    ),
    "two counts": (call(DOMINANT, "0/1:30,0:15:15:30:99", "GT:AD:RO:AO:DP:GQ"),),
    "no reference copy": (call(STOP, "0/1:0,40:40:99"),),
    "GC donor": (call("chr20\t33745301\t.\tT\tC", "1/1:0,40:40:99"),),
    "twice": (call(DOMINANT, HET), call(DOMINANT, NONE)),
}


def unasked(result: SampleResult) -> list[str]:
    """Return what reasons ask for, and no step."""
    steps = " ".join(recommendations(result))
    asked = [
        found.group(1)
        for each in result.conditions
        for reason in each.reasons
        for found in IMPERATIVE.finditer(reason)
    ]
    known = {phrase: step for phrase, step in ASKED.items() if step in steps}
    return [
        words
        for words in asked
        if not any(words in phrase or phrase in words for phrase in known)
        and not any(phrase in words for phrase in ASKED_OTHERWISE)
        and not any(words.split("(")[0].strip() in phrase for phrase in known)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_no_golden_case_asks_in_vain(name, golden):
    for result in golden.run(name):
        assert not unasked(result)


@pytest.mark.parametrize("kind", ASKING)
def test_what_a_reason_asks_is_a_step(kind):
    result = result_of(*ASKING[kind])
    reasons = [reason for each in result.conditions for reason in each.reasons]
    steps = list(recommendations(result))
    asked = [step for phrase, step in ASKED.items() if any(phrase in r for r in reasons)]
    assert asked, reasons
    assert all(any(step in told for told in steps) for step in asked)
    assert not unasked(result)


def test_a_plain_finding_asks_for_none_of_it():
    steps = " ".join(recommendations(result_of(call(DOMINANT, HET), call(STOP, HET))))
    assert not any(step in steps for step in ASKED.values())
