"""Which columns of a file are read: the one home of that choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hies_annot.errors import InputError
from hies_annot.io.header.vcf_open import VcfFile
from hies_annot.model import SampleSpec
from hies_annot.read.one_pass import Wanted

LIST_ALL_LIMIT = 10
"""Largest number of samples in a file for which every row of every sample is listed."""


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


def wanted_columns(
    file: VcfFile, specs: Sequence[SampleSpec], relatives: frozenset[str]
) -> list[Wanted | str]:
    """Return for each sample its column, or why there is none.

    Of a sample with several files the reference calls are listed too: one of them may contradict
    what another file calls.
    """
    small = len(file.samples) <= LIST_ALL_LIMIT
    column_of = column_finder(file)
    found: list[Wanted | str] = []
    for spec in specs:
        try:
            column = column_of(spec.sample, spec.vcf_sample)
        except InputError as fault:
            found.append(str(fault))
            continue
        several = spec.sv_vcf is not None or bool(spec.more_vcfs)
        found.append(Wanted(column, small or several or spec.sample in relatives))
    return found
