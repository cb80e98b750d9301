"""Which samples are analysed together in one job.

A batch must stay the same when samples are added, else finished work is done again: rows
keep the order of the file (never sorted), and a chunk is filled before the next is opened.
Standard library only, as the workflow plans its batches again on every cluster node.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hies_annot.errors import FaultsError
from hies_annot.sheet.couples import Couple, couple_of
from hies_annot.sheet.nobody import parent_named
from hies_annot.sheet.row_files import files_of, vcfs_of
from hies_annot.sheet.table import SheetRow

MAX_BATCH_SIZE = 5000
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")
_RESERVED_ENDINGS = (".jsonl", ".json", ".tsv", ".html", ".yaml", ".parquet")
RESERVED = ("plan", "withdrawn", "carriers", "phase")
"""Folders of the results that hold no batch."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The samples of one job, and the rows of their parents and siblings in other batches."""

    name: str
    samples: tuple[SheetRow, ...]
    relatives: tuple[SheetRow, ...] = ()

    def files(self) -> tuple[str, ...]:
        """Return every file that the rows name, each once, in their order."""
        rows = (*self.samples, *self.relatives)
        return tuple(dict.fromkeys(file for row in rows for file in files_of(row)))


def plan_batches(rows: Sequence[SheetRow], size: int) -> tuple[Batch, ...]:
    """Divide the rows of a sheet into batches.

    Rows with a `batch` cell go to the batch of that name; the others fill chunks of `size`
    named `batch-0001`, `batch-0002`, ... in the order of the file.

    Raises:
        FaultsError: a batch has a name that cannot be a folder, or is too large for one job.
    """
    members: dict[str, list[SheetRow]] = defaultdict(list)
    unnamed = 0
    for row in rows:
        name = row.get("batch")
        if name is None:
            name = f"batch-{unnamed // size + 1:04d}"
            unnamed += 1
        members[name].append(row)
    by_sample = {row["sample"]: row for row in rows if "sample" in row}
    relatives = _relatives(members, by_sample)
    batches = tuple(Batch(name, tuple(part), relatives[name]) for name, part in members.items())
    faults = [*_name_faults(rows, batches), *_size_faults(batches)]
    if faults:
        raise FaultsError(faults)
    return batches


def _relatives(
    members: Mapping[str, Sequence[SheetRow]], by_sample: Mapping[str, SheetRow]
) -> dict[str, tuple[SheetRow, ...]]:
    """Return by batch the rows of parents and full siblings that are in another one."""
    children: dict[Couple, list[SheetRow]] = defaultdict(list)
    for row in by_sample.values():
        if (couple := _couple(row, by_sample)) is not None:
            children[couple].append(row)
    return {name: _absent(part, by_sample, children) for name, part in members.items()}


def _absent(
    part: Sequence[SheetRow],
    by_sample: Mapping[str, SheetRow],
    children: Mapping[Couple, Sequence[SheetRow]],
) -> tuple[SheetRow, ...]:
    present = {row["sample"] for row in part if "sample" in row}
    found: dict[str, SheetRow] = {}
    for row in part:
        parents = (by_sample.get(row.get(role, "")) for role in ("father", "mother"))
        couple = _couple(row, by_sample)
        kin = (*parents, *(children.get(couple, ()) if couple is not None else ()))
        found |= {one["sample"]: one for one in kin if one is not None}
    return tuple(row for sample, row in found.items() if sample not in present)


def _couple(row: SheetRow, by_sample: Mapping[str, SheetRow]) -> Couple | None:
    father, mother = (parent_named(row.get(role), by_sample) for role in ("father", "mother"))
    return couple_of(father, mother, row.get("family"), vcfs_of(row), by_sample)


def _name_faults(rows: Sequence[SheetRow], batches: Sequence[Batch]) -> Iterator[str]:
    given = {row["batch"] for row in rows if "batch" in row}
    seen: dict[str, str] = {}
    for batch in batches:
        if not _NAME.fullmatch(batch.name) or batch.name.endswith(_RESERVED_ENDINGS):
            yield (
                f"batch '{batch.name}' cannot be a folder's name: use letters, digits, '-', '_' "
                f"and '.', at most 100, and no ending like {', '.join(_RESERVED_ENDINGS)}"
            )
        if batch.name.casefold() in RESERVED:
            yield f"batch '{batch.name}' has the name of another folder of the results: rename it"
        other = seen.setdefault(batch.name.casefold(), batch.name)
        if other != batch.name:
            yield f"batches '{other}' and '{batch.name}' differ in case only: rename one"
        if batch.name in given and any("batch" not in row for row in batch.samples):
            yield f"batch '{batch.name}' is also the name of a chunk of unnamed samples: rename it"


def _size_faults(batches: Sequence[Batch]) -> Iterator[str]:
    for batch in batches:
        if len(batch.samples) > MAX_BATCH_SIZE:
            yield (
                f"batch '{batch.name}' has {len(batch.samples)} samples, at most "
                f"{MAX_BATCH_SIZE} fit one job: split it, or leave its batch cells empty"
            )
