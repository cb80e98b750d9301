"""One simulated sample, told as BAM, gVCF, BED, mosdepth and all-sites VCF: one exon table.

The truth is pysam's own base count over the BAM, not our counter.
"""

from itertools import groupby
from pathlib import Path

import pysam
import pytest

from hies_annot.callability.assess import assess_callability
from hies_annot.callability.required import required_regions
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build, contigs
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.windows.vcf import read_windows
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.callability_rules import CallabilityConfig

GENES = default_genes()
REFERENCE = embedded_reference(Build.GRCH38, GENES)
REQUIRED = tuple(required_regions(gene, REFERENCE) for gene in GENES)
CONFIG = CallabilityConfig()
CONTIGS = {chrom: contigs(Build.GRCH38)[chrom].length for chrom in ("17", "20")}
READ = 100
GAP, THIN, AMBIGUOUS = 12, 9, 5
"""Exons of STAT3 without reads, with one read in five, and with reads of mapping quality 0."""


def exon_of(number):
    return next(exon for exon in REQUIRED[0].exons if exon.number == number)


def overlaps(exon, start):
    return start <= exon.end and start + READ - 1 >= exon.start


def write_bam(path: Path) -> Path:
    header = {
        "HD": {"VN": "1.6", "SO": "coordinate"},
        "SQ": [{"SN": f"chr{chrom}", "LN": length} for chrom, length in CONTIGS.items()],
    }
    with pysam.AlignmentFile(str(path), "wb", header=header) as handle:
        for tid, required in enumerate(REQUIRED):
            starts = sorted(
                {
                    first + offset * 10 // 3
                    for low, high in required.spans
                    for first in (low - READ,)
                    for offset in range((high - low + 2 * READ) * 3 // 10)
                }
            )
            for number, start in enumerate(starts):
                if tid == 0 and overlaps(exon_of(GAP), start):
                    continue
                if tid == 0 and overlaps(exon_of(THIN), start) and number % 5:
                    continue
                handle.write(make_read(tid, start, number))
    pysam.index(str(path))
    return path


def make_read(tid, start, number):
    read = pysam.AlignedSegment()
    read.query_name = f"{tid}-{number}"
    read.flag = 1024 if number % 29 == 0 else 0
    read.reference_id = tid
    read.reference_start = start - 1
    read.mapping_quality = 0 if tid == 0 and overlaps(exon_of(AMBIGUOUS), start) else 60
    read.cigarstring = f"{READ}M"
    read.query_sequence = "A" * READ
    read.query_qualities = pysam.qualitystring_to_array("F" * (READ - 2) + "##")
    return read


def true_depth(bam: Path) -> dict[str, dict[int, int]]:
    """Depth at each required base by chromosome, counted by pysam."""
    found: dict[str, dict[int, int]] = {}
    with pysam.AlignmentFile(str(bam)) as handle:
        for required in REQUIRED:
            for low, high in required.spans:
                counts = handle.count_coverage(
                    f"chr{required.chrom}",
                    low - 1,
                    high,
                    quality_threshold=CONFIG.min_baseq,
                    read_callback=lambda read: (
                        not read.is_duplicate and read.mapping_quality >= CONFIG.min_mapq
                    ),
                )
                for index, depths in enumerate(zip(*counts, strict=True)):
                    found.setdefault(required.chrom, {})[low + index] = sum(depths)
    return found


def vcf_text(rows):
    lines = ["##fileformat=VCFv4.2"]
    lines += [f"##contig=<ID=chr{chrom},length={length}>" for chrom, length in CONTIGS.items()]
    lines.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS")
    return "\n".join(["\n".join(lines), *rows]) + "\n"


def runs(depths, key):
    """Yield (first, last, depths) of adjacent bases with equal key."""
    ordered = sorted(depths.items())
    numbered = enumerate(ordered)
    for _, group in groupby(numbered, key=lambda item: (item[1][0] - item[0], key(item[1][1]))):
        bases = [item for _, item in group]
        yield bases[0][0], bases[-1][0], [depth for _, depth in bases]


def gvcf_rows(truth):
    for chrom, depths in truth.items():
        for first, last, found in runs(depths, key=lambda depth: min(depth // 5, 6)):
            gq = min(99, 3 * min(found))
            mean = round(sum(found) / len(found))
            gt = "0/0" if min(found) else "./."
            yield (
                f"chr{chrom}\t{first}\t.\tN\t<NON_REF>\t.\t.\tEND={last}\tGT:DP:GQ:MIN_DP\t"
                f"{gt}:{mean}:{gq}:{min(found)}"
            )


def all_sites_rows(truth):
    for chrom, depths in truth.items():
        for pos, depth in sorted(depths.items()):
            if depth:
                yield f"chr{chrom}\t{pos}\t.\tN\t.\t50\t.\t.\tGT:DP\t0/0:{depth}"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    bam = write_bam(folder / "s.bam")
    truth = true_depth(bam)
    (folder / "s.g.vcf").write_text(vcf_text(gvcf_rows(truth)))
    (folder / "s.all.vcf").write_text(vcf_text(all_sites_rows(truth)))
    intervals = {
        "s.bed": lambda depth: "" if depth >= CONFIG.min_depth else None,
        "s.per-base.bed": str,
        "s.quantized.bed": lambda depth: ["0:1", "1:15", "15:inf"][(depth > 0) + (depth >= 15)],
    }
    for name, label in intervals.items():
        lines = [
            f"chr{chrom}\t{first - 1}\t{last}\t{label(found[0])}".rstrip("\t")
            for chrom, depths in truth.items()
            for first, last, found in runs(depths, key=label)
            if label(found[0]) is not None
        ]
        (folder / name).write_text("\n".join(lines) + "\n")
    return folder, truth


def assess(folder, name):
    path = folder / name
    if path.suffix == ".bam":
        return assess_callability(REFERENCE, REQUIRED, (), CONFIG, records=(), bam=path)
    if path.suffix == ".bed":
        return assess_callability(REFERENCE, REQUIRED, (), CONFIG, records=(), callable_file=path)
    file = open_vcf(path)
    windows = tuple((locus.chrom, locus.start, locus.end) for locus in REFERENCE.loci)
    records = [(line.site, line.fields(0)) for line in read_windows(file, windows)]
    return assess_callability(REFERENCE, REQUIRED, (), CONFIG, records=records)


FORMS = {
    "s.bam": "BAM",
    "s.g.vcf": "gVCF",
    "s.all.vcf": "all-sites VCF",
    "s.bed": "BED",
    "s.per-base.bed": "mosdepth per-base",
    "s.quantized.bed": "mosdepth quantized",
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_true_exon_table(sample, name):
    folder, truth = sample
    result = assess(folder, name)
    assert result.source == FORMS[name]
    for gene, required in zip(result.genes, REQUIRED, strict=True):
        depths = truth[required.chrom]
        for exon in gene.exons:
            bases = [depths[pos] for pos in range(exon.start, exon.end + 1)]
            assert exon.required == len(bases)
            assert exon.callable == sum(depth >= CONFIG.min_depth for depth in bases)
            if name in ("s.bam", "s.per-base.bed"):
                assert exon.mean_depth == round(sum(bases) / len(bases), 1)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_names_the_same_gaps(sample, name):
    folder, _ = sample
    expected = [(gap.exon, gap.hgvs_c) for gap in assess(folder, "s.bam").genes[0].gaps]
    assert {name for name, _ in expected} == {f"exon {number}" for number in (GAP, THIN, AMBIGUOUS)}
    assert [(gap.exon, gap.hgvs_c) for gap in assess(folder, name).genes[0].gaps] == expected


def test_only_forms_that_weigh_indels_count_them(sample):
    folder, _ = sample
    last = {name: assess(folder, name).genes[1].exons[-1] for name in FORMS}
    assert last["s.g.vcf"].indel_callable == last["s.g.vcf"].required
    assert last["s.bam"].indel_callable == last["s.bam"].required
    for name in ("s.all.vcf", "s.bed", "s.per-base.bed", "s.quantized.bed"):
        assert last[name].indel_callable is None


def test_sources_are_combined_and_named(sample):
    folder, _ = sample
    result = assess_callability(
        REFERENCE,
        REQUIRED,
        (),
        CONFIG,
        records=(),
        bam=folder / "s.bam",
        callable_file=folder / "s.bed",
    )
    assert result.source == "BAM, BED"
    assert result.genes == assess(folder, "s.bam").genes
