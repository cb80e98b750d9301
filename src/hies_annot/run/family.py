"""The relatives of one sample, with what their files say of its alleles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from hies_annot.callability.unread import lost_words
from hies_annot.errors import InputError
from hies_annot.genome import Build
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.model import Allele, Call, SampleSpec
from hies_annot.phase.deletions import with_hemizygous
from hies_annot.phase.kinship import without_strangers
from hies_annot.phase.read_backed import measured
from hies_annot.phase.relatives import Relative, collect_calls
from hies_annot.read.one_pass import ReadingRules
from hies_annot.read.samples import SampleRecords, Unreadable
from hies_annot.read.structural_file import read_structural
from hies_annot.run.readings import Readings
from hies_annot.sheet.kin import Kin


def relatives_of(
    spec: SampleSpec,
    build: Build,
    own: Sequence[Call],
    readings: Readings,
    rules: ReadingRules,
    fasta: str | None,
) -> tuple[tuple[Relative, ...], tuple[str, ...]]:
    """Return the relatives with their calls of this sample's alleles, and what is amiss.

    Args:
        spec: the sample.
        build: the build it was read on.
        own: its calls.
        readings: the records of everybody.
        rules: how a relative's SV file is read.
        fasta: the lab's genome, for alignments in CRAM.
    """
    wanted = {call.allele for call in own if call.carried}
    found: list[Relative] = []
    warnings: list[str] = []
    for member in readings.kin_of(spec.sample):
        records = readings.of(member.spec)
        label = f"{member.role} {member.spec.sample}"
        if isinstance(records, Unreadable):
            warnings.append(f"{label} was not looked at: {records.reason}")
        elif records.decision.build is not build:
            warnings.append(f"{label} was not looked at: another build ({build} is due)")
        else:
            person, notes = _relative(member, spec, records, build, wanted, rules, fasta)
            found.append(person)
            warnings += [f"{label}: {note}" for note in notes]
    return without_strangers(own, found), tuple(warnings)


def _relative(
    member: Kin,
    child: SampleSpec,
    records: SampleRecords,
    build: Build,
    wanted: Iterable[Allele],
    rules: ReadingRules,
    fasta: str | None,
) -> tuple[Relative, tuple[str, ...]]:
    """Return one relative, with SV file and alignments where the sheet names them."""
    spec = member.spec
    structural = read_structural(_with_structural(spec, child), rules, build)
    files = (*records.censuses, *structural.censuses)
    notes = tuple(lost_words(file.file, lost) for file in files for lost in file.lost)
    calls = collect_calls(wanted, with_hemizygous((*records.calls, *structural.calls)))
    beyond = frozenset(x.allele.id for x in structural.calls if child.sv_vcf is None)
    person = Relative(
        member.role, spec.sample, spec.affected, calls, child.parentage, beyond=beyond
    )
    person, more = measured(person, spec.bam, build, rules.thresholds, fasta)
    return person, (*notes, *more)


def _with_structural(spec: SampleSpec, child: SampleSpec) -> SampleSpec:
    """Return a relative with SV files: the own ones, else a column in those of the child.

    A file of one column is the child's, whatever that column is called.
    """
    if spec.sv_vcf is not None or child.sv_vcf is None:
        return spec
    shared = [file for file in child.sv_vcfs if _has_column(spec, file)]
    if not shared:
        return spec
    return replace(spec, sv_vcf=shared[0], more_sv_vcfs=tuple(shared[1:]))


def _has_column(spec: SampleSpec, file: str) -> bool:
    try:
        columns = open_vcf(Path(file)).samples
    except (InputError, OSError):
        return False  # told where the child's own calls are read
    return len(columns) > 1 and (spec.vcf_sample in columns or spec.sample in columns)
