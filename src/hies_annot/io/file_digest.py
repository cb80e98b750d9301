"""Digests that tell one file from another: of all its bytes, or of its ends where it is large."""

from __future__ import annotations

import hashlib
from pathlib import Path

END = 65536
"""Bytes of each end of a large file: the header of a VCF, BAM or FASTA, and its last blocks."""


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def sha256_of_ends(path: Path) -> str:
    """Return the SHA-256 of the first and then the last `END` bytes of a file that has both.

    Raises:
        OSError: it cannot be read, or is shorter.
    """
    with path.open("rb") as stream:
        digest = hashlib.sha256(stream.read(END))
        stream.seek(-END, 2)
        digest.update(stream.read(END))
    return digest.hexdigest()
