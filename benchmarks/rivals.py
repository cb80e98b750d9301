"""The other tools of `batches.py`: the commands that do comparable work, and what these need."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

from hies_annot.genes import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.transcripts import Exon, Transcript

GENOME = "loci"
"""Name of the SnpEff database of the two loci."""


def write_bed(path: Path) -> None:
    """Write the loci as BED (0-based, half open) with `chr` names."""
    loci = embedded_reference(Build.GRCH38, default_genes()).loci
    path.write_text("".join(f"chr{x.chrom}\t{x.start - 1}\t{x.end}\n" for x in loci))


def regions() -> str:
    """Return the loci as bcftools takes them (1-based inclusive)."""
    loci = embedded_reference(Build.GRCH38, default_genes()).loci
    return ",".join(f"chr{x.chrom}:{x.start}-{x.end}" for x in loci)


def write_gff(path: Path) -> None:
    """Write the transcripts that hies-annot uses as GFF3 in the manner of Ensembl."""
    reference = embedded_reference(Build.GRCH38, default_genes())
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
    """Return the shell text that cuts, normalises and annotates file by file."""
    fasta, bed, gff = (shlex.quote(str(work / x)) for x in ("chr.fa.gz", "loci.bed", "loci.gff3"))
    out = work / "bcftools_out"
    out.mkdir(exist_ok=True)
    return "\n".join(
        f"bcftools view -R {bed} -Ou {shlex.quote(str(file))} | bcftools norm -m -any -f {fasta} "
        f"-Ou - | bcftools csq -f {fasta} -g {gff} -p a -Ob -o {shlex.quote(str(out))}/"
        f"{file.name}.bcf - || exit 1"
        for file in files
    )


def build_snpeff(work: Path) -> None:
    """Make a SnpEff database of the loci from GFF3 and FASTA, without a network."""
    data = work / "snpeff/data" / GENOME
    data.mkdir(parents=True, exist_ok=True)
    (data / "genes.gff").write_bytes((work / "loci.gff3").read_bytes())
    fasta = subprocess.run(
        ["bgzip", "-dc", str(work / "chr.fa.gz")], capture_output=True, check=True
    )
    (data / "sequences.fa").write_bytes(fasta.stdout)
    config = work / "snpeff/snpEff.config"
    config.write_text(f"data.dir = {work / 'snpeff/data'}\n{GENOME}.genome : {GENOME}\n")
    command = [*snpeff(work, "build"), "-gff3", "-noCheckCds", "-noCheckProtein", "-noLog", GENOME]
    subprocess.run(command, check=True, capture_output=True)


def snpeff(work: Path, verb: str) -> list[str]:
    """Return the start of a SnpEff command."""
    return ["snpEff", "-Xmx3g", verb, "-c", str(work / "snpeff/snpEff.config")]


def snpeff_pipeline(files: list[Path], work: Path) -> str:
    """Return the shell text that annotates the cut loci, one start of SnpEff a file."""
    command = " ".join([*snpeff(work, "ann"), "-noStats", "-noLog", GENOME])
    bed, out = shlex.quote(str(work / "loci.bed")), shlex.quote(str(work / "snpeff_out.vcf"))
    return "\n".join(
        f"bcftools view -R {bed} {shlex.quote(str(file))} | {command} - > {out} || exit 1"
        for file in files
    )
