"""Pedigree files (PED): six columns, comments, rows in any order; ids stay strings.

Format as PLINK and GATK read it: family, individual, father, mother, sex (1 male, 2 female),
phenotype (1 unaffected, 2 affected, 0 or -9 unknown). More columns are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from hies_annot.errors import FaultsError, InputError
from hies_annot.model import Affected, SampleSpec, Sex

COLUMNS = ("family", "individual", "father", "mother", "sex", "phenotype")
_SEX = {
    "1": Sex.MALE, "male": Sex.MALE, "m": Sex.MALE,
    "2": Sex.FEMALE, "female": Sex.FEMALE, "f": Sex.FEMALE,
    "0": Sex.UNKNOWN, "3": Sex.UNKNOWN, "-9": Sex.UNKNOWN, ".": Sex.UNKNOWN,
    "other": Sex.UNKNOWN, "unknown": Sex.UNKNOWN,
}  # fmt: skip
_PHENOTYPE = {
    "1": Affected.NO, "unaffected": Affected.NO,
    "2": Affected.YES, "affected": Affected.YES,
    "0": Affected.UNKNOWN, "-9": Affected.UNKNOWN, ".": Affected.UNKNOWN,
    "unknown": Affected.UNKNOWN,
}  # fmt: skip
_NOBODY = ("0", ".", "-9")


@dataclass(frozen=True, slots=True)
class PedRow:
    """One individual of a PED file; a parent that is not named is None. `line` counts from 1."""

    family: str
    sample: str
    father: str | None
    mother: str | None
    sex: Sex
    affected: Affected
    line: int = 0


def read_ped(path: Path) -> tuple[PedRow, ...]:
    """Read a PED file, in the order of its rows.

    Columns are parted by tabs where a line has any, else by blanks.

    Raises:
        InputError: the file is missing, is not text, or has no individual.
        FaultsError: rows that cannot be read and individuals named twice, a line each.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError("this PED file does not exist", file=str(path)) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"this PED file cannot be read: {fault}", file=str(path)) from None
    rows: list[PedRow] = []
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            columns = [
                part.strip() for part in (line.split("\t") if "\t" in line else line.split())
            ]
            wrong = _row_faults(columns)
            faults += [f"{path}, line {number}: {fault}" for fault in wrong]
            if not wrong:
                rows.append(_row(columns, number))
    faults += [f"{path}, {fault}" for fault in _repeated(rows)]
    if faults:
        raise FaultsError(faults)
    if not rows:
        raise InputError("this PED file names no individual", file=str(path))
    return tuple(rows)


def _row_faults(columns: list[str]) -> list[str]:
    if len(columns) < len(COLUMNS):
        hint = "; commas are no PED separator" if "," in columns[0] else ""
        return [f"{len(columns)} columns, {len(COLUMNS)} are due ({', '.join(COLUMNS)}){hint}"]
    sex, phenotype = columns[4].lower(), columns[5].lower()
    if sex == "sex":
        return ["this looks like a header: start it with #"]
    faults = [f"column {name} is empty" for name, text in zip(COLUMNS, columns, strict=False)
              if not text]  # fmt: skip
    if sex and sex not in _SEX:
        faults.append(f"sex {columns[4]!r} is not 1 (male), 2 (female) or 0 (unknown)")
    if phenotype and phenotype not in _PHENOTYPE:
        faults.append(
            f"phenotype {columns[5]!r} is not 1 (unaffected), 2 (affected) or 0 (unknown)"
        )
    return faults


def _row(columns: list[str], number: int) -> PedRow:
    family, sample, father, mother, sex, phenotype = columns[:6]
    return PedRow(
        family=family,
        sample=sample,
        father=None if father in _NOBODY else father,
        mother=None if mother in _NOBODY else mother,
        sex=_SEX[sex.lower()],
        affected=_PHENOTYPE[phenotype.lower()],
        line=number,
    )


def _repeated(rows: Iterable[PedRow]) -> list[str]:
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        if row.sample in first:
            earlier = first[row.sample]
            faults.append(f"line {row.line}: {row.sample!r} stands in line {earlier} already")
        first.setdefault(row.sample, row.line)
    return faults


def apply(specs: Iterable[SampleSpec], rows: Iterable[PedRow]) -> tuple[SampleSpec, ...]:
    """Return the samples with what the PED adds: family, parents, sex, disease state.

    What the sheet says stays; where the two contradict each other `family.check_families` says
    so. Samples without a PED row stay as they are; rows without a sample add nobody.
    """
    by_sample = {row.sample: row for row in rows}
    return tuple(
        _merged(spec, by_sample[spec.sample]) if spec.sample in by_sample else spec
        for spec in specs
    )


def _merged(spec: SampleSpec, row: PedRow) -> SampleSpec:
    return replace(
        spec,
        family=spec.family or row.family,
        father=spec.father or row.father,
        mother=spec.mother or row.mother,
        sex=row.sex if spec.sex is Sex.UNKNOWN else spec.sex,
        affected=row.affected if spec.affected is Affected.UNKNOWN else spec.affected,
    )
