"""Every fault of `all_faults`, in every container: told or harmless, never "nothing found".

The person has STAT3 p.Arg382Trp, and a BED says that all bases of both genes were looked at. So
each fault leaves the answer, lowers it with a reason, or makes the sample `failed` or
`inconclusive`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from containers import CONTAINERS
from robustness import PAGE, all_faults, outcome

from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

NEVER = {"none", "carrier", "differential"}
UNSEEN = {
    "gz indexed": {"record: commented out", "record: commented out twice"},
}
"""An index does not know a line that begins with `#`."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(RunConfig())


@pytest.mark.slow
@pytest.mark.parametrize("packed", CONTAINERS)
def test_no_fault_makes_a_finding_vanish(packed: str, engine: Engine, tmp_path: Path) -> None:
    silent = {}
    for number, (name, fault) in enumerate(all_faults().items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        status, reason = outcome(engine, fault(), folder, packed)
        if status in NEVER or not reason:
            silent[name] = (status, reason)
    assert set(silent) == UNSEEN.get(packed, set()), silent


def test_there_are_as_many_faults_as_the_page_says() -> None:
    assert len(all_faults()) > 335
    assert f"{len(all_faults())} faults" in PAGE.read_text(encoding="utf-8")
