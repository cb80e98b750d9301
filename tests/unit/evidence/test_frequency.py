"""Frequencies: which field of which gnomAD version is read, and the whole fact of a record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hies_annot.errors import InputError
from hies_annot.evidence.frequency import FIELDS, PART_FIELDS, fact_of_row, resolve_fields
from hies_annot.evidence.group_frequency import FAF_GROUPS, lower_limit
from hies_annot.io.source_tables import SourceRow
from hies_annot.model import PopulationFact

OURS = {role: role.upper() for role in FIELDS}
"""Our field -> a field of the file that cannot be mistaken for another."""


def resolved(given, *present):
    return resolve_fields(given, frozenset(present), name="gnomAD", file="g.vcf")


@pytest.mark.parametrize("role", FIELDS)
def test_the_first_name_that_the_file_has_is_taken(role):
    names = FIELDS[role]
    for at, name in enumerate(names):
        found = resolved({}, "AF", "AF_joint", *names[at:])
        assert found[role] == (name if role != "allele_frequency" else "AF_joint")
    assert resolved({role: "OWN"}, "OWN", "AF", *names)[role] == "OWN"


def test_names_of_all_fields_of_a_version():
    joint = [names[0] for names in FIELDS.values()]
    assert resolved({}, *joint) == dict(zip(FIELDS, joint, strict=True))
    older = ("AF", "AC", "AN", "nhomalt", "faf95_popmax", "faf95_popmax_population")
    assert resolved({}, *older) == dict(zip(FIELDS, older, strict=True))
    assert resolved({"allele_count": "COUNT"}, "AF", "COUNT", "AC", "nhomalt") == {
        "allele_frequency": "AF",
        "allele_count": "COUNT",
        "homozygotes": "nhomalt",
    }


def test_a_frequency_is_one_or_both_counts():
    assert resolved({}, "AC", "AN") == {"allele_count": "AC", "allele_number": "AN"}
    told = (
        "g.vcf: evidence source gnomAD: no field with an allele frequency; name it under `fields`"
    )
    for present in ((), ("AC",), ("AN",), ("AC", "nhomalt"), ("faf95_popmax",)):
        with pytest.raises(InputError) as fault:
            resolved({}, *present)
        assert str(fault.value) == told


def test_a_configured_field_that_is_not_declared_is_named():
    with pytest.raises(InputError) as fault:
        resolved({"homozygotes": "HOM"}, "AF", "nhomalt")
    assert str(fault.value) == (
        "g.vcf: evidence source gnomAD: field 'HOM' (homozygotes) is not declared in the header"
    )


def fact(values, fields=OURS, filters=()):
    row = SourceRow("17", 1, None, "G", "A", filters, values)
    return fact_of_row(row, fields, source="gnomAD", version="v4")


GIVEN = {
    "ALLELE_FREQUENCY": "0.25",
    "ALLELE_COUNT": "3",
    "ALLELE_NUMBER": "12",
    "HOMOZYGOTES": "1",
    "FILTERING_FREQUENCY": " 0.125 ",
    "FILTERING_GROUP": "nfe",
}
EMPTY = PopulationFact("gnomAD", "v4", None, None, None, None, None, None)


@given(st.floats(-1, 2), st.integers(0, 10**6), st.integers(1, 10**6), st.floats(0.96, 1.04))
def test_figures_that_contradict_each_other_are_refused(frequency, count, number, rounding):
    """A frequency of its own counts is read, rounded or not; any far from them is not."""
    share = count / number
    given = {"ALLELE_COUNT": str(count), "ALLELE_NUMBER": str(number)}
    close = min(1.0, share * rounding)
    if count > number or not 0 <= frequency <= 1:
        with pytest.raises(ValueError, match="is not between 0 and 1"):
            fact(given | {"ALLELE_FREQUENCY": repr(frequency)})
        return
    expected = share if close == 1 else close
    assert fact(given | {"ALLELE_FREQUENCY": repr(close)}).allele_frequency == expected
    assert fact(given | {"ALLELE_FREQUENCY": f"{share:.3f}"}).allele_count == count
    if abs(frequency - share) > 0.06 and len(repr(frequency)) > 6:
        with pytest.raises(ValueError, match="is not that of"):
            fact(given | {"ALLELE_FREQUENCY": repr(frequency)})


@given(st.sampled_from(["0", "0.0", "1", "1.0"]), st.integers(0, 1000))
def test_0_and_1_are_figures_of_two_decimals_and_the_counts_tell_more(frequency, count):
    given = {
        "ALLELE_COUNT": str(count),
        "ALLELE_NUMBER": "1000",
        "ALLELE_FREQUENCY": frequency,
    }
    if count <= 5 if frequency.startswith("0") else count >= 953:
        assert fact(given).allele_frequency == count / 1000
        return
    with pytest.raises(ValueError, match="is not that of"):
        fact(given)


@given(st.integers(0, 20), st.integers(0, 20))
def test_homozygotes_need_two_alleles_each(homozygotes, count):
    given = {"HOMOZYGOTES": str(homozygotes), "ALLELE_COUNT": str(count)}
    if 2 * homozygotes <= count:
        assert fact(given).homozygotes == homozygotes
        return
    with pytest.raises(ValueError, match="homozygotes have more than"):
        fact(given)


def test_a_filtering_frequency_beyond_one_is_refused():
    with pytest.raises(ValueError, match="filtering frequency 7 is not between 0 and 1"):
        fact({"FILTERING_FREQUENCY": "7"})


def test_a_fact_is_what_the_record_gives():
    assert fact({}) == EMPTY
    assert fact(GIVEN, {}) == EMPTY
    assert fact(GIVEN, filters=("AC0", "RF")) == PopulationFact(
        source="gnomAD",
        version="v4",
        allele_frequency=0.25,
        allele_count=3,
        allele_number=12,
        homozygotes=1,
        filtering_frequency=0.125,
        filtering_group="nfe",
        filters=("AC0", "RF"),
        part=None,
    )


@pytest.mark.parametrize(
    ("count", "number", "frequency"),
    [("3", "12", 0.25), ("0", "12", 0.0), ("3", "0", None), ("3", None, None), (None, "12", None),
     ("-1", "12", None), ("3", "-12", None), ("1", "1", 1.0)],
)  # fmt: skip
def test_a_frequency_that_is_not_given_is_counted(count, number, frequency):
    given = {"ALLELE_COUNT": count, "ALLELE_NUMBER": number}
    found = fact({name: text for name, text in given.items() if text is not None})
    assert found.allele_frequency == frequency


@pytest.mark.parametrize(
    ("text", "count"),
    [("0", 0), ("-1", None), ("-0.4", None), ("2.6", 3), ("NA", None), ("", None)],
)
def test_a_count_is_a_whole_number_from_0_on(text, count):
    assert fact({"HOMOZYGOTES": text}).homozygotes == count


@pytest.mark.parametrize("group", FAF_GROUPS)
@pytest.mark.parametrize("name", ["faf95_{}", "faf95-{}", "faf95_joint_{}"])
def test_the_highest_of_the_groups_is_taken_where_no_highest_is_given(group, name):
    others = {name.format(other): "0.01" for other in FAF_GROUPS if other != group}
    found = fact({**others, name.format(group): "0.02", "FILTERING_GROUP": "stated"})
    assert (found.filtering_frequency, found.filtering_group) == (0.02, group)
    stated = fact({**GIVEN, name.format(group): "0.9"})
    assert (stated.filtering_frequency, stated.filtering_group) == (0.125, "nfe")


def test_a_group_has_its_figure_with_an_underscore_first_and_the_joint_one_too():
    both = fact({"faf95_afr": "0.01", "faf95-afr": "0.9", "faf95_joint_nfe": "0.02"})
    assert (both.filtering_frequency, both.filtering_group) == (0.02, "nfe")
    assert fact({"faf95_fin": "0.5", "faf95_asj": "0.5"}) == EMPTY
    assert fact({"faf95_exomes_afr": "0.5", "faf95-": "0.5", "": "0.5"}) == EMPTY
    assert fact({"FILTERING_GROUP": "nfe"}).filtering_group is None


JOINT = {role: names[0] for role, names in FIELDS.items()}
FIGURES = {
    "exomes": ("0.25", "3", "12", "1", "0.125", "nfe"),
    "genomes": ("0.75", "6", "8", "2", "0.5", "afr"),
    "joint": ("0.45", "9", "20", "3", "0.4", "sas"),
}


def joint_record(*left_out):
    return {
        f"{name}_{part}": figure
        for part, figures in FIGURES.items()
        for name, figure in zip(PART_FIELDS.values(), figures, strict=True)
        if f"{name}_{part}" not in left_out
    }


def of_part(part, filters=(), told=None):
    frequency, count, number, homozygotes, filtering, group = FIGURES[part]
    return PopulationFact(
        source="gnomAD",
        version="v4",
        allele_frequency=float(frequency),
        allele_count=int(count),
        allele_number=int(number),
        homozygotes=int(homozygotes),
        filtering_frequency=float(filtering),
        filtering_group=group,
        filters=filters,
        part=told,
    )


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ((), of_part("joint")),
        (("EXOMES_FILTERED",), of_part("genomes", told="genomes only (EXOMES_FILTERED)")),
        (("GENOMES_FILTERED",), of_part("exomes", told="exomes only (GENOMES_FILTERED)")),
        (("BOTH_FILTERED",), of_part("joint", ("BOTH_FILTERED",))),
        (("GENOMES_FILTERED", "AC0"), of_part("joint", ("GENOMES_FILTERED", "AC0"))),
    ],
)
def test_of_a_joint_record_the_part_that_passed_is_the_whole_fact(filters, expected):
    assert fact(joint_record(), JOINT, filters) == expected


@pytest.mark.parametrize(
    ("filters", "passed"), [("EXOMES_FILTERED", "genomes"), ("GENOMES_FILTERED", "exomes")]
)
def test_groups_are_looked_for_in_the_part_that_passed(filters, passed):
    highest = f"fafmax_faf95_max_{passed}"
    groups = {"faf95_afr": "0.9", "faf95-afr": "0.9", "faf95_joint_afr": "0.9"}
    record = joint_record(highest) | groups
    alone = fact(record, JOINT, (filters,))
    assert (alone.filtering_frequency, alone.filtering_group) == (None, None)
    found = fact(record | {f"faf95_{passed}_amr": "0.01"}, JOINT, (filters,))
    assert (found.filtering_frequency, found.filtering_group) == (0.01, "amr")
    uncounted = fact(joint_record(f"AC_{passed}"), JOINT, (filters,))
    assert uncounted == of_part("joint", (filters,))
    absent = fact(joint_record() | {f"AC_{passed}": "0"}, JOINT, (filters,))
    assert absent == of_part("joint", (filters,))
    figures = {f"AC_{passed}": "1", f"AF_{passed}": ".", f"nhomalt_{passed}": "0"}
    seen = fact(joint_record() | figures, JOINT, (filters,))
    assert seen.allele_count == 1


@pytest.mark.parametrize("words", ["grpmax_joint", "grpmax", "popmax"])
def test_counts_of_the_highest_group_give_its_faf95_where_none_is_stated(words):
    given = {"AF": "1e-3", f"AF_{words}": "0.05", words: "afr"}
    bare = fact(given)
    assert (bare.group_frequency, bare.filtering_frequency) == (0.05, None)
    counted = fact(given | {f"AC_{words}": "500", f"AN_{words}": "10000"})
    assert counted.filtering_frequency == pytest.approx(0.0464, rel=0.01)
    assert (counted.filtering_group, counted.group_frequency) == ("afr", None)
    assert fact(given | {f"AC_{words}": "1", f"AN_{words}": "10000"}).filtering_frequency == 0
    small = fact(given | {f"AC_{words}": "50", f"AN_{words}": "1000"})
    assert (small.filtering_frequency, small.group_frequency) == (None, None)
    stated = fact(given | {"FILTERING_FREQUENCY": "0.01"})
    assert (stated.filtering_frequency, stated.group_frequency) == (0.01, None)


@pytest.mark.parametrize(
    ("count", "limit"),
    [(0, 0), (1, 0), (2, 0.355), (3, 0.818), (10, 5.425), (100, 84.14)],
)
def test_the_lower_limit_is_that_of_the_poisson_distribution(count, limit):
    assert lower_limit(count) == pytest.approx(limit, rel=0.03)
