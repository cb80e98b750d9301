"""The benchmark that reads other tools' inheritance tables, on rows of our own."""

import importlib.util
import sys
from pathlib import Path

import pytest

PATH = Path(__file__).parents[3] / "benchmarks" / "inheritance_truth.py"
PEOPLE = ("proband", "father", "mother", "brother")


@pytest.fixture(scope="module")
def truth():
    spec = importlib.util.spec_from_file_location("inheritance_truth", PATH)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def row(first, second=None, *, states=("AFFECTED", "UNAFFECTED", "UNAFFECTED", "")):
    """A row with the genotypes of child, father, mother and brother at one or two places."""
    found = {"name": "own", "expected": ""}
    for number, person in enumerate(PEOPLE):
        found[f"{person}Gt"] = first[number] if number < len(first) else ""
        found[f"{person}AffectedStatus"] = states[number]
        if second is not None:
            found[f"{person}OtherGt"] = second[number] if number < len(second) else ""
    return found


@pytest.mark.parametrize(
    ("first", "second", "ours", "phase"),
    [
        (("1/1", "0/1", "0/1"), None, "true", "not_needed"),
        (("0/1", "0/1", "0/0"), None, "false", "not_needed"),
        (("./1", "0/0", "0/0"), None, "possible", "not_needed"),
        (("1/4", "0/0", "0/0"), None, "true", "trans"),
        (("0/1", "0/1", "0/0"), ("0/1", "0/0", "0/1"), "true", "trans"),
        (("0/1", "0/1", "0/0"), ("0/1", "0/1", "0/0"), "false", "cis"),
        (("0/1", "./.", "./."), ("0/1", "0/1", "0/0"), "possible", "unknown"),
        (("1|0:block1", "./.", "./."), ("0|1:block1", "./.", "./."), "true", "trans"),
        (("1|0:block1", "./.", "./."), ("0|1:block2", "./.", "./."), "possible", "unknown"),
    ],
)
def test_a_row_goes_through_vcf_and_ped(truth, first, second, ours, phase):
    answer = truth.answer("Own.tsv", row(first, second))
    assert (answer.ours, answer.phase) == (ours, phase)


def test_the_disease_state_of_a_brother_explains_a_difference(truth):
    states = ("AFFECTED", "UNAFFECTED", "UNAFFECTED", "UNAFFECTED")
    genotypes = ("1/1", "0/1", "0/1", "1/1")
    assert truth.answer("Own.tsv", row(genotypes, states=states)).reason == "S"
