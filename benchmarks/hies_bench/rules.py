"""The simple rules that a lab puts behind a tool that names consequences; the same for all of them.

1. An allele takes part if the genotype names it, FILTER is PASS or empty, and its impact is HIGH or
   MODERATE (the classes of Ensembl VEP, which SnpEff shares).
2. STAT3, dominant: HIGH explains, MODERATE may explain.
3. ZNF341, recessive: HIGH on both copies (a homozygous genotype) explains; two alleles, or MODERATE on
   both copies, may explain; one HIGH allele is a carrier; one MODERATE allele is no finding.
4. Where the tool reads phase: two HIGH alleles on both copies explain, on one copy they are a carrier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.hies_bench.case_file import NO_FINDING
from benchmarks.hies_bench.prepared import Carried
from benchmarks.hies_bench.score import Said

HIGH, MODERATE = "HIGH", "MODERATE"
ORDER = ("explains", "may explain", "carrier", NO_FINDING)


@dataclass(frozen=True)
class Effect:
    """A carried record with the gene and impact that a tool gives it."""

    record: Carried
    gene: str
    impact: str


def takes_part(effect: Effect) -> bool:
    """Tell whether an allele takes part at all (rule 1)."""
    return effect.record.filters in ("PASS", ".") and effect.impact in (HIGH, MODERATE)


def answer(case: str, effects: Sequence[Effect], *, phase: bool = False) -> Said:
    """Return the answer of the rules to the effects in one person."""
    part = [effect for effect in effects if takes_part(effect)]
    found = [
        _answer(case, [effect for effect in part if effect.gene == gene], rule)
        for gene, rule in (("STAT3", dominant), ("ZNF341", recessive))
    ]
    best = min(found, key=lambda said: ORDER.index(said.answer))
    if phase and best.gene == "ZNF341" and best.answer == "may explain":
        return phased(best, [effect for effect in part if effect.gene == "ZNF341"])
    return best


def _answer(case: str, effects, rule) -> Said:  # type: ignore[no-untyped-def] # noqa: ANN001
    word = rule(effects)
    if word == NO_FINDING:
        return Said(case, word)
    names = sorted({named(effect.record) for effect in effects})
    return Said(case, word, effects[0].gene, ",".join(names))


def named(record: Carried) -> str:
    """Return an allele as the benchmark names it."""
    return f"{record.chrom.removeprefix('chr')}-{record.pos}-{record.ref}-{record.alt}"


def dominant(effects: Sequence[Effect]) -> str:
    """Return the answer for a dominant gene (rule 2)."""
    impacts = {effect.impact for effect in effects}
    return "explains" if HIGH in impacts else "may explain" if impacts else NO_FINDING


def recessive(effects: Sequence[Effect]) -> str:
    """Return the answer for a recessive gene, phase unknown (rule 3)."""
    if any(e.record.copies > 1 and e.impact == HIGH for e in effects):
        return "explains"
    if len({e.record.key for e in effects}) > 1 or any(e.record.copies > 1 for e in effects):
        return "may explain"
    return "carrier" if any(e.impact == HIGH for e in effects) else NO_FINDING


def phased(said: Said, effects: Sequence[Effect]) -> Said:
    """Return the answer where the genotypes of two HIGH alleles are phased in one set (rule 4)."""
    high = [e.record for e in effects if e.impact == HIGH]
    whole = len(high) == 2 and all("|" in record.gt for record in high)
    if not whole or high[0].phase_set != high[1].phase_set:
        return Said(said.case, said.answer, said.gene, said.alleles, "unknown")
    together = high[0].gt.split("|").index("1") == high[1].gt.split("|").index("1")
    word, place = ("carrier", "cis") if together else ("explains", "trans")
    return Said(said.case, word, said.gene, said.alleles, place)
