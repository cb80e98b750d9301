"""What a header says of variants that its file cannot hold is never "nothing found"."""

from __future__ import annotations

import pytest
from one_person import WHOLE_LOCI, in_order, result_of, vcf

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
    "##bcftools_viewCommand=view -s P -i 'INFO/CSQ~\"HIGH\"' in.vcf; Date=x",
    "##bcftools_viewCommand=view -c 2 in.vcf; Date=x",
    "##bcftools_annotateCommand=annotate -a x.vcf -e 'gnomAD_AF>0.01' in.vcf; Date=x",
    "##bcftools_isecCommand=isec -p dir a.vcf.gz b.vcf.gz; Date=x",
    "##bcftools_isecCommand=isec -C -w1 a.vcf.gz common.vcf.gz; Date=x",
    "##bcftools_split-vepCommand=split-vep -c Consequence -s worst:missense+ -x in.vcf; Date=x",
    "##bcftools_filterCommand=filter -S 0 -e 'FMT/GQ<20' in.vcf; Date=x",
    GATK.format("--selectExpressions AF < 0.05"),
    GATK.format("--restrict-alleles-to BIALLELIC"),
    GATK.format("--mendelian-violation true"),
    "##tumor_sample=P",
    "##content=strelka somatic snv calls",
    "##source=ClairS-TO",
    '##FILTER=<ID=GERMLINE,Description="Non somatic variants">',
    '##SentieonCommandLine.TNhaplotyper2=<ID=TNhaplotyper2,Version="x">',
    '##DRAGENCommandLine=<ID=dragen,CommandLineOptions="--tumor-bam-input=t.bam --RGSM P">',
    '##GATKCommandLine=<ID=Mutect2,CommandLine="Mutect2 --input P.bam">',
    "##source=SHAPEIT5 phase_common v5.1.1",
    "##eagleCommand=eagle --vcf in.vcf.gz",
    "##bcftools_pluginCommand=plugin setGT -- -t . -n 0 in.vcf; Date=x",
    "##bcftools_pluginCommand=plugin setGT --new-gt=c:'0/0' -t q -i 'GQ<20' in.vcf; Date=x",
    "##bcftools_pluginCommand=plugin missing2ref in.vcf; Date=x",
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
    "##CL=vcffilter --snps-only -i in.vcf.gz -o -",
    '##vcftoolsCommand="vcftools --vcf in.vcf --max-maf 0.01 --recode"',
    "##bcftools_pluginCommand=plugin prune -m 0.2 in.vcf; Date=x",
    "##bcftools_pluginCommand=plugin mendelian2 -p a,b,c -m g in.vcf; Date=x",
    "##bcftools_viewCommand=view -u in.vcf; Date=x",
    GATK.format("--restrict-alleles-to BIALLELIC"),
)
CUT_BY_A_FILE = (
    "##bcftools_viewCommand=view -R panel.bed in.vcf; Date=x",
    "##bcftools_viewCommand=view -Oz --targets-file panel.bed.gz in.vcf; Date=x",
    GATK.format("--intervals panel.interval_list"),
    '##SnpSiftCmd="SnpSift int -i in.vcf panel.bed"',
    "##bcftools_viewCommand=view -R /kits/panel. in.vcf; Date=x",
    "##bedtools_command=bedtools intersect -header -a in.vcf -b panel.bed",
    "##CL=vcffilter --include-bed=panel.bed -i in.vcf.gz -o -",
)
LEFT_OUT_BY_A_FILE = (
    "##bcftools_viewCommand=view -T ^hard.bed in.vcf; Date=x",
    "##bcftools_viewCommand=view -T '^/x/hard.bed' in.vcf; Date=x",
    "##bcftools_viewCommand=view -r chr17,chr20 --targets-file=^hard.bed in.vcf; Date=x",
    GATK.format("-XL hard.bed"),
    '##SnpSiftCmd="SnpSift int -x -i in.vcf hard.bed"',
    '##vcftoolsCommand="vcftools --vcf in.vcf --exclude-bed hard.bed --recode"',
    "##bedtools_command=bedtools intersect -v -header -a in.vcf -b hard.bed",
    "##bedtools_command=subtractBed -header -a in.vcf -b hard.bed",
    "##CL=vcffilter --exclude-bed=hard.bed -i in.vcf.gz -o -",
)
NEVER_CALLED = (
    "##bcftools_mpileupCommand=mpileup -T ^hard.bed -f g.fa P.bam; Date=x",
    '##GATKCommandLine=<ID=HaplotypeCaller,CommandLine="HaplotypeCaller -XL hard.bed -O x">',
    '##octopus=<version=0.7,command="octopus -I P.bam --skip-regions-file hard.bed">',
)
CALLED_BY_A_FILE = (
    '##GATKCommandLine=<ID=HaplotypeCaller,CommandLine="HaplotypeCaller --intervals kit.bed -O x">',
    '##GATKCommandLine.UnifiedGenotyper=<ID=x,C="intervals=[/x/kit.intervals] x=y">',
    '##DRAGENCommandLine=<ID=dragen,CommandLineOptions="-r /ref --vc-target-bed /x/kit.bed">',
    '##SentieonCommandLine.Haplotyper=<ID=x,CommandLine="driver -t 17 --interval kit.bed x.vcf">',
    "##cmdline=/x/configureStrelkaGermlineWorkflow.py --callRegions kit.bed.gz --exome",
    '##commandline="freebayes -f g.fa -t panel.bed P.bam"',
    "##bcftools_mpileupCommand=mpileup -R kit.bed -f g.fa P.bam; Date=x",
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
    "##bcftoolsCommand=mpileup -r chr17:43000000-44000000,chr20:5-9 -f g.fa P.bam",
    '##octopus=<version=0.7.4,command="octopus -I P.bam -T chr17:43000000-44000000 chr20:1-5">',
    '##SentieonCommandLine.DNAscope=<ID=x,CL="--interval chr17:43000000-44000000,chr20:1-5 -t 8">',
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
    "##bcftools_pluginCommand=plugin setGT -- -t q -n . -i 'GQ<20' in.vcf; Date=x",
    "##bcftools_pluginCommand=plugin fill-tags in.vcf -- -t all; Date=x",
    "##bcftools_filterCommand=filter -S . -e 'FMT/GQ<20' in.vcf; Date=x",
    "##bcftools_annotateCommand=annotate -k -i 'gnomAD_AF>0.01' -a x.vcf in.vcf; Date=x",
    "##bcftools_annotateCommand=annotate -a x.vcf -c INFO in.vcf; Date=x",
    "##bcftools_isecCommand=isec -n +1 -w1 a.vcf.gz b.vcf.gz; Date=x",
    "##bcftools_viewCommand=view -c 1:nref -s P in.vcf; Date=x",
    "##bcftools_mergeCommand=merge -0 a.vcf b.vcf; Date=x",
    "##eagleCommand=eagle --noImpMissing --vcf in.vcf.gz",
    "##source=Clair3",
    GATK.format("--select-type-to-include SNP --select-type-to-include INDEL"),
    "##bcftools_pluginCommand=plugin mendelian2 -p a,b,c -m a in.vcf; Date=x",
    "##CL=vcffilter --min-genotype-quality=20 -i in.vcf.gz -o -",
    "##bcftools_sortCommand=sort -T /tmp/x in.vcf; Date=x",
    '##DRAGENCommandLine=<ID=dragen,CommandLineOptions="--bam-input=n.bam --RGSM P">',
)

DEPTHS = {"P.per-base.bed": "chr17\t42311324\t42393495\t40\nchr20\t33726656\t33797269\t40\n"}


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


@pytest.mark.parametrize("files", [WHOLE_LOCI, DEPTHS])
@pytest.mark.parametrize("header", [*LEFT_OUT_BY_A_FILE, *NEVER_CALLED])
def test_regions_that_were_left_out_by_a_file_are_told_beside_any_callability(header, files):
    calls = CALL.replace("0/1:20,20", "0/0:40,0")
    there = f"chr17\t42329643\t.\tG\tA{calls}chr20\t33753265\t.\tC\tT{calls}"
    for records in (ELSEWHERE, ELSEWHERE + there):
        texts = vcf(in_order(records.splitlines()), header=f"{header}\n")
        one = result_of(vcf={"P.vcf": texts}, callable=files)
        silent = records == ELSEWHERE and header in LEFT_OUT_BY_A_FILE
        assert one.status == ("inconclusive" if silent else "none")
        (told,) = [text for text in one.callability.notes if "all but the regions of hard" in text]
        assert "variants in them are not in the file" in told


@pytest.mark.parametrize("header", CALLED_BY_A_FILE)
def test_the_unknown_regions_of_a_caller_are_told(header):
    one = result_of(
        vcf={"P.vcf": vcf(ELSEWHERE.splitlines(), header=f"{header}\n")}, callable=DEPTHS
    )
    assert one.status == "none"
    (told,) = [text for text in one.callability.notes if "its header says" in text]
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


def structural(alt, info, keys, sample, ref="N"):
    """The same event beside both genes."""
    places = (("chr17", 43_000_000), ("chr20", 34_000_000))
    rows = (
        f"{chrom}\t{pos}\t.\t{ref}\t{alt}\t60\tPASS\t{info.format(pos + 600)}\t{keys}\t{sample}\n"
        for chrom, pos in places
    )
    return "".join(rows)


STRUCTURAL = (
    structural("<DEL>", "SVTYPE=DEL;END={}", "GT:FT:GQ:PR:SR", "0/1:PASS:99:20,9:15,8"),
    structural("N[chr5:1000[", "SVTYPE=BND", "GT", "0/1"),
    structural("A" + "ACGT" * 30, "SVTYPE=INS;SVLEN=120", "GT:GQ:DR:DV", "0/1:60:9:9", "A"),
    structural("AACGTACGT", "SVTYPE=INS;SVLEN=8", "GT", "0/1", "A"),
    structural(".", "END={}", "GT:CN:NP:QS", "0:2:10:99"),
    structural("<DEL>,<DUP>", "END={}", "GT:CN:NP:QS", "1:1:10:99"),
    structural("<CNV>", "SVTYPE=CNV;END={}", "RC:BC:CN:MCC", "50:9:3:2"),
)


@pytest.mark.parametrize("records", STRUCTURAL)
def test_a_file_without_any_small_variant_shows_no_negative(records):
    """A lab names the SV file in the column of the small variants."""
    found = result("##x=y", records)
    assert found.status == "inconclusive"
    assert "small variants were not called in it" in found.status_reason
    assert result("##x=y", records + ELSEWHERE).status == "none"
    assert result("##x=y", records, ("##x=y", ELSEWHERE)).status == "none"
    assert result("##x=y", records + DOMINANT + CALL).status == "relevant"


def test_the_header_of_a_structural_caller_is_that_of_such_a_file():
    """Of a BCF no record is looked at before."""
    found = result("##source=GenerateSVCandidates 1.6.0", ELSEWHERE)
    assert found.status == "inconclusive"
    counted = '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="x">'  # joined with small ones
    assert result(f"##source=GenerateSVCandidates 1.6.0\n{counted}").status == "none"


STATES = {"P.bed": "chr17\t42311324\t42393495\tCALLABLE\nchr20\t33726656\t33797269\tCALLABLE\n"}


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("##bcftools_viewCommand=view -R kits/panel.bed in.vcf; Date=x", True),
        (GATK.replace("SelectVariants", "HaplotypeCaller").format("-L panel.bed"), True),
        ('##GATKCommandLine.HaplotypeCaller=<ID=x,C="intervals=[/k/panel.bed] x=y">', True),
        ('##commandline="freebayes -f g.fa -t panel.bed P.bam"', True),
        ('##DRAGENCommandLine=<ID=dragen,C="--vc-target-bed=panel.bed --RGSM P">', True),
        ("##bcftools_viewCommand=view -Oz -o panel.bed.vcf.gz in.vcf; Date=x", False),
    ],
)
def test_regions_in_a_file_are_told_where_depth_alone_says_what_was_seen(header, named):
    texts = vcf(ELSEWHERE.splitlines(), header=f"{header}\n")
    for files, told in ((DEPTHS, named), (STATES, named), (WHOLE_LOCI, False)):
        one = result_of(vcf={"P.vcf": texts}, callable=files)
        assert one.status == ("inconclusive" if "-R kits" in header else "none")
        notes = [note for note in one.callability.notes if "panel.bed, which are not" in note]
        assert len(notes) == told
