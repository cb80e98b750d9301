"""From the text rows of a sheet to the samples of a run; ids stay strings.

All faults are collected, so that a lab mends its sheet once.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from hies_annot.errors import FaultsError, HiesError
from hies_annot.genes.hpo import names, release
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.model import Affected, SampleSpec, Sex
from hies_annot.sheet.codes import (
    AFFECTED_DIGITS,
    PARENTAGE_WORDS,
    affected_of,
    sex_of,
)
from hies_annot.sheet.nobody import parent_named
from hies_annot.sheet.row_files import NOTE, cell_files, file_names, joined_files, vcfs_of
from hies_annot.sheet.same_ids import (
    FILE_LABEL,
    OTHER_DATA,
    label_cell,
    label_of,
    link_files,
    other_data_of,
)

_NIH_PREFIX = "nih_"
_HPO = re.compile(r"HP:[0-9]{7}\Z")


def specs_of(rows: Iterable[Mapping[str, str]]) -> tuple[SampleSpec, ...]:
    """Turn sheet rows into samples.

    Raises:
        FaultsError: every fault of every row.
    """
    rows = list(rows)
    faults = [
        f"sample {row.get('sample', '?')!r}: {fault}" for row in rows for fault in _row_faults(row)
    ]
    if faults:
        raise FaultsError(faults)
    people = {row["sample"] for row in rows}
    return tuple(_spec(row, people) for row in rows)


def expand_rows(
    rows: Iterable[Mapping[str, str]],
) -> tuple[tuple[Mapping[str, str], ...], tuple[tuple[str, str, str], ...]]:
    """Replace each row without `sample` by one row for every sample of its files.

    A sample of several files of a row is one person (`same_ids.link_files`). A name that lies in
    several rows, as another set of data, gets the file's name behind it (`NA12878@exome`).

    Returns:
        The rows, and (file, reason, label) for each file whose samples cannot be told; the label
        is the name under which it is reported.
    """
    expanded: list[Mapping[str, str]] = []
    unreadable: list[tuple[str, str, str]] = []
    for row in link_files(rows):
        if "sample" in row:
            expanded.append(row)
            continue
        files_by_sample: dict[str, list[str]] = {}
        for file in vcfs_of(row):
            try:
                for name in open_vcf(Path(file)).samples:
                    files_by_sample.setdefault(name, []).append(file)
            except HiesError as fault:
                unreadable.append((file, str(fault), label_of(row, file)))
        for name, files in files_by_sample.items():
            expanded += _people_of_file(row, name, files)
    return tuple(expanded), tuple(unreadable)


def one_row_a_sample(rows: Iterable[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
    """Replace each row without `sample` as `expand_rows` does; an unreadable file keeps its row.

    So batches count samples, and whoever reads the file says what is wrong with it.
    """
    expanded, unreadable = expand_rows(rows)
    lost = {file: label for file, _, label in unreadable}
    return (*expanded, *({"vcf": file, **label_cell({file: name})} for file, name in lost.items()))


def _people_of_file(
    row: Mapping[str, str], name: str, files: Sequence[str]
) -> Iterator[Mapping[str, str]]:
    """Yield the row of a sample of some files; where these are no parts of one, a row each."""
    others = other_data_of(row).get(name)
    one = {key: cell for key, cell in row.items() if key not in (OTHER_DATA, FILE_LABEL)}
    if others is None:
        note = {NOTE: f"{file_names(files)} hold this sample in different regions: one person"}
        more = note if files[1:] else {}
        yield {**one, **more, "sample": name, "vcf_sample": name, "vcf": joined_files(files)}
        return
    for file in files:
        note = {NOTE: f"sample {name!r} of {file_names([file])} is reported alone: {others}"}
        label = f"{name}@{label_of(row, file)}"
        yield {**one, **note, "sample": label, "vcf_sample": name, "vcf": file}


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[;,|\s]+", text) if word)


def _row_faults(row: Mapping[str, str]) -> Iterator[str]:
    if sex_of(row.get("sex", "")) is None:
        yield f"sex {row['sex']!r} is not male, female or unknown"
    if row.get("affected", "").strip() in AFFECTED_DIGITS:
        yield (
            f"affected {row['affected']!r} may mean affected or not: write yes, no or unknown "
            "(only a PED file has 1 for unaffected and 2 for affected)"
        )
    elif affected_of(row.get("affected", "")) is None:
        yield f"affected {row['affected']!r} is not yes, no or unknown"
    if row.get("parentage", "").strip().lower() not in PARENTAGE_WORDS:
        yield f"parentage {row['parentage']!r} is not confirmed or assumed"
    for word in _words(row.get("hpo", "")):
        if not _HPO.match(word):
            yield f"{word!r} is no HPO term (HP: and seven digits)"


def _unknown_terms(row: Mapping[str, str]) -> Iterator[str]:
    """Tell of HPO ids that say nothing here: a sign of something else, or an id that is none."""
    unknown = [word for word in dict.fromkeys(_words(row.get("hpo", ""))) if word not in names()]
    if unknown:
        yield (
            f"HPO {', '.join(unknown)}: not among the signs of hyper-IgE syndrome and its "
            f"differentials (HPO {release()}), and of no weight unless a gene file names it; "
            "whether there is such a term is not checked: look at the id if it was meant as a sign"
        )


def _spec(row: Mapping[str, str], people: Container[str]) -> SampleSpec:
    vcf, *more_vcfs = vcfs_of(row)
    sv_vcf, *more_sv_vcfs = cell_files(row.get("sv_vcf", ""))
    return SampleSpec(
        sample=row["sample"],
        vcf=vcf,
        more_vcfs=tuple(more_vcfs),
        notes=(*((row[NOTE],) if NOTE in row else ()), *_unknown_terms(row)),
        vcf_sample=row.get("vcf_sample") or None,
        batch=row.get("batch") or None,
        sex=sex_of(row.get("sex", "")) or Sex.UNKNOWN,
        affected=affected_of(row.get("affected", "")) or Affected.UNKNOWN,
        family=row.get("family") or None,
        father=parent_named(row.get("father"), people),
        mother=parent_named(row.get("mother"), people),
        parentage=PARENTAGE_WORDS[row.get("parentage", "").strip().lower()],
        bam=row.get("bam") or None,
        callable=row.get("callable") or None,
        sv_vcf=sv_vcf or None,
        more_sv_vcfs=tuple(more_sv_vcfs),
        hpo=_words(row.get("hpo", "")),
        nih_items={
            key.removeprefix(_NIH_PREFIX): value
            for key, value in row.items()
            if key.startswith(_NIH_PREFIX) and value
        },
    )
