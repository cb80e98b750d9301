"""Write a bgzipped VCF with its index."""

from __future__ import annotations

import errno
import gzip
import zlib
from collections.abc import Iterable
from pathlib import Path

import pysam

from hies_annot.io.atomic import replacing_file
from hies_annot.io.htslib_faults import silent_htslib


def write_indexed(path: Path, lines: Iterable[str]) -> Path:
    """Write `path` (bgzipped) and `path`.tbi; each appears whole or not at all.

    Lines are without line end, header first, records sorted by contig and position. The same
    lines give the same bytes.

    Raises:
        OSError: the folder is not writable or full.
    """
    text = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    with replacing_file(path) as vcf, replacing_file(Path(f"{path}.tbi")) as index:
        with silent_htslib():
            whole = _is_packed(text, vcf) and _is_indexed(vcf, index)
        if not whole:
            raise OSError(errno.ENOSPC, "was not written whole, is the disk full?", str(path))
    return path


def _is_packed(text: bytes, vcf: Path) -> bool:
    """Write a text and tell whether all of it is there: htslib is silent about a full disk."""
    try:
        with pysam.BGZFile(str(vcf), "wb", index=None) as stream:
            stream.write(text)
        return gzip.decompress(vcf.read_bytes()) == text
    except (OSError, EOFError, zlib.error):
        return False


def _is_indexed(vcf: Path, index: Path) -> bool:
    try:
        pysam.tabix_index(str(vcf), preset="vcf", index=str(index), force=True)
    except OSError:
        return False
    return True
