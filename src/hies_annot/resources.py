"""Where the files that ship with the package lie.

In a wheel they are in `hies_annot/resources`; in a checkout in the top-level `resources`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


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
