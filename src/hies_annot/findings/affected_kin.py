"""What explains the disease of an affected relative, and an affected sample does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hies_annot.genes.gene_file import Condition, Gene
from hies_annot.judge.alleles import AlleleBook
from hies_annot.model import Affected, AlleleKind, Call, SampleSpec, Support, Zygosity
from hies_annot.phase.relatives import CARRIES, Carriage, Relative


def genotypes_of_affected_kin(
    spec: SampleSpec,
    own: Sequence[Call],
    relatives: Iterable[Relative],
    book: AlleleBook,
    genes: Iterable[Gene],
) -> tuple[str, ...]:
    """Return a sentence on each relative who has the disease and a genotype that explains it.

    Only of an affected sample that lacks this genotype: one of the two is perhaps another person.
    """
    if spec.affected is not Affected.YES:
        return ()
    conditions = [one for gene in genes for one in gene.file.conditions]
    copies = {call.allele.id: _copies(call) for call in own if call.carried}
    affected = [person for person in relatives if person.affected is Affected.YES]
    told = (
        _sentence(person, calls)
        for person in affected
        for needed, calls in _explaining(person, conditions, book)
        if sum(copies.get(call.allele.id, 0) for call in calls) < needed
    )
    return tuple(dict.fromkeys(told))


def _explaining(
    person: Relative, conditions: Sequence[Condition], book: AlleleBook
) -> Iterator[tuple[int, tuple[Call, ...]]]:
    """Yield the copies that a condition needs and the calls of a relative that make them."""
    seen = [
        call
        for identifier, call in sorted(person.calls.items())
        if call.allele.kind is AlleleKind.SEQUENCE and person.state_of(identifier) in CARRIES
    ]
    for condition in conditions:
        broken = [call for call in seen if _is_pathogenic(call, condition, book)]
        if condition.alleles_needed == 1:
            yield from ((1, (call,)) for call in broken)
            continue
        both = [call for call in broken if person.state_of(call.allele.id) is Carriage.TWO]
        if both or len(broken) > 1:
            yield 2, tuple(both or broken)


def _is_pathogenic(call: Call, condition: Condition, book: AlleleBook) -> bool:
    verdict = book.facts(call.allele).verdicts.get(condition.id)
    return verdict is not None and verdict.support is Support.PATHOGENIC


def _copies(call: Call) -> int:
    """Return how many copies a carried call may be."""
    return 1 if call.zygosity in (Zygosity.HET, Zygosity.HET_ALT) else 2


def _sentence(person: Relative, calls: Sequence[Call]) -> str:
    names = " and ".join(call.allele.id for call in calls)
    return (
        f"{calls[0].allele.gene}: the affected {person.role} {person.sample} has a genotype that "
        f"explains the disease ({names}), and this affected sample does not have it: a sample "
        "mix-up, a failed call, or another cause here; check both samples"
    )
