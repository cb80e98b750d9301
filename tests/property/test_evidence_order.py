"""More evidence never turns the answer: every curated allele, genotype and source.

Pathogenic evidence never lowers the status of a sample, benign evidence never raises it, and a
source that says nothing of the allele changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from hies_annot.annotate.annotator import Annotator
from hies_annot.evidence.store import load_evidence
from hies_annot.findings.resolve import resolve
from hies_annot.genes.gene_file import default_genes
from hies_annot.genome import Build
from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.calls import judge_calls, look_up
from hies_annot.judge.in_cis import combine_in_cis
from hies_annot.model import Allele, ClinVarFact, Evidence, PopulationFact, ScoreFact, Status
from hies_annot.read.genotype import interpret
from hies_annot.reference.load import embedded_reference
from hies_annot.reference.normalise import normalise_allele
from hies_annot.settings.evidence_sources import EvidenceConfig

GENES = {gene.name: gene for gene in default_genes()}
REFERENCE = embedded_reference(Build.GRCH38, default_genes())
ANNOTATOR = Annotator(REFERENCE, default_genes())
STORE = load_evidence(EvidenceConfig(), default_genes(), Build.GRCH38, REFERENCE)
RANK = list(Status)
KNOWN = [
    (row.chrom, row.pos, row.ref, row.alt) for name in GENES for row in STORE.known_variants(name)
]
OTHERS = [
    ("17", 42329643, "G", "C"),  # Arg382Gly: residue of three curated dominant-negative changes
    ("17", 42329621, "G", "T"),  # Thr389Lys: residue of both mechanisms
    ("17", 42329447, "T", "A"),  # Glu415Val: gain of function only
    ("17", 42322480, "G", "A"),  # Gln635Ter
    ("17", 42337519, "TC", "T"),  # frameshift
    ("17", 42317185, "G", "A"),  # Pro714Leu: nothing curated there
    ("17", 42329641, "C", "T"),  # synonymous
    ("17", 42329747, "C", "T"),  # last base of exon 12
    ("20", 33757311, "G", "A"),  # Arg302Gln of ZNF341
    ("20", 33761990, "G", "A"),  # Arg386Gln of ZNF341
]
GENOTYPES = {
    "het": ("0/1", (20, 20)),
    "hom": ("1/1", (0, 40)),
    "low fraction": ("0/1", (34, 6)),
    "reads in 0/0": ("0/0", (32, 8)),
}


def clinvar(word: str, stars: int | None) -> ClinVarFact:
    return ClinVarFact("1", word, stars, "status", (), None, "ClinVar", None)


def frequency(value: float) -> PopulationFact:
    return PopulationFact("gnomAD", None, value, None, None, None, value, None)


FOR = {
    "clinvar": [
        clinvar(w, s) for w in ("Pathogenic", "Likely pathogenic") for s in (None, 0, 1, 4)
    ],
    "lab": ["P", "Likely pathogenic"],
    "scores": [
        (ScoreFact("REVEL", 0.65, "", "r"),),
        (ScoreFact("REVEL", 0.80, "", "r"),),
        (ScoreFact("REVEL", 0.95, "", "r"),),
        (ScoreFact("SpliceAI", 0.9, "", "s"),),
    ],
    "exhaustive": [("gnomAD",)],
}
"""Evidence for damage, by the part of `Evidence` that it fills."""
AGAINST = {
    "clinvar": [clinvar(w, s) for w in ("Benign", "Likely benign") for s in (None, 0, 1, 4)],
    "lab": ["B", "Likely benign"],
    "scores": [(ScoreFact("REVEL", 0.01, "", "r"),), (ScoreFact("REVEL", 0.2, "", "r"),)],
    "population": [(frequency(0.1),), (frequency(0.001),)],
}
NEUTRAL = {
    "clinvar": [
        clinvar("Uncertain significance", 2),
        clinvar("Conflicting classifications of pathogenicity", 1),
        clinvar("not provided", 0),
    ],
    "lab": ["VUS"],
    "asked": [("another source",)],
}
ALL = {
    part: [value for side in (FOR, AGAINST, NEUTRAL) for value in side.get(part, [])]
    for part in ("clinvar", "lab", "scores", "population", "exhaustive")
}


@dataclass
class Told:
    """A store that says one thing."""

    evidence: Evidence
    wholes: frozenset[tuple[str, int, str, str]] = frozenset()

    def lookup(self, allele: Allele) -> Evidence:
        return self.evidence


@cache
def bare(key: tuple[str, int, str, str]) -> tuple[Allele, Evidence]:
    """The allele with its curated row and neighbours, and nothing else."""
    allele = normalise_allele(REFERENCE, *key)
    found = STORE.lookup(allele)
    return allele, Evidence(known=found.known, neighbours=found.neighbours)


def statuses(build, allele: Allele, evidence: Evidence) -> dict[str, Status]:
    """The status that each genotype gives."""
    book = AlleleBook(ANNOTATOR, Told(evidence), default_genes())
    site = build.make_site(pos=allele.pos, ref=allele.ref, alts=(allele.alt,), chrom=allele.chrom)
    found = {}
    for name, (gt, ad) in GENOTYPES.items():
        calls = interpret(site, build.make_fields(gt, ad=ad), [allele], build.THRESHOLDS)
        known = look_up(calls, book)
        judged = judge_calls(known, book, (), build.SPEC, build.THRESHOLDS, {})
        judged = combine_in_cis(judged, book, (), build.THRESHOLDS)
        findings = resolve(GENES[allele.gene], judged, (), build.SPEC, build.THRESHOLDS)
        found[name] = min((f.status for f in findings), key=RANK.index, default=Status.NONE)
    return found


def check(build, allele, before: dict[str, Status], more: Evidence, side: str) -> None:
    """Compare the statuses without and with one more statement."""
    after = statuses(build, allele, more)
    for name in GENOTYPES:
        low, high = RANK.index(after[name]), RANK.index(before[name])
        told = (side, allele.id, name, more, before[name], after[name])
        if side in ("for", "neutral"):
            assert low <= high, told
        if side in ("against", "neutral"):
            assert low >= high, told


def empty(base: Evidence, part: str) -> bool:
    return not getattr(base, part)


@pytest.mark.parametrize("key", [*KNOWN, *OTHERS], ids=lambda key: "-".join(map(str, key)))
def test_one_more_statement_about_every_curated_allele(build, key):
    allele, base = bare(key)
    before = statuses(build, allele, base)
    for side, parts in (("for", FOR), ("against", AGAINST), ("neutral", NEUTRAL)):
        for part, values in parts.items():
            for value in values:
                check(build, allele, before, replace(base, **{part: value}), side)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_one_more_statement_beside_any_others(build, data):
    allele, base = bare(data.draw(st.sampled_from([*KNOWN, *OTHERS])))
    given_parts = data.draw(st.sets(st.sampled_from(sorted(ALL))))
    for part in sorted(given_parts):
        base = replace(base, **{part: data.draw(st.sampled_from(ALL[part]))})
    if base.population and base.exhaustive:
        base = replace(base, exhaustive=())  # what is listed is not absent
    side, parts = data.draw(
        st.sampled_from([("for", FOR), ("against", AGAINST), ("neutral", NEUTRAL)])
    )
    free = [part for part in parts if empty(base, part)]
    free = [
        p
        for p in free
        if not (p in ("exhaustive", "population") and (base.population or base.exhaustive))
    ]
    if free:
        part = data.draw(st.sampled_from(free))
        more = replace(base, **{part: data.draw(st.sampled_from(parts[part]))})
        check(build, allele, statuses(build, allele, base), more, side)


def test_a_benign_word_beside_a_weak_claim_about_a_null_allele_raises_nothing(build):
    """A stop in STAT3 that ClinVar calls pathogenic without a review status, read in a 0/0."""
    allele, base = bare(("17", 42322480, "G", "A"))
    for claim in FOR["clinvar"]:
        claimed = replace(base, clinvar=claim)
        before = statuses(build, allele, claimed)
        for word in AGAINST["lab"]:
            check(build, allele, before, replace(claimed, lab=word), "against")
