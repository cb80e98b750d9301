"""The carriers of a cohort by batch: one pass over the file writes them, each batch reads its own.

A file of a batch holds what a pass of its own would bring: the records that concern a sample of
the batch, with the columns of these samples as text, and what was learnt of the whole file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from hies_annot.genome import Build
from hies_annot.io.atomic import replacing
from hies_annot.io.file_state import state_of
from hies_annot.io.header.vcf_open import VcfFile
from hies_annot.io.record.vcf_line import VcfLine
from hies_annot.model import SiteRecord
from hies_annot.model.census import FileCensus
from hies_annot.read.detect_build import BuildDecision, Score
from hies_annot.read.one_pass import (
    Gathered,
    Head,
    ReadingRules,
    TakenColumn,
    Wanted,
    gather,
)
from hies_annot.read.record_alleles import record_alleles, with_reach

_HELD_BYTES = 32_000_000
"""Text that waits in memory before it is put to the files of its batches."""


class Share(Struct, frozen=True):
    """What one batch wants of a file: where it is written, and the samples.

    `plan` is the digest of the batch's plan; only a batch of this plan reads the file.
    """

    path: Path
    plan: str
    wanted: tuple[Wanted, ...]


def write_carriers(file: VcfFile, rules: ReadingRules, shares: Sequence[Share]) -> None:
    """Read the file once and write what each batch wants of it.

    Raises:
        InputError: the file, a record, or the build cannot be used.
        OSError: the folder cannot be written to.
    """
    wanted = [sample for share in shares for sample in share.wanted]
    owners = [number for number, share in enumerate(shares) for _ in share.wanted]
    parts = [share.path.with_suffix(".part") for share in shares]
    for part in parts:  # of a pass that was killed, or a link
        part.unlink(missing_ok=True)
    sink = _Sink(parts, owners, wanted)
    found = gather(file, rules, wanted, rows=sink)
    sink.flush()
    for share, part in zip(shares, parts, strict=True):
        head = json.dumps(_head(file, share, found)) + "\n"
        with replacing(share.path) as out:
            out.write(head)
            if part.exists():
                with part.open(encoding="utf-8") as lines:
                    out.writelines(lines)
                part.unlink()


class Carriers(Struct, frozen=True):
    """What passes have written for one batch; `plan` is the digest of its plan.

    `files` are the carriers by the cohort's path.
    """

    plan: str
    files: Mapping[str, Path]

    def of(
        self,
        file: VcfFile,
        rules: ReadingRules,
        wanted: Sequence[Wanted | None],
        *,
        together: int,
    ) -> Gathered | None:
        """Return what a pass over the file would bring; None: there are no such carriers.

        Args:
            file: the opened file that they were taken from.
            rules: references and build.
            wanted: the samples, None for one that is not in the file.
            together: samples of a part.
        """
        try:
            with self.files[file.name].open(encoding="utf-8") as stream:
                head = json.loads(next(stream))
                columns = [list(sample) for sample in wanted if sample is not None]
                due = [self.plan, columns, _state(file)]
                if [head["plan"], head["wanted"], head["state"]] != due:
                    return None
                return _gathered(head, map(json.loads, stream), rules, wanted, together)
        except (OSError, ValueError, KeyError, StopIteration):
            return None


def _state(file: VcfFile) -> list[Any]:
    return list(state_of(file.name))


def _head(file: VcfFile, share: Share, found: Gathered) -> Mapping[str, Any]:
    decision = found.decision
    return {
        "plan": share.plan,
        "state": _state(file),
        "wanted": share.wanted,
        "build": decision.build,
        "header": decision.header,
        "scores": {build: [s.compared, s.agreed] for build, s in decision.scores.items()},
        "count": found.count,
        "census": msgspec.to_builtins(found.census, enc_hook=dict),
    }


def _gathered(
    head: Mapping[str, Any],
    records: Iterable[Any],
    rules: ReadingRules,
    wanted: Sequence[Wanted | None],
    together: int,
) -> Gathered:
    decision = BuildDecision(
        Build(head["build"]),
        Build(head["header"]) if head["header"] else None,
        {Build(build): Score(*score) for build, score in head["scores"].items()},
    )
    places: dict[int, list[int]] = {}
    for place, sample in enumerate(wanted):
        if sample is not None:
            places.setdefault(sample.column, []).append(place)
    rows: list[list[TakenColumn]] = [[] for _ in range(-(-len(wanted) // together))]
    heads: list[Head] = []
    reference = rules.references[decision.build]
    for site_fields, reach, keys, texts in records:
        for column, text in texts:
            for place in places[column]:
                rows[place // together].append((place, len(heads), text))
        site = _site(site_fields)
        alleles = record_alleles(with_reach(site, reach), reference, keys)
        heads.append(Head(site, tuple(keys), alleles))
    census = msgspec.convert(head["census"], FileCensus)
    return Gathered(decision, tuple(heads), list(rows), head["count"], census)


def _site(fields: Sequence[Any]) -> SiteRecord:
    site = SiteRecord(*fields)
    return site._replace(alts=tuple(site.alts), filters=tuple(site.filters))


class _Sink:
    """Puts the columns of each record to the files of the batches that want them."""

    def __init__(
        self, paths: Sequence[Path], owners: Sequence[int], wanted: Sequence[Wanted]
    ) -> None:
        self._paths, self._owners, self._wanted = paths, owners, wanted
        self._texts: list[list[str]] = [[] for _ in paths]
        self._held = 0
        self.parts: list[Sequence[TakenColumn]] = []

    def add(self, line: VcfLine, number: int, takers: Iterable[tuple[int, int]]) -> bool:  # noqa: ARG002 (see one_pass)
        taken: dict[int, dict[int, str]] = {}
        for place, column in takers:
            taken.setdefault(self._owners[place], {})[column] = line.columns[column]
        for owner, texts in taken.items():
            text = json.dumps([line.site, line.reach, line.keys, list(texts.items())]) + "\n"
            self._texts[owner].append(text)
            self._held += len(text)
        if self._held > _HELD_BYTES:
            self.flush()
        # No head is kept: each batch makes those of its own records.
        return False

    def flush(self) -> None:
        """Put what waits to the files; few are open at a time, however many batches there are."""
        for path, texts in zip(self._paths, self._texts, strict=True):
            if texts:
                with path.open("a", encoding="utf-8") as out:
                    out.writelines(texts)
                texts.clear()
        self._held = 0
