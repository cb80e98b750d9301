"""Rows of a sheet whose file holds another row's sample: exchanged rows, found before the run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from hies_annot.errors import HiesError
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.sheet.row_files import cell_files

_VCF_COLUMNS = ("vcf", "sv_vcf")


def crossed_rows(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Return a sentence for each file whose only sample is the name of another row.

    Rows with `vcf_sample` say themselves which column is theirs. A file that cannot be opened
    fails its own sample later.
    """
    listed = [row for row in rows if "sample" in row]
    names = {row["sample"] for row in listed}
    known: dict[str, str | None] = {}
    return [
        f"sample {row['sample']!r}: {column} {file} holds {only!r}, which is another sample of "
        "the sheet: mend the exchanged rows, or say vcf_sample where this is meant"
        for row in listed
        if "vcf_sample" not in row
        for column, file, only in _only_samples(row, known)
        if only != row["sample"] and only in names
    ]


def _only_samples(
    row: Mapping[str, str], known: dict[str, str | None]
) -> Iterator[tuple[str, str, str]]:
    """Yield column of the sheet, file and sample of each VCF of a row that holds one sample.

    `known` keeps the only sample of each file, None where it has more: a cohort is in many rows.
    """
    for column in _VCF_COLUMNS:
        for file in cell_files(row[column]) if column in row else ():
            if file not in known:
                known[file] = _only_sample(file)
            if (only := known[file]) is not None:
                yield column, file, only


def _only_sample(file: str) -> str | None:
    try:
        samples = open_vcf(Path(file)).samples
    except HiesError:
        return None
    return samples[0] if len(samples) == 1 else None
