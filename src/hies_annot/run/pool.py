"""Batches that are analysed by several processes.

A batch is analysed whole by one process, because its families are judged together. A few batches
at most wait, so that memory does not grow with their number.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from hies_annot.errors import InputError
from hies_annot.run.plan import BatchPlan
from hies_annot.sheet.batches import Batch
from hies_annot.write.run_part import RunPart

Work = Callable[[BatchPlan], list[RunPart]]


def in_processes(
    work: Work, plans: Sequence[BatchPlan], workers: int
) -> Iterator[tuple[Batch, Iterator[RunPart]]]:
    """Yield each batch with what `work` makes of it, in their order.

    Raises:
        InputError: a process was killed from outside.
    """
    with ProcessPoolExecutor(workers, _context(), _begin, (work,)) as pool:
        waiting = iter(plans)
        begun = deque((each, pool.submit(_whole, each)) for each in islice(waiting, 2 * workers))
        try:
            while begun:
                plan, future = begun.popleft()
                yield plan.batch, iter(future.result())
                begun.extend((each, pool.submit(_whole, each)) for each in islice(waiting, 1))
        except BrokenProcessPool:
            raise InputError(
                "a process of the run was killed, perhaps for lack of memory: "
                "run again with fewer --threads or a smaller batch_size"
            ) from None
        finally:
            pool.shutdown(cancel_futures=True)


def _context() -> multiprocessing.context.BaseContext:
    """Share what is loaded where the system can; elsewhere each process loads it anew."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


# --- in the processes ------------------------------------------------------

_work: list[Work] = []


def _begin(work: Work) -> None:
    _work[:] = [work]


def _whole(plan: BatchPlan) -> list[RunPart]:
    return _work[0](plan)
