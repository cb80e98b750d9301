"""Progress: a bar on a terminal, plain lines in a log, nothing with --quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from hies_annot.cli.saying import say
from hies_annot.render.words import plural

T = TypeVar("T")

_EVERY_SECONDS = 10.0


def tracked(
    items: Iterable[T], total: int | None, label: str, *, quiet: bool = False
) -> Iterator[T]:
    """Yield the items and show how many are done, on stderr; `total` is None if not known."""
    if quiet:
        yield from items
    elif sys.stderr.isatty():
        yield from _bar(items, total, label)
    else:
        yield from _lines(items, total, label)


def _bar(items: Iterable[T], total: int | None, label: str) -> Iterator[T]:
    from rich.console import Console  # noqa: PLC0415 (a terminal only)
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=total)
        for item in items:
            yield item
            progress.advance(task)


def _lines(items: Iterable[T], total: int | None, label: str) -> Iterator[T]:
    last = time.monotonic()
    for done, item in enumerate(items, start=1):
        yield item
        if time.monotonic() - last >= _EVERY_SECONDS:
            last = time.monotonic()
            say(f"{label}: {_done(done, total)}", err=True)


def _done(done: int, total: int | None) -> str:
    return plural(done, "sample") if total is None else f"{done:,} of {total:,}"


def known_number(rows: Sequence[Mapping[str, str]]) -> int | None:
    """Return how many samples rows are; None where a file may hold any number of them."""
    return len(rows) if all(row.get("sample") for row in rows) else None
