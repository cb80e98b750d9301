"""HIES-bench: cases with known answers, a scorer, and adapters of tools (see datasheet.md)."""

from pathlib import Path
from sys import path as _import_path

# The writers of callers' files are those of the tests.
_import_path.append(str(Path(__file__).parents[2] / "tests/tools"))
