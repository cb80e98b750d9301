"""Decisions of a reviewer, from files that the program only reads: `review.tsv`, `review.json`.

A line that cannot be used is told with its place, and the others count all the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from hies_annot.errors import InputError
from hies_annot.io.lab_text import cells_of, is_quoted, lab_text, other_separator

DECISIONS: Mapping[str, str] = {
    "confirmed": "the reviewer holds that it is so, as after a second method",
    "dismissed": "the reviewer holds that it is not so, or not the cause; the note says why",
    "reviewed": "looked at, nothing decided",
    "pending": "waits for something: a relative, a method, a second reader",
}
"""Decision -> what it means."""
COLUMNS: Mapping[str, str] = {
    "sample": "sample id, as in summary.tsv (required)",
    "batch": "its batch; needed only where two batches have a sample of this name",
    "finding": "condition of findings.tsv or id of a reported allele; empty: the whole answer",
    "decision": "`confirmed`, `dismissed`, `reviewed` or `pending` (required)",
    "note": "why, in any words",
    "who": "who decided",
    "when": "when, in any form; it is shown as it stands",
    "about": "`about` of findings.tsv, SAMPLE.tsv or summary.tsv: the evidence decided on",
}
"""Column of `review.tsv`, key of an entry of `review.json` -> what it holds."""
_REQUIRED = ("sample", "decision")


class Decision(Struct, frozen=True):
    """One decision as it was written; what is empty was not given. `place` is file and line."""

    sample: str
    decision: str
    place: str
    batch: str = ""
    finding: str = ""
    note: str = ""
    who: str = ""
    when: str = ""
    about: str = ""


class Review(Struct, frozen=True):
    """All decisions in the order of files and lines, what could not be used, and the files read.

    `files` are names, without folders, with the SHA-256 of the content.
    """

    decisions: tuple[Decision, ...] = ()
    faults: tuple[str, ...] = ()
    files: tuple[tuple[str, str], ...] = ()


def read_review(paths: Iterable[Path]) -> Review:
    """Read files of decisions; what is wrong in one is told, and stops nothing.

    Raises:
        InputError: a file is missing.
    """
    decisions: list[Decision] = []
    faults: list[str] = []
    files: list[tuple[str, str]] = []
    for path in paths:
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            rows = list(_json_rows(path) if path.suffix == ".json" else _tsv_rows(path))
        except FileNotFoundError:
            raise InputError("this file of decisions does not exist", file=str(path)) from None
        except (OSError, ValueError) as fault:
            faults.append(f"{path.name}: no decision in it could be read: {fault}")
            continue
        files.append((path.name, digest))
        for place, row in rows:
            read = row if isinstance(row, str) else _decision(f"{path.name}, {place}", row)
            if isinstance(read, Decision):
                decisions.append(read)
            else:
                faults.append(f"{path.name}, {place}: {read}")
    return Review(tuple(decisions), tuple(faults), tuple(files))


def _tsv_rows(path: Path) -> Iterator[tuple[str, Mapping[str, object] | str]]:
    """Yield the lines (1-based) of a table below its header, or what is wrong with one."""
    lines = [(n, line) for n, line in enumerate(lab_text(path).split("\n"), 1) if line.strip()]
    if not lines:
        return
    columns = cells_of(lines[0][1])
    if lacking := [name for name in _REQUIRED if name not in columns]:
        told = other_separator(lines[0][1], _REQUIRED)
        raise ValueError(
            f"the first line has no column {' and no '.join(lacking)}"
            + (f": it has {told} where tabs are due" if told else "")
        )
    if twice := sorted({name for name in columns if name and columns.count(name) > 1}):
        raise ValueError(f"the first line has column {', '.join(twice)} twice")
    if others := [name for name in columns if name not in COLUMNS]:
        yield f"line {lines[0][0]}", f"not read: column {', '.join(others)}"
    for number, line in lines[1:]:
        cells = cells_of(line)
        if len(cells) > len(columns) and any(cells[len(columns) :]):
            yield f"line {number}", "has more cells than the header: it is not used"
        else:
            yield f"line {number}", dict(zip(columns, map(_unquoted, cells), strict=False))


def _json_rows(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the entries (1-based) of a list of objects."""
    try:
        data = json.loads(lab_text(path), object_pairs_hook=_once)
    except RecursionError:
        raise ValueError("its lists and objects are nested too deep") from None
    if not isinstance(data, list):
        raise ValueError("it is no list of objects")  # noqa: TRY004 (a fault of the file)
    for number, entry in enumerate(data, start=1):
        yield f"entry {number}", entry if isinstance(entry, dict) else {}


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object of JSON, of which no key stands twice: `json` would take the last one."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"an entry has {twice} twice")
    return found


def _unquoted(cell: str) -> str:
    """Return a cell without the quotation marks that a spreadsheet puts around it."""
    return cell[1:-1].replace('""', '"') if is_quoted(cell) else cell


def _decision(place: str, row: Mapping[str, object]) -> Decision | str:
    """Return the decision of a row, or what is wrong with it."""
    given = {key: value for key, value in row.items() if key in COLUMNS and value is not None}
    texts = {key: value.strip() for key, value in given.items() if isinstance(value, str)}
    if wrong := sorted(given.keys() - texts.keys()):
        return f"{', '.join(wrong)} is no text: it is not used"
    if not texts.get("sample"):
        return "names no sample: it is not used"
    word = texts.get("decision", "").lower()
    if word not in DECISIONS:
        return (
            f"decision {texts.get('decision', '')!r} of sample {texts['sample']!r} is "
            f"none of {', '.join(DECISIONS)}: it is not used"
        )
    return Decision(place=place, **{**texts, "decision": word})


def capped(faults: Sequence[str], most: int) -> Iterator[str]:
    """Yield the first faults, and how many more there are."""
    yield from faults[:most]
    if len(faults) > most:
        yield f"and {len(faults) - most} more, see run.json"
