"""VCF text with true REF bases and depths, genotype and likelihoods that agree.

Positions are 1-based and on GRCh38; `lines` moves them to the build asked for. REF is read from
the embedded reference, so a record that contradicts it cannot be written.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build, contigs
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.sequence import Reference

ERROR = 0.001
FORMATS = {
    "GT": '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
    "AD": '##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Reads of each allele">',
    "DP": '##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Reads">',
    "GQ": '##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Genotype quality">',
    "MIN_DP": '##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description="Lowest DP of the block">',
    "PGT": '##FORMAT=<ID=PGT,Number=1,Type=String,Description="Physically phased genotype">',
    "PID": '##FORMAT=<ID=PID,Number=1,Type=String,Description="Id of the phased group">',
    "PL": '##FORMAT=<ID=PL,Number=G,Type=Integer,Description="Genotype likelihoods, Phred">',
    "PS": '##FORMAT=<ID=PS,Number=1,Type=Integer,Description="Phase set">',
}
INFOS = (
    '##INFO=<ID=END,Number=1,Type=Integer,Description="Last position">',
    '##INFO=<ID=SVTYPE,Number=1,Type=String,Description="Type of structural variant">',
    '##INFO=<ID=SVLEN,Number=A,Type=Integer,Description="Length of structural variant">',
)


@dataclass(frozen=True)
class Genotype:
    """A genotype of one sample: GT text, reads of each allele, further FORMAT fields."""

    gt: str
    ad: tuple[int, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    bare: bool = False  # GT only


@dataclass(frozen=True)
class Record:
    """One record on GRCh38; `length` is the length of REF, which the reference supplies."""

    chrom: str
    pos: int
    length: int
    alts: tuple[str, ...]
    genotypes: tuple[Genotype, ...]
    filters: str = "PASS"
    end: int | None = None
    info: str = ""
    identifier: str = "."


@cache
def reference() -> Reference:
    """Return the embedded reference on GRCh38."""
    return embedded_reference(Build.GRCH38, default_genes())


def bases(chrom: str, start: int, end: int) -> str:
    """Return the reference bases of GRCh38 positions `start`..`end`, upper case."""
    locus = reference().overlapping(chrom, start, end)
    if locus is None:
        raise ValueError(f"{chrom}:{start}-{end} lies outside the loci")
    return locus.bases(start, end).upper()


def offset(chrom: str, build: Build) -> int:
    """Return what must be added to a GRCh38 position to get one of `build`."""
    for gene in default_genes():
        if gene.file.chrom == chrom:
            return -gene.file.offset(build)
    raise ValueError(f"no gene lies on chromosome {chrom}")


def spelled(chrom: str, build: Build, spelling: str) -> str:
    """Return the name of a chromosome: `plain` 17, `chr` chr17, `refseq` NC_000017.11."""
    if spelling == "refseq":
        return contigs(build)[chrom].refseq
    return f"chr{chrom}" if spelling == "chr" else chrom


def likelihoods(ad: Sequence[int]) -> list[int]:
    """Return PL of all diploid genotypes (VCF order) for reads `ad` of each allele."""
    found = []
    for second in range(len(ad)):
        for first in range(second + 1):
            shares = [_share(k, first, second) for k in range(len(ad))]
            found.append(-10 * sum(n * math.log10(s) for n, s in zip(ad, shares, strict=True)))
    best = min(found)
    return [round(value - best) for value in found]


def _share(allele: int, first: int, second: int) -> float:
    if first == second == allele:
        return 1 - ERROR
    return 0.5 if allele in (first, second) and first != second else ERROR


def _quality(pl: Sequence[int]) -> int:
    return min(99, sorted(pl)[1])


def sample_fields(genotype: Genotype) -> dict[str, str]:
    """Return the FORMAT fields of one genotype, in order."""
    fields = {"GT": genotype.gt}
    if not genotype.bare and genotype.ad:
        pl = likelihoods(genotype.ad)
        fields["AD"] = ",".join(map(str, genotype.ad))
        fields["DP"] = str(sum(genotype.ad))
        fields["GQ"] = str(_quality(pl))
        fields["PL"] = ",".join(map(str, pl))
    return fields | dict(genotype.extra)


def header(
    build: Build, spelling: str, samples: Sequence[str], chroms: Sequence[str], keys: Sequence[str]
) -> list[str]:
    """Return the header lines with the FORMAT keys that are used."""
    lines = ["##fileformat=VCFv4.2", f"##reference={build}"]
    lines += ['##ALT=<ID=NON_REF,Description="Any other allele">']
    lines += ['##ALT=<ID=DEL,Description="Deletion">']
    lines += ['##FILTER=<ID=LowQual,Description="Low quality">', *INFOS]
    lines += [FORMATS[key] for key in sorted(keys)]
    for chrom in chroms:
        length = contigs(build)[chrom].length
        lines.append(f"##contig=<ID={spelled(chrom, build, spelling)},length={length}>")
    columns = ["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO", "FORMAT", *samples]
    return [*lines, "\t".join(columns)]


def lines(
    records: Sequence[Record],
    samples: Sequence[str],
    *,
    build: Build = Build.GRCH38,
    spelling: str = "chr",
) -> list[str]:
    """Return all lines of a VCF, records in the order given."""
    rows, keys = [], {"GT"}
    for record in records:
        cells = [sample_fields(genotype) for genotype in record.genotypes]
        names = list(dict.fromkeys(key for cell in cells for key in cell))
        keys.update(names)
        rows.append(_row(record, cells, names, build, spelling))
    return header(build, spelling, samples, ("17", "20"), sorted(keys)) + rows


def _row(
    record: Record, cells: Sequence[dict[str, str]], names: list[str], build: Build, spelling: str
) -> str:
    shift = offset(record.chrom, build)
    info = ";".join(
        part
        for part in (f"END={record.end + shift}" if record.end is not None else "", record.info)
        if part
    )
    hom_ref = [likelihoods(g.ad)[0] for g in record.genotypes if g.ad and not g.bare]
    quality = str(max(hom_ref)) if any(hom_ref) else "."
    return "\t".join(
        [
            spelled(record.chrom, build, spelling),
            str(record.pos + shift),
            record.identifier,
            bases(record.chrom, record.pos, record.pos + record.length - 1),
            ",".join(record.alts),
            quality,
            record.filters if quality != "." or record.filters != "PASS" else ".",
            info or ".",
            ":".join(names),
            *(":".join(cell.get(name, ".") for name in names) for cell in cells),
        ]
    )


def het(ref: int, alt: int, gt: str = "0/1", **extra: str) -> Genotype:
    """Return a genotype of one ALT with reads of REF and ALT."""
    return Genotype(gt, (ref, alt), extra)


def hom(alt: int, **extra: str) -> Genotype:
    """Return a homozygous ALT genotype."""
    return Genotype("1/1", (0, alt), extra)


def hom_ref(ref: int) -> Genotype:
    """Return a homozygous reference genotype that was looked at."""
    return Genotype("0/0", (ref, 0))
