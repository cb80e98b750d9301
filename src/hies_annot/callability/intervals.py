"""Rows of BED and mosdepth files as statements about bases. Pure: the rows come from `io`.

Formats (brentp/mosdepth README): `quantized` has `chrom start end bin`, the bin being `5:150`,
`150:inf` or a name; `thresholds` has a header `#chrom start end region 10X 20X` and counts
bases for each column; `regions` has `chrom start end [name] mean`; `per-base` has
`chrom start end depth`. GATK CallableLoci writes BED with a state as the fourth column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hies_annot.callability.bed_format import BIN, THRESHOLD, BedKind
from hies_annot.callability.state_words import state
from hies_annot.callability.statements import Statement, Weight
from hies_annot.errors import InputError
from hies_annot.io.bed_rows import BedRow
from hies_annot.settings.callability_rules import CallabilityConfig

CAVEATS = {
    BedKind.BED: "the threshold behind these intervals is the file's own",
    BedKind.STATES: "the thresholds behind these states are the file's own",
    BedKind.REGIONS: "means of regions; a dip inside a region cannot be seen",
}
"""What a reader must know about a format."""
OUTSIDE = "outside the regions of the file"


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
    if kind is BedKind.STATES:
        return (*_by_state(row.fields[0]),)
    return Weight.CALLABLE, None, ""


def _by_depth(depth: float, needed: int, what: str) -> tuple[Weight, float | None, str]:
    if depth >= needed:
        return Weight.CALLABLE, depth, ""
    return Weight.NOT_CALLABLE, depth, f"{what} below {needed}"


def _by_bin(text: str, needed: int) -> tuple[Weight, float | None, str]:
    match = BIN.fullmatch(text)
    if match is None:
        return _by_state(text)
    if int(match[1]) >= needed:
        return Weight.CALLABLE, None, ""
    return Weight.NOT_CALLABLE, None, f"depth in {text}, {needed} needed"


def _by_state(text: str) -> tuple[Weight, float | None, str]:
    good = state(text)
    if good is None:
        raise ValueError(text)
    if good:
        return Weight.CALLABLE, None, ""
    return Weight.NOT_CALLABLE, None, f"state {text}"


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
        if (match := THRESHOLD.fullmatch(column))
    ]
    enough = sorted(item for item in depths if item[0] >= config.min_depth)
    if not enough:
        raise InputError(
            f"no column counts bases at depth {config.min_depth} or more: run mosdepth with "
            f"--thresholds {config.min_depth}, and keep the header line",
            file=name,
        )
    return enough[0][1], enough[0][0]
