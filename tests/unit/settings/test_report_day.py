"""The day of a report is written in one way, and a fault says in which."""

from __future__ import annotations

import pytest

from hies_annot.errors import FaultsError
from hies_annot.settings.run_config import config_of


@pytest.mark.parametrize(
    "text", ["29.11.2026", "20261129", "2026-W48-7", "2026-11-31", "\u0662026-11-29"]
)
def test_a_day_in_another_form_is_refused_with_the_form_that_is_read(text):
    with pytest.raises(FaultsError, match=r"is no day \(YYYY-MM-DD\)"):
        config_of({"report_date": text}, source="x")
    assert config_of({"report_date": "2026-11-29"}, source="x").report_date == "2026-11-29"
