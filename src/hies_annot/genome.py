"""Builds, chromosomes and their spellings: the one home of contig names and lengths.

Lengths and accessions: GRCh37 (GCA_000001405.1) and GRCh38 (GCA_000001405.15), as in
`resources/reference/contigs.tsv`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from hies_annot.shipped import resource_path


class Build(StrEnum):
    """A human genome build."""

    GRCH37 = "GRCh37"
    GRCH38 = "GRCh38"


BUILD_ALIASES = {
    "grch37": Build.GRCH37,
    "hg19": Build.GRCH37,
    "b37": Build.GRCH37,
    "hs37d5": Build.GRCH37,
    "37": Build.GRCH37,
    "grch38": Build.GRCH38,
    "hg38": Build.GRCH38,
    "b38": Build.GRCH38,
    "38": Build.GRCH38,
}


def parse_build(text: str) -> Build | None:
    """Return the build that `text` names (`GRCh38`, `hg19`, ...), or None."""
    return BUILD_ALIASES.get(text.strip().lower())


@dataclass(frozen=True, slots=True)
class Contig:
    """A chromosome of one build: canonical name (`17`), length in bases, accessions."""

    build: Build
    chrom: str
    length: int
    refseq: str
    genbank: str
    refget: str | None


@cache
def contigs(build: Build) -> dict[str, Contig]:
    """Return the chromosomes of `build` by canonical name (`1` ... `22`, `X`, `Y`)."""
    with resource_path("reference/contigs.tsv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    return {
        row["chrom"]: Contig(
            build=build,
            chrom=row["chrom"],
            length=int(row["length"]),
            refseq=row["refseq"],
            genbank=row["genbank"],
            refget=row["refget"] or None,
        )
        for row in rows
        if row["build"] == build
    }


@cache
def _spellings() -> dict[str, str]:
    table: dict[str, str] = {}
    for build in Build:
        for contig in contigs(build).values():
            for name in (contig.chrom, f"chr{contig.chrom}", contig.refseq, contig.genbank):
                table[name.lower()] = contig.chrom
            table[f"chromosome{contig.chrom}".lower()] = contig.chrom
    return table


def canonical_chrom(name: str) -> str | None:
    """Return the canonical name of a contig (`chr17`, `NC_000017.11`, `CM000679.2` -> `17`).

    Unknown contigs (decoys, alternate loci, other species) give None.
    """
    return _spellings().get(name.strip().lower())


def build_of_accession(name: str) -> Build | None:
    """Return the build that a versioned accession belongs to, or None for a plain name."""
    return _accessions().get(name)


@cache
def _accessions() -> dict[str, Build]:
    return {
        name: build
        for build in Build
        for contig in contigs(build).values()
        for name in (contig.refseq, contig.genbank)
    }
