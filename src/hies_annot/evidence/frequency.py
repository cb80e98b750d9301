"""gnomAD's field names over its versions, and the fact of one record."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hies_annot.errors import InputError
from hies_annot.io.numbers import finite_number
from hies_annot.io.source_tables import SourceRow
from hies_annot.model import PopulationFact

FIELDS: dict[str, tuple[str, ...]] = {
    "allele_frequency": ("AF_joint", "AF"),
    "allele_count": ("AC_joint", "AC"),
    "allele_number": ("AN_joint", "AN"),
    "homozygotes": ("nhomalt_joint", "nhomalt"),
    "filtering_frequency": (
        "fafmax_faf95_max_joint",
        "fafmax_faf95_max",
        "faf95_popmax",
        "faf95_max",
    ),
    "filtering_group": (
        "fafmax_faf95_max_gen_anc_joint",
        "fafmax_faf95_max_gen_anc",
        "faf95_popmax_population",
    ),
}
"""Our field -> names in gnomAD v4.1 joint, v4, v3.1 and v2.1.1, best first."""

PART_FIELDS: dict[str, str] = {
    "allele_frequency": "AF",
    "allele_count": "AC",
    "allele_number": "AN",
    "homozygotes": "nhomalt",
    "filtering_frequency": "fafmax_faf95_max",
    "filtering_group": "fafmax_faf95_max_gen_anc",
}
"""Our field -> field of one data type in the v4.1 joint release, without `_exomes`, `_genomes`."""

PASSED_PART = {"EXOMES_FILTERED": "genomes", "GENOMES_FILTERED": "exomes"}
"""FILTER of a gnomAD v4.1 joint record -> the data type that did not fail.

There the allele passed or is not present (descriptions of the FILTER lines in gnomad_methods).
"""

ROUNDED = 0.05
"""Share by which a frequency may differ from its counts, beside half a unit of its last digit."""

_ROUND = (0.0, 1.0)
"""Frequencies that may be rounded from anything near: the share of the counts tells more."""
_LEAST_DIGIT = -2
"""The last digit that such a figure is taken to have."""

_NORMAL_95 = 1.6449
"""95 % quantile of the normal distribution."""

FAF_GROUPS = ("afr", "amr", "eas", "nfe", "sas")
"""Groups that are not bottlenecked; v2 and v3 give one FAF95 for each (`faf95_afr`)."""

GROUPS = ("grpmax_joint", "grpmax", "popmax")
"""What stands behind AF_, AC_ and AN_ of the group with the highest frequency, best first."""
LEAST_OF_GROUP = 2000
"""Alleles of a group below which nothing is said of it (as gnomAD's own FAF95)."""


def resolve_fields(
    given: Mapping[str, str], present: frozenset[str], *, name: str, file: str
) -> dict[str, str]:
    """Return our field -> field of the file, configured names first.

    Raises:
        InputError: a configured field that the header does not declare, or no frequency at all.
    """
    found: dict[str, str] = {}
    for role, candidates in FIELDS.items():
        if role in given:
            if given[role] not in present:
                raise InputError(
                    f"evidence source {name}: field {given[role]!r} ({role}) is not declared in "
                    "the header",
                    file=file,
                )
            found[role] = given[role]
            continue
        chosen = next((candidate for candidate in candidates if candidate in present), None)
        if chosen is not None:
            found[role] = chosen
    if "allele_frequency" not in found and not {"allele_count", "allele_number"} <= set(found):
        raise InputError(
            f"evidence source {name}: no field with an allele frequency; name it under `fields`",
            file=file,
        )
    return found


def fact_of_row(
    row: SourceRow, fields: Mapping[str, str], *, source: str, version: str | None
) -> PopulationFact:
    """Return the frequency of one allele; figures that are not given stay None.

    Of a joint record of which one data type passed, the figures of that one are taken.

    Raises:
        ValueError: a frequency is not between 0 and 1, or not that of the counts beside it.
    """
    passed = _passed_part(row)
    if passed is not None:
        fields = {role: f"{name}_{passed}" for role, name in PART_FIELDS.items()}
    count = _integer(row, fields.get("allele_count"))
    number = _integer(row, fields.get("allele_number"))
    frequency = _number(row, fields.get("allele_frequency"))
    homozygotes = _integer(row, fields.get("homozygotes"))
    _demand_agreement(frequency, count, number)
    _demand_carriers(homozygotes, count)
    if frequency in (None, *_ROUND) and count is not None and number:
        frequency = count / number
    filtering = _number(row, fields.get("filtering_frequency"))
    group = row.values.get(fields.get("filtering_group", ""))
    if filtering is None:
        filtering, group = _highest_group(row, (f"{passed}_",) if passed else ("", "joint_"))
    highest = None
    if filtering is None:
        highest, filtering, group = _of_group(row, f"grpmax_{passed}" if passed else None)
    _demand_share(filtering, "filtering frequency")
    _demand_share(highest, "frequency of a group")
    return PopulationFact(
        source=source,
        version=version,
        allele_frequency=frequency,
        allele_count=count,
        allele_number=number,
        homozygotes=homozygotes,
        filtering_frequency=filtering,
        filtering_group=group,
        filters=() if passed else row.filters,
        part=f"{passed} only ({row.filters[0]})" if passed else None,
        group_frequency=highest,
    )


def _demand_share(value: float | None, what: str) -> None:
    if value is not None and not 0 <= value <= 1:
        told = f"{what} {value:g} is not between 0 and 1"
        raise ValueError(told)


def _demand_agreement(frequency: float | None, count: int | None, number: int | None) -> None:
    """Refuse figures that contradict each other: each of them could make an allele benign."""
    _demand_share(frequency, "allele frequency")
    if count is None or not number:
        return
    share = count / number
    _demand_share(share, f"{count} of {number} alleles, a share of")
    if frequency is not None and abs(frequency - share) > max(ROUNDED * share, _half(frequency)):
        told = f"allele frequency {frequency:g} is not that of {count} in {number} alleles"
        raise ValueError(f"{told}: name under `fields` those that belong together")


def _demand_carriers(homozygotes: int | None, count: int | None) -> None:
    """Refuse more homozygotes than the alleles can make: they alone could make one benign."""
    if homozygotes and count is not None and 2 * homozygotes > count:
        told = f"{homozygotes} homozygotes have more than {count} alleles"
        raise ValueError(f"{told}: name under `fields` those that belong together")


def _half(value: float) -> float:
    """Return half a unit of the last digit of a figure as it was written (7 digits at most)."""
    exponent = int(Decimal(f"{value:.7g}").as_tuple().exponent)
    last = _LEAST_DIGIT if value in _ROUND else exponent
    return float(Decimal(5).scaleb(last - 1))


def _passed_part(row: SourceRow) -> str | None:
    """Return the data type that passed where the other one did not.

    None where it has no count of the allele either: one that failed is not absent.
    """
    passed = PASSED_PART.get(row.filters[0]) if len(row.filters) == 1 else None
    return passed if passed and _integer(row, f"AC_{passed}") else None


def _highest_group(row: SourceRow, parts: tuple[str, ...]) -> tuple[float | None, str | None]:
    found = []
    for group in FAF_GROUPS:
        for part in parts:
            value = _number(row, f"faf95_{part}{group}")
            if value is None and not part:
                value = _number(row, f"faf95-{group}")
            if value is not None:
                found.append((value, group))
    return max(found) if found else (None, None)


def _of_group(row: SourceRow, only: str | None) -> tuple[float | None, float | None, str | None]:
    """Return AF, FAF95 and name of the group with the highest frequency.

    The FAF95 is that of its counts; without them, or with few alleles, it is not known.
    """
    for words in (only,) if only else GROUPS:
        names = [f"{figure}_{words}" for figure in ("AF", "AC", "AN")]
        if not row.shared.isdisjoint(names[:2]):
            continue
        frequency = _number(row, names[0])
        count, number = _integer(row, names[1]), _integer(row, names[2])
        if count is not None and number and count <= number:
            if number < LEAST_OF_GROUP:
                return None, None, None
            return None, lower_limit(count) / number, row.values.get(words)
        if frequency is not None:
            return frequency, None, row.values.get(words)
    return None, None, None


def lower_limit(count: int) -> float:
    """Return the lowest mean that gives `count` or more in 5 % of samples (Wilson, Hilferty 1931).

    None is shown by a single allele.
    """
    if count < 2:
        return 0.0
    return float(count * (1 - 1 / (9 * count) - _NORMAL_95 / (3 * count**0.5)) ** 3)


def _number(row: SourceRow, field: str | None) -> float | None:
    text = row.values.get(field or "")
    try:
        return None if text is None else finite_number(text.strip())
    except ValueError:
        return None


def _integer(row: SourceRow, field: str | None) -> int | None:
    value = _number(row, field)
    return None if value is None or value < 0 else round(value)
