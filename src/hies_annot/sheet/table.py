"""The sample sheet as the lab wrote it: tab-separated, one line a sample, every cell a string.

Nothing is guessed from a cell: `007`, `NA`, `None` and `1e5` are sample names, and only an
empty cell is "not given". The workflow reads the sheet when it is parsed, so this module
needs the standard library only.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hies_annot.errors import FaultsError
from hies_annot.io.lab_text import cells_of, lab_text
from hies_annot.io.remote.addresses import is_address
from hies_annot.sheet.row_files import (
    FILE_COLUMNS,
    absolute,
    cell_files,
    file_parts,
    joined_files,
    one_row_a_person,
)
from hies_annot.sheet.sheet_columns import NOTES, REQUIRED_COLUMNS, header_faults, row_faults
from hies_annot.shipped import resource_path

SheetRow = Mapping[str, str]
"""One line of the sheet: column -> cell, without the empty cells, file names absolute."""

EXAMPLE = "embedded:example"
"""In the place of a sheet: that of the example batch, which ships with the package."""

INDEX_SUFFIXES = (".tbi", ".csi", ".idx")
"""Indexes lie beside their VCF and are found by themselves: a pattern may match them too."""


def read_sheet(path: Path) -> tuple[SheetRow, ...]:
    """Read a sample sheet; relative file names are resolved against the sheet's folder.

    Raises:
        FaultsError: the sheet cannot be read or breaks a rule; all its faults at once.
    """
    rows, faults = sheet_and_faults(path)
    if faults:
        raise FaultsError(faults)
    return rows


def sheet_and_faults(path: Path) -> tuple[tuple[SheetRow, ...], list[str]]:
    """Return the rows that can be read and the faults of all others, for who looks on.

    Raises:
        FaultsError: the sheet or its header cannot be read.
    """
    path = resource_path("example/samples.tsv") if str(path) == EXAMPLE else path
    lines = _lines(path)
    header = next(lines, None)
    if header is None:
        raise FaultsError([f"{path}: the sample sheet is empty: give a header line and samples"])
    columns, numbered = _filled(header[1], [(n, cells) for n, cells in lines if any(cells)])
    faults = [f"{path}, line {header[0]}: {fault}" for fault in header_faults(columns)]
    if faults:
        raise FaultsError(faults)
    faults = list(row_faults(columns, numbered))
    folder = os.path.abspath(path.parent)  # noqa: PTH100 (resolve() would follow links)
    rows = [(number, _row(columns, cells, folder)) for number, cells in numbered]
    people, more = one_row_a_person(row for row in rows if {*REQUIRED_COLUMNS} <= row[1].keys())
    if not numbered:
        faults.append("the sample sheet has a header and no sample")
    return people, [f"{path}, {fault}" for fault in (*faults, *more)]


def _filled(
    columns: Sequence[str], rows: Sequence[tuple[int, list[str]]]
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return header and rows without the columns that a spreadsheet left wholly empty."""
    width = max(len(columns), *(len(cells) for _, cells in rows), 0)
    full = [[*columns, *[""] * (width - len(columns))]]
    full += [[*cells, *[""] * (width - len(cells))] for _, cells in rows]
    kept = [at for at in range(width) if any(cells[at] for cells in full)]
    last = max((at for at in kept if full[0][at]), default=-1)
    header = [full[0][at] for at in kept if at <= last]
    numbers = [number for number, _ in rows]
    return header, [
        (number, [cells[at] for at in kept])
        for number, cells in zip(numbers, full[1:], strict=True)
    ]


def rows_from_globs(patterns: Sequence[str]) -> tuple[SheetRow, ...]:
    """Return one row for each VCF that a pattern matches, in the patterns' order.

    Index files are left out without a word.

    A row of this kind has no `sample`: every sample of the file is meant.

    Raises:
        FaultsError: a pattern matches nothing.
    """
    matches = {pattern: _matched(pattern) for pattern in patterns}
    faults = [
        f"vcfs: no file matches '{pattern}': mend the pattern or the path"
        for pattern, found in matches.items()
        if not found
    ]
    if faults:
        raise FaultsError(faults)
    files = [path for found in matches.values() for path in found]
    paths = dict.fromkeys(absolute(path, os.getcwd()) for path in files if not _is_index(path))  # noqa: PTH109
    return tuple({"vcf": path} for path in paths)


def _matched(pattern: str) -> list[str]:
    """Return the files of a pattern; a file of exactly that name goes first, brackets or not."""
    if is_address(pattern):
        return [pattern]
    if os.path.exists(pattern):  # noqa: PTH110
        return [pattern]
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207


def _is_index(path: str) -> bool:
    return path.lower().endswith(INDEX_SUFFIXES)


def rows_from_config(config: Mapping[str, Any]) -> tuple[SheetRow, ...]:
    """Return the rows of `samples` (a sheet) or of `vcfs` (patterns), whichever the config has.

    Raises:
        FaultsError: both or neither are given, or what they name is faulty.
    """
    sheet, patterns = config.get("samples"), config.get("vcfs") or ()
    if bool(sheet) == bool(patterns):
        said = "both" if sheet else "neither"
        raise FaultsError(
            [f"config: give either samples (a sheet) or vcfs (patterns); {said} are given"]
        )
    return read_sheet(Path(sheet)) if sheet else rows_from_globs(patterns)


def rows_and_faults(config: Mapping[str, Any]) -> tuple[tuple[SheetRow, ...], list[str]]:
    """Return the rows of `samples` or `vcfs` that can be read, and all faults of the others."""
    try:
        if config.get("samples") and not config.get("vcfs"):
            return sheet_and_faults(Path(config["samples"]))
        return rows_from_config(config), []
    except FaultsError as fault:
        return (), fault.faults


def missing_files(rows: Iterable[SheetRow]) -> list[str]:
    """Return one sentence for each file that a row names and that does not exist.

    Whether there is one at an address is not asked.
    """
    named = {
        file: (row.get("sample", "every sample"), column)
        for row in rows
        for column in FILE_COLUMNS
        if column in row
        for file in cell_files(row[column])
    }
    return [
        f"{path}: no such file, given as {column} of {sample}: mend the path in the sheet"
        for path, (sample, column) in named.items()
        if not is_address(path) and not os.path.exists(path)  # noqa: PTH110
    ]


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number from 1, stripped cells), without the comments above the header."""
    try:
        text = lab_text(path)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise FaultsError([f"{path}: the sample sheet cannot be read: {reason}"]) from error
    in_body = False
    for number, line in enumerate(text.split("\n"), start=1):
        in_body = in_body or bool(line.strip() and not line.startswith("#"))
        if in_body:
            yield number, cells_of(line)


def _row(columns: Sequence[str], cells: Sequence[str], folder: str) -> SheetRow:
    named = zip(columns, cells, strict=False)
    given = {name: cell for name, cell in named if cell and not name.startswith(NOTES)}
    files = {name: absolute(given[name], folder) for name in FILE_COLUMNS if name in given}
    for name in ("vcf", "sv_vcf"):
        if name in given:
            files[name] = joined_files(file_parts(given[name], folder))
    return given | files
