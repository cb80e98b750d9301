"""What a file says about the haplotype of an allele: PS, GATK's HP and PID/PGT, or a bare `|`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from hies_annot.model import SampleFields, SiteRecord
from hies_annot.model.gt import Genotype, parse_genotype

LEAST_QUALITY = 20.0
"""PQ (phred, VCF 4.3, 1.6.2) from which a stated phase is believed: one error in 100."""


class MarkSource(StrEnum):
    """Which field states the phase, best first."""

    PHASE_SET = "phase_set"
    HP = "hp"
    PID_PGT = "pid_pgt"
    FILE = "file"  # `|` without PS: by the specification one set for the contig


class PhaseMark(Struct, frozen=True):
    """An allele lies on haplotype `slot` (0 or 1) of the set `set_id`."""

    source: MarkSource
    set_id: str
    slot: int


def phase_marks(site: SiteRecord, fields: SampleFields, index: int) -> tuple[PhaseMark, ...]:
    """Return all marks of ALT `index` (1-based) in one sample, best source first.

    Set ids hold file and contig, so that sets of two files never compare equal. An unphased
    genotype has no mark from PS, whatever PS says, but one from PGT: its block is PID, or PS
    where a tool has left out PID. A phase of low quality (PQ, JQ, PP) is none.
    """
    if fields.pq is not None and fields.pq < LEAST_QUALITY:
        return ()
    place = f"{site.file}:{site.chrom}"
    genotype = parse_genotype(fields.gt) if fields.gt else None
    slot = genotype.slot(index) if genotype else None
    physical = _physical_slot(fields, index)
    marks: list[PhaseMark] = []
    if slot is not None and fields.ps:
        marks.append(PhaseMark(MarkSource.PHASE_SET, f"PS:{place}:{fields.ps}", slot))
    marks += _read_backed(place, fields, genotype, index)
    block = fields.pid or (f"PS {fields.ps}" if fields.ps else None)
    if physical is not None and block:
        marks.append(PhaseMark(MarkSource.PID_PGT, f"PID:{place}:{block}", physical))
    if slot is not None and not marks:
        marks.append(PhaseMark(MarkSource.FILE, f"FILE:{place}", slot))
    return tuple(marks)


def _read_backed(
    place: str, fields: SampleFields, genotype: Genotype | None, index: int
) -> Iterator[PhaseMark]:
    """Yield the mark of HP, which GATK's ReadBackedPhasing writes: `block-haplotype` by allele."""
    if genotype is None or fields.hp is None or genotype.copies(index) != 1:
        return
    names = fields.hp.split(",")
    if len(names) != genotype.ploidy or genotype.ploidy != 2:
        return
    block, _, haplotype = names[genotype.alleles.index(index)].rpartition("-")
    if block and haplotype in ("1", "2"):
        yield PhaseMark(MarkSource.HP, f"HP:{place}:{block}", int(haplotype) - 1)


def _physical_slot(fields: SampleFields, index: int) -> int | None:
    """Slot of an allele in PGT, where GATK writes 1 for the alternate allele."""
    genotype = parse_genotype(fields.gt) if fields.gt else None
    physical = parse_genotype(fields.pgt) if fields.pgt else None
    if genotype is None or physical is None:
        return None
    if sorted(genotype.called) != [0, index] or genotype.ploidy != 2:
        return None
    return physical.slot(1) if physical.missing == 0 else None
