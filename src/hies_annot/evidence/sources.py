"""Turning a configured file into a slice: only the loci, normalised, on GRCh38.

A file that holds nothing for the loci, whose REF bases disagree, or whose words are unknown is an
error that names the source; silence would look like "not known".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from hies_annot.errors import InputError
from hies_annot.evidence.kinds import KINDS
from hies_annot.evidence.lab_words import classes_of
from hies_annot.evidence.loci import Place
from hies_annot.evidence.scores import SCORE_COLUMNS, worst
from hies_annot.evidence.several_records import one_clinvar
from hies_annot.evidence.slice_rows import Fact
from hies_annot.evidence.slices import Key, Slice, is_slice, read_slice
from hies_annot.genome import Build
from hies_annot.io.row_faults import NOTHING
from hies_annot.io.source_tables import SourceRegion, SourceRow, Table, read_table
from hies_annot.io.source_vcf import header_of_variants, is_variant_file, read_variants
from hies_annot.model import ClinVarFact, ScoreFact
from hies_annot.reference.normalise import ref_agreement
from hies_annot.settings.evidence_sources import CHROM, Source, SourceKind

MISMATCHES_ALLOWED = 0.1
"""Share of rows whose REF may disagree with the reference before the build is called wrong."""


def load_source(source: Source, place: Place) -> Slice:
    """Read one configured source over the loci.

    Raises:
        InputError: see the module; the message starts with the file and names the source.
    """
    if is_slice(source.path):
        return _checked(read_slice(Path(source.path)), source)
    build, header = _build_and_header(source, place)
    table = _read_all(source, place.regions(build))
    _check_bases(source, place, table, build)
    kind, date = KINDS[source.kind], _date(source, table, header)
    fields = kind.find(kind, source, table)
    found: dict[Key, list[Fact]] = {}
    for row in table.rows:
        key = place.key(row, build)
        fact = kind.fact_of(row, fields, source, date, place.genes)
        if key is not None and fact is not None:
            found.setdefault(key, []).append(fact)
    facts = {key: _one_of(several, source, place) for key, several in found.items()}
    if not facts:
        raise InputError(
            f"evidence source {source.name} has no usable record in the loci of "
            f"{', '.join(gene.name for gene in place.genes)} ({build}): check file and build",
            file=source.path,
        )
    return Slice(
        name=source.name,
        kind=source.kind,
        facts=facts,
        version=source.version or _version(header) or date,
        date=source.date or date,
        complete=_complete(source),
        origin=f"{Path(source.path).name}, {len(table.rows)} records over the loci on {build}",
        sha256=sha256_of_rows(table.rows),
        header=header,
    )


def _version(header: dict[str, str]) -> str | None:
    """The version that a VCF header states; a bare program name is none."""
    text = header.get("version") or header.get("source") or ""
    return text if any(sign.isdigit() for sign in text) else None


def sha256_of_rows(rows: Iterable[SourceRow]) -> str:
    """Return the SHA-256 of what was read, which is the same from a whole file and from a part."""
    digest = hashlib.sha256()
    for row in rows:
        values = ";".join(f"{key}={row.values[key]}" for key in sorted(row.values))
        cells = (row.chrom, str(row.pos), row.identifier or "", row.ref, row.alt)
        digest.update("\t".join((*cells, ";".join(row.filters), values, "\n")).encode())
    return digest.hexdigest()


def _checked(found: Slice, source: Source) -> Slice:
    if found.kind is not source.kind:
        raise InputError(
            f"evidence source {source.name} is configured as {source.kind}, but the slice "
            f"holds {found.kind} facts",
            file=source.path,
        )
    if not found.facts:
        told = f"evidence source {source.name} is a slice without a record"
        raise InputError(told, file=source.path)
    return found


def _build_and_header(source: Source, place: Place) -> tuple[Build, dict[str, str]]:
    shown: Build | None = None
    header: dict[str, str] = {}
    if is_variant_file(source.path):
        chrom = place.genes[0].file.chrom
        header, _, shown = header_of_variants(source.path.replace(CHROM, chrom))
    if shown and source.build and shown is not source.build:
        raise InputError(
            f"evidence source {source.name} is configured as {source.build}, "
            f"but its header shows {shown}",
            file=source.path,
        )
    return source.build or shown or place.reference.build, header


def _read_all(source: Source, regions: tuple[SourceRegion, ...]) -> Table:
    """Read one file, or that of each chromosome."""
    if CHROM not in source.path:
        return _read(source, source.path, regions)
    tables = [
        _read(source, source.path.replace(CHROM, chrom), tuple(parts))
        for chrom, parts in by_chrom(regions).items()
    ]
    rows = tuple(row for table in tables for row in table.rows)
    fields = frozenset.intersection(*(table.fields for table in tables))
    return Table(tables[0].header, fields, rows)


def by_chrom(regions: Iterable[SourceRegion]) -> dict[str, list[SourceRegion]]:
    """Return regions by chromosome, in their order."""
    found: dict[str, list[SourceRegion]] = {}
    for region in regions:
        found.setdefault(region.chrom, []).append(region)
    return found


def _read(source: Source, path: str, regions: tuple[SourceRegion, ...]) -> Table:
    if is_variant_file(path):
        return read_variants(path, regions)
    columns = {**SCORE_COLUMNS.get((source.tool or "").lower(), SCORE_COLUMNS[""]), **source.fields}
    weighed = source.kind in (SourceKind.LAB, SourceKind.CLINVAR, SourceKind.POPULATION)
    return read_table(path, regions, columns, every_allele=weighed)


def _check_bases(source: Source, place: Place, table: Table, build: Build) -> None:
    agreed = wrong = 0
    lost: list[str] = []
    for row in table.rows:
        pos = row.pos + place.shift(row.chrom, row.pos, build)
        locus = place.reference.overlapping(row.chrom, pos, pos)
        if locus is None or not row.ref.isalpha() or row.ref.lower() in NOTHING:
            continue
        verdict = ref_agreement(locus, pos, row.ref)
        agreed += verdict is True
        wrong += verdict is False
        if verdict is False and source.kind is SourceKind.LAB:
            lost.append(f"{row.chrom}:{row.pos} {row.ref}>{row.alt}")
    if wrong > MISMATCHES_ALLOWED * (agreed + wrong):
        raise InputError(
            f"evidence source {source.name}: {wrong} of {agreed + wrong} REF bases disagree with "
            f"{build}; the file belongs to another build, say which with `build`",
            file=source.path,
        )
    if lost:
        told = f"REF is not the base of {build} there: what the lab says of it would be lost"
        raise InputError(told, file=source.path, record=lost[0])


def _date(source: Source, table: Table, header: dict[str, str]) -> str | None:
    return source.date or header.get("fileDate") or table.header.get("date")


def _one_of(found: list[Fact], source: Source, place: Place) -> Fact:
    """Of several rows for one allele: the most damaging score, the largest sample, all of ClinVar.

    The order of the rows never tells.
    """
    if len(found) == 1:
        return found[0]
    rank = KINDS[source.kind].form.rank
    records = [fact for fact in found if isinstance(fact, ClinVarFact)]
    scores = [fact for fact in found if isinstance(fact, ScoreFact)]
    if records:
        return one_clinvar(records) or records[0]
    if scores:
        value = worst((fact.value for fact in scores), scores[0].tool, place.genes)
        return max((fact for fact in scores if fact.value == value), key=repr)
    if rank is not None:
        return max(found, key=lambda fact: (rank(fact), repr(fact)))
    different = sorted({str(fact) for fact in found})
    if len({classes_of(text) for text in different}) > 1:
        raise InputError(
            f"evidence source {source.name} gives two classes for one allele: "
            f"{different[0]} and {different[1]}",
            file=source.path,
        )
    return min(found, key=str)


def _complete(source: Source) -> bool:
    if source.complete is not None:
        return source.complete
    return KINDS[source.kind].shows_absence and is_variant_file(source.path)
