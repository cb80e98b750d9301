"""No person carries hundreds of alleles of a gene that count; their pairs grow with the square."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from hies_annot.errors import InputError
from hies_annot.judge.calls import KnownCall, that_may_pair


def demand_few(known: Sequence[KnownCall], genes: Iterable[str], most: int) -> None:
    """Refuse a sample with more than `most` alleles of a gene that it carries and that may count.

    Raises:
        InputError: the sentence.
    """
    pairing = that_may_pair(known, frozenset(genes))
    for gene, count in Counter(call.allele.gene for call in pairing).items():
        if count > most:
            file = next(call.site.file for call in pairing if call.allele.gene == gene)
            raise InputError(
                f"the sample carries {count} alleles of {gene} that may count, and no person has "
                f"more than {most} (limits.alleles): its column may be a pool or made by a fault",
                file=file,
            )
