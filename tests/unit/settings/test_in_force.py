"""The thresholds in force, and which of them let pass what the defaults do not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.settings.in_force import LOOSER, THRESHOLDS, in_force
from hies_annot.settings.run_config import RunConfig, config_of

LOOSE: dict[str, Any] = {
    "calls.min_gq": 0,
    "calls.min_dp": 3,
    "calls.min_alt_depth": 1,
    "calls.het_balance": [0.1, 0.8],
    "calls.hom_balance": 0.5,
    "calls.low_fraction": [0.2, 0.25],
    "calls.mosaic_p": 1e-9,
    "calls.de_novo_parent_reads": 8,
    "calls.accepted_filters": ["PASS", "LowQual"],
    "calls.trust_phase_without_ps": True,
    "callability.min_depth": 4,
    "callability.min_gq": 0,
    "callability.min_mapq": 0,
    "callability.min_baseq": 0,
    "callability.indel_flank": 0,
    "callability.indel_min_depth": 2,
    "callability.min_region_mean": 10,
    "callability.max_alt_fraction": 0.4,
    "callability.min_share": 0.5,
    "callability.min_exon_share": 0.5,
    "callability.require_known_sites": False,
    "callability.accepted_filters": ["PASS", "q10"],
    "callability.assume_reference": True,
}
STRICT: dict[str, Any] = {
    "calls.min_qual": 30,
    "calls.min_gq": 40,
    "calls.het_balance": [0.3, 0.7],
    "calls.hom_balance": 0.99,
    "calls.accepted_filters": ["PASS"],
    "calls.de_novo_parent_reads": 0,
    "callability.min_depth": 30,
    "callability.max_alt_fraction": 0.05,
    "callability.accepted_filters": ["PASS"],
    "callability.min_share": 1.0,
}


def config(values: dict[str, Any]) -> RunConfig:
    data: dict[str, dict[str, Any]] = {}
    for key, value in values.items():
        part, name = key.split(".")
        data.setdefault(part, {})[name] = value
    return config_of(data, source="test")


def test_every_threshold_has_a_direction() -> None:
    fields = {
        f"{part}.{name}" for part, model in THRESHOLDS.items() for name in model.__struct_fields__
    }
    assert fields == set(LOOSER) == set(in_force(RunConfig()).thresholds)


def test_every_threshold_but_one_that_is_off_can_be_loosened() -> None:
    assert set(LOOSE) | {"calls.min_qual"} == set(LOOSER)


def test_the_defaults_are_not_looser() -> None:
    assert in_force(RunConfig()).looser == ()


@pytest.mark.parametrize("key", LOOSE)
def test_a_looser_value_is_told(key: str) -> None:
    (told,) = in_force(config({key: LOOSE[key]})).looser
    assert told.startswith(f"{key}: ")
    assert "instead of" in told


@given(st.sets(st.sampled_from(sorted(STRICT))), st.sets(st.sampled_from(sorted(LOOSE))))
def test_what_is_looser_is_told_whatever_else_is_set(strict: set[str], loose: set[str]) -> None:
    values = {key: STRICT[key] for key in strict} | {key: LOOSE[key] for key in loose}
    made = in_force(config(values))
    assert {sentence.partition(":")[0] for sentence in made.looser} == loose


@given(st.sampled_from(sorted(LOOSE)))
def test_the_digest_knows_every_threshold(key: str) -> None:
    assert in_force(config({key: LOOSE[key]})).digest != in_force(RunConfig()).digest


def test_the_digest_does_not_depend_on_where_files_lie() -> None:
    def at(folder: str) -> str:
        source = {"name": "c", "kind": "clinvar", "path": f"{folder}/c.vcf"}
        settings = {"evidence": {"sources": [source]}, "output": folder, "threads": 2}
        return in_force(config_of(settings, source="test")).digest

    assert at("here") == at("/elsewhere/deep")
    assert at("here") != in_force(RunConfig()).digest
