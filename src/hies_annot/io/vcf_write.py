"""Write a bgzipped VCF with its index."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pysam

from hies_annot.io.atomic import replacing_file


def write_indexed(path: Path, lines: Iterable[str]) -> Path:
    """Write `path` (bgzipped) and `path`.tbi; each appears whole or not at all.

    Lines are without line end, header first, records sorted by contig and position. The same
    lines give the same bytes.

    Raises:
        OSError: the folder is not writable or full.
    """
    text = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    with replacing_file(path) as vcf, replacing_file(Path(f"{path}.tbi")) as index:
        with pysam.BGZFile(str(vcf), "wb", index=None) as stream:
            stream.write(text)
        pysam.tabix_index(str(vcf), preset="vcf", index=str(index), force=True)
    return path
