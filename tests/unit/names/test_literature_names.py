"""A name of the literature that stands for another curated variant is told."""

from __future__ import annotations

import pytest

from hies_annot.evidence.known_alleles import shipped_known
from hies_annot.genome import Build
from hies_annot.names.literature_names import also_known
from hies_annot.run.engine import Engine
from hies_annot.run.typed_variants import look_up
from hies_annot.settings.run_config import RunConfig


@pytest.mark.parametrize(
    "text", ["STAT3 p.Ala702Thr", "p.A702T", "STAT3:p.(Ala702Thr)", "A702T", "stat3 p.A702T"]
)
@pytest.mark.parametrize("build", Build)
def test_the_name_of_a_curated_variant_on_another_transcript_is_told(text, build):
    (found,) = look_up((text,), Engine(RunConfig()), build, zygosity=None)
    (told,) = [remark for remark in found.remarks if "papers also call" in remark]
    assert "p.(Ala703Thr)" in told


@pytest.mark.parametrize(
    "text", ["STAT3 p.Ala703Thr", "ZNF341:p.A702T", "STAT3 p.Arg382Trp", "NM_139276.3:c.1144C>T"]
)
def test_other_names_are_not(text):
    assert not list(also_known(text, "17-1-A-C", shipped_known()))
