"""Files of samples that are no longer in the run: moved aside and listed, never left as current."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from hies_annot.io.atomic import own_text, unlinked, write_text
from hies_annot.results.made_from import MARK, PLAN_END, PLANS, digest_in
from hies_annot.settings.run_config import Also
from hies_annot.write.sample_files import ALSO_FILES, SAMPLE_FILES, files_of

FOLDER = "withdrawn"
"""Folder below the results folder; who must delete a person's results deletes it whole."""
LIST = "list.tsv"
LEDGER = ".samples.tsv"
"""The samples of the last summary. Snakemake removes the summary itself before it is made anew."""
_HEAD = "kind\tname\tbatch\tstate\n"
_INDEX_END = ".vcf.gz.tbi"
_ALL_ENDS = sorted(
    (*SAMPLE_FILES, _INDEX_END, *(end for end, _ in ALSO_FILES.values())), key=len, reverse=True
)
"""Ends of the names of all files that a sample can have, longest first: one may end as another."""
_SNAKEMAKE = ".snakemake_timestamp"

Key = tuple[str, str]
"""Batch ("" for none) and sample id."""


def report_ends(also: Collection[Also]) -> tuple[str, ...]:
    """Return the ends of the names of a sample's files, with those that `also` asks for."""
    return (*files_of(also), _INDEX_END)


def samples_of(table: Path) -> frozenset[Key]:
    """Return the samples of a table with `sample` and `batch`; none where there is none."""
    try:
        with table.open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
            return frozenset((row.get("batch") or "", row["sample"]) for row in rows)
    except (OSError, KeyError, UnicodeDecodeError):
        return frozenset()


def put_aside(
    folder: Path,
    kept: Mapping[str, Collection[str]],
    samples: Collection[Key],
    also: Collection[Also] = (),
) -> tuple[str, ...]:
    """Move what no sample of the run owns to `folder/withdrawn`, and list it there.

    Args:
        folder: results folder.
        kept: by folder of a batch, the stems of its samples' files.
        samples: all samples of the run; who was in an earlier run and is not among them is listed.
        also: further files that the samples have; those of an earlier run that are not asked for
            any more are moved too.

    Returns:
        The moved files, relative to the results folder.

    Raises:
        OSError: a file cannot be moved.
    """
    ledger = unlinked(folder / LEDGER)
    gone = sorted(samples_of(ledger) - set(samples))
    moved = [_move(folder, path) for path in strangers(folder, kept, also)]
    rows = [f"file\t{old.name}\t{_batch(old)}\tmoved to {new}\n" for old, new in moved]
    rows += [
        f"sample\t{sample}\t{batch}\tnot in the run any more\n" for batch, sample in sorted(gone)
    ]
    if rows:
        listed = folder / FOLDER / LIST
        write_text(listed, (own_text(listed) or _HEAD) + "".join(rows))
    names = (f"{batch}\t{sample}\n" for batch, sample in sorted(samples))
    write_text(ledger, "batch\tsample\n" + "".join(names))
    return tuple(str(old) for old, _ in moved)


def strangers(
    folder: Path, kept: Mapping[str, Collection[str]], also: Collection[Also] = ()
) -> tuple[Path, ...]:
    """Return the files of a results folder that no sample of the run owns; see `put_aside`."""
    return (*_lines(folder, kept), *_reports(folder, kept, report_ends(also)))


def _lines(folder: Path, kept: Mapping[str, Collection[str]]) -> Iterator[Path]:
    """Yield lines and plans of batches that are not in the run."""
    for path in (*sorted(folder.glob("*.jsonl")), *sorted(folder.glob(f"{PLANS}/*{PLAN_END}"))):
        if path.stem not in kept and digest_in(path):
            yield path


def _reports(
    folder: Path, kept: Mapping[str, Collection[str]], ends: Collection[str]
) -> Iterator[Path]:
    folders = (path for path in folder.iterdir() if path.is_dir() and not path.is_symlink())
    for batch in sorted(folders):
        if not ((batch / MARK).exists() or (batch / _SNAKEMAKE).exists()):
            continue
        stems = kept.get(batch.name)
        for path in sorted(batch.iterdir()):
            end = next((end for end in _ALL_ENDS if path.name.endswith(end)), None)
            owned = end in ends and path.name.removesuffix(end or "") in (stems or ())
            if end and not owned:
                yield path


def _move(folder: Path, path: Path) -> tuple[Path, Path]:
    """Move a file and return its old and new place, relative to the results folder."""
    old = path.relative_to(folder)
    new, number = folder / FOLDER / old, 1
    while new.exists():
        number += 1
        new = folder / FOLDER / old.parent / f"{number}.{old.name}"
    new.parent.mkdir(parents=True, exist_ok=True)
    path.replace(new)
    if old.parent.name not in ("", PLANS):
        _remove_if_empty(path.parent)
    return old, new.relative_to(folder)


def _remove_if_empty(batch: Path) -> None:
    """Remove a batch's folder that holds nothing but marks."""
    left = [path for path in batch.iterdir() if path.name not in (MARK, _SNAKEMAKE)]
    if not left:
        for mark in (MARK, _SNAKEMAKE):
            (batch / mark).unlink(missing_ok=True)
        batch.rmdir()


def _batch(old: Path) -> str:
    return old.stem if old.parent.name in ("", PLANS) else old.parent.name
