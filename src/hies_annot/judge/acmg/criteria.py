"""The criteria that are judged: one entry each, in the order in which results list them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from hies_annot.judge.acmg import (
    codon,
    computational,
    kindred,
    null,
    observed,
    population,
    reported,
)
from hies_annot.judge.acmg.case import Case
from hies_annot.model import Criterion

_RICHARDS = "Richards 2015"


class Rule(Struct, frozen=True):
    """One criterion: how it is judged, what the manual says of it, and what else it decides.

    `tells_mechanism`: met, it may tell the condition from the other diseases of the gene;
    `judge.mechanism` says when.
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
        "same amino-acid change as a curated P/LP allele of the **same mechanism**; in a splice "
        "motif (donor +1 to +6, acceptor -1 to -20) the same predicted event at the same site",
        "Richards 2015, Walker 2023 (table 2)",
        tells_mechanism=True,
        proves_missense=True,
    ),
    "PS2": Rule(
        observed.ps2,
        "trio, parentage tested; signs highly specific 2, consistent 1, consistent but seen in "
        "many diseases 0.5 points; one level down in a recessive gene without a second P/LP allele",
        "ClinGen SVI 1.1",
        tells_mechanism=True,
    ),
    "PS3": Rule(
        reported.ps3,
        "functional study named in the curated table or the lab's, of the condition's mechanism; "
        "by its odds of pathogenicity (18.7 strong, 4.3 moderate, 2.1 supporting), else moderate "
        "with 11 control variants, else supporting",
        "Brnich 2019",
        tells_mechanism=True,
        proves_missense=True,
    ),
    "PS4": Rule(
        reported.ps4,
        "cases and controls of the table: odds ratio above 5, its 95 % interval above 1; else "
        "unrelated probands where PM2 is met: 15 strong, 6 moderate, 2 supporting",
        "Richards 2015, ClinGen Hearing Loss panel 2.0.0",
    ),
    "PM1": Rule(
        codon.pm1,
        "codons with two or more different curated substitutions of the mechanism, the allele's "
        "own not counted, and none of another; of PM1 and PM5 the stronger counts, PM5 if they are "
        "equal; not beside PS1; with PP3 at most strong",
        "ClinGen ACADVL panel, Pejaver 2022",
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
        "meet PM2, and where that is not known PM3 is not either",
        "ClinGen SVI 1.0",
    ),
    "PM4": Rule(
        codon.pm4,
        "in-frame insertion or deletion, exons deleted in frame, loss of the stop; never beside "
        "PVS1",
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
    "PP1": Rule(
        kindred.pp1,
        "affected relatives of the sheet with the genotype (dominant: one meiosis each; recessive: "
        "affected siblings 1 in 4, unaffected ones 3 in 4) by LOD 0.6, 1.2, 1.5; not where a "
        "relative speaks against it",
        "ClinGen Hearing Loss panel",
    ),
    "PP2": Rule(codon.pp2, "missense constraint from the gene file", _RICHARDS),
    "PP3": Rule(
        computational.pp3,
        "missense: REVEL, AlphaMissense or ESM1b (lower is worse), the first of the gene file's "
        "list that the run has a source of, whatever it says of the allele; SpliceAI from 0.2 on, "
        "not beside PVS1; not for a missense at a residue of another mechanism",
        "Pejaver 2022, Bergquist 2025, Walker 2023",
    ),
    "PP4": Rule(
        observed.pp4,
        "signs highly specific; where the allele is new as well, the reason says that the same "
        "signs set the level of PS2/PM6",
        _RICHARDS,
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
    "BS3": Rule(
        reported.bs3,
        "a normal result of an assay of the condition's mechanism, by its odds (0.053, 0.23, 0.48) "
        "or its controls as PS3",
        "Brnich 2019",
    ),
    "BS4": Rule(
        kindred.bs4,
        "affected relatives of the sheet who are called reference by reads: one supporting, more "
        "strong; not assessable for a new allele, nor in a recessive gene without a second one in "
        "trans; not counted where it alone would make the allele (likely) benign: the conflict is "
        "a reason of the finding",
        "ClinGen PIK3CD panel",
    ),
    "BP4": Rule(
        computational.bp4,
        "as PP3, by the cut-offs of no effect; SpliceAI up to 0.1 for splice-region, synonymous "
        "and intronic alleles only: nothing against an allele that changes the protein; a missense "
        "score not at the edge of an exon or where a splice map predicts a change, unless "
        "SpliceAI is low as well",
        "Pejaver 2022, Bergquist 2025, Walker 2023",
    ),
    "BP7": Rule(
        computational.bp7,
        "synonymous, or from +7 / -21 on, with a low SpliceAI score",
        "Walker 2023",
    ),
}
"""Code -> criterion; the codes of the benign ones start with B."""

PROVES_MISSENSE = frozenset(code for code, rule in CRITERIA.items() if rule.proves_missense)
BY_FREQUENCY = frozenset(code for code, rule in CRITERIA.items() if rule.frequency)
