"""How far each ALT of a record reaches: from its bases, END, SVLEN or the mate of a breakend.

VCF 4.1 to 4.5: END is the last base of the record, SVLEN the length of each ALT (negative for
deletions before 4.4). Callers leave out the one or the other, or write END before POS.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence

from hies_annot.io.numbers import whole_number
from hies_annot.io.record.mates import BREAKS, mate_place, with_mate
from hies_annot.model.allele import UNNAMED

_READ = re.compile(r"[ACGTN]+|\*", re.IGNORECASE)
"""Alleles that lie within REF."""
_POINTS = ("INS", "MEI", *BREAKS)
"""Words of alleles that lie at one place, whatever END or SVLEN say."""
_COPIES = re.compile(r"\ACN=(?=[0-9])")
"""How gnomAD-SV writes a copy number: `<CN=0>`."""
_TOLERANCE = 0.1
"""Share of the longer one by which END and SVLEN may differ without a contradiction."""


def symbol_of(alt: str, info: Mapping[str, str]) -> str | None:
    """Return the symbol that an ALT stands for, in capitals without brackets; None: it is bases.

    `<del>` and a bare `DEL` are `DEL`, `<CN=0>` is `CN0`; `N` or no ALT beside SVTYPE is the type
    that it states.
    """
    stated = info.get("SVTYPE", "").upper()
    if alt.startswith("<") and alt.endswith(">"):
        word = _COPIES.sub("CN", alt[1:-1].upper())
        return stated if word == "CNV" and stated in ("LOH", "CNLOH") else word
    if alt.upper() in ("N", ".", "") and stated in _SPANNED:
        return stated
    if alt in ("N", "n") and stated in BREAKS:
        return stated
    bare = alt.upper()
    return bare if bare.split(":")[0] in _BARE else None


_SPANNED = frozenset({"DEL", "DUP", "INV", "CNV", "LOH", "CNLOH", "TDUP"})
_BARE = _SPANNED | {"INS", *BREAKS}


def is_known_symbol(alt: str) -> bool:
    """Whether the type of a symbol (`<DEL:ME:ALU>`) is one that is known."""
    return is_known_type(alt.strip("<>"))


def is_known_type(text: str) -> bool:
    """Whether a text is a type of structural variants, with or without a subtype."""
    word = text.upper().split(":")[0]
    return word in _BARE or word.startswith(_POINTS)


def reaches_far(alt: str) -> bool:
    """Whether an ALT may reach farther than its bases and END say: all but bases and blocks."""
    if alt in ("", ".") or alt.upper() in UNNAMED:
        return False
    return alt in ("N", "n") or not _READ.fullmatch(alt)


def last_bases(
    chrom: str, pos: int, ref: str, alts: Sequence[str], info: Mapping[str, str]
) -> tuple[int | None, ...]:
    """Return the last base (1-based) of each ALT; None where a symbol states no extent.

    A row without ALT has one entry. A breakend with a mate behind it on its chromosome reaches to
    the mate.
    """
    if not alts:
        return (_last_base(chrom, pos, ref, ".", 0, 1, info),)
    return tuple(
        _last_base(chrom, pos, ref, alt, number, len(alts), info) for number, alt in enumerate(alts)
    )


def _last_base(
    chrom: str, pos: int, ref: str, alt: str, number: int, count: int, info: Mapping[str, str]
) -> int | None:
    written = pos + len(ref) - 1
    mate = mate_place(with_mate(chrom, pos, ref, alt, info))
    if mate is not None:
        return max(written, mate[1]) if mate[0] == chrom else written
    symbol = symbol_of(alt, info)
    if symbol is None or alt.upper() in UNNAMED:
        if _READ.fullmatch(alt):
            return written
        length = max(_lengths(info), default=0) if reaches_far(alt) else None
        return max(written, _stated_end(pos, info) or written, pos + (length or 0))
    if symbol.startswith(_POINTS):
        return written
    length = _length(number, count, info)
    end = _stated_end(pos, info)
    if length is not None and (end is None or count > 1 or _contradict(end - pos, length)):
        return max(written, pos + length) if count > 1 else max(written, pos + length, end or 0)
    if end is not None:
        return max(written, end)
    return written if len(ref) > 1 else None


def extent_contradicted(pos: int, alts: Sequence[str], info: Mapping[str, str]) -> bool:
    """Whether END and SVLEN of a record with one symbolic ALT speak of different extents.

    An END that does not lie behind POS states nothing.
    """
    if len(alts) != 1:
        return False
    symbol = symbol_of(alts[0], info)
    if symbol is None or symbol.startswith(_POINTS):
        return False
    end = _stated_end(pos, info)
    return end is not None and any(_contradict(end - pos, length) for length in _lengths(info))


def farthest(pos: int, alts: Sequence[str], info: Mapping[str, str]) -> int:
    """Return the last base (1-based) that an ALT of unknown extent may reach.

    Where SVLEN has more lengths than there are ALTs, as after a record was split, or where a
    number has commas (`-13,000`), it is one of these; else nothing limits it.
    """
    lengths = _lengths(info)
    if info.get("SVLEN", "").count(",") < max(1, len(alts)) or not lengths:
        return sys.maxsize
    joined = abs(whole_number(info["SVLEN"].replace(",", "")) or 0)
    return pos + max(joined, *lengths)


def _contradict(span: int, length: int) -> bool:
    return abs(span - length) > max(1.0, _TOLERANCE * max(span, length))


def _stated_end(pos: int, info: Mapping[str, str]) -> int | None:
    """Return END where it lies behind POS."""
    end = whole_number(info.get("END"))
    return end if end is not None and end > pos else None


def _lengths(info: Mapping[str, str]) -> list[int]:
    """Return all lengths that SVLEN states."""
    found = map(whole_number, info.get("SVLEN", ".").split(","))
    return [abs(length) for length in found if length]


def _length(number: int, count: int, info: Mapping[str, str]) -> int | None:
    """Return the length of one of `count` ALTs; None where SVLEN has not one for each."""
    texts = info.get("SVLEN", ".").split(",")
    length = whole_number(texts[number]) if len(texts) == count else None
    return abs(length) if length else None
