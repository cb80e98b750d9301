"""The words with which interval files say whether bases can be judged. Pure.

Written in any case and with any or no signs between their parts (`Not covered`, `NOT_COVERED`).
A word that speaks of coverage and is none of these is never guessed at: `may_be_state` finds it.
"""

from __future__ import annotations

import re

CALLABLE = ("CALLABLE", "HIGH_COVERAGE", "COVERED", "PASS", "PASSED")
NOT_CALLABLE = (
    *("NO_COVERAGE", "LOW_COVERAGE", "EXCESSIVE_COVERAGE", "POOR_MAPPING_QUALITY", "REF_N"),
    *("NOT_CALLABLE", "NON_CALLABLE", "UNCALLABLE", "NOT_COVERED", "UNCOVERED", "ZERO_COVERAGE"),
    *("LOW_DEPTH", "NO_DEPTH", "LOW_QUALITY", "LOW_MAPPING_QUALITY", "LOW_MAPQ", "NO_CALL"),
    *("FAIL", "FAILED", "GAP"),
)
"""GATK CallableLoci, the labels of mosdepth's documentation, and usual words of labs."""

_SEPARATORS = re.compile(r"[^A-Za-z0-9]+")
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_STEMS = ("callab", "cover", "mapq", "mapping", "nocall", "depth")
_COMPARED = re.compile(r"\s*[<>]=?\s*[0-9]+\s*x?\s*", re.IGNORECASE)
"""A depth that was or was not met (`<20x`)."""
_COPIES = frozenset({"del", "dup", "deletion", "duplication", "loss", "gain", "cnv", "roh", "loh"})
"""Words that tell of copies, not of coverage, where they stand alone."""
_TELLING = frozenset(
    (
        *("not", "low", "poor", "bad", "good", "fail", "failed", "pass", "passed", "ok", "gap"),
        *("gaps", "high", "excess", "excessive", "missing", "absent", "empty", "zero", "cov"),
        *("quality", "qual", "call", "called", "uncalled", "masked", "filtered", "excluded"),
        *("insufficient", "sufficient", "deficient", "weak", "dropout", "true", "false", "yes"),
    )
)


def _bare(word: str) -> str:
    return _SEPARATORS.sub("", word).upper()


_STATES = {_bare(word): True for word in CALLABLE} | {_bare(word): False for word in NOT_CALLABLE}


def state(word: str) -> bool | None:
    """Return whether a word calls bases callable; None: it is no known state."""
    return _STATES.get(_bare(word))


def may_be_state(word: str) -> bool:
    """Whether a word is a state or speaks of coverage or copies, and so is no name of a region.

    Names of exons, genes and probes hold none of these parts (`STAT3_ex12`, `ref|STAT3,ens|ENST1`).
    """
    parts = [part.lower() for part in _PARTS.findall(word)]
    return (
        state(word) is not None
        or any(stem in _bare(word).lower() for stem in _STEMS)
        or not _TELLING.isdisjoint(parts)
        or parts == ["no"]
        or _bare(word).lower() in _COPIES
        or _COMPARED.fullmatch(word) is not None
    )
