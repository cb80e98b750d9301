"""Files that are read into memory as a whole, and how large they may be.

Standard library only, as the workflow reads the sheet when it is parsed.
"""

from __future__ import annotations

from pathlib import Path

from hies_annot.texts.file_kind import demand_end

MB = 1_000_000
LAB_TEXT = 64 * MB
"""Sheet, pedigree, curated table, decisions: 100,000 samples with long paths take 30 MB."""
YAML_TEXT = 4 * MB
"""Settings, gene files, lists of servers: the shipped ones have 10 kB at most."""


def whole_bytes(path: Path, most: int) -> bytes:
    """Return the content of a file; of one that is too large no more than `most` is read.

    Args:
        path: the file; it is read once, so it may be the output of another program.
        most: bytes that it may have.

    Raises:
        OSError: it cannot be read.
        InputError: it is a pipe with a name, a socket or a device.
        ValueError: it is too large; the message says so.
    """
    demand_end(path)
    with path.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise ValueError(
            f"it has more than {most // MB} MB, which no file of this kind needs: is it the right "
            "one?"
        )
    return data
