"""The curated table of variants: the only source of a mechanism.

GRCh38, 1-based, VCF alleles; lines starting with `#` are remarks. Columns: gene, chrom, pos, ref,
alt, hgvs_c, hgvs_p, mechanisms, classification, condition, aliases, functional, allow_frequency,
source. Lists are separated by `;`. Columns that may be left out: odds_path, assay_controls (of the
assay in functional), probands, cases and controls (`carriers/all`), counts_source.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import cast, get_args

from hies_annot.errors import InputError
from hies_annot.evidence.curated_counts import counts_of, is_whole
from hies_annot.genome import canonical_chrom
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
ALLOWED = {"yes": True, "no": False, "": False}
"""Words of allow_frequency."""
_BASES = re.compile(r"[ACGT]+\Z")


def read_known(path: Path) -> tuple[KnownVariant, ...]:
    """Read a curated table.

    Raises:
        InputError: as `numbered_known`.
    """
    return tuple(numbered_known(path).values())


def numbered_known(path: Path) -> dict[str, KnownVariant]:
    """Read a curated table: `line 7` -> its row.

    Raises:
        InputError: missing file or column, a cell that cannot be read, a word outside the
            vocabulary, an allele given twice; the message names the line.
    """
    file = str(path)
    numbered = _lines(path)
    names = _columns(*numbered[0], file)
    found: dict[str, KnownVariant] = {}
    seen: set[str] = set()
    for number, line in numbered[1:]:
        record = f"line {number}"
        row = dict.fromkeys(names, "") | dict(zip(names, _cells(line, record, file), strict=False))
        variant = _variant(row, record, file)
        if variant.identifier in seen:
            told = f"{variant.identifier} stands twice in the table"
            raise InputError(told, file=file, record=record)
        seen.add(variant.identifier)
        found[record] = variant
    return found


def _lines(path: Path) -> list[tuple[int, str]]:
    """Return header and rows, each with its number (1-based) in the file."""
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
    return numbered


def _columns(number: int, header: str, file: str) -> list[str]:
    other = other_separator(header, COLUMNS[:5])
    if other is not None:
        told = f"columns are separated by {other}, and must be by tabs: save it with tabs"
        raise InputError(told, file=file)
    names = _cells(header, f"line {number}", file)
    written = misspelled(COLUMNS, names)
    if written:
        told = "; ".join(f"column '{found}' is to be written '{n}'" for n, found in written.items())
        raise InputError(told, file=file)
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise InputError(f"missing columns: {', '.join(missing)}", file=file)
    return names


def _cells(line: str, record: str, file: str) -> list[str]:
    """Return the cells of one line; a mark that is left open would take in the lines behind it."""
    try:
        return next(csv.reader([line], delimiter="\t", strict=True))
    except csv.Error as fault:
        told = f"a cell cannot be read ({fault}): write it without quotation marks"
        raise InputError(told, file=file, record=record) from None


def _variant(row: Mapping[str, str], record: str, file: str) -> KnownVariant:
    told = _fault_of(row)
    if told is not None:
        raise InputError(told, file=file, record=record)
    chrom, pos = canonical_chrom(row["chrom"]) or "", int(row["pos"])
    return KnownVariant(
        **counts_of(row, record, file),
        identifier=f"{chrom}-{pos}-{row['ref']}-{row['alt']}",
        gene=row["gene"],
        mechanisms=_mechanisms(row["mechanisms"], record, file),
        classification=cast("Classification", row["classification"]),
        condition=row["condition"] or None,
        aliases=tuple(part for part in row["aliases"].split(";") if part),
        source=row["source"],
        allow_frequency=ALLOWED[row["allow_frequency"]],
        chrom=chrom,
        pos=pos,
        ref=row["ref"],
        alt=row["alt"],
        hgvs_c=row["hgvs_c"] or None,
        hgvs_p=row["hgvs_p"] or None,
        functional=row["functional"] or None,
    )


def _fault_of(row: Mapping[str, str]) -> str | None:
    """Return what keeps a row from being read, None: nothing; such a row would match no allele."""
    if row["classification"] not in CLASSIFICATIONS:
        words = ", ".join(sorted(CLASSIFICATIONS))
        return f"classification {row['classification']!r} is none of {words}"
    if canonical_chrom(row["chrom"]) is None:
        return f"chromosome {row['chrom']!r} is unknown: write it as 17"
    if not is_whole(row["pos"]) or not row["source"]:
        return "a position and a source are needed"
    if not (_BASES.match(row["ref"]) and _BASES.match(row["alt"])):
        return "ref and alt are bases in capital letters (A, C, G, T)"
    if row["allow_frequency"] not in ALLOWED:
        return f"allow_frequency {row['allow_frequency']!r}: use yes, or leave it empty"
    return None


def _mechanisms(text: str, record: str, file: str) -> tuple[Mechanism, ...]:
    try:
        return tuple(Mechanism(part) for part in text.split(";"))
    except ValueError:
        raise InputError(
            f"mechanisms {text!r}: use {', '.join(Mechanism)}, separated by `;`",
            file=file,
            record=record,
        ) from None
