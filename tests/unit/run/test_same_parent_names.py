"""Families whose parents have the same names in files of their own never mix."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from hies_annot.run.analyse import analyse_rows
from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

CASES = Path(__file__).resolve().parents[2] / "cases"
FAMILIES = {"trans": "znf341_trio_trans", "cis": "znf341_trio_cis"}
ALONE = {"trans": "relevant", "cis": "carrier"}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(RunConfig())


@pytest.mark.parametrize("family", [False, True], ids=["no family", "family"])
@pytest.mark.parametrize("order", list(permutations(ALONE)))
def test_each_child_has_its_own_parents(
    engine: Engine, order: tuple[str, ...], family: bool
) -> None:
    rows = [
        {
            "sample": name,
            "vcf": str(CASES / FAMILIES[name] / "input.vcf"),
            "vcf_sample": "P",
            "affected": "yes",
            "father": "F",
            "mother": "M",
            **({"family": name} if family else {}),
        }
        for name in order
    ]
    found = {result.sample: result.status for result in analyse_rows(engine, rows, (), batch=None)}
    assert found == ALONE
