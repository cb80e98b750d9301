"""Reading evidence VCFs and BCFs with pysam: only the records of the loci, one row for each ALT."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pysam

from hies_annot.errors import InputError
from hies_annot.genome import Build, canonical_chrom, contigs
from hies_annot.io.htslib_faults import htslib_faults
from hies_annot.io.source_tables import (
    COMPRESSED,
    NOT_TABIX,
    SourceRegion,
    SourceRow,
    Table,
    inside,
    spellings,
)


def is_variant_file(path: str) -> bool:
    """Whether a file name is that of a VCF or BCF."""
    name = path.lower()
    return name.endswith((".vcf", ".vcf.gz", ".vcf.bgz", ".bcf"))


def header_of_variants(path: str) -> tuple[dict[str, str], frozenset[str], Build | None]:
    """Return header lines (key -> value), INFO fields and the build the contig lengths show.

    Raises:
        InputError: the file is missing or no VCF.
    """
    with htslib_faults(path), _open_variants(path) as file:
        header = _header_values(str(file.header))
        return header, frozenset(file.header.info), _build_of(file.header, header)


def read_variants(path: str, regions: Iterable[SourceRegion]) -> Table:
    """Read the records of `regions` from a VCF or BCF, one row for each ALT.

    Compressed files need an index; a plain `.vcf` is read through.

    Raises:
        InputError: missing file, missing index, no VCF, or no chromosome of the regions in it.
    """
    wanted = tuple(regions)
    with htslib_faults(path), _open_variants(path) as file:
        header = _header_values(str(file.header))
        rows = tuple(
            row
            for record in _records(file, path, wanted)
            for row in _rows_of(record, file.header)
            if any(inside(row, region) for region in wanted)
        )
        return Table(header, frozenset(file.header.info), rows)


def _open_variants(path: str) -> pysam.VariantFile:
    if not Path(path).is_file():
        raise InputError("this evidence file does not exist", file=path)
    with htslib_faults(path, "this is no readable VCF or BCF"):
        return pysam.VariantFile(path)


def _records(
    file: pysam.VariantFile, path: str, regions: tuple[SourceRegion, ...]
) -> Iterator[pysam.VariantRecord]:
    if not path.lower().endswith((*COMPRESSED, ".bcf")):
        yield from _plain_records(file, path, regions)
        return
    if file.index is None:
        raise InputError(f"there is no index; {NOT_TABIX}", file=path)
    spelled = spellings((str(name) for name in file.index), regions, path)
    for region in regions:
        for name in spelled.get(region.chrom, ()):
            yield from file.fetch(name, region.start - 1, region.end)


def _plain_records(
    file: pysam.VariantFile, path: str, regions: tuple[SourceRegion, ...]
) -> Iterator[pysam.VariantRecord]:
    seen: set[str] = set()
    wanted = {region.chrom for region in regions}
    for record in file:
        seen.add(record.chrom)
        if canonical_chrom(record.chrom) in wanted:
            yield record
    spellings(seen, regions, path)


def _rows_of(record: pysam.VariantRecord, header: pysam.VariantHeader) -> Iterator[SourceRow]:
    chrom = canonical_chrom(record.chrom)
    if chrom is None or record.ref is None:
        return
    filters = tuple(str(name) for name in record.filter if name != "PASS")
    by_allele = {key for key in record.info if str(header.info[key].number) in ("A", "R")}
    several = len(record.alts or ()) > 1
    shared = frozenset(record.info) - by_allele if several else frozenset()
    for index, alt in enumerate(record.alts or ()):
        values = {}
        for key in record.info:
            text = _value(record.info[key], str(header.info[key].number), index)
            if text is not None:
                values[key] = text
        yield SourceRow(chrom, record.pos, record.id, record.ref, alt, filters, values, shared)


def _value(value: object, number: str, index: int) -> str | None:
    if not isinstance(value, tuple):
        return _text(value)
    if number in ("A", "R"):
        place = index + (number == "R")
        chosen = value[place] if place < len(value) else None
        return _text(chosen)
    texts = [_text(part) for part in value]
    return ",".join(text or "." for text in texts) if any(texts) else None


def _text(value: object) -> str | None:
    """Text of one value; floats are single precision in BCF and VCF alike."""
    if isinstance(value, float):
        return f"{value:.7g}"
    return None if value in (None, ".") else str(value)


def _header_values(text: str) -> dict[str, str]:
    pairs = (line[2:].split("=", 1) for line in text.splitlines() if re.match(r"##\w+=[^<]", line))
    return {key: value.strip('"') for key, value in pairs}


def _build_of(header: pysam.VariantHeader, values: Mapping[str, str]) -> Build | None:
    for name in header.contigs:
        chrom, length = canonical_chrom(str(name)), header.contigs[name].length
        for build in Build:
            contig = contigs(build).get(chrom or "")
            if contig is not None and length == contig.length:
                return build
    text = values.get("reference", "").lower()
    for build, words in ((Build.GRCH38, ("grch38", "hg38")), (Build.GRCH37, ("grch37", "hg19"))):
        if any(word in text for word in words):
            return build
    return None
