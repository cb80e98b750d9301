"""One genotype in the manner of each caller, on either build: the files of made cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from caller_writers import Event, Row, Small, SmallCaller, SvCaller, text_of
from vcf_text import bases, offset, reference

from hies_annot.genome import Build, contigs

Placed = tuple[str, Row]


def on_build(small: Small, build: Build) -> Small:
    """Return a record of GRCh38 at its place on `build`, with its phase block."""
    shift = offset(small.chrom, build)
    block = None if small.block is None else small.block + shift
    return small._replace(pos=small.pos + shift, block=block)


def small_rows(caller: SmallCaller, records: Iterable[Small], build: Build) -> list[Placed]:
    """Return the records as the caller writes them."""
    return [(small.chrom, caller.row(on_build(small, build))) for small in records]


def event_rows(caller: SvCaller, event: Event, build: Build) -> list[Placed]:
    """Return a structural event as the caller writes it."""
    shift = offset(event.chrom, build)
    spelled = bases(event.chrom, event.pos, event.end) if event.kind == "DEL" else "N"
    moved = event._replace(pos=event.pos + shift, end=event.end + shift, bases=spelled)
    return [(event.chrom, row) for row in caller.rows(moved)]


_WHOLE = ("AD", "DP", "GQ", "PL", "PS", "RO", "AO", "CN")
_INFO = {
    "END": ("1", "Integer"),
    "SVLEN": ("A", "Integer"),
    "DP": ("1", "Integer"),
    "DP4": ("4", "Integer"),
    "AC": ("A", "Integer"),
    "AN": ("1", "Integer"),
}


def vcf_text(rows: Sequence[Placed], build: Build, column: str = "P") -> str:
    """Return the VCF of one sample with a whole header; contigs are those of `build`."""
    text = text_of(list(rows), column)
    for chrom, contig in contigs(build).items():
        text = re.sub(rf"(?<=ID=chr{chrom},length=)\d+", str(contig.length), text)
    for key in _WHOLE:
        text = re.sub(rf"(?<=FORMAT=<ID={key},)(Number=.),Type=Float", r"\1,Type=Integer", text)
    infos = dict.fromkeys(part for _, row in rows for part in row.info.split(";"))
    lines = dict.fromkeys(_info_line(part) for part in infos)
    return text.replace("#CHROM", "".join(lines) + "#CHROM", 1)


def _info_line(part: str) -> str:
    key, stated, _ = part.partition("=")
    number, kind = _INFO.get(key, (".", "String")) if stated else ("0", "Flag")
    return f'##INFO=<ID={key},Number={number},Type={kind},Description="{key}">\n'


def callable_bed(build: Build) -> str:
    """Return a BED (0-based, half open) over both loci."""
    return "".join(
        f"chr{locus.chrom}\t{locus.start - 1 + offset(locus.chrom, build)}"
        f"\t{locus.end + offset(locus.chrom, build)}\n"
        for locus in reference().loci
    )
