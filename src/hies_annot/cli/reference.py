"""`hies-annot reference`: make, get and verify the reference sequences of the loci."""

from __future__ import annotations

from pathlib import Path

import click

from hies_annot.cli.saying import say
from hies_annot.errors import FaultsError, UsageError
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build, parse_build
from hies_annot.reference.cache import cache_folder
from hies_annot.reference.fetch import EFETCH
from hies_annot.reference.fetch import fetch as fetch_loci
from hies_annot.reference.from_genome import build_reference, load_reference, padded_fasta
from hies_annot.reference.verify import verify as verify_reference

_FASTA = click.option("--fasta", type=click.Path(path_type=Path), help="The lab's genome.")
_CACHE = click.option("--cache", help="Cache folder; else HIES_ANNOT_CACHE or the user's cache.")
_BUILD = click.option("--build", default="GRCh38", show_default=True, help="GRCh37 or GRCh38.")


@click.group()
def reference() -> None:
    """Make, get and verify the reference sequences of the loci."""


@reference.command()
@_FASTA
@_BUILD
@_CACHE
def build(fasta: Path | None, build: str, cache: str | None) -> int:
    """Cut the loci out of a genome once; without a genome the embedded loci are used.

    The result is a bgzipped FASTA with chromosomes at full length (N outside of the loci),
    so that every tool reads it with true coordinates. Its path is printed.

    \b
    Example:
      hies-annot reference build --fasta GRCh38.fa --build GRCh38
    """
    wanted, folder, genes = _known(build), cache_folder(cache), default_genes()
    if fasta is None:
        path = padded_fasta(load_reference(wanted, genes, None, folder), folder)
    else:
        path = build_reference(fasta, wanted, genes, folder)
    say(str(path))
    return 0


@reference.command()
@_BUILD
@_CACHE
@click.option("--email", envvar="NCBI_EMAIL", help="Address that NCBI asks for; or NCBI_EMAIL.")
@click.option("--api-key", envvar="NCBI_API_KEY", help="NCBI's key; or NCBI_API_KEY.")
@click.option("--server", envvar="NCBI_EFETCH_URL", default=EFETCH, hidden=True)
def fetch(
    build: str, cache: str | None, email: str | None, api_key: str | None, server: str
) -> int:
    """Download the two loci from NCBI (some hundred kB), verify them, print the path.

    Interrupted downloads go on where they stopped. Give the printed path to `--fasta`.

    \b
    Example:
      NCBI_EMAIL=lab@example.org hies-annot reference fetch --build GRCh38
    """
    path = fetch_loci(
        _known(build),
        default_genes(),
        cache_folder(cache),
        email,
        api_key,
        base_url=server,
        progress=lambda text: say(text, err=True),
    )
    say(str(path))
    return 0


@reference.command()
@_FASTA
@_BUILD
@_CACHE
def verify(fasta: Path | None, build: str, cache: str | None) -> int:
    """Check that proteins, splice sites and lengths of a reference are what they must be.

    \b
    Example:
      hies-annot reference verify --build GRCh37
    """
    genes = default_genes()
    loaded = load_reference(_known(build), genes, fasta, cache_folder(cache))
    checks = verify_reference(loaded, genes)
    for locus in loaded.loci:
        kind = "DEMO REFERENCE" if locus.demo else "reference"
        say(f"{locus.gene}: {kind}, {locus.source}, {locus.digest}")
    for check in checks:
        state = "ok" if check.passed else "FAILED" if check.fatal else "demo"
        say(f"  {state:6}  {check.gene}  {check.name}: {check.detail}")
    failed = [check for check in checks if check.fatal and not check.passed]
    if failed:
        raise FaultsError([f"{check.gene}, {check.name}: {check.detail}" for check in failed])
    return 0


def _known(text: str) -> Build:
    found = parse_build(text)
    if found is None:
        raise UsageError(f"build {text!r} is neither GRCh37 nor GRCh38")
    return found
