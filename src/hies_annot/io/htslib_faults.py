"""What htslib says of a file that it cannot read, in our words: one list of causes for all kinds.

htslib tells the user little (`truncated file`, `Closing failed: Success`) and prints the rest on
standard error; what is said here is said once, with the name of the file and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pysam
from pysam.utils import SamtoolsError

from hies_annot.errors import InputError

DAMAGED_INDEX = "the index is cut short, damaged or of another kind; make it anew"
FOREIGN_INDEX = "the index belongs to another file or state of it; make it anew"

DAMAGED_DATA = (
    "its data are cut short or damaged, or its index belongs to another state of it; copy or make "
    "both again"
)

_CAUSES = {
    r"index \S+ not found|requires an index": "there is no index that can be read",
    r"could not (open|load|retrieve|create)\b.*\b(index|iterator)": DAMAGED_INDEX,
    r"no BGZF EOF marker": "it is cut short; copy or make it again",
    r"truncated|(iteration|closing) failed|unable to (fetch|parse) next": DAMAGED_DATA,
    r"codec can't decode": "it is not UTF-8 (Latin-1, perhaps): save it as UTF-8",
    r"read error|error (reading|in tell|seeking|closing)": DAMAGED_DATA,
    r"valid header|is it (VCF/BCF|SAM/BAM)|does not contain alignment|Exec format error": (
        "it is not of this kind, or its head is damaged"
    ),
}
"""What the words of htslib, pysam and bcftools mean, by patterns for them; the first counts."""


def in_words(fault: Exception) -> str:
    """Return what a fault of htslib means for the user, or its own words where it is not known."""
    text = " ".join(str(fault).split())
    for pattern, words in _CAUSES.items():
        if re.search(pattern, text, re.IGNORECASE):
            return words
    return (fault.strerror if isinstance(fault, OSError) else None) or text


@contextmanager
def silent_htslib() -> Iterator[None]:
    """Let htslib write nothing on stderr: what went wrong is said by the program."""
    previous = pysam.set_verbosity(0)
    try:
        yield
    finally:
        pysam.set_verbosity(previous)


@contextmanager
def htslib_faults(path: Path | str, lead: str = "cannot be read") -> Iterator[None]:
    """Turn what goes wrong in htslib into one sentence about `path`; htslib itself is silent.

    Raises:
        InputError: the sentence: file, `lead`, cause.
    """
    with silent_htslib():
        try:
            yield
        except (OSError, ValueError, SamtoolsError) as fault:
            raise InputError(f"{lead}: {in_words(fault)}", file=str(path)) from None
