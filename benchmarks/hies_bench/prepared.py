"""The lab's steps before another tool: contig names, one person, one allele a record, left-aligned.

All by bcftools in its documented way. A file that bcftools refuses is no file for the tools after it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.hies_bench.case_file import Case, Person
from benchmarks.rivals import regions, write_chr_fasta, write_gff

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build, contigs
from hies_annot.reference.from_genome import padded_fasta
from hies_annot.reference.load import embedded_reference


@dataclass(frozen=True)
class Carried:
    """A record of one allele as the tools are given it; `gt` is the person's, `phase_set` PS."""

    chrom: str
    pos: int
    ref: str
    alt: str
    filters: str
    info: str
    gt: str
    phase_set: str

    @property
    def key(self) -> tuple[str, int, str, str]:
        """Return what an annotation depends on, structural events apart."""
        return self.chrom, self.pos, self.ref, self.alt

    @property
    def copies(self) -> int:
        """Return how often the genotype names the allele."""
        return sum(part == "1" for part in self.gt.replace("|", "/").split("/"))


class NotReadableError(Exception):
    """A tool refuses a file; its last words."""


def piped(commands: Sequence[Sequence[str]], out: Path) -> None:
    """Run a pipeline into a file.

    Raises:
        NotReadableError: a command of it fails.
    """
    data: bytes | None = None
    for command in commands:
        done = subprocess.run(command, input=data, capture_output=True, check=False)
        if done.returncode:
            raise NotReadableError(done.stderr.decode(errors="replace").strip()[-300:])
        data = done.stdout
    out.write_bytes(data or b"")


@cache
def reference_of(build: str, work: Path) -> tuple[Path, Path, Path]:
    """Write FASTA, GFF3 and the table of contig names of a build once; return their paths."""
    folder = work.parent / "reference" / build
    folder.mkdir(parents=True, exist_ok=True)
    loci = embedded_reference(Build(build), default_genes())
    write_chr_fasta(padded_fasta(loci, folder), folder / "chr.fa.gz")
    write_gff(folder / "loci.gff3", build=Build(build))
    names = "".join(
        f"{name}\tchr{chrom}\n"
        for each in Build
        for chrom, contig in contigs(each).items()
        for name in (chrom, contig.refseq, contig.genbank)
    )
    (folder / "names.txt").write_text(names)
    return folder / "chr.fa.gz", folder / "loci.gff3", folder / "names.txt"


def prepare(case: Case, people: Sequence[Person], cases: Path, work: Path) -> Path:
    """Return the VCF of people of a case: small and structural records, one allele a line.

    It lies beside `work`, so that all tools share it.

    Raises:
        NotReadableError: bcftools refuses a file, or there is no reference of the build.
    """
    if case.build not in set(Build):
        raise NotReadableError(f"no reference of {case.build}")
    home = work.parent / "prepared" / case.id
    home.mkdir(parents=True, exist_ok=True)
    whole = home / f"{'-'.join(person.column for person in people)}.vcf"
    if whole.exists():
        return whole
    columns: dict[tuple[str, str], list[str]] = {}
    for person in people:
        for kind, name in (("small", person.vcf), ("sv", person.sv_vcf)):
            if name and person.column not in columns.get((kind, name), ()):
                columns.setdefault((kind, name), []).append(person.column)
    steps = {
        key: _steps(cases / case.id / key[1], names, case.build, work)
        for key, names in columns.items()
    }
    if len(steps) == 1:
        piped(next(iter(steps.values())), whole)
        return whole
    parts = []
    for index, commands in enumerate(steps.values()):
        part = home / f"{whole.stem}.{index}.bcf"
        piped([*commands[:-1], [*commands[-1][:-1], "-Ob", "-"]], part)
        piped([["bcftools", "index", "-f", str(part)]], part.with_suffix(".log"))
        parts.append(str(part))
    join = ["merge", "-m", "none"] if len(people) > 1 else ["concat", "-a"]
    piped([["bcftools", *join, *parts]], whole)
    return whole


def _steps(vcf: Path, columns: Sequence[str], build: str, work: Path) -> list[list[str]]:
    fasta, _, names = reference_of(build, work)
    return [
        ["bcftools", "annotate", "--force", "--rename-chrs", str(names), str(vcf)],
        ["bcftools", "view", "-t", regions(Build(build)), "-s", ",".join(columns), "-"],
        ["bcftools", "norm", "-m", "-any", "-c", "w", "-f", str(fasta), "-"],
        ["bcftools", "sort", "-"],
    ]


def carried(vcf: Path) -> Iterator[Carried]:
    """Yield the records whose genotype names the allele."""
    for line in vcf.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("#"):
            continue
        chrom, pos, _, ref, alt, _, filters, info, keys, values = line.split("\t")[:10]
        given = dict(zip(keys.split(":"), values.split(":"), strict=False))
        record = Carried(
            chrom, int(pos), ref, alt, filters, info, given.get("GT", "."), given.get("PS", ".")
        )
        if record.copies:
            yield record
