"""One sample id in several files without a sheet: parts of one person's data, or other data.

Parts (per chromosome, per region as in the chunks of a biobank) have their records in different
regions, but for records of the border that both have alike: they become one row, and are so read
together. Files that say different things of one region are different data (exome and genome, or
two people with one id): each is reported alone, with a word. So are files that share only ids that
tell no person (`SAMPLE`, `default`, `father`).
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from hies_annot.errors import HiesError
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.windows.vcf_extent import Extent, extent_of, is_border
from hies_annot.io.windows.window_fetches import Window
from hies_annot.sheet.row_files import file_names, joined_files, told_apart, vcfs_of

OTHER_DATA = "other_data"
"""Cell that no sheet has: by sample id, as JSON, why the data of other files are not joined."""

FILE_LABEL = "file_label"
"""Cell that no sheet has: as JSON, how a file is called where another has its name, too."""

_NO_NAME = re.compile(
    r"(?:sample|default|unknown|unnamed|no[ _-]?name|none|null|n/?a|test|tumou?r|normal|germline"
    r"|patient|proband|index|case|control|child|father|mother)[ _.-]?[0-9]{0,2}|[0-9]|",
    re.IGNORECASE,
)
"""Ids that callers write where they know none (DeepVariant: default, freebayes: unknown, VarScan:
Sample1, Clair3: SAMPLE, cuteSV: NULL), and roles in a family: they tell no person."""
_NAME_THEM = (
    "if they are parts of one person's data, name them in one cell `vcf` of a sheet, with `;` "
    "between them"
)

Row = Mapping[str, str]


def other_data_of(row: Row) -> dict[str, str]:
    """Return, by sample id, what is to be said of other files with the same id."""
    found: dict[str, str] = json.loads(row.get(OTHER_DATA, "{}"))
    return found


def label_of(row: Row, file: str) -> str:
    """Return what a file is called in the names of samples: its stem, where that will do."""
    found: dict[str, str] = json.loads(row.get(FILE_LABEL, "{}"))
    return found.get(file, file_stem_of(file))


def label_cell(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the cell of such labels; no cell where every file is called by its stem."""
    told = {file: label for file, label in labels.items() if label != file_stem_of(file)}
    return {FILE_LABEL: json.dumps(told, sort_keys=True, ensure_ascii=False)} if told else {}


def file_stem_of(path: str) -> str:
    """Return the name of a VCF without the ending that tells its kind."""
    name = path.rstrip("/").rpartition("/")[2]
    for suffix in (".vcf.gz", ".vcf.bgz", ".vcf", ".bcf", ".gz"):
        if name.lower().endswith(suffix):
            return name[: -len(suffix)] or name
    return name


def _labelled(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows with a label for each file whose stem another file has, too."""
    listed = list(rows)
    files = [file for row in listed if "sample" not in row for file in vcfs_of(row)]
    stems = Counter(file_stem_of(file) for file in dict.fromkeys(files))
    tails = told_apart(files)
    for row in listed:
        alike = [file for file in vcfs_of(row) if stems[file_stem_of(file)] > 1]
        if "sample" in row or FILE_LABEL in row or not alike:
            yield row
        else:
            yield {**row, **label_cell({file: tails[file] for file in alike})}


def link_files(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Join rows without `sample` whose files hold parts of the same people.

    A joined row stands at the place of its first file. Rows of a sheet, rows with several files
    and ids that were found to be other data already stay as they are. A file that cannot be
    opened keeps its row: it is told later.
    """
    listed = list(_labelled(rows))
    if sum("sample" not in row for row in listed) < 2:
        return tuple(listed)
    holders: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(listed):
        for name in _names(row):
            holders[name].append(place)
    groups: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for name, places in holders.items():
        if len(places) > 1:
            groups[tuple(places)].append(name)
    heads = list(range(len(listed)))
    remarks: list[dict[str, str]] = [other_data_of(row) for row in listed]
    for shared, names in groups.items():
        files = [file for place in shared for file in vcfs_of(listed[place])]
        reason = _no_name(names, files) or _same_region(files)
        for place in shared:
            if reason is None:
                _join(heads, shared[0], place)
            else:
                remarks[place].update(dict.fromkeys(names, reason))
    return _joined(listed, heads, remarks)


def _names(row: Row) -> list[str]:
    """Return the sample ids of a row's files that are not settled yet."""
    if "sample" in row:
        return []
    settled = other_data_of(row)
    names: dict[str, None] = {}
    for file in vcfs_of(row):
        try:
            names |= dict.fromkeys(open_vcf(Path(file)).samples)
        except HiesError:
            continue
    return [name for name in names if name not in settled]


def _no_name(names: Sequence[str], files: Sequence[str]) -> str | None:
    """Return why what files share does not tell that they are of one person, in words."""
    if any(not _NO_NAME.fullmatch(name) for name in names):
        return None
    return (
        f"{file_names(files)} hold it, and a name that programs or roles give may be anybody's; "
        f"{_NAME_THEM}"
    )


def _same_region(files: Sequence[str]) -> str | None:
    """Return why files are no parts of one, in words; None: each covers another region."""
    seen: list[tuple[str, Extent]] = []
    for file in files:
        extent = extent_of(file)
        if extent is None:
            return f"which regions {file_names([file])} covers cannot be read"
        for other, theirs in seen:
            if (place := _other_data(other, file, theirs.shared_with(extent))) is not None:
                return (
                    f"{file_names([other, file])} both hold it and both have records around "
                    f"{place}; {_NAME_THEM}"
                )
        seen.append((file, extent))
    return None


def _other_data(one: str, other: str, spans: Iterable[Window]) -> str | None:
    """Return where two files say different things of one region, or None."""
    for span in spans:
        try:
            if is_border(one, other, span):
                continue
        except HiesError:
            pass
        return f"{span[0]}:{span[1]}"
    return None


def _join(heads: list[int], first: int, second: int) -> None:
    a, b = sorted((_head(heads, first), _head(heads, second)))
    heads[b] = a


def _head(heads: Sequence[int], place: int) -> int:
    while heads[place] != place:
        place = heads[place]
    return place


def _joined(
    rows: Sequence[Row], heads: Sequence[int], remarks: Sequence[Mapping[str, str]]
) -> tuple[Row, ...]:
    members: dict[int, list[int]] = defaultdict(list)
    for place in range(len(rows)):
        members[_head(heads, place)].append(place)
    linked = []
    for first, places in members.items():
        files = dict.fromkeys(file for place in places for file in vcfs_of(rows[place]))
        told = {name: text for place in places for name, text in remarks[place].items()}
        cell = {OTHER_DATA: json.dumps(told, sort_keys=True, ensure_ascii=False)} if told else {}
        cell |= label_cell(
            {f: label_of(rows[place], f) for place in places for f in vcfs_of(rows[place])}
        )
        linked.append({**rows[first], "vcf": joined_files(files), **cell})
    return tuple(linked)
