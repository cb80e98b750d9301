"""Everything that a run needs and that does not depend on a sample, loaded once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from hies_annot.annotate.annotator import Annotator
from hies_annot.callability.known import known_sites
from hies_annot.callability.required import (
    KnownSite,
    RequiredBases,
    required_regions,
    spans_of,
)
from hies_annot.evidence.store import EvidenceStore, load_evidence
from hies_annot.genes.gene_file import Gene, default_genes, load_genes
from hies_annot.genome import Build
from hies_annot.read.one_pass import ReadingRules
from hies_annot.reference.cache import cache_folder
from hies_annot.reference.from_genome import load_reference
from hies_annot.reference.sequence import Reference
from hies_annot.settings.in_force import InForce, in_force
from hies_annot.settings.run_config import RunConfig

if TYPE_CHECKING:
    from hies_annot.annotate.annotation_cache import Shelf
    from hies_annot.evidence.known_alleles import Settle


class BuildTools(Struct, frozen=True):
    """Reference, annotator, evidence, known sites and required bases (by gene) of one build."""

    reference: Reference
    annotator: Annotator
    evidence: EvidenceStore
    known_sites: tuple[KnownSite, ...]
    required: tuple[RequiredBases, ...]


class Engine:
    """The loaded configuration: genes and, for each build, the tools (made when first asked)."""

    def __init__(self, config: RunConfig) -> None:
        """Load the gene files and both references; nothing of a sample is read yet."""
        self.config = config
        self.genes: tuple[Gene, ...] = (
            load_genes(tuple(Path(path) for path in config.genes))
            if config.genes
            else default_genes()
        )
        self._tools: dict[Build, BuildTools] = {}

    @cached_property
    def settings(self) -> InForce:
        """The settings as results state them."""
        return in_force(self.config)

    @cached_property
    def references(self) -> Mapping[Build, Reference]:
        """The reference of each build; a lab's FASTA serves the build it is of."""
        return {build: self._reference(build) for build in Build}

    def _reference(self, build: Build) -> Reference:
        settings = self.config.reference
        fasta = Path(settings.fasta) if settings.fasta else None
        return load_reference(build, self.genes, fasta, cache_folder(settings.cache))

    @property
    def reading_rules(self) -> ReadingRules:
        """What the reading step needs."""
        config = self.config
        bounds = config.limits.of_a_file
        return ReadingRules(
            references=self.references,
            thresholds=config.calls,
            forced=config.forced_build,
            limits=bounds,
            callability=config.callability,
            required=self.required_spans,
        )

    def required_spans(self, build: Build) -> dict[str, tuple[tuple[int, int], ...]]:
        """Return by chromosome the bases that must have been looked at (1-based inclusive)."""
        return spans_of(self.tools(build).required)

    def tools(self, build: Build) -> BuildTools:
        """Return the tools of one build."""
        if build not in self._tools:
            reference = self.references[build]
            annotator = Annotator(reference, self.genes, self._shelf(reference))
            evidence = load_evidence(
                self.config.evidence, self.genes, build, reference, self._settle(annotator)
            )
            sites = known_sites(
                (known for gene in self.genes for known in evidence.known_variants(gene.name)),
                self.genes,
                reference,
            )
            self._tools[build] = BuildTools(
                reference=reference,
                annotator=annotator,
                evidence=evidence,
                known_sites=sites,
                required=tuple(required_regions(gene, reference, sites) for gene in self.genes),
            )
        return self._tools[build]

    def _settle(self, annotator: Annotator) -> Settle | None:
        if not self.config.evidence.known_variants:
            return None
        from hies_annot.names.stated_names import StatedNames  # noqa: PLC0415 (few labs have a table)

        return StatedNames(annotator, self.genes).settled

    def _shelf(self, reference: Reference) -> Shelf | None:
        if not self.config.annotation_cache:
            return None
        from hies_annot.annotate.annotation_cache import Shelf, ground_of  # noqa: PLC0415 (few labs keep one)

        path = Path(self.config.annotation_cache)
        return Shelf(path, ground_of(reference, self.genes))

    def save(self) -> None:
        """Keep what was annotated for later runs, where the lab has a file for it."""
        for tools in self._tools.values():
            if tools.annotator.shelf is not None:
                tools.annotator.shelf.save()
