"""The curated table of variants: the only source of a mechanism.

GRCh38, 1-based, VCF alleles; lines starting with `#` are remarks. Columns: gene, chrom, pos, ref,
alt, hgvs_c, hgvs_p, mechanisms, classification, condition, aliases, functional, allow_frequency,
source. Lists are separated by `;`. Columns that may be left out: odds_path, assay_controls (of the
assay in functional), probands, cases and controls (`carriers/all`), counts_source.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast, get_args

from hies_annot.errors import InputError
from hies_annot.io.lab_text import lab_text, misspelled, other_separator
from hies_annot.model import KnownVariant, Mechanism
from hies_annot.model.closed_words import Classification

COLUMNS = (
    "gene",
    "chrom",
    "pos",
    "ref",
    "alt",
    "hgvs_c",
    "hgvs_p",
    "mechanisms",
    "classification",
    "condition",
    "aliases",
    "functional",
    "allow_frequency",
    "source",
)
CLASSIFICATIONS = frozenset(get_args(Classification))


def read_known(path: Path) -> tuple[KnownVariant, ...]:
    """Read a curated table.

    Raises:
        InputError: missing file or column, a word outside the vocabulary, an allele given twice;
            the message names the line.
    """
    try:
        lines = lab_text(path).split("\n")
    except (OSError, ValueError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else fault
        raise InputError(f"cannot be read: {reason}", file=str(path)) from None
    numbered = [
        (n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")
    ]
    if not numbered:
        raise InputError("the table of known variants is empty", file=str(path))
    other = other_separator(numbered[0][1], COLUMNS[:5])
    if other is not None:
        told = f"columns are separated by {other}, and must be by tabs: save it with tabs"
        raise InputError(told, file=str(path))
    rows = csv.DictReader((line for _, line in numbered), delimiter="\t")
    written = misspelled(COLUMNS, rows.fieldnames or ())
    if written:
        told = "; ".join(f"column '{found}' is to be written '{n}'" for n, found in written.items())
        raise InputError(told, file=str(path))
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise InputError(f"missing columns: {', '.join(missing)}", file=str(path))
    found: dict[str, KnownVariant] = {}
    for (number, _), row in zip(numbered[1:], rows, strict=True):
        variant = _variant(row, f"line {number}", str(path))
        if variant.identifier in found:
            raise InputError(
                f"{variant.identifier} stands twice in the table",
                file=str(path),
                record=f"line {number}",
            )
        found[variant.identifier] = variant
    return tuple(found.values())


def _variant(row: Mapping[str, str], record: str, file: str) -> KnownVariant:
    if row["classification"] not in CLASSIFICATIONS:
        raise InputError(
            f"classification {row['classification']!r} is none of "
            f"{', '.join(sorted(CLASSIFICATIONS))}",
            file=file,
            record=record,
        )
    if not row["pos"].isdigit() or not row["source"]:
        raise InputError("a position and a source are needed", file=file, record=record)
    return KnownVariant(
        **_counts(row, record, file),
        identifier=f"{row['chrom']}-{row['pos']}-{row['ref']}-{row['alt']}",
        gene=row["gene"],
        mechanisms=_mechanisms(row["mechanisms"], record, file),
        classification=cast("Classification", row["classification"]),
        condition=row["condition"] or None,
        aliases=tuple(part for part in row["aliases"].split(";") if part),
        source=row["source"],
        allow_frequency=row["allow_frequency"] == "yes",
        chrom=row["chrom"],
        pos=int(row["pos"]),
        ref=row["ref"],
        alt=row["alt"],
        hgvs_c=row["hgvs_c"] or None,
        hgvs_p=row["hgvs_p"] or None,
        functional=row["functional"] or None,
    )


def _counts(row: Mapping[str, str], record: str, file: str) -> dict[str, Any]:
    """Return the fields of the optional columns; a number without a source is refused."""
    text = {name: (row.get(name) or "").strip() for name in OPTIONAL}
    try:
        found: dict[str, Any] = {
            name: read(text[name]) if text[name] else None for name, read in OPTIONAL.items()
        }
    except ValueError:
        raise InputError(
            "odds_path, assay_controls and probands are numbers, cases and controls are written "
            "as carriers/all",
            file=file,
            record=record,
        ) from None
    if any(text[name] for name in ("probands", "cases", "controls")) and not text["counts_source"]:
        raise InputError(
            "probands, cases and controls need a counts_source", file=file, record=record
        )
    return found


def _share(text: str) -> tuple[int, int]:
    carriers, everybody = (_whole(part) for part in text.split("/"))
    if carriers > everybody:
        raise ValueError(text)
    return carriers, everybody


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


def _positive(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and value > 0):
        raise ValueError(text)
    return value


OPTIONAL: Mapping[str, Callable[[str], Any]] = {
    "odds_path": _positive,
    "assay_controls": _whole,
    "probands": _whole,
    "cases": _share,
    "controls": _share,
    "counts_source": str,
}
"""Columns that a table may lack -> how a cell is read."""


def _mechanisms(text: str, record: str, file: str) -> tuple[Mechanism, ...]:
    try:
        return tuple(Mechanism(part) for part in text.split(";"))
    except ValueError:
        raise InputError(
            f"mechanisms {text!r}: use {', '.join(Mechanism)}, separated by `;`",
            file=file,
            record=record,
        ) from None
