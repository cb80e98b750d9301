"""Writes the VCF of one sample, bgzipped and indexed."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pysam

from hies_annot.render.vcf_rows import header_lines, record_lines
from hies_annot.result import SampleResult


def write_sample_vcf(result: SampleResult, path: Path) -> Path:
    """Write `path` (bgzipped VCF) and `path`.tbi; each appears whole or not at all.

    Positions are 1-based on canonical contigs (`17`). Raises OSError where the folder is not
    writable.
    """
    text = "\n".join([*header_lines(result), *record_lines(result)]) + "\n"
    with tempfile.TemporaryDirectory(prefix=".vcf.", dir=path.parent) as folder:
        temporary = Path(folder) / "sample.vcf.gz"
        with pysam.BGZFile(str(temporary), "wb", None) as handle:
            handle.write(text.encode("utf-8", "surrogateescape"))
        pysam.tabix_index(str(temporary), preset="vcf", force=True)
        Path(f"{temporary}.tbi").replace(f"{path}.tbi")
        return temporary.replace(path)
