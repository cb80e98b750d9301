"""The lab's own words for the five classes, in their usual spellings. An unknown word is an error.

It would count as "uncertain" without a word said, and hide that the lab calls the allele P/LP.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hies_annot.model.closed_words import Classification

SPELLINGS: dict[Classification, tuple[str, ...]] = {
    "pathogenic": ("pathogenic", "pathogen", "path", "p", "5"),
    "likely_pathogenic": (
        *("likely pathogenic", "likely pathogen", "likely path", "probably pathogenic", "lp", "4"),
        *("lpath", "wahrscheinlich pathogen"),
    ),
    "uncertain": (
        *("uncertain", "uncertain significance", "unknown significance", "vus", "vous", "us", "3"),
        *("variant of uncertain significance", "variant of unknown significance", "unclear"),
        *("unklar", "unklare signifikanz"),
    ),
    "likely_benign": (
        *("likely benign", "probably benign", "lb", "lbenign", "wahrscheinlich benigne", "2"),
    ),
    "benign": ("benign", "benigne", "b", "1"),
}
"""In any case, with blank, `_`, `-` or `.` between the words; numbers also as `class 5` or `C5`."""
SILENT = ("", "not classified", "unclassified", "not provided", "none", "na", "n/a")
"""Words that say nothing; a dash is one, too."""
EITHER = "/"
"""Between two words (`P/LP`), and between those of two sources."""

_CLASSES = {word: name for name, words in SPELLINGS.items() for word in words}
_SIGNS = re.compile(r"[\s_.-]+")
_NUMBER = re.compile(r"(?:acmg )?(?:class ?|c ?|klasse ?)?([1-5])")


def classes_of(text: str) -> tuple[Classification, ...]:
    """Return the classes that a lab's text names, none where it says that there is none.

    Raises:
        ValueError: a word is unknown; the message says which words are read.
    """
    if _plain(text) in SILENT:
        return ()
    return tuple(_class_of(part) for part in text.split(EITHER))


def combined(texts: Iterable[str]) -> str | None:
    """Return the words of all sources for one allele, the most pathogenic first; None: no word."""
    order = list(SPELLINGS)
    words = {word.strip() for text in texts for word in text.split(EITHER)}
    ranked = sorted(words, key=lambda word: (order.index(_class_of(word)), word))
    return f" {EITHER} ".join(ranked) or None


def _plain(text: str) -> str:
    return _SIGNS.sub(" ", text.lower()).strip()


def _class_of(text: str) -> Classification:
    word = _plain(text)
    number = _NUMBER.fullmatch(word)
    found = _CLASSES.get(number[1] if number else word)
    if found is None:
        listed = ", ".join(name.replace("_", " ") for name in SPELLINGS)
        told = f"class {text.strip()!r} is unknown: write {listed}, or 1 to 5"
        raise ValueError(told)
    return found
