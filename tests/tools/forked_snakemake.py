"""Snakemake as a fork of a process that has loaded it: most of a start is the loading, two seconds.

Run as a program, this waits for starts, a line of JSON each, makes a process for each, and answers
with its exit code. Nothing of a start is left for the next one; nothing of this package is loaded.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NoReturn

LOADED = ("jsonschema", "msgspec")
"""What the workflow loads when it is read, beside its own modules."""
SECONDS = 600
"""A start that takes longer is an error."""


def run(words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """Run `snakemake` with these words; return its exit code and what it said (both streams)."""
    server = _server()
    with tempfile.NamedTemporaryFile() as said:
        start = [list(words), str(folder), dict(environment), said.name]
        server.stdin.write(f"{json.dumps(start)}\n")
        server.stdin.flush()
        if not select.select([server.stdout], [], [], SECONDS)[0]:
            server.kill()
            raise TimeoutError(f"Snakemake did not end: {said.read().decode()}")
        return int(server.stdout.readline()), said.read().decode()


@cache
def _server() -> subprocess.Popen[str]:
    """Start the process that loads Snakemake; it ends with the tests."""
    server = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(server.communicate)
    return server


def serve() -> None:
    """Answer starts until there are no more."""
    from snakemake.cli import get_argument_parser  # noqa: PLC0415 (by the server only)

    get_argument_parser()  # loads the plugins
    for name in LOADED:
        import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become_snakemake(*json.loads(line))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(1, f"{code}\n".encode())


def _become_snakemake(
    words: list[str], folder: str, environment: dict[str, str], said: str
) -> NoReturn:
    """Be what `python -m snakemake` is in this folder and environment."""
    from snakemake.cli import main  # noqa: PLC0415

    for stream, name in enumerate((os.devnull, said, said)):
        os.dup2(os.open(name, os.O_RDWR | os.O_APPEND), stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    first = environment.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:1] = [folder, *filter(None, first)]
    sys.argv = [sys.modules["snakemake.cli"].__file__, *words]
    code = 1
    try:
        main()
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:  # noqa: BLE001 (nothing may go back to the loop of the server)
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # at once: timers of Snakemake would be waited for, a second each


if __name__ == "__main__":
    serve()
