"""Judge every curated dominant-negative and gain-of-function change without its own row.

    python benchmarks/leave_one_out.py [-o docs/validation.md]

All rows of the same protein change are taken out of the curated table; everything else that ships
(other rows, ClinVar, frequencies) stays. The section of docs/validation.md between the two marks
is written anew. The exit status is 1 where a gain-of-function change comes out as `relevant` or a
dominant-negative one as `none`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from hies_annot.annotate.annotator import Annotator
from hies_annot.evidence.store import EvidenceStore, load_evidence
from hies_annot.findings.resolve import resolve
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.calls import judge_calls, look_up
from hies_annot.judge.in_cis import combine_in_cis
from hies_annot.model import KnownVariant, Mechanism, SampleFields, SampleSpec, SiteRecord, Status
from hies_annot.read.genotype import interpret
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele
from hies_annot.settings.call_thresholds import CallThresholds
from hies_annot.settings.evidence_sources import EvidenceConfig

BEGIN, END = "<!-- leave-one-out -->", "<!-- /leave-one-out -->"
GENES = default_genes()
REFERENCE = embedded_reference(Build.GRCH38, GENES)
ANNOTATOR = Annotator(REFERENCE, GENES)
STORE = load_evidence(EvidenceConfig(), GENES, Build.GRCH38, REFERENCE)
THRESHOLDS = CallThresholds()
SPEC = SampleSpec(sample="S", vcf="one.vcf")
KINDS = (Mechanism.DOMINANT_NEGATIVE, Mechanism.GAIN_OF_FUNCTION)
NOTHING = "none"


@dataclass(frozen=True, slots=True)
class Left:
    """A curated allele that was judged without the rows of its change."""

    known: KnownVariant
    mechanism: Mechanism
    status: str

    @property
    def wrong(self) -> bool:
        """Gain of function as `relevant`, or dominant negative as nothing at all."""
        if self.mechanism is Mechanism.GAIN_OF_FUNCTION:
            return self.status == Status.RELEVANT
        return self.status == NOTHING

    @property
    def shown(self) -> str:
        """How the curated table calls the allele."""
        return f"{self.known.hgvs_c} {self.known.hgvs_p}"


def without(store: EvidenceStore, known: KnownVariant) -> EvidenceStore:
    """Return the store without the rows of a protein change."""

    def same(other: KnownVariant) -> bool:
        named = known.hgvs_p not in (None, "p.?")
        change = other.gene == known.gene and other.hgvs_p == known.hgvs_p
        return other.identifier == known.identifier or (named and change)

    return replace(
        store,
        known={key: row for key, row in store.known.items() if not same(row)},
        by_residue={
            place: tuple(row for row in rows if not same(row))
            for place, rows in store.by_residue.items()
        },
    )


def status_of(known: KnownVariant, store: EvidenceStore) -> str:
    """Return the highest status of a clean heterozygous call of an allele; `none` for nothing."""
    allele = normalise_allele(REFERENCE, known.chrom, known.pos, known.ref, known.alt)
    assert allele is not None
    site = SiteRecord(
        file="one.vcf",
        chrom=known.chrom,
        chrom_written=known.chrom,
        pos=known.pos,
        end=known.pos + len(known.ref) - 1,
        identifier=None,
        ref=known.ref,
        alts=(known.alt,),
        qual=900.0,
        filters=("PASS",),
        info={},
        number=1,
    )
    fields = SampleFields(gt="0/1", ad=(20, 20), dp=40, gq=99.0)
    calls = interpret(site, fields, [allele], THRESHOLDS)
    book = AlleleBook(ANNOTATOR, store, GENES)
    judged = judge_calls(look_up(calls, book), book, (), SPEC, THRESHOLDS, {})
    judged = combine_in_cis(judged, book, (), THRESHOLDS)
    gene = next(gene for gene in GENES if gene.name == known.gene)
    found = resolve(gene, judged, (), SPEC, THRESHOLDS)
    return found[0].status if found else NOTHING


def leave_one_out() -> Iterator[Left]:
    """Judge every curated allele of the two mechanisms of STAT3 without its change."""
    for known in STORE.known_variants("STAT3"):
        for mechanism in KINDS:
            if mechanism in known.mechanisms:
                yield Left(known, mechanism, status_of(known, without(STORE, known)))


def section(left: Sequence[Left]) -> str:
    """Return the section of docs/validation.md, with its marks."""
    counts = Counter(
        (one.mechanism, one.known.classification.replace("_", " "), one.status) for one in left
    )
    wrong = [one.shown for one in left if one.wrong]
    lines = [
        BEGIN,
        "## Curated changes of STAT3 without their own row",
        "",
        "Made by `python benchmarks/leave_one_out.py`. Each curated dominant-negative and "
        "gain-of-function change is judged as a clean heterozygous call, with all rows of that "
        "protein change taken out of the curated table and all other evidence that ships left in. "
        "`relevant` for a gain-of-function change, or `none` for a dominant-negative one, is wrong.",
        "",
        "| mechanism | class in the table | status without the row | alleles |",
        "|---|---|---|---|",
        *(
            f"| {mechanism.replace('_', ' ')} | {classification} | {status} | {count} |"
            for (mechanism, classification, status), count in sorted(counts.items())
        ),
        "",
        f"Wrong: {', '.join(wrong) if wrong else 'none'}.",
        END,
    ]
    return "\n".join(lines)


def written_into(page: str, text: str) -> str:
    """Return a page with the section between the marks renewed, or put at its end."""
    if BEGIN not in page:
        return f"{page.rstrip()}\n\n{text}\n"
    before, _, rest = page.partition(BEGIN)
    return before + text + rest.partition(END)[2]


def main() -> int:
    """Run the check and write its section."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("-o", "--output", type=Path, default=Path("docs/validation.md"))
    options = parser.parse_args()
    left = list(leave_one_out())
    text = section(left)
    page = options.output.read_text(encoding="utf-8") if options.output.exists() else ""
    options.output.write_text(written_into(page, text), encoding="utf-8")
    print(text)
    return int(any(one.wrong for one in left))


if __name__ == "__main__":
    sys.exit(main())
