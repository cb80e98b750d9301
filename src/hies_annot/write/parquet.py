"""The tables of a run as Parquet: the columns of the TSVs, with their types. Uses pyarrow, lazily.

The bytes depend on the rows and on the version of pyarrow only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TypeVar

from hies_annot.errors import UsageError
from hies_annot.io.atomic import replacing_file
from hies_annot.render.column import Cell, Column
from hies_annot.render.run_columns import FINDING_COLUMNS, summary_columns
from hies_annot.render.sample_summary import SampleSummary
from hies_annot.render.tables import finding_rows, sample_rows
from hies_annot.render.totals import totals_of
from hies_annot.results.recurrence import Recurrence

Item = TypeVar("Item")

SAMPLES, FINDINGS = PARQUET_FILES = ("summary.parquet", "findings.parquet")
"""Their names in the results folder."""
_TOGETHER = 20_000
"""Rows of a row group."""


def demand_parquet() -> None:
    """Say before a run that Parquet cannot be written; pyarrow is not loaded for it.

    Raises:
        UsageError: pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise UsageError(
            "parquet: pyarrow is not installed: `pip install 'hies-annot[parquet]'`, or set "
            "parquet: false"
        )


def write_tables(
    folder: Path,
    samples: Collection[SampleSummary],
    hints: Mapping[int, str],
    recurrence: Sequence[Recurrence],
) -> None:
    """Write the samples and findings of a run; arguments as of `render.tables`.

    Raises:
        OSError: the folder cannot be written to.
    """
    columns = summary_columns(totals_of(samples).genes)
    _write(folder / SAMPLES, columns, sample_rows(samples, hints))
    _write(folder / FINDINGS, FINDING_COLUMNS, finding_rows(samples, recurrence))


def remove_tables(folder: Path) -> None:
    """Remove what an earlier run has written, where this one writes none."""
    for name in PARQUET_FILES:
        (folder / name).unlink(missing_ok=True)


def _write(path: Path, columns: Mapping[str, Column[Item]], rows: Iterable[Item]) -> None:
    import pyarrow as pa  # noqa: PLC0415 (an extra)
    import pyarrow.parquet as pq  # noqa: PLC0415

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    schema = pa.schema([(name, types[column.kind]) for name, column in columns.items()])
    with replacing_file(path) as temporary, pq.ParquetWriter(temporary, schema) as writer:
        for group in _groups(rows):
            values = {
                name: [_typed(column, column.read(row)) for row in group]
                for name, column in columns.items()
            }
            writer.write_table(pa.table(values, schema=schema))


def _groups(rows: Iterable[Item]) -> Iterator[tuple[Item, ...]]:
    left = iter(rows)
    while group := tuple(islice(left, _TOGETHER)):
        yield group


def _typed(column: Column[Item], value: Cell) -> Cell:
    """Return a value in the type of its column; a figure is text where a table rounds it."""
    return None if value is None else column.kind(value)
