"""One target in one process: `python -m tests.fuzz.one TARGET [options of libFuzzer] CORPUS`."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["hies_annot"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz until the time is over or a fault is met."""
    name = sys.argv.pop(1)
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
