"""Measure callability of gVCFs: `python benchmarks/callability.py [samples] [blocks per locus]`.

Prints milliseconds of processor time a sample, first without and then with reading an indexed
gVCF.gz. The limit is 20 ms for 2,000 blocks in each of the two loci, reading apart.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import pysam

from hies_annot.callability.assess import assess_callability
from hies_annot.callability.required import KnownSite, required_regions
from hies_annot.callability.verdict import negative_is_safe
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.windows.vcf import read_windows
from hies_annot.model import SampleFields, SiteRecord
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.sequence import LocusSequence
from hies_annot.settings.callability_rules import CallabilityConfig

HEADER = "CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"
LIMIT_MS = 20.0
KNOWN_SITES_A_GENE = 100


def make_blocks(
    locus: LocusSequence, count: int, sample: int
) -> list[tuple[SiteRecord, SampleFields]]:
    """Return `count` adjacent blocks over a locus; one in 50 is too shallow."""
    step = len(locus.sequence) // count
    return [
        (
            SiteRecord(
                file="bench.g.vcf",
                number=number + 1,
                chrom=locus.chrom,
                chrom_written=f"chr{locus.chrom}",
                pos=locus.start + number * step,
                end=locus.start + (number + 1) * step - 1,
                identifier=None,
                ref="N",
                alts=("<NON_REF>",),
                qual=None,
                filters=(),
                info={},
            ),
            SampleFields(gt="0/0", dp=30, gq=60.0, min_dp=5 if (number + sample) % 50 == 0 else 25),
        )
        for number in range(count)
    ]


def reading_ms(records: list[tuple[SiteRecord, SampleFields]], times: int) -> float:
    """Write the records as an indexed gVCF and return the milliseconds that reading takes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bench.g.vcf"
        lines = ["##fileformat=VCFv4.2", f"#{HEADER}\tFORMAT\tS"]
        lines += [
            f"{site.chrom_written}\t{site.pos}\t.\tN\t<NON_REF>\t.\t.\tEND={site.end}\t"
            f"GT:DP:GQ:MIN_DP\t{fields.gt}:{fields.dp}:{fields.gq}:{fields.min_dp}"
            for site, fields in records
        ]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        packed = Path(pysam.tabix_index(str(path), preset="vcf"))
        windows = tuple(
            (locus.chrom, locus.start, locus.end)
            for locus in embedded_reference(Build.GRCH38, default_genes()).loci
        )
        start = process_time()
        for _ in range(times):
            file = open_vcf(packed)
            found = [(line.site, line.fields(0)) for line in read_windows(file, windows)]
        assert len(found) == len(records)
        return (process_time() - start) * 1000 / times


def main() -> None:
    """Run the benchmark; exit 1 above the limit."""
    samples, count = (
        int(value) for value in (sys.argv[1:] + ["1000", "2000"][len(sys.argv) - 1 :])
    )
    genes = default_genes()
    reference = embedded_reference(Build.GRCH38, genes)
    config = CallabilityConfig()
    known = [
        KnownSite(
            gene.name, f"{gene.name}-{number}", exon.start + number % 40, "A", "C", "c.?", None
        )
        for gene in genes
        for number, exon in enumerate((reference.mane(gene.name).exons * 10)[:KNOWN_SITES_A_GENE])
    ]
    inputs = [
        [record for locus in reference.loci for record in make_blocks(locus, count, sample)]
        for sample in range(min(samples, 10))
    ]
    required = [required_regions(gene, reference, known) for gene in genes]
    start = process_time()
    for sample in range(samples):
        result = assess_callability(
            reference, required, known, config, records=inputs[sample % len(inputs)]
        )
        negative_is_safe(result, config)
    each = (process_time() - start) * 1000 / samples
    print(f"{samples} samples, {count} blocks a locus: {each:.1f} ms a sample")
    print(f"with reading: {each + reading_ms(inputs[0], min(samples, 50)):.1f} ms a sample")
    if each > LIMIT_MS:
        sys.exit(f"above the limit of {LIMIT_MS:g} ms")


if __name__ == "__main__":
    main()
