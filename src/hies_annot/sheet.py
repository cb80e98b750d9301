"""The sample sheet: a tab- or comma-separated table, one row a person; ids stay strings.

All faults are collected, so that a lab mends its sheet once.
"""

from __future__ import annotations

import csv
import glob
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from hies_annot.errors import FaultsError, InputError
from hies_annot.model import Affected, SampleSpec, Sex

COLUMNS = (
    "sample",
    "vcf",
    "vcf_sample",
    "batch",
    "sex",
    "affected",
    "family",
    "father",
    "mother",
    "bam",
    "callable",
    "sv_vcf",
    "hpo",
)
_PATHS = ("vcf", "bam", "callable", "sv_vcf")
NIH_PREFIX = "nih_"
"""Columns that start so hold an item of the NIH-HIES score."""

_SEX = {
    "male": Sex.MALE, "m": Sex.MALE, "1": Sex.MALE,
    "female": Sex.FEMALE, "f": Sex.FEMALE, "2": Sex.FEMALE,
    "unknown": Sex.UNKNOWN, "u": Sex.UNKNOWN, "0": Sex.UNKNOWN, "": Sex.UNKNOWN, ".": Sex.UNKNOWN,
}  # fmt: skip
_AFFECTED = {
    "affected": Affected.YES, "yes": Affected.YES, "true": Affected.YES, "2": Affected.YES,
    "unaffected": Affected.NO, "no": Affected.NO, "false": Affected.NO, "1": Affected.NO,
    "unknown": Affected.UNKNOWN, "": Affected.UNKNOWN, "0": Affected.UNKNOWN,
    "-9": Affected.UNKNOWN, ".": Affected.UNKNOWN,
}  # fmt: skip
_HPO = re.compile(r"HP:\d{7}\Z")
_BATCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\Z")


def read_sheet(path: Path) -> tuple[SampleSpec, ...]:
    """Read a sheet; paths in it are relative to the folder of the sheet.

    Raises:
        InputError: the file is missing or has no header.
        FaultsError: all faults of the rows, a line each.
    """
    return specs_of(sheet_rows(path), source=str(path))


def sheet_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a sheet as text, with paths made absolute.

    Raises:
        InputError: the file is missing, empty, or its header has unknown columns.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError("this sample sheet does not exist", file=str(path)) from None
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"this sample sheet cannot be read: {fault}", file=str(path)) from None
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        raise InputError("this sample sheet is empty", file=str(path))
    separator = "\t" if "\t" in lines[0] else ","
    reader = csv.DictReader(lines, delimiter=separator)
    names = [name.strip() for name in reader.fieldnames or ()]
    unknown = [name for name in names if name not in COLUMNS and not name.startswith(NIH_PREFIX)]
    if unknown or "sample" not in names or "vcf" not in names:
        told = (
            f"unknown column {', '.join(unknown)}" if unknown else "columns sample and vcf are due"
        )
        raise InputError(f"{told}; known are: {', '.join(COLUMNS)}", file=str(path))
    reader.fieldnames = names
    rows = [
        {key: (value or "").strip() for key, value in row.items() if key is not None}
        for row in reader
    ]
    return [_absolute(row, path.resolve().parent) for row in rows]


def specs_of(rows: Iterable[Mapping[str, str]], *, source: str) -> tuple[SampleSpec, ...]:
    """Turn sheet rows into samples.

    Raises:
        FaultsError: every fault of every row.
    """
    faults: list[str] = []
    specs: list[SampleSpec] = []
    for number, row in enumerate(rows, start=1):
        where = f"{source}, row {number}"
        wrong = _row_faults(row)
        faults += [f"{where}: {fault}" for fault in wrong]
        if not wrong:
            specs.append(_spec(row))
    names = [spec.sample for spec in specs]
    faults += [
        f"{source}: sample {name!r} stands in {names.count(name)} rows; ids must differ"
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    if not specs and not faults:
        faults.append(f"{source}: no sample row")
    if faults:
        raise FaultsError(faults)
    return tuple(specs)


def expand_globs(patterns: Iterable[str], *, base: Path) -> tuple[Path, ...]:
    """Return the files that patterns name, relative to `base`, in the order given, each once.

    Raises:
        FaultsError: a pattern matches nothing.
    """
    found: dict[Path, None] = {}
    faults: list[str] = []
    for pattern in patterns:
        full = pattern if Path(pattern).is_absolute() else str(base / pattern)
        matches = [full] if Path(full).exists() else sorted(glob.glob(full, recursive=True))  # noqa: PTH207
        if not matches:
            faults.append(f"{pattern}: no such file")
        found.update(dict.fromkeys(map(Path, matches)))
    if faults:
        raise FaultsError(faults)
    return tuple(found)


def _absolute(row: dict[str, str], folder: Path) -> dict[str, str]:
    return {
        key: str(folder / value) if key in _PATHS and value else value for key, value in row.items()
    }


def _row_faults(row: Mapping[str, str]) -> list[str]:
    faults = [f"column {key} is empty" for key in ("sample", "vcf") if not row.get(key)]
    if row.get("sex", "").lower() not in _SEX:
        faults.append(f"sex {row['sex']!r} is not male, female or unknown")
    if row.get("affected", "").lower() not in _AFFECTED:
        faults.append(f"affected {row['affected']!r} is not yes, no or unknown")
    if row.get("batch") and not _BATCH.match(row["batch"]):
        faults.append(f"batch {row['batch']!r} may hold letters, digits, dot, dash and underscore")
    faults += [
        f"{word!r} is no HPO term (HP: and seven digits)"
        for word in _words(row.get("hpo", ""))
        if not _HPO.match(word)
    ]
    sample = row.get("sample")
    faults += [
        f"sample {sample!r} is its own {role}"
        for role in ("father", "mother")
        if sample and row.get(role) == sample
    ]
    return faults


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[;,|\s]+", text) if word)


def _spec(row: Mapping[str, str]) -> SampleSpec:
    def given(key: str) -> str | None:
        return row.get(key) or None

    return SampleSpec(
        sample=row["sample"],
        vcf=row["vcf"],
        vcf_sample=given("vcf_sample"),
        batch=given("batch"),
        sex=_SEX[row.get("sex", "").lower()],
        affected=_AFFECTED[row.get("affected", "").lower()],
        family=given("family"),
        father=given("father") if row.get("father") != "0" else None,
        mother=given("mother") if row.get("mother") != "0" else None,
        bam=given("bam"),
        callable=given("callable"),
        sv_vcf=given("sv_vcf"),
        hpo=_words(row.get("hpo", "")),
        nih_items={
            key.removeprefix(NIH_PREFIX): value
            for key, value in row.items()
            if key.startswith(NIH_PREFIX) and value
        },
    )
