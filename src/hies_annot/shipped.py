"""What ships with the package: where its files lie, and one string that tells its state.

The files are in `hies_annot/resources` in a wheel, in the top-level `resources` in a checkout.
Standard library only: every job of a cluster asks for the fingerprint.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hies_annot import __version__

JUDGING_RESOURCES = ("genes", "reference", "evidence")
"""Folders of the shipped resources that results depend on (the example batch is not one)."""
_CODE_SUFFIXES = (".py", ".j2", ".css", ".js", ".html")


@cache
def resource_root() -> Path:
    """Return the folder of the shipped resources."""
    here = Path(__file__).resolve().parent
    for candidate in (here / "resources", here.parent.parent / "resources"):
        if (candidate / "genes").is_dir():
            return candidate
    raise FileNotFoundError("the resources folder of hies-annot is missing: reinstall the package")


def resource_path(relative: str) -> Path:
    """Return the path of one shipped file, `relative` to the resources folder."""
    return resource_root() / relative


@cache
def fingerprint() -> str:
    """Return version and content digest of the installed program, `0.1.0+3f2a...`.

    It changes whenever the same input could be judged differently. Snakemake does not see a
    change of an installed program; as a parameter of the rules this string does the affected
    batches again.
    """
    digest = hashlib.sha256()
    for name, path in sorted(_judging_files()):
        with open(path, "rb") as stream:  # noqa: PTH123 (450 files at every start: paths are slow)
            content = stream.read()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return f"{__version__}+{digest.hexdigest()[:16]}"


def _judging_files() -> Iterator[tuple[str, str]]:
    """Yield the name that a file has in the digest, and its path."""
    package = str(Path(__file__).resolve().parent)
    for name, path in _files_below(package, but="resources"):
        if name.endswith(_CODE_SUFFIXES):
            yield f"code/{name}", path
    for folder in JUDGING_RESOURCES:
        for name, path in _files_below(str(resource_root() / folder)):
            yield f"{folder}/{name}", path


def _files_below(folder: str, *, but: str = "") -> Iterator[tuple[str, str]]:
    """Yield the files below a folder with their names from there on; `but`: a folder to leave."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield entry.name, entry.path
            elif entry.name not in (but, "__pycache__"):
                for name, path in _files_below(entry.path):
                    yield f"{entry.name}/{name}", path
