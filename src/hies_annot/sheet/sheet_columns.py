"""The columns of a sample sheet, and what is wrong with a header or a row, before anything is read.

Standard library only, as the workflow reads the sheet when it is parsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from hies_annot.io.lab_text import misspelled, other_separator, quoted

REQUIRED_COLUMNS = ("sample", "vcf")
COLUMN_WORDS: Mapping[str, str] = {
    "sample": "name of the sample (required); several rows of one sample name several files of "
    "that person, and differ in `vcf` and `sv_vcf` only",
    "vcf": "VCF, VCF.gz or BCF; may be a gVCF or hold many samples; several files of one person "
    "(per chromosome, per region, substitutions and indels apart) are separated by `;`; a path, or "
    "an `https://` address (docs/storage.md) (required)",
    "vcf_sample": "the sample's column in that VCF, where it has another name there",
    "batch": "samples of one batch run in one job and share a folder; empty: chunks of "
    "`batch_size` in the order of the sheet",
    "sex": "`male`, `female` or `unknown`",
    "affected": "`yes`, `no` or `unknown`; no digits, which labs use differently",
    "family": "name of the family",
    "father": "name of the father in this sheet, or a column of the same VCF",
    "mother": "name of the mother in this sheet, or a column of the same VCF",
    "parentage": "`confirmed` where the lab has tested that both stated parents are the parents "
    "(PS2 instead of PM6 for a new allele); empty or `assumed`: not tested",
    "bam": "BAM or CRAM, for callability and for phase from reads",
    "callable": "BED of what was callable",
    "sv_vcf": "structural variants of the sample; files of several callers, separated by `;`",
    "hpo": "HPO terms, separated by `;`",
}
"""Column -> what it holds, in the order of the manual."""
COLUMNS = tuple(COLUMN_WORDS)
NOTES = "x_"
"""Start of the names of columns that are not read, not even into a plan."""
OPEN_COLUMNS: Mapping[str, str] = {
    "nih_": "items of the NIH-HIES score",
    NOTES: "your own notes, not read",
}
"""Start of the name -> what such columns hold; they are allowed too."""
OPEN_PREFIXES = tuple(OPEN_COLUMNS)
_LIKE = 0.5
"""Share of letters from which a name of a column may be another one (`vcf_file`: `vcf`)."""


def header_faults(columns: Sequence[str]) -> Iterator[str]:
    """Yield a sentence for each fault of a header; what makes all others follow stands alone."""
    other = other_separator(columns[0], REQUIRED_COLUMNS) if len(columns) == 1 else None
    if other is not None:
        yield f"columns are separated by {other} here, and must be by tabs: save it with tabs"
        return
    marked = tuple(quoted(columns))
    written = {} if marked else misspelled(COLUMNS, columns)
    absent = [name for name in REQUIRED_COLUMNS if name not in columns and name not in written]
    yield from marked
    yield from (f"column '{found}' is to be written '{name}'" for name, found in written.items())
    if absent and not marked:
        near = {name: _nearest(name, columns) for name in absent}
        hints = [f"'{found}' is perhaps '{name}'" for name, found in near.items() if found]
        told = "; ".join(["columns are separated by tabs", *hints])
        yield f"column {' and '.join(absent)} missing: {told}"
    if not (marked or written or absent):
        yield from _names_faults(columns)


def _names_faults(columns: Sequence[str]) -> Iterator[str]:
    for name in sorted({name for name in columns if columns.count(name) > 1}):
        yield f"column '{name}' is there twice"
    for name in columns:
        if name not in COLUMNS and not name.startswith(OPEN_PREFIXES):
            near = _nearest(name, [one for one in COLUMNS if one not in columns])
            hint = f"perhaps '{near}' is meant; " if near else ""
            yield f"unknown column '{name}': {hint}allowed are {', '.join(COLUMNS)}, nih_*, x_*"


def _nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the name that is written most like another one, None: none is much like it."""
    known = {one.lower(): one for one in names}
    found = get_close_matches(name.lower(), known, n=1, cutoff=_LIKE)
    return known[found[0]] if found else None


def row_faults(columns: Sequence[str], rows: Iterable[tuple[int, list[str]]]) -> Iterator[str]:
    """Yield a sentence for each fault of rows, which come with the number of their line."""
    for number, cells in rows:
        if len(cells) > len(columns):
            yield f"line {number}: {len(cells)} cells under {len(columns)} columns"
            continue
        yield from (f"line {number}: {fault}" for fault in quoted(cells))
        row = dict(zip(columns, cells, strict=False))
        for name in REQUIRED_COLUMNS:
            if not row.get(name):
                yield f"line {number}: no {name} (cells are separated by tabs)"
