"""Read counts by allele, whatever the caller's spelling.

The first spelling whose counts fit the alleles and show a read is used; what others count is kept
beside it, and so are the keys of counts that do not fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from hies_annot.io.record.count_readers import Counts, Values
from hies_annot.io.record.count_spellings import SPELLINGS, Spelling


class Counted(NamedTuple):
    """What a sample column counts.

    `counts` are those of the best spelling that fits, `others` those of further spellings,
    `unused` the first keys of spellings whose counts do not fit the alleles.
    """

    counts: Counts | None
    others: tuple[Counts, ...]
    unused: tuple[str, ...]


NOTHING = Counted(None, (), ())


def read_counts(values: Values, alleles: Sequence[str]) -> Counted:
    """Return the reads by allele, REF first, as every spelling that is given states them.

    Args:
        values: the FORMAT values of the sample that are given.
        alleles: REF and all ALTs, as in the file.

    Raises:
        ValueError: a count is no number.
    """
    given = _spellings(tuple(values))
    if not given:
        return NOTHING
    read = [(spelling, spelling.read(values, alleles)) for spelling in given]
    fitting = [counts for _, counts in read if counts is not None]
    unused = tuple(spelling.needs[0] for spelling, counts in read if counts is None)
    best = next((counts for counts in fitting if any(counts)), fitting[0] if fitting else None)
    others = tuple(counts for counts in fitting if counts is not best and any(counts))
    return Counted(best, others, unused)


@lru_cache(maxsize=1024)
def _spellings(keys: tuple[str, ...]) -> tuple[Spelling, ...]:
    """Return the spellings whose keys are all given; the records of a file repeat them.

    One that another speaks for (it reads the keys itself, or goes before them) is left out.
    """
    given = [entry for entry in SPELLINGS if set(entry.needs) <= set(keys)]
    return tuple(
        entry
        for number, entry in enumerate(given)
        if not any(set(entry.needs) <= {*one.uses, *one.over} for one in given[:number])
    )
