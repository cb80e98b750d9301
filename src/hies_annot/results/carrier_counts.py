"""In how many unrelated samples an allele is carried, and in how many it was looked for. Pure.

A sample without relatives is a family of its own; a family counts once, and so do samples of one
name. Samples that failed take no part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from hies_annot.model import CARRIED, Status
from hies_annot.results.callability_contract import GeneCallabilityResult
from hies_annot.results.contract import SampleResult
from hies_annot.results.run_families import Families, kin_of
from hies_annot.results.variant_contract import VariantResult

Key = tuple[str, str]
"""Build and id of an allele (`chrom-pos-ref-alt`)."""
Span = tuple[str, int, int]
"""Gene, first and last base, 1-based."""
_Read = tuple[str, tuple[Span, ...]]
"""Build of a sample and what was callable in it."""


class CarriedAllele(NamedTuple):
    """An allele that a sample carries, reported or not, with the figures of its call.

    `frequency` is the highest that a source states; None: no source states one.
    """

    key: Key
    gene: str
    pos: int
    name: str
    reported: bool
    zygosity: str
    depth: int | None
    alt_depth: int | None
    fraction: float | None
    quality: float | None
    frequency: float | None


class CarriedAlleles(Struct, frozen=True):
    """What one sample carries, the names that tie it to its relatives, and where it was read.

    `build` is empty where the sample failed. `seen` has the required bases that were callable;
    where nothing tells which were, it is empty.
    """

    sample: str
    kin: tuple[str, ...]
    alleles: tuple[CarriedAllele, ...]
    build: str
    seen: tuple[Span, ...] = ()


class CarrierCount(Struct, frozen=True):
    """How often an allele is carried. All but `samples` count families.

    `looked_at`: carriers, and who is known to have been callable at its first base; None: not
    known. `unrelated`: all that were read on the build of the allele.
    """

    carriers: int
    looked_at: int | None
    unrelated: int
    samples: int

    @property
    def share(self) -> str:
        """The count as it stands in a table."""
        return f"{self.carriers} of {self.unrelated}"


def carried_alleles(result: SampleResult) -> CarriedAlleles:
    """Take from one result what counting needs."""
    return CarriedAlleles(
        result.sample,
        kin_of(result),
        tuple(
            _carried(result.build or "", variant)
            for variant in result.variants
            if variant.zygosity in CARRIED and variant.kind != "reference_block"
        ),
        "" if result.status == Status.FAILED else result.build or "",
        _shared(tuple(span for gene in result.callability.genes for span in _callable_spans(gene))),
    )


def _carried(build: str, variant: VariantResult) -> CarriedAllele:
    facts = (fact.allele_frequency for fact in variant.population or ())
    return CarriedAllele(
        (build, variant.id),
        variant.gene,
        variant.pos,
        f"{variant.gene} {variant.hgvs_c or variant.id}",
        variant.reported,
        variant.zygosity,
        variant.depth,
        variant.alt_depth,
        variant.allele_fraction,
        variant.genotype_quality,
        max((fact for fact in facts if fact is not None), default=None),
    )


def _callable_spans(gene: GeneCallabilityResult) -> Iterator[Span]:
    """Yield the exons of a gene without its gaps; nothing where nothing is known of it."""
    gaps = sorted((gap.start, gap.end) for gap in gene.gaps)
    for exon in gene.exons if gene.callable_bases is not None else ():
        start = exon.start
        for first, last in gaps if exon.callable is not None else ((start, exon.end),):
            if start <= last and first <= exon.end:
                if start < first:
                    yield gene.gene, start, first - 1
                start = last + 1
        if start <= exon.end:
            yield gene.gene, start, exon.end


@lru_cache(maxsize=4096)
def _shared(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return one tuple for all samples with the same spans."""
    return spans


def families_of(people: Collection[CarriedAlleles]) -> Families:
    """Return who is related to whom, by parents and families, directly or through others."""
    families = Families(person.sample for person in people)
    for person in people:
        families.add(person.sample, person.kin)
    return families


def read_by_build(people: Collection[CarriedAlleles]) -> dict[str, int]:
    """Return how many unrelated samples were read on each build."""
    families = families_of(people)
    read = {(person.build, families.of(person.sample)) for person in people if person.build}
    return dict(Counter(build for build, _ in read))


def carrier_counts(
    people: Collection[CarriedAlleles], alleles: Mapping[Key, CarriedAllele]
) -> dict[Key, CarrierCount]:
    """Count some alleles in all samples; `people` is gone through several times.

    Args:
        people: the samples.
        alleles: what is counted; the value tells where the allele lies.
    """
    families = families_of(people)
    carriers: dict[Key, set[str]] = {key: set() for key in alleles}
    samples = dict.fromkeys(alleles, 0)
    read: dict[str, frozenset[_Read]] = {}
    kinds: dict[frozenset[_Read], frozenset[_Read]] = {}
    for person in people:
        if not person.build:
            continue
        family = families.of(person.sample)
        how = read.get(family, frozenset()) | {(person.build, person.seen)}
        read[family] = kinds.setdefault(how, how)
        for key in {allele.key for allele in person.alleles} & carriers.keys():
            carriers[key].add(family)
            samples[key] += 1
    alike = Counter(read.values())
    return {
        key: CarrierCount(
            len(carriers[key]),
            sum(number for how, number in alike.items() if _covered(one, how))
            + sum(not _covered(one, read[family]) for family in carriers[key]),
            sum(number for how, number in alike.items() if any(b == key[0] for b, _ in how)),
            samples[key],
        )
        for key, one in alleles.items()
    }


def _covered(allele: CarriedAllele, family: Iterable[_Read]) -> bool:
    """Tell whether a member of a family was callable at the first base of an allele."""
    return any(
        build == allele.key[0]
        and any(gene == allele.gene and a <= allele.pos <= b for gene, a, b in seen)
        for build, seen in family
    )
