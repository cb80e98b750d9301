"""The first half of a sample's way: read > annotate > phase, up to what its reads say."""

from __future__ import annotations

from msgspec import Struct

from hies_annot.genes.gene_file import Gene
from hies_annot.genome import Build
from hies_annot.judge.calls import KnownCall, look_up, that_may_pair
from hies_annot.judge.in_cis import that_may_act
from hies_annot.model import Allele, Call, SampleSpec
from hies_annot.phase.contradicted import flag_contradicted
from hies_annot.phase.links import pairs_in_doubt
from hies_annot.phase.read_backed import ReadPhase, links_of
from hies_annot.phase.relatives import Relative
from hies_annot.read.samples import SampleRecords
from hies_annot.read.structural_file import Structural, read_structural
from hies_annot.results.invariants import check_records
from hies_annot.run.desk import Desk
from hies_annot.run.family import relatives_of
from hies_annot.run.few_alleles import demand_few


class KnownSample(Struct, frozen=True):
    """A sample with what is known before anything is judged; `notes` are of its relatives."""

    spec: SampleSpec
    build: Build
    structural: Structural
    own: tuple[Call, ...]
    known: tuple[KnownCall, ...]
    relatives: tuple[Relative, ...]
    notes: tuple[str, ...]


def known_sample(spec: SampleSpec, records: SampleRecords, desk: Desk) -> KnownSample:
    """Return the calls of a sample, what is known of their alleles, and its relatives."""
    engine, build = desk.engine, records.decision.build
    rules, fasta = engine.reading_rules, engine.config.reference.fasta
    structural = read_structural(spec, rules, build)
    check_records(records)
    own = flag_contradicted((*records.calls, *structural.calls))
    relatives, notes = relatives_of(spec, build, own, desk.readings, rules, fasta)
    known = look_up(own, desk.book(build))
    demand_few(known, (gene.name for gene in engine.genes), engine.config.limits.alleles)
    return KnownSample(spec, build, structural, own, known, relatives, notes)


def open_pairs(sample: KnownSample, desk: Desk) -> tuple[tuple[Allele, Allele], ...]:
    """Return the pairs of alleles that nothing but the alignments of a sample can place.

    Without alignments there are none.
    """
    if sample.spec.bam is None:
        return ()
    recessive = frozenset(gene.name for gene in desk.engine.genes if _needs_two(gene))
    book = desk.book(sample.build)
    found = (*that_may_pair(sample.known, recessive), *that_may_act(sample.known, book))
    candidates = tuple({id(call): call for call in found}.values())  # calls cannot be hashed
    return pairs_in_doubt(candidates, sample.relatives, desk.engine.config.calls)


def read_phase(sample: KnownSample, desk: Desk) -> ReadPhase:
    """Return what the alignments say of the open pairs, read now or by a step before."""
    spec, config = sample.spec, desk.engine.config
    if spec.sample in desk.phases:
        return desk.phases[spec.sample]
    pairs = open_pairs(sample, desk)
    if spec.bam is None or not pairs:
        return ReadPhase({}, ())
    calls = [entry.call for entry in sample.known]
    return links_of(spec.bam, sample.build, pairs, calls, config.reference.fasta)


def _needs_two(gene: Gene) -> bool:
    return any(condition.alleles_needed > 1 for condition in gene.file.conditions)
