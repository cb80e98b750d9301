"""Everything that can be found wrong before a run: all faults at once, nothing is analysed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from hies_annot.callability.kit import kit_genes, kit_sentences
from hies_annot.errors import FaultsError, HiesError, InputError
from hies_annot.genome import Build
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.remote.addresses import without_secrets
from hies_annot.io.remote.stand_ins import address_of, in_shown_words
from hies_annot.judge.phenotype import nih_faults
from hies_annot.model.closed import as_json
from hies_annot.read.detect_build import header_build
from hies_annot.read.sample_column import column_finder
from hies_annot.run.engine import Engine
from hies_annot.run.file_faults import files_faults
from hies_annot.run.summary_inputs import summary_faults
from hies_annot.settings.run_config import RunConfig
from hies_annot.sheet.batches import plan_batches
from hies_annot.sheet.crossed_rows import crossed_rows
from hies_annot.sheet.family_faults import check_families
from hies_annot.sheet.ped import read_ped
from hies_annot.sheet.row_files import vcfs_of
from hies_annot.sheet.same_ids import link_files
from hies_annot.sheet.sample_specs import expand_rows, specs_of
from hies_annot.sheet.standing_in import standing_in
from hies_annot.sheet.table import SheetRow, missing_files, rows_and_faults, rows_from_config

T = TypeVar("T")


def find_faults(config: RunConfig) -> list[str]:
    """Return every fault of configuration, sheet, PED, VCF headers, reference and sources."""
    columns: dict[str, frozenset[str]] = {}
    read, faults = rows_and_faults(as_json(config))
    rows = link_files(standing_in(read))
    if rows:
        _collect(faults, lambda: plan_batches(rows, config.batch_size))
        faults += missing_files(read)
        faults += _file_faults(rows, columns)
        faults += crossed_rows(rows)
    faults += summary_faults(as_json(config), Path(config.output))
    engine = _collect(faults, lambda: Engine(config))
    if engine is not None:
        _collect(faults, lambda: _load_all(engine))
        _collect(faults, lambda: kit_notes(config, engine))
        _collect(faults, lambda: faults.extend(files_faults(rows, engine)))
    specs = _collect(faults, lambda: specs_of(expand_rows(rows)[0])) or ()
    for spec in specs:
        signs = nih_faults(spec.nih_items)
        faults += [f"sample {spec.sample!r}: {fault}" for fault in signs]
    path = config.ped
    ped = _collect(faults, lambda: read_ped(Path(path))) if path else None
    faults += check_families(specs, ped or (), columns)
    return [in_shown_words(without_secrets(fault)) for fault in dict.fromkeys(faults)]


def kit_notes(config: RunConfig, engine: Engine) -> list[str]:
    """Say what the configured capture kit can never see; no fault of the batch.

    The build is the one of the configuration, else that of the first VCF whose header tells it.

    Raises:
        HiesError: the BED cannot be used, or its build cannot be told.
    """
    if config.callability_kit is None:
        return []
    path = Path(config.callability_kit)
    build = config.forced_build or _build_of_batch(config)
    if build is None:
        raise InputError("the genome build of the kit cannot be told: set build", file=str(path))
    tools = engine.tools(build)
    found = kit_genes(path, engine.genes, tools.reference, tools.known_sites)
    return [f"{path.name}: {sentence}" for sentence in kit_sentences(found)]


def _build_of_batch(config: RunConfig) -> Build | None:
    for row in standing_in(rows_from_config(as_json(config))):
        try:
            file = open_vcf(Path(vcfs_of(row)[0]))
            build = header_build(file.contigs, file=file.name, assembly=file.assembly)
        except HiesError:
            continue
        if build is not None:
            return build
    return None


def _collect(faults: list[str], step: Callable[[], T]) -> T | None:
    """Return what a step returns; its faults go into the list instead."""
    try:
        return step()
    except FaultsError as fault:
        faults += fault.faults
    except HiesError as fault:
        faults.append(str(fault))
    return None


def _load_all(engine: Engine) -> None:
    lacking = [
        fault for build in engine.references for fault in engine.tools(build).evidence.faults
    ]
    if lacking:
        raise FaultsError(list(dict.fromkeys(lacking)))


def _file_faults(rows: tuple[SheetRow, ...], columns: dict[str, frozenset[str]]) -> Iterator[str]:
    """Open the header of every VCF once and look for the samples that the rows name."""
    by_file: dict[str, list[SheetRow]] = {}
    for row in rows:
        for path in vcfs_of(row):
            by_file.setdefault(path, []).append(row)
    for path, members in by_file.items():
        if address_of(path) is None and not Path(path).exists():
            continue
        try:
            file = open_vcf(Path(path))
        except HiesError as fault:
            yield str(fault)
            continue
        columns[path] = frozenset(file.samples)
        column_of = column_finder(file)
        for row in members:
            if "sample" not in row:
                continue
            try:
                column_of(row["sample"], row.get("vcf_sample"))
            except HiesError as fault:
                yield f"sample {row['sample']!r}: {fault}"
