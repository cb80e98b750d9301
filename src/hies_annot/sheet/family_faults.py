"""Families: all faults of sheet and PED, found together before the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from hies_annot.model import Affected, SampleSpec, Sex
from hies_annot.sheet.ped import PedRow, apply

Columns = Mapping[str, frozenset[str]]
"""Sample columns of each VCF, by the path in the sheet."""

_PARENT_SEX = {"father": Sex.MALE, "mother": Sex.FEMALE}


def check_families(
    specs: Sequence[SampleSpec], ped: Sequence[PedRow] = (), columns: Columns | None = None
) -> list[str]:
    """Return all faults of sheet and PED together, a sentence each; empty: none.

    `columns` (where the headers have been read) lets a parent be a column of the child's VCF;
    without it parents that are in neither sheet nor PED are not judged.
    """
    people = _people(specs, ped)
    return [
        *_clashes(specs, ped),
        *_twice(specs),
        *_roles(people),
        *_circles(people),
        *_strangers(specs, ped),
        *(_missing_parents(apply(specs, ped), ped, columns) if columns is not None else ()),
    ]


def _people(specs: Iterable[SampleSpec], ped: Iterable[PedRow]) -> dict[str, PedRow]:
    """Everybody of sheet and PED by id; the sheet's word counts where both speak."""
    rows = {row.sample: row for row in ped}
    for spec in apply(specs, tuple(rows.values())):
        rows[spec.sample] = PedRow(
            spec.family or "", spec.sample, spec.father, spec.mother, spec.sex, spec.affected
        )
    return rows


def _clashes(specs: Iterable[SampleSpec], ped: Iterable[PedRow]) -> list[str]:
    """What the sheet says against what the PED says."""
    rows = {row.sample: row for row in ped}
    faults = []
    for spec in specs:
        row = rows.get(spec.sample)
        if row is None:
            continue
        pairs = (
            ("sex", spec.sex, row.sex, Sex.UNKNOWN),
            ("affected", spec.affected, row.affected, Affected.UNKNOWN),
            ("family", spec.family, row.family, None),
            ("father", spec.father, row.father, None),
            ("mother", spec.mother, row.mother, None),
        )
        faults += [
            f"sample {spec.sample!r}: {name} is {str(sheet)!r} in the sheet and {str(other)!r} "
            f"in line {row.line} of the PED"
            for name, sheet, other, unknown in pairs
            if unknown not in (sheet, other) and sheet != other
        ]
    return faults


def _twice(specs: Sequence[SampleSpec]) -> list[str]:
    """Samples named twice, and one column of a VCF used for two samples."""
    faults = []
    users: dict[tuple[str, str], list[str]] = {}
    for spec in specs:
        for vcf in spec.vcfs:
            users.setdefault((vcf, spec.vcf_sample or spec.sample), []).append(spec.sample)
    for (vcf, column), names in users.items():
        if len(set(names)) > 1:
            listed = " and ".join(repr(name) for name in names)
            faults.append(f"samples {listed} both read column {column!r} of {vcf}")
    seen = Counter(spec.sample for spec in specs)
    repeated = sorted(name for name, count in seen.items() if count > 1)
    return faults + [f"sample {name!r} stands in the sheet more than once" for name in repeated]


def _roles(people: Mapping[str, PedRow]) -> list[str]:
    """Parents against themselves: same person twice, wrong sex, another family."""
    faults = []
    for child in people.values():
        if child.father is not None and child.father == child.mother:
            faults.append(f"sample {child.sample!r}: {child.father!r} is both father and mother")
        for role, sex in _PARENT_SEX.items():
            name = child.father if role == "father" else child.mother
            parent = people.get(name) if name else None
            if parent is None:
                continue
            if parent.sex not in (sex, Sex.UNKNOWN):
                faults.append(f"{name!r} is the {role} of {child.sample!r} and {parent.sex}")
            if parent.family and child.family and parent.family != child.family:
                faults.append(
                    f"{name!r} is the {role} of {child.sample!r}, but of family "
                    f"{parent.family!r}, not {child.family!r}"
                )
    return faults


def _circles(people: Mapping[str, PedRow]) -> list[str]:
    """People who are their own ancestors."""
    return [
        f"sample {name!r} is its own ancestor: check the parents"
        for name in people
        if name in _ancestors(name, people)
    ]


def _ancestors(name: str, people: Mapping[str, PedRow]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        row = people.get(waiting.pop())
        for parent in (row.father, row.mother) if row else ():
            if parent is not None and parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found


def _strangers(specs: Sequence[SampleSpec], ped: Sequence[PedRow]) -> list[str]:
    """A PED that has nobody in common with the sheet was written for other ids."""
    if not ped or not specs or {spec.sample for spec in specs} & {row.sample for row in ped}:
        return []
    sheet, other = _some(spec.sample for spec in specs), _some(row.sample for row in ped)
    return [
        f"no sample of the sheet ({sheet}) is in the PED ({other}): ids must be spelled alike",
    ]


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:3]) + (", ..." if len(listed) > 3 else "")


def _missing_parents(
    specs: Sequence[SampleSpec], ped: Sequence[PedRow], columns: Columns
) -> list[str]:
    """Parents that sheet or PED names, but that have no data and no PED row."""
    known = {spec.sample for spec in specs} | {row.sample for row in ped}
    return [
        f"sample {spec.sample!r}: {role} {name!r} is neither a sample of the sheet, nor in the "
        f"PED, nor a column of {spec.vcf}"
        for spec in specs
        for role, name in (("father", spec.father), ("mother", spec.mother))
        if name is not None
        and name not in known
        and not any(name in columns.get(vcf, frozenset()) for vcf in spec.vcfs)
    ]
