"""Writes the VCF of one sample, bgzipped and indexed."""

from __future__ import annotations

from pathlib import Path

import pysam

from hies_annot.io.atomic import replacing_file
from hies_annot.render.vcf_rows import header_lines, record_rows
from hies_annot.results.contract import SampleResult


def write_sample_vcf(result: SampleResult, path: Path) -> Path:
    """Write `path` (bgzipped VCF) and `path`.tbi; each appears whole or not at all.

    Positions are 1-based on canonical contigs (`17`). Raises OSError where the folder is not
    writable or full.
    """
    lines = [*header_lines(result), *record_rows(result)]
    text = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    with replacing_file(path) as vcf, replacing_file(Path(f"{path}.tbi")) as index:
        with pysam.BGZFile(str(vcf), "wb", index=None) as stream:
            stream.write(text)
        pysam.tabix_index(str(vcf), preset="vcf", index=str(index))
    return path
