"""What was read and could not be judged is told, asked for, and called seen whole nowhere."""

from __future__ import annotations

import html
import json
import re

import one_person
import pytest
from msgspec.structs import replace

from hies_annot.render.advice import recommendations
from hies_annot.render.answer import answer_of
from hies_annot.render.exchange.fhir_study import study
from hies_annot.render.exchange.phenopacket import phenopacket
from hies_annot.render.html import render_sample
from hies_annot.render.sample_summary import summarise
from hies_annot.results.contract import SampleResult
from hies_annot.results.evidence_digest import sample_evidence
from hies_annot.results.run_entry import run_entry

KEYS = "60\tPASS\t.\tGT:AD:DP:GQ\t"
HET, NONE = "0/1:20,20:40:99", "0/0:40,0:40:99"
SEEN = tuple(
    f"chr{chrom}\t{pos}\t.\tA\tG\t{KEYS}{NONE}"
    for chrom, pos in (("17", 43000000), ("20", 34000000))
)
"""Records behind both genes, so that the file goes on there."""
SV = "\tN\t<{}>\t60\tPASS\tSVTYPE={}{}\tGT:PS\t{}:1"


def at(pos: int, symbol: str, more: str, call: str = "0/1") -> str:
    return f"chr20\t{pos}\t." + SV.format(symbol, symbol.partition(":")[0], more, call)


OPEN = {
    "*": (f"chr20\t33753265\t.\tC\t*\t{KEYS}{HET}",),
    "letter": (f"chr20\t33757310\t.\tC\tR\t{KEYS}{HET}",),
    "genotype": (f"chr20\t33757310\t.\tC\tT\t{KEYS}A/G:.:40:99",),
    "number": (f"chr20\t33757310\t.\tC\tT\t{KEYS}0/2:.:40:99",),
    "REF": (f"chr20\t33753265\t.\tT\t.\t{KEYS}0/0:40:40:99",),
    "insertion": (at(33757300, "INS", ";SVLEN=300"),),
    "inversion": (at(33756900, "INV", ";END=33757200"),),
    "complex": (at(33756900, "CPX", ";END=33757200"),),
    "no call": (at(33756900, "DEL", ";END=33757600", "./."),),
    "side by side": (
        at(33757000, "DEL", ";END=33757250", "0|1"),
        at(33757250, "DEL", ";END=33757500", "0|1"),
    ),
}


def result_of(*records: str, **cells: str) -> SampleResult:
    lines = one_person.in_order((*records, *SEEN))
    text = one_person.vcf(lines, columns="P\tF" if cells else "P")
    return one_person.result_of(vcf={"P.vcf": text}, callable=one_person.WHOLE_LOCI, **cells)


def parents_copies() -> SampleResult:
    stop = f"chr20\t33753265\t.\tC\tT\t{KEYS}{NONE}\t1/1:0,40:40:99"
    seen = [f"{line}\t{NONE}" for line in SEEN]
    text = one_person.vcf(one_person.in_order([stop, *seen]), columns="P\tF")
    return one_person.result_of(vcf={"P.vcf": text}, callable=one_person.WHOLE_LOCI, father="F")


@pytest.mark.parametrize("kind", [*OPEN, "due of a parent"])
def test_what_keeps_an_answer_open_is_asked_for(kind):
    result = parents_copies() if kind == "due of a parent" else result_of(*OPEN[kind])
    assert result.status == "inconclusive", result.status_reason
    genes = {gene.gene: gene for gene in result.callability.genes}
    (one,) = genes["ZNF341"].unjudged
    assert not genes["STAT3"].unjudged
    assert one.told in result.status_reason
    assert f"ZNF341: {one.asks}." in list(recommendations(result))
    assert f"ZNF341: {one.told}" in run_entry(result)["unread"]
    analysis = json.dumps([part for _, part in study(result)])
    assert analysis.count('"url": "called"') == 1
    assert one.told.replace("father F", "father") in analysis


@pytest.mark.parametrize("kind", OPEN)
def test_a_decision_on_the_answer_is_stale_where_more_is_open(kind):
    """The status, and the bases that were seen, are those of before."""
    other = "*" if kind != "*" else "letter"
    before, after = result_of(*OPEN[kind]), result_of(*OPEN[kind], *OPEN[other])
    assert before.status == after.status
    assert sample_evidence(before).about != sample_evidence(after).about


def test_without_such_a_record_nothing_is_asked():
    result = result_of()
    assert result.status == "none"
    assert not any(gene.unjudged for gene in result.callability.genes)


@pytest.mark.parametrize("kind", ["letter", "insertion"])
@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("chr17\t42317185\t.\tG\tA", "possible"),
        ("chr17\t42329643\t.\tG\tA", "relevant"),
        ("chr17\t42317219\t.\tC\tT", "differential"),
    ],
)
def test_a_finding_in_the_other_gene_hides_nothing(kind, place, status):
    result = result_of(*OPEN[kind], f"{place}\t{KEYS}{HET}")
    assert result.status == status
    (one,) = (each for gene in result.callability.genes for each in gene.unjudged)
    answer = answer_of(result)
    said = [*answer.reasons, *(line for _, line in answer.callability)]
    assert sum(one.told in line for line in said) == 1
    asked = f"ZNF341: {one.asks}." in list(recommendations(result))
    assert asked is (status != "relevant")
    row = summarise(result)
    assert one.told in " ".join((row.status_reason, *row.warnings))


@pytest.mark.parametrize(
    ("more", "progress"), [(OPEN["REF"], "UNKNOWN_PROGRESS"), ((), "UNSOLVED")]
)
def test_a_carrier_is_no_closed_case_while_a_record_is_open(more, progress):
    result = result_of(f"chr20\t33757310\t.\tC\tT\t{KEYS}{HET}", *more)
    assert result.status == "carrier"
    packet = phenopacket(replace(result, report_date="2026-11-29"))
    assert {one["progressStatus"] for one in packet["interpretations"]} == {progress}


@pytest.mark.parametrize("place", ["chr17\t42329643\t.\tG\tA", "chr20\t33753265\t.\tC\tT"])
def test_a_gene_that_is_not_in_the_file_is_told_once_before_the_details(place):
    text = one_person.vcf([f"{place}\t{KEYS}{HET}"])
    page = html.unescape(render_sample(one_person.result_of(vcf={"P.vcf": text})))
    assert page[: page.index('id="grounds"')].count("P.vcf has no record on chromosome") == 1


@pytest.mark.parametrize("kind", OPEN)
def test_the_answer_and_the_warnings_say_a_thing_once(kind):
    page = render_sample(result_of(*OPEN[kind]))
    text = html.unescape(page[page.index('id="answer"') : page.index('id="dropped"')])
    lines = [re.sub(r"<[^>]+>", "", line).strip() for line in re.findall(r"<li>.*?</li>", text)]
    assert len(lines) == len(set(lines))
