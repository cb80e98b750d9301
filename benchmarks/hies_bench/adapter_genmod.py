"""genmod on the benchmark: its patterns of inheritance on what bcftools csq calls HIGH or MODERATE.

genmod judges no consequence; its manual runs it on annotated and filtered files. The patient counts as affected.
With `--phased` it reads phase in families only (3.12.0): every pair in a single person is a compound, in cis or not,
so that phase is not claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.hies_bench import adapter_csq, rules
from benchmarks.hies_bench.adapter import Adapter, output
from benchmarks.hies_bench.case_file import NO_FINDING, Case, pedigree
from benchmarks.hies_bench.prepared import NotReadableError, carried, piped, prepare
from benchmarks.hies_bench.score import Said

from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.reference.load import embedded_reference

DOMINANT, HOMOZYGOUS, COMPOUND = {"AD", "AD_dn"}, {"AR_hom", "AR_hom_dn"}, {"AR_comp", "AR_comp_dn"}


def models(case: Case, folder: Path, work: Path) -> Iterator[tuple[rules.Effect, set[str]]]:
    """Yield each effect in the patient with the patterns that genmod gives its record.

    Raises:
        NotReadableError: bcftools or genmod refuses the file.
    """
    vcf = adapter_csq.annotate(case, prepare(case, case.people, folder, work), work)
    effects = [effect for effect in adapter_csq.effects(vcf) if rules.takes_part(effect)]
    if not effects:
        return
    kept = {(e.record.chrom, str(e.record.pos), e.record.ref, e.record.alt) for e in effects}
    lines = vcf.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    chosen = ["\t".join(c) for c in cells if (c[0], c[1], c[3], c[4]) in kept]
    part, ped, out = (vcf.with_suffix(end) for end in (".part.vcf", ".ped", ".models.vcf"))
    part.write_text("\n".join([*(line for line in lines if line.startswith("#")), *chosen]) + "\n")
    ped.write_text(_affected(case))
    phased = ["--phased"] if any(e.record.phase_set != "." for e in effects) else []
    piped(
        [
            ["genmod", "annotate", "-r", "--region-file", str(_genes(case.build, work)), str(part)],
            ["genmod", "models", "-f", str(ped), *phased, "-"],
        ],
        out,
    )
    found = {record.key: _models(record.info) for record in carried(out)}
    yield from ((effect, found.get(effect.record.key, set())) for effect in effects)


def _genes(build: str, work: Path) -> Path:
    """Return a BED (0-based, half open) of the two genes, as genmod takes it."""
    bed = work / f"{build}.genes.bed"
    if not bed.exists():
        genes = embedded_reference(Build(build), default_genes()).transcripts.items()
        bed.write_text(
            "".join(
                f"{models[0].chrom}\t{min(m.start for m in models) - 1}\t{max(m.end for m in models)}\t{gene}\n"
                for gene, models in genes
            )
        )
    return bed


def _affected(case: Case) -> str:
    first, *rest = pedigree(case).splitlines(keepends=True)
    return "".join([first.rpartition("\t")[0] + "\t2\n", *rest])


def _models(info: str) -> set[str]:
    pairs = (part.partition("=") for part in info.split(";"))
    value = next((value for key, _, value in pairs if key == "GeneticModels"), "")
    return set(value.partition(":")[2].split("|"))


def _said(case: Case, folder: Path, work: Path) -> Said:
    try:
        found = list(models(case, folder, work))
    except NotReadableError as error:
        return Said(case.id, "cannot say", note=" ".join(str(error).split()))
    proven = bool(case.proband.father or case.proband.mother)
    told = [(effect, names, word_of(effect, names, proven)) for effect, names in found]
    best = min((word for *_, word in told), key=rules.ORDER.index, default=NO_FINDING)
    if best == NO_FINDING:
        return Said(case.id, best)
    named = [effect for effect, _, word in told if word == best]
    alleles = ",".join(sorted({rules.named(effect.record) for effect in named}))
    pair = best == "explains" and any(names & COMPOUND for _, names, _ in told)
    return Said(case.id, best, named[0].gene, alleles, "trans" if pair else "")


def word_of(effect: rules.Effect, names: set[str], proven: bool) -> str:
    """Return what one allele says; a pair is proven by parents: of one person every pair is one."""
    sure = effect.impact == rules.HIGH
    if effect.gene == "STAT3":
        fits = names & DOMINANT
        return ("explains" if sure else "may explain") if fits else NO_FINDING
    if names & HOMOZYGOUS:
        return "explains" if sure else "may explain"
    if names & COMPOUND:
        return "explains" if proven and sure else "may explain"
    return "carrier" if sure else NO_FINDING


def answer(cases: Sequence[Case], folder: Path, work: Path) -> list[Said]:
    """Return the answers to the categories that genmod claims; it is started twice a case."""
    return [_said(case, folder, work) for case in cases if case.category in ADAPTER.claims]


ADAPTER = Adapter(
    name="genmod",
    title="bcftools csq + genmod + rules",
    needs=("genmod", "bcftools", "samtools", "bgzip"),
    install="pip install genmod; apt-get install bcftools samtools tabix",
    way="genmod's README: `annotate -r --region-file` with the two genes, then `models -f PED` (`--phased` where PS is given)",
    version=lambda: output(["genmod", "--version"]).split()[-1],
    claims=("zygosity", "family"),
    answer=answer,
)
