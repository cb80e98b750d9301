"""File names made from sample ids: readable, safe everywhere, one name for one id.

An id is an opaque string (`007`, `a/b`, `..`, `NA`). ASCII letters, digits and `. _ - @ +`
stay as they are, everything else becomes `%XX` (the bytes of its UTF-8 form), so that names
are pure ASCII and no file system can normalise two of them into one.
"""

from __future__ import annotations

import hashlib
import re

LONGEST = 120
"""Longest stem in characters; with every suffix a name stays below the usual 255 bytes."""

_KEPT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-@+")
_ALSO_END = re.compile(r"\.(?=(phenopacket|fhir)$)", re.IGNORECASE)
"""Ends of names that only the files of `also` have: no id may look like one of them."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def file_stem(sample: str) -> str:
    """Return the file name stem of a sample id; different ids give different stems.

    A leading `.` or `-`, a trailing `.`, the `.` of a last `.phenopacket` or `.fhir`, and the
    first letter of a name that Windows reserves
    (`con`, `aux.1`) are escaped too. The empty id is `%`. Ids longer than LONGEST when
    escaped are cut and get the mark `~` and 128 bits of their SHA-256.

    Ids that differ in case only have stems that differ in case only: where the files of a
    folder may meet a file system that ignores case, name them with `FolderNames`.
    """
    if not sample:
        return "%"
    stem = "".join(char if char in _KEPT else _escape(char) for char in sample)
    if stem[0] in ".-" or _RESERVED.match(stem):
        stem = _escape(stem[0]) + stem[1:]
    stem = _ALSO_END.sub(_escape("."), stem)
    if stem.endswith("."):
        stem = stem[:-1] + _escape(".")
    if len(stem) > LONGEST:
        stem = f"{stem[: LONGEST - 33]}~{_digest(sample, 32)}"
    return stem


class FolderNames:
    """Hands out the stems of one folder, unique even where a file system ignores case.

    The first of several ids that differ in case only keeps its plain stem; the later ones get
    `~` and a digest of the id. Adding samples at the end changes no earlier name.
    """

    def __init__(self) -> None:
        """Start with an empty folder."""
        self._owners: dict[str, str] = {}

    def stem(self, sample: str) -> str:
        """Return the stem of `sample`; the same id always gets the same stem."""
        stem = file_stem(sample)
        if self._owners.setdefault(stem.lower(), sample) != sample:
            stem = f"{stem}~{_digest(sample, 16)}"
            self._owners[stem.lower()] = sample
        return stem


def _escape(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _digest(sample: str, digits: int) -> str:
    return hashlib.sha256(sample.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
