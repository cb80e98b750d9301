"""Human and mouse assemblies that are not supported, by what a VCF shows of them.

Accessions and lengths: T2T-CHM13v2.0 (GCA_009914755.4, GCF_009914755.1), NCBI36 (GCF_000001405.12,
UCSC hg18), GRCm38 (GCA_000001635.2, UCSC mm10), GRCm39 (GCA_000001635.9, UCSC mm39).
"""

from __future__ import annotations

import re

from hies_annot.genome import canonical_chrom

_T2T, _NCBI36, _MM10, _MM39 = "T2T-CHM13", "NCBI36 (hg18)", "GRCm38 (mm10)", "GRCm39 (mm39)"
_ACCESSIONS = {
    _T2T: r"CP0682(?:5[4-9]|6[0-9]|7[0-7])|CP086569|NC_0609(?:2[5-9]|3[0-9]|4[0-8])",
}
_NAMES = {
    _T2T: r"chm13|t2t|(?:^|[^a-z0-9])hs1(?:$|[^a-z0-9])",
    _NCBI36: r"hg18|ncbi_?36|(?:^|[^a-z0-9])(?:human_)?b36(?:$|[^a-z0-9])",
    _MM10: r"mm10|grcm38",
    _MM39: r"mm39|grcm39",
}
_SUPPORTED = re.compile(r"(?i)grch3[78]|hg19|hg38|b37|hs37d5")
_LENGTHS = {
    ("17", 84_276_897): _T2T,
    ("20", 66_210_255): _T2T,
    ("17", 78_774_742): _NCBI36,
    ("20", 62_435_964): _NCBI36,
    ("17", 94_987_271): _MM10,
    ("17", 95_294_699): _MM39,
}


def accession_assembly(name: str) -> str | None:
    """Return the assembly that is not supported and has a contig of this accession."""
    if canonical_chrom(name) is not None:
        return None
    found = (one for one, known in _ACCESSIONS.items() if re.match(rf"(?i)(?:{known})\b", name))
    return next(found, None)


def length_assembly(chrom: str, length: int) -> str | None:
    """Return the assembly that is not supported and whose chromosome (`17`) has this length."""
    return _LENGTHS.get((chrom, length))


def named_assembly(text: str) -> str | None:
    """Return the assembly that is not supported and that the name of a reference file tells."""
    if _SUPPORTED.search(text):
        return None
    return next((one for one, known in _NAMES.items() if re.search(known, text.lower())), None)


def not_supported(what: str) -> str:
    """Return the sentence for a file of another assembly."""
    return (
        f"{what}: this assembly is not supported, and --build does not change it; "
        "give a file called on GRCh37 or GRCh38"
    )
