"""What fuzzing begins with and has found: none of it is what the program is not made for."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fuzz.targets import TARGETS

HERE = Path(__file__).parent / "fuzz"
INPUTS = sorted(path for kind in ("corpus", "found") for path in HERE.glob(f"{kind}/*/*"))


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: "/".join(path.parts[-3:]))
def test_an_input_is_read_or_refused(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


def test_every_target_has_something_to_begin_with() -> None:
    assert {path.parent.name for path in INPUTS} == set(TARGETS)
