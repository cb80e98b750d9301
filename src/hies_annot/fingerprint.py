"""One string that changes whenever the same input could be judged differently.

Snakemake does not see a change of an installed program. The workflow therefore passes this
fingerprint as a parameter, so that an update of the package or of its evidence does the
affected batches again. Standard library only, as it is computed on every cluster node.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hies_annot import __version__
from hies_annot.resources import resource_root

JUDGING_RESOURCES = ("genes", "reference", "evidence")
"""Folders of the shipped resources that results depend on (the example batch is not one)."""
_CODE_SUFFIXES = frozenset({".py", ".j2", ".css", ".js", ".html"})


@cache
def fingerprint() -> str:
    """Return version and content digest of the installed program, `0.1.0+3f2a...`."""
    digest = hashlib.sha256()
    for name, path in sorted(_files()):
        digest.update(f"{name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:16]}"


def _files() -> Iterator[tuple[str, Path]]:
    package = Path(__file__).resolve().parent
    for path in package.rglob("*"):
        if path.suffix in _CODE_SUFFIXES and "resources" not in path.relative_to(package).parts[:1]:
            yield f"code/{path.relative_to(package).as_posix()}", path
    for folder in JUDGING_RESOURCES:
        for path in (resource_root() / folder).rglob("*"):
            if path.is_file():
                yield path.relative_to(resource_root()).as_posix(), path
