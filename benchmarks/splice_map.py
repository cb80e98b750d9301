"""Make the embedded splice map of STAT3 from CI-SpliceAI's scores of its locus.

    python benchmarks/splice_map.py ci_spliceai.STAT3.GRCh38.tsv.gz -o resources/evidence/splice_map.tsv

Kept are the SNVs inside the transcript: rows before exon 1 and behind the last exon concern no exon.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from pathlib import Path

from hies_annot.evidence.slices import Slice, slice_text
from hies_annot.evidence.sources import sha256_of
from hies_annot.evidence.splice_map import fact_of_values
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.evidence_sources import SourceKind

NAME = "CI-SpliceAI map of STAT3"
ORIGIN = (
    "CI-SpliceAI 1.2.2 (CC BY 4.0; Strauch 2022, doi:10.1371/journal.pone.0269159), delta scores "
    "of all SNVs of NM_139276.3, not masked, within 50 bases of the variant; SNVs that are not "
    "listed were scored and are below 0.05"
)


def main() -> None:
    """Write the slice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    mane = embedded_reference(Build.GRCH38, default_genes()).mane("STAT3")
    with gzip.open(options.table, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    facts = {
        ("17", int(row["pos"]), row["ref"], row["alt"]): fact_of_values(row, "CI-SpliceAI", NAME)
        for row in rows
        if mane.start <= int(row["pos"]) <= mane.end
    }
    made = Slice(
        name=NAME,
        kind=SourceKind.SPLICE_MAP,
        facts=facts,
        version="1.2.2",
        origin=ORIGIN,
        sha256=sha256_of(options.table),
    )
    options.output.write_text(slice_text(made), encoding="utf-8")
    print(f"{len(facts)} of {len(rows)} SNVs lie in the transcript")


if __name__ == "__main__":
    main()
