"""Turn the records of some regions of a BCF into text, by htslib in a process of its own.

For cohorts: bcftools (inside pysam) writes the text about three times as fast as pysam's `str`,
and on another core.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence

from hies_annot.errors import InputError
from hies_annot.io.htslib_faults import in_words

_PROGRAM = """
import os, sys
import pysam.bcftools
path, choice = sys.argv[1:3]
more = ["--targets-overlap", "record"] if choice == "-t" else []
for region in sys.argv[3:]:
    pysam.bcftools.view("-H", choice, region, *more, path, catch_stdout=False)
    os.write(1, b"#\\n")
"""
"""A line `#` ends the lines of each region."""

_CHUNK = 1 << 20
"""Bytes handed over at a time: a record of a large cohort is 100 kB, Linux' own choice 64 kB."""


def bcf_lines(path: str, regions: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, str]]:
    """Yield the record lines of some regions by the index, each with the number of its region.

    Regions are the name as in the file, the first base and the last (1-based inclusive).

    Raises:
        InputError: htslib cannot read the file on.
    """
    texts = [f"{name}:{start}-{end}" for name, start, end in regions]
    number = 0
    for line in _text([path, "-r", *texts]):
        if line == "#":
            number += 1
        else:
            yield number, line


def bcf_lines_from(path: str, starts: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Yield the lines of records that reach to a first base or lie behind it, without an index.

    Raises:
        InputError: htslib cannot read the file on.
    """
    wanted = ",".join(f"{name}:{start}-" for name, start in starts)
    return (line for line in _text([path, "-t", wanted]) if line != "#")


def _text(arguments: list[str]) -> Iterator[str]:
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as words:
        process = subprocess.Popen(  # noqa: S603 (our own program; the path is an argument)
            [sys.executable, "-c", _PROGRAM, *arguments],
            stdout=subprocess.PIPE,
            stderr=words,
            stdin=subprocess.DEVNULL,
            bufsize=_CHUNK,
            pipesize=_CHUNK if sys.platform == "linux" else -1,
        )
        try:
            if process.stdout is not None:
                for line in process.stdout:
                    yield line.rstrip(b"\n").decode("utf-8", "replace")
            code = process.wait()
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
        if code != 0:
            words.seek(0)
            last = (words.read().strip().splitlines() or [f"exit code {code}"])[-1]
            raise InputError(f"cannot be read on: {in_words(ValueError(last))}", file=arguments[0])
