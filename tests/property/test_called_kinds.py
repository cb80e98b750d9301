"""A file of a caller that did not look for indels, or for SNPs, is no negative."""

from __future__ import annotations

import one_person
import pytest

BESIDE = "\t.\tA\tG\t60\tPASS\t.\tGT\t0/1"
INDEL = BESIDE.replace("\tG\t", "\tAT\t")
DOMINANT = "chr17\t42329643\t.\tG\tA\t60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99"
UNIFIED = '##GATKCommandLine=<ID=UnifiedGenotyper,Version=3.8,CommandLineOptions="help=false '
PLATYPUS = "##platypusOptions={'nCPU': 1, 'genIndels': %d, 'genSNPs': %d, 'minMapQual': 20}"


def result(header, *records, beside=(BESIDE, BESIDE)):
    places = ("chr17\t43000000", "chr20\t34000000")
    lines = [f"{place}{text}" for place, text in zip(places, beside, strict=True)]
    text = one_person.vcf(one_person.in_order([*records, *lines]), header=f"{header}\n")
    return one_person.result_of(vcf={"P.vcf": text}, callable=one_person.WHOLE_LOCI)


NO_INDELS = (
    "##bcftoolsCommand=mpileup -I -Ou -f x.fa x.bam",
    "##bcftoolsCommand=mpileup -Ou -BI -f x.fa x.bam",
    "##bcftoolsCommand=mpileup -f x.fa --skip-indels x.bam",
    "##samtoolsCommand=samtools mpileup -I -uf x.fa x.bam",
    '##commandline="freebayes -f x.fa --no-indels x.bam"',
    '##commandline="freebayes -f x.fa -i x.bam"',
    '##commandline="/opt/freebayes -f x.fa x.bam --no-indels"',
    f'{UNIFIED}genotype_likelihoods_model=SNP pcr_error_rate=1.0E-4">',
    PLATYPUS % (0, 1),
    "##source=lofreq call -f x.fa -o x.vcf x.bam",
    "##source=lofreq call-parallel --pp-threads 4 -f x.fa x.bam",
    "##source=Longshot v0.4.1",
)
NO_SNPS = (
    '##commandline="freebayes -f x.fa --no-snps x.bam"',
    f'{UNIFIED}genotype_likelihoods_model=INDEL pcr_error_rate=1.0E-4">',
    PLATYPUS % (1, 0),
    "##source=lofreq call --only-indels -f x.fa x.bam",
)
ALL = (
    "##bcftoolsCommand=mpileup -Ou -f x.fa I.bam",
    '##commandline="freebayes -f x.fa x.bam"',
    f'{UNIFIED}genotype_likelihoods_model=BOTH pcr_error_rate=1.0E-4">',
    PLATYPUS % (1, 1),
    "##source=lofreq call --call-indels -f x.fa x.bam",
)


@pytest.mark.parametrize("header", NO_INDELS)
def test_a_caller_that_did_not_look_for_indels_leaves_no_negative(header):
    """It was nothing found."""
    found = result(header)
    assert found.status == "inconclusive"
    assert "did not look for indels" in found.status_reason
    assert result(header, DOMINANT).status in ("relevant", "possible")
    # A file that holds them was joined with another one's records.
    assert result(header, beside=(INDEL, INDEL)).status == "none"


@pytest.mark.parametrize("header", NO_SNPS)
def test_a_caller_that_did_not_look_for_snps_leaves_no_negative(header):
    assert result(header, beside=(INDEL, INDEL)).status == "inconclusive"


@pytest.mark.parametrize("header", ALL)
@pytest.mark.parametrize("beside", [BESIDE, INDEL])
def test_a_caller_that_looked_for_all_is_believed(header, beside):
    assert result(header, beside=(beside, beside)).status == "none"


@pytest.mark.parametrize(("share", "wanted"), [("0.0", "none"), ("0.1", "inconclusive")])
def test_records_drawn_by_chance_are_taken_out(share, wanted):
    """0.0 stands in every header of GATK 4."""
    command = f"SelectVariants --select-random-fraction {share} --max-nocall-number 2147483647"
    header = f'##GATKCommandLine=<ID=SelectVariants,CommandLine="{command}">'
    assert result(header).status == wanted
