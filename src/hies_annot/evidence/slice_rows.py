"""One row of a slice: from a fact to its cells and back, one form for each type of fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from msgspec import Struct

from hies_annot.evidence import splice_map
from hies_annot.evidence.clinvar import checked_classification
from hies_annot.evidence.lab_words import classes_of
from hies_annot.evidence.scores import in_range
from hies_annot.model import ClinVarFact, PopulationFact, ScoreFact, SpliceMapFact

Fact = ClinVarFact | PopulationFact | ScoreFact | SpliceMapFact | str
_F = TypeVar("_F", ClinVarFact, PopulationFact, ScoreFact, SpliceMapFact, str)
_LIST = ";"


class Form(Struct, Generic[_F], frozen=True):
    """How facts of one type stand in a slice.

    `columns` come behind chrom, pos, ref and alt. `read` takes a row, the header of the slice and
    the name of the file; `cells` gives the cells by column, what is not given empty or left out.
    `rank` says which of two rows for one allele is kept (the higher one); None: they must agree, or
    (ClinVar) are told together.
    """

    columns: tuple[str, ...]
    read: Callable[[Mapping[str, str], Mapping[str, str], str], _F]
    cells: Callable[[_F], dict[str, str]]
    rank: Callable[[_F], Any] | None


def _clinvar(row: Mapping[str, str], header: Mapping[str, str], file: str) -> ClinVarFact:
    release = row["release"] or header.get("version", "")
    review = row["review_release"]
    status = row["review_status"] or "not in the source"
    source = header["name"]
    if review and review != release:
        status = f"{status} (as of {review})"
        source = f"{source}: classification {release}, review status {review}"
    return ClinVarFact(
        variation_id=row["variation_id"],
        classification=checked_classification(row["classification"], file=file),
        stars=int(row["stars"]) if row["stars"] else None,
        review_status=status,
        conditions=_list(row["conditions"]),
        conflict=row["conflict"] or None,
        source=source,
        date=release or None,
        somatic=row.get("somatic") or None,
    )


def _population(row: Mapping[str, str], header: Mapping[str, str], _file: str) -> PopulationFact:
    return PopulationFact(
        source=header["name"],
        version=header.get("version") or None,
        allele_frequency=_float(row["allele_frequency"]),
        allele_count=_int(row["allele_count"]),
        allele_number=_int(row["allele_number"]),
        homozygotes=_int(row["homozygotes"]),
        filtering_frequency=_float(row["filtering_frequency"]),
        filtering_group=row["filtering_group"] or None,
        filters=_list(row["filters"]),
        part=row.get("part") or None,
        group_frequency=_float(row.get("group_frequency", "")),
    )


def _score(row: Mapping[str, str], header: Mapping[str, str], _file: str) -> ScoreFact:
    value = in_range(row["value"], row["tool"])
    return ScoreFact(row["tool"], value, row["detail"], header["name"])


def _splice_map(row: Mapping[str, str], header: Mapping[str, str], _file: str) -> SpliceMapFact:
    return splice_map.fact_of_values(row, row["tool"], header["name"])


def _lab(row: Mapping[str, str], _header: Mapping[str, str], _file: str) -> str:
    if not classes_of(row["classification"]):
        raise ValueError("no class is named")
    return row["classification"]


def _clinvar_cells(fact: ClinVarFact) -> dict[str, str]:
    return {
        "variation_id": fact.variation_id,
        "classification": fact.classification,
        "stars": _text(fact.stars),
        "review_status": "" if fact.stars is None else fact.review_status,
        "conditions": _LIST.join(fact.conditions),
        "conflict": fact.conflict or "",
        "release": fact.date or "",
        "somatic": fact.somatic or "",
    }


def _population_cells(fact: PopulationFact) -> dict[str, str]:
    return {
        "allele_frequency": _text(fact.allele_frequency),
        "allele_count": _text(fact.allele_count),
        "allele_number": _text(fact.allele_number),
        "homozygotes": _text(fact.homozygotes),
        "filtering_frequency": _text(fact.filtering_frequency),
        "filtering_group": fact.filtering_group or "",
        "filters": _LIST.join(fact.filters),
        "part": fact.part or "",
        "group_frequency": _text(fact.group_frequency),
    }


def _score_cells(fact: ScoreFact) -> dict[str, str]:
    return {"tool": fact.tool, "value": repr(fact.value), "detail": fact.detail}


def _lab_cells(fact: str) -> dict[str, str]:
    return {"classification": fact}


def _text(value: float | None) -> str:
    return "" if value is None else repr(value)


def _float(text: str) -> float | None:
    return float(text) if text else None


def _int(text: str) -> int | None:
    return int(text) if text else None


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(_LIST) if part)


CLINVAR = Form(
    (
        "variation_id",
        "classification",
        "stars",
        "review_status",
        "conditions",
        "conflict",
        "release",
        "review_release",
        "somatic",
    ),
    _clinvar,
    _clinvar_cells,
    rank=None,
)
POPULATION = Form(
    (
        "allele_frequency",
        "allele_count",
        "allele_number",
        "homozygotes",
        "filtering_frequency",
        "filtering_group",
        "filters",
        "part",
        "group_frequency",
    ),
    _population,
    _population_cells,
    rank=lambda fact: (not fact.filters, fact.allele_number or 0),
)
SCORE = Form(("tool", "value", "detail"), _score, _score_cells, rank=lambda fact: fact.value)
SPLICE_MAP = Form(
    ("tool", *splice_map.COLUMNS),
    _splice_map,
    splice_map.cells,
    rank=lambda fact: max(site.score for site in fact.sites),
)
LAB = Form(("classification",), _lab, _lab_cells, rank=None)
