"""What a record of a VCF says, before anything is made of it.

Named tuples: a gVCF has thousands of records in the loci.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hies_annot.model.reading_faults import Fault


class SiteRecord(NamedTuple):
    """The part of a VCF record that all samples share.

    `chrom` is canonical (`17`); `chrom_written` is as in the file. `pos` is 1-based, `end` is
    the last base (INFO/END of blocks and symbolic alleles, else the end of REF).
    `number` counts the records of the file from 1 where the file was streamed, else None.
    `info` has only the keys that later steps read (END, SVTYPE, SVLEN, CN, MATEID, ...), as text.
    """

    file: str
    number: int | None
    chrom: str
    chrom_written: str
    pos: int
    end: int
    identifier: str | None
    ref: str
    alts: tuple[str, ...]
    qual: float | None
    filters: tuple[str, ...]
    info: Mapping[str, str]

    @property
    def where(self) -> str:
        """The record in words, for messages: `record 12 (chr17:42329643 G>A)`."""
        change = f"{self.ref[:20]}>{','.join(self.alts)[:40] or '.'}"
        label = f"record {self.number} " if self.number is not None else "record "
        return f"{label}({self.chrom_written}:{self.pos} {change})"


class SampleFields(NamedTuple):
    """What one record says about one sample, read from the text, nothing guessed.

    `gt` is the genotype as written (`0|1`, `./.`, `1`, `/0/1`), None where FORMAT has no GT.
    `major_copies` are those of the commoner parental chromosome (MCC), `block_length` the bases of
    a reference block of this sample where FORMAT has LEN (VCF 4.5).
    `ad` is one count for each allele, REF first; a count that is not given is None. `fractions` are
    those of the ALTs, 0..1, where the caller states them. `also_counted` is what further spellings
    of read counts say, `unused_counts` the keys of counts that do not fit the alleles;
    `faults` what is wrong with the column, which is read all the same; `unread_copies` is the text
    of a copy number that is none; `depth_folds` are the depth in the event as a multiple of that
    beside it, and of that of bases with its GC content;
    `depth_copies` the copies that its depth tells; `replaced` key and text of another genotype that
    names the alleles otherwise.
    """

    gt: str | None
    ad: tuple[int | None, ...] | None = None
    dp: int | None = None
    gq: float | None = None
    ps: str | None = None
    pid: str | None = None
    pgt: str | None = None
    min_dp: int | None = None
    copy_number: int | None = None
    ft: tuple[str, ...] = ()
    hp: str | None = None
    major_copies: int | None = None
    block_length: int | None = None
    fractions: tuple[float | None, ...] | None = None
    also_counted: tuple[tuple[int | None, ...], ...] = ()
    unused_counts: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    pq: float | None = None
    unread_copies: str | None = None
    depth_folds: tuple[float | None, ...] = ()
    depth_copies: float | None = None
    replaced: str | None = None


def block_end(site: SiteRecord, fields: SampleFields) -> int:
    """Return the last base (1-based) of a reference block for one sample: LEN comes before END."""
    return site.end if fields.block_length is None else site.pos + fields.block_length - 1
