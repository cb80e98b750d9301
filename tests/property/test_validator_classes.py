"""Every check of vcf-validator: said with its place and field, or harmless for a stated reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from faults import CARRIED, changed, whole
from robustness import PAGE, class_row, said_of, table_of_classes
from validator_classes import Check, checks
from vcf_text import bases

from hies_annot.run.engine import Engine
from hies_annot.settings.run_config import RunConfig

CLASSES = {
    *("MetaSectionError", "FileformatError", "HeaderSectionError", "NoMetaDefinitionError"),
    *("BodySectionError", "ChromosomeBodyError", "PositionBodyError", "IdBodyError"),
    *("ReferenceAlleleBodyError", "AlternateAllelesBodyError", "QualityBodyError"),
    *("FilterBodyError", "InfoBodyError", "FormatBodyError", "SamplesBodyError"),
    *("SamplesFieldBodyError", "NormalizationError", "DuplicationError"),
}
"""The classes of inc/vcf/error.hpp that are raised; `Error` is the base of all."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(RunConfig())


def test_every_class_has_a_check_that_is_named_once() -> None:
    names = [check.name for check in checks()]
    assert len(names) == len(set(names))
    assert {check.group for check in checks()} == CLASSES
    assert all(bool(check.names) != bool(check.harmless) for check in checks())


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_a_fault_is_said_or_changes_nothing(check: Check, engine: Engine, tmp_path: Path) -> None:
    status, said = said_of(engine, check, tmp_path)
    named = [text for text in said if all(name in text for name in check.names)]
    assert not said if check.harmless else named
    assert status not in {"none", "carrier", "differential"}
    assert class_row(check, status, said) in table_of_classes(PAGE.read_text(encoding="utf-8"))


def test_a_change_in_another_spelling_is_met_again(engine: Engine, tmp_path: Path) -> None:
    before = bases("17", 42329642, 42329642)
    longer = changed(POS="42329642", REF=f"{before}G", ALT=f"{before}A")
    twice = whole(f"{longer}\n{CARRIED}")
    _, said = said_of(engine, Check("DuplicationError", "another spelling", twice), tmp_path)
    assert any("record 4 (" in text and "an earlier record has, too" in text for text in said)
