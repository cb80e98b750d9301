"""What the header lines of a VCF say: samples, contigs, assembly, kinds of records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from hies_annot.errors import InputError
from hies_annot.io.assemblies import named_assembly
from hies_annot.io.numbers import whole_number

_CONTIG = re.compile(r"##contig=<(.*)>")
_STRUCTURAL = re.compile(
    r"##(?:INFO=<ID=(?:SVTYPE|SVLEN|MATEID)|FORMAT=<ID=LEN|ALT=<ID=(?:DEL|DUP|INV|CNV))\b"
)


def samples_of(header: list[str], path: Path) -> tuple[str, ...]:
    """Return the names of the sample columns.

    Raises:
        InputError: no VCF, no column line, no sample, or a sample twice.
    """
    if not header or not header[0].lower().startswith("##fileformat=vcf"):
        raise InputError("is no VCF: the first line is not ##fileformat=VCF...", file=str(path))
    last = header[-1]
    if not last.startswith("#CHROM"):
        raise InputError("has no #CHROM line: the header is cut short", file=str(path))
    columns = last.split("\t")
    if len(columns) < 8:
        raise InputError(
            "the #CHROM line has fewer than 8 columns separated by tabs", file=str(path)
        )
    samples = tuple(columns[9:])
    if not samples:
        raise InputError(
            "has no sample columns (a list of sites): nothing can be said about a person",
            file=str(path),
        )
    twice = sorted(name for name, times in Counter(samples).items() if times > 1)
    if twice:
        raise InputError(f"sample {', '.join(twice)} stands twice in the header", file=str(path))
    return samples


def announces_structural(header: list[str]) -> bool:
    """Whether a header announces records that may reach far, or blocks by LEN (VCF 4.5)."""
    return any(map(_STRUCTURAL.match, header))


def assembly_of(header: list[str]) -> str | None:
    """Return the assembly that is not supported by the name of the reference in a header."""
    for line in header:
        if line.lower().startswith(("##reference=", "##assembly=")):
            return named_assembly(line.partition("=")[2].rpartition("/")[2])
    return None


def contigs_of(header: list[str]) -> Mapping[str, int | None]:
    """Return the lengths by name; None where a contig line gives none."""
    return _contigs(tuple(filter(_CONTIG.match, header)))


@lru_cache(maxsize=64)
def _contigs(lines: tuple[str, ...]) -> Mapping[str, int | None]:
    """The files of a batch mostly have the same lines."""
    found: dict[str, int | None] = {}
    for match in filter(None, map(_CONTIG.match, lines)):
        pairs = dict(part.partition("=")[::2] for part in match.group(1).split(","))
        if "ID" in pairs:
            found[pairs["ID"]] = whole_number(pairs.get("length"))
    return MappingProxyType(found)
