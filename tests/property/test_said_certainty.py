"""Answer and plain words say no more than was seen: calls in doubt, what could not be judged."""

from __future__ import annotations

import json

import one_person
import pytest
from msgspec.structs import replace
from vcf_text import bases

from hies_annot.render.advice import recommendations
from hies_annot.render.answer import answer_of
from hies_annot.render.exchange.fhir import fhir_text
from hies_annot.render.exchange.fhir_study import study
from hies_annot.render.exchange.phenopacket import phenopacket
from hies_annot.render.exchange.told import all_seen, stated_class
from hies_annot.render.html import render_sample
from hies_annot.render.plain_words import plain_summary
from hies_annot.render.sentence import finding_sentence
from hies_annot.results.contract import SampleResult

CARRIER, OTHER, DOMINANT = (
    "chr20\t33753265\t.\tC\tT",
    "chr17\t42317219\t.\tC\tT",
    "chr17\t42329643\t.\tG\tA",
)
UNREADABLE = "chr20\t33757310\t.\tC\tR\t60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"
HET = "0/1:20,20:40:99"


def result_of(*records: str) -> SampleResult:
    return one_person.result_of(vcf={"P.vcf": one_person.vcf(records)})


def record(place: str, call: str = HET, filters: str = "PASS") -> str:
    return f"{place}\t60\t{filters}\t.\tGT:AD:DP:GQ\t{call}"


@pytest.mark.parametrize("place", [CARRIER, OTHER, DOMINANT])
@pytest.mark.parametrize(
    ("call", "filters", "certain"),
    [
        (HET, "PASS", True),
        (HET, "LowQual", False),
        ("0/1:20,20:40:3", "PASS", False),
        ("0/1:2,2:4:99", "PASS", False),
        ("0/0:20,20:40:99", "PASS", False),
        ("./.:20,20:40:99", "PASS", False),
        ("0/1:0,40:40:99", "PASS", False),
        ("0/1:104,16:120:99", "PASS", True),  # in some of the cells, and there for certain
        ("0/1:104,16:120:99", "LowQual", False),
    ],
)
def test_nobody_has_what_a_call_in_doubt_shows(place, call, filters, certain):
    result = result_of(record(place, call, filters))
    assert result.conditions
    said = plain_summary(result)
    assert ("This person has" in said) is certain
    assert ("This person may have" in said) is not certain
    headline = answer_of(result).headline
    if result.status == "carrier":
        assert headline.startswith("Carrier" if certain else "Perhaps a carrier")
    if result.status == "differential":
        assert ("call is in doubt" in headline) is not certain


@pytest.mark.parametrize(("place", "status"), [(CARRIER, "carrier"), (OTHER, "differential")])
def test_what_was_not_judged_is_told_where_no_genotype_was_found(place, status):
    told = "1 record(s) could not be judged"
    elsewhere = UNREADABLE.replace("chr20\t33757310", "chr17\t42329643").replace("\tC\t", "\tG\t")
    result = result_of(record(place), elsewhere if status == "carrier" else UNREADABLE)
    assert result.status == status
    assert told in result.status_reason
    assert told in " ".join(answer_of(result).reasons)
    assert told in render_sample(result)
    assert told not in result_of(record(place)).status_reason


def test_findings_of_lower_rank_are_part_of_the_answer():
    result = result_of(record(CARRIER), record(OTHER))
    assert result.status == "carrier"
    assert "Further findings, see below: differential in STAT3." in answer_of(result).headline
    assert plain_summary(result).count("This person has") == 2
    page = render_sample(result)
    answer = page[page.index('id="answer"') : page.index('id="grounds"')]
    assert "c.583C&gt;T" in answer
    assert "c.2107G&gt;A" in answer
    assert "Further findings" not in answer_of(result_of(record(CARRIER))).headline


@pytest.mark.parametrize(("place", "gene"), [(CARRIER, "STAT3"), (OTHER, "ZNF341")])
@pytest.mark.parametrize("callable_", [{}, {"callable": one_person.WHOLE_LOCI}])
def test_a_gene_that_is_not_in_the_file_is_told_beside_a_finding_in_the_other(
    place, gene, callable_
):
    result = one_person.result_of(vcf={"P.vcf": one_person.vcf([record(place)])}, **callable_)
    assert result.status in ("carrier", "differential")
    assert f"{gene}: P.vcf has no record on chromosome" in result.status_reason
    assert "hyper-IgE syndrome is not excluded" in answer_of(result).headline
    assert f"{gene}: P.vcf has no record" in " ".join(answer_of(result).reasons)
    elsewhere = DOMINANT if place == CARRIER else "chr20\t33757310\t.\tC\tT"
    both = [record(place), record(elsewhere, "0/0:40,0:40:99")]
    whole = one_person.result_of(
        vcf={"P.vcf": one_person.vcf(one_person.in_order(both))}, **callable_
    )
    assert "no record" not in whole.status_reason
    assert ("not excluded" in answer_of(whole).headline) is not bool(callable_)


def test_a_gene_that_may_be_left_out_of_the_file_is_called_seen_nowhere():
    cells = {"vcf": {"P.vcf": one_person.vcf([record(CARRIER)])}}
    result = one_person.result_of(**cells, callable=one_person.WHOLE_LOCI)
    seen = {gene.gene: gene for gene in result.callability.genes}
    assert seen["STAT3"].unread
    assert not seen["ZNF341"].unread
    lines = dict(answer_of(result).callability)
    assert "not all of it was read" in lines["STAT3"]  # the reason stands above
    assert "not all of it" not in lines["ZNF341"]
    (analysis,) = (
        part for part in study(result) if "genomic-study-analysis" in part[1]["meta"]["profile"][0]
    )
    assert json.dumps(analysis).count('"url": "called"') == 1
    assert not all_seen(result)
    assert "STAT3: give the whole file of this sample" in " ".join(recommendations(result))


def deletion(chrom: str, start: int, end: int) -> str:
    info = f"SVTYPE=DEL;END={end};SVLEN={start - end}"
    return f"chr{chrom}\t{start}\t.\tN\t<DEL>\t60\tPASS\t{info}\tGT:AD:DP:GQ\t{HET}"


@pytest.mark.parametrize(
    ("place", "lost"),
    [
        (OTHER, deletion("17", 42310000, 42320000)),
        (DOMINANT, deletion("17", 42320000, 42340000)),
        (CARRIER, deletion("20", 33745000, 33770000)),
    ],
)
def test_an_allele_within_a_deletion_has_one_copy_in_every_form(place, lost):
    records = one_person.in_order([record(place, "1/1:0,40:40:99"), lost])
    result = result_of(*records)
    (variant,) = (v for v in result.variants if v.zygosity == "hom_alt")
    assert "other_copy_deleted" in variant.flags
    page = render_sample(result)
    assert "the same change in both copies" not in page
    assert "on both copies" not in page
    (finding,) = (c for c in result.conditions if variant.id in c.variants)
    assert finding.genotype.startswith("hemizygous")
    sentence = finding_sentence(finding, {v.id: v for v in result.variants})
    assert "the other copy is deleted" in sentence
    told = fhir_text(result)
    assert '"Homozygous"' not in told
    assert '"Hemizygous"' in told


@pytest.mark.parametrize("place", [CARRIER, OTHER, DOMINANT])
@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("0/1:104,16:120:99", "in a low fraction of the reads (13.3 %)"),
        ("0/0:20,20:40:99", "called reference, but its reads show the allele"),
        ("./.:20,20:40:99", "not called, but its reads show the allele"),
        ("0/1:0,40:40:99", "called heterozygous, which is contradicted"),
    ],
)
def test_the_sentence_of_a_finding_states_no_zygosity_that_the_reads_deny(place, call, said):
    result = result_of(record(place, call))
    variants = {v.id: v for v in result.variants}
    sentences = [finding_sentence(each, variants) for each in result.conditions]
    assert sentences
    assert all(said in sentence for sentence in sentences)
    told = fhir_text(result)
    assert "53034-5" not in told


@pytest.mark.parametrize("place", [CARRIER, OTHER, DOMINANT])
@pytest.mark.parametrize(("filters", "doubt"), [("PASS", False), ("LowQual", True)])
def test_the_answer_says_why_a_finding_is_not_settled(place, filters, doubt):
    """On the page, and in a Phenopacket, which hands a finding on without the page."""
    result = result_of(record(place, filters=filters))
    page = render_sample(result)
    answer = page[page.index('id="answer"') : page.index('id="grounds"')]
    assert ("FILTER LowQual" in answer) is doubt
    assert ("Not settled" in answer) is doubt
    dated = replace(result, report_date="2026-11-29")
    told = [part["summary"] for part in phenopacket(dated)["interpretations"]]
    assert all(("FILTER LowQual" in summary) is doubt for summary in told)


def test_an_allele_with_contradicting_classifications_is_handed_on_as_uncertain():
    keys = "60\tPASS\t.\tGT:AD:DP:GQ:PS\t0|1:20,20:40:99:1"
    result = result_of("chr17\t42329643\t.\tG\tA\t" + keys, "chr17\t42337519\t.\tTC\tT\t" + keys)
    contradicted = next(v for v in result.variants if v.pos == 42329643)
    assert contradicted.verdicts[0].support == "contradicted"
    assert stated_class(contradicted, "STAT3-AD-HIES") == "uncertain"


@pytest.mark.parametrize(("call", "mosaic"), [(HET, False), ("0/1:104,16:120:99", True)])
def test_a_carrier_in_some_of_the_reads_is_said_to_be_one(call, mosaic):
    assert ("perhaps a mosaic" in answer_of(result_of(record(CARRIER, call))).headline) is mosaic


def test_a_stated_parent_who_is_not_borne_out_is_told_in_the_answer():
    father, mother, other = "0/0:40,0:40:99", "0/1:20,20:40:99", "1/1:0,40:40:99"
    places = [42340000, 42341000, 42343000, 42344000]
    records = [f"{record(DOMINANT)}\t{father}\t{father}"]
    for place in places:
        ref = bases("17", place, place)
        alt = "C" if ref == "A" else "A"
        snp = record(f"chr17\t{place}\t.\t{ref}\t{alt}", other)
        records.append(f"{snp}\t{father}\t{mother}")
    text = one_person.vcf(one_person.in_order(records), columns="P\tF\tM")
    result = one_person.result_of(vcf={"P.vcf": text}, father="F", mother="M")
    assert result.status == "relevant"
    page = render_sample(result)
    answer = page[page.index('id="answer"') : page.index('id="grounds"')]
    assert "Remark: the data speak against the stated father F" in answer
