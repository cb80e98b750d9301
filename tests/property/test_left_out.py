"""What a header says of variants that its file cannot hold is never "nothing found"."""

from __future__ import annotations

import pytest
from one_person import WHOLE_LOCI, result_of, vcf

CALL = "\t60\tPASS\t.\tGT:AD:DP:GQ\t0/1:20,20:40:99\n"
ELSEWHERE = f"chr17\t43000000\t.\tA\tG{CALL}chr20\t34000000\t.\tA\tG{CALL}"
INDEL = f"chr17\t43000001\t.\tAC\tA{CALL}"
DOMINANT = "chr17\t42329643\t.\tG\tA"
GATK = '##GATKCommandLine=<ID=SelectVariants,CommandLine="SelectVariants {} --output b.vcf">'
SNPS = (
    "##bcftools_viewCommand=view -v snps in.vcf; Date=x",
    "##bcftools_callCommand=call -mV indels; Date=x",
    GATK.format("--select-type-to-include SNP"),
)
LOSSES = (
    "##bcftools_viewCommand=view -i 'INFO/CSQ~\"HIGH\"' in.vcf; Date=x",
    "##bcftools_filterCommand=filter -e 'gnomAD_AF>0.01' in.vcf; Date=x",
    "##bcftools_viewCommand=view -m2 -M2 in.vcf; Date=x",
    "##SnpSiftCmd=\"SnpSift Filter (ANN[*].IMPACT = 'HIGH') in.vcf\"",
    GATK.format("--selectExpressions AF < 0.05"),
    "##tumor_sample=P",
    "##content=strelka somatic snv calls",
    '##FORMAT=<ID=LRR,Number=1,Type=Float,Description="Log R Ratio">',
    '##INFO=<ID=DR2,Number=A,Type=Float,Description="Dosage R-Squared">',
    "##source=Minimac4",
    '##FILTER=<ID=germline_risk,Description="x">',
    '##DRAGENCommandLine=<ID=dragen,Date="x",CommandLineOptions="--tumor-bam-input=/x/T.bam">',
    '##SentieonCommandLine.TNscope=<ID=TNscope,CommandLine="sentieon driver -i T.bam x.vcf">',
    "##source=ClairS",
    "##bcftools_convertCommand=convert --tsv2vcf 23andme.txt -s P; Date=x",
    "##bcftools_isecCommand=isec -n=2 -w1 a.vcf.gz b.vcf.gz; Date=x",
    "##bcftools_annotateCommand=annotate -i 'INFO/AF<0.01' in.vcf; Date=x",
    "##bcftools_callCommand=call -m -C alleles -T sites.tsv.gz; Date=x",
    '##vembraneCmd=vembrane filter \'ANN["SYMBOL"] == "BRCA1"\'',
    "##VEP-command-line='vep --filter_common --vcf -i in.vcf'",
    GATK.format("--restrict-alleles-to BIALLELIC"),
)
CUT_BY_A_FILE = (
    "##bcftools_viewCommand=view -R panel.bed in.vcf; Date=x",
    "##bcftools_viewCommand=view -Oz --targets-file panel.bed.gz in.vcf; Date=x",
    GATK.format("--intervals panel.interval_list"),
    '##SnpSiftCmd="SnpSift int -i in.vcf panel.bed"',
)
CALLED_BY_A_FILE = (
    '##GATKCommandLine=<ID=HaplotypeCaller,CommandLine="HaplotypeCaller --intervals kit.bed -O x">',
    '##GATKCommandLine.UnifiedGenotyper=<ID=x,C="intervals=[/x/kit.intervals] x=y">',
    '##DRAGENCommandLine=<ID=dragen,CommandLineOptions="-r /ref --vc-target-bed /x/kit.bed">',
    '##SentieonCommandLine.Haplotyper=<ID=x,CommandLine="driver -t 17 --interval kit.bed x.vcf">',
    "##cmdline=/x/configureStrelkaGermlineWorkflow.py --callRegions kit.bed.gz --exome",
    '##commandline="freebayes -f g.fa -t panel.bed P.bam"',
    "##bcftools_mpileupCommand=mpileup -R kit.bed -f g.fa P.bam; Date=x",
    "##bcftools_viewCommand=view -T ^difficult.bed in.vcf; Date=x",
)
WITHOUT = (
    "##bcftools_viewCommand=view -t ^chr17:42300000-42400000,chr20:33726700- in.vcf; Date=x",
    "##bcftools_mpileupCommand=mpileup --targets ^17,20 -f g.fa P.bam; Date=x",
    GATK.format("-XL chr17:42300000-42400000 --exclude-intervals chr20"),
    '##GATKCommandLine.x=<ID=x,C="intervals=null excludeIntervals=[17:1-43000000, chr20] x=y">',
    '##octopus=<version=0.7,command="octopus -R g.fa -I P.bam -K chr17 -K chr20">',
)
PARTS = (
    "##bcftools_viewCommand=view -r chr17:42313324-42320000,chr20:33760000-34000000 in.vcf; Date=x",
    "##bcftools_viewCommand=view -t ^17:42329600-42329700,20:33753200-33753300 in.vcf; Date=x",
)
BESIDE = (
    "##bcftools_viewCommand=view -r chr17:43000000-44000000,chr20:34000000- in.vcf; Date=x",
    "##bcftools_viewCommand=view in.vcf.gz chr17:1-42000000 chr20:1-33000000; Date=x",
    "##bcftools_mpileupCommand=mpileup -t 17:43000000-44000000,20:5-9 -f g.fa P.bam; Date=x",
    GATK.format("--intervals chr17:43,000,000-44,000,000 --intervals chr20:1-5"),
    '##GATKCommandLine.HaplotypeCaller=<ID=x,C="intervals=[17:43000000-44000000, 20:1-5] x=y">',
    '##commandline="freebayes -f g.fa -r chr17:43000000..44000000 -r chr20:1..5 P.bam"',
    '##SentieonCommandLine.Haplotyper=<ID=x,C="driver --interval chr17:1-9,chr20:1-5 -r g.fa">',
    "##platypusOptions={'regions': ['chr17:100-200', 'chr20:1-5'], 'nCPU': 1}",
    *WITHOUT,
)
HARMLESS = (
    "##bcftools_viewCommand=view -r chr17:42000000-44000000,chr20 in.vcf; Date=x",
    "##bcftools_viewCommand=view -r chr1:1-5000 in.vcf; Date=x",
    "##bcftools_viewCommand=view -t ^chr17:43000000-44000000 in.vcf; Date=x",
    "##bcftools_viewCommand=view -f PASS in.vcf; Date=x",
    "##bcftools_viewCommand=view -c1 -Oz -s P -r chr17 in.vcf; Date=x",
    "##bcftools_viewCommand=view -i 'QUAL>20 && FMT/DP>=10 && GT=\"alt\"' in.vcf; Date=x",
    "##bcftools_filterCommand=filter -s COMMON -e 'gnomAD_AF>0.01' in.vcf; Date=x",
    "##bcftools_normCommand=norm -m -any; Date=x\n##bcftools_viewCommand=view -m2 -M2; Date=x",
    GATK.format("--exclude-filtered true --restrict-alleles-to ALL"),
    '##SnpSiftCmd="SnpSift Filter (QUAL > 30) in.vcf"',
    '##SnpSiftCmd="SnpSift Annotate clinvar.vcf in.vcf"',
)


def result(header, records=ELSEWHERE, *more):
    """Return the result of a person whose files have some header lines and records."""
    files = {"P.vcf": (header, records)} | {f"{n}.vcf": part for n, part in enumerate(more)}
    texts = {
        name: vcf(lines.splitlines(), header=f"{head}\n") for name, (head, lines) in files.items()
    }
    return result_of(vcf=texts, callable=WHOLE_LOCI)


@pytest.mark.parametrize("header", [*LOSSES, *SNPS])
def test_a_file_of_which_variants_were_taken_out_shows_no_negative(header):
    one = result(header)
    assert one.status == "inconclusive"
    assert one.status_reason.startswith("STAT3 and ZNF341: P.vcf: it")


@pytest.mark.parametrize("header", BESIDE)
def test_a_file_that_was_cut_beside_the_genes_shows_no_negative(header):
    one = result(header)
    assert one.status == "inconclusive"
    assert "its header says that it was cut to" in one.status_reason
    inside = f"chr17\t42329643\t.\tG\tA{CALL.replace('0/1:20,20', '0/0:40,0')}"
    reason = result(header, ELSEWHERE + inside).status_reason  # a part that was joined with others
    assert reason.startswith("ZNF341: P.vcf: its header says")


@pytest.mark.parametrize("header", PARTS)
def test_a_file_that_was_cut_to_a_part_of_a_gene_shows_no_negative(header):
    assert "cut to" in result(header).status_reason
    within = f"chr17\t42329643\t.\tG\tA{CALL.replace('0/1:20,20', '0/0:40,0')}"
    reason = result(header, ELSEWHERE + within).status_reason  # it lies beside the part
    assert reason.startswith("ZNF341: P.vcf: its header says")


@pytest.mark.parametrize("header", CUT_BY_A_FILE)
def test_a_file_that_was_cut_to_unknown_regions_shows_no_negative_without_a_record(header):
    assert "cut to the regions of panel." in result(header).status_reason
    calls = CALL.replace("0/1:20,20", "0/0:40,0")
    there = f"chr17\t42329643\t.\tG\tA{calls}chr20\t33753265\t.\tC\tT{calls}"
    assert result(header, ELSEWHERE + there).status == "none"


@pytest.mark.parametrize("header", CALLED_BY_A_FILE)
def test_the_unknown_regions_of_a_caller_are_told(header):
    one = result(header)
    assert one.status == "none"
    (told,) = [text for text in one.warnings if "its header says" in text]
    assert "which are not known here" in told


@pytest.mark.parametrize("header", HARMLESS)
def test_what_takes_out_calls_of_low_quality_only_is_as_it_was(header):
    assert result(header).status == "none"


@pytest.mark.parametrize("header", SNPS)
def test_parts_that_were_joined_again_are_whole(header):
    assert result(header, ELSEWHERE + INDEL).status == "none"


def test_blocks_show_what_was_taken_out():
    def block(chrom, first, last):
        call = f".\t.\tEND={last}\tGT:DP:GQ\t0/0:40:99\n"
        return f"{chrom}\t{first}\t.\tN\t<NON_REF>\t{call}"

    blocks = block("chr17", 42300000, 42400000) + block("chr20", 33720000, 33800000)
    assert result(LOSSES[0], blocks).status == "none"


def test_a_finding_of_a_somatic_caller_or_a_panel_is_possible():
    imputed = CALL.replace("PASS\t.", "PASS\tIMP")
    assert result("##source=x", DOMINANT + CALL).status == "relevant"
    assert result("##tumor_sample=P", DOMINANT + CALL).status == "possible"
    assert result("##source=x", DOMINANT + imputed).status == "possible"


INDELS = ("##bcftools_viewCommand=view -v indels in.vcf; Date=x", INDEL)
WHOLE = ("##source=x", ELSEWHERE)
OTHER_PART = (
    "##bcftools_viewCommand=view -r chr17:1-43000000,chr20 in.vcf; Date=x",
    f"chr17\t42000000\t.\tA\tG{CALL}chr20\t34000000\t.\tA\tG{CALL}",
)


@pytest.mark.parametrize(
    ("header", "other", "status"),
    [
        *((header, INDELS, "none") for header in SNPS),
        *((header, (SNPS[0], ELSEWHERE), "inconclusive") for header in SNPS),
        ("##tumor_sample=P", WHOLE, "none"),
        ("##tumor_sample=P", ("##source=Minimac4", ELSEWHERE), "inconclusive"),
        (BESIDE[0], OTHER_PART, "none"),
        (LOSSES[0], WHOLE, "inconclusive"),
    ],
)
def test_another_file_of_the_person_may_have_what_one_lacks(header, other, status):
    assert result(header, ELSEWHERE, other).status == status
