"""The version of htslib, which pysam brings along and no package registry tells."""

from __future__ import annotations

from pysam.version import __htslib_version__


def htslib_version() -> str:
    """Return the version of the htslib that reads and writes the files of this process."""
    return str(__htslib_version__)
