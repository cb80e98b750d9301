"""What an ALT of a record stands for, in one spelling: bases, a symbol with its extent, a break.

Callers write one deletion as `<DEL>` with END or SVLEN, as REF bases beside `N`, as a bare `DEL`,
or as a pair of breakends; each becomes the same allele here, before anything is decided.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from hies_annot.io.numbers import whole_number
from hies_annot.io.record.mates import mate_place, with_mate
from hies_annot.io.record.record_extent import last_bases, symbol_of
from hies_annot.model import SiteRecord

_FORWARD = re.compile(r"[ACGTN.]+\[.+\[\Z", re.IGNORECASE)
_BACKWARD = re.compile(r"\].+\][ACGTN.]+\Z", re.IGNORECASE)
"""`N[20:500[`: the sequence goes on at 500; `]20:100]N`: it comes from 100."""
_SYNONYMS = {"TDUP": "DUP:TANDEM", "LOSS": "DEL", "GAIN": "DUP", "AMP": "DUP", "CNLOH": "LOH"}
_ONE_COPY = "CN1"
"""One copy on a chromosome is the reference and no ALT: `<CN1>` is one copy in the sample."""


class Written(NamedTuple):
    """An ALT as it is read: its text, and for a symbol position, last base and copy number.

    `pos` and `end` are 1-based; `pos` is the base before the change. `end` is None where a symbol
    states no extent.
    """

    alt: str
    pos: int
    end: int | None
    copy_number: int | None = None


def written_alleles(site: SiteRecord) -> tuple[Written, ...]:
    """Return what each ALT of a record stands for; a row without ALT has one entry."""
    ends = last_bases(site.chrom, site.pos, site.ref, site.alts, site.info)
    copies = _copy_numbers(site, len(ends))
    return tuple(
        _written(site, alt, end, number)
        for alt, end, number in zip(site.alts or (".",), ends, copies, strict=True)
    )


def _written(site: SiteRecord, alt: str, end: int | None, copy_number: int | None) -> Written:
    alt = with_mate(site.chrom_written, site.pos, site.ref, alt, site.info)
    mate = mate_place(alt)
    if mate is not None:
        return (
            _joined(site.pos, alt, mate[1])
            if mate[0] == site.chrom
            else Written(alt, site.pos, end)
        )
    symbol = symbol_of(alt, site.info)
    if symbol is not None:
        root, _, rest = symbol.partition(":")
        if root == _ONE_COPY:
            return Written("<CNV>", site.pos, end, 1 if copy_number is None else copy_number)
        word = _SYNONYMS.get(root, root) + (f":{rest}" if rest else "")
        return Written(f"<{word}>", site.pos, end, copy_number)
    return Written(alt, site.pos, end)


def _joined(pos: int, alt: str, mate: int) -> Written:
    """Return the event that one break within a chromosome makes, by its orientation.

    Both mates of a pair give the same event (VCF 4.3, section 5.4). A symbol that does not say
    which sides are joined may be any of them.
    """
    low, high = sorted((pos, mate))
    forward, backward = bool(_FORWARD.match(alt)), bool(_BACKWARD.match(alt))
    if high - low < 2:
        return Written(alt, pos, None)
    if alt.startswith("<"):
        return Written("<ITX>", low, high)
    if not (forward or backward):
        return Written("<INV>", low, high)
    if (forward and pos == low) or (backward and pos == high):
        return Written("<DEL>", low, high - 1)
    return Written("<DUP:TANDEM>", low - 1, high)


def _copy_numbers(site: SiteRecord, count: int) -> tuple[int | None, ...]:
    """Return INFO/CN by ALT; a single one holds for all."""
    numbers = [whole_number(text) for text in site.info.get("CN", ".").split(",")]
    return tuple(numbers) if len(numbers) == count else (numbers[0],) * count
