"""The other tools of `batches.py`: the commands that do comparable work, and what these need."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build, contigs
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.transcripts import Exon, Transcript

LOCI, GENOME = "loci", "genome"
"""Names of the SnpEff databases: of the two genes only, and with as many genes as a genome has."""

MADE_UP_GENES = 20_000
"""Genes of the large database: about the protein-coding ones of a genome, and no other."""

_TRANSCRIPTS, _EXONS = 4, 10
"""Of each made-up gene."""


def write_bed(path: Path) -> None:
    """Write the loci as BED (0-based, half open) with `chr` names."""
    loci = embedded_reference(Build.GRCH38, default_genes()).loci
    path.write_text("".join(f"chr{x.chrom}\t{x.start - 1}\t{x.end}\n" for x in loci))


def regions(build: Build = Build.GRCH38) -> str:
    """Return the loci as bcftools takes them (1-based inclusive)."""
    loci = embedded_reference(build, default_genes()).loci
    return ",".join(f"chr{x.chrom}:{x.start}-{x.end}" for x in loci)


def write_gff(path: Path, *, made_up: int = 0, build: Build = Build.GRCH38) -> None:
    """Write the transcripts that hies-annot uses as GFF3 in the manner of Ensembl.

    `made_up` genes are spread over the two chromosomes, outside of the loci on both builds.
    """
    reference = embedded_reference(build, default_genes())
    lines = ["##gff-version 3"]
    for gene, transcripts in reference.transcripts.items():
        spans = [(model.start, model.end) for model in transcripts]
        first = transcripts[0]
        start, end = min(span[0] for span in spans), max(span[1] for span in spans)
        lines.append(
            f"chr{first.chrom}\t.\tgene\t{start}\t{end}\t.\t{first.strand}\t.\t"
            f"ID=gene:{gene};Name={gene};biotype=protein_coding;gene_id={gene}"
        )
        for model in transcripts:
            lines += _transcript(model)
    for place in range(made_up):
        lines += _made_up_gene(place, made_up)
    path.write_text("\n".join(lines) + "\n")


def _transcript(model: Transcript) -> list[str]:
    name = model.accession
    place, end = f"chr{model.chrom}\t.", f".\t{model.strand}"
    first = (
        f"{place}\tmRNA\t{model.start}\t{model.end}\t{end}\t.\t"
        f"ID=transcript:{name};Parent=gene:{model.gene};biotype=protein_coding"
    )
    lines = [first]
    done = 0
    for exon in model.exons:
        lines.append(f"{place}\texon\t{exon.start}\t{exon.end}\t{end}\t.\tParent=transcript:{name}")
        coding = _coding(model, exon)
        if coding is None:
            continue
        phase = (3 - done % 3) % 3
        done += coding[1] - coding[0] + 1
        lines.append(
            f"{place}\tCDS\t{coding[0]}\t{coding[1]}\t{end}\t{phase}\t"
            f"ID=CDS:{model.protein};Parent=transcript:{name};protein_id={model.protein}"
        )
    return lines


def _made_up_gene(place: int, many: int) -> list[str]:
    """Return gene number `place` of `many`, evenly spaced; none beside a locus."""
    found = contigs(Build.GRCH38)
    lengths = {chrom: found[chrom].length for chrom in ("17", "20")}
    start = 1_000 + place * (sum(lengths.values()) - 20_000) // many
    chrom = "17" if start + 6_000 < lengths["17"] else "20"
    start = start if chrom == "17" else max(1_000, start - lengths["17"])
    for locus in embedded_reference(Build.GRCH38, default_genes()).loci:
        if locus.chrom == chrom and abs(start - locus.start) < 200_000:
            return []
    strand, gene = "+-"[place % 2], f"MADEUP{place}"
    head, tail = f"chr{chrom}\t.", f".\t{strand}"
    span = f"{start}\t{start + 4_999}\t{tail}\t."
    lines = [f"{head}\tgene\t{span}\tID=gene:{gene};Name={gene};biotype=protein_coding"]
    for number in range(_TRANSCRIPTS):
        name = f"{gene}.{number}"
        parent = f"Parent=transcript:{name}"
        lines.append(
            f"{head}\tmRNA\t{span}\tID=transcript:{name};Parent=gene:{gene};biotype=protein_coding"
        )
        for first in range(start, start + 500 * _EXONS, 500):
            lines.append(f"{head}\texon\t{first}\t{first + 149}\t{tail}\t.\t{parent}")
            lines.append(f"{head}\tCDS\t{first}\t{first + 149}\t{tail}\t0\tID=CDS:{name};{parent}")
    return lines


def _coding(model: Transcript, exon: Exon) -> tuple[int, int] | None:
    start, end = max(exon.start, model.cds_start), min(exon.end, model.cds_end)
    return (start, end) if start <= end else None


def write_chr_fasta(padded: Path, path: Path) -> None:
    """Write a reference with `chr` names and its index (bcftools matches names exactly)."""
    text = subprocess.run(["bgzip", "-dc", str(padded)], capture_output=True, check=True).stdout
    named = text.replace(b">", b">chr") if b">chr" not in text else text
    with path.open("wb") as out:
        subprocess.run(["bgzip", "-c"], input=named, stdout=out, check=True)
    subprocess.run(["samtools", "faidx", str(path)], check=True)


def bcftools_pipeline(files: list[Path], work: Path) -> str:
    """Return the shell text that cuts, normalises and annotates file by file, into the folder `$1`."""
    fasta, bed, gff = (shlex.quote(str(work / x)) for x in ("chr.fa.gz", "loci.bed", "loci.gff3"))
    return "\n".join(
        f"bcftools view -R {bed} -Ou {shlex.quote(str(file))} | bcftools norm -m -any -f {fasta} "
        f"-Ou - | bcftools csq -f {fasta} -g {gff} -p a -Ob -o "
        f'"$1"/{file.name}.bcf - || exit 1'
        for file in files
    )


def build_snpeff(work: Path, name: str) -> None:
    """Make a SnpEff database of GFF3 and FASTA, without a network; one that is there is kept."""
    data, config = work / "snpeff/data" / name, work / "snpeff/snpEff.config"
    if (data / "snpEffectPredictor.bin").exists():
        return
    data.mkdir(parents=True, exist_ok=True)
    write_gff(data / "genes.gff", made_up=MADE_UP_GENES if name == GENOME else 0)
    fasta = subprocess.run(
        ["bgzip", "-dc", str(work / "chr.fa.gz")], capture_output=True, check=True
    )
    (data / "sequences.fa").write_bytes(fasta.stdout)
    genomes = "".join(f"{known}.genome : {known}\n" for known in (LOCI, GENOME))
    config.write_text(f"data.dir = {work / 'snpeff/data'}\n{genomes}")
    command = [*snpeff(work, "build"), "-gff3", "-noCheckCds", "-noCheckProtein", "-noLog", name]
    subprocess.run(command, check=True, capture_output=True)


def snpeff(work: Path, verb: str) -> list[str]:
    """Return the start of a SnpEff command."""
    return ["snpEff", "-Xmx6g", verb, "-c", str(work / "snpeff/snpEff.config")]


def snpeff_pipeline(files: list[Path], work: Path, name: str) -> str:
    """Return the shell text that annotates the cut loci, one start of SnpEff a file; results in `$1`."""
    command = " ".join([*snpeff(work, "ann"), "-noStats", "-noLog", name])
    bed = shlex.quote(str(work / "loci.bed"))
    return "\n".join(
        f'bcftools view -R {bed} {shlex.quote(str(file))} | {command} - > "$1"/snpeff.vcf || exit 1'
        for file in files
    )
