"""Other versions and accessions of the transcripts of the reference, as far as a source tells."""

from __future__ import annotations

import csv
from functools import cache

from msgspec import Struct

from hies_annot.shipped import resource_path

VERSIONS = "reference/transcript_versions.tsv"


class OtherVersion(Struct, frozen=True):
    """An accession, the transcript on which it is read, and whether the proteins are the same."""

    accession: str
    read_on: str
    same_protein: bool
    source: str


@cache
def other_versions() -> dict[str, OtherVersion]:
    """Return the accessions that a source compares, by accession."""
    with resource_path(VERSIONS).open(encoding="utf-8") as handle:
        rows = csv.DictReader((line for line in handle if not line.startswith("#")), delimiter="\t")
        return {
            row["accession"]: OtherVersion(
                row["accession"], row["read_on"], row["equal"] == "same_protein", row["source"]
            )
            for row in rows
        }


def other_version(name: str) -> OtherVersion | None:
    """Return what is known of an accession, with its version or (as papers write it) without."""
    known = other_versions()
    return known.get(name) or known.get(name.partition(".")[0])
