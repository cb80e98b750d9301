"""Whether a row of the lab's curated table contradicts itself: such a row would hide an allele.

An allele whose mechanism is that of no condition of its gene counts for none, whatever others say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hies_annot.evidence.loci import Place
from hies_annot.genes.gene_file import Condition, Gene
from hies_annot.genome import Build
from hies_annot.model import KnownVariant, Mechanism
from hies_annot.model.closed_words import HARMLESS

_MARKS = re.compile(r"[\W_]")


def contradiction_in(variant: KnownVariant, gene: Gene) -> str | None:
    """Return what of mechanism, class and condition of a row does not fit, None: nothing."""
    if variant.classification in HARMLESS:
        return None
    if Mechanism.BENIGN in variant.mechanisms:
        return f"mechanism benign does not go with classification {variant.classification}"
    conditions = gene.file.conditions
    named = [entry for entry in conditions if entry.id == variant.condition]
    if variant.condition and not named:
        ids = ", ".join(entry.id for entry in conditions)
        return f"condition {variant.condition!r} is none of {gene.name} ({ids})"
    stated = set(variant.mechanisms) - {Mechanism.UNRESOLVED}
    fitting = _mechanisms(named or conditions)
    whose = variant.condition or f"the conditions of {gene.name}"
    if not stated or not stated.isdisjoint(fitting):
        return None
    return (
        f"mechanism {_words(variant.mechanisms)} is none of "
        f"{whose} ({_words(fitting)}): write one of "
        "these, or unresolved where it is not known"
    )


def misplaced(variant: KnownVariant, place: Place) -> str | None:
    """Return why a row lies at no place of the gene that it names, None: it does."""
    names = {gene.name: gene.file for gene in place.genes}
    gene = names.get(variant.gene)
    if gene is None:
        meant = _MARKS.sub("", variant.gene).upper()
        return f"write the gene {variant.gene!r} as {meant}" if meant in names else None
    for build, span in gene.loci.items():
        if gene.chrom == variant.chrom and span.start <= variant.pos <= span.end:
            on = f"it lies in {variant.gene} on {build}: write the row on {Build.GRCH38}"
            return None if build is Build.GRCH38 else on
    span = gene.loci[Build.GRCH38]
    return f"it does not lie in {variant.gene} ({gene.chrom}:{span.start}-{span.end} on GRCh38)"


def opposed(one: KnownVariant, other: KnownVariant) -> bool:
    """Whether two rows for one allele cannot both be true, one of them being P/LP."""
    if not (one.pathogenic or other.pathogenic):
        return False
    if one.classification in HARMLESS or other.classification in HARMLESS:
        return True
    stated = [set(row.mechanisms) - {Mechanism.UNRESOLVED} for row in (one, other)]
    return all(stated) and stated[0].isdisjoint(stated[1])


def _mechanisms(conditions: Iterable[Condition]) -> list[Mechanism]:
    return list(dict.fromkeys(each for entry in conditions for each in entry.mechanisms))


def _words(mechanisms: Iterable[Mechanism]) -> str:
    return ", ".join(mechanisms)
