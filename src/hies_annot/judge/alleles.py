"""What is known about an allele whoever carries it: annotated and judged once a run."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from hies_annot.annotate.annotator import Annotator
from hies_annot.annotate.haplotype import annotate_in_cis
from hies_annot.evidence.store import EvidenceStore
from hies_annot.genes.gene_file import Gene
from hies_annot.judge.conditions import judge
from hies_annot.judge.context import EMPTY, SampleContext
from hies_annot.judge.drop_reasons import drop_by_evidence
from hies_annot.model import Allele, Annotation, Evidence, Verdict
from hies_annot.model.closed_words import DropReason


class AlleleFacts(Struct, frozen=True):
    """Annotation, outside facts, verdicts without a sample, and why it takes no part."""

    annotation: Annotation
    evidence: Evidence
    verdicts: Mapping[str, Verdict]
    drop_reason: DropReason | None


class AlleleBook:
    """Facts by allele, on one build."""

    def __init__(
        self, annotator: Annotator, evidence: EvidenceStore, genes: tuple[Gene, ...]
    ) -> None:
        """Start an empty book on the tools of one build."""
        self.annotator = annotator
        self._evidence = evidence
        self._genes = {gene.name: gene for gene in genes}
        self._facts: dict[Allele, AlleleFacts] = {}
        self._within = {
            (chrom, place)
            for chrom, pos, ref, _ in evidence.wholes
            for place in range(pos - 1, pos + len(ref) + 1)
        }

    def facts(self, allele: Allele) -> AlleleFacts:
        """Return the facts of an allele; the second call costs nothing."""
        if allele not in self._facts:
            self._facts[allele] = self._judged(allele, self.annotator.annotate(allele))
        return self._facts[allele]

    def facts_in_cis(self, allele: Allele, parts: tuple[Allele, ...]) -> AlleleFacts | None:
        """Return the facts of an allele that is made of parts in cis, named `c.[a;b]`.

        None where the parts do not act on each other.
        """
        annotation = annotate_in_cis(parts, self.annotator)
        if annotation is None:
            return None
        return self._judged(allele, replace(annotation, allele=allele))

    def _judged(self, allele: Allele, annotation: Annotation) -> AlleleFacts:
        evidence = self._evidence.lookup(allele)
        gene = self._genes[allele.gene]
        verdicts = judge(annotation, evidence, gene, EMPTY)
        reason = drop_by_evidence(annotation, evidence, verdicts, gene.file)
        return AlleleFacts(annotation, evidence, verdicts, reason)

    def may_be_part(self, allele: Allele) -> bool:
        """Whether an allele lies within one of several changes that a source classifies."""
        return bool(self._within) and self._evidence.key(allele)[:2] in self._within

    def named_as_one(self, allele: Allele) -> bool:
        """Whether a source classifies an allele of several changes as a whole."""
        return self._evidence.names_whole(allele)

    def alleles_needed(self, gene: str, condition: str) -> int:
        """Return how many alleles make a condition of a gene."""
        return self._genes[gene].file.condition(condition).alleles_needed

    def rejudge(self, allele: Allele, context: SampleContext) -> Mapping[str, Verdict]:
        """Return the verdicts of an allele with what one sample adds (de novo, phase, signs)."""
        facts = self.facts(allele)
        if context == EMPTY:
            return facts.verdicts
        return judge(facts.annotation, facts.evidence, self._genes[allele.gene], context)
