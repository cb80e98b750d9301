"""The columns of a sample sheet, and what is wrong with a header or a row, before anything is read.

Standard library only, as the workflow reads the sheet when it is parsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hies_annot.io.lab_text import misspelled, other_separator, quoted

REQUIRED_COLUMNS = ("sample", "vcf")
COLUMNS = (
    *REQUIRED_COLUMNS,
    "vcf_sample",
    "batch",
    "sex",
    "affected",
    "family",
    "father",
    "mother",
    "parentage",
    "bam",
    "callable",
    "sv_vcf",
    "hpo",
)
OPEN_PREFIXES = ("nih_", "x_")
"""Columns that start so are allowed too: items of the NIH score, and the lab's own notes."""


def header_faults(columns: Sequence[str]) -> Iterator[str]:
    """Yield a sentence for each fault of a header; what makes all others follow stands alone."""
    other = other_separator(columns[0], REQUIRED_COLUMNS) if len(columns) == 1 else None
    if other is not None:
        yield f"columns are separated by {other} here, and must be by tabs: save it with tabs"
        return
    marked = tuple(quoted(columns))
    written = {} if marked else misspelled(COLUMNS, columns)
    absent = [name for name in REQUIRED_COLUMNS if name not in columns and name not in written]
    yield from marked
    yield from (f"column '{found}' is to be written '{name}'" for name, found in written.items())
    if absent and not marked:
        yield f"column {' and '.join(absent)} missing: columns are separated by tabs"
    if not (marked or written or absent):
        yield from _names_faults(columns)


def _names_faults(columns: Sequence[str]) -> Iterator[str]:
    for name in sorted({name for name in columns if columns.count(name) > 1}):
        yield f"column '{name}' is there twice"
    for name in columns:
        if name not in COLUMNS and not name.startswith(OPEN_PREFIXES):
            yield f"unknown column '{name}': allowed are {', '.join(COLUMNS)}, nih_*, x_*"


def row_faults(columns: Sequence[str], rows: Iterable[tuple[int, list[str]]]) -> Iterator[str]:
    """Yield a sentence for each fault of rows, which come with the number of their line."""
    for number, cells in rows:
        if len(cells) > len(columns):
            yield f"line {number}: {len(cells)} cells under {len(columns)} columns"
            continue
        yield from (f"line {number}: {fault}" for fault in quoted(cells))
        row = dict(zip(columns, cells, strict=False))
        for name in REQUIRED_COLUMNS:
            if not row.get(name):
                yield f"line {number}: no {name} (cells are separated by tabs)"
