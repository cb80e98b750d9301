"""Made-up files of ClinVar, gnomAD, CADD, AlphaMissense and REVEL, each in the form of its release.

Real REF bases at real places where the reference has them; everything else is drawn with a fixed
seed. What lies outside of the loci is ballast that must not travel.
"""

from __future__ import annotations

import gzip
import random
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pysam

from hies_annot.genes.gene_file import Gene
from hies_annot.genome import Build, contigs
from hies_annot.reference.sequence import Reference
from hies_annot.settings.evidence_servers import load_servers

BASES = "ACGT"
Row = tuple[str, int, str, str]
"""Chromosome (canonical), position, REF, ALT."""


def place(url: str) -> str:
    """Return where the file of an address lies below the folder of the server."""
    parts = urlsplit(url)
    return parts.netloc + parts.path


def address(word: str, build: Build, number: int = 0) -> str:
    """Return the shipped address of a source."""
    return load_servers(None).sources[word][build][number].url


def snvs(genes: Iterable[Gene], reference: Reference, step: int) -> Iterator[Row]:
    """Yield SNVs over the loci, `step` bases apart, all three of each base."""
    for gene in sorted(genes, key=lambda gene: int(gene.file.chrom)):
        locus = reference.locus(gene.name)
        for pos in range(locus.start, locus.end + 1, step):
            ref = locus.bases(pos, pos).upper()
            for alt in BASES:
                if ref in BASES and alt != ref:
                    yield gene.file.chrom, pos, ref, alt


def ballast(
    draw: random.Random, chrom: str, build: Build, loci: list[Row], count: int
) -> list[Row]:
    """Return SNVs of a chromosome outside of the loci, in order."""
    length = contigs(build)[chrom].length
    near = [pos for c, pos, _, _ in loci if c == chrom]
    low, high = (min(near) - 5000, max(near) + 5000) if near else (0, 0)
    found = sorted(draw.randrange(10_000, length) for _ in range(count))
    return [(chrom, pos, "A", draw.choice("CGT")) for pos in found if not low <= pos <= high]


def in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (int(row[0]), row[1]))


def bgzip(path: Path, text: str, **how: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with pysam.BGZFile(str(path), "wb", None) as file:
        file.write(text.encode())
    if how:
        pysam.tabix_index(str(path), force=True, **how)
    return path


def vcf_text(build: Build, names: dict[str, str], head: list[str], lines: Iterable[str]) -> str:
    declared = [
        f"##contig=<ID={name},length={contigs(build)[chrom].length}>"
        for chrom, name in names.items()
    ]
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
    return "\n".join(["##fileformat=VCFv4.2", *head, *declared, columns, *lines, ""])


def clinvar(folder: Path, build: Build, loci: list[Row], draw: random.Random, count: int) -> Path:
    classes = ("Pathogenic", "Likely_pathogenic", "Uncertain_significance", "Benign")
    rows = in_order(
        [*loci[::60], *(r for c in ("1", "17", "20") for r in ballast(draw, c, build, loci, count))]
    )
    info = ("CLNSIG", "CLNREVSTAT", "CLNDN", "CLNHGVS")
    head = ["##fileDate=2026-01-03", "##source=ClinVar"]
    head += [f'##INFO=<ID={key},Number=.,Type=String,Description="x">' for key in info]
    lines = (
        f"{chrom}\t{pos}\t{number}\t{ref}\t{alt}\t.\t.\tCLNSIG={draw.choice(classes)};"
        f"CLNREVSTAT=criteria_provided,_single_submitter;CLNDN=not_provided;"
        f"CLNHGVS={draw.getrandbits(256):x}"
        for number, (chrom, pos, ref, alt) in enumerate(rows, 1)
    )
    names = {chrom: chrom for chrom in ("1", "17", "20")}
    path = folder / place(address("clinvar", build))
    return bgzip(path, vcf_text(build, names, head, lines), preset="vcf")


JOINT = {
    "AC_joint": ("A", "Integer"),
    "AN_joint": ("1", "Integer"),
    "AF_joint": ("A", "Float"),
    "nhomalt_joint": ("A", "Integer"),
    "fafmax_faf95_max_joint": ("A", "Float"),
    "fafmax_faf95_max_gen_anc_joint": ("A", "String"),
    "AC_exomes": ("A", "Integer"),
    "AN_exomes": ("1", "Integer"),
    "AC_genomes": ("A", "Integer"),
    "AN_genomes": ("1", "Integer"),
    "ballast": ("1", "String"),
}
V2 = {
    "AC": ("A", "Integer"),
    "AN": ("1", "Integer"),
    "AF": ("A", "Float"),
    "nhomalt": ("A", "Integer"),
    "faf95_nfe": ("A", "Float"),
    "ballast": ("1", "String"),
}


def figures(fields: Iterable[str], draw: random.Random) -> str:
    count, number = draw.randrange(1, 400), 1_600_000
    values = {
        **dict.fromkeys(("AC_joint", "AC_genomes", "AC"), count),
        **dict.fromkeys(("AN_joint", "AN_exomes", "AN_genomes", "AN"), number),
        **dict.fromkeys(("AF_joint", "AF"), f"{count / number:.5e}"),
        **dict.fromkeys(("fafmax_faf95_max_joint", "faf95_nfe"), f"{count / number / 2:.5e}"),
        **dict.fromkeys(("nhomalt_joint", "nhomalt", "AC_exomes"), 0),
        "fafmax_faf95_max_gen_anc_joint": "nfe",
        "ballast": f"{draw.getrandbits(256):x}",
    }
    return ";".join(f"{field}={values[field]}" for field in fields)


def gnomad(folder: Path, build: Build, loci: list[Row], draw: random.Random, count: int) -> None:
    fields = JOINT if build is Build.GRCH38 else V2
    words = ("AC0", "AS_VQSR", "EXOMES_FILTERED", "GENOMES_FILTERED", "BOTH_FILTERED")
    head = [f'##FILTER=<ID={word},Description="x">' for word in words]
    head += [
        f'##INFO=<ID={key},Number={number},Type={kind},Description="x">'
        for key, (number, kind) in fields.items()
    ]
    for served in load_servers(None).sources["gnomad"][build]:
        for chrom in sorted({row[0] for row in loci}):
            here = [row for row in loci if row[0] == chrom]
            rows = in_order([*here[::40], *ballast(draw, chrom, build, loci, count)])
            name = f"chr{chrom}" if build is Build.GRCH38 else chrom
            lines = (
                f"{name}\t{pos}\t.\t{ref}\t{alt}\t.\t{draw.choice(('PASS', 'PASS', words[0]))}\t"
                f"{figures(fields, draw)}"
                for _, pos, ref, alt in rows
            )
            path = folder / place(served.url.replace("{chrom}", chrom))
            bgzip(path, vcf_text(build, {chrom: name}, head, lines), preset="vcf")


def cadd(folder: Path, build: Build, loci: list[Row], draw: random.Random, count: int) -> Path:
    rows = in_order(
        [*loci, *(r for c in ("1", "17", "20") for r in ballast(draw, c, build, loci, count))]
    )
    spread = {"A": 3, "C": 5, "G": 7, "T": 11}
    head = [f"## CADD {build}-v1.7", "#Chrom\tPos\tRef\tAlt\tRawScore\tPHRED"]
    scores = (pos // 90 % 40 / 10 + spread[alt] for _, pos, _, alt in rows)
    lines = (
        f"{chrom}\t{pos}\t{ref}\t{alt}\t{score / 10:.4f}\t{score:.3f}"
        for (chrom, pos, ref, alt), score in zip(rows, scores, strict=True)
    )
    path = folder / place(address("cadd", build))
    return bgzip(path, "\n".join([*head, *lines, ""]), seq_col=0, start_col=1, end_col=1)


def alphamissense(folder: Path, build: Build, loci: list[Row], draw: random.Random) -> Path:
    rows = [
        *ballast(draw, "1", build, loci, 4000),
        *loci[::10],
        *ballast(draw, "22", build, loci, 900),
    ]
    name = {Build.GRCH38: "hg38", Build.GRCH37: "hg19"}[build]
    columns = "CHROM POS REF ALT genome uniprot_id transcript_id protein_variant am_pathogenicity"
    lines = [
        "# Copyright 2023 (made up)",
        "#",
        "#" + "\t".join([*columns.split(), "am_class"]),
        *(
            f"chr{c}\t{pos}\t{ref}\t{alt}\t{name}\tP0\tENST0.1\tM1T\t{draw.random():.4f}\tambiguous"
            for c, pos, ref, alt in in_order(rows)
        ),
    ]
    return bgzip(folder / place(address("alphamissense", build)), "\n".join([*lines, ""]))


def revel(folder: Path, loci: dict[Build, list[Row]], draw: random.Random) -> Path:
    """One table for both builds, as in the release; `.` where a place is not on GRCh38."""
    head = "chr,hg19_pos,grch38_pos,ref,alt,aaref,aaalt,REVEL,Ensembl_transcriptid"
    pairs = list(zip(loci[Build.GRCH37], loci[Build.GRCH38], strict=True))[::10]
    lines = [f"1,{pos},.,A,C,M,L,{draw.random():.3f},ENST1" for pos in range(10_000, 50_000, 10)]
    lines += [
        f"{new[0]},{old[1]},{new[1]},{new[2]},{new[3]},M,L,{draw.random():.3f},ENST2;ENST3"
        for old, new in pairs
    ]
    path = folder / place(address("revel", Build.GRCH38))
    path.parent.mkdir(parents=True, exist_ok=True)
    member = zipfile.ZipInfo("revel_with_transcript_ids", (2021, 5, 3, 0, 0, 0))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, "\n".join([head, *lines, ""]), zipfile.ZIP_DEFLATED)
    return path


def make_all(
    folder: Path,
    genes: tuple[Gene, ...],
    references: dict[Build, Reference],
    *,
    step: int = 3,
    count: int = 20_000,
) -> None:
    """Write the files of all sources on both builds; `count` is the ballast of a chromosome."""
    draw = random.Random(17)
    loci = {build: list(snvs(genes, reference, step)) for build, reference in references.items()}
    for build in references:
        clinvar(folder, build, loci[build], draw, count)
        gnomad(folder, build, loci[build], draw, count)
        cadd(folder, build, loci[build], draw, count)
        alphamissense(folder, build, loci[build], draw)
    revel(folder, loci, draw)


def unpacked(path: Path) -> bytes:
    """Return what a packed file holds."""
    return gzip.decompress(path.read_bytes())
