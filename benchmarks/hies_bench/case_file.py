"""Cases of HIES-bench: their form, and the file that holds them (standard library only).

`cases.jsonl` has one case a line; its files are texts inside it. `unpack` lays them out as files.
Positions are 1-based, alleles are `chrom-pos-ref-alt` on the case's own build, as short as they
can be and as far left as they can be.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

VERSION = "1.0.3"
FILE = Path(__file__).with_name("cases.jsonl")

ANSWERS = ("explains", "may explain", "carrier", "other disease", "nothing found", "cannot say")
"""What a truth may say, most certain first."""

NO_FINDING = "no finding"
"""What a tool says that reports nothing and does not claim that the bases were looked at."""

NOT_APPLICABLE = "not applicable"
"""What a tool says to a question that it does not claim to answer."""

PHASES = ("trans", "cis", "unknown", "one allele")
CATEGORIES: Mapping[str, str] = {
    "zygosity": "how many copies have the allele, as each caller spells it",
    "phase": "whether two alleles lie on one copy or on both",
    "family": "what parents and other relatives tell of an allele",
    "mechanism": "which of the diseases of one gene an allele causes",
    "structure": "deletions, gains, copy numbers and breakends, alone and over a small allele",
    "reads": "what the reads say beside the genotype: mosaics, filters, depth, contradictions",
    "splicing": "changes in introns and at exon ends",
    "evidence": "benign, common and uncertain alleles",
    "coverage": "whether 'nothing found' may be said",
    "input": "builds, contig names, spellings of alleles, columns, damaged and odd records",
}


@dataclass(frozen=True)
class Expected:
    """The right answers, best first, and what makes them right; None is not asked."""

    answers: tuple[str, ...]
    reason: str
    source: str
    gene: str | None = None
    condition: str | None = None
    alleles: tuple[str, ...] | None = None
    phase: str | None = None


@dataclass(frozen=True)
class Person:
    """One person of a case, and the files of this person by name; `column` is in `vcf`."""

    name: str
    vcf: str
    column: str
    father: str = ""
    mother: str = ""
    sex: str = "unknown"
    affected: str = "unknown"
    sv_vcf: str = ""
    callable: str = ""
    hpo: str = ""


@dataclass(frozen=True)
class Case:
    """A question: who is asked about (the first of `people`), with which files, and the truth."""

    id: str
    category: str
    build: str
    writer: str
    origin: str
    people: tuple[Person, ...]
    files: Mapping[str, str]
    expected: Expected

    @property
    def proband(self) -> Person:
        """Return the person whom the question is about."""
        return self.people[0]


def to_lines(cases: Iterable[Case]) -> str:
    """Return the cases as JSON, one a line, in the order given."""
    return "".join(json.dumps(asdict(case), ensure_ascii=False) + "\n" for case in cases)


def from_lines(lines: Iterable[str]) -> Iterator[Case]:
    """Yield the cases of JSON lines."""
    for line in lines:
        found = json.loads(line)
        truth = found.pop("expected")
        for name in ("answers", "alleles"):
            truth[name] = None if truth[name] is None else tuple(truth[name])
        people = tuple(Person(**person) for person in found.pop("people"))
        yield Case(**found, people=people, expected=Expected(**truth))


def load(path: Path = FILE) -> list[Case]:
    """Return all cases of a file."""
    with path.open(encoding="utf-8") as lines:
        return list(from_lines(lines))


def write(cases: Iterable[Case], path: Path = FILE) -> None:
    """Write the cases and, beside them, version and digest."""
    path.write_text(to_lines(cases), encoding="utf-8")
    path.with_name("SHA256").write_text(f"{VERSION} {digest(path)}\n", encoding="utf-8")


def digest(path: Path = FILE) -> str:
    """Return the SHA-256 of a case file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unpack(cases: Iterable[Case], folder: Path) -> None:
    """Write each case's files and its pedigree into a folder of its own."""
    for case in cases:
        home = folder / case.id
        home.mkdir(parents=True, exist_ok=True)
        for name, text in case.files.items():
            (home / name).write_text(text, encoding="utf-8")
        (home / "family.ped").write_text(pedigree(case), encoding="utf-8")


_SEX = {"male": "1", "female": "2"}
_AFFECTED = {"yes": "2", "affected": "2", "no": "1", "unaffected": "1"}


def pedigree(case: Case) -> str:
    """Return the people as PED (six columns, tabs); individuals have their columns' names.

    A stated father is male and a stated mother female, as readers of PED demand.
    """
    columns = {person.name: person.column for person in case.people}
    sex = {person.father: "male" for person in case.people}
    sex |= {person.mother: "female" for person in case.people}
    lines = []
    for person in case.people:
        parents = (columns.get(one, "0") for one in (person.father, person.mother))
        told = person.sex if person.sex in _SEX else sex.get(person.name, "")
        codes = _SEX.get(told, "0"), _AFFECTED.get(person.affected, "0")
        lines.append("\t".join(("FAM", person.column, *parents, *codes)) + "\n")
    return "".join(lines)
