"""`hies-annot gene`: the file of a further gene, as far as a program can write it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hies_annot.cli.saying import say
from hies_annot.genes.gene_file import Inheritance
from hies_annot.reference.cache import cache_folder
from hies_annot.reference.draft_files import Choices, Written, write_draft
from hies_annot.reference.gene_draft import choose, complete_ones, make_draft, named
from hies_annot.reference.gff_genes import read_gene

if TYPE_CHECKING:
    from hies_annot.reference.gff_genes import GffGene, GffTranscript

ALL = "all"


@click.group()
def gene() -> None:
    """Write the draft of a gene file from an annotation and a genome."""


@gene.command()
@click.argument("symbol")
@click.option(
    "--gff",
    type=click.Path(path_type=Path),
    required=True,
    help="GFF3 of MANE, Ensembl, GENCODE or RefSeq (GRCh38), plain or gzipped.",
)
@click.option("--fasta", type=click.Path(path_type=Path), required=True, help="Genome (GRCh38).")
@click.option("--inheritance", type=click.Choice(["AD", "AR"]), help="Of the first condition.")
@click.option("--transcript", help="Take this one instead of MANE Select.")
@click.option("--also", multiple=True, help="Show this transcript beside it; often, or `all`.")
@click.option(
    "--flank",
    type=click.IntRange(0, 100_000),
    default=2000,
    show_default=True,
    help="Bases that are read before the first and behind the last exon.",
)
@click.option("--grch37-start", type=click.IntRange(1), help="First base of the window on GRCh37.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="New folder.")
@click.option("--cache", help="Cache folder; else HIES_ANNOT_CACHE or the user's cache.")
def draft(
    symbol: str,
    gff: Path,
    fasta: Path,
    inheritance: str | None,
    transcript: str | None,
    also: tuple[str, ...],
    flank: int,
    grch37_start: int | None,
    output: Path,
    cache: str | None,
) -> int:
    """Write gene file, transcripts, locus and protein of a gene, verified.

    What only a person can know (disease, mechanism, frequencies) stands as TO FILL IN, with every
    field explained; a file with one left is refused by every command, and `check` names them.

    \b
    Example:
      hies-annot gene draft DOCK8 --gff mane.gff3.gz --fasta GRCh38.fa -o genes/DOCK8
    """
    found = read_gene(gff, symbol)
    chosen, notes = choose(found, transcript, str(gff))
    others, left_out = _also(found, also, str(gff))
    made = make_draft(found, chosen, others, fasta, flank, cache_folder(cache))
    mode = Inheritance(inheritance) if inheritance else None
    written = write_draft(made, Choices(mode, grch37_start, gff.name), output)
    for note in (*found.notes, *notes, *left_out):
        say(f"note: {note}")
    _tell(written)
    return 0


def _also(
    found: GffGene, also: tuple[str, ...], gff: str
) -> tuple[tuple[GffTranscript, ...], tuple[str, ...]]:
    if ALL in also:
        return complete_ones(found)
    return tuple(named(found, accession, gff) for accession in also), ()


def _tell(written: Written) -> None:
    for check in written.checks:
        say(f"ok  {check.name}: {check.detail}")
    say(f"{written.path}: to fill in are {len(written.missing)} fields:")
    for key in written.missing:
        say(f"  {key}")
    say(f"then: genes: [{written.path}] in a configuration, and hies-annot check")
