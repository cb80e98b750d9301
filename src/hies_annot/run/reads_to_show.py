"""The reads of the reported alleles of a sample, where the run is asked to show them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from hies_annot.errors import InputError
from hies_annot.io.read_slices import cut_slices
from hies_annot.model import JudgedCall, SampleSpec
from hies_annot.model.read_slice import ReadSlice
from hies_annot.reference.sequence import Reference
from hies_annot.settings.run_config import RunConfig


def reads_to_show(
    spec: SampleSpec, calls: Sequence[JudgedCall], reference: Reference, config: RunConfig
) -> tuple[tuple[ReadSlice, ...], tuple[str, ...]]:
    """Return a slice of each reported allele, and a sentence where the file cannot be used."""
    alleles = {call.id: call.call.allele for call in calls if call.drop_reason is None}
    if not (config.alignments and spec.bam and alleles):
        return (), ()
    fasta = config.reference.fasta
    try:
        slices = cut_slices(
            Path(spec.bam), reference.build, alleles.values(), Path(fasta) if fasta else None
        )
    except InputError as fault:
        return (), (f"reads are not shown: {fault}",)
    loci = {name: reference.locus(allele.gene) for name, allele in alleles.items()}
    return tuple(
        replace(each, bases=loci[each.allele].bases(each.start, each.end).upper())
        for each in slices
    ), ()
