"""Rows of BED and mosdepth files as statements about bases. Pure: the rows come from `io`.

Formats (brentp/mosdepth README): `quantized` has `chrom start end bin`, the bin being `5:150`,
`150:inf` or a name; `thresholds` has a header `#chrom start end region 10X 20X` and counts
bases for each column; `regions` has `chrom start end [name] mean`; `per-base` has
`chrom start end depth`. GATK CallableLoci writes BED with a state as the fourth column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from hies_annot.callability.statements import Statement, Weight
from hies_annot.errors import InputError
from hies_annot.io.coverage import BedRow
from hies_annot.settings.callability_rules import CallabilityConfig


class BedKind(StrEnum):
    """Formats of interval files."""

    BED = "BED"
    STATES = "BED with states"
    QUANTIZED = "mosdepth quantized"
    THRESHOLDS = "mosdepth thresholds"
    REGIONS = "mosdepth regions"
    PER_BASE = "mosdepth per-base"


CALLABLE_STATES = frozenset({"CALLABLE", "HIGH_COVERAGE"})
STATES = CALLABLE_STATES | {
    "NO_COVERAGE",
    "LOW_COVERAGE",
    "EXCESSIVE_COVERAGE",
    "POOR_MAPPING_QUALITY",
    "REF_N",
}
CAVEATS = {
    BedKind.BED: "the threshold behind these intervals is the file's own",
    BedKind.STATES: "the thresholds behind these states are the file's own",
    BedKind.REGIONS: "means of regions; a dip inside a region cannot be seen",
}
"""What a reader must know about a format."""
OUTSIDE = "outside the regions of the file"

_BIN = re.compile(r"([0-9]+):([0-9]+|inf)")
_THRESHOLD = re.compile(r"([0-9]+)X", re.IGNORECASE)


def bed_kind(name: str, header: Sequence[str] | None, rows: Sequence[BedRow]) -> BedKind:
    """Tell the format by header, file name and content.

    Raises:
        InputError: the fourth column holds numbers and neither the name nor a header says
            whether they are depths: taking depth 0 for "callable" would hide a gap.
    """
    if header and any(_THRESHOLD.fullmatch(column) for column in header):
        return BedKind.THRESHOLDS
    for part, kind in (
        (".thresholds.bed", BedKind.THRESHOLDS),
        (".quantized.bed", BedKind.QUANTIZED),
        (".regions.bed", BedKind.REGIONS),
        (".per-base.bed", BedKind.PER_BASE),
        (".bedgraph", BedKind.PER_BASE),
    ):
        if part in name.lower():
            return kind
    names = {row.fields[0] for row in rows if row.fields}
    if names and all(_BIN.fullmatch(text) for text in names):
        return BedKind.QUANTIZED
    if names & STATES:
        return BedKind.STATES
    if names and all(re.fullmatch(r"[0-9]+(\.[0-9]+)?", text) for text in names):
        raise InputError(
            "the fourth column holds numbers: if they are depths, keep mosdepth's file name "
            "(*.per-base.bed.gz, *.regions.bed.gz); if they are names, cut to three columns",
            file=name,
        )
    return BedKind.BED


def bed_statements(
    name: str,
    kind: BedKind,
    header: Sequence[str] | None,
    rows: Iterable[BedRow],
    config: CallabilityConfig,
) -> Iterator[Statement]:
    """Yield a statement for each row (positions 1-based inclusive).

    Raises:
        InputError: a row lacks a column of its format, or no threshold column reaches
            `min_depth`.
    """
    column = _threshold_column(name, header, config) if kind is BedKind.THRESHOLDS else None
    for row in rows:
        try:
            weight, depth, reason = _judge(kind, row, column, config)
        except (IndexError, ValueError):
            raise InputError(
                f"this row is not in the format of a {kind} file",
                file=name,
                record=f"{row.chrom}:{row.start}-{row.end}",
            ) from None
        yield Statement(row.start, row.end, weight, str(kind), depth, reason)


def _judge(
    kind: BedKind,
    row: BedRow,
    column: tuple[int, int] | None,
    config: CallabilityConfig,
) -> tuple[Weight, float | None, str]:
    if kind is BedKind.PER_BASE:
        return _by_depth(float(row.fields[0]), config.min_depth, "depth")
    if kind is BedKind.REGIONS:
        needed = config.min_depth if row.start == row.end else config.min_region_mean
        return _by_depth(float(row.fields[-1]), needed, "mean depth of the region")
    if kind is BedKind.QUANTIZED:
        return (*_by_bin(row.fields[0], config.min_depth),)
    if column is not None:
        return (*_by_threshold(row, column),)
    if kind is BedKind.STATES and row.fields[0] not in CALLABLE_STATES:
        return Weight.NOT_CALLABLE, None, f"state {row.fields[0]}"
    return Weight.CALLABLE, None, ""


def _by_depth(depth: float, needed: int, what: str) -> tuple[Weight, float | None, str]:
    if depth >= needed:
        return Weight.CALLABLE, depth, ""
    return Weight.NOT_CALLABLE, depth, f"{what} below {needed}"


def _by_bin(text: str, needed: int) -> tuple[Weight, float | None, str]:
    match = _BIN.fullmatch(text)
    if match is None:
        if text not in STATES:
            raise ValueError(text)
        if text in CALLABLE_STATES:
            return Weight.CALLABLE, None, ""
        return Weight.NOT_CALLABLE, None, f"state {text}"
    if int(match[1]) >= needed:
        return Weight.CALLABLE, None, ""
    return Weight.NOT_CALLABLE, None, f"depth in {text}, {needed} needed"


def _by_threshold(row: BedRow, column: tuple[int, int]) -> tuple[Weight, float | None, str]:
    index, threshold = column
    reached, length = int(row.fields[index]), row.end - row.start + 1
    if reached >= length:
        return Weight.CALLABLE, None, ""
    return (
        Weight.NOT_CALLABLE,
        None,
        f"{reached} of {length} bases of the region reach depth {threshold}, not said which",
    )


def _threshold_column(
    name: str, header: Sequence[str] | None, config: CallabilityConfig
) -> tuple[int, int]:
    """Return the index (after the span) and the depth of the column to judge by."""
    depths = [
        (int(match[1]), index - 3)
        for index, column in enumerate(header or ())
        if (match := _THRESHOLD.fullmatch(column))
    ]
    enough = sorted(item for item in depths if item[0] >= config.min_depth)
    if not enough:
        raise InputError(
            f"no column counts bases at depth {config.min_depth} or more: run mosdepth with "
            f"--thresholds {config.min_depth}, and keep the header line",
            file=name,
        )
    return enough[0][1], enough[0][0]
