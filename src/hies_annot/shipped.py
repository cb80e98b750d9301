"""What ships with the package: where its files lie, and one string that tells its state.

The files are in `hies_annot/resources` in a wheel, in the top-level `resources` in a checkout.
Standard library only: every job of a cluster asks for the fingerprint.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hies_annot import __version__

JUDGING_RESOURCES = ("genes", "reference", "evidence")
"""Folders of the shipped resources that results depend on (the example batch is not one)."""
_CODE_SUFFIXES = frozenset({".py", ".j2", ".css", ".js", ".html"})


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
        digest.update(f"{name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:16]}"


def _judging_files() -> Iterator[tuple[str, Path]]:
    package = Path(__file__).resolve().parent
    for path in package.rglob("*"):
        if path.suffix in _CODE_SUFFIXES and "resources" not in path.relative_to(package).parts[:1]:
            yield f"code/{path.relative_to(package).as_posix()}", path
    for folder in JUDGING_RESOURCES:
        for path in (resource_root() / folder).rglob("*"):
            if path.is_file():
                yield path.relative_to(resource_root()).as_posix(), path
