"""What is wrong with a sheet and its PED that no single line shows: the first step of each run."""

from __future__ import annotations

from collections.abc import Sequence

from hies_annot.errors import FaultsError
from hies_annot.sheet.crossed_rows import crossed_rows
from hies_annot.sheet.family_faults import check_families
from hies_annot.sheet.ped import PedRow
from hies_annot.sheet.sample_specs import specs_of
from hies_annot.sheet.table import SheetRow, missing_files


def sheet_faults(rows: Sequence[SheetRow], pedigree: Sequence[PedRow]) -> list[str]:
    """Return a sentence for each missing file, wrong cell and impossible family.

    Of a VCF only the header is read, to find rows that were exchanged: what else is inside a file
    concerns its own samples, not the whole run.
    """
    return [*missing_files(rows), *people_faults(rows, pedigree)]


def people_faults(rows: Sequence[SheetRow], pedigree: Sequence[PedRow]) -> list[str]:
    """Return a sentence for each exchanged row, wrong cell and impossible family, PED included."""
    faults = crossed_rows(rows)
    try:
        specs = specs_of(row for row in rows if "sample" in row)
    except FaultsError as error:
        return [*faults, *error.faults]
    return [*faults, *check_families(specs, pedigree)]
