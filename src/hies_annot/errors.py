"""What can go wrong, one class for each kind of fault that a user can mend.

Every message is a sentence for the user: what, where (file, record) and what to do.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path

UNFORESEEN = logging.getLogger("hies_annot.unforeseen")
"""Faults of the program with their tracebacks; `run.debug_log` gives it a file."""


class HiesError(Exception):
    """Base of all faults of this package that are reported in one line."""


class UsageError(HiesError):
    """The command line or the configuration asks for something impossible (exit code 2)."""


class InputError(HiesError):
    """A file of the user cannot be used (exit code 1)."""

    def __init__(self, message: str, *, file: str | None = None, record: str | None = None) -> None:
        """Keep the place of the fault beside the message; both are shown."""
        self.message = message
        self.file = file
        self.record = record
        where = ", ".join(part for part in (file, record) if part)
        super().__init__(f"{where}: {message}" if where else message)


class NoRecordError(InputError):
    """A file has a header and not one record."""


class UnknownBuildError(InputError):
    """Neither the header nor the records of a file tell the genome build."""


class BuildMismatchError(InputError):
    """A file belongs to another genome build than the one that was asked for."""


class ReferenceDataError(InputError):
    """The reference sequence is missing, incomplete or not what it claims to be."""


class FetchError(InputError):
    """A server cannot be reached, or what it sends cannot be used."""


class GeneFileError(InputError):
    """A gene file breaks its schema or contradicts itself."""


class FaultsError(HiesError):
    """Several faults found at once; each is one line."""

    def __init__(self, faults: list[str]) -> None:
        """Join `faults` (sentences) into one message, a line each."""
        self.faults = faults
        super().__init__("\n".join(faults))

    def __reduce__(self) -> tuple[type[FaultsError], tuple[list[str]]]:
        """Keep the lines apart on the way from one process to another."""
        return type(self), (self.faults,)


class InvariantError(Exception):
    """What holds of every result does not hold of this one: a fault of the program."""


def sentence_of(fault: Exception, sample: str) -> str:
    """Return what ends one sample, or the samples of one file, as a sentence.

    A fault that was not foreseen is logged with its traceback. `sample` names whom it concerns.
    """
    if isinstance(fault, HiesError):
        return str(fault)
    if isinstance(fault, OSError):
        return f"{fault.filename or sample}: cannot be read: {fault.strerror or fault}"
    UNFORESEEN.error("%s", sample, exc_info=fault)
    return (
        f"the program met what it was not made for ({type(fault).__name__} in {_place(fault)}): "
        "nothing is known of this sample, the others are not touched by it; "
        "please report it with the debug log of the results folder"
    )


def _place(fault: Exception) -> str:
    """Return module and line (1-based) of the package that were the last to run."""
    root = Path(__file__).parent
    for frame in reversed(traceback.extract_tb(fault.__traceback__)):
        if (path := Path(frame.filename)).is_relative_to(root):
            return f"{path.relative_to(root).as_posix()}, line {frame.lineno}"
    return "another program"
