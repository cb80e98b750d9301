"""Contig names that are no known spelling: which chromosome they may be, or that they are none.

Names of other sequences are those of the analysis sets of GRC, UCSC, Ensembl and the 1000 Genomes
Project (README of UCSC hg38 analysisSet; GATK resource bundle).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from hies_annot.genome import Build, contigs

_ELSEWHERE = re.compile(
    r"""(?ix)
    (?:chr)?(?:m|mt|mtdna|xy)\Z | (?:NC_012920|NC_001807|J01415)\b   # mitochondrion
    | .*(?:^|_)(?:GL|KI|KN|KQ|KV|KZ|JH|KB|ML|JTFH)[0-9]{5,}       # scaffolds by accession
    | .*_(?:random|alt|fix|patch|novel|decoy|hap[0-9]*)\Z | (?:chr)?un(?:_|\Z)
    | (?:chr_)?hs(?:chr|g)[0-9a-z]*_ | .*_ctg[0-9]                # alternate loci by Ensembl
    | (?:NT|NW)_[0-9]+ | hs37d5 | hs38d1 | .*decoy
    | (?:chr)?EBV\b | NC_007605 | HLA[-*_] | ERCC[-_] | (?:phix|lambda)
    | NC_001422 | NC_001416 | (?:HBV|HCV|HIV|HPV|HTLV|KSHV|MCV|CMV|HHV|SV40)
    """
)
_WITH_WORD = re.compile(
    r"(?i)chr(?:om(?:osome)?)?[ _.:=-]*0*(?:([1-9][0-9]?)(?![0-9])|([XY])(?![0-9a-z]))"
)
_REFSEQ = re.compile(r"(?i)NC_0*([1-9][0-9]?)(?![0-9])")
_GENBANK = re.compile(r"(?i)CM0*(6[6-8][0-9])(?![0-9])")
_LEADING = re.compile(r"(?i)(?:[a-z]{1,2}[ _.:-]*)?0*([1-9][0-9]?|[XY])(?![0-9a-z])")
_BEFORE_FIRST_GENBANK = 662


class MayBe(NamedTuple):
    """A name that is not known: the chromosome that it may stand for, None where it may be any."""

    chrom: str | None


def may_be(name: str, length: int | None) -> MayBe | None:
    """Return which chromosome an unknown contig name may stand for; None: it is another sequence.

    The name decides where it has the number of a chromosome, else a declared length.

    Args:
        name: a name that `canonical_chrom` does not know.
        length: the length that the header declares for it, None where there is none.
    """
    if _ELSEWHERE.match(name):
        return None
    if not name.isascii():  # no name of a contig (VCF 4.3, 1.4.7): what it was is not known
        return MayBe(None)
    named = _named(name)
    if named is not None or length is None:
        return MayBe(named)
    theirs = _chrom_of_length(length)
    return MayBe(theirs) if theirs is not None else None


def _named(name: str) -> str | None:
    """Return the chromosome whose number stands in a name, whatever it is written with."""
    genbank = _GENBANK.match(name)
    if genbank:
        return str(int(genbank[1]) - _BEFORE_FIRST_GENBANK)
    match = _WITH_WORD.search(name) or _REFSEQ.search(name) or _LEADING.match(name)
    return match[match.lastindex or 0].upper() if match else None


def _chrom_of_length(length: int) -> str | None:
    """Return the chromosome that has a length in one of the builds."""
    for build in Build:
        for chrom, contig in contigs(build).items():
            if contig.length == length:
                return chrom
    return None


def longest(chrom: str) -> int:
    """Return the length of a chromosome (`17`), that of the build where it is longer."""
    return max(contigs(build)[chrom].length for build in Build)
