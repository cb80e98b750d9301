"""The folder where references that were made once are kept."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "HIES_ANNOT_CACHE"


def cache_folder(configured: str | None = None) -> Path:
    """Return the cache folder: as configured, else HIES_ANNOT_CACHE, else the user's cache.

    The folder is not made here; nothing is written unless a reference has to be made.
    """
    for named in (configured, os.environ.get(VARIABLE)):
        if named:
            return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "hies-annot"
