"""gnomAD's field names over its versions, and the fact of one record."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hies_annot.errors import InputError
from hies_annot.evidence.group_frequency import count_of, number_of, of_highest_group
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
        ValueError: a figure is no number, or a frequency is not between 0 and 1, or not that of
            the counts beside it.
    """
    passed = _passed_part(row)
    if passed is not None:
        fields = {role: f"{name}_{passed}" for role, name in PART_FIELDS.items()}
    count = count_of(row, fields.get("allele_count"))
    number = count_of(row, fields.get("allele_number"))
    frequency = number_of(row, fields.get("allele_frequency"))
    homozygotes = count_of(row, fields.get("homozygotes"))
    _demand_agreement(frequency, count, number)
    _demand_carriers(homozygotes, count)
    if frequency in (None, *_ROUND) and count is not None and number:
        frequency = count / number
    filtering = number_of(row, fields.get("filtering_frequency"))
    group = row.values.get(fields.get("filtering_group", ""))
    highest = None
    if filtering is None:
        told = "filtering_frequency" in fields
        highest, filtering, group = of_highest_group(row, passed, only_highest=told)
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
    return passed if passed and count_of(row, f"AC_{passed}") else None
