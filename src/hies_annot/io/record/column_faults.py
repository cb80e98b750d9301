"""Faults of a sample column that is read all the same, and what is done about each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hies_annot.io.numbers import finite_or_none
from hies_annot.io.record.likelihoods import unused_likelihoods
from hies_annot.io.record.other_words import COPIES_BY_DEPTH, DEPTH_FOLDS, OF_ALLELES, SEGMENT
from hies_annot.io.record.phase_quality import PHRED
from hies_annot.model import SampleFields, SiteRecord
from hies_annot.model.gt import parse_genotype
from hies_annot.model.reading_faults import Fault

NUMBERS = (*COPIES_BY_DEPTH, *DEPTH_FOLDS, *SEGMENT, OF_ALLELES)
"""Keys of numbers that are not used where they are none."""


def column_faults(
    parts: Sequence[str],
    keys: Sequence[str],
    values: Mapping[str, str],
    site: SiteRecord,
    fields: SampleFields,
) -> Iterator[Fault]:
    """Yield the faults of a sample column.

    Args:
        parts: its values.
        keys: those of FORMAT.
        values: those that are read, by key; besides GT none is missing.
        site: the record.
        fields: what was read.
    """
    if len(parts) > len(keys):
        yield Fault("FORMAT", "has fewer keys than the sample has values", ":".join(keys))
    if "GT" in values:
        yield from _genotype(values["GT"], len(site.alts))
    if fields.unread_copies is not None:
        yield Fault("FORMAT CN", "is no copy number; it is not read", fields.unread_copies)
    for key in unused_likelihoods(values, len(site.alts)):
        yield Fault(f"FORMAT {key}", "does not fit the genotype; it is not used", values[key])
    yield from _further(values)
    alleles, counts = 1 + len(site.alts), values.get("AD", "").split(",")
    if "AD" in values and "RD" not in values and len(counts) != alleles:
        yield Fault("FORMAT AD", f"has not {alleles} counts, one an allele", values["AD"])


def _further(values: Mapping[str, str]) -> Iterator[Fault]:
    """Yield faults of phase and of qualities that few callers write."""
    for key in PHRED:
        if key in values and not _are_numbers(values[key]):
            yield Fault(f"FORMAT {key}", "is no number; the phase is not believed", values[key])
    if "PSL" in values and "," not in values["PSL"]:
        words = "has not one phase set for each allele; it is not used"
        yield Fault("FORMAT PSL", words, values["PSL"])
    if "HQ" in values and "," not in values["HQ"]:
        yield Fault("FORMAT HQ", "has not a quality for each allele; it is taken so", values["HQ"])
    for key in NUMBERS:
        if key in values and not _are_numbers(values[key]):
            yield Fault(f"FORMAT {key}", "is no number; it is not used", values[key])


def _are_numbers(text: str) -> bool:
    parts = (part for part in text.split(",") if part not in ("", ".", "nan"))
    return all(finite_or_none(part) is not None for part in parts)


def _genotype(text: str, alts: int) -> Iterator[Fault]:
    genotype = parse_genotype(text) if text else None
    if genotype is None:
        yield Fault("FORMAT GT", "is no genotype; it is taken as not called", text)
    elif any(allele > alts for allele in genotype.called):
        yield Fault("FORMAT GT", "names an allele that the record does not have", text)
