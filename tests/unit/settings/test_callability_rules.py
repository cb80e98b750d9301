"""The thresholds: closed, described, documented."""

from pathlib import Path

import pytest
from msgspec import ValidationError, convert
from msgspec.structs import fields

from hies_annot.model.json_schema import json_schema
from hies_annot.settings.callability_rules import CallabilityConfig

DOCUMENT = Path(__file__).parents[3] / "docs" / "callability.md"
FIELDS = {field.name: field for field in fields(CallabilityConfig)}


@pytest.mark.parametrize("change", [{"min_depht": 3}, {"min_depth": -1}, {"min_share": 1.1}])
def test_unknown_keys_and_impossible_values_are_refused(change):
    with pytest.raises(ValidationError):
        convert(change, CallabilityConfig)


def test_reference_is_not_assumed_unless_asked():
    assert not CallabilityConfig().assume_reference


@pytest.mark.parametrize("name", FIELDS)
def test_every_setting_is_described_in_the_schema_and_in_the_document(name):
    assert json_schema(CallabilityConfig)["properties"][name]["description"]
    (row,) = [
        line
        for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and f"`{name}`" in line.split("|")[1]
    ]
    default = FIELDS[name].default
    if not isinstance(default, tuple):
        assert str(default).lower() in row.split("|")[2]
