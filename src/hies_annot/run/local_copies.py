"""The local copies that the workflow's storage plugins have made, in place of addresses."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from hies_annot.errors import InputError
from hies_annot.io.file_state import FileState
from hies_annot.run.plan import BatchPlan
from hies_annot.sheet.batches import Batch
from hies_annot.sheet.row_files import FILE_COLUMNS, cell_files, joined_files
from hies_annot.sheet.table import SheetRow


def with_copies(plan: BatchPlan, folder: Path) -> Batch:
    """Return the batch of a plan with the local copies of its files in place of their addresses.

    A copy gets the date of what it is a copy of: some plugins leave the time of fetching, and an
    index that came before its file would look out of date.

    Args:
        plan: what was planned.
        folder: where the storage plugins put their copies.

    Raises:
        InputError: a copy is missing or is not of the planned size. It is removed then, so that it
            is fetched again: a plugin may have written the error page of a server.
    """
    copies = {address: str(folder.absolute() / name) for address, name in plan.copies.items()}
    for state in plan.inputs:
        if state.path in copies:
            _settle(state, Path(copies[state.path]))
    batch = plan.batch
    return Batch(
        batch.name,
        tuple(_with_copies(row, copies) for row in batch.samples),
        tuple(_with_copies(row, copies) for row in batch.relatives),
    )


def _settle(state: FileState, copy: Path) -> None:
    """Check the size of a copy (a server that does not tell one has planned 0), and date it."""
    try:
        size = copy.stat().st_size
    except OSError:
        raise InputError("there is no local copy: start the run again", file=state.path) from None
    if state.size and size != state.size:
        copy.unlink(missing_ok=True)
        raise InputError(
            f"its local copy had {size} bytes, and {state.size} were planned: the file has "
            "changed, or the server has sent something else or has unpacked it on the way; start "
            "the run again",
            file=state.path,
        )
    if isinstance(state.changed, int) and state.changed:
        with suppress(OSError):  # at worst there is a warning more
            os.utime(copy, ns=(state.changed, state.changed))


def _with_copies(row: SheetRow, copies: Mapping[str, str]) -> SheetRow:
    cells = {
        column: joined_files(copies.get(file, file) for file in cell_files(row[column]))
        for column in FILE_COLUMNS
        if column in row
    }
    return {**row, **cells}
