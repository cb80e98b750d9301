"""Read-backed phase by WhatsHap, where it is installed: places that no single fragment spans.

WhatsHap joins fragments over all heterozygous calls between two places. It runs on a small VCF
of one sample, without reference, in a temporary folder that is removed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hies_annot.errors import InputError
from hies_annot.genome import Build
from hies_annot.io.reads import contig_name
from hies_annot.model import Allele, AlleleKind, Call, Zygosity
from hies_annot.model.gt import parse_genotype

TIME_LIMIT = 600
"""Seconds after which WhatsHap is given up."""

Blocks = dict[str, tuple[str, int]]
"""Phase block and haplotype (0 or 1) of each phased allele, by allele id."""


def find_whatshap() -> Path | None:
    """Return the whatshap command: beside this Python, or on the search path; None: neither."""
    beside = Path(sys.executable).with_name("whatshap")
    if beside.exists():
        return beside
    found = shutil.which("whatshap")
    return Path(found) if found else None


def phase_blocks(calls: Sequence[Call], bam: Path, build: Build, command: Path) -> Blocks:
    """Phase the heterozygous sequence alleles of one chromosome by the reads of `bam`.

    Raises:
        InputError: the alignments cannot be read, or WhatsHap fails or takes too long.
    """
    alleles = heterozygous(calls)
    if len(alleles) < 2:
        return {}
    contig, length = contig_name(bam, alleles[0].chrom, build)
    with TemporaryDirectory(prefix="hies-annot-") as folder:
        source, target = Path(folder) / "in.vcf", Path(folder) / "out.vcf"
        source.write_text(vcf_text(alleles, contig, length), encoding="ascii")
        _run(command, source, target, bam)
        return read_blocks(target.read_text(encoding="utf-8"), alleles)


def heterozygous(calls: Iterable[Call]) -> tuple[Allele, ...]:
    """Return the alleles that WhatsHap can use: passing, heterozygous, one at a place."""
    by_place: dict[tuple[str, int], set[Allele]] = {}
    for call in calls:
        allele = call.allele
        usable = call.zygosity is Zygosity.HET and not call.quality
        if usable and allele.kind is AlleleKind.SEQUENCE:
            by_place.setdefault((allele.chrom, allele.pos), set()).add(allele)
    single = [found for found in by_place.values() if len(found) == 1]
    return tuple(sorted((one for (one,) in single), key=lambda allele: allele.pos))


def vcf_text(alleles: Sequence[Allele], contig: str, length: int) -> str:
    """Return the alleles as an unphased VCF of one sample."""
    lines = [
        "##fileformat=VCFv4.2",
        f"##contig=<ID={contig},length={length}>",
        '##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">',
        "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tsample",
    ]
    lines += [
        f"{contig}\t{one.pos}\t.\t{one.ref}\t{one.alt}\t.\tPASS\t.\tGT\t0/1" for one in alleles
    ]
    return "\n".join(lines) + "\n"


def read_blocks(text: str, alleles: Iterable[Allele]) -> Blocks:
    """Return block and haplotype of each allele that a phased VCF places."""
    ids = {(str(one.pos), one.ref, one.alt): one.id for one in alleles}
    blocks: Blocks = {}
    for line in text.splitlines():
        columns = line.split("\t")
        if line.startswith("#") or len(columns) < 10:
            continue
        values = dict(zip(columns[8].split(":"), columns[9].split(":"), strict=False))
        genotype = parse_genotype(values.get("GT", "."))
        slot = genotype.slot(1) if genotype else None
        identifier = ids.get((columns[1], columns[3], columns[4]))
        if identifier is not None and slot is not None and values.get("PS", ".") != ".":
            blocks[identifier] = (values["PS"], slot)
    return blocks


def _run(command: Path, source: Path, target: Path, bam: Path) -> None:
    arguments = ["phase", "--no-reference", "--ignore-read-groups", "-o"]
    try:
        subprocess.run(  # noqa: S603 (the program was looked up; the paths are arguments)
            [str(command), *arguments, str(target), str(source), str(bam)],
            check=True,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"WhatsHap took more than {TIME_LIMIT} s", file=str(bam)) from None
    except (OSError, subprocess.CalledProcessError) as fault:
        told = (getattr(fault, "stderr", None) or str(fault)).strip().splitlines()
        raise InputError(f"WhatsHap failed: {told[-1] if told else fault}", file=str(bam)) from None
