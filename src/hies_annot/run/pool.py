"""Batches that are analysed by several processes.

A batch is analysed whole by one process, because its families are judged together. A few batches
at most wait, so that memory does not grow with their number. A process that is killed costs the
sample that it was at: a new one does the batch again without this sample.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from multiprocessing.connection import Connection, wait

from msgspec import Struct, field

from hies_annot.errors import InputError
from hies_annot.io.in_child import ended_by, process_context
from hies_annot.run.plan import BatchPlan
from hies_annot.run.watch import Begin, Lost
from hies_annot.sheet.batches import Batch
from hies_annot.write.run_part import RunPart

Work = Callable[[BatchPlan, Lost, Begin], list[RunPart]]
"""Analyses a batch but for the samples that are lost; tells of each sample when it is begun."""

_MOST_LOST = 20
"""Processes that one batch may cost; where more die, the machine or the program is at fault."""


class _Job(Struct):
    """A batch on its way, and what it has cost and brought so far."""

    plan: BatchPlan
    lost: dict[str, str] = field(default_factory=dict)
    killed: bool = False
    parts: list[RunPart] | None = None
    fault: Exception | None = None

    @property
    def done(self) -> bool:
        return self.parts is not None or self.fault is not None


def in_processes(
    work: Work, plans: Sequence[BatchPlan], workers: int
) -> Iterator[tuple[Batch, Iterator[RunPart]]]:
    """Yield each batch with what `work` makes of it, in their order.

    Raises:
        InputError: a process was killed that was at no sample, or many were.
    """
    jobs = (_Job(plan) for plan in plans)
    order = deque(islice(jobs, 2 * workers))
    due = deque(order)
    desks = [_Worker(work) for _ in range(workers)]
    try:
        while order:
            for desk in desks:
                if desk.job is None and due:
                    desk.begin(due.popleft())
            if order[0].done:
                yield _made(order.popleft())
                more = list(islice(jobs, 1))
                order.extend(more)
                due.extend(more)
                continue
            busy = [desk for desk in desks if desk.job is not None]
            ready = wait([desk.pipe for desk in busy])
            for desk in busy:
                if desk.pipe in ready:
                    desk.hear()
    finally:
        for desk in desks:
            desk.end()


def _made(job: _Job) -> tuple[Batch, Iterator[RunPart]]:
    if job.fault is not None:
        raise job.fault
    return job.plan.batch, iter(job.parts or ())


class _Worker:
    """A process with the batch and the sample that it is at."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.job: _Job | None = None
        self._start()

    def _start(self) -> None:
        self._sample: str | None = None
        self.pipe, theirs = multiprocessing.Pipe()
        self._process = process_context().Process(
            target=_serve, args=(self._work, theirs, self.pipe)
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        theirs.close()

    def begin(self, job: _Job) -> None:
        """Give it a batch."""
        self.job, self._sample = job, None
        self.pipe.send((job.plan, job.lost))

    def hear(self) -> None:
        """Take what it says, or see that it is dead."""
        assert self.job is not None
        try:
            said, value = self.pipe.recv()
        except (EOFError, OSError):
            self._restart(self.job)
            return
        if said == "sample":
            self._sample = value
            return
        setattr(self.job, said, value)
        self.job = None

    def _restart(self, job: _Job) -> None:
        self._process.join()
        self.pipe.close()
        sample, code = self._sample, self._process.exitcode
        self._start()
        if sample is None or len(job.lost) == _MOST_LOST:
            job.fault, self.job = InputError(_ended(code, "of the run")), None
            return
        if code == -signal.SIGKILL and not job.killed:
            job.killed = True  # once more: memory may be free by then
        else:
            job.lost[sample] = (
                f"{_ended(code, 'that was at this sample')}: nothing is known of it, the others "
                "are not touched by it"
            )
        self.begin(job)

    def end(self) -> None:
        """End it: it waits for a batch, or nobody wants what it does."""
        self._process.terminate()
        self.pipe.close()
        self._process.join()


def _ended(code: int | None, which: str) -> str:
    if code == -signal.SIGKILL:
        return (
            f"a process {which} was killed from outside, perhaps for lack of memory (run again "
            "with fewer --threads or a smaller batch_size)"
        )
    return f"a process {which} ended by {ended_by(code)}, as damaged files can make it"


# --- in the processes ------------------------------------------------------


def _serve(work: Work, pipe: Connection, theirs: Connection) -> None:
    """Analyse what comes until nothing more does."""
    if sys.platform == "linux":  # elsewhere it was made for this process alone
        theirs.close()
    try:
        while True:
            plan, lost = pipe.recv()
            pipe.send(_answer(work, plan, lost, lambda sample: pipe.send(("sample", sample))))
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _answer(
    work: Work, plan: BatchPlan, lost: Lost, begin: Begin
) -> tuple[str, list[RunPart] | Exception]:
    try:
        return "parts", work(plan, lost, begin)
    except Exception as fault:  # noqa: BLE001 (raised again where it is waited for)
        return "fault", fault
