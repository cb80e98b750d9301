"""Which program has written a file, as far as it looks for other things than a germline caller."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from hies_annot.io.header.variant_kinds import SMALL
from hies_annot.model.census import LeftOut

_SOMATIC = re.compile(
    r"##(?:tumor_sample=|content=strelka somatic|INFO=<ID=SOMATIC,"
    r"|FORMAT=<ID=SS,.*Variant status relative to non-adjacent normal"
    r"|source=.*(?:mutect|muse\b|somatic|clairs\b)|clairs\w*_version="
    r"|SentieonCommandLine\.TN|GATKCommandLine(?:\.mutect|=<ID=mutect)"
    r"|DRAGENCommandLine=.*--(?:tumor-(?:fastq|bam|cram)|RGSM-tumor)"
    r"|FILTER=<ID=(?:germline|germline_risk|nonsomatic),|octopus=.*(?:-C|--caller) cancer)",
    re.IGNORECASE,
)
"""SomaticSniper is told by its SS; Mutect, DeepSomatic and others by the FILTER that they give to
germline variants."""
_ARRAY = re.compile(
    r"##(?:INFO=<ID=BEADSET_ID,|FORMAT=<ID=(?:LRR|IGC|NORMX),|source=.*(?:gtc2vcf|23andme)"
    r"|bcftools_convertCommand=.*--tsv2vcf)",
    re.IGNORECASE,
)
_IMPUTED = re.compile(
    r"##(?:INFO=<ID=(?:DR2|IMPUTED|TYPED_ONLY|IMP,Number=0),?"
    r"|source=.*(?:beagle|minimac|impute|glimpse|quilt|stitch))",
    re.IGNORECASE,
)
_FILLED = re.compile(r"##(?:source=.*shapeit|eagleCommand=(?!.*--noImpMissing))", re.IGNORECASE)
_GIVEN_ALLELES = re.compile(
    r"##(?:GATKCommandLine.*\bgenotyping.?mode[ =]GENOTYPE_GIVEN_ALLELES"
    r"|bcftools_callCommand=.*(?:-C|--constrain)[ =]?alleles"
    r"|command_?line=.*freebayes.*(?:--only-use-input-alleles| -l ))",
    re.IGNORECASE,
)
_NATURES = (
    (_SOMATIC, "it is of a somatic caller, which leaves germline variants out"),
    (_ARRAY, "its genotypes are those of an array, which looks at its probes only"),
    (_IMPUTED, "its genotypes are imputed, which tells of common variants only"),
    (_FILLED, "its phasing program has written genotypes where there was no call"),
    (_GIVEN_ALLELES, "it has the alleles of a list only, by its header"),
)
_STRUCTURAL = re.compile(
    r"##source=.*(?:GenerateSVCandidates|manta|delly|sniffles|cutesv|svim|lumpy|smoove|gridss"
    r"|cnvkit|cnvnator|canvas)",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"##FORMAT=<ID=(?:AD|DP|MIN_DP),")
_NO_SMALL = "it has structural variants or copy numbers only: small variants were not called in it"


def by_nature(lines: Sequence[str], has_kind: Callable[[str], bool]) -> Iterator[LeftOut]:
    """Yield what a file cannot hold because of the program that wrote it, by its header lines.

    `has_kind` tells whether the file holds `small` variants.
    """
    for pattern, words in _NATURES:
        if any(map(pattern.match, lines)):
            yield LeftOut(words, selection=False, lacks="germline")
    by_source = any(map(_STRUCTURAL.match, lines)) and not any(map(_COUNTED.match, lines))
    if by_source or not has_kind(SMALL):
        yield LeftOut(_NO_SMALL, selection=False, lacks=SMALL)


def is_somatic(header: Iterable[str]) -> bool:
    """Whether a header is that of a somatic caller."""
    return any(map(_SOMATIC.match, header))
