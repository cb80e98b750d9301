"""Which kinds of variants a caller was told not to look for, or cannot see, by its header."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_PILEUP = r"##(?:bcftoolsCommand=mpileup|samtoolsCommand=samtools mpileup)\s"
_FREEBAYES = r"##command_?line=\W*(?:\S*/)?freebayes\s"
_UNIFIED = r"##(?:GATKCommandLine.*)?UnifiedGenotyper.*\bgenotype_likelihoods_model=\[?"
_LOFREQ = r"##source=lofreq call"
_SEEN_ALONE = (
    (re.compile(rf"{_PILEUP}(?:.*\s)?(?:-[ABEx]*I[ABEx]*|--skip-indels)(?=\s|$)"), "indels"),
    (re.compile(rf"{_FREEBAYES}(?:.*\s)?(?:-i|--no-indels)(?=[\s\"]|$)"), "indels"),
    (re.compile(rf"{_FREEBAYES}(?:.*\s)?(?:-I|--no-snps)(?=[\s\"]|$)"), "snps"),
    (re.compile(rf"{_UNIFIED}SNP\b"), "indels"),
    (re.compile(rf"{_UNIFIED}INDEL\b"), "snps"),
    (re.compile(r"##platypusOptions=.*'genIndels': 0\b"), "indels"),
    (re.compile(r"##platypusOptions=.*'genSNPs': 0\b"), "snps"),
    (re.compile(rf"{_LOFREQ}(?!.*--(?:call|only)-indels)"), "indels"),
    (re.compile(rf"{_LOFREQ}.*--only-indels"), "snps"),
    (re.compile(r"##source=longshot\b", re.IGNORECASE), "indels"),
)
"""Header lines -> kind that is lacking. UnifiedGenotyper and LoFreq call no indels by default,
longshot none at all (their manuals)."""


def kinds_not_called(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield a header line and `snps` or `indels` where its caller did not look for them."""
    for line in lines:
        for pattern, kind in _SEEN_ALONE:
            if (match := pattern.match(line)) is not None:
                yield match[0].removeprefix("##"), kind
