"""Alignments that a test makes up: reads of the reference with an allele on some of them."""

from __future__ import annotations

from pathlib import Path

import pysam

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference

CONTIG, LENGTH = "chr17", 83257441
POS, ALT = 42329643, "A"
"""STAT3 c.1144C>T on GRCh38, 1-based."""
READ = 150


def write_bam(path: Path, *, reads: int = 60, **tags: str | int) -> Path:
    """Write a BAM with `reads` reads of 150 bases across the allele, and its index.

    Read by read the strand changes; two of four show the allele, one on each strand.
    """
    locus = embedded_reference(Build.GRCH38, default_genes()).locus("STAT3")
    head = {
        "HD": {"VN": "1.6", "SO": "coordinate"},
        "SQ": [
            {"SN": "chr1", "LN": 248956422},
            {"SN": CONTIG, "LN": LENGTH},
            {"SN": "chr20", "LN": 64444167},
        ],
        "RG": [{"ID": "run7", "SM": "secret-name"}],
        "PG": [{"ID": "bwa", "CL": "bwa mem /home/secret"}],
    }
    with pysam.AlignmentFile(str(path), "wb", header=head) as out:
        for number in range(reads):
            start = POS - 140 + number * 130 // reads
            bases = list(locus.bases(start, start + READ - 1).upper())
            if number % 4 < 2:
                bases[POS - start] = ALT
            out.write(_read(number, start, "".join(bases), out.header, tags))
    pysam.index(str(path))
    return path


def _read(
    number: int, start: int, bases: str, header: pysam.AlignmentHeader, tags: dict[str, str | int]
) -> pysam.AlignedSegment:
    read = pysam.AlignedSegment(header)
    read.query_name, read.reference_id, read.reference_start = f"secret:{number}", 1, start - 1
    read.flag, read.mapping_quality, read.cigartuples = 16 * (number % 2), 60, [(0, len(bases))]
    read.query_sequence = bases
    read.query_qualities = pysam.qualitystring_to_array("I" * len(bases))
    read.set_tags([("RG", "run7"), *tags.items()])
    return read
