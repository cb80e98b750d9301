"""How much of one file is kept: what is more than any file of people has is refused."""

from __future__ import annotations

from hies_annot.errors import InputError
from hies_annot.model.file_bounds import FileBounds


class Allowance:
    """Counts records and their text as they are kept."""

    def __init__(self, file: str, samples: int, limits: FileBounds) -> None:
        """Start with nothing kept; `samples` is the number of columns of each record."""
        self._file, self._samples, self.limits = file, samples, limits
        self._records = self._text = 0

    def keep(self, length: int, shared: int = 0) -> None:
        """Count a record.

        Args:
            length: characters of its line, which the samples share.
            shared: characters that are kept whatever sample is read.

        Raises:
            InputError: the file has more than may be kept.
        """
        self._records += 1
        self._text += length // self._samples + shared
        if self._records > self.limits.records:
            more = f"{self.limits.records:,} records (limits.records)"
        elif self._text > self.limits.megabytes * 1_000_000:
            more = f"{self.limits.megabytes:,} MB of text (limits.megabytes)"
        else:
            return
        raise InputError(
            f"has more than {more} in the genes, which no file of people has: if it is right, "
            "raise this limit in the configuration",
            file=self._file,
        )
