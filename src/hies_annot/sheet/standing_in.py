"""Rows whose files are named by addresses, with paths in their place, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from hies_annot.io.remote.addresses import is_address
from hies_annot.io.remote.stand_ins import address_of, stand_in
from hies_annot.sheet.row_files import FILE_COLUMNS, cell_files, files_of, joined_files
from hies_annot.sheet.same_ids import FILE_LABEL, label_cell

Row = Mapping[str, str]


def standing_in(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows with a path in the place of each address; it is read as any other file."""
    return tuple(map(_standing, rows))


def addressed(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows with the addresses again."""
    return tuple(map(_addressed, rows))


def _standing(row: Row) -> Row:
    if not any(is_address(file) for file in files_of(row)):
        return row
    return _changed(row, lambda file: stand_in(file) if is_address(file) else file)


def _addressed(row: Row) -> Row:
    if not any(address_of(file) for file in files_of(row)):
        return row
    return _changed(row, lambda file: address_of(file) or file)


def _changed(row: Row, change: Callable[[str], str]) -> Row:
    cells = dict(row)
    for column in FILE_COLUMNS:
        if column in row:
            cells[column] = joined_files(map(change, cell_files(row[column])))
    if FILE_LABEL in row:
        labels: dict[str, str] = json.loads(row[FILE_LABEL])
        cells |= label_cell({change(file): label for file, label in labels.items()})
    return cells
