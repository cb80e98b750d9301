"""Published names through the tools that name changes: `python -m benchmarks.hies_bench names`.

Names of ClinVar (`tests/data/clinvar_truth.tsv`, with variation ids) are asked for c. and p., protein changes of
UniProt humsavar and papers (`resources/evidence/known_variants.tsv`, a source a row) for p. only; on both builds.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from benchmarks.hies_bench import adapter_snpeff
from benchmarks.hies_bench.adapter import output
from benchmarks.hies_bench.prepared import piped, reference_of
from Bio.SeqUtils import seq3

from hies_annot.annotate.annotator import Annotator
from hies_annot.evidence.curated import read_known
from hies_annot.evidence.known_alleles import KNOWN
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele
from hies_annot.reference.sequence import Reference
from hies_annot.reference.transcripts import Transcript
from hies_annot.shipped import resource_path

FILE = Path(__file__).with_name("names.tsv")
TRUTH = Path(__file__).parents[2] / "tests/data/clinvar_truth.tsv"
Key = tuple[str, int, str, str]
Named = Mapping[Key, tuple[str, str]]
"""c. and p. of alleles by chromosome (`17`), position, REF and ALT; an empty text is not told."""


@dataclass(frozen=True)
class Counts:
    """How often a tool's names of one kind (`c` or `p`) are the published ones; `other` lists the rest."""

    tool: str
    version: str
    kind: str
    equal: int
    differing: int
    not_told: int
    other: str


def published() -> dict[Key, tuple[str, str]]:
    """Return published names by their place on GRCh38."""
    lines = [x for x in TRUTH.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t")
    found = {
        (row["chrom"], int(row["pos"]), row["ref"], row["alt"]): (row["hgvs_c"], row["hgvs_p"])
        for row in rows
    }
    for known in read_known(resource_path(KNOWN)):
        key = (known.chrom, known.pos, known.ref, known.alt)
        if known.hgvs_p.startswith("p.("):
            found.setdefault(key, ("", known.hgvs_p))
    return found


def plain(name: str) -> str:
    """Return a name as it is compared.

    No accession, no brackets, no bases after `del` or `dup`, Ter for *, a frameshift by its residue only.
    """
    bare = name.rpartition(":")[2].replace("(", "").replace(")", "").replace("*", "Ter")
    bare = re.sub(r"(del|dup)[ACGT]+$", r"\1", bare)
    return re.sub(r"^(p\.[A-Z][a-z]{2}\d+)(?:[A-Z][a-z]{2})?fs.*", r"\1fs", bare)


def _ours(keys: Sequence[Key], build: Build, _: Path) -> Named:
    genes = default_genes()
    reference = embedded_reference(build, genes)
    annotator = Annotator(reference, genes)
    found = {}
    for key in keys:
        allele = normalise_allele(reference, *key)
        if allele is not None:
            told = annotator.annotate(allele)
            found[key] = (told.hgvs_c or "", told.hgvs_p or "")
    return found


def _snpeff(keys: Sequence[Key], build: Build, work: Path) -> Named:
    sites = {
        (f"chr{chrom}", pos, ref, alt, "."): (chrom, pos, ref, alt) for chrom, pos, ref, alt in keys
    }
    found = {}
    for site, entries in adapter_snpeff.annotate(sites, build, work).items():
        mane = [e for e in entries if len(e) > 10 and _mane(e[6])]
        if mane:
            found[sites[site]] = (mane[0][9], mane[0][10])
    return found


def _mane(name: str) -> bool:
    return name.removeprefix("transcript:") in {model.accession for model in _models(Build.GRCH38)}


def _csq(keys: Sequence[Key], build: Build, work: Path) -> Named:
    fasta, gff, _ = reference_of(str(build), work)
    vcf, out = work / f"{build}.names.vcf", work / f"{build}.names.csq.vcf"
    lines = ["##fileformat=VCFv4.2", "##contig=<ID=chr17>", "##contig=<ID=chr20>",
             "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO"]  # fmt: skip
    lines += [f"chr{c}\t{p}\t.\t{r}\t{a}\t.\t.\t." for c, p, r, a in sorted(keys)]
    vcf.write_text("\n".join(lines) + "\n")
    piped([["bcftools", "csq", "-l", "-f", str(fasta), "-g", str(gff), str(vcf)]], out)
    found = {}
    for line in out.read_text().splitlines():
        if not line.startswith("#"):
            chrom, pos, _, ref, alt, *_, info = line.split("\t")[:8]
            entries = [entry.split("|") for entry in info.partition("BCSQ=")[2].split(",")]
            changes = [_protein(e[5]) for e in entries if len(e) > 5 and _mane(e[2])]
            found[chrom[3:], int(pos), ref, alt] = ("", changes[0] if changes else "")
    return found


def _protein(change: str) -> str:
    """Return a change of one residue in HGVS; csq does not name others so."""
    found = re.fullmatch(r"(\d+)([A-Z])>\1([A-Z*])", change)
    return f"p.{seq3(found[2])}{found[1]}{seq3(found[3])}" if found else ""


class _Chromosome:
    """A chromosome as pyhgvs reads it: slices, 0-based and half open."""

    def __init__(self, reference: Reference, chrom: str) -> None:
        self._locus = next(locus for locus in reference.loci if locus.chrom == chrom)

    def __getitem__(self, part: slice) -> str:
        return self._locus.bases(part.start + 1, part.stop)


def _pyhgvs(keys: Sequence[Key], build: Build, _: Path) -> Named:
    pyhgvs, utils = import_module("pyhgvs"), import_module("pyhgvs.utils")
    genome = {c: _Chromosome(embedded_reference(build, default_genes()), c) for c in ("17", "20")}
    models = {model.chrom: utils.make_transcript(_gene_pred(model)) for model in _models(build)}
    return {
        key: (pyhgvs.format_hgvs_name(*key[:2], key[2], key[3], genome, models[key[0]]), "")
        for key in keys
    }


def _models(build: Build) -> list[Transcript]:
    return [models[0] for models in embedded_reference(build, default_genes()).transcripts.values()]


def _gene_pred(model: Transcript) -> dict[str, object]:
    """Return a transcript in the fields of UCSC's genePred, starts 0-based."""
    return {
        "id": model.accession, "gene_name": model.gene, "chrom": model.chrom, "strand": model.strand,
        "start": model.start - 1, "end": model.end,
        "cds_start": model.cds_start - 1, "cds_end": model.cds_end,
        "exons": sorted((exon.start - 1, exon.end) for exon in model.exons),
    }  # fmt: skip


def _pyhgvs_version() -> str:
    return str(import_module("importlib.metadata").version("pyhgvs"))


TOOLS: dict[str, tuple[Callable[[], bool], Callable[[], str], Callable[[Sequence[Key], Build, Path], Named]]] = {
    "hies-annot": (lambda: True, lambda: "this checkout", _ours),
    "SnpEff": (lambda: bool(shutil.which("snpEff")), adapter_snpeff.ADAPTER.version, _snpeff),
    "bcftools csq": (
        lambda: bool(shutil.which("bcftools")),
        lambda: output(["bcftools", "--version"]).split()[1],
        _csq,
    ),
    "pyhgvs": (lambda: find_spec("pyhgvs") is not None, _pyhgvs_version, _pyhgvs),
}  # fmt: skip


def counts(tool: str, work: Path) -> Iterator[Counts]:
    """Yield how a tool's c. and p. names compare; all builds together."""
    wanted = published()
    _, version, name = TOOLS[tool]
    told = {build: _on(build, list(wanted), work, name) for build in Build}
    for place, kind in enumerate("cp"):
        pairs = [
            (plain(names[place]), plain(told[build].get(key, ("", ""))[place]))
            for build in Build
            for key, names in wanted.items()
            if names[place]
        ]
        other = sorted({f"{one} not {right}" for right, one in pairs if one and one != right})
        equal, silent = sum(a == b for a, b in pairs), sum(not b for _, b in pairs)
        yield Counts(
            tool, version(), kind, equal, len(pairs) - equal - silent, silent, "; ".join(other)
        )


def _on(
    build: Build,
    keys: Sequence[Key],
    work: Path,
    name: Callable[[Sequence[Key], Build, Path], Named],
) -> Named:
    shift = {gene.file.chrom: -gene.file.offset(build) for gene in default_genes()}
    moved = {(c, pos + shift[c], ref, alt): (c, pos, ref, alt) for c, pos, ref, alt in keys}
    return {moved[key]: names for key, names in name(list(moved), build, work).items()}


def kept() -> list[Counts]:
    """Return the counts that are kept."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [
        Counts(
            row["tool"], row["version"], row["kind"],
            int(row["equal"]), int(row["differing"]), int(row["not_told"]), row["other"],
        )
        for row in rows
    ]  # fmt: skip


def write(work: Path) -> None:
    """Run every tool that is here and keep the counts; those of a tool that is not here stay."""
    work.mkdir(parents=True, exist_ok=True)
    before = kept() if FILE.exists() else []
    rows = [
        one
        for tool, (here, *_) in TOOLS.items()
        for one in (counts(tool, work) if here() else [old for old in before if old.tool == tool])
    ]
    with FILE.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out, delimiter="\t", lineterminator="\n")
        table.writerow(Counts.__dataclass_fields__)
        table.writerows(map(astuple, rows))
