"""Inputs of `batches.py`: exome-size VCFs and one cohort BCF, made up but the same for a seed.

Frequencies: a few dozen common sites in introns, many rare ones around the coding exons, half of
these seen once; besides, known pathogenic STAT3 alleles, one carrier in 50 samples. A sample has
about 20 records in the two loci.
"""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pysam
from numpy.random import Generator

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build, contigs
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.sequence import LocusSequence
from hies_annot.reference.transcripts import Transcript
from hies_annot.shipped import resource_path

COMMON_SITES = 44
COMMON_MEAN = 0.25
KNOWN_CARRIERS = 0.02
SITES_OUTSIDE = 60_000
GENES = 9_000
"""Sites outside of the loci that the exomes of a batch share, and the genes that hold them."""
EXOME_CHROMS = [*map(str, range(1, 23)), "X"]
_BASES = np.array(list("ACGT"))
_SPELLINGS = 4


@dataclass(frozen=True, slots=True)
class Site:
    """One site of the loci: 1-based position, alleles, and its frequency in the batch."""

    chrom: str
    pos: int
    ref: str
    alt: str
    frequency: float


def locus_sites(random: Generator, count: int, rarest: float) -> list[Site]:
    """Return `count` sites of both loci on GRCh38 in file order; half of the rare ones rarest."""
    genes = default_genes()
    reference = embedded_reference(Build.GRCH38, genes)
    found = {(site.chrom, site.pos): site for site in _known_sites()}
    number = 0
    while len(found) < count:
        gene = genes[number % len(genes)].name
        locus, transcript = reference.locus(gene), reference.mane(gene)
        if number < COMMON_SITES:
            position, frequency = _intronic(random, transcript), _common(random)
        else:
            position, frequency = _near_exon(random, transcript), _rare(random, rarest)
        make = _deletion if number % 12 == 11 else _change
        site = make(random, locus, position, frequency)
        found.setdefault((site.chrom, site.pos), site)
        number += 1
    return sorted(found.values(), key=lambda site: (int(site.chrom), site.pos))


def _known_sites() -> list[Site]:
    rows = [
        line
        for line in resource_path("evidence/known_variants.tsv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ]
    picked = [
        row
        for row in csv.DictReader(rows, delimiter="\t")
        if row["gene"] == "STAT3" and row["classification"] == "pathogenic"
    ]
    share = KNOWN_CARRIERS / len(picked) / 2
    return [Site(row["chrom"], int(row["pos"]), row["ref"], row["alt"], share) for row in picked]


def _common(random: Generator) -> float:
    return float(random.beta(1.2, 1.2 * (1 - COMMON_MEAN) / COMMON_MEAN))


def _rare(random: Generator, rarest: float) -> float:
    """Half of the sites are as rare as can be; the others thin out to 0.5 %."""
    if random.random() < 0.5:
        return rarest
    return float(rarest * (0.005 / rarest) ** (random.random() ** 2)) if rarest < 0.005 else rarest


def _intronic(random: Generator, transcript: Transcript) -> int:
    while True:
        position = int(random.integers(transcript.start + 500, transcript.end - 500))
        if not any(e.start - 30 <= position <= e.end + 30 for e in transcript.exons):
            return position


def _near_exon(random: Generator, transcript: Transcript) -> int:
    exon = transcript.exons[int(random.integers(len(transcript.exons)))]
    return int(random.integers(exon.start - 150, exon.end + 151))


def _change(random: Generator, locus: LocusSequence, position: int, frequency: float) -> Site:
    ref = locus.bases(position, position).upper()
    alt = str(random.choice(_BASES[ref != _BASES]))
    return Site(locus.chrom, position, ref, alt, frequency)


def _deletion(random: Generator, locus: LocusSequence, position: int, frequency: float) -> Site:
    ref = locus.bases(position, position + int(random.integers(1, 4))).upper()
    return Site(locus.chrom, position, ref, ref[0], frequency)


def write_exomes(folder: Path, count: int, records: int, seed: int) -> list[Path]:
    """Write `count` bgzipped, indexed single-sample VCFs of `records` records each."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    sites = locus_sites(random, 400, rarest=1 / (2 * max(count, 200)))
    outside = _outside(random)
    paths = []
    for number in range(count):
        path = folder / f"E{number:04d}.vcf.gz"
        rows = _carried(random, sites)
        chosen = np.sort(random.choice(SITES_OUTSIDE, records - len(rows), replace=False))
        spelt = random.integers(0, _SPELLINGS, len(chosen))
        lines = [*outside[chosen, spelt].tolist(), *rows]
        lines.sort()
        text = header([f"E{number:04d}"]) + "".join(line[1] for line in lines)
        with path.open("wb") as out:
            subprocess.run(["bgzip", "-c"], input=text.encode(), stdout=out, check=True)
        pysam.tabix_index(str(path), preset="vcf", force=True)
        paths.append(path)
    return paths


def _line(
    random: Generator, chrom: str, pos: int, ref: str, alt: str, copies: int
) -> tuple[tuple[int, int], str]:
    """Return sort key and text of one record as GATK HaplotypeCaller writes it."""
    depth = int(random.normal(60, 12))
    reads = depth if copies == 2 else int(depth * random.normal(0.5, 0.05))
    counts, phred = f"{depth - reads},{reads}", f"{int(random.integers(300, 2000))}.77"
    info = (
        f"AC={copies};AF={copies / 2:.3f};AN=2;BaseQRankSum={random.normal():.3f};DP={depth};"
        f"ExcessHet=3.0103;FS={abs(random.normal()):.3f};MLEAC={copies};MLEAF={copies / 2:.3f};"
        f"MQ=60.00;MQRankSum=0.000;QD={random.normal(15, 3):.2f};"
        f"ReadPosRankSum={random.normal():.3f};SOR={abs(random.normal()):.3f}"
    )
    genotype = "0/1" if copies == 1 else "1/1"
    likelihoods = f"{phred[:-3]},0,{phred[:-3]}" if copies == 1 else f"{phred[:-3]},120,0"
    text = (
        f"chr{chrom}\t{pos}\t.\t{ref}\t{alt}\t{phred}\tPASS\t{info}\tGT:AD:DP:GQ:PL\t"
        f"{genotype}:{counts}:{depth}:99:{likelihoods}\n"
    )
    return (EXOME_CHROMS.index(chrom), pos), text


def _outside(random: Generator) -> np.ndarray:
    """Return the lines of the sites outside of the loci, each in a few spellings."""
    lengths = contigs(Build.GRCH38)
    found = np.empty((SITES_OUTSIDE, _SPELLINGS), dtype=object)
    chroms = np.sort(random.integers(0, len(EXOME_CHROMS), GENES))
    starts = [
        int(random.integers(50_000, lengths[EXOME_CHROMS[c]].length - 50_000)) for c in chroms
    ]
    for row, gene in enumerate(np.sort(random.integers(0, GENES, SITES_OUTSIDE))):
        chrom = EXOME_CHROMS[chroms[gene]]
        pos = starts[gene] + int(random.integers(30_000))
        if chrom in ("17", "20") and 30_000_000 < pos < 45_000_000:
            pos -= 25_000_000
        ref, alt = random.choice(_BASES, 2, replace=False)
        for column in range(_SPELLINGS):
            copies = 1 + int(random.random() < 0.35)
            found[row, column] = _line(random, chrom, pos, ref, alt, copies)
    return found


def _carried(random: Generator, sites: Sequence[Site]) -> list[tuple[tuple[int, int], str]]:
    rows = []
    for site, copies in zip(sites, random.binomial(2, [s.frequency for s in sites]), strict=True):
        if copies:
            rows.append(_line(random, site.chrom, site.pos, site.ref, site.alt, int(copies)))
    return rows


def header(samples: Sequence[str]) -> str:
    """Return the header of the made-up VCFs (GRCh38, `chr` names)."""
    lengths = contigs(Build.GRCH38)
    lines = ["##fileformat=VCFv4.2", '##FILTER=<ID=PASS,Description="All filters passed">']
    lines += [f"##contig=<ID=chr{name},length={lengths[name].length}>" for name in EXOME_CHROMS]
    floats = "BaseQRankSum ExcessHet FS MLEAF MQ MQRankSum QD ReadPosRankSum SOR"
    lines += [
        f'##INFO=<ID={key},Number=1,Type=Float,Description="{key}">' for key in floats.split()
    ]
    lines += [
        f'##INFO=<ID={key},Number=1,Type=Integer,Description="{key}">'
        for key in ("AN", "DP", "MLEAC")
    ]
    lines += ['##INFO=<ID=AF,Number=A,Type=Float,Description="AF">']
    lines += ['##INFO=<ID=AC,Number=A,Type=Integer,Description="AC">']
    lines += [
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
        '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Allele depths">',
        '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">',
        '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">',
        '##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Phred-scaled likelihoods">',
    ]
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT"
    return "\n".join([*lines, "\t".join([columns, *samples])]) + "\n"


def write_cohort(path: Path, samples: int, records: int, seed: int) -> int:
    """Write one indexed BCF of a joint-called cohort; return the number of non-hom-ref calls."""
    path.parent.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    sites = locus_sites(random, records, rarest=1 / (2 * samples))
    plain, single, double = _cells(random, "0/0"), _cells(random, "0/1"), _cells(random, "1/1")
    carried = 0
    command = ["bcftools", "view", "--no-version", "-Ob", "-o", str(path), "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as pipe:
        assert pipe.stdin is not None
        pipe.stdin.write(header([f"C{number:06d}" for number in range(samples)]).encode())
        for site in sites:
            copies = random.binomial(2, site.frequency, samples)
            if not copies.any():
                copies[random.integers(samples)] = 1
            cells = plain[random.integers(0, len(plain), samples)]
            for value, choice in ((1, single), (2, double)):
                at = np.flatnonzero(copies == value)
                cells[at] = choice[random.integers(0, len(choice), len(at))]
            carried += int(np.count_nonzero(copies))
            row = f"chr{site.chrom}\t{site.pos}\t.\t{site.ref}\t{site.alt}\t900\tPASS\t"
            row += f"AC={copies.sum()};AN={2 * samples}\tGT:AD:DP:GQ\t"
            pipe.stdin.write((row + "\t".join(cells.tolist()) + "\n").encode())
        pipe.stdin.close()
        if pipe.wait() != 0:
            raise SystemExit(f"bcftools could not write {path}")
    subprocess.run(["bcftools", "index", "-f", str(path)], check=True)
    return carried


def _cells(random: Generator, genotype: str) -> np.ndarray:
    """Return 4,096 sample columns with one genotype, the depths spread as in exomes."""
    found = []
    for _ in range(4096):
        depth = max(8, int(random.normal(45, 12)))
        share = {"0/0": 0.0, "0/1": 0.5, "1/1": 1.0}[genotype]
        reads = int(random.binomial(depth, share))
        quality = min(99, int(random.integers(40, 100)))
        found.append(f"{genotype}:{depth - reads},{reads}:{depth}:{quality}")
    return np.array(found, dtype=object)
