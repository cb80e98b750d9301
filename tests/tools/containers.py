"""One VCF in every container that callers and tools write."""

from __future__ import annotations

from pathlib import Path

import pysam
import pysam.bcftools
from pysam.utils import SamtoolsError

CONTAINERS = ["", "gz", "gz indexed", "bcf", "bcf indexed"]
NO_CONTAINER = (OSError, ValueError, SamtoolsError)
"""What `pack` raises where the tools refuse to make a container of a file."""


def pack(vcf: Path, packed: str) -> Path:
    """Write a VCF in another container beside it."""
    if not packed:
        return vcf
    if packed.startswith("bcf"):
        pysam.bcftools.view("-Ob", "-o", f"{vcf}.bcf", str(vcf), catch_stdout=False)
        if packed.endswith("indexed"):
            pysam.tabix_index(f"{vcf}.bcf", preset="bcf")
        return Path(f"{vcf}.bcf")
    pysam.tabix_compress(str(vcf), f"{vcf}.gz")
    if packed.endswith("indexed"):
        pysam.tabix_index(f"{vcf}.gz", preset="vcf")
    return Path(f"{vcf}.gz")
