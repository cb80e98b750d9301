"""What came from a server as a small file of its kind, so that it is read like a lab's own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pysam

from hies_annot.io.htslib_faults import htslib_faults


def write_indexed(
    path: Path, head: Iterable[bytes], lines: Iterable[bytes], columns: tuple[int, int] | None
) -> None:
    """Write a bgzip file with its tabix index.

    Args:
        path: the file; `.tbi` is written beside it.
        head: what stands before the records, whole lines.
        lines: the records without their ends, in order.
        columns: those of chromosome and position, counted from 0; None: it is a VCF.

    Raises:
        InputError: the records cannot be indexed (out of order).
    """
    with htslib_faults(path), pysam.BGZFile(str(path), "wb", None) as file:
        for line in (*head, *(line + b"\n" for line in lines)):
            file.write(line)
    with htslib_faults(path):
        if columns is None:
            pysam.tabix_index(str(path), preset="vcf", force=True)
        else:
            chrom, pos = columns
            pysam.tabix_index(
                str(path), seq_col=chrom, start_col=pos, end_col=pos, force=True, meta_char="#"
            )
