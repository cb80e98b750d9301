import pytest

from hies_annot.phase.kinship import mendel_check, swap_hints


def calls(build, genotypes):
    return [build.make_call(gt, pos=100 + 10 * i) for i, gt in enumerate(genotypes)]


def trio(build, father, mother):
    return (
        build.make_relative("father", calls(build, father)),
        build.make_relative("mother", calls(build, mother)),
    )


@pytest.mark.parametrize(
    ("child", "father", "mother", "possible"),
    [
        ("0/1", "0/1", "0/0", True),
        ("0/1", "0/0", "0/0", False),
        ("0/1", "1/1", "1/1", False),
        ("1/1", "0/1", "0/1", True),
        ("1/1", "0/1", "0/0", False),
        ("0/0", "1/1", "0/1", False),
        ("0/0", "0/1", "./.", True),
        ("1/1", "./1", "1/1", True),
    ],
)
def test_mendel(build, child, father, mother, possible):
    check = mendel_check(calls(build, [child]), trio(build, [father], [mother]))
    assert check.compared == 1
    assert (check.impossible == ()) is possible


def test_one_parent_or_an_unseen_site_compares_nothing(build):
    father, _ = trio(build, ["0/0"], [])
    assert mendel_check(calls(build, ["1/1"]), (father,)).compared == 0
    assert mendel_check(calls(build, ["1/1"]), trio(build, ["0/0"], [])).compared == 0


def test_a_swapped_parent_is_hinted_at_and_a_true_one_is_not(build):
    child = calls(build, ["1/1", "1/1", "0/0"])
    fitting = swap_hints(child, trio(build, ["0/1", "0/1", "0/1"], ["1/1", "0/1", "0/0"]))
    swapped = swap_hints(child, trio(build, ["0/0", "0/0", "0/1"], ["1/1", "0/1", "0/0"]))
    assert fitting == ()
    assert any("father" in hint and "2 of 2" in hint for hint in swapped)


def test_a_single_new_allele_is_no_swap(build):
    assert swap_hints(calls(build, ["0/1"]), trio(build, ["0/0"], ["0/0"])) == ()
