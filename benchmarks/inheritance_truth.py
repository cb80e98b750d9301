"""Compare our answers with the inheritance tables of another tool, row by row.

`python benchmarks/inheritance_truth.py FOLDER` with the tables `ARTests.tsv` and
`ArCompoundTests.tsv` (public repository molgenis/vip-inheritance-matcher, src/test/resources).
Each row is written as a VCF and a PED of ZNF341 and read back by our own readers; every ALT
counts as pathogenic. The tables answer true, false or possible. Ours: `relevant` is true,
`possible` is possible, `carrier` and no finding are false.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hies_annot.findings.resolve import resolve
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build, contigs
from hies_annot.model import (
    Evidence,
    Finding,
    JudgedCall,
    SampleSpec,
    Status,
    Support,
    Verdict,
)
from hies_annot.phase.relatives import Relative, collect_calls
from hies_annot.read.one_pass import ReadingRules
from hies_annot.read.samples import Unreadable, read_group
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.sequence import LocusSequence
from hies_annot.settings.call_thresholds import CallThresholds
from hies_annot.sheet.family_faults import check_families
from hies_annot.sheet.kin import kin_table
from hies_annot.sheet.ped import apply, read_ped

PEOPLE = ("proband", "father", "mother", "brother")
PHENOTYPE = {"AFFECTED": "2", "UNAFFECTED": "1", "MISSING": "0", "": "0"}
SEX = {"father": "1", "mother": "2", "brother": "1"}
CONDITION = "ZNF341-AR-HIES"
EXPLAINED = {
    "S": "the relatives' disease state decides there; here it is told as a conflict, not hidden",
    "U": "a relative of unknown state or without data makes it uncertain there, not here",
    "O": "a relative homozygous for another ALT of the record makes it uncertain there, not here",
    "R": "two ALTs of one record (1/2) are the two hits here, in trans by themselves",
    "H": "that table asks for pairs only; here the homozygous allele is a finding by itself",
    "N": "a place without a call is a possible hit there; here nothing is found, and the sample "
    "is carrier (worksheet) or inconclusive",
    "D": "one allele is in neither parent: new and inherited alleles stay unphased here",
    "T": "phase set against trio: the trio wins here, the conflict is told",
}
REASONS = {
    "S": "Mixed3 FatherIsHom2",
    "U": "Unknown1 Unknown2 regularBrotherMissingFromVcf regularBrotherMissingFromVcf_switched",
    "O": "MultiAllelic4 MultiAllelic6 MultiAllelic7 MultiAllelic9 MultiAllelic11",
    "R": "MultiAllelic3 MultiAllelic10 multiallelic1 multiallelic3 multiallelic10 "
    "multiallelicPhased5 multiallelicPhased6",
    "H": "missing5 multiallelic2",
    "N": "Mixed8 mixed2 mixed3 missing6 phasedNull phasedNull2",
    "D": "BrotherUnaffectedHasOne BrotherAffectedHasBoth mixedPhased mixedPhased2",
    "T": "phasedProbandBothSameAllele",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with our answer."""

    table: str
    name: str
    expected: str
    ours: str
    status: str
    phase: str
    reason: str


def main() -> int:
    """Print all rows; the exit code is 1 if a disagreement has no explanation."""
    folder = Path(sys.argv[1])
    rows = [
        answer(table, row)
        for table in ("ARTests.tsv", "ArCompoundTests.tsv")
        for row in csv.DictReader((folder / table).open(encoding="utf-8"), delimiter="\t")
    ]
    print("table\trow\texpected\tours\tstatus\tphase\tverdict")
    for row in rows:
        verdict = "agrees" if row.ours == row.expected else f"differs ({row.reason or '?'})"
        fields = (row.table, row.name, row.expected, row.ours, row.status, row.phase, verdict)
        print("\t".join(fields))
    counts = Counter(row.reason or "?" for row in rows if row.ours != row.expected)
    agreeing = len(rows) - sum(counts.values())
    print(f"# {agreeing} of {len(rows)} rows agree")
    for code, number in sorted(counts.items()):
        print(f"# {number} differ: {EXPLAINED.get(code, 'not explained')}")
    return 1 if counts["?"] else 0


def answer(table: str, row: dict[str, str]) -> Row:
    """Run one row through VCF, PED, reading and resolving."""
    with TemporaryDirectory() as folder:
        findings = run_family(Path(folder), row)
    top = findings[0] if findings else None
    ours = {Status.RELEVANT: "true", Status.POSSIBLE: "possible"}
    ours_word = ours.get(top.status, "false") if top else "false"
    return Row(
        table=table.removesuffix(".tsv"),
        name=row["name"],
        expected=row["expected"],
        ours=ours_word,
        status=top.status.value if top else "none",
        phase=top.phase.value if top else "-",
        reason=explain(row["name"], findings),
    )


def explain(name: str, findings: tuple[Finding, ...]) -> str:
    """Return the code of the rule that parts us from the table, for rows that differ."""
    reasons = [reason for finding in findings for reason in finding.reasons]
    if any(reason.startswith("conflict: the") for reason in reasons):
        return "S"
    return next((code for code, names in REASONS.items() if name in names.split()), "")


# --- the row as files ------------------------------------------------------


def run_family(folder: Path, row: dict[str, str]) -> tuple[Finding, ...]:
    """Write a row as VCF and PED, read both back, and resolve the proband."""
    gene = default_genes()[1]
    references = {build: embedded_reference(build, default_genes()) for build in Build}
    thresholds = CallThresholds()
    vcf, ped = folder / "family.vcf", folder / "family.ped"
    vcf.write_text(vcf_text(row, references[Build.GRCH38].locus(gene.name)), encoding="utf-8")
    ped.write_text(ped_text(row), encoding="utf-8")
    pedigree = read_ped(ped)
    people = apply((SampleSpec(sample=one.sample, vcf=str(vcf)) for one in pedigree), pedigree)
    faults = check_families(people, pedigree)
    if faults:
        raise ValueError(f"{row['name']}: {faults}")
    rules = ReadingRules(references, thresholds, None)
    found = read_group(vcf, people, rules, relatives=frozenset(PEOPLE))
    child = people[0]
    records = found[child.sample]
    if isinstance(records, Unreadable):
        raise TypeError(f"{row['name']}: {records.reason}")
    judged = tuple(
        JudgedCall(call, None, Evidence(), {CONDITION: pathogenic()}) for call in records.calls
    )
    wanted = [call.allele for call in records.calls if call.carried]
    relatives = []
    for member in kin_table((child,), people)[child.sample]:
        theirs = found[member.spec.sample]
        if not isinstance(theirs, Unreadable):
            calls = collect_calls(wanted, theirs.calls)
            relatives.append(Relative(member.role, member.spec.sample, member.spec.affected, calls))
    return resolve(gene, judged, tuple(relatives), child, thresholds)


def pathogenic() -> Verdict:
    """Return the verdict that every ALT of the tables gets."""
    return Verdict(CONDITION, Support.PATHOGENIC, "curated", ())


def ped_text(row: dict[str, str]) -> str:
    """Return the family of a row as PED; the brother only where the row has one."""
    lines = ["#family\tindividual\tfather\tmother\tsex\tphenotype"]
    for person in PEOPLE:
        if person == "brother" and not row["brotherAffectedStatus"]:
            continue
        parents = "0\t0" if person in ("father", "mother") else "father\tmother"
        sex = "1" if person == "proband" else SEX[person]
        phenotype = PHENOTYPE[row[f"{person}AffectedStatus"]]
        lines.append(f"F\t{person}\t{parents}\t{sex}\t{phenotype}")
    return "\n".join(lines) + "\n"


def vcf_text(row: dict[str, str], locus: LocusSequence) -> str:
    """Return the genotypes of a row as VCF: one record, or two 60 bases apart."""
    people = [p for p in PEOPLE if row[f"{p}Gt"] or p != "brother"]
    chromosome = contigs(Build.GRCH38)[locus.chrom]
    header = [
        "##fileformat=VCFv4.3",
        f"##contig=<ID=chr{chromosome.chrom},length={chromosome.length}>",
        "\t".join(("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT", *people)),
    ]
    places = known_places(locus, 2, distance=60)
    suffixes = ["Gt", "OtherGt"] if "probandOtherGt" in row else ["Gt"]
    records = [
        record(locus, place, people, [row[f"{person}{suffix}"] for person in people])
        for place, suffix in zip(places, suffixes, strict=False)
    ]
    return "\n".join([*header, *records]) + "\n"


def record(locus: LocusSequence, pos: int, people: list[str], genotypes: list[str]) -> str:
    """Return one record; alleles 1 to 3 are the other bases, 4 is an insertion."""
    ref = locus.bases(pos, pos)
    alts = [base for base in "ACGT" if base != ref] + [f"{ref}GATTACA"]
    cells = [cell(genotype) for genotype in genotypes]
    fixed = (f"chr{locus.chrom}", str(pos), ".", ref, ",".join(alts), "60", "PASS", ".")
    assert len(cells) == len(people)
    return "\t".join((*fixed, "GT:AD:DP:GQ:PS", *cells))


def cell(written: str) -> str:
    """Return a sample's text: `0|1:block2` becomes GT with AD, DP, GQ and PS."""
    genotype, _, block = (written or "./.").partition(":")
    phase_set = block.removeprefix("block") or "."
    alleles = genotype.replace("|", "/").split("/")
    if "." in alleles:
        return f"{genotype}:.:.:.:{phase_set}"
    counts = [20 * alleles.count(str(index)) for index in range(5)]
    return f"{genotype}:{','.join(map(str, counts))}:40:99:{phase_set}"


def known_places(locus: LocusSequence, count: int, *, distance: int) -> list[int]:
    """Return positions (1-based) on real bases of the locus, `distance` apart."""
    for start in range(locus.start, locus.end):
        places = [start + index * distance for index in range(count)]
        if all(locus.known(place - 1, place + 1) for place in places):
            return places
    raise ValueError("the locus has no stretch of real bases that is long enough")


if __name__ == "__main__":
    raise SystemExit(main())
