"""Likelihoods that speak clearly for another genotype are held against GT, whatever GQ says."""

from __future__ import annotations

import one_person
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hies_annot.io.record.likelihoods import likelier_genotype

STOP = "chr20\t33753265\t.\tC\tT\t60\tPASS\t.\t"
DOMINANT = "chr17\t42329643\t.\tG\tA\t60\tPASS\t.\t"
FRAMESHIFT = "chr20\t33757311\t.\tG\tGA\t60\tPASS\t.\t"
BESIDE = "\t.\tA\tG\t60\tPASS\t.\tGT\t0/1"
ELSEWHERE = (f"chr17\t43000000{BESIDE}", f"chr20\t34000000{BESIDE}")
LOCI = (("chr17", 42311325, 42393495), ("chr20", 33726657, 33797269))
SAME = {"0/0": "40,0", "0/1": "20,20", "1/1": "0,40"}
GENOTYPES = tuple(SAME)


def figures(key, best, apart):
    """Return the figures of a key of which genotype `best` is the likeliest, `apart` phred."""
    phred = [apart] * 3
    phred[best] = 0
    if key in ("PL", "PP"):
        return ",".join(map(str, phred))
    if key == "GL":
        return ",".join(f"{-each / 10:g}" for each in phred)
    shares = [10 ** (-each / 10) for each in phred]
    return ",".join(f"{each / sum(shares):.6f}" for each in shares)


def status(*records, columns="P", more=0):
    lines = one_person.in_order([*records, *ELSEWHERE])
    if more:
        columns = "\t".join(["P", *(f"S{number}" for number in range(more))])
        lines = [line + "\t0/0" * more for line in lines]
    texts = {"P.vcf": one_person.vcf(lines, columns=columns)}
    return one_person.result_of(vcf=texts, callable=one_person.WHOLE_LOCI).status


@pytest.mark.parametrize("place", [DOMINANT, FRAMESHIFT, STOP])
@pytest.mark.parametrize("more", [0, 11])
@given(
    called=st.sampled_from([0, 1, 2]),
    best=st.sampled_from([0, 1, 2]),
    apart=st.integers(25, 400),
    key=st.sampled_from(["PL", "PP", "GL", "GP"]),
)
@settings(deadline=None, max_examples=12)
def test_a_clearly_likelier_genotype_is_held_against_the_called_one(
    place, more, called, best, apart, key
):
    genotype = GENOTYPES[called]
    text = f"{place}GT:AD:DP:GQ:{key}\t{genotype}:{SAME[genotype]}:40:99:"
    found = status(text + figures(key, best, apart), more=more)
    plain = status(text + ".", more=more)
    if called == best:
        assert found == plain
    elif called == 0:
        assert (plain, found) == ("none", "inconclusive")
    elif (place, called, best) == (STOP, 1, 0) or (place, called) == (FRAMESHIFT, 1):
        assert found in (plain, "possible")  # nothing says that it is more
    else:
        assert found == "possible"


@pytest.mark.parametrize("key", ["PL", "GL"])
def test_a_prior_may_outweigh_little_evidence(key):
    for apart in (1, 19):
        text = f"{DOMINANT}GT:AD:DP:GQ:{key}\t0/1:20,20:40:99:{figures(key, 0, apart)}"
        assert status(text) == "relevant"


def test_posteriors_hold_the_prior():
    for key in ("PP", "GP"):
        values = f"{figures(key, 1, 60)}:{figures('PL', 0, 60)}"
        assert status(f"{DOMINANT}GT:GQ:{key}:PL\t0/1:60:{values}") == "relevant"


@pytest.mark.parametrize(("copies", "wanted"), [("0.02", "possible"), ("0.9", "relevant")])
def test_a_dosage_is_held_against_the_genotype(copies, wanted):
    assert status(f"{DOMINANT}GT:GQ:DS\t0/1:99:{copies}") == wanted
    assert status(f"{DOMINANT}GT:GQ:DS\t0/0:99:{2 - float(copies)}") == "inconclusive"


@pytest.mark.parametrize("alt", ["<NON_REF>", "<*>"])
@pytest.mark.parametrize("whole", [True, False])
def test_a_reference_block_of_another_likeliest_genotype_is_no_negative(alt, whole):
    """It was believed; as one base it was a gap of a share that is enough."""
    keys = "GT:DP:GQ:MIN_DP:PL"

    def blocks(pl, cut):
        for chrom, start, end in LOCI:
            spans = [(start, end)]
            if cut and chrom == "chr20":
                spans = [(start, 33757310), (33757312, end)]
            for first, last in spans:
                site = f"{chrom}\t{first}\t.\tN\t{alt}\t.\t.\tEND={last}"
                yield f"{site}\t{keys}\t0/0:40:99:30:{pl}"

    good = "0,99,900"
    base = f"chr20\t33757311\t.\tG\t{alt}\t.\t.\t.\t{keys}\t0/0:40:99:30:"
    assert status(*blocks(good, cut=True), base + good) == "none"
    if whole:
        assert status(*blocks("500,0,500", cut=False)) == "inconclusive"
    else:
        assert status(*blocks(good, cut=True), f"{base}500,0,500") == "inconclusive"


@given(
    ploidy=st.sampled_from([1, 2]),
    alts=st.integers(1, 4),
    data=st.data(),
)
@settings(deadline=None, max_examples=60)
def test_the_likelier_genotype_is_that_of_the_order_of_vcf(ploidy, alts, data):
    order = [str(a) for a in range(alts + 1)]
    if ploidy == 2:
        order = [f"{low}/{high}" for high in range(alts + 1) for low in range(high + 1)]
    called, best = (data.draw(st.sampled_from(range(len(order)))) for _ in range(2))
    phred = ["90"] * len(order)
    phred[best] = "0"
    found = likelier_genotype({"GT": order[called], "PL": ",".join(phred)}, alts)
    assert found == (None if called == best else f"PL {order[best]}")


@pytest.mark.parametrize("genotype", ["0/0", "./.", "."])
@pytest.mark.parametrize("more", [0, 11])
@given(reads=st.integers(20, 200))
@settings(deadline=None, max_examples=5)
def test_an_allele_that_all_reads_show_is_no_negative_whatever_gt_says(genotype, more, reads):
    """It was a gap of one base, and a homozygous frameshift "nothing found"."""
    text = f"{FRAMESHIFT}GT:AD:DP:GQ\t{genotype}:0,{reads}:{reads}:99"
    assert status(text, more=more) == "inconclusive"
    assert status(text.replace(f"0,{reads}", f"{reads},0"), more=more) == "none"


@given(reads=st.integers(20, 200))
@settings(deadline=None, max_examples=5)
def test_an_uncertain_allele_that_may_be_homozygous_is_possible_as_a_homozygous_one(reads):
    """Only an allele known as pathogenic was; a frameshift in all reads was "nothing found"."""
    keys = "GT:AD:DP:GQ:PL"
    whole = f"{FRAMESHIFT}{keys}\t1/1:0,{reads}:{reads}:99:{figures('PL', 2, 90)}"
    assert status(whole) == "possible"
    assert status(f"{FRAMESHIFT}{keys}\t0/1:0,{reads}:{reads}:99:.") == "possible"
    assert status(f"{FRAMESHIFT}{keys}\t0/1:20,20:40:99:{figures('PL', 2, 90)}") == "possible"
