"""The curated tables of a run, by the normal form of their alleles (GRCh38, positions 1-based)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from hies_annot.errors import InputError
from hies_annot.evidence.curated import numbered_known, read_known
from hies_annot.evidence.loci import Place
from hies_annot.evidence.row_sense import contradiction_in, misplaced, opposed
from hies_annot.evidence.slices import Key
from hies_annot.genome import Build
from hies_annot.model import Allele, KnownVariant
from hies_annot.settings.evidence_sources import EvidenceConfig
from hies_annot.shipped import resource_path

KNOWN = "evidence/known_variants.tsv"
Settle = Callable[[KnownVariant, Allele], KnownVariant]
"""Gives a row the names of its allele; ValueError where it states another one's."""


def known_alleles(
    config: EvidenceConfig, place: Place, settle: Settle | None = None
) -> dict[Key, KnownVariant]:
    """Return the curated variants of the genes of a run; the table of the lab goes first.

    Args:
        config: whether the shipped table is used, and where that of the lab lies.
        place: genes and reference.
        settle: asked of each row of the lab.

    Raises:
        InputError: a table cannot be read, a REF is not that of GRCh38, two rows are one allele, or
            a row of the lab contradicts itself or lies outside of its gene.
    """
    shipped = {}
    if config.embedded:
        path = resource_path(KNOWN)
        shipped = _by_key({row.identifier: row for row in shipped_known()}, path, place, None)
    if not config.known_variants:
        return shipped
    table = Path(config.known_variants)
    return shipped | _beside(_of_lab(table, place, settle), shipped)


def _of_lab(table: Path, place: Place, settle: Settle | None) -> dict[Key, KnownVariant]:
    rows = numbered_known(table)
    genes = {gene.name: gene for gene in place.genes}
    for record, variant in rows.items():
        gene = genes.get(variant.gene)
        told = misplaced(variant, place) or (contradiction_in(variant, gene) if gene else None)
        if told is not None:
            raise InputError(f"{variant.identifier}: {told}", file=str(table), record=record)
    return _by_key(rows, table, place, settle)


def _beside(
    lab: Mapping[Key, KnownVariant], shipped: Mapping[Key, KnownVariant]
) -> dict[Key, KnownVariant]:
    """Return the rows of the lab, each with the row that it replaces where that says otherwise."""
    return {
        key: replace(row, replaces=shipped[key], opposed=opposed(row, shipped[key]))
        if key in shipped and _says(row) != _says(shipped[key])
        else row
        for key, row in lab.items()
    }


def _says(row: KnownVariant) -> tuple[object, ...]:
    return row.classification, frozenset(row.mechanisms)


@cache
def shipped_known() -> tuple[KnownVariant, ...]:
    """Return the curated variants that ship with the package."""
    return read_known(resource_path(KNOWN))


def _by_key(
    rows: Mapping[str, KnownVariant], table: Path, place: Place, settle: Settle | None
) -> dict[Key, KnownVariant]:
    """Return the rows (by their line) of the genes of a run by allele."""
    wanted = {gene.name for gene in place.genes}
    found: dict[Key, KnownVariant] = {}
    for record, variant in rows.items():
        if variant.gene not in wanted:
            continue
        _demand_bases(variant, place, table)
        key = _key(variant, place)
        if key in found:
            told = f"{found[key].identifier} and {variant.identifier} are one allele"
            raise InputError(f"{told}: keep one of the rows", file=str(table))
        allele = place.allele_of(variant.chrom, variant.pos, variant.ref, variant.alt, Build.GRCH38)
        if settle is None or allele is None:
            found[key] = variant
            continue
        try:
            found[key] = settle(variant, allele)
        except ValueError as told:
            raise InputError(str(told), file=str(table), record=record) from None
    return found


def _demand_bases(variant: KnownVariant, place: Place, table: Path) -> None:
    """Refuse a row that could match no allele; bases that the reference has made up refuse none."""
    pos = variant.pos + place.shift(variant.chrom, variant.pos, Build.GRCH38)
    end = pos + len(variant.ref) - 1
    locus = place.reference.overlapping(variant.chrom, pos, end)
    if locus is None or not (locus.start <= pos and end <= locus.end and locus.known(pos, end)):
        return
    if (bases := locus.bases(pos, end)) != variant.ref:
        told = f"ref of {variant.identifier} is {bases} on GRCh38: write the row on that build"
        raise InputError(told, file=str(table))


def _key(variant: KnownVariant, place: Place) -> Key:
    """The normal form of an allele; as it is written where it lies outside of the loci."""
    written = (variant.chrom, variant.pos, variant.ref, variant.alt)
    return place.key_of(*written, Build.GRCH38) or written
