"""Which builds a header speaks for: contig lengths, accessions, names of a reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from hies_annot.genome import Build, build_of_accession, canonical_chrom, contigs

_NAMES = {
    Build.GRCH37: re.compile(r"grch37|hg19|b37\b|hs37d5", re.IGNORECASE),
    Build.GRCH38: re.compile(r"grch38|hg38|hs38d", re.IGNORECASE),
}
_REFERENCE = re.compile(
    r"##(?:reference|assembly)=(.*)|##contig=<.*\bassembly=([^,>]+)", re.IGNORECASE
)


def builds_of_contigs(lengths: Mapping[str, int | None]) -> frozenset[Build]:
    """Return the builds that contigs speak for by length or accession; empty: nothing is told."""
    found: set[Build] = set()
    for name, length in lengths.items():
        chrom, accession = canonical_chrom(name), build_of_accession(name)
        if chrom is not None and accession is not None:
            found.add(accession)
        if chrom is not None and length is not None:
            found |= {build for build in Build if contigs(build)[chrom].length == length}
    return frozenset(found)


def builds_of_names(header: Iterable[str]) -> frozenset[Build]:
    """Return the builds that a header names as its reference; empty: none.

    The name of a file counts, not the folders that it lies in.
    """
    listed = tuple(header)
    contig_lines = tuple(line for line in listed if line.startswith("##contig="))
    others = tuple(line for line in listed if not line.startswith("##contig="))
    return _named_in_contigs(contig_lines) | _named_in(others)


@lru_cache(maxsize=64)
def _named_in_contigs(lines: tuple[str, ...]) -> frozenset[Build]:
    """The files of a batch mostly have the same contig lines."""
    return _named_in(lines)


def _named_in(lines: tuple[str, ...]) -> frozenset[Build]:
    texts = [
        (told[1] or told[2]).rpartition("/")[2]
        for told in map(_REFERENCE.match, lines)
        if told is not None
    ]
    return frozenset(build for build, name in _NAMES.items() if any(map(name.search, texts)))
