"""Which format an interval file has; what could be depths or states in no known place is refused.

A BED file has names in column 4, a score and a strand behind (UCSC: BED3, BED4, BED6, BED9, BED12).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from hies_annot.callability.state_words import CALLABLE, NOT_CALLABLE, may_be_state, state
from hies_annot.errors import InputError
from hies_annot.io.bed_rows import BedRow


class BedKind(StrEnum):
    """Formats of interval files."""

    BED = "BED"
    STATES = "BED with states"
    QUANTIZED = "mosdepth quantized"
    THRESHOLDS = "mosdepth thresholds"
    REGIONS = "mosdepth regions"
    PER_BASE = "mosdepth per-base"


BIN = re.compile(r"([0-9]+):([0-9]+|inf)")
THRESHOLD = re.compile(r"([0-9]+)X", re.IGNORECASE)
_BY_NAME = (
    (".thresholds.bed", BedKind.THRESHOLDS),
    (".quantized.bed", BedKind.QUANTIZED),
    (".regions.bed", BedKind.REGIONS),
    (".per-base.bed", BedKind.PER_BASE),
    (".bedgraph", BedKind.PER_BASE),
)
_FIGURE = re.compile(r"[-+]?[0-9]*[.,]?[0-9]+(e[-+]?[0-9]+)?[x%]?|nan|na|-?inf", re.IGNORECASE)
_WHOLE = re.compile(r"[0-9]+")
_STRANDS = frozenset("+-.")
_NOT_SEEN = re.compile(
    r"(?<![a-z])(?:(?:low|no|not|non|un|zero|poor|insufficient|under)[-_. ]?"
    r"(?:cov|callab|depth|dp|mapq|mappab|complex|call(?:ed|s)?(?![a-z]))[a-z]*"
    r"|gaps?(?![a-z])|black[-_. ]?list[a-z]*"
    r"|not[-_. ]?(?:meeting|reach|pass|seen|sequenced|targeted)[a-z]*"
    r"|(?:below|under|lt|less[-_. ]?than|lower[-_. ]?than|<)[-_. ]*[0-9]+[-_. ]?x?(?![0-9a-z])"
    r"|(?:miss(?:ed|ing)|fail(?:ed|ing|s|ure|ures)?|drop[-_. ]?outs?|exclu(?:de[ds]?|sions?))"
    r"(?![a-z])"
    r"|(?<!without[-_. ])(?<!no[-_. ])(?<!non[-_. ])(?<!not[-_. ])(?<!notin[-_. ])(?<!minus[-_. ])"
    r"(?:(?:all)?[-_. ]?difficult[a-z]*|seg(?:mental)?[-_. ]?dup[a-z]*"
    r"|(?:all)?(?:homopolymer|tandem[-_. ]?repeat|simple[-_. ]?repeat)[a-z]*"
    r"|(?:rohs?|loh|homozygosity)(?![a-z])))",
    re.IGNORECASE,
)
"""What files of intervals are called that hold what was not seen, is hard to see (names of GIAB's
stratifications, of which `notin...` are the others), or is homozygous.
"""
_TAKEN_OUT = re.compile(r"exclu|remov|without|subtract|minus|except|filtered", re.IGNORECASE)
"""Words of a title that tells what was taken out of the intervals."""
_CUT = "cut the file to the callable intervals and to three columns"
_KEEP = "keep mosdepth's file name (*.per-base.bed.gz, *.regions.bed.gz)"


def bed_kind(
    name: str, header: Sequence[str] | None, rows: Sequence[BedRow], titles: Sequence[str] = ()
) -> BedKind:
    """Tell the format by header, file name, titles (comments, `track`) and content.

    Raises:
        InputError: a column may hold depths or states, but not so that they can be read: taking
            depth 0 or an unknown word for "callable" would hide a gap.
    """
    if header and any(THRESHOLD.fullmatch(column) for column in header):
        return BedKind.THRESHOLDS
    for part, kind in _BY_NAME:
        if part in name.lower():
            return kind
    names = {row.fields[0] for row in rows if row.fields}
    bins = {text for text in names if BIN.fullmatch(text)}
    states = {text for text in names if state(text) is not None}
    told = next(_faults(names, bins, states, rows), None)
    titled = (title for title in titles if not _TAKEN_OUT.search(title))
    words = filter(None, map(_NOT_SEEN.search, (name, *titled)))
    if told is None and not (bins or states) and (word := next(words, None)) is not None:
        told = (
            f"by its name or title ({word[0]!r}) its intervals are those that were not seen: give "
            "the callable ones, write the states into column 4, or name the file otherwise"
        )
    if told is not None:
        raise InputError(told, file=name)
    if bins:
        return BedKind.QUANTIZED
    return BedKind.STATES if states else BedKind.BED


def _faults(
    names: set[str], bins: set[str], states: set[str], rows: Sequence[BedRow]
) -> Iterator[str]:
    """Yield what keeps the columns behind the span from being read."""
    if any(_FIGURE.fullmatch(text) for text in names):
        yield (
            f"the fourth column holds numbers: if they are depths, {_KEEP}; if they are names, cut "
            "to three columns"
        )
    rest = sorted(names - bins - states)
    for text in rest:
        if may_be_state(text):
            yield f"{text!r} in the fourth column is no known state: {_known()}, or {_CUT}"
    if rest and bins | states:
        known = min(bins | states)
        yield (
            f"the fourth column holds states ({known!r}) and other words ({rest[0]!r}): "
            f"{_known()}, or {_CUT}"
        )
    for row in rows:
        yield from _behind_name(row)


def _behind_name(row: BedRow) -> Iterator[str]:
    """Yield what may be a depth or a state in the columns behind the fourth."""
    place = f"{row.chrom}:{row.start}-{row.end}"
    for number, text in enumerate(_unexplained(row), 5):
        if text and _FIGURE.fullmatch(text):
            yield f"column {number} holds {text} at {place}: if it is a depth, {_KEEP}; else {_CUT}"
        elif text and (may_be_state(text) or BIN.fullmatch(text)):
            yield f"column {number} says {text!r} at {place}: put states into column 4, or {_CUT}"


def _unexplained(row: BedRow) -> list[str]:
    """Return the columns from the fifth on, empty where BED says what they are."""
    rest = list(row.fields[1:])
    if len(rest) > 1 and rest[1] in _STRANDS and _WHOLE.fullmatch(rest[0]):
        return ["", *([] if _is_drawn(row, rest) else rest[1:])]
    return rest


def _is_drawn(row: BedRow, rest: Sequence[str]) -> bool:
    """Whether the thick span of BED9 or BED12 stands behind the strand."""
    if len(rest) not in (5, 8) or not all(_WHOLE.fullmatch(text) for text in rest[2:4]):
        return False
    return row.start - 1 <= int(rest[2]) <= int(rest[3]) <= row.end


def _known() -> str:
    return f"write {', '.join(CALLABLE[:2])} or {', '.join(NOT_CALLABLE[:6])}"
