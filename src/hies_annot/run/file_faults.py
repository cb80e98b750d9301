"""What the files of a sheet's row will be refused for, told before a run from their beginnings.

The words are those of the run. Of a VCF the header is read, of alignments the header and whether
there is an index; an interval file is read where it is small. No record of a person is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from hies_annot.callability.source_layers import read_sources
from hies_annot.errors import HiesError
from hies_annot.genome import Build
from hies_annot.io.coverage import covering_reads
from hies_annot.io.header.vcf_open import VcfFile, open_vcf
from hies_annot.io.in_child import in_child
from hies_annot.io.remote.stand_ins import address_of
from hies_annot.read.detect_build import header_build, refuse_other_build
from hies_annot.read.one_person import two_builds, two_people
from hies_annot.run.engine import Engine
from hies_annot.sheet.row_files import cell_files, vcfs_of
from hies_annot.sheet.table import SheetRow

_WHOLE = 4 << 20
"""Bytes of an interval file that is read as a whole."""


def files_faults(rows: tuple[SheetRow, ...], engine: Engine) -> Iterator[str]:
    """Yield what is wrong with the files of each row, each file of a build once."""
    seen: set[tuple[str, str, Build]] = set()
    for row in rows:
        try:
            build = _build(row, engine)
        except HiesError as fault:
            yield _of(row, str(fault))
            continue
        for column, words, look in _COLUMNS:
            for file in cell_files(row[column]) if column in row else ():
                if build is None or not _is_here(file) or (column, file, build) in seen:
                    continue
                seen.add((column, file, build))
                try:
                    look(Path(file), build, engine)
                except HiesError as fault:
                    yield _of(row, f"{words}: {fault}")


def _of(row: SheetRow, fault: str) -> str:
    return f"sample {row['sample']!r}: {fault}" if "sample" in row else fault


def _is_here(file: str) -> bool:
    return address_of(file) is None and Path(file).exists()


def _build(row: SheetRow, engine: Engine) -> Build | None:
    """Return the build that the headers of a row's VCFs tell, or that was named.

    Raises:
        InputError: they are of an assembly that is not supported, or of two builds or people.
    """
    forced, found = engine.config.forced_build, None
    before: tuple[VcfFile, Build | None] | None = None
    for path in vcfs_of(row):
        if not _is_here(path):
            continue
        try:
            file = open_vcf(Path(path))
        except HiesError:
            continue  # it is told with the other faults of headers
        build = header_build(file.contigs, file=file.name, assembly=file.assembly)
        refuse_other_build(build, forced, file=file.name)
        found = found or build
        if before is not None:
            one, other = before
            if other is not None and build is not None and other is not build:
                raise two_builds((one.name, other), (file.name, build))
            alone = len(one.samples) == len(file.samples) == 1 and "vcf_sample" not in row
            if alone and one.samples != file.samples and "sample" in row:
                raise two_people(
                    (one.name, one.samples[0]), (file.name, file.samples[0]), row["sample"]
                )
        before = before or (file, build)
    return forced or found


def _alignments(path: Path, build: Build, engine: Engine) -> None:
    read = partial(_read_header, path, build, engine)
    in_child(path, read)


def _read_header(path: Path, build: Build, engine: Engine) -> None:
    for locus in engine.tools(build).reference.loci:
        for _ in covering_reads(path, build, locus.chrom, (), min_mapq=0):
            pass


def _intervals(path: Path, build: Build, engine: Engine) -> None:
    if path.stat().st_size > _WHOLE:
        return
    required = engine.tools(build).required
    read_sources(build, required, engine.config.callability, None, path)


def _structural(path: Path, build: Build, _: Engine) -> None:
    file = open_vcf(path)
    header = header_build(file.contigs, file=file.name, assembly=file.assembly)
    refuse_other_build(header, build, file=file.name)


_Look = Callable[[Path, Build, Engine], None]
_COLUMNS: tuple[tuple[str, str, _Look], ...] = (
    ("bam", "callability was not read", _alignments),
    ("callable", "callability was not read", _intervals),
    ("sv_vcf", "structural variants were not read", _structural),
)
