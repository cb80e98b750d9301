"""The part of docs/benchmark.md about names, from the counts that are kept in `names.tsv`."""

from __future__ import annotations

from benchmarks.hies_bench.names import kept

TEXT = """## Published names

Made by `python -m benchmarks.hies_bench names`. c. and p. names of ClinVar and p. names of UniProt humsavar and papers, on both builds, as
alleles through each tool; compared without brackets, accession and the bases after `del`, frameshifts by their residue. bcftools csq names single
residues, pyhgvs no proteins. Mutalyzer and hgvs (biocommons) ask servers for their transcripts and do not run here. hies-annot says `p.?`
where a name would rest on made-up bases of the demo reference of ZNF341; the others take them for real.
"""


def names_section() -> str:
    """Return the part of the page."""
    lines = [
        TEXT,
        "| tool | version | names | equal | differing | not told | what differs |",
        "|---" * 7 + "|",
    ]
    for one in kept():
        cells = (
            one.tool,
            one.version,
            f"{one.kind}.",
            one.equal,
            one.differing,
            one.not_told,
            one.other,
        )
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines)
