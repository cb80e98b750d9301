"""A VCF line in, values out: text is read as it stands, nothing is guessed or repaired.

VCF 4.1 to 4.5 (https://samtools.github.io/hts-specs/); positions are 1-based.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from hies_annot.errors import InputError
from hies_annot.io.numbers import stated_number, whole_number
from hies_annot.io.record.column_values import BLOCK_LENGTH, MISSING, filter_words, read_column
from hies_annot.io.record.record_extent import farthest, last_bases, reaches_far
from hies_annot.io.text_lines import CutLine, longest_line
from hies_annot.model import SampleFields, SiteRecord

if TYPE_CHECKING:
    from hies_annot.io.record.columns import SampleColumns

INFO_KEYS = (
    *("END", "SVTYPE", "SVLEN", "SVCLAIM", "CN", "MATEID", "EVENT", "CHR2", "DP4"),
    *("CIPOS", "CIEND", "IMPRECISE", "PRECISE", "PROBES", "POS2", "END2", "STRANDS", "CT"),
    *("IMP", "IMPUTED", "MOSAIC", "SOMATIC", "STATUS", "SS"),
    *("natorRD", "natorQ0", "pytorRD", "pytorQ0", "FOLD_CHANGE", "CPX_INTERVALS"),
    *("SVINSSEQ", "SVINSLEN", "INSSEQ", "INSLEN", "SEQ"),
)
"""The keys of INFO that are read."""
_READS = r"AC(?==[0-9]+,[0-9,]+;AM=)"
"""AC of longshot: reads of each allele, not copies of the ALTs; AM are those of no allele."""
_INFO = re.compile(rf"(?:^|;)({'|'.join((*INFO_KEYS, _READS))})(?==|;|$)=?([^;]*)")
_OF_ONE_SAMPLE = ("DP4", "AC")
_FIXED_COLUMNS = 8
_FEW = 50
"""Up to so many columns, cutting all of them is quicker than looking for their ends."""


class VcfLine(NamedTuple):
    """A record: the shared part and the text of its sample columns."""

    site: SiteRecord
    keys: tuple[str, ...]
    columns: list[str] | SampleColumns

    def fields(self, index: int) -> SampleFields:
        """Return what the record says about the sample in column `index` (0-based).

        Raises:
            InputError: the column holds a value that is no number where one is due.
        """
        return read_column(self.columns[index], self.keys, self.site)

    @property
    def reach(self) -> int:
        """Last base (1-based) for any sample: reference blocks may be as long as LEN (VCF 4.5)."""
        if BLOCK_LENGTH not in self.keys:
            return self.site.end
        place = self.keys.index(BLOCK_LENGTH)
        cells = (text.split(":")[place : place + 1] for text in self.columns)
        lengths = [whole_number(cell[0]) or 0 for cell in cells if cell]
        return max([self.site.end, *(self.site.pos + length - 1 for length in lengths)])

    @property
    def open_ended(self) -> bool:
        """Whether an ALT is a symbol of which the record does not say how far it reaches."""
        site = self.site
        if not _may_be_open(site.alts):
            return False
        return None in last_bases(site.chrom, site.pos, site.ref, site.alts, site.info)

    @property
    def farthest(self) -> int:
        """Last base (1-based) that an ALT of which that is not said may reach."""
        return farthest(self.site.pos, self.site.alts, self.site.info)


def parse_line(
    line: str, *, file: str, number: int | None, chrom: str, sample_count: int
) -> VcfLine:
    """Split one record.

    Args:
        line: the record without its line end.
        file: name of the file, for messages.
        number: number of the record in the file (1-based), None where it is not known.
        chrom: canonical contig name.
        sample_count: number of sample columns that the header announces.

    Raises:
        InputError: a column is missing or no number where one is due.
    """
    columns = line.split("\t", _FIXED_COLUMNS + 1)
    try:
        _demand_whole(line, sample_count)
        if len(columns) < _FIXED_COLUMNS:
            raise ValueError(f"{len(columns)} columns where at least 8 are due, separated by tabs")
        text = columns[9] if len(columns) > _FIXED_COLUMNS + 1 else ""
        samples = _cut_columns(text, sample_count)
        site = _site(columns, file=file, number=number, chrom=chrom)
        if sample_count != 1 and not site.info.keys().isdisjoint(_OF_ONE_SAMPLE):
            kept = {k: v for k, v in site.info.items() if k not in _OF_ONE_SAMPLE}
            site = site._replace(info=kept)
    except ValueError as fault:
        label = f"record {number}" if number is not None else f"record at {':'.join(columns[:2])}"
        raise InputError(f"cannot be read: {fault}", file=file, record=label) from None
    keys = _split(columns[8], ":") if len(columns) > _FIXED_COLUMNS else ()
    return VcfLine(site, keys, samples)


def _demand_whole(line: str, samples: int) -> None:
    if isinstance(line, CutLine):
        longest = longest_line(samples) >> 20
        raise ValueError(f"it is longer than {longest} MB")  # noqa: TRY004 (a fault of the line)


def _cut_columns(text: str, count: int) -> list[str] | SampleColumns:
    """Return the sample columns of a record; `count` is what the header announces."""
    columns: list[str] | SampleColumns
    if count <= _FEW:
        columns = text.split("\t") if text else []
    else:
        from hies_annot.io.record.columns import SampleColumns  # noqa: PLC0415 (numpy: cohorts only)

        columns = SampleColumns(text)
    if len(columns) != count:
        raise ValueError(f"{len(columns)} sample columns, but the header names {count}")
    return columns


@lru_cache(maxsize=1024)
def _may_be_open(alts: tuple[str, ...]) -> bool:
    return any(map(reaches_far, alts))


@lru_cache(maxsize=1024)
def _split(text: str, separator: str) -> tuple[str, ...]:
    """Divide FORMAT or ALT; the records of a file repeat them over and over."""
    return tuple(text.split(separator))


def _site(columns: list[str], *, file: str, number: int | None, chrom: str) -> SiteRecord:
    written, position, identifier, ref, alt, quality, filters, info_text = columns[:8]
    pos = whole_number(position)
    if pos is None:
        raise ValueError(f"a number is due where {position[:20]!r} stands")
    alts = _split(alt, ",") if alt not in MISSING else ()
    info = {} if info_text == "." else dict(info_pairs(info_text))
    return SiteRecord(
        file,
        number,
        chrom,
        written,
        pos,
        _end(chrom, pos, ref, alts, info),
        identifier if identifier != "." else None,
        ref,
        alts,
        _quality(quality),
        filter_words(filters),
        info,
    )


def _quality(text: str) -> float | None:
    try:
        return None if text in MISSING else stated_number(text)
    except ValueError as fault:
        raise ValueError(f"QUAL: {fault}") from None


def info_pairs(text: str) -> list[tuple[str, str]]:
    """Return the keys of INFO that are read with their values, as they stand."""
    return _INFO.findall(text)


def _end(chrom: str, pos: int, ref: str, alts: tuple[str, ...], info: dict[str, str]) -> int:
    """Return the last base (1-based) that an ALT of the record is known to reach."""
    last = pos + len(ref) - 1
    if not info and not any(alt[0] in "<[]" or alt[-1] in "[]" for alt in alts if alt):
        return last
    return max(last, *(end or 0 for end in last_bases(chrom, pos, ref, alts, info)))
