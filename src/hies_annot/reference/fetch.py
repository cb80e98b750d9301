"""Download the loci from NCBI (E-utilities efetch through Bio.Entrez), piece by piece.

Pieces that arrived are kept, so that a broken download goes on where it stopped. The result is
verified like any lab's genome.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import Request

from Bio import Entrez
from msgspec import Struct

from hies_annot.errors import ReferenceDataError, UsageError
from hies_annot.genes.gene_file import Gene
from hies_annot.genome import Build, contigs
from hies_annot.io.remote.transport import Answer, Patience, Transport, TroubleError, patiently
from hies_annot.reference.from_genome import FLANK, real_locus, require_verified, write_padded
from hies_annot.reference.load import gene_transcripts
from hies_annot.reference.sequence import LocusSequence, Reference

EFETCH = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi"
PIECE = 50_000
"""Bases of one request."""


class Piece(Struct, frozen=True):
    """A stretch of a chromosome, 1-based inclusive."""

    accession: str
    start: int
    end: int

    @property
    def name(self) -> str:
        """The stretch as `NC_000017.11:1-50000`."""
        return f"{self.accession}:{self.start}-{self.end}"


def fetch(
    build: Build,
    genes: tuple[Gene, ...],
    cache_dir: Path,
    email: str | None,
    api_key: str | None = None,
    *,
    base_url: str = EFETCH,
    patience: Patience | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Path:
    """Download the loci with their flanks, verify them, and return the padded FASTA.

    Args:
        build: genome build.
        genes: whose loci to fetch.
        cache_dir: where pieces and the result are kept.
        email: address that NCBI asks for.
        api_key: NCBI's key for more requests a second.
        base_url: address of efetch.
        patience: time-out and retries.
        progress: told each piece before it is asked for.

    Raises:
        UsageError: no e-mail address is given.
        ReferenceDataError: the server cannot be reached, answers no sequence, or a check fails.
    """
    if not email:
        raise UsageError(
            "NCBI asks for an e-mail address: set the variable NCBI_EMAIL or give --email"
        )
    store = cache_dir / f"efetch-{build}"
    store.mkdir(parents=True, exist_ok=True)
    patience = patience or Patience()
    with _entrez(email, api_key, base_url, Transport(patience)):
        pieces = {gene.name: _bases(build, gene, store, patience, progress) for gene in genes}
    source = f"NCBI nuccore, {datetime.now(UTC).date()}"
    reference = Reference(
        build=build,
        loci=tuple(_window(build, gene, *pieces[gene.name], source) for gene in genes),
        transcripts={gene.name: gene_transcripts(build, gene) for gene in genes},
    )
    require_verified(reference, genes, base_url)
    return write_padded(reference, pieces, cache_dir, {})


def _bases(
    build: Build, gene: Gene, store: Path, patience: Patience, progress: Callable[[str], None]
) -> tuple[int, str]:
    """Return the first position (1-based) and the bases of a locus with its flanks."""
    contig, span = contigs(build)[gene.file.chrom], gene.file.loci[build]
    first, last = max(1, span.start - FLANK), min(contig.length, span.end + FLANK)
    pieces = [
        Piece(contig.refseq, start, min(start + PIECE - 1, last))
        for start in range(first, last + 1, PIECE)
    ]
    return first, "".join(_kept_or_fetched(piece, store, patience, progress) for piece in pieces)


def _window(build: Build, gene: Gene, first: int, bases: str, source: str) -> LocusSequence:
    span = gene.file.loci[build]
    return real_locus(build, gene, bases[span.start - first : span.end - first + 1], source)


def _kept_or_fetched(
    piece: Piece, store: Path, patience: Patience, progress: Callable[[str], None]
) -> str:
    path = store / f"{piece.accession}_{piece.start}-{piece.end}.txt"
    if path.is_file():
        kept = path.read_text(encoding="ascii")
        if len(kept) == piece.end - piece.start + 1:
            return kept
    progress(piece.name)
    bases = _asked_again(piece, patience, store)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(bases, encoding="ascii")
    draft.replace(path)
    return bases


def _asked_again(piece: Piece, patience: Patience, store: Path) -> str:
    """Ask until the piece is whole; give up on refusals and after the last try."""
    try:
        return patiently(lambda: _asked(piece), patience)
    except TroubleError as trouble:
        raise ReferenceDataError(
            f"{piece.name} could not be fetched from NCBI: {trouble.reason}. Without a way to the "
            "internet use `hies-annot reference build --fasta` with a genome that you have; "
            f"what has arrived is kept in {store}"
        ) from None


def _asked(piece: Piece) -> str:
    answer = Entrez.efetch(
        db="nuccore",
        id=piece.accession,
        rettype="fasta",
        retmode="text",
        strand=1,
        seq_start=piece.start,
        seq_stop=piece.end,
    )
    with answer:
        text = answer.read()
    head, _, body = (text if isinstance(text, str) else text.decode("ascii")).partition("\n")
    bases = "".join(body.split()).upper()
    if not head.startswith(f">{piece.accession}") or set(bases) - set("ACGTN"):
        raise TroubleError(
            f"the answer is not the sequence of {piece.name}: {head[:80]}", passing=True
        )
    if len(bases) != piece.end - piece.start + 1:
        raise TroubleError(f"{len(bases)} bases came for {piece.name}", passing=True)
    return bases


@contextmanager
def _entrez(email: str, api_key: str | None, base_url: str, transport: Transport) -> Iterator[None]:
    """Set Bio.Entrez up, and put it back: it keeps its settings in its module.

    It has no time-out of its own, and it tries again for some faults only: we give it the one
    and take the other over.
    """

    def opened(request: Request) -> Answer:
        request.full_url = request.full_url.replace(EFETCH, base_url)
        return transport.open(request)

    wanted = {
        "email": email,
        "api_key": api_key,
        "tool": "hies-annot",
        "max_tries": 1,
        "urlopen": opened,
    }
    before = {name: getattr(Entrez, name) for name in wanted}
    try:
        for name, value in wanted.items():
            setattr(Entrez, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(Entrez, name, value)
