"""A missense score sees the protein only: it speaks against no allele that may act on splicing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.judge.acmg.case import Case
from hies_annot.judge.acmg.computational import bp4
from hies_annot.judge.effect import Effect
from hies_annot.model import PredictedSite, SpliceMapFact

LOWEST = {"REVEL": 0.0, "AlphaMissense": 0.0, "ESM1b": 10.0}
EDGE = ("missense_variant", "splice_region_variant")
KINDS = st.sampled_from(["donor loss", "donor gain", "acceptor loss", "acceptor gain"])


def judged(make, *, tool="REVEL", consequence=("missense_variant",), sites=(), spliceai=None):
    gene, identifier = make.CONDITIONS["ADHIES"]
    condition = gene.file.condition(identifier)
    scores = [{"tool": tool, "value": LOWEST[tool]}]
    scores += [] if spliceai is None else [{"tool": "SpliceAI", "value": spliceai}]
    told = SpliceMapFact("CI-SpliceAI", tuple(sites), "map") if sites else None
    return bp4(
        Case(
            annotation=make.make_annotation(consequence=consequence),
            effect=Effect.MISSENSE,
            evidence=make.make_evidence(scores=scores, splice_map=told),
            gene=gene.file,
            condition=condition,
            rules=condition.acmg,
            context=make.make_context(),
        )
    )


@pytest.mark.parametrize("tool", LOWEST)
def test_at_the_edge_of_an_exon_the_lowest_score_is_not_benign(make, tool):
    assert judged(make, tool=tool).points < 0
    found = judged(make, tool=tool, consequence=EDGE)
    assert found.points == 0
    assert found.reason.endswith(
        "but it lies at the edge of an exon, and no splice score was given"
    )


@given(kind=KINDS, score=st.floats(0.19, 1), used=st.booleans())
def test_a_prediction_from_the_cut_off_on_is_not_benign(make, kind, score, used):
    site = PredictedSite(kind, score, 1, "c.1600", 1, used)
    found = judged(make, sites=[site])
    acts = used and score >= 0.5
    assert (found.points == 0) is acts
    assert ("predicted to change splicing (CI-SpliceAI: " in found.reason) is acts


@given(spliceai=st.floats(0, 1), edge=st.booleans(), score=st.floats(0.19, 1))
def test_where_the_lab_has_a_splice_score_that_one_decides(make, spliceai, edge, score):
    site = PredictedSite("donor loss", score, 1, "c.1600", 1, used=True)
    consequence = EDGE if edge else EDGE[:1]
    found = judged(make, consequence=consequence, sites=[site], spliceai=spliceai)
    assert (found.points < 0) is (spliceai <= 0.1)
