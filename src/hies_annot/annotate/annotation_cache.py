"""Annotations kept on disk, so that a lab computes each allele once.

One SQLite file for all runs of a lab. The key holds all that an annotation depends on: program
and shipped data (fingerprint), reference sequences and transcripts, gene files, allele. What
does not fit any more is simply not found. A file that cannot be used costs time, no answer.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import msgspec

from hies_annot.errors import UsageError
from hies_annot.genes.gene_file import Gene
from hies_annot.model import Allele, Annotation
from hies_annot.reference.sequence import Reference
from hies_annot.shipped import fingerprint

_READER = msgspec.json.Decoder(Annotation)
_LOG = logging.getLogger(__name__)
_BUSY_SECONDS = 30.0
_TABLE = (
    "CREATE TABLE IF NOT EXISTS annotation "
    "(ground TEXT, allele TEXT, value TEXT, PRIMARY KEY (ground, allele)) WITHOUT ROWID"
)
_READ = "SELECT allele, value FROM annotation WHERE ground = ?"
_WRITE = "INSERT OR IGNORE INTO annotation VALUES (?, ?, ?)"


def ground_of(reference: Reference, genes: Iterable[Gene]) -> str:
    """Return a digest of all that an annotation depends on besides the allele."""
    digest = hashlib.sha256(fingerprint().encode())
    for locus in reference.loci:
        digest.update(f"{locus.gene} {locus.chrom} {locus.start} {locus.digest}\n".encode())
        digest.update(f"{locus.demo} {reference.build}\n".encode())
        digest.update(repr(reference.transcripts[locus.gene]).encode())
    for gene in genes:
        digest.update(msgspec.json.encode(gene.file))
    return digest.hexdigest()


class Shelf:
    """Annotations by allele in one SQLite file; safe for several runs at the same time."""

    def __init__(self, path: Path, ground: str) -> None:
        """Open or make the file and read what fits the ground.

        Raises:
            UsageError: the file is no SQLite file or its folder cannot be written to.
        """
        self._path, self._ground = path, ground
        self._new: list[Annotation] = []
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect()) as connection, connection:
                connection.execute(_TABLE)
                rows = connection.execute(_READ, (ground,)).fetchall()
        except (OSError, sqlite3.Error) as fault:
            raise UsageError(
                f"{path}: annotations cannot be kept here ({fault}): name another file as "
                "annotation_cache, or leave it empty"
            ) from None
        self._kept: dict[str, str] = dict(rows)

    def get(self, allele: Allele) -> Annotation | None:
        """Return a kept annotation, None where there is none that can be read."""
        text = self._kept.get(repr(allele))
        if text is None:
            return None
        try:
            return _READER.decode(text)
        except msgspec.DecodeError:
            _LOG.warning("%s: %s is damaged there and was annotated anew", self._path, allele.id)
            return None

    def add(self, annotation: Annotation) -> None:
        """Remember a new annotation for the next `save`."""
        self._new.append(annotation)

    def save(self) -> None:
        """Write the new annotations; those that are there already stay as they are."""
        rows = [
            (self._ground, repr(annotation.allele), msgspec.json.encode(annotation).decode())
            for annotation in self._new
        ]
        self._new.clear()
        if not rows:
            return
        try:
            with closing(self._connect()) as connection, connection:
                connection.executemany(_WRITE, rows)
        except sqlite3.Error as fault:
            _LOG.warning("%s: %d annotations were not kept (%s)", self._path, len(rows), fault)

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
