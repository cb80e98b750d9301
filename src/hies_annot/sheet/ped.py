"""Pedigree files (PED): six columns, comments, rows in any order; ids stay strings.

Format as PLINK and GATK read it: family, individual, father, mother, sex (1 male, 2 female),
phenotype (1 unaffected, 2 affected, 0 or -9 unknown). More columns are ignored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.errors import FaultsError, InputError
from hies_annot.io.header.alike_ids import bare_id
from hies_annot.io.lab_text import SEPARATORS, cells_of, lab_text, quoted
from hies_annot.model import Affected, SampleSpec, Sex
from hies_annot.sheet.codes import affected_of, sex_of
from hies_annot.sheet.nobody import parent_named
from hies_annot.sheet.row_files import NOTE
from hies_annot.sheet.table import SheetRow

COLUMNS = ("family", "individual", "father", "mother", "sex", "phenotype")
FILLED = ("family", "father", "mother", "sex", "affected")
"""What a PED can add to a sample, by its name in sheet and `SampleSpec`."""
_OPEN = (None, "", Sex.UNKNOWN, Affected.UNKNOWN)


class PedRow(Struct, frozen=True):
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
        text = lab_text(path)
    except FileNotFoundError:
        raise InputError("this PED file does not exist", file=str(path)) from None
    except (OSError, ValueError) as fault:
        raise InputError(f"this PED file cannot be read: {fault}", file=str(path)) from None
    lines: dict[int, list[str]] = {}
    faults: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            columns = cells_of(line.strip(" ")) if "\t" in line else line.split()
            wrong = _row_faults(columns)
            faults += [f"{path}, line {number}: {fault}" for fault in wrong]
            if not wrong:
                lines[number] = columns
    named = {columns[1] for columns in lines.values()}
    rows = [_row(columns, number, named) for number, columns in lines.items()]
    faults += [f"{path}, {fault}" for fault in _repeated(rows)]
    if faults:
        raise FaultsError(faults)
    if not rows:
        raise InputError("this PED file names no individual", file=str(path))
    return tuple(rows)


def _row_faults(columns: list[str]) -> list[str]:
    if len(columns) < len(COLUMNS):
        told = f"{len(columns)} columns, {len(COLUMNS)} are due ({', '.join(COLUMNS)})"
        other = [word for mark, word in SEPARATORS.items() if columns[0].count(mark) > 3]
        hint = f"; {other[0]} are no PED separator: save it with tabs" if other else ""
        return [*quoted(columns), f"{told}{hint}"]
    faults = list(quoted(columns))
    if faults:
        return faults
    sex, phenotype = columns[4], columns[5]
    if sex.lower() == "sex":
        return ["this looks like a header: start it with #"]
    faults = [f"column {name} is empty" for name, text in zip(COLUMNS, columns, strict=False)
              if not text]  # fmt: skip
    if sex_of(sex) is None:
        faults.append(f"sex {sex!r} is not 1 (male), 2 (female) or 0 (unknown)")
    if affected_of(phenotype) is None:
        faults.append(f"phenotype {phenotype!r} is not 1 (unaffected), 2 (affected) or 0 (unknown)")
    return faults


def _row(columns: list[str], number: int, named: Container[str]) -> PedRow:
    family, sample, father, mother, sex, phenotype = columns[:6]
    return PedRow(
        family=family,
        sample=sample,
        father=parent_named(father, named),
        mother=parent_named(mother, named),
        sex=sex_of(sex) or Sex.UNKNOWN,
        affected=affected_of(phenotype) or Affected.UNKNOWN,
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

    What the sheet says stays; where the two contradict each other `family_faults` says so.
    Samples without a PED row stay as they are; rows without a sample add nobody.
    """
    by_sample = {row.sample: row for row in rows}
    return tuple(_merged(spec, by_sample.get(spec.sample)) for spec in specs)


def with_pedigree(rows: Iterable[SheetRow], pedigree: Iterable[PedRow]) -> tuple[SheetRow, ...]:
    """Return the rows of a sheet with what the PED adds, as `apply` does with samples.

    So a change of the PED repeats the batches of the people it speaks of, and no others.
    """
    by_sample = {person.sample: person for person in pedigree}
    rows = tuple(rows)
    remarks = _remarks(by_sample, {row.get("sample", "") for row in rows})
    return tuple(
        {name: str(value) for name, value in _stated(by_sample.get(row.get("sample", ""))).items()}
        | dict(row)
        | _noted(row, remarks(row.get("sample", "")))
        for row in rows
    )


def _noted(row: SheetRow, remark: str | None) -> dict[str, str]:
    notes = (row.get(NOTE), remark)
    return {NOTE: "; ".join(filter(None, notes))} if remark else {}


def _remarks(people: Mapping[str, PedRow], samples: Container[str]) -> Callable[[str], str | None]:
    """Return what tells of a sample that the PED may have meant something else with it."""
    alike = {bare_id(name): name for name in people if name not in samples}
    states = Counter(person.affected for person in people.values())
    shifted = not states[Affected.YES] and states[Affected.UNKNOWN]

    def remark(sample: str) -> str | None:
        person = people.get(sample)
        if person is None:
            other = alike.get(bare_id(sample)) if sample else None
            return other and (
                f"not in the PED, which has {other!r}: parents and disease state given there are "
                "not used; spell the ids alike if that is this person"
            )
        if not (shifted and person.affected is Affected.NO):
            return None
        return (
            "unaffected by the PED (1), which has nobody affected (2) and some unknown (0): if 1 "
            "was meant as affected and 0 as unaffected, write 2 and 1"
        )

    return remark


def _merged(spec: SampleSpec, person: PedRow | None) -> SampleSpec:
    if person is None:
        return spec
    own = {name: getattr(spec, name) for name in FILLED}
    stated = {name: text for name, text in _stated(person).items() if own[name] in _OPEN}
    return replace(spec, **stated)


def _stated(person: PedRow | None) -> dict[str, Any]:
    """Return what a PED row says of a person; what it leaves open is left out."""
    found = {name: getattr(person, name, None) for name in FILLED}
    return {name: value for name, value in found.items() if value not in _OPEN}
