"""Which column of a file is a sample's: the one home of that choice."""

from __future__ import annotations

from collections.abc import Callable

from hies_annot.io.vcf_open import VcfFile


def column_finder(file: VcfFile) -> Callable[[str, str | None], int]:
    """Return what finds the column (0-based) of a sample by its id and its `vcf_sample`.

    The column that the sheet names is taken, else the one of the sample's own name, else the
    only one there is. The finder raises InputError where there is none, or several may be meant.
    """
    columns = {name: column for column, name in enumerate(file.samples)}

    def find(sample: str, vcf_sample: str | None) -> int:
        name = sample if vcf_sample is None and sample in columns else vcf_sample
        return columns[name] if name in columns else file.column(name)

    return find
