"""Writes the VCF of one sample, bgzipped and indexed."""

from __future__ import annotations

from pathlib import Path

from hies_annot.io.vcf_write import write_indexed
from hies_annot.render.vcf_rows import header_lines, record_rows
from hies_annot.results.contract import SampleResult


def write_sample_vcf(result: SampleResult, path: Path) -> Path:
    """Write `path` (bgzipped VCF) and `path`.tbi; each appears whole or not at all.

    Positions are 1-based on canonical contigs (`17`). Raises OSError where the folder is not
    writable or full.
    """
    return write_indexed(path, [*header_lines(result), *record_rows(result)])
