"""Turn the records of some regions of an indexed BCF into text, by htslib in a process of its own.

For cohorts: bcftools (inside pysam) writes the text about three times as fast as pysam's `str`,
and on another core.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence

from hies_annot.errors import InputError

_PROGRAM = """
import sys
import pysam.bcftools
pysam.bcftools.view("-H", "-r", sys.argv[2], sys.argv[1], catch_stdout=False)
"""

_CHUNK = 1 << 20
"""Bytes handed over at a time: a record of a large cohort is 100 kB, Linux' own choice 64 kB."""


def bcf_lines(path: str, regions: Sequence[tuple[str, int, int]]) -> Iterator[str]:
    """Yield the record lines of some regions (name as in the file, 1-based inclusive).

    Raises:
        InputError: htslib cannot read the file on; its own words are told.
    """
    wanted = ",".join(f"{name}:{start}-{end}" for name, start, end in regions)
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as words:
        process = subprocess.Popen(  # noqa: S603 (our own program; the path is an argument)
            [sys.executable, "-c", _PROGRAM, path, wanted],
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
            raise InputError(f"cannot be read by its index: {last}", file=path)
