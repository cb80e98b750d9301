"""The criteria that are judged: one entry each, in the order in which results list them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hies_annot.judge.acmg import codon, computational, null, observed, population
from hies_annot.judge.acmg.case import Case
from hies_annot.model import Criterion

_RICHARDS = "Richards 2015"


@dataclass(frozen=True, slots=True)
class Rule:
    """One criterion: how it is judged, what the manual says of it, and what else it decides.

    `tells_mechanism`: met, it tells the condition from the other diseases of the gene.
    `proves_missense`: met, it is the proof that a gene file demands of a missense allele.
    `frequency`: met, it makes a benign allele `common`.
    """

    judge: Callable[[Case], Criterion]
    how: str
    source: str
    tells_mechanism: bool = False
    proves_missense: bool = False
    frequency: bool = False


CRITERIA: Mapping[str, Rule] = {
    "PVS1": Rule(
        null.pvs1,
        "decision tree with strengths; only where `null_alleles.effect` is `causal` (ZNF341)",
        "Abou Tayoun 2018",
    ),
    "PS1": Rule(
        codon.ps1,
        "same amino-acid change as a curated P/LP allele of the **same mechanism**",
        _RICHARDS,
        tells_mechanism=True,
        proves_missense=True,
    ),
    "PS2": Rule(
        observed.ps2,
        "trio, parentage tested; signs highly specific 2, consistent 1, consistent but seen in many "
        "diseases 0.5 points; one level down in a recessive gene without a second P/LP allele",
        "ClinGen SVI 1.1",
        tells_mechanism=True,
    ),
    "PS3": Rule(
        codon.ps3,
        "functional study named in the curated table, of the condition's mechanism",
        "Brnich 2019",
        tells_mechanism=True,
        proves_missense=True,
    ),
    "PM1": Rule(
        codon.pm1,
        "codons with two or more different curated substitutions of the mechanism and none of "
        "another; not beside PS1/PM5; with PP3 at most strong",
        "Pejaver 2022",
        tells_mechanism=True,
    ),
    "PM2": Rule(
        population.pm2,
        "supporting; absent from a complete source, or up to `rare_below`",
        "ClinGen SVI 2020",
    ),
    "PM3": Rule(
        observed.pm3,
        "points for the other allele; of several in one proband the best one counts; both must "
        "be rare",
        "ClinGen SVI 1.0",
    ),
    "PM4": Rule(
        codon.pm4,
        "in-frame insertion or deletion, exons deleted in frame, loss of the stop; never beside PVS1",
        _RICHARDS,
    ),
    "PM5": Rule(
        codon.pm5,
        "another amino acid at the residue of a curated P/LP missense of the **same mechanism**; "
        "supporting for LP neighbours; nonsense neighbours do not count",
        _RICHARDS,
        tells_mechanism=True,
        proves_missense=True,
    ),
    "PM6": Rule(
        observed.pm6,
        "trio, parentage assumed; as PS2 with half the points",
        "ClinGen SVI 1.1",
        tells_mechanism=True,
    ),
    "PP2": Rule(codon.pp2, "missense constraint from the gene file", _RICHARDS),
    "PP3": Rule(
        computational.pp3,
        "missense: REVEL, AlphaMissense or ESM1b (lower is worse), the first of the gene file's list "
        "that the run has a source of, whatever it says of the allele; SpliceAI from 0.2 on, not "
        "beside PVS1; not for a missense at a residue of another mechanism",
        "Pejaver 2022, Bergquist 2025, Walker 2023",
    ),
    "PP4": Rule(
        observed.pp4,
        "signs highly specific; where the allele is new as well, the reason says that the same signs "
        "set the level of PS2/PM6",
        _RICHARDS,
        tells_mechanism=True,
    ),
    "BA1": Rule(
        population.ba1,
        "above 5 % (here and in BS1 by FAF95, else by the count; a frequency without either is "
        "used from 1 % on)",
        _RICHARDS,
        frequency=True,
    ),
    "BS1": Rule(
        population.bs1,
        "FAF95, or the count against its Poisson 95 % limit, above what prevalence, heterogeneity "
        "and penetrance allow",
        "Whiffin 2017",
        frequency=True,
    ),
    "BS2": Rule(population.bs2, "homozygotes in a population", _RICHARDS, frequency=True),
    "BP4": Rule(
        computational.bp4,
        "as PP3, by the cut-offs of no effect; SpliceAI up to 0.1 for splice-region, synonymous and "
        "intronic alleles only: nothing against an allele that changes the protein",
        "Pejaver 2022, Bergquist 2025, Walker 2023",
    ),
    "BP7": Rule(
        computational.bp7,
        "synonymous, or from +7 / -21 on, with a low SpliceAI score",
        "Walker 2023",
    ),
}
"""Code -> criterion; the codes of the benign ones start with B."""

TELLS_MECHANISM = frozenset(code for code, rule in CRITERIA.items() if rule.tells_mechanism)
PROVES_MISSENSE = frozenset(code for code, rule in CRITERIA.items() if rule.proves_missense)
BY_FREQUENCY = frozenset(code for code, rule in CRITERIA.items() if rule.frequency)
