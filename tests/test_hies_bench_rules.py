"""HIES-bench: the rules behind tools that name consequences, and adapters that CI can run."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from benchmarks.hies_bench import adapter_csq, adapter_genmod, adapter_snpeff, case_file, rules
from benchmarks.hies_bench.adapters import ADAPTERS, adapter_of, answers_of
from benchmarks.hies_bench.case_file import NO_FINDING
from benchmarks.hies_bench.prepared import Carried
from benchmarks.hies_bench.rules import Effect
from hypothesis import given
from hypothesis import strategies as st

CASES = {case.id: case for case in case_file.load()}


def effect(
    gene: str = "ZNF341",
    impact: str = "HIGH",
    gt: str = "0/1",
    *,
    pos: int = 10,
    filters: str = "PASS",
    phase_set: str = ".",
) -> Effect:
    chrom = {"STAT3": "chr17", "ZNF341": "chr20"}[gene]
    return Effect(Carried(chrom, pos, "C", "T", filters, ".", gt, phase_set), gene, impact)


RULES = {
    "explains": [
        [effect("STAT3")],
        [effect(gt="1/1")],
        [effect("STAT3"), effect(impact="MODERATE")],
    ],
    "may explain": [
        [effect("STAT3", "MODERATE")],
        [effect(), effect(pos=20)],
        [effect(), effect(pos=20, impact="MODERATE")],
        [effect(impact="MODERATE", gt="1/1")],
    ],
    "carrier": [[effect()], [effect(), effect(pos=20, filters="LowQual")], [effect(gt="./1")]],
    NO_FINDING: [
        [], [effect(impact="MODERATE")], [effect("STAT3", "LOW")],
        [effect("STAT3", filters="q10")],
    ],
}  # fmt: skip


@pytest.mark.parametrize(("answer", "effects"), [(k, e) for k, many in RULES.items() for e in many])
def test_the_rules(answer: str, effects: list[Effect]) -> None:
    for order in permutations(effects):
        assert rules.answer("x", order).answer == answer


@pytest.mark.parametrize(
    ("first", "second", "answer", "phase"),
    [
        (("0|1", "5"), ("1|0", "5"), "explains", "trans"),
        (("0|1", "5"), ("0|1", "5"), "carrier", "cis"),
        (("0|1", "5"), ("1|0", "6"), "may explain", "unknown"),
        (("0/1", "."), ("0/1", "."), "may explain", "unknown"),
    ],
)
def test_phase_where_a_tool_reads_it(
    first: tuple[str, str], second: tuple[str, str], answer: str, phase: str
) -> None:
    pair = [
        effect(gt=gt, phase_set=block, pos=pos)
        for pos, (gt, block) in zip((10, 20), (first, second), strict=True)
    ]
    said = rules.answer("x", pair, phase=True)
    assert (said.answer, said.phase) == (answer, phase)
    assert rules.answer("x", pair).answer == "may explain"


effects = st.builds(
    effect,
    st.sampled_from(["STAT3", "ZNF341"]),
    st.sampled_from(["HIGH", "MODERATE", "LOW"]),
    st.sampled_from(["0/1", "1/1", "./1"]),
    pos=st.integers(1, 4),
)


@given(st.lists(effects, max_size=4), effects)
def test_one_more_allele_never_makes_less(found: list[Effect], more: Effect) -> None:
    before = rules.ORDER.index(rules.answer("x", found).answer)
    assert rules.ORDER.index(rules.answer("x", [*found, more]).answer) <= before


@pytest.mark.parametrize(
    ("made", "names", "proven", "word"),
    [
        (effect("STAT3"), {"AD"}, False, "explains"),
        (effect("STAT3"), {"AR_hom"}, False, NO_FINDING),
        (effect(), {"AR_comp"}, True, "explains"),
        (effect(), {"AD", "AR_comp"}, False, "may explain"),
        (effect(), {"AD"}, True, "carrier"),
        (effect(impact="MODERATE"), {"AR_hom"}, True, "may explain"),
    ],
)
def test_patterns_of_genmod(made: Effect, names: set[str], proven: bool, word: str) -> None:
    assert adapter_genmod.word_of(made, names, proven) == word


def test_csq_takes_a_consequence_from_the_record_it_points_to(tmp_path: Path) -> None:
    told = "missense&splice_region|STAT3|NM_1|protein_coding|-|1A>1V|9G>A"
    rows = [
        ("9", told, "0/1"),
        ("12", "@9", "0/1"),
        ("15", "@9", "0/0"),
        ("18", "intron|STAT3", "0/1"),
    ]
    lines = [f"chr17\t{pos}\t.\tG\tA\t.\tPASS\tBCSQ={bcsq}\tGT\t{gt}" for pos, bcsq, gt in rows]
    (tmp_path / "a.vcf").write_text("##x\n" + "\n".join(lines) + "\n", encoding="utf-8")
    found = [(e.record.pos, e.gene, e.impact) for e in adapter_csq.effects(tmp_path / "a.vcf")]
    assert found == [(9, "STAT3", "MODERATE"), (12, "STAT3", "MODERATE")]


def test_snpeff_gives_the_worst_impact_in_each_gene() -> None:
    record = effect("STAT3").record
    entries = (
        ("T", "intron_variant", "MODIFIER", "gene:STAT3"),
        ("T", "missense_variant", "MODERATE", "STAT3&OTHER"),
        ("T", "stop_gained", "HIGH", "OTHER"),
    )
    told = {adapter_snpeff.site_of(record): entries}
    assert adapter_snpeff.effects([record], told) == [Effect(record, "STAT3", "MODERATE")]


NAMED = {
    "caller-two-hets-trans-deepvariant": "explains",
    "caller-two-hets-cis-deepvariant": "carrier",
    "caller-recessive-hom-dragen": "explains",
    "caller-dominant-het-varscan": "may explain",
    "reference-covered-clair3": NO_FINDING,
    "field-T2T_contigs": "cannot say",
}


@pytest.mark.skipif(
    bool(ADAPTERS["bcftools-csq"].missing()), reason="needs bcftools, samtools, bgzip"
)
def test_bcftools_csq_answers(tmp_path: Path) -> None:
    said = answers_of("bcftools-csq", [CASES[name] for name in NAMED], tmp_path)
    assert {row.case: row.answer for row in said} == NAMED


def test_an_adapter_that_is_none_or_lacks_its_program_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(SystemExit, match="no adapter 'x'"):
        adapter_of("x")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SystemExit, match="snpeff needs snpEff"):
        adapter_of("snpeff")
