"""Verdicts of a sample's calls with what the sample itself adds."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from hies_annot.genome import Build
from hies_annot.judge.alleles import AlleleBook
from hies_annot.judge.calls import judge_calls, look_up, that_may_pair
from hies_annot.model import Phase, PhaseState, SampleSpec
from hies_annot.read.samples import read_group
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import config_of

POPULATION = Path(__file__).parents[2] / "cases" / "znf341_trans_both_rare" / "population.vcf"
SOURCE = {"name": "made-up population", "kind": "population", "path": str(POPULATION)}
ENGINE = Engine(config_of({"evidence": {"sources": [SOURCE]}}, source="test"))
TOOLS = ENGINE.tools(Build.GRCH38)
CASE = Path(__file__).parents[2] / "cases" / "znf341_unphased" / "input.vcf"


def pm3_points(state: PhaseState) -> set[int]:
    """Points of PM3 of two heterozygous stops of which the reads say this."""
    spec = SampleSpec(sample="P", vcf=str(CASE))
    records = read_group(CASE, [spec], ENGINE.reading_rules, relatives=frozenset())["P"]
    book = AlleleBook(TOOLS.annotator, TOOLS.evidence, ENGINE.genes)
    known = look_up(records.calls, book)
    pair = that_may_pair(known, {"ZNF341"})
    assert len(pair) == 2
    links = {frozenset(call.allele.id for call in pair): Phase(state, "reads", "fragments")}
    judged = judge_calls(known, book, (), spec, ENGINE.config.calls, links)
    return {
        criterion.points
        for entry in judged
        for criterion in entry.verdicts["ZNF341-AR-HIES"].acmg.criteria
        if criterion.code == "PM3" and entry.drop_reason is None
    }


@pytest.mark.parametrize(
    ("state", "points"),
    [(PhaseState.TRANS, {2}), (PhaseState.UNKNOWN, {1}), (PhaseState.CIS, {0})],
)
def test_what_the_reads_say_of_a_pair_counts_for_pm3(state: PhaseState, points: set[int]) -> None:
    assert pm3_points(state) == points


@pytest.mark.parametrize(
    ("most", "reason"),
    [
        (0, "the parents together show 2 reads with the allele (at most 0 count as noise)"),
        (1, "the parents together show 2 reads with the allele (at most 1 count as noise)"),
        (2, "de novo assumed, but "),
    ],
)
def test_how_many_reads_of_the_parents_are_noise_is_the_setting_of_the_lab(
    build, most: int, reason: str
) -> None:
    """Each parent shows one read with the allele."""
    spec = SampleSpec(sample="P", vcf=str(CASE))
    records = read_group(CASE, [spec], ENGINE.reading_rules, relatives=frozenset())["P"]
    book = AlleleBook(TOOLS.annotator, TOOLS.evidence, ENGINE.genes)
    known = look_up(records.calls, book)
    noisy = [
        replace(build.make_call("0/0", ad=(39, 1)), allele=entry.call.allele) for entry in known
    ]
    relatives = [build.make_relative(role, noisy) for role in ("father", "mother")]
    thresholds = replace(ENGINE.config.calls, de_novo_parent_reads=most)
    judged = judge_calls(known, book, relatives, spec, thresholds, {})
    reasons = [
        criterion.reason
        for entry in judged
        if entry.drop_reason is None
        for criterion in entry.verdicts["ZNF341-AR-HIES"].acmg.criteria
        if criterion.code == "PM6"
    ]
    assert len(reasons) == 2
    assert all(each.startswith(reason) for each in reasons)
