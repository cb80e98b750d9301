"""gVCF dialects: every record says something, and what it says follows from the record alone."""

import gzip
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.callability.carried import CarriedAllele
from hies_annot.callability.records import CALLED, VcfEvidence, VcfKind, read_evidence, vcf_kind
from hies_annot.callability.required import RequiredBases, RequiredExon
from hies_annot.callability.statements import Statement, Weight, paint
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build, canonical_chrom, contigs
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.record.vcf_line import parse_line
from hies_annot.io.windows.vcf import read_windows
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.callability_rules import CallabilityConfig

REFERENCE = embedded_reference(Build.GRCH37, default_genes())
CONFIG = CallabilityConfig(min_depth=10)
ZOO = Path(os.environ.get("HIES_VCF_ZOO", "/nonexistent"))


def required(chrom, start, end):
    return RequiredBases(
        gene="STAT3",
        chrom=chrom,
        transcript=REFERENCE.mane("STAT3"),
        exons=(RequiredExon(1, start, end),),
        spans=((start, end),),
        starts=(start,),
        offsets=(0,),
        size=end - start + 1,
    )


def read(*lines, config=CONFIG, bases=None):
    records = [
        (line.site, line.fields(0))
        for line in (
            parse_line("\t".join(text.split()), file="x", number=1, chrom="17", sample_count=1)
            for text in lines
        )
    ]
    kind = vcf_kind(records)
    bases = bases or required("17", 1, 1000)
    return read_evidence(records, bases, kind, REFERENCE, config)


STRELKA = (
    "17 1 . A . . PASS END=1;BLOCKAVG_min30p3a GT:GQX:DP:DPF:MIN_DP 0/0:259:16:1:12",
    "17 2 . T . . PASS END=318;BLOCKAVG_min30p3a GT:GQX:DP:DPF:MIN_DP 0/0:233:18:1:10",
    "17 319 . TTG T 0 PASS CIGAR=1M2D GT:GQ:GQX:DPI:AD 0/0:445:445:26:25,0",
    "17 322 . T . . LowGQX END=341 GT:GQX:DP:DPF:MIN_DP .:.:0:0:0",
    "17 342 . T . . LowGQX END=400 GT:GQX:DP:DPF:MIN_DP 0/0:4:24:1:17",
    "17 401 . T . . HighDPFRatio END=410 GT:GQX:DP:DPF:MIN_DP 0/0:99:24:30:17",
)
DRAGEN = (
    "17 1 . C <NON_REF> . PASS END=100 GT:AD:DP:GQ:MIN_DP 0/0:131,4:135:69:132",
    "17 101 . C <NON_REF> . PASS END=200 GT:AD:DP:GQ:MIN_DP 0/0:12,0:12:30:9",
    "17 201 . C T,<NON_REF> 50 PASS DP=30 GT:AD:AF:DP:GQ 0/1:15,15,0:0.5,0:30:48",
    "17 202 . C T,<NON_REF> 1 DRAGENHardQUAL DP=30 GT:AD:AF:DP:GQ 0/1:27,3,0:0.1,0:30:48",
)
DEEPVARIANT = (
    "17 1 . T <*> 0 . END=100 GT:GQ:MIN_DP:PL 0/0:50:20:0,60,599",
    "17 101 . T <*> 0 . END=200 GT:GQ:MIN_DP:PL 0/0:1:0:0,0,0",
    "17 201 . A <*> 0 . END=201 GT:GQ:MIN_DP:PL ./.:0:1:29,3,0",
    "17 202 . G A,<*> 0.1 RefCall . GT:GQ:DP:AD:VAF:PL 0/0:40:30:29,1,0:0.03,0:0,30,40,0,0,0",
    "17 203 . G A,<*> 0 NoCall . GT:GQ:DP:AD:VAF:PL ./.:40:30:20,10,0:0.3,0:0,30,40,0,0,0",
)
BCFTOOLS = (
    "17 1 . A . . . END=50;MIN_DP=20 GT:DP 0/0:20",
    "17 51 . A <*> . . END=60;MIN_DP=2 GT:MIN_DP 0/0:2",
    "17 61 . A . . . END=70 GT ./.",
    "17 71 . A . . . END=80 GT 0/0",
)


@pytest.mark.parametrize(
    ("lines", "indels", "reasons"),
    [
        (
            STRELKA,
            None,
            ["", "", "", "no call", "filter LowGQX", "filter HighDPFRatio"],
        ),
        (DRAGEN, True, ["", "depth below 10", "", "filter DRAGENHardQUAL"]),
        (DEEPVARIANT, True, ["", "no reads", "no call", "", "no call"]),
        (BCFTOOLS, None, ["", "depth below 10", "no call", "depth not given"]),
    ],
    ids=["strelka", "dragen", "deepvariant", "bcftools"],
)
def test_every_dialect_is_a_gvcf_without_a_record_lost(lines, indels, reasons):
    evidence = read(*lines)
    assert evidence.kind is VcfKind.GVCF
    assert [statement.reason for statement in evidence.statements] == reasons
    assert evidence.statements[0].indel is indels
    assert [(s.start, s.end) for s in evidence.statements[:2]] == [
        (int(line.split()[1]), int(line.split("END=")[1].split()[0].split(";")[0]))
        for line in lines[:2]
    ]


def test_the_least_depth_of_a_block_decides_and_its_mean_is_shown():
    thin, thick = (
        read(f"17 1 . C <NON_REF> . . END=9 GT:DP:GQ:MIN_DP 0/0:30:60:{least}") for least in (9, 10)
    )
    assert (thin.statements[0].callable, thin.statements[0].depth) == (False, 30)
    assert (thick.statements[0].callable, thick.statements[0].depth) == (True, 30)


def test_records_without_quality_are_counted():
    assert read(*BCFTOOLS).without_quality == 1
    assert read(*DRAGEN).without_quality == 0


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("17 5 . A <*> . . END=6 GT:DP 0/0:9", VcfKind.GVCF),
        ("17 5 . A G,<NON_REF> . . . GT:DP 0/1:9", VcfKind.GVCF),
        ("17 5 . A . . . END=9 GT:DP 0/0:9", VcfKind.GVCF),
        ("17 5 . A . . . . GT:DP 0/0:9", VcfKind.VARIANTS),
        ("17 5 . ACGT . . . . GT:DP 0/0:9", VcfKind.VARIANTS),
        ("17 5 . A G . . . GT:DP 0/0:9", VcfKind.VARIANTS),
        ("17 5 . N . . . END=900 GT:CN 0:2", VcfKind.VARIANTS),
        ("17 5 . N <DEL> . . SVTYPE=DEL;END=900 GT:DP 0/1:9", VcfKind.VARIANTS),
        ("17 5 . A *,<NON_REF> . . . GT:DP 0/1:9", VcfKind.GVCF),
    ],
)
def test_the_kind_follows_from_the_records(line, kind):
    assert read(line).kind is kind


def test_ten_adjacent_hom_ref_rows_make_an_all_sites_file_and_nine_do_not():
    rows = [f"17 {pos} . A . . . . GT:DP 0/0:30" for pos in range(1, 11)]
    assert read(*rows).kind is VcfKind.ALL_SITES
    assert read(*rows[:-1]).kind is VcfKind.VARIANTS


def test_an_unreadable_alternate_allele_is_no_evidence():
    assert read("17 5 . A R . . . GT:DP:GQ 0/1:30:60").statements[0].reason == (
        "unresolved alternate allele"
    )
    assert read("17 5 . A G . . . GT:DP:GQ 0/1:30:60").statements[0].callable


@pytest.mark.skipif(not ZOO.is_dir(), reason="HIES_VCF_ZOO does not name a folder of gVCF files")
@pytest.mark.parametrize("number", ["01", "03", "11", "21", "29"])
def test_gvcf_files_of_other_tools_are_read_without_a_record_lost(number):
    (path,) = ZOO.glob(f"{number}_*")
    file = open_vcf(path)
    lengths = contigs(Build.GRCH37)
    windows = tuple((chrom, 1, contig.length) for chrom, contig in lengths.items())
    records = [(line.site, line.fields(0)) for line in read_windows(file, windows)]
    kind = vcf_kind(records)
    assert kind is VcfKind.GVCF
    statements = [
        statement
        for chrom in {canonical_chrom(site.chrom) for site, _ in records}
        for statement in read_evidence(
            records, required(chrom, 1, lengths[chrom].length), kind, REFERENCE, CONFIG
        ).statements
    ]
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt") as handle:
        written = sum(not line.startswith("#") for line in handle if line.strip())
    assert len(statements) == written > 0


BLOCKS = st.lists(
    st.tuples(
        st.integers(1, 60),
        st.integers(0, 30),
        st.sampled_from(["0/0", "./.", "0/."]),
        st.integers(0, 20),
        st.integers(0, 40),
    ),
    max_size=12,
)


@given(BLOCKS)
def test_any_set_of_blocks_gives_what_a_base_by_base_reading_gives(blocks):
    evidence = read(
        *(
            f"17 {start} . N <NON_REF> . . END={start + length} GT:DP:GQ {gt}:{depth}:{quality}"
            for start, length, gt, depth, quality in blocks
        )
    )
    layer = paint(required("17", 1, 100), evidence.statements)
    for position, entry in enumerate(layer, 1):
        over = [item for item in blocks if item[0] <= position <= item[0] + item[1]]
        assert (entry is None) == (not over)
        refused = any(
            "." in gt or (quality == 0 and depth > 0) for _, _, gt, depth, quality in over
        )
        good = bool(over) and all(depth >= 10 and quality >= 20 for *_, depth, quality in over)
        assert (entry is not None and entry.callable) == (good and not refused)


GOOD, BAD, OPEN, NONE = Weight.CALLABLE, Weight.NOT_CALLABLE, Weight.INCOMPLETE, Weight.NO_CALL
UNNAMED = "unresolved alternate allele"
AGAINST = "reads contradict the reference call"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # Blocks: the least depth decides, the mean is shown, LEN comes before END.
        ("A <*> . . END=9 GT:DP:GQ 0/0:10:20", (9, GOOD, "gVCF", 10, "", True)),
        ("A <*> . . END=9 GT:DP:GQ 0/0:9:20", (9, BAD, "gVCF", 9, "depth below 10", False)),
        ("A <*> . . END=9 GT:DP:GQ 0/0:1:20", (9, BAD, "gVCF", 1, "depth below 10", False)),
        ("A <*> . . END=9 GT:DP:GQ 0/0:0:20", (9, BAD, "gVCF", 0, "no reads", False)),
        (
            "A <*> . . END=9 GT:DP:GQ 0/0:10:19",
            (9, BAD, "gVCF", 10, "genotype quality below 20", False),
        ),
        (
            "A <*> . . END=9 GT:GQ 0/0:19",
            (9, BAD, "gVCF", None, "genotype quality below 20", False),
        ),
        ("A <*> . . END=9 GT:DP:GQ 0/0:10:0", (9, NONE, "gVCF", 10, "genotype quality 0", False)),
        ("A <*> . . END=9 GT:GQ 0/0:0", (9, NONE, "gVCF", None, "genotype quality 0", False)),
        ("A <*> . . END=9 GT:DP:GQ 0/0:0:0", (9, BAD, "gVCF", 0, "no reads", False)),
        ("A <*> . . END=9 GT:GQ 0/0:20", (9, OPEN, "gVCF", None, "depth not given", False)),
        ("A <*> . . END=9 GT:MIN_DP 0/0:12", (9, GOOD, "gVCF", 12, "", True)),
        ("A <*> . . END=9 GT:DP:MIN_DP 0/0:30:10", (9, GOOD, "gVCF", 30, "", True)),
        ("A <*> . . END=9 GT:DP:LEN 0/0:30:3", (7, GOOD, "gVCF", 30, "", True)),
        ("A <*> . . END=9 GT:DP 0/.:30", (9, NONE, "gVCF", 30, "no call", False)),
        ("A . . . END=9 GT:DP 0/0:30", (9, GOOD, "gVCF", 30, "", None)),
        ("A <*> . LowX END=9 GT:DP:FT 0/0:30:q", (9, BAD, "gVCF", 30, "filter LowX", False)),
        ("A <*> . PASS END=9 GT:DP:FT 0/0:30:q", (9, BAD, "gVCF", 30, "filter q", False)),
        # AD of a reference call: up to 15 in 100 other reads are believed.
        ("A <*> . . END=9 GT:DP:AD 0/0:100:85,15", (9, GOOD, "gVCF", 100, "", True)),
        ("A <*> . . END=9 GT:DP:AD 0/0:100:84,16", (9, BAD, "gVCF", 100, AGAINST, False)),
        ("A <*> . . END=9 GT:DP:AD 0/0:40:.,40", (9, BAD, "gVCF", 40, AGAINST, False)),
        ("A <*> . . END=9 GT:DP:AD 0/0:40:40,.", (9, GOOD, "gVCF", 40, "", True)),
        ("A <*> . . END=9 GT:DP:AD 0/0:40:.,.", (9, GOOD, "gVCF", 40, "", True)),
        ("A <*> . . END=9 GT:DP:AD 0/0:40:0,0", (9, GOOD, "gVCF", 40, "", True)),
        ("A <*> . . END=9 GT:DP:AD 0/0:40:40", (9, GOOD, "gVCF", 40, "", True)),
        # Alleles that nobody can name.
        ("A <*> . . END=9 GT:DP 0/1:30", (9, BAD, "gVCF", 30, UNNAMED, False)),
        ("A <*> . . END=9 GT:DP 0/2:30", (9, BAD, "gVCF", 30, UNNAMED, False)),
        ("A R,<*> . . . GT:DP 0/1:30", (5, BAD, CALLED, 30, UNNAMED, False)),
        ("A R,<*> . . . GT:DP 0/0:30", (5, GOOD, CALLED, 30, "", True)),
        # Called records: all reads count, over the bases of REF, whatever END says.
        ("ACG A,<*> . . END=99 GT:AD:DP:GQ 0/1:4,6,0:40:20", (7, GOOD, CALLED, 10, "", True)),
        (
            "ACG A,<*> . . . GT:AD:DP:GQ 0/1:4,5,0:40:20",
            (7, BAD, CALLED, 9, "depth below 10", False),
        ),
        ("A G,<*> . . . GT:AD:DP 0/1:4,.,0:40", (5, GOOD, CALLED, 40, "", True)),
        ("A G,<*> . . . GT:DP:MIN_DP 0/1:40:3", (5, GOOD, CALLED, 40, "", True)),
        ("A *,<*> . . . GT:DP 0/1:40", (5, GOOD, CALLED, 40, "", True)),
        ("A G,<*> . . . GT:AD 1/1:5,15,0", (5, GOOD, CALLED, 20, "", True)),
        # Structural records say nothing about bases.
        ("A <DEL>,<*> . . END=9 GT:DP 0/0:30", None),
        ("A <*> . . SVTYPE=DEL;END=9 GT:DP 0/0:30", None),
        ("A <*> . . CN=2;END=9 GT:DP 0/0:30", None),
        ("A <*> . . END=9 GT:DP:CN 0/0:30:2", None),
        ("A A[17:80[,<*> . . . GT:DP 0/0:30", None),
    ],
)
def test_the_whole_statement_of_a_record(line, expected):
    evidence = read("17 900 . A <*> . . . GT ./.", f"17 5 . {line}")
    found = evidence.statements[1:]
    if expected is None:
        assert found == ()
        return
    end, weight, source, depth, reason, indel = expected
    assert found == (Statement(5, end, weight, source, depth, reason, indel),)


def test_evidence_is_that_of_the_required_bases():
    lines = (
        "17 95 . A <*> . . END=99 GT:DP 0/0:30",
        "17 96 . A <*> . . END=100 GT:DP 0/0:30",
        "17 90 . A <*> . . END=99 GT:DP:LEN 0/0:30:30",
        "17 200 . A <*> . . END=210 GT:DP:GQ 0/0:30:60",
        "17 201 . A <*> . . END=210 GT:DP 0/0:30",
        "17 150 . A <*> . . . GT:DP 0/0:3",
        "17 151 . A <DEL> . . SVTYPE=DEL;END=160 GT:DP 0/0:30",
    )
    evidence = read(*lines, bases=required("17", 100, 200))
    assert [item.start for item in evidence.statements] == [96, 90, 200, 150]
    assert (evidence.kind, evidence.carried, evidence.without_quality) == (VcfKind.GVCF, (), 2)
    assert read(*lines, bases=required("20", 1, 999)) == VcfEvidence(VcfKind.GVCF, (), (), 0)


STAT3_BASE = 40481661
"""GRCH37 position of c.1144, G on the plus strand."""


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "carried"),
    [
        (0, "G", "A", CarriedAllele(f"17-{STAT3_BASE}-G-A", (STAT3_BASE, STAT3_BASE), 30)),
        (-1, "CG", "CA", CarriedAllele(f"17-{STAT3_BASE}-G-A", (STAT3_BASE, STAT3_BASE), 30)),
        (1, "G", "A", None),
    ],
)
def test_carried_alleles_are_those_that_change_a_required_base(pos, ref, alt, carried):
    line = f"17 {STAT3_BASE + pos} . {ref} {alt} . . . GT:AD 0/1:14,16"
    bases = required("17", STAT3_BASE, STAT3_BASE)
    assert read(line, bases=bases).carried == (() if carried is None else (carried,))


def test_an_insertion_is_carried_wherever_it_lies():
    line = f"17 {STAT3_BASE + 50} . N NTT . . . GT:AD 0/1:14,16"
    bases = REFERENCE.locus("STAT3").bases(STAT3_BASE + 50, STAT3_BASE + 50).upper()
    found = read(line.replace(" N NTT", f" {bases} {bases}TT"), bases=required("17", 1, 9))
    assert [allele.changed for allele in found.carried] == [None]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ((), VcfKind.VARIANTS),
        (("17 5 . N <DEL> . . SVTYPE=DEL;END=9 GT 0/1", "17 6 . A <*> . . . GT 0/0"), VcfKind.GVCF),
        (("17 5 . ACGTACGTAC . . . . GT 0/0",), VcfKind.ALL_SITES),
        (("17 5 . ACGTACGTA . . . . GT 0/0",), VcfKind.VARIANTS),
        (("17 5 . ACGTA . . . . GT 0/0", "17 10 . ACGTA . . . . GT 0/0"), VcfKind.ALL_SITES),
        (("17 5 . ACGTA . . . . GT 0/0", "17 11 . ACGTA . . . . GT 0/0"), VcfKind.VARIANTS),
        (("17 5 . A . . . END=5 GT 0/0",), VcfKind.VARIANTS),
        (("17 5 . A . . . END=6 GT 0/0",), VcfKind.GVCF),
        (("17 5 . AC . . . END=6 GT 0/0",), VcfKind.VARIANTS),
        (("17 5 . A . . . . GT:LEN 0/0:2",), VcfKind.GVCF),
        (("17 5 . ACGTACGTAC G . . . GT 0/0",), VcfKind.VARIANTS),
        (("17 1 . A G . . . GT 0/1", "17 5 . ACGTACGTAC . . . . GT 0/0"), VcfKind.ALL_SITES),
    ],
)
def test_the_kind_of_a_whole_file(lines, kind):
    assert read(*lines).kind is kind
