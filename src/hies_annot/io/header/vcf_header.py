"""What the header lines of a VCF say: samples, contigs, assembly, kinds of records."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from hies_annot.errors import InputError
from hies_annot.io.header.assemblies import named_assembly
from hies_annot.io.numbers import whole_number

_CONTIG = re.compile(r"##contig=<(.*)>")
_STRUCTURAL = re.compile(
    r"##(?:INFO=<ID=(?:SVTYPE|SVLEN|MATEID)|FORMAT=<ID=LEN|ALT=<ID=(?:DEL|DUP|INV|CNV))\b"
)


_COLUMNS = ("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT")
_KNOWN_VERSION = re.compile(r"##fileformat=VCFv4\.[0-5]\Z", re.IGNORECASE)


def samples_of(header: list[str], path: Path) -> tuple[str, ...]:
    """Return the names of the sample columns.

    Raises:
        InputError: no VCF, no column line, no sample, or a sample twice.
    """
    if header and ("\r#" in header[0] or "\r" in header[-1]):
        raise InputError(
            "its lines end with CR alone, as on an old Mac: write them anew (mac2unix)",
            file=str(path),
        )
    if not header[-1:] or not header[-1].startswith("#CHROM"):
        if not header or not header[0].lower().startswith("##fileformat=vcf"):
            raise InputError("is no VCF: the first line is not ##fileformat=VCF...", file=str(path))
        raise InputError("has no #CHROM line: the header is cut short", file=str(path))
    columns = header[-1].split("\t")
    if len(columns) < 8:
        raise InputError(
            "the #CHROM line has fewer than 8 columns separated by tabs", file=str(path)
        )
    for due, found in zip(_COLUMNS, columns, strict=False):
        if due != found:
            raise InputError(
                f"the #CHROM line has {found[:40]!r} where {due} is due: nobody can say which "
                "column is which; write the header anew",
                file=str(path),
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


def repairs_of(header: list[str], start: bytes) -> Iterator[str]:
    """Yield what is not as VCF has it and changes nothing of what is read, in words.

    Args:
        header: the header lines.
        start: the first bytes of the text, unpacked.
    """
    versions = [line for line in header if line[:13].lower() == "##fileformat="]
    if not versions:
        yield "there is no ##fileformat line"
    elif header[0] not in versions:
        yield "##fileformat is not the first line"
    elif not _KNOWN_VERSION.match(versions[0]):
        yield f"{versions[0][2:60]!r} is no version from VCFv4.0 to VCFv4.5"
    if start.startswith(BOM_UTF8):
        yield "it begins with a byte order mark"
    if b"\r" in start and b"\r\n" in start:  # one byte is looked for much faster
        yield "its lines end as on Windows"


def announces_structural(header: list[str]) -> bool:
    """Whether a header announces records that may reach far, or blocks by LEN (VCF 4.5)."""
    return any(map(_STRUCTURAL.match, header))


def assembly_of(header: list[str]) -> str | None:
    """Return the assembly that is not supported by the name of the reference in a header."""
    for line in header:
        if line[:12].lower().startswith(("##reference=", "##assembly=")):
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
            length = whole_number(pairs.get("length"))
            found[pairs["ID"]] = length if length and length > 0 else None
    return MappingProxyType(found)
