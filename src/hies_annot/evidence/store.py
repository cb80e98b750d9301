"""Everything that is known about alleles from outside, looked up by normalised GRCh38 allele."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec import Struct

from hies_annot.errors import UsageError
from hies_annot.evidence.kinds import KINDS
from hies_annot.evidence.known_alleles import KNOWN, Settle, known_alleles
from hies_annot.evidence.lab_words import combined
from hies_annot.evidence.loci import Place, grch38_key
from hies_annot.evidence.partial import asked_by_gene
from hies_annot.evidence.several_records import classified_wholes, one_clinvar, one_splice_map
from hies_annot.evidence.slice_rows import Fact
from hies_annot.evidence.slices import Key, Slice, lazy_slice
from hies_annot.evidence.sources import load_source
from hies_annot.evidence.splice_map import told
from hies_annot.genes.gene_file import Gene
from hies_annot.genome import Build
from hies_annot.io.file_digest import sha256_of
from hies_annot.model import (
    Allele,
    AlleleKind,
    ClinVarFact,
    Evidence,
    KnownVariant,
    NearAllele,
    PopulationFact,
    ScoreFact,
    SourceState,
    SpliceMapFact,
)
from hies_annot.reference.sequence import Reference
from hies_annot.reference.transcripts import Transcript
from hies_annot.settings.evidence_sources import EvidenceConfig, SourceKind
from hies_annot.shipped import resource_path

REACH = 30
"""Bases within which a curated intronic variant may lie at the same splice site."""
_CLASSIFY = frozenset({SourceKind.CLINVAR, SourceKind.LAB})
_INTRONIC = re.compile(r"c\.\d+[+-]\d")
_T = TypeVar("_T")


class EvidenceStore(Struct, frozen=True):
    """Loaded evidence of a run. Symbolic alleles match nothing and say what was asked."""

    genes: tuple[Gene, ...]
    build: Build
    slices: tuple[Slice, ...]
    known: dict[Key, KnownVariant]
    by_residue: dict[tuple[str, int], tuple[KnownVariant, ...]]
    known_introns: tuple[KnownVariant, ...]
    transcripts: dict[str, Transcript]
    resources: tuple[SourceState, ...]
    not_asked: Mapping[str, frozenset[str]] = {}  # source -> genes
    faults: tuple[str, ...] = ()  # sources that hold nothing for a gene
    wholes: frozenset[Key] = frozenset()  # classified alleles that may be several changes

    @property
    def digest(self) -> str:
        """SHA-256 of all facts: equal where two runs were told the same."""
        digest = hashlib.sha256()
        for source in self.slices:
            digest.update(f"{source.name}\t{source.kind}\t{source.complete}\n".encode())
            for key in sorted(source.facts):
                digest.update(f"{key}\t{source.facts[key]!r}\n".encode())
        for variant in sorted(self.known.values(), key=lambda variant: variant.identifier):
            digest.update(f"{variant!r}\n".encode())
        return digest.hexdigest()

    def lookup(self, allele: Allele) -> Evidence:
        """Return what the sources say about an allele in normal form, on the build of the run."""
        sources = [s for s in self.slices if allele.gene not in self.not_asked.get(s.name, ())]
        asked = tuple(source.name for source in sources)
        if allele.kind is not AlleleKind.SEQUENCE:
            return Evidence(asked=asked)
        key = self.key(allele)
        facts = [source.facts.get(key) for source in sources]
        place = allele, self.genes, self.transcripts
        return Evidence(
            known=self.known.get(key),
            clinvar=one_clinvar(_all(facts, ClinVarFact)),
            population=tuple(_all(facts, PopulationFact)),
            scores=tuple(_all(facts, ScoreFact)),
            splice_map=told(one_splice_map(_all(facts, SpliceMapFact)), *place),
            lab=combined(_all(facts, str)),
            asked=asked,
            tools=self._tools(),
            exhaustive=tuple(
                source.name
                for source in sources
                if source.complete and KINDS[source.kind].shows_absence
            ),
            neighbours=self._neighbours(allele, key),
            near=self._near(allele, key),
        )

    def names_whole(self, allele: Allele) -> bool:
        """Whether a source that classifies has a row for an allele of several changes."""
        return bool(self.wholes) and self.key(allele) in self.wholes

    def known_variants(self, gene: str) -> tuple[KnownVariant, ...]:
        """Return the curated variants of a gene (GRCh38 positions), in genome order."""
        found = [variant for variant in self.known.values() if variant.gene == gene]
        return tuple(sorted(found, key=lambda variant: (variant.pos, variant.ref, variant.alt)))

    def key(self, allele: Allele) -> Key:
        """Return the GRCh38 key of an allele."""
        place = grch38_key(self.genes, self.build, allele.chrom, allele.pos)
        return (*place, allele.ref, allele.alt)

    def _tools(self) -> tuple[str, ...]:
        """Return the score tools of the run: a source has facts of one tool, and at least one."""
        facts = (next(iter(source.facts.values())) for source in self.slices)
        return tuple(fact.tool for fact in facts if isinstance(fact, ScoreFact))

    def _near(self, allele: Allele, key: Key) -> tuple[NearAllele, ...]:
        found = []
        for variant in self.known_introns:
            place = (variant.chrom, variant.pos, variant.ref, variant.alt)
            if variant.gene != allele.gene or place == key or abs(variant.pos - key[1]) > REACH:
                continue
            facts = (s.facts.get(place) for s in self.slices if s.kind is SourceKind.SPLICEAI)
            score = next((fact for fact in facts if isinstance(fact, ScoreFact)), None)
            found.append(NearAllele(variant, score))
        return tuple(found)

    def _neighbours(self, allele: Allele, key: Key) -> tuple[KnownVariant, ...]:
        transcript = self.transcripts.get(allele.gene)
        if transcript is None:
            return ()
        last = allele.pos + len(allele.ref) - 1
        residues = sorted(_residues(transcript, range(allele.pos, last + 1)))
        found = {
            variant.identifier: variant
            for residue in residues
            for variant in self.by_residue.get((allele.gene, residue), ())
        }
        own = self.known.get(key)
        return tuple(variant for variant in found.values() if variant is not own)


def load_evidence(
    config: EvidenceConfig,
    genes: tuple[Gene, ...],
    build: Build,
    reference: Reference,
    settle: Settle | None = None,
) -> EvidenceStore:
    """Load all configured sources over the loci.

    `reference` is on `build`; sources on the other build are moved by the offset of the gene file.
    `settle` is asked of each row of the lab's curated table.

    Raises:
        InputError: a source cannot be used; the message names it.
        UsageError: `reference` is not on `build`.
    """
    if reference.build is not build:
        raise UsageError(f"the reference is on {reference.build}, the run on {build}")
    place = Place(genes, reference)
    sources = tuple(load_source(source, place) for source in config.sources)
    asked = asked_by_gene(_embedded(config), sources, genes)
    known = known_alleles(config, place, settle)
    transcripts = {
        gene.name: reference.mane(gene.name) for gene in genes if gene.name in reference.transcripts
    }
    moved = _on_grch38(genes, transcripts)
    classified = (s.facts for s in asked.slices if s.kind in _CLASSIFY)
    return EvidenceStore(
        wholes=classified_wholes((known, *classified)),
        genes=genes,
        build=build,
        slices=asked.slices,
        known=known,
        by_residue=_by_residue(known.values(), moved),
        known_introns=tuple(v for v in known.values() if _INTRONIC.search(v.hgvs_c or "")),
        transcripts=transcripts,
        resources=_resources(config, asked.slices, len(known)),
        not_asked=asked.not_asked,
        faults=asked.faults,
    )


def _embedded(config: EvidenceConfig) -> tuple[Slice, ...]:
    if not config.embedded:
        return ()
    paths = (path for entry in KINDS.values() for path in entry.embedded)
    return tuple(lazy_slice(resource_path(path)) for path in paths)


def _on_grch38(
    genes: tuple[Gene, ...], transcripts: dict[str, Transcript]
) -> dict[str, Transcript]:
    return {
        gene.name: transcripts[gene.name].on_build(
            Build.GRCH38, gene.file.offset(transcripts[gene.name].build)
        )
        for gene in genes
        if gene.name in transcripts
    }


def _by_residue(
    variants: Iterable[KnownVariant], transcripts: dict[str, Transcript]
) -> dict[tuple[str, int], tuple[KnownVariant, ...]]:
    found: dict[tuple[str, int], tuple[KnownVariant, ...]] = {}
    for variant in variants:
        transcript = transcripts.get(variant.gene)
        if transcript is None or len(variant.ref) != len(variant.alt):
            continue
        positions = range(variant.pos, variant.pos + len(variant.ref))
        for residue in _residues(transcript, positions):
            place = (variant.gene, residue)
            found[place] = (*found.get(place, ()), variant)
    return found


def _residues(transcript: Transcript, positions: range) -> set[int]:
    """Residues (1-based) of the coding positions among genome `positions` (1-based)."""
    first, last = transcript.cds_offsets
    offsets = (transcript.transcript_offset(position) for position in positions)
    return {
        (offset - first) // 3 + 1
        for offset in offsets
        if offset is not None and first <= offset <= last
    }


def _all(facts: Iterable[Fact | None], kind: type[_T]) -> list[_T]:
    return [fact for fact in facts if isinstance(fact, kind)]


def _resources(
    config: EvidenceConfig, slices: tuple[Slice, ...], known: int
) -> tuple[SourceState, ...]:
    infos = [SourceState(s.name, s.version, s.date, len(s.facts), s.kind.value) for s in slices]
    if config.embedded or config.known_variants:
        version = sha256_of(resource_path(KNOWN))[:12] if config.embedded else None
        infos.append(SourceState(name="known variants", version=version, records=known))
    return tuple(infos)
