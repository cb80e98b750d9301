from __future__ import annotations

import json

import pytest

from hies_annot.cli.main import main

R382W = "NM_139276.3:c.1144C>T p.(Arg382Trp)"


def outcome(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["variant", *words])
    return int(left.value.code or 0)


@pytest.mark.parametrize(
    "words",
    [
        ("17-42329643-G-A",),
        ("NM_139276.3:c.1144C>T",),
        ("17-40481661-G-A", "--build", "GRCh37"),
    ],
)
def test_one_variant_from_three_spellings(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert outcome(*words) == 0
    told = capsys.readouterr().out
    assert R382W in told
    assert "missense_variant" in told
    assert "DNA-binding domain" in told


def test_a_bad_text_does_not_hide_the_good_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome("17-42329643-G-A", "17-42329643-T-A") == 1
    told = capsys.readouterr()
    assert R382W in told.out
    assert "the reference has G" in told.err


def test_json_is_the_contract_of_a_variant(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome("20-33757310-C-T", "--zygosity", "hom", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["hgvs_c"], found["hgvs_p"]) == ("c.904C>T", "p.(Arg302Ter)")
    assert found["findings"][0]["status"] == "relevant"


def test_one_copy_is_no_diagnosis(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome("20-33757310-C-T", "--zygosity", "het", "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["findings"][0]["status"] == "carrier"


def test_a_build_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome("17-42329643-G-A", "--build", "T2T") == 2
    assert "neither GRCh37 nor GRCh38" in capsys.readouterr().err
