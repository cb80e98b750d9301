"""Other monogenic causes of high IgE: what a report names that was not read."""

from __future__ import annotations

import csv
from functools import cache

from msgspec import Struct

from hies_annot.shipped import resource_path

OTHER_CAUSES = "genes/other_causes.tsv"


class OtherCause(Struct, frozen=True):
    """A gene with one mode of inheritance and one disease."""

    gene: str
    inheritance: str
    mim: str | None
    disease: str | None
    source: str


@cache
def other_causes() -> tuple[OtherCause, ...]:
    """Return the causes in the order of the file."""
    with resource_path(OTHER_CAUSES).open(encoding="utf-8") as handle:
        rows = csv.DictReader((line for line in handle if not line.startswith("#")), delimiter="\t")
        return tuple(
            OtherCause(
                gene=row["gene"],
                inheritance=row["inheritance"],
                mim=row["mim"] or None,
                disease=row["disease"] or None,
                source=row["source"],
            )
            for row in rows
        )
