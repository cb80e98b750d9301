"""Write the example batch: `python tests/tools/make_example.py resources/example`.

What each sample shows is in `resources/example/README.md`, what must come out in
`expected_summary.tsv`; both are written by hand and not touched here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pysam
from vcf_text import Genotype, Record, het, hom, hom_ref, lines, reference

from hies_annot.genes.gene_file import RequiredSite, default_genes
from hies_annot.genome import Build

Change = tuple[str, int, int, str]
"""Chromosome, position (GRCh38, 1-based), length of REF (which the reference supplies), ALT."""

R382W = ("17", 42329643, 1, "A")  # ClinVar 18304
V637M = ("17", 42322474, 1, "T")  # ClinVar 18308
V463DEL = ("17", 42325037, 4, "T")  # ClinVar 18303
T716M = ("17", 42316899, 1, "A")  # ClinVar 224848
D237FS = ("17", 42337520, 5, "C")  # ClinVar 418817
N425Y = ("17", 42329418, 1, "A")  # UniProt humsavar, uncertain
F561Y = ("17", 42323326, 1, "T")  # UniProt humsavar, likely benign
D661V = ("17", 42322401, 1, "A")  # Koskela 2012, somatic
Q195 = ("20", 33753265, 1, "T")  # ClinVar 599414
R302 = ("20", 33757310, 1, "T")  # ClinVar 599410
K362FS = ("20", 33761915, 2, "A")  # ClinVar 599412
R386 = ("20", 33761989, 1, "T")  # ClinVar 599411
Y549 = ("20", 33781315, 1, "G")  # ClinVar 599413

EXON_12 = (42329747, 42329776)
PADDING = 30
BLOCK = 2500


def record(variant: Change, *genotypes: Genotype, filters: str = "PASS") -> Record:
    """Return the record of one variant."""
    chrom, pos, length, alt = variant
    return Record(chrom, pos, length, (alt,), genotypes, filters)


def both_alts(gt: str, ad: tuple[int, int, int]) -> Record:
    """Return the record with the two nonsense changes of codon 549, C>G and C>A."""
    return Record("20", 33781315, 1, ("G", "A"), (Genotype(gt, ad),))


def block(chrom: str, start: int, end: int, depth: int) -> Record:
    """Return a gVCF block `start`..`end` (GRCh38) with lowest depth `depth`."""
    quality = min(99, 3 * depth)
    extra = {
        "DP": str(depth + depth // 8),
        "GQ": str(quality),
        "MIN_DP": str(depth),
        "PL": f"0,{quality},{min(1800, 45 * depth)}",
    }
    genotype = Genotype("0/0" if depth else "./.", (), extra)
    return Record(chrom, start, 1, ("<NON_REF>",), (genotype,), ".", end=end)


def blocks(chrom: str, start: int, end: int) -> list[Record]:
    """Return covered blocks over `start`..`end`, depths between 24 and 41."""
    starts = range(start, end + 1, BLOCK)
    return [
        block(chrom, first, min(first + BLOCK - 1, end), 24 + (first // BLOCK * 7) % 18)
        for first in starts
    ]


def gvcf(*variants: Change, gap: tuple[int, int] | None = None) -> list[Record]:
    """Return a gVCF of both loci with het `variants` and, if given, one uncovered stretch."""
    found: list[Record] = []
    for locus in reference().loci:
        rows = [
            Record(chrom, pos, length, (alt, "<NON_REF>"), (Genotype("0/1", (17, 15, 0)),), ".")
            for chrom, pos, length, alt in variants
            if chrom == locus.chrom
        ]
        if gap and locus.start <= gap[0] <= locus.end:
            rows.append(block(locus.chrom, gap[0], gap[1], 0))
        cursor = locus.start
        for row in sorted(rows, key=lambda entry: entry.pos):
            found += [*blocks(locus.chrom, cursor, row.pos - 1), row]
            cursor = (row.end or row.pos + row.length - 1) + 1
        found += blocks(locus.chrom, cursor, locus.end)
    return found


def write_text(path: Path, rows: Iterable[str]) -> None:
    """Write lines with LF."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(("\n".join(rows) + "\n").encode("ascii"))


def write_gz(path: Path, rows: Iterable[str], *, index: bool) -> None:
    """Write a bgzipped VCF, with a tabix index if asked for."""
    plain = path.with_suffix("")
    write_text(plain, rows)
    pysam.tabix_compress(str(plain), str(path), force=True)
    plain.unlink()
    if index:
        pysam.tabix_index(str(path), preset="vcf", force=True)


def write_bcf(path: Path, rows: Iterable[str]) -> None:
    """Write a BCF with a CSI index."""
    plain = path.with_suffix(".vcf")
    write_text(plain, rows)
    with (
        pysam.VariantFile(str(plain)) as source,
        pysam.VariantFile(str(path), "wb", header=source.header) as target,
    ):
        for entry in source:
            target.write(entry)
    plain.unlink()
    pysam.tabix_index(str(path), preset="bcf", force=True)


def write_truncated(path: Path, rows: Iterable[str]) -> None:
    """Write a bgzipped VCF that stops in the middle of a block, as after a broken copy.

    The blocks before it are whole: header and first records can be read.
    """
    with pysam.BGZFile(str(path), "wb") as handle:
        for row in rows:
            handle.write(f"{row}\n".encode("ascii"))
            if not row.startswith("##"):
                handle.flush()
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


def callable_bed(gap: bool) -> list[str]:
    """Return callable stretches (BED, 0-based half-open, GRCh38): all coding exons, padded."""
    rows: list[tuple[str, int, int]] = []
    for locus in reference().loci:
        chrom = f"chr{locus.chrom}"
        exons = [(exon.start, exon.end) for exon in reference().mane(locus.gene).exons]
        sites = [(site.start, site.end) for site in locus_sites(locus.gene)]
        for start, end in exons + sites:
            if not (gap and start - PADDING <= EXON_12[1] and end + PADDING >= EXON_12[0]):
                rows.append((chrom, start - 1 - PADDING, end + PADDING))
    return [f"{chrom}\t{start}\t{end}" for chrom, start, end in _merged(rows)]


def locus_sites(gene: str) -> tuple[RequiredSite, ...]:
    """Return the sites outside the exons that the gene file wants covered."""
    return next(entry.file.required.sites for entry in default_genes() if entry.name == gene)


def _merged(rows: Sequence[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = []
    for chrom, start, end in sorted(rows):
        if found and found[-1][0] == chrom and start <= found[-1][2]:
            found[-1] = (chrom, found[-1][1], max(end, found[-1][2]))
        else:
            found.append((chrom, start, end))
    return found


def single_samples(folder: Path) -> None:
    """Write the VCFs with one sample each."""
    b37 = Build.GRCH37
    write_text(folder / "EX01.vcf", lines([record(R382W, het(19, 17))], ["EX01"]))
    write_gz(
        folder / "007.vcf.gz",
        lines([record(V637M, het(28, 31))], ["007"], build=b37, spelling="plain"),
        index=True,
    )
    pair = [record(Q195, het(16, 14, "0|1", PS="32341071"))]
    pair += [record(R302, het(12, 15, "1|0", PS="32341071"))]
    write_gz(folder / "NA.vcf.gz", lines(pair, ["NA"], build=b37, spelling="plain"), index=False)
    write_text(folder / "1e5.vcf", lines([both_alts("1/2", (0, 18, 16))], ["1e5"]))
    pair = [record(Q195, het(22, 19)), record(Y549, het(17, 20))]
    write_bcf(folder / "EX05.bcf", lines(pair, ["EX05"]))
    write_text(folder / "EX06.vcf", lines([record(D237FS, het(21, 18))], ["EX06"]))
    write_text(folder / "EX07.vcf", lines([record(R382W, het(96, 14))], ["EX07"]))
    write_text(folder / "EX08.vcf", lines([record(N425Y, het(23, 20))], ["EX08"]))
    write_text(
        folder / "EX09.vcf", lines([record(Y549, het(14, 16))], ["EX09"], build=b37, spelling="chr")
    )
    pair = [record(K362FS, het(15, 18, "0|1", PS="33761915"))]
    pair += [record(R386, het(16, 17, "0|1", PS="33761915"))]
    write_text(folder / "EX10.vcf", lines(pair, ["EX10"]))
    write_text(
        folder / "EX11.vcf",
        lines([record(T716M, het(26, 24))], ["EX11"], build=b37, spelling="refseq"),
    )
    write_text(folder / "EX12.vcf", lines([record(D661V, het(104, 16))], ["EX12"]))
    write_gz(folder / "EX13.g.vcf.gz", lines(gvcf(F561Y), ["EX13"]), index=True)
    write_gz(folder / "EX14.g.vcf.gz", lines(gvcf(F561Y, gap=EXON_12), ["EX14"]), index=True)
    write_text(folder / "EX15.vcf", lines([record(F561Y, het(18, 16))], ["EX15"]))
    rows = [record(F561Y, het(20, 21)), record(Q195, hom_ref(38))]
    write_text(folder / "EX16.vcf", lines(rows, ["EX16"]))
    write_truncated(folder / "EX17.g.vcf.gz", lines(gvcf(R382W), ["EX17"]))


def families(folder: Path) -> None:
    """Write the VCFs with several samples."""
    trio = ["EX20-child", "EX20-father", "EX20-mother"]
    rows = [record(R302, het(17, 16), het(15, 18), hom_ref(33))]
    rows += [record(R386, het(18, 19), hom_ref(35), het(20, 17))]
    write_gz(folder / "EX20.trio.vcf.gz", lines(rows, trio), index=True)
    trio = ["EX21", "EX21-F", "EX21-M"]
    rows = [record(Q195, hom(34), het(16, 17), het(19, 15))]
    write_text(folder / "EX21.vcf", lines(rows, trio, spelling="plain"))
    rows = [record(F561Y, hom_ref(31), het(18, 15))]
    rows += [record(V463DEL, het(19, 16), hom_ref(36))]
    write_gz(folder / "EX22.two.vcf.gz", lines(rows, ["EX22-A", "EX22-B"]), index=True)


def main(target: str) -> None:
    """Write all VCFs and BEDs below `target`."""
    folder = Path(target)
    single_samples(folder / "vcf")
    families(folder / "vcf")
    write_text(folder / "callable" / "EX16.bed", callable_bed(gap=False))
    write_text(folder / "callable" / "EX22-B.bed", callable_bed(gap=True))


if __name__ == "__main__":
    main(sys.argv[1])
