"""Reading in a process of its own, so that a crash of htslib is the fault of one file.

htslib believes much of what a damaged container says. On Linux a child is a copy of this process
and costs a few milliseconds.
"""

from __future__ import annotations

import copyreg
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from hies_annot.errors import HiesError, InputError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext

T = TypeVar("T")


def _fixed(content: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(content)


copyreg.pickle(MappingProxyType, lambda fixed: (_fixed, (dict(fixed),)))


def in_child(path: Path, read: Callable[[], T]) -> T:
    """Return what `read` returns, or raise what it raises, having called it in a child.

    Args:
        path: the file that is read, for the message.
        read: it can be pickled where processes do not part (anywhere but on Linux).

    Raises:
        InputError: the child was killed by a fault of its own.
    """
    context = process_context()
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(sender, read))
    with warnings.catch_warnings():
        # Threads of others hold no lock that the child takes.
        warnings.simplefilter("ignore", DeprecationWarning)
        child.start()
    sender.close()
    try:
        good, answer = receiver.recv()
    except EOFError:
        child.join()
        raise InputError(_crash(child.exitcode), file=str(path)) from None
    finally:
        receiver.close()
    child.join()
    if good:
        return answer  # type: ignore[no-any-return]
    raise answer


def process_context() -> ForkContext | SpawnContext:
    """Share what is loaded where the system can; elsewhere each process loads it anew."""
    import multiprocessing  # noqa: PLC0415 (a small run needs no second process)

    linux = sys.platform == "linux"
    return multiprocessing.get_context("fork") if linux else multiprocessing.get_context("spawn")


def ended_by(code: int | None) -> str:
    """Return what ended a process, by its exit code as Python gives it (`-11`: SIGSEGV)."""
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _crash(code: int | None) -> str:
    if code == -signal.SIGKILL:
        return "cannot be read: the process that read it was killed, perhaps for lack of memory"
    return (
        f"reading it ended a process ({ended_by(code)}): the file or its index is damaged; copy or "
        "make both again"
    )


def _answer(sender: Connection, read: Callable[[], T]) -> None:
    try:
        answer: tuple[bool, object] = True, read()
    except Exception as fault:  # noqa: BLE001 (raised again where it is waited for)
        if not isinstance(fault, HiesError):
            fault.add_note("".join(traceback.format_exception(fault)))
        answer = False, fault
    sender.send(answer)
    sender.close()
