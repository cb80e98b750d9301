import pytest

from hies_annot.model.gt import parse_genotype


@pytest.mark.parametrize(
    ("text", "alleles", "phased"),
    [
        ("0/1", (0, 1), False),
        ("0|1", (0, 1), True),
        ("1|0", (1, 0), True),
        ("./.", (None, None), False),
        (".", (None,), True),
        ("./1", (None, 1), False),
        ("1/.", (1, None), False),
        ("0|.", (0, None), True),
        ("1", (1,), True),
        ("0", (0,), True),
        ("1/2", (1, 2), False),
        ("1|2", (1, 2), True),
        ("2/2", (2, 2), False),
        ("0/1/1", (0, 1, 1), False),
        ("0|1|1", (0, 1, 1), True),
        ("/0/1", (0, 1), False),
        ("|0|1", (0, 1), True),
        ("/0|1", (0, 1), False),
        ("|0/1", (0, 1), False),
        ("/1", (1,), False),
        ("0/1|2", (0, 1, 2), False),
        ("10|11", (10, 11), True),
    ],
)
def test_genotype_text_is_read_as_written(text, alleles, phased):
    genotype = parse_genotype(text)
    assert genotype.alleles == alleles
    assert genotype.phased is phased


@pytest.mark.parametrize("text", ["", "0/", "a/b", "0//1", "-1/0", "0/1 ", "0/1/", "0\\1", "|"])
def test_what_is_no_genotype_is_refused(text):
    assert parse_genotype(text) is None


@pytest.mark.parametrize(
    ("text", "index", "slot"),
    [
        ("0|1", 1, 1),
        ("1|0", 1, 0),
        (".|1", 1, 1),
        ("2|1", 2, 0),
        ("0/1", 1, None),
        ("1|1", 1, None),
        ("1", 1, None),
        ("0|1|1", 1, None),
        ("0|1", 2, None),
    ],
)
def test_slot_only_of_one_allele_in_a_phased_diploid_genotype(text, index, slot):
    assert parse_genotype(text).slot(index) == slot
