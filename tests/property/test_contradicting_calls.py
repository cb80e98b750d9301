"""A second record, a phase or an allele that contradicts a call is never passed over."""

from __future__ import annotations

import one_person
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vcf_text import bases

from hies_annot.render.html import render_sample
from hies_annot.results.contract import SampleResult

STOP = "chr20\t33753265\t.\tC\tT\t60\tPASS\t.\t"
OTHER_STOP = "chr20\t33757310\t.\tC\tT\t60\tPASS\t.\t"
DOMINANT = "chr17\t42329643\t.\tG\tA\t60\tPASS\t.\t"
BESIDE = "\t.\tA\tG\t60\tPASS\t.\tGT\t0/1"
ELSEWHERE = (f"chr17\t43000000{BESIDE}", f"chr20\t34000000{BESIDE}")
FEW = 5
"""Reads from which on an allele without a call is seen."""
HOM, HET, NONE = "1/1:0,40:40:99", "0/1:20,20:40:99", "0/0:40,0:40:99"


def result_of(*records: str) -> SampleResult:
    return one_person.result_of(vcf={"P.vcf": one_person.vcf(records)})


def status(*records: str) -> str:
    return str(result_of(*records).status)


@pytest.mark.parametrize(("place", "call"), [(STOP, HOM), (DOMINANT, HET)])
@given(order=st.permutations([0, 1]))
@settings(deadline=None, max_examples=4)
def test_a_record_that_calls_the_reference_makes_a_finding_possible(place, call, order):
    keys = "GT:AD:DP:GQ\t"
    records = [f"{place}{keys}{call}", f"{place}{keys}{NONE}"]
    assert status(records[0]) == "relevant"
    assert status(*(records[number] for number in order)) == "possible"


@pytest.mark.parametrize("second", ["0|1", "1|0"])
@given(quality=st.integers(0, 200) | st.sampled_from(["x", "."]))
@settings(deadline=None, max_examples=12)
def test_a_phase_is_believed_by_its_quality(second, quality):
    keys = "GT:AD:DP:GQ:PS:PQ\t"
    found = status(
        f"{STOP}{keys}0|1:20,20:40:99:7:{quality}",
        f"{OTHER_STOP}{keys}{second}:20,20:40:99:7:{quality}",
    )
    believed = quality == "." or (quality != "x" and quality >= 20)
    assert found == (("carrier" if second == "0|1" else "relevant") if believed else "possible")


@pytest.mark.parametrize("other", ["<NON_REF>", "<*>", "R", "?", "FOO", "<DEL"])
def test_an_allele_that_nobody_can_name_may_be_the_second_one(other):
    place = STOP.replace("\tT\t", f"\tT,{other}\t")
    assert status(f"{place}GT:AD:DP:GQ\t0/1:20,20,0:40:99") == "carrier"
    assert status(f"{place}GT:AD:DP:GQ\t1/2:0,20,20:40:99") == "possible"


@given(left=st.integers(0, 3), right=st.integers(0, 3), place=st.sampled_from([STOP, DOMINANT]))
@settings(deadline=None, max_examples=20)
def test_a_known_allele_is_found_whatever_neighbours_its_record_changes_with_it(left, right, place):
    chrom, pos, _, ref, alt, *_ = place.split("\t")
    first, last = int(pos) - left, int(pos) + right
    text = bases(chrom.removeprefix("chr"), first, last).upper()
    other = {"A": "C", "C": "A", "G": "T", "T": "G"}
    made = "".join(other[base] for base in text[:left]) + alt
    made += "".join(other[base] for base in text[left + 1 :])
    assert text[left] == ref
    record = f"{chrom}\t{first}\t.\t{text}\t{made}\t60\tPASS\t.\tGT:AD:DP:GQ\t{HET}"
    assert status(record) in ("carrier" if place == STOP else "relevant", "possible")


@pytest.mark.parametrize(
    "other",
    [
        OTHER_STOP.replace("\tC\t", "\tG\t") + "GT:AD:DP:GQ\t0/0:40,0:40:99",
        OTHER_STOP.replace("\tT\t", "\t*\t") + "GT:AD:DP:GQ\t0/1:20,20:40:99",
    ],
)
def test_the_sentence_of_a_carrier_names_what_was_not_judged(other):
    result = result_of(f"{STOP}GT:AD:DP:GQ\t{HET}", other)
    assert result.status == "carrier"
    assert "33757310" in result.status_reason


@pytest.mark.parametrize("genotype", ["0/1", "1/1", "./1", "1"])
@pytest.mark.parametrize("change", [("\tT\t", "\tR\t"), ("\tC\t", "\tG\t"), ("\tT\t", "\t<DEL\t")])
def test_an_allele_that_cannot_be_read_may_be_the_second_one_of_a_carrier(genotype, change):
    values = {"0/1": "20,20", "./1": "20,20"}.get(genotype, "0,40")
    other = f"{OTHER_STOP.replace(*change)}GT:AD:DP:GQ\t{genotype}:{values}:40:99"
    assert status(f"{STOP}GT:AD:DP:GQ\t{HET}", other) == "possible"
    assert status(f"{DOMINANT}GT:AD:DP:GQ\t{HET}", other) == "relevant"


@pytest.mark.parametrize(
    "records",
    [
        (f"{STOP}GT:AD:DP:GQ\t{HET}", OTHER_STOP.replace("\tT\t", "\tR\t") + f"GT:AD:DP:GQ\t{HET}"),
        (STOP.replace("\tT\t", "\tT,<NON_REF>\t") + "GT:AD:DP:GQ\t1/2:0,20,20:40:99",),
    ],
)
def test_the_page_asks_for_the_second_allele_and_speaks_of_no_homozygote(records):
    page = render_sample(result_of(*records))
    assert "may be the second change that is needed" in page
    assert "look at the reads where an allele could not be read" in page
    assert "true homozygote" not in page


DELETION = "chr20\t33761500\t.\tN\t<DEL>\t60\tPASS\tEND=33762300;SVTYPE=DEL\t"


@given(flank=st.floats(0, 3), bins=st.sampled_from(["-1", "nan", ".", "1", "2"]))
@settings(deadline=None, max_examples=20)
def test_a_loss_with_the_depth_of_its_flanks_is_possible(flank, bins):
    keys = "GT:DHFC:DHFFC:DHBFC\t"
    found = status(f"{DELETION}{keys}1/1:1:{flank:.3f}:{bins}")
    assert found == ("possible" if round(flank, 3) >= 0.7 else "relevant")
    gain = DELETION.replace("<DEL>", "<DUP>").replace("=DEL", "=DUP")
    assert status(f"{gain}{keys}0/0:1:1:1") == status(f"{gain}GT\t0/0")


@pytest.mark.parametrize("alt", ["<DEL>", "<CNV>", "<CN0>", "<CN=0>"])
@given(quality=st.integers(0, 99))
@settings(deadline=None, max_examples=8)
def test_a_copy_number_is_believed_by_its_quality(alt, quality):
    record = DELETION.replace("<DEL>", alt)
    for key in ("CNQ", "QS"):
        found = status(f"{record}GT:CN:{key}\t./.:0:{quality}")
        assert found == ("relevant" if quality >= 20 else "possible")
    probes = record.replace("SVTYPE", "PROBES=8;SVTYPE")  # CNVkit: no quality
    assert status(f"{probes}GT:CN:CNQ\t1/1:0:{quality}") == "relevant"
    assert status(f"{record}GT:GQ:CN:CNQ\t1/1:60:0:{quality}") == "relevant"


@given(reads=st.integers(26, 200))
@settings(deadline=None, max_examples=8)
def test_a_share_above_one_is_in_percent(reads):
    share = 100 * reads / 400
    for text in (f"AF\t0/1:400:{share:.2f}", f"VAF\t0/1:400:{share / 100:.4f}"):
        one = result_of(f"{DOMINANT}GT:DP:{text}")
        assert [variant.alt_depth for variant in one.variants] == [reads]


NULLS = (
    "chr20\t33732022\t.\tA\tG\t60\tPASS\t.\t",  # loss of the start
    "chr20\t33732036\t.\tG\tGT\t60\tPASS\t.\t",  # frameshift
    "chr20\t33745000\t.\tN\t<DUP>\t60\tPASS\tSVTYPE=DUP;END=33746000;SVLEN=1000\t",
)


@pytest.mark.parametrize("second", NULLS)
@given(phase=st.sampled_from(["0|1", "1|0", "0/1"]))
@settings(deadline=None, max_examples=3)
def test_a_second_null_allele_takes_nothing_from_a_copy_without_function(second, phase):
    keys = "GT:AD:DP:GQ:PS\t"
    more = f"{second}{keys}{phase}:20,20:40:99:7"
    homozygous = f"{OTHER_STOP}{keys}1/1:0,40:40:99:."
    assert status(*one_person.in_order([homozygous, more])) == "relevant"
    pair = [f"{STOP}{keys}0|1:20,20:40:99:7", f"{OTHER_STOP}{keys}1|0:20,20:40:99:7"]
    assert status(*one_person.in_order([*pair, more])) == "relevant"
    alone = status(*one_person.in_order([f"{STOP}{keys}0|1:20,20:40:99:7", more]))
    assert alone == {"0|1": "carrier"}.get(phase, "possible")


@pytest.mark.parametrize("place", [STOP, DOMINANT])
@given(reads=st.integers(0, 40), beside=st.booleans())
@settings(deadline=None, max_examples=12)
def test_a_record_without_genotype_is_judged_whatever_the_others_of_its_file_have(
    place, reads, beside
):
    """A file of which no record has a genotype was not read at all."""
    others = [OTHER_STOP.replace("\tC\t", "\tG\t") + f"GT:AD:DP:GQ\t{NONE}"] if beside else []
    found = result_of(f"{place}AD:DP\t{40 - reads},{reads}:40", *others)
    seen = ("possible",) if place == DOMINANT else ("possible", "carrier")
    assert found.status in (seen if reads >= FEW else ("inconclusive",))
    assert "genotype" in found.status_reason


@pytest.mark.parametrize(("place", "call"), [(STOP, HOM), (DOMINANT, HET)])
@pytest.mark.parametrize(
    ("info", "certain"),
    [
        ("STATUS=StrongSomatic;SAMPLE=P", False),
        ("STATUS=LikelySomatic", False),
        ("STATUS=Germline", True),
        ("SS=2;SSC=40", False),
        ("SS=1", True),
        ("SOMATIC;SS=2", False),
    ],
)
def test_what_a_record_calls_somatic_is_possible(place, call, info, certain):
    record = f"{place[:-2]}{info}\t"
    assert status(f"{record}GT:AD:DP:GQ\t{call}") == ("relevant" if certain else "possible")


@given(quality=st.floats(0, 0.02))
@settings(deadline=None, max_examples=12)
def test_a_quality_of_nearly_none_is_that_of_a_wrong_allele(quality):
    """Freebayes writes 1e-14 where others write 0."""
    record = DOMINANT.replace("\t60\t", f"\t{quality:.9g}\t")
    found = status(f"{record}GT:AD:DP:GQ\t{HET}")
    assert found == ("possible" if float(f"{quality:.9g}") < 0.01 else "relevant")


FRAMESHIFT = "chr20\t33757311\t.\tG\tGA\t60\tPASS\t.\t"


@pytest.mark.parametrize("place", [STOP, DOMINANT, FRAMESHIFT])
@pytest.mark.parametrize("text", ["01", "00", "11", "00/01", "A/G", "0\\1", "0/2", "2", "x"])
def test_a_genotype_that_cannot_be_read_is_no_negative(place, text):
    """`01` has no separator; `2` is no allele of the record. It was one base without a call."""
    records = one_person.in_order([f"{place}GT\t{text}", *ELSEWHERE])
    texts = {"P.vcf": one_person.vcf(records)}
    found = one_person.result_of(vcf=texts, callable=one_person.WHOLE_LOCI)
    assert found.status == "inconclusive"
    assert place.split("\t")[1] in found.status_reason


@pytest.mark.parametrize("key", ["VAF", "AF", "FREQ"])
@given(percent=st.integers(0, 100))
@settings(deadline=None, max_examples=15)
def test_a_share_without_a_depth_is_held_against_the_genotype(key, percent):
    """It was passed over, as there are no reads to count."""
    share = f"{percent}%" if key == "FREQ" else f"{percent / 100:.2f}"

    def found(place, genotype):
        records = [f"{place}GT:{key}\t{genotype}:{share}", *ELSEWHERE]
        texts = {"P.vcf": one_person.vcf(one_person.in_order(records))}
        return one_person.result_of(vcf=texts, callable=one_person.WHOLE_LOCI).status

    assert found(DOMINANT, "0/0") == ("none" if percent < 20 else "inconclusive")
    fits = found(DOMINANT, "0/1") == "relevant"
    assert fits or not 30 <= percent <= 70
    assert not fits or 10 <= percent <= 90
    assert found(STOP, "1/1") == "possible" or percent >= 70
    assert found(STOP, "0/1") == ("possible" if percent >= 95 else "carrier")


@pytest.mark.parametrize("alt", ["<NON_REF>", "<*>", "<X>"])
@pytest.mark.parametrize("genotype", ["0/1", "1/1", "1|0", "./1"])
@pytest.mark.parametrize("place", [STOP, DOMINANT])
def test_an_allele_without_a_name_is_no_negative_within_blocks(alt, genotype, place):
    """A block that holds the place called it the reference."""
    chrom, pos, _, ref, first, *_ = place.split("\t")
    blocks = [
        f"{name}\t{start}\t.\tN\t{alt}\t.\t.\tEND={end}\tGT:DP:GQ\t0/0:40:99"
        for name, start, end in (("chr17", 42311325, 42393495), ("chr20", 33726657, 33797269))
    ]
    alone = f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t60\t.\t.\tGT:DP:GQ\t{genotype}:40:99"
    second = f"{chrom}\t{pos}\t.\t{ref}\t{first},{alt}\t60\t.\t.\tGT:DP:GQ\t"
    second += f"{genotype.replace('1', '2')}:40:99"
    assert status(*blocks) == "none"
    for record in (alone, second):
        found = result_of(*one_person.in_order([*blocks, record]))
        assert found.status == "inconclusive"
        assert pos in found.status_reason
