"""Speed of the annotation, and its consequences against `bcftools csq` (through pysam).

    python benchmarks/annotation.py [--every 1] [-o docs/benchmark-annotation.md]

Compared are every single-base change and all insertions and deletions of 1-3 bases in the coding
exons of the MANE transcripts and 20 bases around them. `--every 50` takes one of fifty.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pysam
import pysam.bcftools

from hies_annot.annotate.annotator import Annotator
from hies_annot.annotate.coding import CodingModel
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.model import Allele, Annotation
from hies_annot.reference.codons import THREE_LETTER
from hies_annot.reference.from_genome import padded_fasta
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele

PADDING = 20
GENES = default_genes()
REFERENCE = embedded_reference(Build.GRCH38, GENES)
CLASSES = {
    "splice_acceptor_variant": "splice_acceptor",
    "splice_donor_variant": "splice_donor",
    "stop_gained": "stop_gained",
    "frameshift_variant": "frameshift",
    "stop_lost": "stop_lost",
    "start_lost": "start_lost",
    "inframe_insertion": "inframe_insertion",
    "inframe_deletion": "inframe_deletion",
    "protein_altering_variant": "inframe_altering",
    "missense_variant": "missense",
    "splice_donor_5th_base_variant": "splice_region",
    "splice_region_variant": "splice_region",
    "splice_donor_region_variant": "splice_region",
    "splice_polypyrimidine_tract_variant": "intron",
    "start_retained_variant": "start_retained",
    "stop_retained_variant": "stop_retained",
    "synonymous_variant": "synonymous",
    "coding_sequence_variant": "coding_sequence",
    "5_prime_UTR_variant": "5_prime_utr",
    "3_prime_UTR_variant": "3_prime_utr",
    "intron_variant": "intron",
}
RANK = {name: rank for rank, name in enumerate(dict.fromkeys(CLASSES.values()))}
UNTRANSLATED = ("5_prime_utr", "3_prime_utr", "intron")
RANK |= {"inframe_altering": RANK["inframe_insertion"]}


def alleles(model: CodingModel, every: int) -> Iterator[Allele]:
    """Return the distinct alleles to compare, in order of position."""
    seen: set[Allele] = set()
    locus, transcript = model.locus, model.transcript
    count = 0
    for exon in sorted(transcript.exons, key=lambda exon: exon.start):
        if exon.end < transcript.cds_start or exon.start > transcript.cds_end:
            continue
        first, last = max(exon.start, transcript.cds_start), min(exon.end, transcript.cds_end)
        for position in range(first - PADDING, last + PADDING + 1):
            for ref, alt in changes(locus.bases(position, position + 3).upper()):
                count += 1
                if count % every:
                    continue
                allele = normalise_allele(REFERENCE, locus.chrom, position, ref, alt)
                if allele is not None and allele not in seen:
                    seen.add(allele)
                    yield allele


def changes(bases: str) -> Iterator[tuple[str, str]]:
    """Return REF and ALT of every small change at the first of four bases."""
    yield from ((bases[0], alt) for alt in "ACGT" if alt != bases[0])
    yield from ((bases[: size + 1], bases[0]) for size in (1, 2, 3))
    for size in (1, 2, 3):
        yield from ((bases[0], bases[0] + "".join(new)) for new in product("ACGT", repeat=size))


def csq(found: list[Allele], folder: Path) -> dict[Allele, tuple[str, str]]:
    """Return the consequences and the protein change that bcftools csq gives on MANE."""
    fasta, gff, vcf = padded_fasta(REFERENCE, folder), folder / "genes.gff3", folder / "in.vcf"
    gff.write_text("".join(gff_lines()), encoding="ascii")
    header = "##fileformat=VCFv4.2\n##contig=<ID=17>\n##contig=<ID=20>\n"
    columns = "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
    rows = sorted(enumerate(found), key=lambda pair: (pair[1].chrom, pair[1].pos))
    lines = [f"{a.chrom}\t{a.pos}\t{number}\t{a.ref}\t{a.alt}\t.\t.\t.\n" for number, a in rows]
    vcf.write_text(header + columns + "".join(lines), encoding="ascii")
    out = folder / "out.vcf"
    pysam.bcftools.csq(
        *("-f", str(fasta), "-g", str(gff), "-l", "--force", "-o", str(out), str(vcf)),
        catch_stdout=False,
    )
    return dict(read_csq(out, found))


def read_csq(path: Path, found: list[Allele]) -> Iterator[tuple[Allele, tuple[str, str]]]:
    """Return what stands in the BCSQ field of each record."""
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith("#"):
            continue
        fields = line.split("\t")
        text = fields[7].partition("BCSQ=")[2].split(";")[0]
        entries = [(entry.split("|") + [""] * 6)[:6] for entry in text.split(",") if entry]
        names = "&".join(entry[0].lstrip("*") for entry in entries) or "none"
        yield found[int(fields[2])], (names, next((e[5] for e in entries if e[5]), ""))


def gff_lines() -> Iterator[str]:
    """Return the MANE transcripts as the GFF3 that csq reads."""
    yield "##gff-version 3\n"
    for gene in GENES:
        transcript = REFERENCE.mane(gene.name)
        whole = f"{transcript.chrom}\thies\t{{}}\t{{}}\t{{}}\t.\t{transcript.strand}\t{{}}\t"
        span = (transcript.start, transcript.end, ".")
        name = transcript.accession
        yield whole.format("gene", *span) + f"ID=gene:{gene.name};biotype=protein_coding\n"
        yield whole.format("mRNA", *span) + (
            f"ID=transcript:{name};Parent=gene:{gene.name};biotype=protein_coding\n"
        )
        coding_before = 0
        for exon in transcript.exons:
            yield whole.format("exon", exon.start, exon.end, ".") + f"Parent=transcript:{name}\n"
            first, last = max(exon.start, transcript.cds_start), min(exon.end, transcript.cds_end)
            if first <= last:
                phase = -coding_before % 3
                yield whole.format("CDS", first, last, phase) + f"Parent=transcript:{name}\n"
                coding_before += last - first + 1
            yield from _utr(transcript.plus, whole, exon.start, exon.end, first, last, name)


def _utr(
    plus: bool,
    whole: str,
    start: int,
    end: int,
    first: int,
    last: int,
    name: str,
) -> Iterator[str]:
    if first > last:
        first, last = (end + 1, end) if first > end else (start, start - 1)
    for low, high, before in ((start, first - 1, plus), (last + 1, end, not plus)):
        if low <= high:
            kind = "five_prime_UTR" if before else "three_prime_UTR"
            yield whole.format(kind, low, high, ".") + f"Parent=transcript:{name}\n"


def our_class(annotation: Annotation) -> str:
    """Return our worst term in csq's words."""
    return min((CLASSES[term] for term in annotation.consequence), key=lambda name: RANK[name])


def csq_class(text: str) -> str:
    """Return csq's worst term."""
    names = text.split("&")
    return min(names, key=lambda name: RANK.get(name, len(RANK)))


def explain(  # noqa: C901 - a list of reasons, one after the other
    allele: Allele, ours: str, theirs: str, annotation: Annotation
) -> str:
    """Return why the two differ; `unexplained` is a finding."""
    splice = {"splice_acceptor", "splice_donor", "splice_region"}
    indel = len(allele.ref) != len(allele.alt)
    if allele.gene == "ZNF341" and (not indel or not {ours, theirs} & splice):
        if annotation.hgvs_p == "p.?":
            return "ZNF341: the codon is partly made up; csq reads it, we say p.?"
        if not indel:
            return "ZNF341: published names say more about the codon than its made-up bases"
    if indel and any("very edge of an exon" in note for note in annotation.notes):
        return (
            "insertion between the last base of an exon and the first of the intron: for us the "
            "exon gets longer (with a note), for csq the splice site changes"
        )
    if indel and ({ours, theirs} & splice):
        return (
            "indel at an exon's edge: we read it at its 3'-most place (HGVS) and say so in a note; "
            "csq asks whether the bases of the splice site come out the same"
        )
    if indel and {ours, theirs} <= {*UNTRANSLATED, "start_retained", "none"}:
        return "insertion or repeat at the edge of the coding region or of a window"
    if indel and "start" in ours + theirs:
        return "indel at the start codon: we ask whether the whole coding region still stands"
    if indel and (ours, theirs) == ("stop_gained", "frameshift"):
        return "frameshift whose first changed residue is a stop (HGVS: p.(Xaa1Ter))"
    if indel and "stop" in ours + theirs:
        return "indel that makes, loses or keeps a stop: we compare the proteins, csq the codons"
    if theirs == "coding_sequence":
        return "deletion over the end of the coding region: csq says no more than that"
    if indel and {ours, theirs} <= {"inframe_insertion", "inframe_deletion", "inframe_altering"}:
        return "in-frame indel that also changes a residue: csq says inframe_altering"
    return "unexplained"


def compare(every: int, folder: Path) -> tuple[list[str], int]:
    """Return the Markdown of the comparison and the number of unexplained differences."""
    annotator = Annotator(REFERENCE, GENES)
    found = [a for gene in GENES for a in alleles(annotator.models[gene.name][0], every)]
    theirs = csq(found, folder)
    table: Counter[tuple[str, str, str, str]] = Counter()
    examples: dict[tuple[str, str, str, str], str] = {}
    same, p_same, p_other = 0, 0, []
    for allele in found:
        annotation = annotator.annotate(allele)
        text, protein = theirs[allele]
        ours, other = our_class(annotation), csq_class(text)
        if ours == other:
            same += 1
        else:
            key = (allele.gene, ours, other, explain(allele, ours, other, annotation))
            table[key] += 1
            examples.setdefault(key, f"{allele.id} {annotation.hgvs_c} {annotation.hgvs_p}")
        stated = annotation.hgvs_p not in ("p.?", "p.(Met1?)")
        if len(allele.ref) == len(allele.alt) == 1 and protein and stated:
            if one_letter(annotation.hgvs_p or "") == protein:
                p_same += 1
            else:
                p_other.append(f"{allele.id}: {annotation.hgvs_p}, csq {protein}")
    summary = (
        f"{len(found):,} distinct alleles: {same:,} of the same class, "
        f"{len(found) - same:,} of another. Protein change of single bases: {p_same:,} equal, "
        f"{len(p_other):,} different.\n"
    )
    lines = [
        summary,
        *(f"- {text}" for text in p_other[:20]),
        "\n| gene | we say | csq says | count | why | example |\n|---|---|---|---|---|---|",
    ]
    for key, count in sorted(table.items(), key=lambda item: -item[1]):
        gene, ours, other, why = key
        lines.append(f"| {gene} | {ours} | {other} | {count:,} | {why} | {examples[key]} |")
    return lines, sum(n for key, n in table.items() if key[3] == "unexplained")


def one_letter(name: str) -> str:
    """Return `p.(Arg382Trp)` as csq writes it: `382R>382W`."""
    letters = {three: one for one, three in THREE_LETTER.items()}
    text = name.removeprefix("p.(").removesuffix(")")
    number = "".join(char for char in text.partition("ext")[0] if char.isdigit())
    old, _, new = text.partition("ext")[0].partition(number)
    if new == "=":
        return f"{number}{letters[old]}"
    return f"{number}{letters.get(old, '?')}>{number}{letters.get(new, '?')}"


def speed(seed: int) -> list[str]:
    """Return alleles annotated a second on one core: single bases, indels, and a usual mixture."""
    lines = ["| alleles | distinct alleles a second |\n|---|---|"]
    chooser = random.Random(seed)
    model = Annotator(REFERENCE, GENES).models["STAT3"][0]
    everything = list(alleles(model, 7))
    single = [a for a in everything if len(a.ref) == len(a.alt)]
    indels = [a for a in everything if len(a.ref) != len(a.alt)]
    mixture = chooser.sample(single, 900) + chooser.sample(indels, 100)
    for title, chosen in (
        ("single bases", single),
        ("insertions and deletions", chooser.sample(indels, 2000)),
        ("mixture, 9 of 10 single bases", mixture),
    ):
        annotator = Annotator(REFERENCE, GENES)
        start = time.process_time()
        for allele in chosen:
            annotator.annotate(allele)
        fresh = time.process_time() - start
        lines.append(f"| {title} ({len(chosen):,}) | {len(chosen) / fresh:,.0f} |")
        start = time.process_time()
        for allele in chosen:
            annotator.annotate(allele)
        again = time.process_time() - start
        lines.append(f"| the same again (remembered) | {len(chosen) / again:,.0f} |")
    return lines


def main() -> None:
    """Measure, compare, write the page; exit 1 if a difference is not explained."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--seed", type=int, default=341)
    parser.add_argument("-o", "--output", type=Path, default=Path("docs/benchmark-annotation.md"))
    options = parser.parse_args()
    fast = speed(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        lines, unexplained = compare(options.every, Path(folder))
    page = [
        "# Annotation: speed and comparison with bcftools csq\n",
        "Made by `python benchmarks/annotation.py`; do not edit.\n",
        "## Speed, one core, all transcripts\n",
        *fast,
        f"\n## Consequences against bcftools csq {pysam.version.__bcftools_version__}\n",
        *lines,
    ]
    options.output.write_text("\n".join(page) + "\n", encoding="utf-8")
    print("\n".join(page))
    raise SystemExit(1 if unexplained else 0)


if __name__ == "__main__":
    main()
