"""Alleles that a child must have by its parents and has not: what they make of its findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from hies_annot.findings.candidates import COUNTING
from hies_annot.genes.gene_file import Gene
from hies_annot.judge.alleles import AlleleBook
from hies_annot.model import Call, Finding, Status, Unjudged
from hies_annot.phase.kinship import Withheld, withheld_alleles, withheld_words
from hies_annot.phase.relatives import Relative


def due_of_parents(
    own: Sequence[Call], relatives: Sequence[Relative], book: AlleleBook, genes: Iterable[Gene]
) -> tuple[dict[str, Unjudged], dict[str, str]]:
    """Return an entry, by id, for each allele of weight that the child lacks by its parents.

    And the genes, by id, of those that it must have. Of weight is what makes a finding, alone or
    with another allele.
    """
    told, due = {}, {}
    conditions = (one for gene in genes for one in gene.file.conditions)
    dominant = {one.id for one in conditions if one.alleles_needed == 1}
    for found in withheld_alleles(own, relatives):
        facts = book.facts(found.allele)
        counts = facts.drop_reason is None and any(
            facts.verdicts[name].support in COUNTING for name in dominant & facts.verdicts.keys()
        )
        if counts or any(verdict.asks for verdict in facts.verdicts.values()):
            name = facts.annotation.hgvs_c if facts.annotation else None
            told[found.allele.id] = _unjudged(found, name or found.allele.id)
            if not found.beyond:
                due[found.allele.id] = found.allele.gene
    return told, due


def _unjudged(found: Withheld, name: str) -> Unjudged:
    asks = (
        "name the file of structural variants of this sample (sv_vcf), or test for what the parent "
        "has"
        if found.beyond
        else f"test this sample for {name} anew, and rule out a mix-up of samples"
    )
    return Unjudged(found.allele.gene, withheld_words(found, name), asks)


def with_withheld(
    findings: Iterable[Finding], told: Mapping[str, Unjudged], due: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Put first, in a finding, what is amiss by the parents with its alleles (entries by id).

    A carrier who must have another allele of the gene by a parent (`due`: genes by id) is
    perhaps none.
    """
    sentences = {name: one.sentence for name, one in told.items()}
    return tuple(_with_withheld(finding, sentences, due) for finding in findings)


def _with_withheld(
    finding: Finding, sentences: Mapping[str, str], due: Mapping[str, str]
) -> Finding:
    own = [sentences[name] for name in finding.variants if name in sentences]
    carrier = finding.status is Status.CARRIER
    second = [
        f"{sentences[name]}; it may be the second allele"
        for name, gene in due.items()
        if carrier and gene == finding.gene and name not in finding.variants
    ]
    status = Status.POSSIBLE if second else finding.status
    return replace(finding, status=status, reasons=(*own, *second, *finding.reasons))
