"""What would stop the summary of a run after all its batches, found before the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from hies_annot.errors import HiesError


def summary_faults(config: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """Yield a sentence for everything that the summary needs and cannot use.

    Args:
        config: all settings, defaults included.
        folder: results folder.
    """
    for step in _steps(config, folder):
        try:
            step()
        except HiesError as fault:
            yield str(fault)


def _steps(config: Mapping[str, Any], folder: Path) -> Iterator[Callable[[], object]]:
    """Yield what to try; a module is loaded only for what is asked for."""
    if config["parquet"]:
        from hies_annot.write.parquet import demand_parquet  # noqa: PLC0415

        yield demand_parquet
    if table := config["recurrence"].get("earlier_runs"):
        from hies_annot.results.earlier_runs import read_earlier_runs  # noqa: PLC0415

        yield partial(read_earlier_runs, Path(table))
    if review := config.get("review"):
        from hies_annot.results.review import read_review  # noqa: PLC0415

        yield partial(read_review, [Path(review)])
    if earlier := config.get("earlier"):
        from hies_annot.results.since_earlier import read_earlier_report  # noqa: PLC0415

        yield partial(read_earlier_report, Path(earlier), folder)
