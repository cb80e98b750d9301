"""bcftools csq with the simple rules on the benchmark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.hies_bench import rules
from benchmarks.hies_bench.adapter import Adapter, output
from benchmarks.hies_bench.case_file import Case
from benchmarks.hies_bench.prepared import (
    Carried,
    NotReadableError,
    carried,
    piped,
    prepare,
    reference_of,
)
from benchmarks.hies_bench.score import Said

IMPACT = {
    "splice_acceptor": rules.HIGH, "splice_donor": rules.HIGH, "stop_gained": rules.HIGH,
    "frameshift": rules.HIGH, "stop_lost": rules.HIGH, "start_lost": rules.HIGH,
    "missense": rules.MODERATE, "inframe_deletion": rules.MODERATE,
    "inframe_insertion": rules.MODERATE, "inframe_altering": rules.MODERATE,
}  # fmt: skip
"""Impacts of Ensembl VEP of the consequence types that bcftools csq names."""


def annotate(case: Case, vcf: Path, work: Path) -> Path:
    """Return a VCF with BCSQ; unphased genotypes are taken as they are (`-p a`).

    Raises:
        NotReadableError: bcftools csq refuses the file.
    """
    fasta, gff, _ = reference_of(case.build, work)
    out = vcf.with_suffix(".csq.vcf")
    piped([["bcftools", "csq", "-p", "a", "-f", str(fasta), "-g", str(gff), str(vcf)]], out)
    return out


def effects(vcf: Path) -> Iterator[rules.Effect]:
    """Yield the carried records with their worst consequence; `@pos` is the record at `pos`."""
    records = list(carried(vcf))
    told = {record.pos: _bcsq(record) for record in records}
    for record in records:
        words = _bcsq(record)
        if words.startswith("@"):
            words = told.get(int(words[1:].split(",")[0]), "")
        for gene in ("STAT3", "ZNF341"):
            impacts = {IMPACT.get(kind) for kind in _kinds(words, gene)}
            for impact in (rules.HIGH, rules.MODERATE):
                if impact in impacts:
                    yield rules.Effect(record, gene, impact)
                    break


def _bcsq(record: Carried) -> str:
    pairs = (part.partition("=") for part in record.info.split(";"))
    return next((value for key, _, value in pairs if key == "BCSQ"), "")


def _kinds(words: str, gene: str) -> Iterator[str]:
    for one in words.split(","):
        kinds, _, rest = one.partition("|")
        if rest.startswith(f"{gene}|"):
            yield from kinds.removeprefix("*").split("&")


def answer(cases: Sequence[Case], folder: Path, work: Path) -> list[Said]:
    """Return the answers, a case at a time."""
    return [_said(case, folder, work) for case in cases]


def _said(case: Case, folder: Path, work: Path) -> Said:
    try:
        vcf = annotate(case, prepare(case, [case.proband], folder, work), work)
    except NotReadableError as error:
        return Said(case.id, "cannot say", note=" ".join(str(error).split()))
    return rules.answer(case.id, list(effects(vcf)), phase=True)


ADAPTER = Adapter(
    name="bcftools-csq",
    title="bcftools csq + rules",
    needs=("bcftools", "samtools", "bgzip"),
    install="apt-get install bcftools samtools tabix",
    way="manual page of bcftools: `norm -m -any -c w -f`, then `csq -p a`; rules of `rules.py`",
    version=lambda: output(["bcftools", "--version"]).split("\n")[0].removeprefix("bcftools "),
    claims=("zygosity", "phase", "splicing", "input"),
    answer=answer,
)
