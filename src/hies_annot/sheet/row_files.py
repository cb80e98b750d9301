"""The files of a sheet row: several VCFs may hold parts of one person's data.

Standard library only, as the workflow plans its batches again on every cluster node.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import unquote

from hies_annot.io.remote.addresses import as_address, is_address, shown, without_secrets

FILE_COLUMNS = ("vcf", "bam", "callable", "sv_vcf")
_SEPARATOR = "\0"  # between the files of a cell, once read: no path can hold it


_SHOWN = 4
NOTE = "note"
"""Cell that no sheet has: a remark on how the row was understood, for the result."""


def cell_files(cell: str) -> tuple[str, ...]:
    """Return the files of a cell of a row that was read."""
    return tuple(cell.split(_SEPARATOR))


def joined_files(files: Iterable[str]) -> str:
    """Return the cell of several files; `cell_files` parts them again."""
    return _SEPARATOR.join(files)


def vcfs_of(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return the VCFs of a row; several are parts of the data of the same people."""
    return cell_files(row["vcf"])


def files_of(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return every file that a row names, in the order of the columns."""
    cells = (row[column] for column in FILE_COLUMNS if column in row)
    return tuple(file for cell in cells for file in cell_files(cell))


def shown_row(row: Mapping[str, str]) -> Mapping[str, str]:
    """Return a row with nothing of an address that may not be shown."""
    if not any("://" in cell for cell in row.values()):
        return row
    return {column: without_secrets(cell) for column, cell in row.items()}


def file_names(files: Sequence[str]) -> str:
    """Return the names of some files for a sentence, with folders where two have one name."""
    tails = told_apart(files)
    shown = [tails[file] for file in files]
    if len(shown) > _SHOWN:
        return f"{', '.join(shown[:_SHOWN])} and {len(shown) - _SHOWN} more"
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if shown[1:] else shown[0]


def told_apart(files: Iterable[str]) -> dict[str, str]:
    """Return by file the shortest end of its path that no other of the files has.

    What lies above is left out, so that the names are the same wherever the files lie.
    """
    paths = dict.fromkeys(files)
    ends: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        for end in _ends(path):
            ends[end].add(path)
    return {
        path: next((end for end in _ends(path) if len(ends[end]) == 1), shown(path))
        for path in paths
    }


def _ends(path: str) -> Iterator[str]:
    """Yield the ends of a path from its name on, each with one folder more."""
    parts = shown(path).split("/")
    return ("/".join(parts[at:]) for at in range(len(parts) - 1, -1, -1))


def absolute(path: str, folder: str) -> str:
    """Return a path of a sheet, resolved against the folder of the sheet; links stay.

    An address stays, too, written as addresses are; `file:///folder/x` is the path.
    """
    if path.lower().startswith("file:///"):
        return os.path.normpath(unquote(path[len("file://") :]))
    if is_address(path):
        return as_address(path)
    return os.path.normpath(os.path.join(folder, path))  # noqa: PTH118


def file_parts(cell: str, folder: str) -> list[str]:
    """Return the files of a cell, which `;` separates unless it is part of a file's name."""
    if is_address(cell) and ";" not in cell:
        return [absolute(cell, folder)]
    whole = absolute(cell, folder)
    if os.path.exists(whole):  # noqa: PTH110
        return [whole]
    named = [part.strip() for part in cell.split(";") if part.strip()]
    return list(dict.fromkeys(absolute(part, folder) for part in named)) or [whole]


def one_row_a_person(
    rows: Iterable[tuple[int, Mapping[str, str]]],
) -> tuple[tuple[Mapping[str, str], ...], list[str]]:
    """Join the rows of one sample that name different VCFs.

    Args:
        rows: (line from 1, row), in the order of the sheet.

    Returns:
        The rows, each at the place of its sample's first, and a sentence for each row that
        names a VCF again or contradicts an earlier row in another column.
    """
    joined: dict[str, tuple[int, Mapping[str, str]]] = {}
    faults = []
    for number, row in rows:
        sample = row["sample"]
        first, other = joined.get(sample, (number, None))
        if other is None:
            joined[sample] = number, row
            continue
        files = (*vcfs_of(other), *vcfs_of(row))
        if len(set(files)) < len(files):
            faults.append(f"line {number}: sample '{sample}' is already on line {first}")
        faults += [
            f"line {number}: sample '{sample}' has another {column} than on line {first}: rows "
            "of one sample may differ in the column vcf only"
            for column in row
            if column != "vcf" and other.get(column, row[column]) != row[column]
        ]
        note = f"the sheet names this sample in several rows: {file_names(files)} are one person"
        joined[sample] = first, {**other, **row, "vcf": joined_files(files), NOTE: note}
    return tuple(row for _, row in joined.values()), faults
