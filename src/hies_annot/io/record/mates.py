"""Where the other end of a break lies, however its record says it: one text with the mate in it.

VCF 4.1 to 4.5 write it in brackets (`N]5:1000]`). Callers also write a symbol (`<BND>`, `<TRA>`,
`<CTX>`) and name the other chromosome in INFO/CHR2, its base in POS2 (delly), END2 (GATK-SV) or END
(SURVIVOR, older delly), and the sides that are joined in STRANDS (LUMPY, GATK-SV) or CT (delly).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hies_annot.genome import canonical_chrom
from hies_annot.io.numbers import whole_number

BREAKS = ("BND", "TRA", "CTX")
"""Words of symbols that are a break."""
MATE_KEYS = ("CHR2", "POS2", "END2", "STRANDS", "CT")
"""The keys of INFO that tell of a mate, beside END."""
_MATE = re.compile(
    r"[\[\]](?P<chrom>.+):(?P<pos>[0-9]+)[\[\]]"
    r"|<(?:BND|TRA|CTX)[^:>]*:(?P<chrom2>.+):(?P<pos2>[0-9]+)>"
)
_ENDS = ("POS2", "END2", "END")
_SIDES = {"3to5": "+-", "5to3": "-+", "3to3": "++", "5to5": "--"}
"""CT of delly as strands: 3 is the right end of the piece that is joined, 5 the left one."""
_BRACKETS = {"+-": "{0}[{1}[", "++": "{0}]{1}]", "-+": "]{1}]{0}", "--": "[{1}[{0}"}
"""`+`: the bases before the break go on there; `-`: those behind it."""


def mate_place(alt: str) -> tuple[str | None, int] | None:
    """Return canonical chromosome and position (1-based) of the mate in the text of a break."""
    found = mate_written(alt)
    return None if found is None else (canonical_chrom(found[0]), found[1])


def mate_written(alt: str) -> tuple[str, int] | None:
    """Return chromosome, as it is written, and position (1-based) of the mate of a break."""
    match = _MATE.search(alt)
    if match is None:
        return None
    return match["chrom"] or match["chrom2"], int(match["pos"] or match["pos2"])


def with_mate(chrom: str, pos: int, ref: str, alt: str, info: Mapping[str, str]) -> str:
    """Return the text of an ALT with the mate that INFO names; any other ALT as it stands.

    In brackets where the record says which sides are joined, else `<TRA:5:1000>`.

    Args:
        chrom: chromosome of the record, as written or canonical.
        pos: its POS (1-based).
        ref: its REF.
        alt: the ALT.
        info: its INFO.
    """
    word = break_word(alt, info)
    if word is None:
        return alt
    there = info.get("CHR2", ".")
    place = _position(chrom, pos, there, info)
    if place is None:
        return f"<{word}>"
    mate = f"{chrom if there in ('', '.') else there}:{place}"
    stated = info.get("STRANDS", "").partition(":")[0] or _SIDES.get(info.get("CT", ""), "")
    joined = _BRACKETS.get(stated)
    return f"<{word}:{mate}>" if joined is None else joined.format(ref[:1], mate)


def break_word(alt: str, info: Mapping[str, str]) -> str | None:
    """Return the word of a symbol that is a break, None for any other ALT.

    A bare `TRA`, and `N` beside the type of a break, are such symbols.
    """
    word = alt[1:-1] if alt.startswith("<") and alt.endswith(">") else alt
    if alt in ("N", "n"):
        word = info.get("SVTYPE", "")
    root = word.upper().partition(":")[0]
    known = root.startswith(BREAKS) if alt.startswith("<") else root in BREAKS
    return root if known and mate_place(alt) is None else None


def leads_somewhere(chrom: str, pos: int, alt: str, info: Mapping[str, str]) -> str | None:
    """Return the canonical other chromosome of a break whose place there is not stated."""
    there = canonical_chrom(info.get("CHR2", "."))
    if there in (None, canonical_chrom(chrom)) or break_word(alt, info) is None:
        return None
    return there if mate_place(with_mate(chrom, pos, "N", alt, info)) is None else None


def _position(chrom: str, pos: int, there: str, info: Mapping[str, str]) -> int | None:
    """Return the base of the mate; an END at the record itself is that of the record."""
    elsewhere = there not in ("", ".", chrom) and canonical_chrom(there) != canonical_chrom(chrom)
    for key in _ENDS:
        place = whole_number(info.get(key))
        if place is None or place < 1:
            continue
        if key != "END" or place > pos + 1 or (elsewhere and place < pos):
            return place
    return None
