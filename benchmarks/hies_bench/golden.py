"""Cases of `tests/cases` and of the field in neutral terms.

Their statuses were stated by hand, each by a rule of docs/inheritance.md and docs/callability.md,
and reviewed; here they get the words of the benchmark, a rule and its sources.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from benchmarks.hies_bench.case_file import Case, Expected, Person
from benchmarks.hies_bench.facts import AD_HIES, ADMIO1, AR_HIES, FACTS, HIES_OF, SOMATIC, Fact

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/cases"
FIELD = Path(__file__).with_name("field_cases.jsonl")
"""Cases that were reported from use: made up, each about one fault of a reader of VCFs."""

WORD = {
    "relevant": "explains",
    "possible": "may explain",
    "carrier": "carrier",
    "differential": "other disease",
    "none": "nothing found",
    "inconclusive": "cannot say",
    "failed": "cannot say",
}
CONDITION = {
    "STAT3-AD-HIES": AD_HIES,
    "ZNF341-AR-HIES": AR_HIES,
    "STAT3-ADMIO1": ADMIO1,
    "STAT3-SOMATIC": SOMATIC,
}
CATEGORY = (
    (r"negative|three_coding", "coverage"),
    (r"^build|contigs|cohort|columns|lower_case|record_twice|two_spellings|inframe_del_|leading_phase"
     r"|local_|joined_with|one_codon|gvcf|literature|robust|odd|sheet|T2T|one_person", "input"),
    (r"parents|de_novo|denovo|sibling|family|inherited|parent_|trio|mother|father", "family"),
    (r"deletion|deleted|cn0|cnv|copy_number|CN0|CNV|CN_|end_before|gain_|neutral|mates|star|breakend"
     r"|del_ex|sv_only", "structure"),
    (r"phase|phased|_pid|_hp_|HP|bar_without|1_2|in_cis|in_trans|cis|trans_|codon_pair|split", "phase"),
    (r"counts|fraction|mosaic|low_depth|filter|reads|contradict|refcall|genotype_only"
     r"|somatic_haplotype|triploid|AD_", "reads"),
    (r"acceptor|donor|exon12|tract|deep_intronic|minus3|synonymous", "splicing"),
    (r"benign|common|vus|absent|rare|missense|founder", "evidence"),
    (r"half_call|haploid|hom_|second_alt|single_het|no_call|two_|stop_on_both", "zygosity"),
    (r"", "mechanism"),
)  # fmt: skip


def category_of(name: str) -> str:
    """Return what a case is about, by its name; the first pattern that fits."""
    return next(category for pattern, category in CATEGORY if re.search(pattern, name))


def fact_of(name: str, category: str, gene: str, answer: str) -> Fact:
    """Return the rule that makes the answer right."""
    if answer in ("explains", "carrier"):
        recessive = "carrier" if answer == "carrier" else "recessive"
        cis = answer == "carrier" and category in ("phase", "family") and "cis" in name
        return FACTS["dominant" if gene == "STAT3" else "cis" if cis else recessive]
    if answer == "other disease":
        return FACTS["somatic" if "somatic" in name else "gain"]
    if answer == "may explain":
        return FACTS[_less_certain(name, category, gene)]
    if answer == "nothing found":
        return FACTS["covered"]
    if category == "coverage":
        return FACTS["not covered"]
    unreadable = category == "input" or re.search("no_call|refcall|hom_ref|extent", name)
    return FACTS["unreadable" if unreadable else "nothing raised"]


def _less_certain(name: str, category: str, gene: str) -> str:
    if category in ("reads", "input") or re.search("filtered|low_depth|reads", name):
        return "reads"
    if re.search("vus|missense", name):
        return "uncertain"
    if gene == "ZNF341":
        return (
            "open copies" if re.search("half|haploid|twice|zero|spanning", name) else "open phase"
        )
    broken = re.search("frameshift|gene_deleted|codon_pair|stop_before|F3", name)
    return "truncation" if broken else "uncertain"


def golden_cases() -> Iterator[Case]:
    """Yield the golden cases that need no evidence of their own, in the order of their names."""
    for path in sorted(GOLDEN.glob("*/case.yaml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "config" not in document:
            yield _golden(path.parent, document)


def _golden(folder: Path, document: dict[str, Any]) -> Case:
    name = folder.name
    people = tuple(_person(row) for row in document["samples"])
    used = {file for person in people for file in (person.vcf, person.sv_vcf, person.callable)}
    files = {file: (folder / file).read_text(encoding="utf-8") for file in sorted(used - {""})}
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    wanted = expected.get(people[0].name, {})
    status = document["expect"]["status"]
    return Case(
        id=f"golden-{name}",
        category=category_of(name),
        build="GRCh37" if name.startswith("build_grch37") else "GRCh38",
        writer="made up",
        origin=f"tests/cases/{name}",
        people=people,
        files=files,
        expected=_expected(name, document["title"], (WORD[status],), wanted, status),
    )


def _person(row: dict[str, Any]) -> Person:
    return Person(
        name=row["sample"],
        vcf=row.get("vcf", "input.vcf"),
        column=row.get("vcf_sample", row["sample"]),
        **{
            key: row[key]
            for key in ("father", "mother", "sex", "affected", "sv_vcf", "callable", "hpo")
            if key in row
        },
    )


def _expected(
    name: str, title: str, answers: tuple[str, ...], wanted: dict[str, Any], status: str
) -> Expected:
    named = {
        key: value
        for key, value in (wanted.get("conditions") or {}).items()
        if value and value.get("status") == status
    }
    condition = next(iter(named), "")
    gene = condition.partition("-")[0] or next(
        (gene for gene in ("STAT3", "ZNF341") if gene.lower() in name.lower()), ""
    )
    fact = fact_of(name, category_of(name), gene, answers[0])
    told = answers[0] not in ("nothing found", "cannot say")
    found = named.get(condition, {})
    alleles = found.get("variants")
    phase = found.get("phase") if gene == "ZNF341" else None
    return Expected(
        answers=answers,
        reason=f"{title.rstrip('.')}. {fact.rule}",
        source=fact.source,
        gene=(fact.gene or gene or None) if told else None,
        condition=(CONDITION.get(condition) or fact.condition or HIES_OF[gene]) if told else None,
        alleles=tuple(sorted(alleles)) if told and isinstance(alleles, list) else None,
        phase=phase if told and phase in ("trans", "cis", "unknown") else None,
    )


def field_cases() -> Iterator[Case]:
    """Yield the cases of the field; each line of their file names files, people and statuses."""
    for line in FIELD.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        name, statuses = found["name"], found["statuses"]
        answers = tuple(dict.fromkeys(WORD[status] for status in statuses))
        yield Case(
            id=f"field-{name}",
            category=category_of(name),
            build=found["build"],
            writer="made up",
            origin="reported from use",
            people=tuple(Person(**person) for person in found["people"]),
            files=found["files"],
            expected=_expected(f"{name} {found['gene']}", found["title"], answers, {}, statuses[0]),
        )
