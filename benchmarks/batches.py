"""Batches against other tools: `python benchmarks/batches.py --work FOLDER [--exomes 500] ...`.

One command makes the inputs (seeded; about 2 GB in FOLDER, kept for the next run), runs hies-annot
and the other tools in turn, and writes `results.md` and `cohort.svg` beside itself (`-o` names
another folder). Needs bcftools, bgzip and samtools; SnpEff (Debian's `snpeff`) unless `--snpeff 0`.
`--libdeflate PYTHON` adds the runs of another Python, into which a pysam with libdeflate was built
(docs/performance.md). `--only exomes` or `--only cohort` repeats one half and keeps the figures of
the other.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import rivals
from batch_inputs import write_cohort, write_exomes
from batch_report import write_report
from measuring import RESULTS, in_turn

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.io.header.vcf_open import open_vcf
from hies_annot.io.windows.vcf import COHORT, read_windows
from hies_annot.read.undoubted import Undoubted
from hies_annot.reference.from_genome import padded_fasta
from hies_annot.reference.load import embedded_reference
from hies_annot.settings.call_thresholds import CallThresholds
from hies_annot.settings.callability_rules import CallabilityConfig

SEED = 7
RECORDS_IN_EXOME = 40_000
RECORDS_IN_COHORT = 3_000
RECORDS_IN_SMALLEST = 200
"""Records of a cohort that is just large enough to be read as one: start-up and little else."""
HERE = Path(__file__).resolve().parent


def main() -> None:
    """Make inputs, measure, write the report."""
    words = _arguments()
    if words.reading_pass:
        reading_pass(words.reading_pass)
        return
    work: Path = words.work.absolute()
    work.mkdir(parents=True, exist_ok=True)
    kept = work / "figures.json"
    figures = json.loads(kept.read_text()) if words.only and kept.exists() else {}
    if words.only in (None, "exomes"):
        figures["exomes"] = exomes(
            work,
            words.exomes,
            {rivals.LOCI: words.snpeff, rivals.GENOME: words.snpeff_genome},
            words.turns,
            words.libdeflate,
        )
        kept.write_text(json.dumps(figures))
    if words.only in (None, "cohort"):
        figures["cohort"] = cohort(work, words.samples, words.turns)
        kept.write_text(json.dumps(figures))
    write_report(figures, words.output)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--work", type=Path, default=Path("bench"))
    parser.add_argument("--exomes", type=int, default=500)
    parser.add_argument("--snpeff", type=int, default=20, help="files that SnpEff gets")
    parser.add_argument(
        "--snpeff-genome", type=int, default=2, help="the same, with a database like a genome's"
    )
    parser.add_argument("--samples", type=int, nargs="*", default=[1000, 2500, 5000, 7500, 10000])
    parser.add_argument("--libdeflate", type=Path, help="Python whose pysam has libdeflate")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--only", choices=["exomes", "cohort", "report"])
    parser.add_argument("-o", "--output", type=Path, default=HERE)
    parser.add_argument("--reading-pass", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def exomes(
    work: Path, count: int, snpeff: dict[str, int], turns: int, libdeflate: Path | None = None
) -> dict[str, object]:
    """Measure single-sample files; return the medians by name.

    `snpeff`: how many of the files SnpEff gets with each of its databases. `libdeflate`: a Python
    whose pysam unpacks with libdeflate, as bcftools does.
    """
    folder = work / f"exomes-{count}"
    if not (folder / "done").exists():
        write_exomes(folder, count, RECORDS_IN_EXOME, SEED)
        (folder / "done").touch()
    files = sorted(folder.glob("*.vcf.gz"))
    _prepare(work, [name for name, files_of_it in snpeff.items() if files_of_it])
    hies = [sys.executable, "-m", "hies_annot", "run", *map(str, files), "-q", "-o", RESULTS]
    pipe = work / "bcftools.sh"
    pipe.write_text(rivals.bcftools_pipeline(files, work))
    bcftools = ["sh", str(pipe), RESULTS]
    commands = {
        "hies-annot, all reports": hies,
        "bcftools view, norm, csq": bcftools,
        "hies-annot, no reports": [*hies, "--no-reports"],
        "hies-annot, all reports, --threads 2": [*hies, "--threads", "2"],
        "hies-annot, no reports, --threads 2": [*hies, "--no-reports", "--threads", "2"],
    }
    if libdeflate is not None:
        other = [str(libdeflate.absolute()), *hies[1:]]
        commands["hies-annot, all reports, pysam with libdeflate"] = other
        commands["hies-annot, no reports, pysam with libdeflate"] = [*other, "--no-reports"]
    part = {}
    for name, first in snpeff.items():
        if first:
            script = work / f"snpeff-{name}.sh"
            script.write_text(rivals.snpeff_pipeline(files[:first], work, name))
            commands[f"SnpEff, {name}"] = ["sh", str(script), RESULTS]
            part[f"SnpEff, {name}"] = min(first, len(files))
    costs = in_turn(commands, turns, work / "out")
    return {
        "files": len(files),
        "bytes": sum(file.stat().st_size for file in files),
        "records": RECORDS_IN_EXOME,
        "part": part,
        "turns": turns,
        "costs": {name: asdict(cost) for name, cost in costs.items()},
    }


def _prepare(work: Path, snpeff: list[str]) -> None:
    """Make what the other tools need: BED, GFF3, FASTA with `chr` names, SnpEff's databases."""
    reference = embedded_reference(Build.GRCH38, default_genes())
    rivals.write_bed(work / "loci.bed")
    rivals.write_gff(work / "loci.gff3")
    if not (work / "chr.fa.gz.fai").exists():
        padded = padded_fasta(reference, work / "cache", {"17": "chr17", "20": "chr20"})
        rivals.write_chr_fasta(padded, work / "chr.fa.gz")
    for name in snpeff:
        rivals.build_snpeff(work, name)


def cohort(work: Path, sizes: list[int], turns: int) -> list[dict[str, object]]:
    """Measure joint-called BCFs of several sizes: bcftools, the reading pass, the whole."""
    return [_one_cohort(work, size, turns) for size in sizes]


def _one_cohort(work: Path, size: int, turns: int) -> dict[str, object]:
    path, carried = _made(work / f"cohort/{size}.bcf", size, RECORDS_IN_COHORT)
    smallest, _ = _made(work / "cohort/smallest.bcf", COHORT + 1, RECORDS_IN_SMALLEST)
    view = ["bcftools", "view", "-H", "-r", rivals.regions(), "-o", "/dev/null", str(path)]
    costs = in_turn(
        {
            "bcftools view -r": view,
            "reading pass": [sys.executable, __file__, "--reading-pass", str(path)],
            "start-up": [sys.executable, __file__, "--reading-pass", str(smallest)],
        },
        turns,
        work / "out",
    )
    hies = [sys.executable, "-m", "hies_annot", "run", str(path), "-q", "--no-reports"]
    (whole,) = in_turn({"whole": [*hies, "-o", RESULTS]}, 1, work / "out").values()
    print(f"{size} samples: whole {whole.wall:.1f} s, {whole.memory:.0f} MB", flush=True)
    return {
        "samples": size,
        "bytes": path.stat().st_size,
        "carried": carried,
        "costs": {name: asdict(cost) for name, cost in {**costs, "whole": whole}.items()},
    }


def _made(path: Path, samples: int, records: int) -> tuple[Path, int]:
    """Return a cohort, made where it is not there yet, and its number of non-hom-ref calls."""
    count = path.with_suffix(".carried")
    if not count.exists():
        count.write_text(str(write_cohort(path, samples, records, SEED)))
    return path, int(count.read_text())


def reading_pass(path: Path) -> None:
    """Read a cohort and find the carriers of each record, without any work on these."""
    loci = embedded_reference(Build.GRCH38, default_genes()).loci
    windows = tuple((locus.chrom, locus.start, locus.end) for locus in loci)
    plain = Undoubted(CallThresholds(), CallabilityConfig(), None)
    found = sum(len(plain.others(line)) for line in read_windows(open_vcf(path), windows))
    print(found)


if __name__ == "__main__":
    main()
