"""Carriers are counted by family, against a count that is made the slow way."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from hies_annot.results.carrier_counts import (
    CarriedAllele,
    CarriedAlleles,
    CarrierCount,
    Span,
    carrier_counts,
)
from hies_annot.results.recurrence import (
    Recurrence,
    carriers_of,
    figures,
    recurrences,
    remarkable,
)


def allele(name: str, *, reported: bool = True, frequency: float | None = None) -> CarriedAllele:
    key = ("GRCh38", name)
    return CarriedAllele(key, "STAT3", 5, name, reported, "het", 40, 19, 0.475, 99.0, frequency)


def person(
    name: str,
    *alleles: CarriedAllele,
    kin: tuple[str, ...] = (),
    build: str = "GRCh38",
    seen: tuple[Span, ...] = (),
) -> CarriedAlleles:
    return CarriedAlleles(name, kin, alleles, build, seen)


def only(people: list[CarriedAlleles]) -> Recurrence:
    (found,) = recurrences(people)
    return found


def test_an_allele_that_is_reported_once_is_counted_in_all() -> None:
    people = [person("A", allele("x")), person("B", allele("x", reported=False)), person("C")]
    found = only(people)
    assert (found.count.carriers, found.count.unrelated, found.count.samples) == (2, 3, 2)
    assert found.sentence.startswith("x is carried by 2 of 3 unrelated samples of this run")


def test_an_allele_that_is_nowhere_reported_is_not_told() -> None:
    assert recurrences([person("A", allele("x", reported=False))]) == []


def test_a_family_counts_once() -> None:
    people = [
        person("child", allele("x"), kin=("sample father", "sample mother")),
        person("father", allele("x")),
        person("mother"),
        person("cousin", allele("x"), kin=("family F",)),
        person("aunt", kin=("family F", "sample father")),
        person("stranger", allele("x")),
    ]
    found = only(people)
    assert (found.count.carriers, found.count.unrelated, found.count.samples) == (2, 2, 4)


@given(
    ties=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=8),
    has=st.lists(st.booleans(), min_size=8, max_size=8),
)
def test_any_ties_make_the_families_that_paths_make(
    ties: list[tuple[int, int]], has: list[bool]
) -> None:
    people = [
        person(
            str(number),
            *([allele("x")] if has[number] else []),
            kin=tuple(f"sample {b}" for a, b in ties if a == number),
        )
        for number in range(8)
    ]
    near = {number: {number} for number in range(8)}
    for a, b in ties:
        near[a] |= {b}
        near[b] |= {a}
    for _ in range(8):
        near = {n: set().union(*(near[other] for other in reach)) for n, reach in near.items()}
    families = {frozenset(reach) for reach in near.values()}
    assert all(a == b or not a & b for a, b in combinations(families, 2))
    found = recurrences(people)
    assert [each.count.unrelated for each in found] == [len(families)] * any(has)
    carriers = sum(any(has[member] for member in family) for family in families)
    assert [each.count.carriers for each in found] == [carriers] * any(has)


def test_what_a_source_knows_as_frequent_is_not_pointed_out() -> None:
    people = [
        person(
            str(n), allele("rare"), allele("known", frequency=0.002), allele("low", frequency=1e-5)
        )
        for n in range(3)
    ]
    found = recurrences([*people, person("one", allele("single"))])
    assert [each.name for each in remarkable(found, 3, 0.001)] == ["low", "rare"]
    assert remarkable(found, 4, 0.001) == []


def test_figures_stand_side_by_side() -> None:
    people = [person("A", allele("x")), person("B", allele("x")), person("C", allele("x"))]
    key = ("GRCh38", "x")
    listed = carriers_of(people, {key: None}, 2)
    assert list(figures(listed[key])) == [
        "A: het, 19 of 40 reads, GQ 99",
        "B: het, 19 of 40 reads, GQ 99",
    ]


def test_carriers_of_earlier_runs_count_beside_those_of_this_one() -> None:
    def earlier(key: tuple[str, str]) -> CarrierCount:
        return CarrierCount(3 if key[1] == "x" else 0, 400, 410, 3)

    found = recurrences([person("A", allele("x"), allele("y")), person("B", allele("x"))], earlier)
    assert [each.name for each in remarkable(found, 5, 0.001)] == ["x"]
    assert remarkable(found, 6, 0.001) == []
    assert "2 of 2 unrelated samples of this run" in found[0].sentence
    assert "3 of 410 of earlier runs (400 known to be callable there)" in found[0].sentence


def test_who_failed_or_was_read_on_another_build_is_not_among_those_who_could_carry_it() -> None:
    people = [
        person("A", allele("x")),
        person("B", build=""),
        person("C", build="GRCh37"),
        person("D"),
    ]
    assert only(people).count == CarrierCount(1, 1, 2, 1)


spans = st.lists(
    st.tuples(st.sampled_from(["STAT3", "ZNF341"]), st.integers(1, 8), st.integers(3, 9)),
    max_size=3,
).map(tuple)


@given(
    seen=st.lists(st.tuples(spans, st.sampled_from(["GRCh38", "GRCh37", ""])), max_size=8),
    has=st.lists(st.booleans(), min_size=8, max_size=8),
    families=st.lists(st.integers(0, 4), min_size=8, max_size=8),
)
def test_looked_at_is_every_family_with_a_carrier_or_a_member_callable_there(
    seen: list[tuple[tuple[Span, ...], str]], has: list[bool], families: list[int]
) -> None:
    one = allele("x")
    people = [
        person(
            str(number),
            *([one] if has[number] and build == "GRCh38" else []),
            kin=(f"family {families[number]}",),
            build=build,
            seen=callable_,
        )
        for number, (callable_, build) in enumerate(seen)
    ]
    expected = {
        families[number]
        for number, (callable_, build) in enumerate(seen)
        if build == "GRCh38"
        and (has[number] or any(g == "STAT3" and a <= one.pos <= b for g, a, b in callable_))
    }
    unrelated = {families[n] for n, (_, build) in enumerate(seen) if build == "GRCh38"}
    count = carrier_counts(people, {one.key: one})[one.key]
    assert (count.looked_at, count.unrelated) == (len(expected), len(unrelated))
